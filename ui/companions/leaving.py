"""Asks before the window closes while something that was signed here has not left this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from ui.context import Context
from ui.exchange.delivery import delivery_watch, list_unsent
from ui.exchange.unsent_dialog import UnsentDialog
from ui.jobs import JobLane
from ui.shell.window import Window

if TYPE_CHECKING:
    from intake.services.exchanging.delivery import UnsentAct

ASKED = "delivery/asked"
"""The preference that holds the number of the newest act of which was asked while there was no exchange folder."""


class Leaving(QObject):
    """Where no exchange folder is set people hand over packages when they want to; then each act is asked about once."""

    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._watch = delivery_watch(context)
        self._watch.read.connect(self._on_read)
        self._waiting = False
        self._listing = False
        self.dialog: UnsentDialog | None = None
        window.keeper = self.may_close

    def may_close(self) -> bool:
        """Whether the window may close now; otherwise somebody is asked, or it closes by itself in a moment."""
        if self.dialog is not None:
            return False
        if self._watch.reading and not self._waiting:
            # Something may have been signed this moment. Somebody who asks twice does not wait for it.
            self._waiting = True
            return False
        self._waiting = False
        if not self._asks():
            return True
        if self._listing:
            # They asked again: the list may take its time, the question does not.
            self._ask(())
            return False
        self._listing = True
        handle = self._context.run(JobLane.REGISTER, list_unsent, owner=self)
        handle.done.connect(self._ask)
        # A home on a stick that was pulled cannot be read: what is known is asked all the same, or nobody could ever quit.
        handle.refused.connect(self._on_unlisted)
        handle.failed.connect(self._on_unlisted)
        handle.finished.connect(self._on_listed)
        return False

    def _asks(self) -> bool:
        facts = self._watch.facts
        if not facts.unsent:
            return False
        asked = self._context.settings.text(ASKED, "0")
        return bool(facts.folder) or facts.newest > int(asked if asked.isdecimal() else "0")

    def _on_read(self) -> None:
        if self._waiting:
            self._window.close()

    def _ask(self, acts: tuple[UnsentAct, ...]) -> None:
        if self.dialog is not None:
            return
        self.dialog = UnsentDialog(self._context, self._watch.facts, acts, self._window)
        self.dialog.quitting.connect(self._quit)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_unlisted(self, _: object) -> None:
        self._ask(())

    def _on_listed(self) -> None:
        self._listing = False

    def _on_closed(self, answer: int) -> None:
        self.dialog = None
        if answer == QDialog.DialogCode.Rejected:
            self._window.stayed.emit()
        facts = self._watch.facts
        if not facts.folder:
            self._context.settings.set_text(ASKED, str(facts.newest))

    def _quit(self) -> None:
        self._window.close_now()
