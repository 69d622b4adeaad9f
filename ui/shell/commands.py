"""The commands of the window: every one has words, a place in a menu and, where it is used often, a shortcut.

``Commands`` makes the ``QAction`` of each and fills the menu bar; what a command does is connected by the window, or
answered by the objects that listen to ``Context.asked``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.icons import icon
from ui.widgets.tips import plain_tip


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a menu. ``key`` is what ``chosen`` carries; ``bar`` puts a separator before it.

    ``shortcut`` may name several, with "; " between them; the menu shows the first.
    """

    key: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    bar: bool = False
    checkable: bool = False


class Commands(QObject):
    """All commands of the window, by key."""

    chosen = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}

    def menu(self, title: str, bar: QMenuBar) -> QMenu:
        """The menu of this title, made when first asked for."""
        if title not in self._menus:
            self._menus[title] = bar.addMenu(title)
        return self._menus[title]

    def add(self, commands: Sequence[Command], bar: QMenuBar) -> None:
        for command in commands:
            menu = self.menu(command.menu, bar)
            if command.bar:
                menu.addSeparator()
            action = QAction(command.text, self)
            action.setObjectName(command.key)
            action.setData(command.key)
            action.setCheckable(command.checkable)
            if command.icon:
                action.setIcon(icon(command.icon))
            if command.shortcut:
                action.setShortcuts(QKeySequence.listFromString(command.shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setStatusTip(command.tip)
            action.setToolTip(plain_tip(command.tip or command.text.replace("&", "")))
            action.triggered.connect(self._on_triggered)
            menu.addAction(action)
            self._actions[command.key] = action

    def action(self, key: str) -> QAction:
        return self._actions[key]

    def actions(self) -> tuple[QAction, ...]:
        return tuple(self._actions.values())

    def menus(self) -> tuple[QMenu, ...]:
        return tuple(self._menus.values())

    def _on_triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.chosen.emit(str(sender.data()))
