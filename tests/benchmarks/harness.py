"""Timing two things in turn, so that a machine that slows down slows both, and printing what came of it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``ratio`` is to the floor; ``goal`` is the largest ratio wanted, None for facts."""

    job: str
    floor: str
    ratio: float
    goal: float | None
    note: str = ""

    @property
    def line(self) -> str:
        goal = f"<= {self.goal:g}" if self.goal is not None else ""
        mark = "" if self.goal is None else ("ok" if self.ratio <= self.goal else "OVER")
        return f"{self.job:44} {self.floor:34} {self.ratio:8.2f}  {goal:8} {mark:5} {self.note}"


HEADER = f"{'job':44} {'floor (= 1)':34} {'ratio':>8}  {'goal':8}"


ROUNDS = 7
SWEPT = True
TINY = {"ROUNDS": 1, "SWEPT": False}
"""Every benchmark says so what its sizes are when nothing is measured, only seen whether it still runs."""


def ratio(job: Callable[[], object], floor: Callable[[], object], *, rounds: int = 0) -> tuple[float, float]:
    """Median of the ratios of interleaved runs (``ROUNDS`` unless told), and the median seconds of the job."""
    job()
    floor()
    ratios, seconds = [], []
    for _ in range(rounds or ROUNDS):
        one, other = timed(job), timed(floor)
        ratios.append(one / other)
        seconds.append(one)
    return statistics.median(ratios), statistics.median(seconds)


def timed(job: Callable[[], object]) -> float:
    """Seconds of one run, with the garbage of the run before swept away first."""
    if SWEPT:
        gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
