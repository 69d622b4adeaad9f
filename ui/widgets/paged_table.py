"""The list widget: fixed rows over a ``PagedModel``, the ring and chips in its cells, and words when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.jobs import Jobs
from ui.theme import LEAST_LINES, Tone, colours, sizes
from ui.widgets.paged_model import (
    KEY_ROLE,
    QUIET_ROLE,
    RING_ROLE,
    TONE_ROLE,
    Column,
    Fetch,
    PagedModel,
)
from ui.widgets.panels import EmptyState, paint_chip
from ui.widgets.ring import paint_ring
from ui.words.ring import RingState


class PagedTable(QWidget):
    """A list of any length. ``opened`` carries the key on Enter or double click, ``chosen`` on moving the selection."""

    opened = Signal(str)
    chosen = Signal(str)
    refused = Signal(object)
    ordered = Signal(str)
    """The person chose another order by clicking a header."""

    LEAST = 16
    """Characters that the column for the rest of the width keeps."""

    def __init__(
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
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what screen readers call the list. Nothing is fetched before ``refresh`` or ``set_query``."""
        super().__init__(parent)
        self.model = PagedModel(jobs, fetch, columns, self, sort=sort)
        self.view = _View(name)
        self.view.setModel(self.model)
        self._arrange_columns(columns, sort)
        self.empty = EmptyState(empty_title, empty_text, action=empty_action)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._key = ""
        self.model.arrived.connect(self._on_arrived)
        self.model.refused.connect(self.refused)
        self.view.activated.connect(self._on_activated)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.setFocusProxy(self.view)

    def minimumSizeHint(self) -> QSize:
        """Room for the header and a few rows; with less, the page scrolls."""
        s = sizes(self)
        return QSize(s.chars(self.LEAST), s.line * LEAST_LINES)

    def refresh(self) -> None:
        self.model.refresh()

    def set_query(self, query: object) -> None:
        """Anything the fetch function understands: a search text, a frozen set of facets."""
        self.view.scrollToTop()
        self.model.set_query(query)

    @property
    def current_key(self) -> str:
        """The key of the selected row, or ""."""
        return self._key

    def select(self, key: str) -> None:
        number = self.model.find(key)
        if number is not None:
            self.view.selectRow(number)

    def _arrange_columns(self, columns: Sequence[Column], sort: str) -> None:
        header = self.view.horizontalHeader()
        s = sizes(self)
        for number, column in enumerate(columns):
            if column.width:
                header.resizeSection(number, max(s.chars(column.width), header.sectionSizeHint(number)))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        offered = next((number for number, column in enumerate(columns) if column.sort and column.sort == sort), -1)
        header.setSortIndicatorShown(offered >= 0)
        header.setSortIndicator(offered, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(any(column.sort for column in columns))
        header.sectionClicked.connect(self._on_header)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """The column that takes what is left gets no less than a name needs; then the list scrolls sideways."""
        header = self.view.horizontalHeader()
        number = next((number for number, column in enumerate(self.model.columns) if not column.width), -1)
        if number < 0:
            return
        least = max(sizes(self).chars(self.LEAST), header.sectionSizeHint(number))
        narrow = self.width() - (header.length() - header.sectionSize(number)) < least
        mode = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(number, mode)
        if narrow:
            header.resizeSection(number, least)

    def set_order(self, sort: str, *, descending: bool = False) -> None:
        """Ask for another order; the header shows it when one of its columns has it."""
        self.model.set_order(sort, descending)
        self._mark_order()

    def _on_header(self, section: int) -> None:
        column = self.model.columns[section]
        sort, descending = self.model.order
        if column.sort:
            self.model.set_order(column.sort, not descending if column.sort == sort else False)
            self.ordered.emit(column.sort)
        self._mark_order()

    def _mark_order(self) -> None:
        header = self.view.horizontalHeader()
        sort, descending = self.model.order
        shown = next((number for number, each in enumerate(self.model.columns) if each.sort and each.sort == sort), -1)
        header.setSortIndicatorShown(shown >= 0)
        header.setSortIndicator(shown, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def _widen(self) -> None:
        """Give the columns whose cells are never cut the room that those on screen need."""
        header = self.view.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            if column.whole:
                cells = (self.model.index(row, number) for row in visible_rows(self.view))
                needed = max((cell_width(index, self.view) for index in cells), default=0)
                if needed > header.sectionSize(number):
                    header.resizeSection(number, needed)
        self._give_room()

    def _on_arrived(self, total: int) -> None:
        self._stack.setCurrentWidget(self.view if total else self.empty)
        self._widen()
        # A screen reader hears the row only when its page is here.
        current = self.view.currentIndex()
        if current.isValid():
            self._on_current(current, QModelIndex())

    def _on_activated(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if key:
            self.opened.emit(key)

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        key = (index.data(KEY_ROLE) if index.isValid() else "") or ""
        if key != self._key:
            self._key = key
            self.chosen.emit(key)


class _View(QTableView):
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
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell: hair line below, a bar in the accent before the selected row, ring, chip or text."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        c = colours(view.palette())
        s = sizes(view)
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, c.selection)
            if index.column() == 0:
                painter.fillRect(rect.x(), rect.y(), 4, rect.height(), c.accent)
        painter.setPen(c.hair)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(s.m, 0, -s.s, 0)
        ring = index.data(RING_ROLE)
        if isinstance(ring, RingState):
            side = s.line
            where = QRectF(box.x(), box.center().y() - side / 2 + 0.5, side, side)
            paint_ring(painter, where, ring, c)
            box.setLeft(box.left() + side + s.s)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        tone = index.data(TONE_ROLE)
        metrics = option.fontMetrics
        if tone and text:
            height = s.line + s.xs
            width = min(metrics.horizontalAdvance(text) + 2 * s.m, box.width())
            chip = QRectF(box.x(), box.center().y() - height / 2 + 0.5, width, height)
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(width - s.m))
            # Qt carries an enum of strings as its string.
            paint_chip(painter, chip, words, Tone(tone), view)
        elif text:
            quiet_text = bool(index.data(QUIET_ROLE))
            painter.setPen(c.selected_text if selected else c.quiet if quiet_text else c.text)
            align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            # One line, whatever was written: a foreign text with line breaks must not draw over its neighbours.
            line = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, align, line)
        painter.restore()


def cell_width(index: QModelIndex, view: QTableView) -> int:
    """The width in pixels a cell needs to show its words whole."""
    s = sizes(view)
    words = view.fontMetrics().horizontalAdvance(" ".join((index.data(Qt.ItemDataRole.DisplayRole) or "").split()))
    ring = s.line + s.s if isinstance(index.data(RING_ROLE), RingState) else 0
    chip = 2 * s.m if index.data(TONE_ROLE) else 0
    # The margins the delegate keeps, and a pixel for what rounding takes.
    return s.m + ring + words + chip + s.s + 1


def visible_rows(view: QTableView) -> range:
    """The rows on screen now."""
    first = view.rowAt(0)
    last = view.indexAt(QPoint(1, view.viewport().height() - 1)).row()
    return range(max(first, 0), (last if last >= 0 else view.model().rowCount() - 1) + 1)
