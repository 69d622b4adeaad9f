"""Reading files of others: only real files, only up to a limit, and never waiting for bytes that may never come.

A name somebody gives may lead to a pipe that nobody writes to, a terminal, ``/dev/zero`` or a file the system makes up
while it is read. Those are not even opened: opening some devices already does something. What is opened is looked at
once more, since it can be exchanged between the two looks. Links to files are followed.

What a file holds is what it holds when it is opened: never more than its size then is read. Files of ``/proc`` say they
are empty and may hold a reader for ever (``/proc/kmsg`` waits for the next message), so of them nothing is read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

_OPENING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_STEP: Final = 1 << 20


class NotRegular(OSError):
    """A folder, a pipe, a socket or a device where a file should be."""


class TooLong(OSError):
    """A file larger than anything its reader wants; ``size`` is how many bytes it has."""

    def __init__(self, path: Path, size: int, limit: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {limit} bytes", str(path))
        self.size = size


class Changing(OSError):
    """A file whose length changed while it was read."""


def read_file(path: Path, limit: int) -> bytes:
    """The whole content of a file of at most ``limit`` bytes. Raises NotRegular, TooLong, Changing, OSError, ValueError."""
    with _opened(path) as (handle, state):
        if state.st_size > limit:
            raise TooLong(path, state.st_size, limit)
        data = read_opened(handle, state, limit)
        if len(data) != state.st_size or os.fstat(handle).st_size != state.st_size:
            raise Changing(errno.EAGAIN, "another program is still writing it", str(path))
        return data


def read_head(path: Path, count: int) -> bytes:
    """The first ``count`` bytes of a file of any size; fewer when it has fewer. Raises NotRegular, OSError, ValueError."""
    with _opened(path) as (handle, state):
        return read_opened(handle, state, count)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to move about in; one that says it is empty is empty. Raises NotRegular, OSError, ValueError."""
    with _opened(path) as (handle, state):
        if not state.st_size:
            yield BytesIO()
            return
        with os.fdopen(handle, "rb", closefd=False) as stream:
            yield stream


def read_opened(handle: int, state: os.stat_result, count: int) -> bytes:
    """At most ``count`` bytes of an open file of this ``state``, and never more than it has. Raises OSError."""
    pieces: list[bytes] = []
    left = min(count, state.st_size)
    while left and (piece := os.read(handle, min(left, _STEP))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, os.stat_result]]:
    _check_kind(path.stat(), path)
    handle = os.open(path, _OPENING)
    try:
        state = os.fstat(handle)
        _check_kind(state, path)
        yield handle, state
    finally:
        os.close(handle)


def _check_kind(state: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise NotRegular(errno.EINVAL, "it is not a file", str(path))
