"""The card of the exchange folder: where it is, what state it is in, what the last exchange did, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from ui.exchange.exchanger import ExchangeOutcome
from ui.formatting import moment_words, size_words
from ui.theme import Tone, sizes
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, Chip, action_button

if TYPE_CHECKING:
    from intake.services.exchanging.choosing import FolderLook


class FolderCard(Card):
    def __init__(self, sync: QAction, choose: QAction) -> None:
        super().__init__()
        s = sizes(self)
        top = QHBoxLayout()
        top.setSpacing(s.s)
        top.addWidget(heading(self.tr("Exchange folder"), 2), 1)
        self.state = Chip(self.tr("Not chosen"), Tone.NEUTRAL)
        top.addWidget(self.state)
        self.box.addLayout(top)
        self.path = Label("", elide=True)
        self.notes = quiet("")
        self.last = Label("")
        self.box.addWidget(self.path)
        self.box.addWidget(self.notes)
        self.box.addWidget(self.last)
        self.box.addStretch(1)
        buttons = FlowLayout(self)
        buttons.addWidget(action_button(sync, primary=True))
        buttons.addWidget(action_button(choose))
        self.box.addLayout(buttons)
        self.set_folder("")

    def set_folder(self, folder: str) -> None:
        """The folder of the settings; its health comes later."""
        if folder:
            self.path.setText(folder)
            self.notes.setText(self.tr("Looking at the folder…"))
            self.state.set(self.tr("Chosen"), Tone.NEUTRAL)
        else:
            self.path.setText(self.tr("No folder is chosen."))
            self.notes.setText(
                self.tr(
                    "Choose a folder all of you reach, such as a network share or a stick. What is signed here goes "
                    "there, and what the others signed comes from there, every minute while this window is open."
                )
            )
            self.state.set(self.tr("Not chosen"), Tone.NEUTRAL)

    def set_health(self, found: FolderLook) -> None:
        health = found.health
        if health.trouble is not None:
            self.state.set(self.tr("Cannot be used"), Tone.BAD)
        elif health.inside:
            self.state.set(self.tr("Wrong folder"), Tone.WARN)
        else:
            self.state.set(self.tr("Reachable"), Tone.GOOD)
        lines = list(health.notes)
        if health.trouble is None and found.founded:
            lines.append(
                self.tr("Acts of your organisation are in it.")
                if found.holds_ours
                else self.tr("Nothing of your organisation is in it yet.")
            )
        if health.free_bytes is not None:
            lines.append(self.tr("{size} are free.").format(size=size_words(health.free_bytes)))
        self.notes.setText(" ".join(lines))

    def set_outcome(self, outcome: ExchangeOutcome) -> None:
        """What the last exchange did; empty before the first."""
        if outcome.refusal is not None:
            stopped = f"{outcome.refusal.what_happened} {outcome.refusal.next_step}"
            done = " ".join(outcome.lines)
            self.last.setText("\n".join(line for line in (stopped, done, *outcome.problems[:8]) if line))
            self.last.set_tone(Tone.WARN)
            self.state.set(self.tr("A problem"), Tone.WARN)
            return
        self.last.set_tone(None)
        if outcome.at is None:
            self.last.setText(self.tr("You cancelled; what was done stays done.") if outcome.cancelled else "")
            return
        said = self.tr("{when}: {report}").format(when=moment_words(outcome.at), report=" ".join(outcome.lines))
        self.last.setText("\n".join((said, *outcome.problems[:8])))
