"""The command palette (Ctrl+K) and the sheet of keys (?): two ways to see every action that is possible now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from intake.domain.base.visible import as_sought
from ui.theme import colours, sizes
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, heading, quiet


def plain(action: QAction) -> str:
    """An action's words without the mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


class CommandPalette(QDialog):
    """Type a few letters of what you want to do, Enter does it. Every word typed must occur, in any order."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What would you like to do?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        s = sizes(self)
        self.resize(s.chars(80), s.line * 22)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(s.l, s.l, s.l, s.l)
        layout.setSpacing(s.s)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("What would you like to do?"))
        self.line.setAccessibleName(self.tr("Find an action"))
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_ActionDelegate(self.list))
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(quiet(self.tr("Enter does it · Esc closes")))
        self._actions = [action for action in actions if action.isEnabled() and action.text()]
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(self._on_activated)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key()), 0
            )
            if step and self.list.count():
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._do(self.list.currentRow())
                return True
        return False

    def _filter(self, text: str) -> None:
        words = as_sought(text).split()
        self.list.clear()
        for number, action in enumerate(self._actions):
            name = plain(action)
            if all(word in as_sought(name) for word in words):
                keys = action.shortcut().toString(_NATIVE)
                item = QListWidgetItem(action.icon(), name)
                item.setData(Qt.ItemDataRole.UserRole, number)
                item.setData(_KEYS_ROLE, keys)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {keys}" if keys else name)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_activated(self, _: QListWidgetItem) -> None:
        self._do(self.list.currentRow())

    def _do(self, row: int) -> None:
        item = self.list.item(row)
        if item is None:
            return
        action = self._actions[item.data(Qt.ItemDataRole.UserRole)]
        self.accept()
        action.trigger()


_NATIVE = QKeySequence.SequenceFormat.NativeText
_KEYS_ROLE = Qt.ItemDataRole.UserRole + 1


class _ActionDelegate(QStyledItemDelegate):
    """Icon, words, and the keys at the far side."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 10, line + line // 2 + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours(option.palette)
        line = option.fontMetrics.height()
        box = option.rect.adjusted(line // 2, 0, -line // 2, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, c.selection)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon) and not icon.isNull():
            icon.paint(painter, QRect(box.x(), box.center().y() - line // 2 + 1, line, line))
        words = box.adjusted(line + line // 2, 0, 0, 0)
        painter.setPen(c.selected_text if selected else c.text)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), index.data())
        painter.setPen(c.selected_text if selected else c.quiet)
        keys = index.data(_KEYS_ROLE) or ""
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), keys)
        painter.restore()


class KeyOverview(PlainDialog):
    """The keys that are valid here, by menu."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[QAction]]], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keys that work here"), parent)
        s = sizes(self)
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, s.m, 0)
        grid.setHorizontalSpacing(s.xl)
        grid.setVerticalSpacing(s.xs)
        grid.setColumnStretch(0, 1)
        line = 0
        for title, actions in groups:
            listed = [action for action in actions if not action.shortcut().isEmpty()]
            if not listed:
                continue
            name = heading(title.replace("&", ""), 3)
            name.setContentsMargins(0, s.m, 0, 0)
            grid.addWidget(name, line, 0, 1, 2)
            line += 1
            for action in listed:
                grid.addWidget(Label(plain(action).rstrip("…")), line, 0)
                keys = quiet(", ".join(sequence.toString(_NATIVE) for sequence in action.shortcuts()))
                keys.setWordWrap(False)
                grid.addWidget(keys, line, 1)
                line += 1
        for words, keys_text in (
            (self.tr("Down and up in a list"), "J, K"),
            (self.tr("Open what is selected"), self.tr("Enter")),
            (self.tr("Next field, field before"), self.tr("Tab, Shift+Tab")),
        ):
            grid.addWidget(Label(words), line, 0)
            grid.addWidget(quiet(keys_text), line, 1)
            line += 1
        area = QScrollArea()
        area.setProperty("bare", True)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.title.text())
        area.setWidget(sheet)
        area.setMinimumHeight(s.line * 20)
        self.body.addWidget(area, 1)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)
