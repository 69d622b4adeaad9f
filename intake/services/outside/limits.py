"""What one file from outside may cost, and how a process limits itself."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass

_GRACE = 5
"""Seconds after which a worker ends itself whose parent is no longer there to do it."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """``seconds`` for one file, all its questions together; ``memory`` in bytes for a whole worker.

    The libraries of a worker take 100 MiB of address space by themselves (150 in the frozen program); the rest is for
    the file.
    """

    seconds: float = 60.0
    memory: int = 512 << 20

    @property
    def megabytes(self) -> int:
        return self.memory >> 20


def limit_own_memory(memory: int) -> None:
    """Let the kernel refuse what goes beyond ``memory`` bytes of address space, and write no core dump.

    Only Linux keeps this promise; elsewhere the parent watches (``memory``).
    """
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # What a hostile document left in memory is no file to keep.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_own_time(seconds: float) -> None:
    """End this process a little after ``seconds``, whatever it is doing; 0 takes it back. Only where alarms exist."""
    if sys.platform != "win32":
        signal.alarm(int(seconds) + _GRACE if seconds else 0)
