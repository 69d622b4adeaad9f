"""Readers of outside files that outlive the test that started them: each takes a second to import its libraries.

The processes are real ones, started and watched by the program itself, which keeps them for many files too. What tests do
that is about their beginning and their end is marked ``own_readers`` and gets separate processes.
"""

from __future__ import annotations

import atexit
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from intake.services.outside import process
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.process import Worker

TASKS = "intake.services.proving.tasks"

_spare: list[subprocess.Popen[bytes]] = []
_asked: set[int] = set()
"""Workers that wait for an answer, by ``id``."""
_started, _ask, _end = process._started, Worker.ask, Worker.end


def started(limits: WorkerLimits, tasks: str) -> subprocess.Popen[bytes]:
    while _spare and (limits, tasks) == (WorkerLimits(), TASKS):
        lent = _spare.pop()
        if lent.poll() is None:
            return lent
        process._reap(lent)
    return _started(limits, tasks)


def ask(self: Worker, *given: Any, **more: Any) -> Any:
    _asked.add(id(self))
    try:
        return _ask(self, *given, **more)
    finally:
        _asked.discard(id(self))


def end(self: Worker) -> None:
    """As ever, and a process that has nothing to do is kept for the next test."""
    with self._lock:
        kept = (
            self._process if id(self) not in _asked and (self._limits, self._tasks) == (WorkerLimits(), TASKS) else None
        )
        if kept is not None:
            self._process = None
    if kept is not None:
        _spare.append(kept)
    _end(self)


@atexit.register
def end_spare() -> None:
    while _spare:
        process._reap(_spare.pop())


@contextmanager
def lending() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "_started", started)
        patch.setattr(Worker, "ask", ask)
        patch.setattr(Worker, "end", end)
        yield


@pytest.fixture(autouse=True)
def lent_readers(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("own_readers"):
        yield
        return
    with lending():
        yield
