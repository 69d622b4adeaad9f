"""Things that have a file’s name and are none: reading them waits for ever, never ends, or does something to a device."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and devices in folders are a thing of POSIX systems")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    # A socket’s name has at most about a hundred bytes.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


NO_FILES: Mapping[str, Callable[[Path], None]] = {
    "a pipe nobody writes to": _pipe,
    "a socket": _socket,
    "a link to a device that never ends": _linked("/dev/zero"),
    "a link to a terminal": _linked("/dev/ptmx"),
    "a folder": Path.mkdir,
}
"""Each makes one at a path. None is refused for what it holds: it is refused for what it is."""

KERNEL_LOG = "/proc/kmsg"
"""Called a file of no bytes; who reads it takes the kernel’s messages away, and waits for the next one."""


@contextmanager
def at_once(seconds: int = 20) -> Iterator[None]:
    """Fails instead of hanging: what waits inside is interrupted."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"it was still waiting after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
