"""The longest the window does not answer while each slow job runs on its lane, against the 50 ms a person notices."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import deciding
from intake.services.deciding.records_at_hand import record_of
from intake.services.exchanging import exchanging
from intake.services.proving import verifying
from tests.benchmarks.harness import Row
from tests.services.offices import Offices
from ui.application import application
from ui.jobs import JobLane, Jobs, JobTask

BEAT = 2
"""Milliseconds between heartbeats of the GUI thread."""
NOTICED = 0.050
CASES = 12
TINY = {"CASES": 2}


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    gc.freeze()  # as the app does after its start: what was there before is not looked through again
    with tempfile.TemporaryDirectory() as folder:
        offices = Offices(Path(folder))
        offices.open("ada", "bob", "cleo", "dan", "finn")
        offices.found()
        cases = [offices.file() for _ in range(CASES)]
        offices.travel("ada", "dan")
        package = Path(folder) / "all.countersign"
        exchanging.export_package(offices.installations["ada"], offices.signer("ada"), package)
        jobs = Jobs()
        _stall(jobs, JobLane.PAPER, _decide(offices, cases[0]))  # pays for the imports of the first record
        yield from (
            _row("make and sign a record", _stall(jobs, JobLane.PAPER, _decide(offices, cases[1]))),
            _row("judge a record ten times", _stall(jobs, JobLane.PAPER, _judge(offices, cases[0]))),
            _row("import a package", _stall(jobs, JobLane.EXCHANGE, _import(offices, package))),
            _row(
                "rebuild every projection",
                _stall(jobs, JobLane.REGISTER, offices.installations["dan"].register.rebuild),
            ),
        )
        jobs.shutdown()
        offices.close()


class _Heart(QObject):
    """Beats on the GUI thread and remembers the longest pause between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def _stall(jobs: Jobs, lane: JobLane, work: Callable[[], object]) -> float:
    """Seconds of the longest pause while ``work`` runs on ``lane``."""

    def job(_: JobTask) -> bool:
        work()
        return True

    loop = QEventLoop()
    heart = _Heart()
    done: list[object] = []
    handle = jobs.submit(lane, job)
    handle.done.connect(done.append)
    handle.finished.connect(loop.quit)
    loop.exec()
    assert done, "the job did not end well, so its figure would mean nothing"
    return heart.longest


def _decide(offices: Offices, case: str) -> Callable[[], object]:
    def work() -> None:
        installation = offices.installations["dan"]
        given = offices.terms("dan", case)
        prepared = deciding.prepare(installation, "dan", case, Position.APPROVE, given=given)
        deciding.give(installation, offices.signer("dan"), prepared)

    return work


def _judge(offices: Offices, case: str) -> Callable[[], object]:
    def work() -> None:
        _, pdf = record_of(offices.installations["dan"], case)
        for _ in range(10):
            verifying.verify(offices.installations["dan"], pdf)

    return work


def _import(offices: Offices, package: Path) -> Callable[[], object]:
    return lambda: exchanging.import_package(offices.installations["bob"], package)


def _row(job: str, longest: float) -> Row:
    return Row(f"stall: {job}", "50 ms", longest / NOTICED, 1.0, f"{longest * 1e3:.0f} ms")
