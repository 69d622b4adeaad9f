"""How one connection to a register is made with plain ``sqlite3``: its mark, its refusals.

No SQLAlchemy here, because the first page is read before it is imported; ``database`` builds the engines on this.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from intake.causes import DISK_FULL, MAY_NOT_WRITE, cause, is_full, is_gone
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.files import NotWritten, trial
from intake.reading import NotRegular, read_head
from intake.register import refusals
from intake.register.store.pragmas import set_up

APPLICATION_ID = 0x43736752
"""“CsgR” in the header of the file; ``file`` and other tools can tell it from other databases by it."""

BUSY_SECONDS = 10
_HEADER = 100
_WRITE_VERSION = 18
"""Where the header says how the file is written: 1 with a rollback journal, 2 with a write-ahead log."""
_MAGIC = b"SQLite format 3\x00"


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection with every pragma set, in autocommit: the caller says BEGIN. Raises a RegisterRefusal.

    A reader opens the file for writing and is then forbidden to (query_only): after a crash the first one to come,
    reader or not, has to roll the journal back, and a file opened read-only could not. Only where nothing can be
    written is it opened so; a journal that is left there is refused by SQLite.
    """
    try:
        address = f"{path.absolute().as_uri()}?{_mode(path) if readonly else 'mode=rw'}"
    except OSError:
        raise refusals.UnreachablePlace(path=path) from None
    try:
        made = sqlite3.connect(
            address,
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            cached_statements=256,
        )
    except sqlite3.Error as error:
        raise translated(error, path) or error from None
    try:
        set_up(made, readonly=readonly, busy_seconds=BUSY_SECONDS)
    except sqlite3.Error as error:
        made.close()
        raise translated(error, path) or error from None
    return made


def may_write(path: Path) -> bool:
    """Whether the computer lets us write the register and make SQLite's companions beside it. Opens nothing."""
    effective = os.access in os.supports_effective_ids
    places = [path.parent, *([path] if path.exists() else [])]
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in places)


def unwritable(path: Path) -> refusals.HomeReadOnly | None:
    """Why nothing can be written in the home of the register ``path``: no right, no room, a disk at fault. None when it can.

    The rights of the register itself are only asked for: it is not opened, since closing it would drop its locks.
    """
    error = trial(path.parent)
    if error is None and may_write(path):
        return None
    return closed_by(error or PermissionError(errno.EACCES, os.strerror(errno.EACCES)), path)


def closed_by(error: BaseException, path: Path) -> refusals.HomeReadOnly | None:
    """What closes a home to writing when this came of it; None when it is something else than that it cannot be written."""
    if isinstance(error, OSError):
        kind: type[refusals.HomeReadOnly] = refusals.HomeReadOnly
        if is_full(error) or error.errno == errno.EFBIG:
            kind = refusals.HomeFull
        elif is_gone(error):
            kind = refusals.HomeFaulty
        return kind(path=path.parent, detail=cause(error))
    if isinstance(error, (refusals.MarkUnreadable, NotWritten)) and isinstance(error.__cause__, OSError):
        return closed_by(error.__cause__, path)
    known = _CLOSING.get(type(error))
    if known is None:
        return None
    closing, detail = known
    # SQLite reports a used-up quota as it does a full disk, so the system is asked.
    told = trial(path.parent)
    return closing(path=path.parent, detail=cause(told) if told else detail)


def _mode(path: Path) -> str:
    """How a reader opens the file: as if it could write, where it could.

    A register in WAL mode is read through a shared index that has to be made beside it. Where that cannot be, and no
    log is left that could hold newer pages, the file alone is the whole truth, as on a disk that can only be read.
    """
    sealed = not may_write(path)
    if not sealed and trial(path.parent) is None:
        return "mode=rw"
    # Read only here: closing the file drops the locks of this process, and one of them may be writing.
    wal = read_head(path, _HEADER)[_WRITE_VERSION : _WRITE_VERSION + 1] == b"\x02"
    if wal and not _companions(path):
        return "mode=ro&immutable=1"
    return "mode=ro" if sealed else "mode=rw"


def _companions(path: Path) -> tuple[str, ...]:
    return tuple(end for end in ("-wal", "-shm") if path.with_name(path.name + end).exists())


def state_of(path: Path) -> tuple[object, ...]:
    """Changes when somebody writes the register; without opening it."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return (state.st_ino, state.st_size, state.st_mtime_ns, _companions(path))


def judge_file(path: Path) -> bool:
    """Whether a register is there already, judged by its header without opening it as a database.

    Raises FolderInTheWay, NotADatabase, SomeoneElsesDatabase, UnreachablePlace. An empty file counts as none.
    """
    if path.is_dir():
        raise refusals.FolderInTheWay(path=path)
    try:
        header = read_head(path, _HEADER)
    except FileNotFoundError:
        return False
    except NotRegular:
        raise refusals.NotADatabase(path=path) from None
    except OSError:
        raise refusals.UnreachablePlace(path=path) from None
    if not header:
        return False
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise refusals.NotADatabase(path=path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise refusals.SomeoneElsesDatabase(path=path)
    return True


def translated(error: BaseException, path: Path) -> Refusal | None:
    """The refusal that says what a SQLite error means to a person; None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_IOERR_WRITE:
        # A used-up quota and a file that may not grow are reported so; only ENOSPC becomes SQLITE_FULL.
        return refusals.DiskFull(path=path)
    found = _MEANING.get(code & 0xFF)
    if found is refusals.RegisterBusy:
        return found(path=path, seconds=BUSY_SECONDS)
    return found(path=path) if found else None


_REPORTED_FAULT = Wording("CauseDiskFault", "its disk reported a fault")
_CLOSING: dict[type[BaseException], tuple[type[refusals.HomeReadOnly], Reason]] = {
    refusals.DiskFull: (refusals.HomeFull, DISK_FULL()),
    refusals.DiskFault: (refusals.HomeFaulty, _REPORTED_FAULT()),
    refusals.ReadOnlyPlace: (refusals.HomeReadOnly, MAY_NOT_WRITE()),
}
_MEANING: dict[int, type[refusals.RegisterRefusal]] = {
    sqlite3.SQLITE_FULL: refusals.DiskFull,
    sqlite3.SQLITE_IOERR: refusals.DiskFault,
    sqlite3.SQLITE_READONLY: refusals.ReadOnlyPlace,
    sqlite3.SQLITE_CANTOPEN: refusals.UnreachablePlace,
    sqlite3.SQLITE_PERM: refusals.UnreachablePlace,
    sqlite3.SQLITE_CORRUPT: refusals.DamagedRegister,
    sqlite3.SQLITE_NOTADB: refusals.NotADatabase,
    sqlite3.SQLITE_BUSY: refusals.RegisterBusy,
    sqlite3.SQLITE_LOCKED: refusals.RegisterBusy,
}
