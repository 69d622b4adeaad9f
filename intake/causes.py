"""What an error of the operating system means, for everybody who reads or writes files: one list of causes and their words.

Numbers differ between systems and between disks, shares and quotas; what a person can do about them does not.
"""

from __future__ import annotations

import errno
from typing import Final

from intake.domain.base.reasons import Fact
from intake.domain.base.wording import Wording

_FULL: Final = frozenset({errno.ENOSPC})
_FULL_WINDOWS: Final = frozenset({39, 112})
_QUOTA: Final = frozenset({errno.EDQUOT})
_QUOTA_WINDOWS: Final = frozenset({1295})
_GONE: Final = frozenset(
    getattr(errno, name)
    for name in (
        "EIO ENODEV ENXIO ESTALE ENOTCONN ETIMEDOUT EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ENETRESET "
        "ECONNRESET ECONNABORTED EPIPE EREMOTEIO ENOMEDIUM ESHUTDOWN"
    ).split()
    if hasattr(errno, name)
)
_GONE_WINDOWS: Final = frozenset({21, 51, 53, 55, 59, 64, 67, 121, 433, 1117, 1167, 1231, 1236, 1450})
_SEALED: Final = frozenset({errno.EROFS})
_SEALED_WINDOWS: Final = frozenset({19})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM})
_CLOSED_WINDOWS: Final = frozenset({5})
_HELD_WINDOWS: Final = frozenset({32, 33})
_BUSY_WINDOWS: Final = _CLOSED_WINDOWS | _HELD_WINDOWS
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: what a virus scanner causes for a moment."""
_NO_NAME = Wording("CauseNoName", "its name cannot be used")
_NO_QUOTA = Wording("CauseNoQuota", "you have used up the room you are given on its disk")
DISK_FULL = Wording("CauseDiskFull", "its disk is full")
_HELD = Wording("CauseHeld", "another program holds it open")
_NO_ANSWER = Wording("CauseNoAnswer", "its disk or share does not answer")
_ONLY_READ = Wording("CauseOnlyRead", "its disk can only be read")
_MAY_NOT_OPEN = Wording("CauseMayNotOpen", "you may not open it")
MAY_NOT_WRITE = Wording("CauseMayNotWrite", "you may not write there")
_NO_SUCH_SIZE = Wording("CauseNoSuchSize", "its disk takes no file of this size")
_NOT_THERE = Wording("CauseNotThere", "it is not there")
_NO_FOLDER = Wording("CauseNoFolder", "its folder is not there")
_FOLDER_IS_FILE = Wording("CauseFolderIsFile", "its folder is a file")
_IS_FOLDER = Wording("CauseIsFolder", "a folder of this name is there")
_THERE_ALREADY = Wording("CauseThereAlready", "something of this name is there already")
_LONG_NAME = Wording("CauseLongName", "its name is too long")
_LINK = Wording("CauseLink", "it is a link where a file itself is needed, or links that lead in a circle")
_BY_NUMBER: Final = {
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _FOLDER_IS_FILE,
    errno.EISDIR: _IS_FOLDER,
    errno.EEXIST: _THERE_ALREADY,
    errno.ENAMETOOLONG: _LONG_NAME,
    errno.ELOOP: _LINK,
}


class FileHeld(OSError):
    """A finished file could not get its name because another Windows program holds it, after every attempt."""


def is_full(error: OSError) -> bool:
    """Whether there is no room left: on the disk, or of what this person may use of it."""
    return error.errno in _FULL or windows_error(error) in _FULL_WINDOWS or is_quota(error)


def is_quota(error: OSError) -> bool:
    """Whether the disk has room, and this person may not use more of it."""
    return error.errno in _QUOTA or windows_error(error) in _QUOTA_WINDOWS


def is_gone(error: OSError) -> bool:
    """Whether the drive or share itself failed, and not just one file."""
    return error.errno in _GONE or windows_error(error) in _GONE_WINDOWS


def is_sealed(error: OSError) -> bool:
    """Whether the disk as a whole can only be read."""
    return error.errno in _SEALED or windows_error(error) in _SEALED_WINDOWS


def is_closed(error: OSError) -> bool:
    """Whether this person has not the right to."""
    return error.errno in _CLOSED or windows_error(error) in _CLOSED_WINDOWS


def is_busy(error: OSError) -> bool:
    """Whether Windows reports access denied, sharing violation or lock violation (5, 32, 33)."""
    return windows_error(error) in _BUSY_WINDOWS


def windows_error(error: OSError) -> int | None:
    number = getattr(error, "winerror", None)
    return number if isinstance(number, int) else None


def cause(error: OSError | ValueError, *, reading: bool = False) -> Fact:
    """Why a file could not be written (or read), as the end of a sentence; of rare causes what the system calls them."""
    if not isinstance(error, OSError):
        # A name with a null byte.
        return _NO_NAME()
    if is_quota(error):
        return _NO_QUOTA()
    if is_full(error):
        return DISK_FULL()
    if isinstance(error, FileHeld) or windows_error(error) in _HELD_WINDOWS:
        return _HELD()
    if is_gone(error):
        return _NO_ANSWER()
    if is_sealed(error):
        return _ONLY_READ()
    if is_closed(error):
        return _MAY_NOT_OPEN() if reading else MAY_NOT_WRITE()
    if error.errno == errno.EFBIG and not reading:
        return _NO_SUCH_SIZE()
    if reading and error.errno == errno.ENOENT:
        return _NOT_THERE()
    known = _BY_NUMBER.get(error.errno or 0)
    return known() if known else error.strerror or type(error).__name__
