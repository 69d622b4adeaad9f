"""What the tests ask of a worker beside the real tasks: to be slow, greedy, broken or untrue."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from typing import cast


def echo(data: bytes) -> bytes:
    return data


def pid() -> int:
    return os.getpid()


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return 0


def spin() -> int:
    """Busy for longer than anybody lives, inside one call that never gives way to another thread."""
    return 0 if re.match(r"(a|a)+$", "a" * 200 + "b") else 1


def take(size: int) -> int:
    """As much memory as asked for, all of it really used."""
    return len(bytearray(size))


def die(signal: int) -> int:
    os.kill(os.getpid(), signal)
    return 0


def leave(code: int) -> int:
    os._exit(code)


def stumble() -> int:
    raise LookupError("a parser that met what it did not expect")


def lie() -> int:
    return cast("int", "text where a number was promised")


def flood(size: int) -> bytes:
    return bytes(size)


def chatter() -> int:
    """What a library prints must not get between the answers."""
    os.write(1, b"warning: damaged\n")
    print("repairing")
    return 7


OWN = (echo, pid, sleep, spin, take, die, leave, stumble, lie, flood, chatter)


class _Tasks(dict[str, Callable[..., object]]):
    """Our own, and the real ones once one of them is asked for: importing them takes longer than most of these tests."""

    def __missing__(self, name: str) -> Callable[..., object]:
        from intake.services.proving import tasks

        return tasks.TASKS[name]


TASKS = _Tasks({task.__name__: task for task in OWN})
