"""The command palette (Ctrl+K), which also finds use cases, records and people, and the sheet of keys (?)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import as_sought
from ui.context import Context
from ui.icons import icon
from ui.jobs import JobHandle, JobLane, JobTask
from ui.theme import colours, sizes
from ui.widgets import on_screen
from ui.widgets.cell_delegate import broken
from ui.widgets.chosen_row import ChosenRow
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.finding import FoundByName


def plain(action: QAction) -> str:
    """An action's words without the mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line: its words, what stands at the far side, and what Enter does."""

    name: str
    aside: str
    icon: QIcon
    do: Callable[[], object]


class CommandPalette(QDialog):
    """Type a few letters of what you want to do or see, Enter does it. Every word typed must occur, in any order.

    Actions are there at once. Use cases, records and people are looked up after a pause, on the lane of the lists, and come
    behind them: what is chosen stays chosen.
    """

    PAUSE_MS = 150

    def __init__(self, actions: Sequence[QAction], context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What would you like to do?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        s = sizes(self)
        self.resize(QSize(s.chars(80), s.line * 22).boundedTo(on_screen.room(self)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(s.l, s.l, s.l, s.l)
        layout.setSpacing(s.s)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("An action, a use case, a reference, a person…"))
        self.line.setAccessibleName(self.tr("Find an action, a use case, a record or a person"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(200)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.nothing = Label("")
        self.nothing.setVisible(False)
        layout.addWidget(self.line)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(quiet(self.tr("Enter does it · Esc closes")))
        self._context = context
        self._actions = [_of_action(action) for action in actions if action.isEnabled() and action.text()]
        self._entries: list[PaletteEntry] = []
        self._handle: JobHandle[tuple[FoundByName, ...]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        ChosenRow(self.list)
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
        self._entries = []
        if self._handle is not None:
            self._handle.drop()
            self._handle = None
        self._add([entry for entry in self._actions if all(word in as_sought(entry.name) for word in words)])
        if words:
            self._pause.start()
        else:
            self._pause.stop()
        self._say_nothing(searching=bool(words))

    def _look_up(self) -> None:
        self._handle = self._context.run(JobLane.REGISTER, look_up, self.line.text(), owner=self)
        self._handle.done.connect(self._on_found)
        self._handle.refused.connect(self._on_refused)

    def _on_found(self, found: tuple[FoundByName, ...]) -> None:
        self._handle = None
        self._add([self._of_found(item) for item in found])
        self._say_nothing(searching=False)

    def _on_refused(self, refusal: Refusal) -> None:
        # Without a register there are actions all the same.
        self._handle = None
        self._say_nothing(searching=False)
        if not self._entries:
            self.nothing.setText(refusal.what_happened)

    def _of_found(self, item: FoundByName) -> PaletteEntry:
        place, picture, words = {
            "case": ("case", "register", self.tr("Use case {about}")),
            "record": ("record", "record", self.tr("Record {about}")),
            "person": ("people", "people", self.tr("Person · {about}")),
        }[item.sort.value]
        return PaletteEntry(
            item.name, words.format(about=item.about), icon(picture), partial(self._context.go, place, item.key)
        )

    def _add(self, entries: Sequence[PaletteEntry]) -> None:
        for entry in entries:
            line = QListWidgetItem(entry.icon, entry.name)
            line.setData(_ASIDE_ROLE, entry.aside)
            spoken = f"{entry.name}, {entry.aside}" if entry.aside else entry.name
            line.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            line.setToolTip(plain_tip(entry.name))
            self.list.addItem(line)
        self._entries += entries
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _say_nothing(self, *, searching: bool) -> None:
        words = self.tr("Searching…") if searching else self.tr("Nothing found. Try the beginning of a word.")
        self.nothing.setText("" if self._entries else words)
        self.nothing.setVisible(not self._entries)
        self.line.setAccessibleDescription(self.nothing.text())

    def _on_activated(self, _: QListWidgetItem) -> None:
        self._do(self.list.currentRow())

    def _do(self, row: int) -> None:
        if not 0 <= row < len(self._entries):
            return
        entry = self._entries[row]
        self.accept()
        entry.do()


def look_up(_: JobTask, session: Session, text: str) -> tuple[FoundByName, ...]:
    """Use cases, records and people that are called so."""
    from intake.services.lists.finding import find

    return find(session.installation, text)


def _of_action(action: QAction) -> PaletteEntry:
    return PaletteEntry(plain(action), action.shortcut().toString(_NATIVE), action.icon(), action.trigger)


_NATIVE = QKeySequence.SequenceFormat.NativeText
_ASIDE_ROLE = Qt.ItemDataRole.UserRole + 1


class _EntryDelegate(QStyledItemDelegate):
    """Icon, words, and what stands at the far side, or below words that need the room: names are not cut."""

    LINES = 3

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        view = self.parent()
        assert isinstance(view, QListWidget)
        name, below = self._lines(option, index, view.viewport().width())
        return QSize(line * 10, line * (len(name) + len(below)) + line // 2 + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours(option.palette)
        metrics = option.fontMetrics
        line = metrics.height()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        name, below = self._lines(option, index, option.rect.width())
        painter.save()
        if selected:
            painter.fillRect(option.rect, c.selection)
        box = option.rect.adjusted(line // 2, 0, -line // 2, 0)
        top = box.y() + (box.height() - line * (len(name) + len(below))) // 2
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QIcon) and not picture.isNull():
            picture.paint(painter, QRect(box.x(), top + 1, line, line))
        left, middle = box.x() + line + line // 2, int(Qt.AlignmentFlag.AlignVCenter)
        if not below:
            painter.setPen(c.selected_text if selected else c.quiet)
            right = middle | int(Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRect(left, top, box.right() - left, line), right, index.data(_ASIDE_ROLE) or "")
        for number, words in enumerate((*name, *below)):
            painter.setPen(c.selected_text if selected else c.text if number < len(name) else c.quiet)
            painter.drawText(QRect(left, top, box.right() - left, line), middle, words)
            top += line
        painter.restore()

    def _lines(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, width: int
    ) -> tuple[list[str], list[str]]:
        """The lines of the name, and what is below it where it has no room beside it."""
        metrics = option.fontMetrics
        line = metrics.height()
        room = width - 2 * (line // 2) - line - line // 2
        # Line ends in what was written are none here.
        name = broken(" ".join(index.data().split()), option.font, room, self.LINES)
        aside = index.data(_ASIDE_ROLE) or ""
        free = room - metrics.horizontalAdvance(name[0]) - line // 2
        if not aside or (len(name) == 1 and metrics.horizontalAdvance(aside) <= free):
            return name, []
        return name, broken(aside, option.font, room, 2)


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
            (self.tr("Order of a list"), "O"),
            (self.tr("Open what is selected"), self.tr("Enter")),
            (self.tr("Next field, field before"), self.tr("Tab, Shift+Tab")),
        ):
            grid.addWidget(Label(words), line, 0)
            grid.addWidget(quiet(keys_text), line, 1)
            line += 1
        self.body.addWidget(sheet)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)
