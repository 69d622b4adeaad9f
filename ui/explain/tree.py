"""The list of everything that is explained: topics that fold, with their items below. J and K move, letters find."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from intake.domain.playbook.explained import Explained, Topic
from ui.explain.words import topic_words
from ui.theme import colours, sizes
from ui.widgets.chosen_row import ChosenRow
from ui.widgets.labels import heading_font
from ui.widgets.tips import plain_tip

_KEY = Qt.ItemDataRole.UserRole
_GROUP = Qt.ItemDataRole.UserRole + 1


class ItemTree(QTreeWidget):
    """``chosen`` carries the key of the item now current; empty when none is. ``opened`` comes with Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(round(sizes(self).line * 0.8))
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(self))
        self._items: dict[str, QTreeWidgetItem] = {}
        ChosenRow(self)
        self.currentItemChanged.connect(self._on_current)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is listed, in order."""
        return tuple(self._items)

    def set_items(self, items: Sequence[Explained]) -> None:
        """Show these; the current item stays current while it is among them."""
        current = self.current_key
        self.blockSignals(True)
        self.clear()
        self._items = {}
        groups: dict[Topic, list[QTreeWidgetItem]] = {}
        for item in items:
            row = QTreeWidgetItem([item.title])
            row.setData(0, _KEY, item.key)
            row.setData(0, _GROUP, item.group)
            row.setToolTip(0, plain_tip(item.title))
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.title}, {item.group}".rstrip(", "))
            self._items[item.key] = row
            groups.setdefault(item.topic, []).append(row)
        for topic, rows in groups.items():
            top = QTreeWidgetItem([self.tr("{topic} ({count})").format(topic=topic_words(topic), count=len(rows))])
            top.addChildren(rows)
            self.addTopLevelItem(top)
            top.setExpanded(True)
        self.blockSignals(False)
        if not self.select(current):
            self.select(next(iter(self._items), ""))
        self._on_current()

    @property
    def current_key(self) -> str:
        item = self.currentItem()
        return str(item.data(0, _KEY) or "") if item is not None else ""

    def select(self, key: str) -> bool:
        """Make an item current and bring it into sight; says whether it is listed."""
        row = self._items.get(key)
        if row is None:
            return False
        self.setCurrentItem(row)
        self.show_current()
        return True

    def show_current(self) -> None:
        """Bring the current item into sight, with its neighbours."""
        item = self.currentItem()
        if item is not None:
            rect = self.visualItemRect(item)
            if not self.viewport().rect().contains(rect):
                # Where rows are is only known once they are laid out.
                self.doItemsLayout()
                self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def step(self, by: int) -> None:
        """Go on to the next item, or back to the one before."""
        keys = self.keys
        if keys:
            here = keys.index(self.current_key) if self.current_key in keys else -1 if by > 0 else 0
            self.select(keys[min(max(here + by, 0), len(keys) - 1)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # How many lines a title takes follows from the width.
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in {Qt.Key.Key_J, Qt.Key.Key_K}:
            self.step(1 if event.key() == Qt.Key.Key_J else -1)
        elif plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_key:
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def _on_current(self, *_: object) -> None:
        self.chosen.emit(self.current_key)


class _Delegate(QStyledItemDelegate):
    """A topic in strong letters; an item on up to two lines with the group it belongs to below it."""

    LINES = 2

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        # Setting text is what takes time, and with each key of a search the same titles are asked for again.
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = option.fontMetrics
        line, air = metrics.height(), metrics.height() // 2
        if not index.parent().isValid():
            return QSize(line * 8, line + air + line // 4)
        tree = self.parent()
        room = (
            tree.viewport().width() - 2 * tree.indentation() - line // 2 if isinstance(tree, QTreeWidget) else line * 20
        )
        wanted = (str(index.data() or ""), room, line)
        if wanted not in self._heights:
            box = QRect(0, 0, max(room, line * 6), 10_000)
            bounds = metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), wanted[0])
            self._heights[wanted] = min(bounds.height(), _height(metrics, self.LINES))
        height = self._heights[wanted]
        return QSize(line * 8, height + (_height(metrics, 1) if index.data(_GROUP) else 0) + air)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours(option.palette)
        line = option.fontMetrics.height()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        topic = not index.parent().isValid()
        painter.save()
        if selected:
            painter.fillRect(option.rect, c.selection)
        box = option.rect.adjusted(line // 4, line // 4, -line // 4, -line // 4)
        align = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if topic:
            painter.setFont(heading_font(option.font, 3))
            painter.setPen(c.selected_text if selected else c.text)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        else:
            group = str(index.data(_GROUP) or "")
            under = _height(option.fontMetrics, 1)
            words = box.adjusted(0, 0, 0, -under if group else 0)
            painter.setPen(c.selected_text if selected else c.text)
            painter.drawText(
                words, align | int(Qt.TextFlag.TextWordWrap), _cut(painter, str(index.data() or ""), words)
            )
            if group:
                painter.setPen(c.selected_text if selected else c.quiet)
                below = QRect(box.left(), box.bottom() - under + 1, box.width(), under)
                painter.drawText(
                    below, align, painter.fontMetrics().elidedText(group, Qt.TextElideMode.ElideRight, below.width())
                )
        painter.restore()


def _height(metrics: QFontMetrics, lines: int) -> int:
    """What so many lines take when they are drawn: lines of broken height add up to more than their rounded ones."""
    return metrics.boundingRect(QRect(0, 0, 10_000, 10_000), 0, "\n".join(["X"] * lines)).height()


def _cut(painter: QPainter, text: str, box: QRect) -> str:
    """The text, cut so that it fits the lines there are room for."""
    metrics = painter.fontMetrics()
    wrap = int(Qt.TextFlag.TextWordWrap)
    # The air of a row is shared out in whole pixels: a few less than the lines need still show them whole.
    room = box.height() + metrics.height() // 3
    if metrics.boundingRect(QRect(0, 0, box.width(), 10_000), wrap, text).height() <= room:
        return text
    words = text.split(" ")
    while len(words) > 1:
        words.pop()
        shorter = " ".join(words) + "…"
        if metrics.boundingRect(QRect(0, 0, box.width(), 10_000), wrap, shorter).height() <= room:
            return shorter
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
