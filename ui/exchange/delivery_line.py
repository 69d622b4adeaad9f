"""Where what was signed here is: one line for every page that tells of a signature, with the way to send it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from intake.domain.case.delivery import DeliveryState
from ui.context import Context
from ui.exchange.delivery import delivery_watch
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.formatting import recent_words
from ui.jobs import JobTask
from ui.newest import Newest
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.labels import Label
from ui.widgets.panels import Card, Chip, action_button

if TYPE_CHECKING:
    from datetime import datetime

    from intake.services.exchanging.delivery import Whereabouts
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class DeliveryStanding:
    """Where it is, the exchange folder if one is set, and the moment of the look."""

    where: Whereabouts
    folder: str
    now: datetime


@dataclass(frozen=True, slots=True)
class DeliveryWords:
    """A chip, a sentence or two, and how it is marked."""

    chip: str
    text: str
    tone: Tone


def read(_: JobTask, session: Session, case: str) -> DeliveryStanding:
    """Runs on the register lane."""
    from intake.services.exchanging import delivery

    where = delivery.whereabouts(session.installation, case)
    return DeliveryStanding(where, session.settings.folder, session.installation.clock())


def delivery_words(standing: DeliveryStanding, outcome: ExchangeOutcome, *, running: bool) -> DeliveryWords:
    """What is said of it while an exchange is ``running``, or after the last one had this ``outcome``."""
    where = standing.where
    if where.state is DeliveryState.SIGNED:
        return _unsent_words(standing, outcome, running=running)
    sent = _sent_words(standing)
    if where.state is DeliveryState.SENT and where.package:
        # A file on this computer has reached nobody: it is here until somebody hands it over.
        text = DeliveryTexts.tr("{sent} Hand the file over: nobody else has answered it yet.").format(sent=sent)
        return DeliveryWords(DeliveryTexts.tr("Saved, not sent"), text, Tone.INFO)
    if where.state is DeliveryState.SENT:
        text = DeliveryTexts.tr("{sent} Nobody else has answered it yet.").format(sent=sent)
        return DeliveryWords(DeliveryTexts.tr("Sent"), text, Tone.GOOD)
    seen = (
        DeliveryTexts.tr("Seen by {names}.").format(names=", ".join(where.seen_by))
        if where.seen_by
        else DeliveryTexts.tr("Somebody else has seen it.")
    )
    return DeliveryWords(DeliveryTexts.tr("Seen"), f"{seen} {sent}".strip(), Tone.GOOD)


def _unsent_words(standing: DeliveryStanding, outcome: ExchangeOutcome, *, running: bool) -> DeliveryWords:
    where = standing.where
    signed = _when(standing, where.signed)
    if not standing.folder:
        text = DeliveryTexts.tr(
            "Signed here: {when}. No exchange folder is set: write a package and hand it to the others."
        )
        return DeliveryWords(DeliveryTexts.tr("Signed, not sent yet"), text.format(when=signed), Tone.WARN)
    if running:
        text = DeliveryTexts.tr("Signed here: {when}. It is being sent now.")
        return DeliveryWords(DeliveryTexts.tr("Signed, sending…"), text.format(when=signed), Tone.INFO)
    if outcome.refusal is not None:
        text = DeliveryTexts.tr("Signed here: {when}, and kept. {what} {next} Then it is sent by itself.").format(
            when=signed, what=outcome.refusal.what_happened, next=outcome.refusal.next_step
        )
        return DeliveryWords(DeliveryTexts.tr("Signed, could not be sent"), text, Tone.WARN)
    if outcome.problems:
        text = DeliveryTexts.tr("Signed here: {when}, and kept. {problem}")
        text = text.format(when=signed, problem=outcome.problems[0])
        return DeliveryWords(DeliveryTexts.tr("Signed, could not be sent"), text, Tone.WARN)
    text = DeliveryTexts.tr("Signed here: {when}. It goes out with the next exchange, within a minute.")
    return DeliveryWords(DeliveryTexts.tr("Signed, not sent yet"), text.format(when=signed), Tone.INFO)


def _sent_words(standing: DeliveryStanding) -> str:
    where = standing.where
    when = _when(standing, where.sent)
    if where.package:
        words = DeliveryTexts.tr("Written into the file “{name}”: {when}.")
        return words.format(name=where.package, when=when)
    return DeliveryTexts.tr("Sent to the exchange folder: {when}.").format(when=when) if when else ""


def _when(standing: DeliveryStanding, at: datetime | None) -> str:
    return recent_words(at, standing.now) if at is not None else ""


class DeliveryLine(Card):
    """About all that was signed here of one use case, or of the organisation when ``case`` is empty; hidden when nothing was.

    It follows the exchange by itself, while what it is on is on screen: pages live as long as the window.
    """

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(horizontal=True)
        s = sizes(self)
        self._context = context
        self._case = case
        self._standing: DeliveryStanding | None = None
        self._stale = True
        self._exchanger = exchanger(context)
        self._watch = delivery_watch(context)
        self.chip = Chip("", Tone.NEUTRAL)
        self.text = Label("")
        self.send = QAction(self.tr("&Send it now"), self)
        self.send.triggered.connect(self._on_send)
        self.export = QAction(self.tr("&Write a package…"), self)
        self.export.triggered.connect(self._on_export)
        words = QVBoxLayout()
        words.setSpacing(s.xs)
        row = QHBoxLayout()
        row.addWidget(self.chip)
        row.addStretch(1)
        words.addLayout(row)
        words.addWidget(self.text)
        self.box.setSpacing(s.l)
        self.box.addLayout(words, 1)
        for action in (self.send, self.export):
            action.setVisible(False)
            self.box.addWidget(action_button(action))
        self.setVisible(False)
        self._found = Newest(context, read, self, quietly=True)
        self._found.found.connect(self._on_found)
        self._watch.changed.connect(self._ask)
        self._exchanger.began.connect(self._show)
        self._exchanger.ended.connect(self._ask)

    def event(self, event: QEvent) -> bool:
        # Hidden while there is nothing to say, so it is what it is on that tells whether anybody could see it.
        if event.type() == QEvent.Type.ParentChange and (on := self.parentWidget()) is not None:
            on.installEventFilter(self)
            self._ask()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale and watched is self.parentWidget():
            self._ask()
        return False

    def _ask(self, *_: object) -> None:
        on = self.parentWidget()
        self._stale = on is None or not on.isVisible()
        if not self._stale:
            self._found.ask_again(self._case)

    def _on_found(self, standing: DeliveryStanding) -> None:
        self._standing = standing
        self._show()

    def _show(self, *_: object) -> None:
        standing = self._standing
        if standing is None or not standing.where.acts:
            self.setVisible(False)
            return
        running = self._exchanger.running is not None
        words = delivery_words(standing, self._exchanger.last, running=running)
        self.chip.set(words.chip, words.tone)
        self.text.setText(words.text)
        waits = standing.where.state is DeliveryState.SIGNED
        self.send.setVisible(waits and bool(standing.folder))
        self.send.setEnabled(not running)
        self.export.setVisible(waits and not standing.folder)
        self.setVisible(True)

    def _on_send(self) -> None:
        self._context.ask("sync")

    def _on_export(self) -> None:
        self._context.ask("export", self._case)


class DeliveryTexts(Texts):
    pass
