"""One worker process as the app sees it: started when it is first needed, watched while it works, replaced when it died."""

from __future__ import annotations

import inspect
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.services.outside import protocol
from intake.services.outside.codec import NotOfThisType, decode, encode, hints
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.memory import Used
from intake.services.outside.refusals import (
    AnswerUnusable,
    FileRefused,
    ReaderNotStarted,
    ReaderStopped,
    ReadingCancelled,
    TookTooLong,
    TookTooMuchMemory,
)
from intake.services.outside.worker import NO_MEMORY, WORD

P = ParamSpec("P")
T = TypeVar("T")
Cancel = Callable[[], bool]

_EVERY = 0.02
"""Seconds between two looks at a working process."""
_LONGEST = 2_000
"""Characters of a fact that comes from a worker."""
_NO_ANSWER = Wording("AnswerOfReaderNone", "it is no answer")
_START = "import json,sys;sys.path[:]=json.loads(sys.argv[1]);from intake.services.outside.worker import main;main()"


class Allowed(NamedTuple):
    """The time of one file: ``seconds`` in all, ``until`` a time of ``time.monotonic``."""

    seconds: float
    until: float


def allowed(seconds: float) -> Allowed:
    """So many seconds from now."""
    return Allowed(seconds, time.monotonic() + seconds)


class Worker:
    """``ask`` from one thread at a time; ``end`` from any."""

    def __init__(self, limits: WorkerLimits, tasks: str, used: Used) -> None:
        """``tasks`` is the module that says what may be asked, ``used`` reads the memory of a process."""
        self._limits = limits
        self._tasks = tasks
        self._used = used
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    @property
    def pid(self) -> int | None:
        """The id of the process that is running, for tests and the self-test."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start the process, so that it is there when the first question comes. Safe to call twice, and to fail."""
        with suppress(ReaderNotStarted):
            self._running()

    def ask(self, time: Allowed, cancelled: Cancel, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``task`` gives in the other process, within the time of its file.

        Raises a ReadingFailed, or ReadingCancelled.
        """
        chunks: list[bytes] = []
        bound = inspect.signature(task).bind(*args, **kwargs).arguments
        given = {name: encode(value, chunks) for name, value in bound.items()}
        question = {"task": task.__name__, "seconds": time.seconds, "given": given}
        process = self._running()
        watch = _Watch(process, time.until, self._limits.memory, self._used, cancelled)
        answer = None
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            # Broken pipes and half messages mean that it died; why is asked below.
            with suppress(OSError, protocol.BadMessage, ValueError):
                protocol.send(process.stdin, question, chunks)
                answer = protocol.receive(process.stdout)
        except BaseException:
            # Stopped between question and answer: the next question would get this one's answer.
            self._drop(process)
            raise
        finally:
            watch.stop()
        if watch.why is not None or answer is None or answer[0] == NO_MEMORY:
            self._drop(process)
        self._judge(watch, process, answer, time.seconds)
        assert answer is not None
        return self._taken(task, *answer)  # type: ignore[no-any-return]  # decoded as what the task declares

    def end(self) -> None:
        """End the process; a question that waits for its answer gets none. It is not started again."""
        with self._lock:
            self._ended = True
            process = self._process
        if process is not None:
            self._drop(process)

    def _judge(
        self,
        watch: _Watch,
        process: subprocess.Popen[bytes],
        answer: tuple[Any, memoryview] | None,
        seconds: float,
    ) -> None:
        if self._ended or watch.why is ReadingCancelled:
            raise ReadingCancelled
        if watch.why is TookTooLong:
            raise TookTooLong(seconds=f"{round(seconds, 1):g}")
        if watch.why is TookTooMuchMemory or (answer is not None and answer[0] == NO_MEMORY):
            raise TookTooMuchMemory(megabytes=self._limits.megabytes)
        if answer is None:
            raise ReaderStopped(detail=_ending(process.returncode))

    def _taken(self, task: Callable[..., Any], document: Any, raw: memoryview) -> Any:  # noqa: ANN401 - what the task gives
        match document:
            case {"answer": value}:
                return _decoded(hints(task)["return"], value, raw)
            case {"refused": said}:
                raise FileRefused(refused=_storable(_decoded(Reason, said, raw)))
            case {"failed": str(name)} if name.isidentifier():
                raise ReaderStopped(detail=name[:60])
        raise AnswerUnusable(detail=_NO_ANSWER())

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise ReadingCancelled
            if self._process is not None and self._process.poll() is not None:
                _reap(self._process)
                self._process = None
            if self._process is None:
                self._process = _started(self._limits, self._tasks)
            return self._process

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        _reap(process)
        with self._lock:
            if self._process is process:
                self._process = None


def _decoded(kind: Any, value: object, raw: memoryview) -> Any:  # noqa: ANN401 - what ``kind`` says
    try:
        return decode(kind, value, raw)
    except NotOfThisType as error:
        raise AnswerUnusable(detail=str(error)[:80]) from None


def _storable(found: Reason) -> Reason:
    """The reason with facts that can be shown and stored: what they say may come from the file."""
    facts = ((name, clean(value)[:_LONGEST] if isinstance(value, str) else value) for name, value in found.facts)
    return Reason(
        found.code, tuple((name, _storable(value) if isinstance(value, Reason) else value) for name, value in facts)
    )


class _Watch:
    """Looks at a working process until ``stop``, and ends it when time or memory is used up or nobody wants it."""

    def __init__(
        self, process: subprocess.Popen[bytes], until: float, memory: int, used: Used, cancelled: Cancel
    ) -> None:
        self.why: type[Exception] | None = None
        self._process = process
        self._until = until
        self._memory = memory
        self._used = used
        self._cancelled = cancelled
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="outside-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            self.why = self._found()
            if self.why is not None:
                self._process.kill()
                return

    def _found(self) -> type[Exception] | None:
        if self._cancelled():
            return ReadingCancelled
        if time.monotonic() > self._until:
            return TookTooLong
        used = self._used(self._process.pid)
        return TookTooMuchMemory if used is not None and used > self._memory else None


def _reap(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it has not ended, and leave nothing of it behind. It holds nothing that could be lost."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _started(limits: WorkerLimits, tasks: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, no foreign words
            _command(limits, tasks),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A program with a window has no console to lend, and none shall open.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        # Too many processes, no memory left, or a program that was replaced while it runs.
        raise ReaderNotStarted(detail=error.strerror or str(error)) from error


def _command(limits: WorkerLimits, tasks: str) -> list[str]:
    asked = json.dumps({"memory": limits.memory, "tasks": tasks})
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD, asked]
    # -P and the path of this process: a file beside the one that is judged is never imported.
    path = json.dumps([str(Path(item).absolute()) for item in sys.path])
    return [sys.executable, "-P", "-c", _START, path, asked]


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {-code}, {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
