"""How long the window freezes while a screen is built: the slowest turn of the event loop, against the 50 ms noticed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.harness import Row, timed

NOTICED = 0.050
ROUNDS = 5
TINY = {"ROUNDS": 1}


def turns_row(job: str, *turns: Callable[[], object], before: Callable[[], object] = lambda: None) -> Row:
    """The slowest of the turns that a job takes; in the middle of ``ROUNDS`` rounds after a first one.

    What is done ``before`` each round is not counted.
    """
    _slowest(turns, before)
    seconds = sorted(_slowest(turns, before) for _ in range(ROUNDS))[ROUNDS // 2]
    return Row(job, "50 ms", seconds / NOTICED, 1.0, f"{seconds * 1e3:.0f} ms")


def _slowest(turns: tuple[Callable[[], object], ...], before: Callable[[], object]) -> float:
    _drawn(before)
    # What was shown before is freed between two events, as it is in the app.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return max(timed(partial(_drawn, turn)) for turn in turns)


def _drawn(turn: Callable[[], object]) -> None:
    turn()
    # What a turn leaves to the next one (a widget added to a layout is shown there), laying out and painting belong to it:
    # the window freezes for them, too.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.repaint()
