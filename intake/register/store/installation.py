"""Who this installation is: its id, its settings, and the numbers it gives out (rule R3).

A number is counted in the database, then in the mark outside it, and only then handed to whoever signs. So a database
that went back in time is behind its mark, and gets a new installation id before anything is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from intake.register.own import newest_of
from intake.register.store.database import Database
from intake.register.store.marks import Mark, is_behind, read_mark, write_mark
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
            key = (stream, signer, case)
            reserved = connection.exec_driver_sql(
                "SELECT seq FROM stream_mark WHERE stream = ? AND signer = ? AND case_id = ?", key
            ).scalar()
            stored, newest = newest_of(connection, *key)
            seq = max(reserved or 0, stored) + 1
            connection.exec_driver_sql(
                "INSERT INTO stream_mark (stream, signer, case_id, seq) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET seq = excluded.seq",
                (*key, seq),
            )
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
        found = connection.exec_driver_sql("SELECT value FROM installation WHERE name = ?", (name,)).scalar()
        return default if found is None else str(found)

    def write(self, connection: Connection, name: str, value: str) -> None:
        connection.exec_driver_sql(
            "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, value),
        )

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
