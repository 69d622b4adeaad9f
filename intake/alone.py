"""One program at a time: a lock on a file, which the system releases when its holder ends, in whatever way.

What is read, changed and written again whole would otherwise lose the change of a program that did the same meanwhile.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from intake.files import make_private

PAUSE: Final = 0.02
"""Seconds between attempts."""

_HELD: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL})
_OPENING: Final = (
    os.O_RDWR
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@contextmanager
def alone(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock on the file ``path``, which is made when it is not there and stays empty.

    Raises TimeoutError when another program holds it for so long, and OSError when there can be no such file. A file system
    that has no locks is used without.
    """
    make_private(path)
    handle = os.open(path, _OPENING)
    try:
        _take(handle, time.monotonic() + seconds)
        yield
    finally:
        os.close(handle)


def _take(handle: int, until: float) -> None:
    while True:
        try:
            _try(handle)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return
            if error.errno not in _HELD:
                raise
            if time.monotonic() >= until:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
            time.sleep(PAUSE)
        else:
            return


def _try(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
