"""The desks of the sample: a line above the pages and a menu that say whose desk this is, change it, and what to try there.

Made in every window; in one that shows no sample it does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ui.companions.trying import Trial, trials
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.shell.commands import Command
from ui.shell.window import Window
from ui.theme import sizes
from ui.widgets.labels import Label
from ui.words.cases import role_words

if TYPE_CHECKING:
    from intake.sample.desks import Desk
    from intake.services.installation.workspace import Session

CHANGE = "desk-"
TRY = "try-"


def look(_: JobTask, session: Session) -> tuple[str, tuple[Desk, ...]]:
    """Whose desk this is, and those of the others; runs on the register lane."""
    import resources
    from intake.sample.desks import desks_beside

    home = session.workspace.root.absolute()
    return home.name, desks_beside(home, resources.read) if session.settings.sample else ()


class SampleDesks(QObject):
    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._desks: dict[str, Desk] = {}
        self._trials: tuple[Trial, ...] = ()
        self._mine: QAction | None = None
        self.line: DeskLine | None = None
        if not window.sample:
            return
        context.asked.connect(self._on_asked)
        handle = context.run(JobLane.REGISTER, look, owner=self)
        handle.done.connect(self._show)

    def _show(self, found: tuple[str, tuple[Desk, ...]]) -> None:
        person, desks = found
        mine = next((desk for desk in desks if desk.person == person), None)
        if mine is None:
            return
        self._desks = {desk.person: desk for desk in desks}
        self._trials = trials(mine.role)
        menu = self.tr("Samp&le")
        self._window.commands.add(
            [
                Command(
                    f"{CHANGE}{desk.person}",
                    menu,
                    self.tr("Be {name} ({role})").format(name=desk.name, role=role_words(desk.role)),
                    f"Ctrl+Alt+{number}",
                    "people",
                    self.tr("Change to this desk of the sample"),
                    checkable=True,
                )
                for number, desk in enumerate(desks, start=1)
            ],
            self._window.menuBar(),
        )
        self._window.commands.add(
            [
                Command(f"{TRY}{number}", menu, self.tr("Try: {what}").format(what=item.words), bar=number == 0)
                for number, item in enumerate(self._trials)
            ],
            self._window.menuBar(),
        )
        action = self._window.commands.action
        changing = [action(f"{CHANGE}{name}") for name in self._desks]
        one = QActionGroup(self)
        for item in changing:
            one.addAction(item)
        self._mine = action(f"{CHANGE}{person}")
        self._mine.setChecked(True)
        self._window.stayed.connect(self._on_stayed)
        who = self.tr("Sample. You are: {name} ({role})").format(name=mine.name, role=role_words(mine.role))
        self.line = DeskLine(who, changing, [action(f"{TRY}{number}") for number in range(len(self._trials))])
        self._window.add_line(self.line)

    def _on_asked(self, command: str, _: object) -> None:
        if command.startswith(CHANGE):
            desk = self._desks[command.removeprefix(CHANGE)]
            if desk.home != self._context.data_dir.absolute():
                self._context.ask("change-home", desk.home)
        elif command.startswith(TRY):
            item = self._trials[int(command.removeprefix(TRY))]
            self._context.go(item.place, item.argument)

    def _on_stayed(self) -> None:
        if self._mine is not None:
            self._mine.setChecked(True)


class DeskLine(QWidget):
    """Who one is in the sample, with the two menus as buttons."""

    def __init__(self, who: str, desks: list[QAction], trying: list[QAction]) -> None:
        super().__init__()
        s = sizes(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(s.l, s.xs, s.l, s.xs)
        row.setSpacing(s.m)
        self.who = Label(who, elide=True)
        row.addWidget(self.who, 1)
        self.desks = _menu_button(self.tr("Change desk"), desks)
        self.trying = _menu_button(self.tr("Things to try"), trying)
        row.addWidget(self.desks)
        row.addWidget(self.trying)


def _menu_button(text: str, actions: list[QAction]) -> QPushButton:
    button = QPushButton(text)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    menu = QMenu(button)
    menu.addActions(actions)
    button.setMenu(menu)
    return button
