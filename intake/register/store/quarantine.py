"""Quarantine: what was refused, with its reason, where it can be looked at. Nothing is dropped silently.

It is bounded: a file too large to keep leaves its name, digest and reason; when there are too many items, new ones are
not kept until somebody has looked. That never ends an exchange: rubbish must not keep good acts out.

What is refused is a thing as it was offered, not its bytes for ever: under another name, in another place or as another
kind they may be right. Only bytes that were judged as the act they are (``as_act``) need not come again as one.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.base.canonical import clean, sha256
from intake.domain.base.refusals import Refusal
from intake.register.store.database import Database
from intake.register.store.sql import chunks, marks

MAX_ITEMS = 10_000
MAX_BYTES = 256 << 20
MAX_ITEM = 4 << 20
"""Bytes of one item that are kept; larger ones are named only."""
_MAX_NAME = 400


@dataclass(frozen=True, slots=True)
class Quarantined:
    """``name`` and ``source`` are foreign text. ``kept`` tells whether the bytes can be looked at."""

    pk: int
    sha256: str
    name: str
    source: str
    code: str
    what: str
    why: str
    next: str
    received: datetime
    size: int
    kept: bool


class Quarantine:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def put(self, data: bytes, refusal: Refusal, *, name: str, source: str, as_act: bool = False) -> bool:
        """Keep a refused file with its refusal; False when quarantine is full, and then nothing is remembered of it.

        ``as_act`` when these bytes came as an act under their own digest, and were refused for what they are. Raises
        DiskFull and its kin.
        """
        with self._database.write() as connection:
            return quarantine(connection, data, refusal, name=name, source=source, at=self._clock(), as_act=as_act)

    def items(self, *, after: int = 0, limit: int = 100) -> tuple[Quarantined, ...]:
        """Newest first; ``after`` is the ``pk`` of the last one seen."""
        with self._database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT pk, sha256, name, source, code, what, why, next, received, size, bytes IS NOT NULL "
                "FROM quarantine WHERE ? = 0 OR pk < ? ORDER BY pk DESC LIMIT ?",
                (after, after, limit),
            ).fetchall()
        return tuple(_item(*row) for row in found)

    def bytes_of(self, pk: int) -> bytes | None:
        with self._database.read() as connection:
            found = connection.exec_driver_sql("SELECT bytes FROM quarantine WHERE pk = ?", (pk,)).scalar()
        return bytes(found) if found is not None else None

    def count(self) -> int:
        with self._database.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM quarantine").scalar_one())

    def remove(self, pk: int) -> None:
        """Forget one item: it may be fetched and judged again."""
        with self._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM quarantine WHERE pk = ?", (pk,))


def _item(
    pk: int,
    digest: str,
    name: str,
    source: str,
    code: str,
    what: str,
    why: str,
    next_step: str,
    received: str,
    size: int,
    kept: int,
) -> Quarantined:
    at = datetime.fromisoformat(received)
    return Quarantined(pk, digest, name, source, code, what, why, next_step, at, size, bool(kept))


def quarantine(
    connection: Connection,
    data: bytes,
    refusal: Refusal,
    *,
    name: str,
    source: str,
    at: datetime,
    keep: bool = True,
    as_act: bool = False,
) -> bool:
    """Write one item within a transaction; the same file with the same reason is kept once.

    ``keep`` is False when the bytes are stored elsewhere already; ``as_act`` as for ``Quarantine.put``. False when quarantine is full: whoever calls has told
    of the refusal anyway, and rubbish must not keep good acts out.
    """
    digest = sha256(data)
    known = connection.exec_driver_sql(
        "SELECT 1 FROM quarantine WHERE sha256 = ? AND code = ?", (digest, refusal.code)
    ).first()
    if known:
        if as_act:
            connection.exec_driver_sql(
                "UPDATE quarantine SET as_act = 1 WHERE sha256 = ? AND code = ? AND NOT as_act", (digest, refusal.code)
            )
        return True
    count, used = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(iif(bytes IS NULL, 0, size)), 0) FROM quarantine"
    ).one()
    if count >= MAX_ITEMS:
        return False
    kept = data if keep and len(data) <= MAX_ITEM and used + len(data) <= MAX_BYTES else None
    connection.exec_driver_sql(
        "INSERT INTO quarantine (sha256, name, source, code, what, why, next, received, size, bytes, as_act) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest,
            clean(name)[:_MAX_NAME],
            clean(source)[:_MAX_NAME],
            refusal.code,
            refusal.what_happened,
            refusal.reason,
            refusal.next_step,
            at.isoformat(),
            len(data),
            kept,
            int(as_act),
        ),
    )
    return True


def release(connection: Connection, digests: Iterable[str]) -> None:
    """Forget what was refused of bytes that are stored now: they came again, under their right name."""
    for piece in chunks(digests):
        connection.exec_driver_sql(f"DELETE FROM quarantine WHERE sha256 IN ({marks(piece)})", piece)
