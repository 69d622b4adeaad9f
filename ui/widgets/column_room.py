"""The widths of a list's columns: names are seen at every width, and other columns go under them before one is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.theme import sizes
from ui.widgets.cell_delegate import NAME_LINES, UNDER_LINES, cell_width, name_lines, under_width
from ui.widgets.paged_model import PagedModel


class ColumnRoom:
    """Divides the width of one list. ``number`` is the column that takes what is left, the one of the names."""

    LEAST = 16
    """Characters that this column keeps; with less room the list scrolls sideways."""

    NAME = 44
    """Characters for which other columns are folded under the names, where a name is so long."""

    def __init__(self, view: QTableView, model: PagedModel) -> None:
        self._view = view
        self._model = model
        self._header = view.horizontalHeader()
        self.number = next((number for number, column in enumerate(model.columns) if not column.width), -1)
        self._widths = self._least_widths()
        self._line = sizes(view).line
        self._longest = 0
        self._longest_under = 0
        self._given = 0
        self._lines = 1
        self._lines_for = 0
        self._absent: frozenset[int] = frozenset()
        for number, width in enumerate(self._widths):
            if width:
                self._header.resizeSection(number, width)
        if self.number >= 0:
            self._header.setSectionResizeMode(self.number, QHeaderView.ResizeMode.Stretch)

    def _least_widths(self) -> list[int]:
        s = sizes(self._view)
        return [
            max(s.chars(column.width), self._header.sectionSizeHint(number)) if column.width else 0
            for number, column in enumerate(self._model.columns)
        ]

    def _follow_text(self) -> None:
        """What was needed for letters of another size says nothing of these: it would keep columns folded for ever."""
        line = sizes(self._view).line
        if line == self._line:
            return
        self._line = line
        self._widths = self._least_widths()
        for number, width in enumerate(self._widths):
            if width:
                self._header.resizeSection(number, width)
        self.forget()
        # Headings and cells have their new letters only after the style has seen them.
        QTimer.singleShot(0, self._view, self._look_again)

    def _look_again(self) -> None:
        self.look()
        self.give(self._given)

    def leave_out(self, keys: frozenset[str]) -> None:
        """Columns that are not shown at all."""
        self._absent = frozenset(number for number, column in enumerate(self._model.columns) if column.key in keys)
        self._model.set_folded(())
        for number, width in enumerate(self._widths):
            self._view.setColumnHidden(number, number in self._absent)
            if width and number not in self._absent:
                self._header.resizeSection(number, width)

    def forget(self) -> None:
        """Other rows come: what the longest name needs is seen again."""
        self._longest = self._longest_under = self._lines_for = 0

    def look(self) -> None:
        """See what the rows on screen need: of the columns whose cells are never cut, and of the names."""
        rows = visible_rows(self._view)
        for number, column in enumerate(self._model.columns):
            needed = self._needed(number, rows) if column.whole and number not in self._absent else 0
            if column.most:
                needed = min(needed, sizes(self._view).chars(column.most))
            if column.width:
                # The heading that sorts has an arrow beside it, since somebody pressed it.
                needed = max(needed, self._header.sectionSizeHint(number))
            if needed > self._widths[number]:
                self._widths[number] = needed
                self._header.resizeSection(number, self._widths[number])
        if self.number >= 0:
            self._longest = max(self._longest, self._needed(self.number, rows))

    def look_at_names(self) -> None:
        """Other rows are on screen: their names, and what is under them, may need more lines than those before."""
        if self.number < 0:
            return
        rows = visible_rows(self._view)
        longest = max(self._longest, self._needed(self.number, rows))
        if longest > self._longest or self._lines > 1 or self._model.folded:
            self._longest = longest
            self.give(self._given)

    def give(self, width: int) -> None:
        """Divide so many pixels."""
        self._given = width
        if self.number < 0:
            return
        self._follow_text()
        s = sizes(self._view)
        least = max(s.chars(self.LEAST), self._header.sectionSizeHint(self.number))
        wanted = max(least, min(self._longest, s.chars(self.NAME)))
        folded: list[int] = []
        left = width - sum(wide for number, wide in enumerate(self._widths) if number not in self._absent)
        for number in self._foldable():
            if left >= wanted:
                break
            folded.append(number)
            left += self._widths[number]
        if self._would_cut(left, width):
            # Better every column under the name than a name that ends in the middle.
            folded = [number for number in self._others() if number not in self._absent]
            left = width
        self._fold(tuple(sorted(folded)))
        narrow = left < least
        self._set_lines(self._lines_of_rows(max(left, least), folded=bool(folded)))
        mode = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
        self._header.setSectionResizeMode(self.number, mode)
        if narrow:
            self._header.resizeSection(self.number, least)

    def _needed(self, number: int, rows: range) -> int:
        return max((cell_width(self._model.index(row, number), self._view) for row in rows), default=0)

    def _lines_of_rows(self, room: int, *, folded: bool) -> int:
        """How many lines a row has, so that no name on screen is cut; while only scrolled it does not get less."""
        if room != self._lines_for:
            self._lines, self._lines_for = 1, room
        names = [self._model.index(row, self.number) for row in visible_rows(self._view)]
        needed = (name_lines(name, self._view, self._inside(room)) for name in names)
        self._lines = min(NAME_LINES, max(self._lines, *needed, 1))
        if not folded:
            return self._lines
        self._longest_under = max(self._longest_under, *(under_width(name, self._view) for name in names), 0)
        return self._lines + (UNDER_LINES if self._longest_under > self._inside(room) else 1)

    def _would_cut(self, left: int, width: int) -> bool:
        """Whether a name on screen has more lines than a row can have, and would not in the whole width."""
        names = [self._model.index(row, self.number) for row in visible_rows(self._view)]
        return any(
            name_lines(name, self._view, self._inside(left)) > NAME_LINES
            and name_lines(name, self._view, self._inside(width)) <= NAME_LINES
            for name in names
        )

    def _inside(self, width: int) -> int:
        """What is left of a width beside the bar that scrolls rows, which may come with higher ones."""
        return width - self._view.verticalScrollBar().sizeHint().width() - 2 * self._view.frameWidth()

    def _others(self) -> Sequence[int]:
        """Every column but that of the names."""
        return [number for number, column in enumerate(self._model.columns) if column.width]

    def _foldable(self) -> Sequence[int]:
        columns = self._model.columns
        found = [number for number, column in enumerate(columns) if column.fold and number not in self._absent]
        return sorted(found, key=lambda number: -columns[number].fold)

    def _fold(self, folded: tuple[int, ...]) -> None:
        if folded == self._model.folded:
            return
        self._model.set_folded(folded)
        self._longest_under = 0
        for number in self._others():
            if number in self._absent:
                continue
            self._view.setColumnHidden(number, number in folded)
            if number not in folded:
                self._header.resizeSection(number, self._widths[number])
        self._view.viewport().update()

    def _set_lines(self, lines: int) -> None:
        s = sizes(self._view)
        height = s.line * lines + 2 * s.s + s.xs
        vertical = self._view.verticalHeader()
        if height != vertical.defaultSectionSize():
            vertical.setDefaultSectionSize(height)


def visible_rows(view: QTableView) -> range:
    """The rows on screen now."""
    first = view.rowAt(0)
    last = view.indexAt(QPoint(1, view.viewport().height() - 1)).row()
    return range(max(first, 0), (last if last >= 0 else view.model().rowCount() - 1) + 1)
