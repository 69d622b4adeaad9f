"""Exchanges by itself: at once after a signature, and once a minute while the window is open.

It keeps the word of the folder in the status line, and how much has not left.

Quiet: what goes wrong is said there and on the exchange page; nobody is interrupted.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from ui.context import Context
from ui.exchange.delivery import delivery_watch
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.formatting import time_words
from ui.shell.window import Window
from ui.texts import Texts
from ui.theme import Tone


class Ticker(QObject):
    EVERY_MS = 60_000
    FIRST_MS = 1_500
    """After the first paint, so that the start is the person's."""

    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._exchanger = exchanger(context)
        self._exchanger.ended.connect(self._on_ended)
        self._delivery = delivery_watch(context)
        self._delivery.changed.connect(self._on_delivery)
        self._tried = 0
        self._timer = QTimer(self)
        self._timer.setInterval(self.EVERY_MS)
        self._timer.timeout.connect(self._tick)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(self.FIRST_MS)
        self._first.timeout.connect(self._begin)
        self._first.start()
        context.jobs.ending.connect(self._stop)

    def _stop(self) -> None:
        self._first.stop()
        self._timer.stop()

    def _begin(self) -> None:
        self._timer.start()
        self._tick()

    def _tick(self) -> None:
        self._exchanger.run()

    def _on_ended(self, outcome: ExchangeOutcome) -> None:
        self._window.status.set_folder(*folder_words(outcome))

    def _on_delivery(self) -> None:
        facts = self._delivery.facts
        self._window.status.set_unsent(unsent_words(facts.unsent))
        if facts.folder and facts.newest > self._tried:
            # Once for each act: what could not be sent now goes with the exchange by the clock.
            self._tried = facts.newest
            self._exchanger.run_again()


def unsent_words(count: int) -> str:
    """What was signed here and has not left, in few words; nothing when all has."""
    return TickerTexts.tr("%Ln signed, not sent", "", count) if count else ""


def folder_words(outcome: ExchangeOutcome) -> tuple[str, Tone]:
    """The state of the exchange folder in few words."""
    from intake.services.installation.closing import means_closed

    if means_closed(outcome.refusal):
        # The status line says so already, and there is nothing wrong with the folder.
        return "", Tone.NEUTRAL
    if outcome.refusal is not None:
        return TickerTexts.tr("Exchange folder: a problem"), Tone.WARN
    if not outcome.folder:
        return TickerTexts.tr("No exchange folder"), Tone.NEUTRAL
    if outcome.at is None:
        return TickerTexts.tr("Exchange folder set"), Tone.NEUTRAL
    when = time_words(outcome.at)
    return TickerTexts.tr("Sent and fetched {time}").format(time=when), Tone.NEUTRAL


class TickerTexts(Texts):
    pass
