"""Who this installation is: its id, its settings, and the numbers it gives out (rule R3).

A number is counted in the database, then in the mark outside it, and only then handed to the signer. So a database
that went back in time is behind its mark, and gets a new installation id before anything is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from intake.register.store.database import Database
from intake.register.store.marks import Mark, is_behind, read_mark, write_mark
from intake.register.store.schema import act, installation, stream_mark
from intake.register.store.statements import Statement
from intake.trust.acts import VerifiedAct


class StreamPlace(NamedTuple):
    """A reserved place in a stream: what ``sign_act`` is given as ``stream``, ``seq`` and ``prev``."""

    stream: str
    seq: int
    prev: str


class InstallationIdentity:
    def __init__(self, database: Database, mark: Path, *, place: str, new_id: Callable[[], str]) -> None:
        self._database = database
        self._mark = mark
        self._place = place
        self._new_id = new_id

    @property
    def id(self) -> str:
        return self.setting("installation")

    @property
    def count(self) -> int:
        """How many numbers were given out here, in this register and in those before it in its place."""
        return int(self.setting("count", "0"))

    def setting(self, name: str, default: str = "") -> str:
        """A setting kept in the register, as text."""
        with self._database.read() as connection:
            return self.read(connection, name, default)

    def set(self, name: str, value: str) -> None:
        with self._database.write() as connection:
            self.write(connection, name, value)

    def settle(self) -> bool:
        """Take a new id when this is a restored or copied database; True when one was taken. Raises MarkUnreadable."""
        with self._database.write() as connection:
            fresh = self._settle(connection)
        self.raise_mark()
        return fresh

    def next_link(self, signer: str, case: str) -> StreamPlace:
        with self._database.write() as connection:
            self._settle(connection)
            stream = self.read(connection, "installation")
            reserved = _RESERVED.run(connection, stream=stream, signer=signer, case_id=case).scalar()
            stored, newest = newest_of(connection, stream, signer, case)
            seq = max(reserved or 0, stored) + 1
            _RESERVE.run(connection, stream=stream, signer=signer, case_id=case, seq=seq)
            self._count(connection)
        self.raise_mark()
        return StreamPlace(stream, seq, newest)

    def opening_link(self) -> StreamPlace:
        self.settle()
        return StreamPlace(self.id, 1, "")

    def note_own(self, connection: Connection, acts: Iterable[VerifiedAct]) -> bool:
        """Count the storing of our own acts too: a backup made between reserving and storing must be seen as old."""
        stream = self.read(connection, "installation")
        if not any(item.act.stream == stream for item in acts):
            return False
        self._count(connection)
        return True

    def raise_mark(self) -> None:
        """Bring the mark up to the database. Under the write lock, so that of two processes the later count stays."""
        with self._database.write() as connection:
            wanted = Mark(self.read(connection, "installation"), int(self.read(connection, "count", "0")), self._place)
            if read_mark(self._mark) != wanted:
                write_mark(self._mark, wanted)

    def read(self, connection: Connection, name: str, default: str = "") -> str:
        found = _READ.run(connection, name=name).scalar()
        return default if found is None else found

    def write(self, connection: Connection, name: str, value: str) -> None:
        _WRITE.run(connection, name=name, value=value)

    def _settle(self, connection: Connection) -> bool:
        current = self.read(connection, "installation")
        count = int(self.read(connection, "count", "0"))
        mark = read_mark(self._mark)
        if current and not is_behind(mark, installation=current, count=count, place=self._place):
            return False
        self.write(connection, "installation", self._new_id())
        # Higher than anything the old id gave out, so that the mark it leaves behind cannot hide the next going back.
        self.write(connection, "count", str(max(count, mark.count if mark else 0) + 1))
        return True

    def _count(self, connection: Connection) -> None:
        self.write(connection, "count", str(int(self.read(connection, "count", "0")) + 1))


def newest_of(connection: Connection, stream: str, signer: str, case: str) -> tuple[int, str]:
    """Number and id of the newest stored act of a stream; 0 and nothing where there is none."""
    found = _NEWEST.run(connection, stream=stream, signer=signer, case_id=case).first()
    return (found[0], found[1]) if found else (0, "")


_READ = Statement(select(installation.c.value).where(installation.c.name == bindparam("name")))
_written = insert(installation)
_WRITE = Statement(
    _written.on_conflict_do_update(index_elements=["name"], set_={"value": _written.excluded.value}),
)
_RESERVED = Statement(
    select(stream_mark.c.seq).where(
        stream_mark.c.stream == bindparam("stream"),
        stream_mark.c.signer == bindparam("signer"),
        stream_mark.c.case_id == bindparam("case_id"),
    )
)
_reserved = insert(stream_mark)
_RESERVE = Statement(
    _reserved.on_conflict_do_update(
        index_elements=["stream", "signer", "case_id"], set_={"seq": _reserved.excluded.seq}
    )
)
_NEWEST = Statement(
    select(act.c.seq, act.c.act_id)
    .where(
        act.c.stream == bindparam("stream"),
        act.c.signer == bindparam("signer"),
        act.c.case_id == bindparam("case_id"),
    )
    .order_by(act.c.seq.desc())
    .limit(1)
)
