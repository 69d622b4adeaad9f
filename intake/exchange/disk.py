"""The few file operations carriers need, and what an error of the operating system means in plain words.

Files appear whole or not at all: bytes go into a ``.part`` beside the target, are forced to the disk, and get their
name in a step that never replaces a file. ``Disk`` is handed to carriers, so a test can break one operation.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

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

T = TypeVar("T")

PART: Final = ".part"

WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts while another Windows program holds a file; 1.55 in all."""

_BUSY_WINDOWS: Final = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: what a virus scanner causes for a moment."""

_SAFE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READING: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFE
_CREATING: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_WINDOWS: Final = frozenset({39, 112, 1295})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_READ_ONLY_WINDOWS: Final = frozenset({5, 19})
_GONE: Final = frozenset(
    getattr(errno, name)
    for name in (
        "EIO ENODEV ENXIO ESTALE ENOTCONN ETIMEDOUT EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ENETRESET "
        "ECONNRESET ECONNABORTED EPIPE EREMOTEIO ENOMEDIUM ESHUTDOWN"
    ).split()
    if hasattr(errno, name)
)
_GONE_WINDOWS: Final = frozenset({21, 51, 53, 55, 59, 64, 67, 121, 433, 1117, 1167, 1231, 1236, 1450})
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
)
_NO_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


class FileHeld(OSError):
    """A finished file could not get its name because another Windows program holds it, after every attempt."""


class Disk:
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
            pieces: list[bytes] = []
            left = limit + 1
            while left and (piece := os.read(handle, min(left, 1 << 20))):
                pieces.append(piece)
                left -= len(piece)
            return state, b"".join(pieces)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        folder.mkdir()

    def create(self, part: Path) -> int:
        """Open a new file for writing; it must not exist. Its rights follow the umask, because others must read it."""
        return os.open(part, _CREATING, 0o666)

    def write(self, handle: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise

    def publish(self, part: Path, target: Path) -> None:
        """Give ``part`` its name. Raises FileExistsError rather than replace anything.

        Windows' rename refuses an existing target by itself. Elsewhere rename replaces silently, so a hard link makes
        the name. File systems without links (FAT, some shares) are left a look before the rename: in the moment
        between, only a file of the same name could appear, which by its name has the same content.
        """
        if os.name == "nt":
            part.rename(target)
            return
        try:
            os.link(part, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            part.rename(target)
            return
        # The content is safely named now; a .part that cannot be removed is only untidy.
        with contextlib.suppress(OSError):
            part.unlink()

    def replace(self, part: Path, target: Path) -> None:
        part.replace(target)

    def remove(self, part: Path) -> None:
        part.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Force the folder's list of names to the disk where the system can (Windows cannot)."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            self.sync(handle)
        finally:
            os.close(handle)


def put(
    disk: Disk,
    target: Path,
    pieces: Iterable[bytes],
    *,
    sleep: Callable[[float], None] = time.sleep,
    replace: bool = False,
) -> None:
    """Write ``pieces`` as the file ``target``, whole or not at all.

    Raises FileExistsError when the target is there and ``replace`` is false, and OSError for anything else; the
    ``.part`` is removed then, if the disk still lets us. After a crash it stays: nobody reads it, and as no other
    program's file is ever deleted, it is not hunted down later either.
    """
    part = target.with_name(f".{secrets.token_hex(8)}{PART}")
    handle = patiently(lambda: disk.create(part), sleep)
    try:
        try:
            for piece in pieces:
                disk.write(handle, piece)
            disk.sync(handle)
        finally:
            os.close(handle)
        try:
            patiently(lambda: (disk.replace if replace else disk.publish)(part, target), sleep)
        except OSError as error:
            if is_busy(error):
                raise FileHeld(error.errno, error.strerror, str(target)) from error
            raise
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(part)
        raise


def patiently(action: Callable[[], T], sleep: Callable[[float], None]) -> T:
    """Do it, and again after a short wait while Windows says that another program holds the file."""
    for wait in WAITS:
        try:
            return action()
        except OSError as error:
            if not is_busy(error):
                raise
        sleep(wait)
    return action()


def is_busy(error: OSError) -> bool:
    """Whether Windows reports access denied, sharing violation or lock violation (5, 32, 33)."""
    return _windows(error) in _BUSY_WINDOWS


def stopped(
    error: OSError, root: Path, *, writing: bool, done: int, report: object = None, began: bool = True
) -> CarrierStopped:
    """The exact refusal for an error that ends the work. ``began`` tells vanished from never there."""
    facts = {"folder": shown(str(root)), "done": done, "detail": shown(error.strerror or str(error)), "report": report}
    return _kind(error, root, writing, began)(**facts)


def is_full(error: OSError) -> bool:
    return error.errno in _FULL or _windows(error) in _FULL_WINDOWS


def is_gone(error: OSError) -> bool:
    """Whether the drive or share itself failed, and not just one file."""
    return error.errno in _GONE or _windows(error) in _GONE_WINDOWS


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
    windows = _windows(error)
    if windows in {32, 33}:
        return FolderBusy
    if error.errno in _READ_ONLY or windows in _READ_ONLY_WINDOWS:
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
    return error.errno == errno.ENAMETOOLONG or _windows(error) == 206 or (_windows(error) == 3 and long)


def _windows(error: OSError) -> int | None:
    number = getattr(error, "winerror", None)
    return number if isinstance(number, int) else None


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
