"""Quitting while something that was signed here has not left: what it is, and to send it first, to quit or to stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui.context import Context
from ui.exchange.delivery import DeliveryFacts, delivery_watch
from ui.exchange.exchanger import exchanger
from ui.exchange.unsent import unsent_lines
from ui.jobs import JobHandle
from ui.theme import Tone
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label
from ui.widgets.panels import NoticePanel
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.exchanging.delivery import UnsentAct

SHOWN = 6


class UnsentDialog(PlainDialog):
    """``quitting`` when the window is to close: all has left, or the person does not wait for it.

    It never waits for the folder itself: quitting is possible while sending hangs in a share that is gone.
    """

    quitting = Signal()

    def __init__(
        self, context: Context, facts: DeliveryFacts, acts: Sequence[UnsentAct], parent: QWidget | None = None
    ) -> None:
        title = self.tr("%Ln acts you signed have not been sent", "", facts.unsent)
        super().__init__(title, parent, icon="warning", tone=Tone.WARN)
        self._context = context
        self._watch = delivery_watch(context)
        self._exchanger = exchanger(context)
        self._sending = False
        self.lines = Label(unsent_lines(acts, facts.unsent, most=SHOWN))
        if facts.folder:
            what = self.tr("Nobody else knows of this yet. It is kept here, and sent when Countersign is open again.")
        else:
            what = self.tr(
                "Nobody else knows of this yet, and no exchange folder is set. It is kept here. Write a package and hand "
                "it to the others, or choose a folder under Exchange."
            )
        self.trouble = NoticePanel("", tone=Tone.WARN)
        self.trouble.setVisible(False)
        self.body.addWidget(self.trouble)
        self.body.addWidget(Label(what))
        self.body.addWidget(self.lines)
        self.body.addStretch(1)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.stay = self.add_button(self.tr("Stay"), QDialogButtonBox.ButtonRole.RejectRole)
        self.quit = self.add_button(self.tr("Quit without sending"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.quit.clicked.connect(self._on_quit)
        words = self.tr("Send and quit") if facts.folder else self.tr("Write a package…")
        self.go_on = self.add_button(words, QDialogButtonBox.ButtonRole.ActionRole, look="primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self._send if facts.folder else self._export)
        self._exchanger.began.connect(self._on_began)
        self._watch.changed.connect(self._on_read)

    def reject(self) -> None:
        # What is being sent goes on: staying is no reason to stop it.
        self._sending = False
        super().reject()

    def _send(self) -> None:
        self._sending = True
        self.go_on.setEnabled(False)
        self.trouble.setVisible(False)
        running = self._exchanger.running
        if running is not None:
            self._on_began(running, self.tr("Sending and fetching"))
        self._exchanger.run_again()

    def _export(self) -> None:
        self._context.ask("export")
        self.reject()

    def _on_began(self, handle: JobHandle[Any], title: str) -> None:
        if self._sending:
            self.progress.follow(handle, title)

    def _on_read(self) -> None:
        if not self._sending or self._exchanger.running is not None:
            return
        left = self._watch.facts.unsent
        if not left:
            self._on_quit()
            return
        self._sending = False
        self.go_on.setEnabled(True)
        self.go_on.setText(self.tr("Try again and quit"))
        last = self._exchanger.last
        if last.refusal is not None:
            self.trouble.tell(last.refusal, Tone.WARN)
            return
        text = "\n".join(last.problems[:3]) or self.tr("What was sent until then stays sent.")
        self.trouble.set_words(self.tr("%Ln acts could not be sent", "", left), text, Tone.WARN)
        self.trouble.setVisible(True)

    def _on_quit(self) -> None:
        self._sending = False
        self.accept()
        self.quitting.emit()
