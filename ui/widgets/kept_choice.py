"""What is chosen in a list stays what it is when the list is read again: rows are known by their keys, not by where they stood."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from ui.widgets.paged_model import PagedModel

_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_NOTHING = QItemSelectionModel.SelectionFlag.NoUpdate


class KeptChoice(QObject):
    """Lives with its view. ``changed`` when the choice is what it is after the list was read again.

    Other acts arrive while somebody chooses, and the rows move. The chosen rows are looked for among those that come, and on
    the pages they were on; of what is not found there nothing is chosen, least of all the row that has its place now.
    """

    changed = Signal()

    def __init__(self, view: QAbstractItemView, model: PagedModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._missing: dict[str, None] = {}
        self._current = ""
        self._all = False
        self.coming = False
        """The rows are being replaced this moment: what the view says of its selection is about neither the old nor the new."""
        model.renewing.connect(self._on_renewing)

    @property
    def missing(self) -> tuple[str, ...]:
        """Chosen rows that have not come yet."""
        return tuple(self._missing)

    @property
    def awaited(self) -> str:
        """The current row, while it has not come yet."""
        return self._current

    def forget(self) -> None:
        """The person chose something else meanwhile."""
        self._missing, self._current = {}, ""

    def picked(self) -> list[QItemSelectionRange]:
        """The ranges of the chosen rows. A row is in one of those that begin with the first column, however the others were divided."""
        return [part for part in self._view.selectionModel().selection().toList() if part.left() == 0]

    def look(self) -> None:
        """A page has come: choose again what is on it of what was chosen."""
        if not (self.coming or self._missing or self._current):
            return
        first, self.coming = self.coming, True
        selection = self._view.selectionModel()
        # Where the person looks is theirs, wherever the chosen row is by now.
        self._view.setAutoScroll(False)
        if first and self._all:
            selection.select(self._range(0, self._model.total - 1), _ONLY)
        elif first:
            selection.clearSelection()
        for number, row in self._model.loaded():
            if row.key in self._missing:
                del self._missing[row.key]
                selection.select(self._range(number, number), _SELECT)
        here = self._model.find(self._current) if self._current else None
        if here is not None:
            self._current = ""
            selection.setCurrentIndex(self._model.index(here, 0), _NOTHING)
        elif first:
            selection.clearCurrentIndex()
        if self._model.idle:
            self.forget()
        self._view.setAutoScroll(True)
        self.coming = False
        self.changed.emit()

    def _on_renewing(self, same: bool) -> None:
        ranges = [(part.top(), part.bottom()) for part in self.picked()]
        count = sum(bottom - top + 1 for top, bottom in ranges)
        self._all = same and count > 1 and count == self._model.total
        current = self._view.currentIndex()
        pages = set()
        for number, row in self._model.loaded():
            chosen = not self._all and any(top <= number <= bottom for top, bottom in ranges)
            if chosen:
                self._missing[row.key] = None
            if current.isValid() and number == current.row():
                self._current = row.key
            elif not chosen:
                continue
            pages.add(number // self._model.PAGE)
        if same:
            self._model.want_again(pages)
        self.coming = True

    def _range(self, first: int, last: int) -> QItemSelection:
        end = self._model.index(last, self._model.columnCount() - 1)
        return QItemSelection(self._model.index(first, 0), end) if last >= first else QItemSelection()
