"""What carriers need of a folder besides writing whole files, and what an error of the operating system means there.

``Disk`` is handed to carriers, so a test can break one operation; how a file is written is in ``intake.files``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from intake.causes import FileHeld, is_closed, is_full, is_gone, is_sealed, windows_error
from intake.exchange.entries import shown
from intake.exchange.refusals import (
    CarrierStopped,
    FolderBlocked,
    FolderBusy,
    FolderFull,
    FolderMissing,
    FolderReadOnly,
    FolderUnreadable,
    FolderVanished,
    NotAFolder,
    PathTooLong,
    ShareGone,
)
from intake.files import Writing
from intake.reading import read_opened

_SAFE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READING: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFE
_WHOM: Final = 0o1077
"""The rights of the group and of others, and that everybody removes only what is theirs."""


class Disk(Writing):
    """Real files. Every method raises OSError as the system does."""

    def list(self, folder: Path) -> list[os.DirEntry[str]]:
        with os.scandir(folder) as found:
            return list(found)

    def read(self, path: Path | str, limit: int) -> tuple[os.stat_result, bytes]:
        """The file's state and at most ``limit`` + 1 of its bytes. Never follows a link, never waits on a pipe."""
        handle = os.open(path, _READING)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                return state, b""
            return state, read_opened(handle, state, limit + 1)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        """A folder that lets in whom the folder above lets in, whatever the umask.

        The owner of the share decides by the rights of its folder who may send; with the usual umask of 022 only the first
        to send could ever write into what was made inside.
        """
        folder.mkdir()
        if os.name != "nt":
            with contextlib.suppress(OSError):
                wanted = stat.S_IMODE(folder.parent.stat().st_mode) & _WHOM
                mode = stat.S_IMODE(folder.stat().st_mode)
                if mode | wanted != mode:
                    folder.chmod(mode | wanted)


def stopped(
    error: OSError, root: Path, *, writing: bool, done: int, report: object = None, began: bool = True
) -> CarrierStopped:
    """The exact refusal for an error that ends the work. ``began`` tells vanished from never there."""
    facts = {"folder": shown(str(root)), "done": done, "detail": shown(error.strerror or str(error)), "report": report}
    return _kind(error, root, writing, began)(**facts)


def _kind(error: OSError, root: Path, writing: bool, began: bool) -> type[CarrierStopped]:
    if isinstance(error, FileHeld):
        return FolderBusy
    if is_full(error):
        return FolderFull
    if is_gone(error):
        return ShareGone
    if _is_too_long(error):
        return PathTooLong
    missing = _probe(root)
    if missing is not None:
        return FolderVanished if began and missing is FolderMissing else missing
    return _denied(error, writing)


def _denied(error: OSError, writing: bool) -> type[CarrierStopped]:
    windows = windows_error(error)
    if windows in {32, 33}:
        return FolderBusy
    if is_sealed(error) or is_closed(error):
        return FolderReadOnly if writing else FolderUnreadable
    if error.errno in {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        return FolderBlocked
    return CarrierStopped


def _probe(root: Path) -> type[CarrierStopped] | None:
    try:
        state = root.stat()
    except (FileNotFoundError, NotADirectoryError):
        return FolderMissing
    except PermissionError:
        return FolderUnreadable
    except OSError:
        return ShareGone
    return None if stat.S_ISDIR(state.st_mode) else NotAFolder


def _is_too_long(error: OSError) -> bool:
    """Windows without long paths says only that it cannot find the path (3) when a name passes 260 letters."""
    names = (error.filename, error.filename2)
    long = any(len(str(name)) >= 260 for name in names if name is not None)
    return error.errno == errno.ENAMETOOLONG or windows_error(error) == 206 or (windows_error(error) == 3 and long)


def slices(data: bytes, size: int = 1 << 20) -> Iterator[bytes]:
    """``data`` in pieces, so that a broken share is noticed before the end of a large file."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def gathered(pieces: Iterable[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """Small pieces joined to at least ``size`` bytes, so that not each costs a call of the system."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    yield bytes(held)
