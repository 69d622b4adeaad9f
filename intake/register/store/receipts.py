"""Receipts: which act or file is known to be on which carrier, and by what proof.

Having written something is no proof that anybody has it. ``SEEN`` is: we read it back from the carrier, or somebody
else brought it. ``ANSWERED`` is stronger: an act of another person descends from it. The local copy is never removed.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.register.store.database import Database
from intake.register.store.sql import chunks, marks


class Proof(StrEnum):
    WRITTEN = "written"
    SEEN = "seen"


class ItemKind(StrEnum):
    ACT = "act"
    BLOB = "blob"


@dataclass(frozen=True, slots=True)
class Item:
    """An act (``id`` is its blob id) or a file (its SHA-256), with its bytes."""

    kind: ItemKind
    id: str
    data: bytes


class Receipts:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def note(self, carrier: str, items: Iterable[tuple[ItemKind, str]], proof: Proof) -> None:
        """Remember that these acts (blob ids) and files (digests) are on ``carrier`` by this proof."""
        at = self._clock().isoformat()
        rows = [(_storable(carrier), _item(*item), proof.value, at) for item in items]
        if not rows:
            return
        with self._database.write() as connection:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO receipt (carrier, item, proof, at) VALUES (?, ?, ?, ?)", rows
            )

    def keep_only(self, carrier: str, there: Callable[[ItemKind, str], bool]) -> int:
        """Forget the receipts of what ``there`` says is not on ``carrier`` any more; gives how many."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT item FROM receipt WHERE carrier = ?", (_storable(carrier),)
            ).fetchall()
        lost = [item for (item,) in found if not there(*_kind_and_id(item))]
        if lost:
            with self._database.write() as connection:
                connection.exec_driver_sql(
                    "DELETE FROM receipt WHERE carrier = ? AND item = ?", [(_storable(carrier), item) for item in lost]
                )
        return len(lost)

    def has(self, carrier: str, kind: ItemKind, item: str, proof: Proof) -> bool:
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT 1 FROM receipt WHERE carrier = ? AND item = ? AND proof = ?",
                (_storable(carrier), _item(kind, item), proof.value),
            ).first()
        return found is not None

    def outgoing(self, carrier: str, *, without: Proof = Proof.WRITTEN) -> Iterator[Item]:
        """Everything that has no such proof on ``carrier`` yet: files first, then acts in the order they came.

        Files that only strangers name are not passed on: nobody here vouches that anybody needs them.

        Files go first, so that whoever meets an act meets its files. Read in small steps; nothing is locked between.
        """
        for kind, statement in _OUTGOING.items():
            last: int = 0
            while True:
                with self._database.read() as connection:
                    rows = connection.exec_driver_sql(statement, (last, _storable(carrier), without.value)).fetchall()
                if not rows:
                    break
                last = rows[-1][0]
                for _, name, data in rows:
                    yield Item(kind, name, bytes(data))

    def forget(self, carrier: str) -> None:
        """The carrier was replaced by another: everything goes out again."""
        with self._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM receipt WHERE carrier = ?", (_storable(carrier),))

    def known(self, kind: ItemKind, name: str) -> bool:
        """Whether a carrier need not bring this: it is stored, or it is an act that was refused for what it is.

        What was refused for its name, its place or what it came in is not known by its digest: the same bytes may be
        right elsewhere. Of a file beside acts nothing else can be wrong.
        """
        with self._database.read() as connection:
            return connection.exec_driver_sql(_KNOWN[kind], {"name": name}).first() is not None

    def holding(self) -> tuple[int, ...]:
        """Numbers that are others whenever acts or files have come, or strangers have gone, by any door."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT (SELECT coalesce(max(pk), 0) FROM act), (SELECT coalesce(max(rowid), 0) FROM blob), "
                "(SELECT count(*) FROM stranger), (SELECT count(*) FROM stranger_file)"
            ).one()
        return tuple(found)

    def wanted(self) -> tuple[str, ...]:
        """Files that stored acts name and that are not here (at most 10,000 of them, those of strangers last)."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT n.sha256 FROM act_blob n LEFT JOIN blob b ON b.sha256 = n.sha256 "
                "LEFT JOIN stranger s ON s.act_pk = n.act_pk WHERE b.sha256 IS NULL "
                "GROUP BY n.sha256 ORDER BY min(s.act_pk IS NOT NULL), n.sha256 LIMIT 10000"
            )
            return tuple(row[0] for row in found)

    def seen_of(self, kind: ItemKind, items: Iterable[str]) -> frozenset[str]:
        """Which of these acts or files are proved to be on any carrier."""
        seen: set[str] = set()
        with self._database.read() as connection:
            for piece in chunks(_item(kind, item) for item in items):
                found = connection.exec_driver_sql(
                    f"SELECT DISTINCT item FROM receipt WHERE proof = 'seen' AND item IN ({marks(piece)})",
                    piece,
                )
                seen.update(_kind_and_id(row[0])[1] for row in found)
        return frozenset(seen)


def _item(kind: ItemKind, name: str) -> str:
    """How an act or file is called here: somebody may attach the very bytes of an act as a file, and both have to go out."""
    return name if kind is ItemKind.ACT else f"{_FILE}{name}"


def _kind_and_id(item: str) -> tuple[ItemKind, str]:
    return (ItemKind.BLOB, item[len(_FILE) :]) if item.startswith(_FILE) else (ItemKind.ACT, item)


def _storable(carrier: str) -> str:
    """A carrier may be called by a path, and a path may hold bytes that are no text."""
    return carrier.encode("utf-8", "backslashreplace").decode()


_KNOWN = {
    ItemKind.ACT: "SELECT 1 FROM act WHERE blob_id = :name "
    "UNION ALL SELECT 1 FROM quarantine WHERE sha256 = :name AND as_act LIMIT 1",
    ItemKind.BLOB: "SELECT 1 FROM blob WHERE sha256 = :name",
}
_FILE = "blob/"
_STEP = 100
_OUTGOING = {
    ItemKind.BLOB: "SELECT b.rowid, b.sha256, b.bytes FROM blob b WHERE b.rowid > ? "
    "AND EXISTS (SELECT 1 FROM act_blob n WHERE n.sha256 = b.sha256) "
    "AND NOT EXISTS (SELECT 1 FROM stranger_file f WHERE f.sha256 = b.sha256) AND NOT EXISTS "
    f"(SELECT 1 FROM receipt r WHERE r.carrier = ? AND r.item = '{_FILE}' || b.sha256 AND r.proof = ?) ORDER BY b.rowid LIMIT {_STEP // 10}",
    ItemKind.ACT: "SELECT a.pk, a.blob_id, a.blob FROM act a WHERE a.pk > ? AND NOT EXISTS "
    f"(SELECT 1 FROM receipt r WHERE r.carrier = ? AND r.item = a.blob_id AND r.proof = ?) ORDER BY a.pk LIMIT {_STEP}",
}
