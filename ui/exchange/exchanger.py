"""Runs the exchange: one send-and-fetch at a time, by hand or by the clock, and the import of files in between.

It holds no widget. Pages and the status line listen; ``run`` starts an exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.exchange import importing, work
from ui.exchange.importing import Imported
from ui.exchange.work import Ran
from ui.jobs import JobHandle, JobLane


@dataclass(frozen=True, slots=True)
class ExchangeOutcome:
    """How the last exchange went. ``by_hand`` is whether somebody waits for the answer.

    With a ``refusal``, ``lines`` and ``problems`` are what was done all the same, or empty.
    """

    folder: str = ""
    at: datetime | None = None
    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    refusal: Refusal | None = None
    cancelled: bool = False
    by_hand: bool = False


class Exchanger(QObject):
    began = Signal(object, str)
    """A job handle and its title, for widgets that show progress."""
    ended = Signal(object)
    """An ``ExchangeOutcome``."""
    imported = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._carrier = work.Carrier()
        self._handle: JobHandle[Ran] | None = None
        self._imports: list[JobHandle[Imported]] = []
        self._by_hand = False
        self._again = False
        self.last = ExchangeOutcome()
        context.jobs.ending.connect(self._stop)

    @property
    def running(self) -> JobHandle[Ran] | None:
        return self._handle

    def run(self, *, by_hand: bool = False) -> None:
        """Send and fetch now. While one is under way this only says that somebody waits for it."""
        self._by_hand = self._by_hand or by_hand
        if self._handle is not None:
            return
        self._handle = self._context.run(JobLane.EXCHANGE, work.run, self._carrier, owner=self)
        self._handle.done.connect(self._on_done)
        self._handle.refused.connect(self._on_refused)
        self._handle.cancelled.connect(self._on_cancelled)
        self._handle.finished.connect(self._on_finished)
        self.began.emit(self._handle, self.tr("Sending and fetching"))

    def run_again(self) -> None:
        """Send and fetch what is here now: once more after the exchange that is under way, which may have begun before it."""
        self._again = self._handle is not None
        self.run()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import packages and acts; ``imported`` says how it went. During an exchange it is said that they wait for its end."""
        handle = self._context.run(JobLane.EXCHANGE, importing.import_files, tuple(paths), owner=self)
        handle.done.connect(self._on_imported)
        if self._handle is None:
            self.began.emit(handle, self.tr("Importing files"))
            return
        self._imports.append(handle)
        waits = self.tr("Importing waits until sending and fetching has ended")
        self._context.say_while(waits, self._handle)
        self.began.emit(handle, waits)

    def _on_done(self, ran: Ran) -> None:
        report = ran.report
        if report is None:
            self._end(ExchangeOutcome(by_hand=self._by_hand))
            return
        problems = tuple(f"{item.where}: {item.refusal.what_happened}" for item in report.problems)
        self._end(
            ExchangeOutcome(
                ran.folder,
                ran.at,
                report.summary,
                problems,
                refusal=ran.refusal,
                cancelled=report.cancelled,
                by_hand=self._by_hand,
            )
        )
        came = bool(report.new or report.asking or report.waiting)
        if came or report.refused or report.cases or report.problems:
            self._context.tell(Changes(cases=report.cases, exchange=True, people=came))

    def _on_refused(self, refusal: Refusal) -> None:
        folder = self.last.folder or self._carrier.folder
        self._end(ExchangeOutcome(folder, self.last.at, refusal=refusal, by_hand=self._by_hand))

    def _on_cancelled(self) -> None:
        self._end(ExchangeOutcome(self.last.folder, self.last.at, cancelled=True, by_hand=self._by_hand))

    def _on_finished(self) -> None:
        self._handle = None
        if self._again:
            self._again = False
            self.run()
        waited, self._imports = self._imports, []
        for handle in waited:
            self.began.emit(handle, self.tr("Importing files"))

    def _stop(self) -> None:
        self._again = False

    def _end(self, outcome: ExchangeOutcome) -> None:
        self.last = outcome
        self._by_hand = False
        self.ended.emit(outcome)

    def _on_imported(self, done: Imported) -> None:
        self.imported.emit(done)
        if done.reports:
            self._context.tell(Changes(cases=done.cases, exchange=True, people=True))


def exchanger(context: Context) -> Exchanger:
    """The one exchanger of this window; made when it is first asked for."""
    found = context.findChild(Exchanger)
    return found if isinstance(found, Exchanger) else Exchanger(context)
