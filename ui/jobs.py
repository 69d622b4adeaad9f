"""Slow work away from the screen: the only module of the interface that knows threads.

There are four lanes with one worker each, so two jobs of one lane never overlap and a register is never touched twice
at once. A job is a plain function that gets plain data and returns frozen data; everything it says comes back through
one courier living on the GUI thread, so whatever a screen connects always runs there.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from PySide6.QtCore import QMetaMethod, QObject, Qt, QTimer, Signal, SignalInstance, Slot

from intake.domain.base.refusals import Refusal

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class ResultSignal(Protocol[T]):
    """What a signal with one value is for a type checker: a slot takes a ``T``, or nothing."""

    def connect(self, slot: Callable[[T], object] | Callable[[], object] | SignalInstance) -> object: ...
    def emit(self, result: T) -> None: ...


class JobLane(StrEnum):
    """Where a job runs. Jobs of one lane run one after the other, in the order they were given."""

    REGISTER = "register"
    KEYS = "keys"
    PAPER = "paper"
    EXCHANGE = "exchange"


class JobCancelled(Exception):
    """Raised inside a job by ``JobTask.check`` once somebody cancelled it."""


@dataclass(frozen=True, slots=True)
class Bug:
    """Something that should not have happened: one line for the title, the whole story for the report."""

    summary: str
    details: str


class JobTask:
    """What a running job holds: its way to report progress and to learn that it is no longer wanted."""

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        self._report = report
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def is_cancelled(self) -> bool:
        """The same as ``cancelled``, as a callable to hand to a service."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raises ``JobCancelled`` when the job was cancelled: call it between two steps that each leave things whole."""
        if self._cancelled.is_set():
            raise JobCancelled

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far it is: ``done`` of ``total`` pieces, if that is known. Cheap enough to be called for every piece."""
        if self._report is not None:
            self._report(done, total or 0, text)

    def _cancel(self) -> None:
        self._cancelled.set()


class JobHandle(QObject, Generic[T]):
    """One submitted job, seen from its screen. Exactly one of the four endings is emitted, on the GUI thread.

    ``T`` is what the job gives, and ``done`` carries.
    """

    done: ResultSignal[T] = Signal(object)  # type: ignore[assignment] # a type checker is told what it carries
    refused = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progress = Signal(int, int, str)
    finished = Signal()
    """After every ending: the place to hide a progress panel or enable a button again."""

    _certain = True
    """Of a handle that outlives its lanes only the Qt object is left when its owner goes: there is nothing to cancel."""

    def __init__(
        self, number: int, lane: JobLane, courier: _Delivery, call: tuple[object, ...], *, certain: bool = False
    ) -> None:
        super().__init__()
        self.lane = lane
        self._certain = certain
        self._call = call
        self.task = JobTask(self._report)
        self._number = number
        self._courier = courier
        self._latest = (0, 0, "")
        self._on_its_way = False
        self._wanted = True

    @property
    def running(self) -> bool:
        """True until one of the endings was emitted, or it was dropped and none will be."""
        return self._wanted

    def cancel(self) -> None:
        """Ask the job to stop. A job that has not begun never begins; a running one ends at its next ``check``."""
        self.task._cancel()

    @Slot()
    def drop(self) -> None:
        """Cancel (unless the job is certain), and deliver nothing any more: the screen that asked is gone."""
        self.blockSignals(True)
        self._wanted = False
        if not self._certain:
            self.cancel()

    def hears(self, signal: str) -> bool:
        """Whether anybody listens to this signal, so that an unheard refusal can still be shown."""
        meta = self.metaObject()
        for index in range(meta.methodCount()):
            method = meta.method(index)
            if method.methodType() == QMetaMethod.MethodType.Signal and method.name() == signal.encode():
                return self.isSignalConnected(method)
        return False

    def _report(self, done: int, total: int, text: str) -> None:
        # Runs on the worker. One message is under way at most: a job counting to a million must not flood the screen.
        self._latest = (done, total, text)
        if not self._on_its_way:
            self._on_its_way = True
            self._courier.said.emit(self._number)

    def _deliver_progress(self) -> None:
        self._on_its_way = False
        self.progress.emit(*self._latest)


class _Delivery(QObject):
    """Carries words from the workers to the GUI thread. Its two signals are all that ever crosses."""

    said = Signal(int)
    ended = Signal(int, object)


@dataclass(frozen=True, slots=True)
class _Done:
    result: object


@dataclass(frozen=True, slots=True)
class _Refused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class _Stopped:
    pass


class Jobs(QObject):
    """The four lanes. Made once in ``ui.app`` and handed to every screen."""

    EXCHANGE_PATIENCE_S = 5.0

    bug = Signal(object)
    """A ``Bug`` from any job; the shell shows the crash dialog."""
    unheard_refusal = Signal(object)
    """A ``Refusal`` whose screen did not connect ``refused``; the shell shows it, so none is ever lost."""
    busy_changed = Signal(bool)
    warmed = Signal()
    ending = Signal()
    """Said once, before the lanes end: objects that submit jobs by a timer stop now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._handles: dict[int, JobHandle[Any]] = {}
        self._courier = _Delivery(self)
        self._courier.said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)
        self._courier.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._gate = threading.Event()
        self._gate.set()
        self._lanes = {lane: _Worker(lane, self._courier, self._gate) for lane in JobLane}
        self._sweeper = _GarbageCollection(self, self._gate)
        self._open = True

    def submit(
        self,
        lane: JobLane,
        function: Callable[[JobTask, *Ts], T],
        *args: *Ts,
        owner: QObject | None = None,
        certain: bool = False,
    ) -> JobHandle[T]:
        """Run ``function(task, *args)`` on its lane.

        Connect bound methods to the handle right away: nothing is delivered before control returns to the event
        loop. When ``owner`` is destroyed the job is cancelled and its result dropped. A ``certain`` job is done all the
        same, also when the window closes: what somebody typed last must reach the register.
        """
        if not self._open:
            raise RuntimeError("a job was submitted after shutdown")
        handle: JobHandle[T] = JobHandle(next(self._numbers), lane, self._courier, (function, args), certain=certain)
        handle.setParent(self)
        if owner is not None:
            owner.destroyed.connect(handle.drop)
        self._handles[handle._number] = handle
        if len(self._handles) == 1:
            self.busy_changed.emit(True)
        self._lanes[lane].put(handle._number, handle.task, function, args)
        return handle

    def hold(self) -> None:
        """Let jobs that are submitted from now on wait for ``release``, so that the first paint has the machine."""
        self._gate.clear()

    def release(self) -> None:
        """Let the lanes run. Safe to call twice."""
        self._gate.set()

    @property
    def busy(self) -> bool:
        return bool(self._handles)

    def warm_up(self, lane: JobLane, modules: Sequence[str]) -> JobHandle[tuple[str, ...]]:
        """Import what the first real job will need, after the first paint; then freeze the garbage collector."""
        handle = self.submit(lane, import_modules, tuple(modules))
        handle.done.connect(self._freeze)
        return handle

    def shutdown(self) -> None:
        """Cancel what waits and is not certain, let the rest reach its end, deliver nothing any more. Safe to call twice.

        An exchange may hang in a share that is gone, which nothing can cancel: it is waited for a moment and then left
        alone, as if the computer were switched off. What it writes is there whole or not at all.
        """
        if self._open:
            self.ending.emit()
        self._open = False
        for handle in self._handles.values():
            handle.drop()
        self.release()
        for worker in self._lanes.values():
            worker.close()
        for lane, worker in self._lanes.items():
            worker.join(self.EXCHANGE_PATIENCE_S if lane is JobLane.EXCHANGE else None)
        self._handles.clear()
        self._sweeper.stop()

    def _on_said(self, number: int) -> None:
        handle = self._handles.get(number)
        if handle is not None:
            handle._deliver_progress()

    def _on_ended(self, number: int, ending: object) -> None:
        handle = self._handles.pop(number, None)
        if handle is None:
            return
        handle._wanted = False
        dropped = handle.signalsBlocked()
        match ending:
            case _Done(result):
                handle.done.emit(result)
            case _Refused(refusal):
                if not dropped and not handle.hears("refused"):
                    self.unheard_refusal.emit(refusal)
                handle.refused.emit(refusal)
            case _Stopped():
                handle.cancelled.emit()
            case Bug():
                handle.failed.emit(ending)
                self.bug.emit(ending)
        handle.finished.emit()
        handle.deleteLater()
        if not self._handles:
            self.busy_changed.emit(False)

    def _freeze(self, _: object) -> None:
        # Everything imported so far lives as long as the program: the collector need not walk it again (60 ms stalls).
        gc.freeze()
        self.warmed.emit()


class _GarbageCollection(QObject):
    """Runs the garbage collector on the GUI thread, and nowhere else.

    Left alone, Python collects on whichever thread allocates next; a worker would then destroy widgets that a closed
    dialog left in a cycle, and the program ends with a segmentation fault. So while lanes are open the collector is
    off, and this timer does its work in small steps (Anki and others do the same). Like the lanes it waits at the gate:
    before the first paint there is much to walk through and no garbage.
    """

    EVERY_MS = 100

    def __init__(self, parent: QObject, gate: threading.Event) -> None:
        super().__init__(parent)
        self._gate = gate
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(self.EVERY_MS)
        self._timer.timeout.connect(self._sweep)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        if self._was_on:
            gc.enable()

    def _sweep(self) -> None:
        young, middle, old = gc.get_threshold()
        counts = gc.get_count()
        if counts[0] < young or not self._gate.is_set():
            return
        generation = 2 if counts[2] > old and counts[1] > middle else 1 if counts[1] > middle else 0
        gc.collect(generation)


def import_modules(task: JobTask, names: Sequence[str]) -> tuple[str, ...]:
    """Import each module by name; the job behind ``Jobs.warm_up``."""
    for name in names:
        task.check()
        importlib.import_module(name)
    return tuple(names)


def describe_bug(error: BaseException) -> Bug:
    """A bug as the crash dialog shows it: the last line as summary, the traceback as details."""
    summary = traceback.format_exception_only(error)[-1].strip()
    return Bug(summary, "".join(traceback.format_exception(error)))


class _Worker:
    """One lane's thread. It starts with its first job, so an unused lane costs nothing."""

    def __init__(self, lane: JobLane, courier: _Delivery, gate: threading.Event) -> None:
        self._courier = courier
        self._gate = gate
        self._jobs: queue.SimpleQueue[tuple[int, JobTask, Callable[..., object], tuple[object, ...]] | None]
        self._jobs = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"lane-{lane}", daemon=True)
        self._started = False

    def put(self, number: int, task: JobTask, function: Callable[..., object], args: tuple[object, ...]) -> None:
        self._jobs.put((number, task, function, args))
        if not self._started:
            self._started = True
            self._thread.start()

    def close(self) -> None:
        self._jobs.put(None)

    def join(self, patience: float | None = None) -> None:
        """Wait for its end, at most ``patience`` seconds when given."""
        if self._started:
            self._thread.join(patience)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._gate.wait()
            number, task, function, args = job
            ending = _run_job(task, function, args)
            # Let go of what the job was given before saying so: a bound method may hold a widget, and the last
            # reference to a widget must fall on the GUI thread, where the handle still has one.
            del job, function, args, task
            self._courier.ended.emit(number, ending)
            del ending


def _run_job(task: JobTask, function: Callable[..., object], args: tuple[object, ...]) -> object:
    try:
        task.check()
        return _Done(function(task, *args))
    except JobCancelled:
        return _Stopped()
    except Refusal as refusal:
        refusal.__traceback__ = None
        return _Refused(refusal)
    except Exception as error:  # every exception must reach the screen; the lane must live on
        return describe_bug(error)
