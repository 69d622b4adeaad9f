"""Choosing the exchange folder: pick one, look at its health, say what it means, and only then use it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import files
from ui.context import Changes, Context
from ui.exchange import work
from ui.jobs import JobLane
from ui.theme import Tone
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label
from ui.widgets.panels import NoticePanel

if TYPE_CHECKING:
    from intake.services.exchanging.choosing import FolderLook


class FolderDialog(PlainDialog):
    """What was found in the folder; ``accepted`` means to use it."""

    def __init__(self, found: FolderLook, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Use this folder?"), parent)
        health = found.health
        self.body.addWidget(Label(str(health.root)))
        for note in health.notes:
            self.body.addWidget(NoticePanel(note, tone=Tone.WARN))
        others = [org for org in health.organisations if not found.holds_ours or org]
        if found.holds_ours:
            self.body.addWidget(NoticePanel(self.tr("Acts of your organisation are in it already."), tone=Tone.GOOD))
        elif others and found.founded:
            self.body.addWidget(
                NoticePanel(
                    self.tr("It holds other organisations, and nothing of yours."),
                    self.tr("That may be right for a new folder. Check that it is the one the others use."),
                    Tone.WARN,
                )
            )
        elif health.trouble is None:
            self.body.addWidget(Label(self.tr("It is empty so far. What you sign goes there with the next exchange.")))
        self.body.addStretch(1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.use = self.add_button(self.tr("Use this folder"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.use.setEnabled(health.trouble is None and not health.inside)


class FolderChoice(QObject):
    """``chosen`` is emitted once the folder is written to the settings."""

    chosen = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._path = Path()

    def begin(self) -> None:
        files.ask_folder(self._window, self.tr("Choose the exchange folder"), self.look_at)

    def look_at(self, path: str) -> None:
        self._path = Path(path)
        handle = self._context.run_before_dialog(JobLane.EXCHANGE, work.look_at_folder, self._path, owner=self)
        if handle is not None:
            handle.done.connect(self._ask)

    def _ask(self, found: FolderLook) -> None:
        dialog = FolderDialog(found, self._window)
        dialog.accepted.connect(self._use)
        dialog.open()

    def _use(self) -> None:
        handle = self._context.run(JobLane.EXCHANGE, work.choose_folder, self._path, owner=self)
        handle.done.connect(self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._context.say(self.tr("The exchange folder is {name}").format(name=path.name or path))
        self._context.tell(Changes(exchange=True))
        self.chosen.emit()
