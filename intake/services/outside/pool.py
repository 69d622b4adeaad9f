"""The workers that are kept: one for the window, two for many files."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, Self, TypeVar

from intake.services.outside import memory
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.process import Allowed, Cancel, Worker, allowed

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

FOR_MANY = 2
"""Workers for several files at once; more would only take each other's time on a usual computer."""


def never() -> bool:
    return False


class Pool:
    """Makes no process before the first question. ``close`` it: a process is no garbage that collects itself."""

    def __init__(
        self,
        count: int = 1,
        limits: WorkerLimits | None = None,
        *,
        tasks: str = "intake.services.proving.tasks",
        used: memory.Used = memory.used,
    ) -> None:
        self.limits = limits or WorkerLimits()
        self.workers = tuple(Worker(self.limits, tasks, used) for _ in range(count))
        # Last in, first out: a worker that has imported its libraries is asked before one that has not.
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in reversed(self.workers):
            self._idle.put(worker)

    def start(self) -> None:
        """Start every worker now, while the app does something else."""
        for worker in self.workers:
            worker.start()

    @contextmanager
    def one_file(self, cancelled: Cancel = never, *, more: float = 0) -> Iterator[OneFile]:
        """A worker for one file, whose time begins now; waits until one is free. ``more`` seconds are for a large one."""
        worker = self._idle.get()
        try:
            yield OneFile(worker, allowed(self.limits.seconds + more), cancelled)
        finally:
            self._idle.put(worker)

    def each(self, function: Callable[[Item], T], items: Iterable[Item]) -> list[T]:
        """``function`` of every item, as many at once as there are workers, in the order given.

        Interrupted, it ends the workers and raises what interrupted it.
        """
        with ThreadPoolExecutor(len(self.workers), thread_name_prefix="outside") as threads:
            waiting = [threads.submit(function, item) for item in items]
            try:
                return [item.result() for item in waiting]
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                self.close()
                raise

    def close(self) -> None:
        """End every worker. Safe to call twice, and while somebody waits for an answer."""
        for worker in self.workers:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class OneFile:
    """All questions about one file; they share its time."""

    def __init__(self, worker: Worker, time: Allowed, cancelled: Cancel) -> None:
        self._worker = worker
        self._time = time
        self._cancelled = cancelled

    def ask(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``task`` gives in the other process. Raises a ReadingFailed, or ReadingCancelled."""
        return self._worker.ask(self._time, self._cancelled, task, *args, **kwargs)
