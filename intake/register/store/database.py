"""The engines of one register file, and the gate a file has to pass before it is opened.

Writing and reading have an engine each: the writer has one connection and begins with BEGIN IMMEDIATE, readers cannot
write. Sessions and ORM rows do not exist here; what leaves the register are the frozen rows of ``rows``.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event

from intake.causes import is_full
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.files import make_folder, make_private
from intake.register import migrations, refusals
from intake.register.store.backup import copy_database
from intake.register.store.connecting import (
    APPLICATION_ID,
    closed_by,
    connect,
    judge_file,
    state_of,
    translated,
    unwritable,
)
from intake.register.store.leftovers import remove_leftovers
from intake.register.store.place import check_place
from intake.register.store.pragmas import BEGIN, BEGIN_WRITING, header

_STEP_INTERRUPTED = Wording("StepInterrupted", "a step that was interrupted has to be undone first")
_OLDER = Wording("WrittenByOlderProgram", "it was written by an older Countersign")


class Database:
    """One open register file. ``write`` and ``read`` give a connection inside one transaction."""

    def __init__(self, path: Path, *, closed: refusals.HomeReadOnly | None = None) -> None:
        """``closed`` is why nothing can be written, and so the refusal of everything that would."""
        self.path = path
        self.closed = closed
        self._seen = state_of(path)
        self._thread = threading.local()
        self._writer = _engine(path, BEGIN_WRITING, lambda: connect(path), size=1, extra=0)
        self._reader = _engine(path, BEGIN, lambda: connect(path, readonly=True), size=2, extra=6)

    @contextmanager
    def write(self, *, keep: bool = True) -> Iterator[Connection]:
        """One write transaction: committed as a whole at the end, taken back as a whole when anything is raised.

        BEGIN IMMEDIATE takes the lock first; a transaction that reads and only then writes fails at once with
        “database is locked” when somebody else wrote in between, without waiting. Without ``keep`` it is always taken
        back: a trial. Raises HomeReadOnly where nothing can be written.
        """
        self.require_writing()
        if getattr(self._thread, "writing", None) is not None:
            raise RuntimeError("a write transaction within a write transaction would wait for itself")
        with self._writer.connect() as connection, connection.begin() as transaction:
            self._thread.writing = connection
            try:
                yield connection
                if not keep:
                    transaction.rollback()
            finally:
                self._thread.writing = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the register, which cannot write.

        Within a write transaction of the same thread it is that transaction: a fold that asks for a playbook which has
        just arrived sees it.
        """
        writing: Connection | None = getattr(self._thread, "writing", None)
        if writing is not None:
            yield writing
            return
        if self.closed:
            self._notice_others()
        with self._reader.begin() as connection:
            yield connection

    def require_writing(self) -> None:
        """Raises HomeReadOnly; for what should not begin when its end cannot be stored."""
        if self.closed:
            raise type(self.closed)(**self.closed.facts)

    def _notice_others(self) -> None:
        """Open the file again when somebody else has written it: what is opened as unchanging would mix old with new."""
        found = state_of(self.path)
        if found != self._seen:
            self._reader.dispose()
            self._seen = found

    @property
    def writer(self) -> Engine:
        return self._writer

    @property
    def reader(self) -> Engine:
        return self._reader

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def open_database(path: Path, *, mounts: str | None = None, backups: Path | None = None) -> Database:
    """Open the register at ``path``, made when missing and brought up to date after a backup.

    One that is there and cannot be written is opened for reading, if that needs no writing (else NeedsWriting).
    ``backups`` is the folder for the copy made before a migration (beside the file when None). Raises every class of
    ``refusals`` that derives from RegisterRefusal.
    """
    check_place(path, mounts=mounts)
    _make_folder(path.parent, path)
    there = judge_file(path)
    # Found out early: SQLite opens a file it may not write without a word, and begins a writing transaction on it too.
    closed = unwritable(path)
    backups = backups or path.parent / "backups"
    if closed and not there:
        raise (refusals.DiskFull if isinstance(closed, refusals.HomeFull) else refusals.ReadOnlyPlace)(path=path)
    if closed is None:
        for folder in (path.parent, backups):
            remove_leftovers(folder)
        try:
            _gate(path, there=there, backups=backups)
        except Refusal as refusal:
            closed = closed_by(refusal, path) if there else None
            if closed is None:
                raise
    if closed:
        _gate_reading(path, closed)
    return Database(path, closed=closed)


def _make_folder(folder: Path, path: Path) -> None:
    with _reached(path):
        make_folder(folder, private=True)


def _make_file(path: Path) -> None:
    with _reached(path):
        make_private(path)


@contextmanager
def _reached(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise (refusals.DiskFull if is_full(error) else refusals.UnreachablePlace)(path=path) from None


def _gate_reading(path: Path, closed: refusals.HomeReadOnly) -> None:
    """Refuse what is newer or strange, and what has to be written before it can be read."""
    cause = closed.facts["detail"]
    try:
        plain = connect(path, readonly=True)
        try:
            found = _version(plain, path)
        finally:
            plain.close()
    except (refusals.ReadOnlyPlace, refusals.UnreachablePlace, refusals.DiskFull, refusals.DiskFault):
        raise refusals.NeedsWriting(path=path, cause=cause, detail=_STEP_INTERRUPTED()) from None
    _check_not_newer(path, found)
    if found < migrations.HEAD:
        raise refusals.NeedsWriting(path=path, cause=cause, detail=_OLDER())


def _check_not_newer(path: Path, found: tuple[int, int]) -> None:
    if found[0] > migrations.HEAD[0]:
        raise refusals.NewerRegister(path=path, found="{}.{}".format(*found), known="{}.{}".format(*migrations.HEAD))


def _gate(path: Path, *, there: bool, backups: Path) -> None:
    """Refuse what is newer or strange, migrate what is older, make what is missing."""
    if not there:
        # SQLite makes its companions with the rights of the file, so this is all it takes to keep them private too.
        _make_file(path)
    plain = connect(path)
    try:
        found = _version(plain, path)
        _check_not_newer(path, found)
        if found >= migrations.HEAD:
            return
        if found != (0, 0):
            if found not in migrations.RELEASED:
                raise refusals.UnknownMigration(path=path, found="{}.{}".format(*found))
            _make_folder(backups, path)
            copy_database(plain, backups / "{}-before-{}.{}.sqlite".format(path.stem, *migrations.HEAD))
    except sqlite3.Error as error:
        raise translated(error, path) or error from None
    finally:
        plain.close()
    engine = _engine(path, BEGIN_WRITING, lambda: connect(path), size=1, extra=0)
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection, application_id=APPLICATION_ID)
    finally:
        engine.dispose()


def _version(plain: sqlite3.Connection, path: Path) -> tuple[int, int]:
    """(major, minor) of the schema; (0, 0) for an empty file."""
    try:
        mark, number, tables = header(plain)
    except sqlite3.Error as error:
        raise translated(error, path) or error from None
    if mark != APPLICATION_ID and (mark or number or tables):
        raise refusals.SomeoneElsesDatabase(path=path)
    return number >> 16, number & 0xFFFF


def _engine(path: Path, begin: str, creator: Callable[[], sqlite3.Connection], *, size: int, extra: int) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://", creator=creator, poolclass=QueuePool, pool_size=size, max_overflow=extra, pool_timeout=60
    )

    # The driver's own transaction control is off (isolation_level None): it begins late and never before DDL.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _say_it(context: ExceptionContext) -> None:
        refusal = translated(context.original_exception, path)
        if refusal is not None:
            raise refusal from context.original_exception

    return engine
