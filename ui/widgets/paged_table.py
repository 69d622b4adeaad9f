"""The list widget: fixed rows over a ``PagedModel``, the ring and chips in its cells, and words when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStackedLayout, QTableView, QWidget

from ui.jobs import Jobs
from ui.theme import LEAST_LINES, sizes
from ui.widgets.cell_delegate import CellDelegate
from ui.widgets.chosen_row import ChosenRow
from ui.widgets.column_room import ColumnRoom
from ui.widgets.kept_choice import KeptChoice
from ui.widgets.paged_model import KEY_ROLE, Column, Fetch, PagedModel
from ui.widgets.panels import EmptyState


class PagedTable(QWidget):
    """A list of any length. ``opened`` carries the key on Enter or double click, ``chosen`` on moving the selection."""

    opened = Signal(str)
    chosen = Signal(str)
    refused = Signal(object)
    picked = Signal(int)
    """So many rows are chosen now."""
    ordered = Signal(str)
    """The person chose another order by clicking a header."""

    def __init__(  # noqa: PLR0913 - all that a list may say
        self,
        jobs: Jobs,
        fetch: Fetch,
        columns: Sequence[Column],
        *,
        name: str,
        empty_title: str,
        empty_text: str,
        empty_action: QAction | None = None,
        sort: str = "",
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what screen readers call the list; of a list with ``several`` more than one row can be chosen.

        Nothing is fetched before ``refresh`` or ``set_query``.
        """
        super().__init__(parent)
        self.model = PagedModel(jobs, fetch, columns, self, sort=sort)
        self.view = _View(name)
        self.view.setModel(self.model)
        self._room = ColumnRoom(self.view, self.model)
        self._mark_order()
        header = self.view.horizontalHeader()
        header.setSectionsClickable(any(column.sort for column in columns))
        header.sectionClicked.connect(self.sort_by)
        self.empty = EmptyState(empty_title, empty_text, action=empty_action)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        if several:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        else:
            ChosenRow(self.view)
        self._key = ""
        self._choice = KeptChoice(self.view, self.model)
        self._choice.changed.connect(self._on_selection)
        self.model.arrived.connect(self._on_arrived)
        self.model.refused.connect(self.refused)
        self.view.activated.connect(self._on_activated)
        self.view.order_asked.connect(self.ask_order)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.setFocusProxy(self.view)

    def minimumSizeHint(self) -> QSize:
        """Room for the header and a few rows; with less, the page scrolls."""
        s = sizes(self)
        return QSize(s.chars(ColumnRoom.LEAST), s.line * LEAST_LINES)

    def leave_out(self, *keys: str) -> None:
        """Show all columns but these: a list whose groups tell different things."""
        self._room.leave_out(frozenset(keys))
        self._room.give(self.width())

    def refresh(self) -> None:
        self.model.refresh()

    def set_query(self, query: object) -> None:
        """Anything the fetch function understands: a search text, a frozen set of facets."""
        self.view.scrollToTop()
        self._room.forget()
        self.model.set_query(query)

    @property
    def current_key(self) -> str:
        """The key of the selected row, or ""."""
        return self._key

    @property
    def picked_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.height() for part in self._choice.picked()) + len(self._choice.missing)

    def picked_keys(self) -> tuple[str, ...]:
        """The keys of the chosen rows that are here; of a choice over very many rows those not looked at are not."""
        parts = [(part.top(), part.bottom()) for part in self._choice.picked()]
        here = (row.key for number, row in self.model.loaded() if any(first <= number <= last for first, last in parts))
        return (*here, *self._choice.missing)

    def select(self, key: str) -> None:
        number = self.model.find(key)
        if number is not None:
            self.view.selectRow(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room.give(self.width())

    def set_order(self, sort: str, *, descending: bool = False) -> None:
        """Ask for another order; the header shows it when one of its columns has it."""
        self.model.set_order(sort, descending)
        self._mark_order()

    def sort_by(self, section: int) -> None:
        """What a click on this header does: this order, or the same one backwards."""
        column = self.model.columns[section]
        sort, descending = self.model.order
        if column.sort:
            self.model.set_order(column.sort, not descending if column.sort == sort else False)
            self.ordered.emit(column.sort)
        self._mark_order()

    def order_menu(self) -> QMenu:
        """The orders that the headers offer, for the keyboard and for columns that have no header now."""
        menu = QMenu(self.tr("Order of the list"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sort, descending = self.model.order
        for number, column in enumerate(self.model.columns):
            if column.sort:
                chosen = column.sort == sort
                words = self.tr("{column}, backwards") if chosen and not descending else "{column}"
                action = menu.addAction(words.format(column=column.title))
                action.setCheckable(True)
                action.setChecked(chosen)
                action.setData(number)
        menu.triggered.connect(self._on_order)
        return menu

    def _on_order(self, action: QAction) -> None:
        self.sort_by(int(action.data()))

    def ask_order(self) -> None:
        """Open the menu of orders."""
        menu = self.order_menu()
        if menu.isEmpty():
            menu.close()
            return
        header = self.view.horizontalHeader()
        menu.popup(header.mapToGlobal(header.rect().bottomLeft()))
        menu.setActiveAction(next((each for each in menu.actions() if each.isChecked()), menu.actions()[0]))

    def _mark_order(self) -> None:
        header = self.view.horizontalHeader()
        sort, descending = self.model.order
        shown = next((number for number, each in enumerate(self.model.columns) if each.sort and each.sort == sort), -1)
        header.setSortIndicatorShown(shown >= 0)
        header.setSortIndicator(shown, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def _on_arrived(self, total: int) -> None:
        self._stack.setCurrentWidget(self.view if total else self.empty)
        self._room.look()
        self._room.give(self.width())
        self._choice.look()
        # A screen reader hears the row only when its page is here.
        current = self.view.currentIndex()
        if current.isValid() or not self._choice.awaited:
            self._on_current(current, QModelIndex())

    def _on_scrolled(self, _: int) -> None:
        self._room.look_at_names()

    def _on_selected(self) -> None:
        if not self._choice.coming:
            self._choice.forget()
            self._on_selection()

    def _on_selection(self) -> None:
        self.picked.emit(self.picked_count)

    def _on_activated(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if key:
            self.opened.emit(key)

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        if self._choice.coming:
            return
        key = (index.data(KEY_ROLE) if index.isValid() else "") or ""
        if key != self._key:
            self._key = key
            self.chosen.emit(key)


class _View(QTableView):
    order_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        s = sizes(self)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(s.line + 2 * s.s + s.xs)
        vertical.setMinimumSectionSize(s.line)
        horizontal = self.horizontalHeader()
        horizontal.setHighlightSections(False)
        horizontal.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        horizontal.setMinimumSectionSize(s.chars(6))
        self.setItemDelegate(CellDelegate(self))

    def keyboardSearch(self, search: str) -> None:
        """Nothing: searching by typing would walk, and so load, every row. The search field asks SQL instead."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # j and k go down and up, as in the inbox of a mail reader.
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers():
            row = min(max(self.currentIndex().row() + step, 0), self.model().rowCount() - 1)
            self.setCurrentIndex(self.model().index(row, 0))
            return
        if event.key() == Qt.Key.Key_O and not event.modifiers():
            self.order_asked.emit()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
