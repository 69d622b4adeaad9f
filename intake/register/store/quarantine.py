"""Quarantine: what was refused, with its reason, where it can be looked at. Nothing is dropped silently.

It is bounded: a file too large to keep leaves its name, digest and reason; when there are too many items, new ones are
not kept until somebody has looked. That never ends an exchange: rubbish must not keep good acts out.

What is refused is a thing as it was offered, not its bytes for ever: under another name, in another place or as another
kind they may be right. Only bytes that were judged as the act they are (``as_act``) need not come again as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, func, insert, or_, select, update

from intake.domain.base.canonical import clean, sha256
from intake.domain.base.reasons import Reason, facts_as_text, read_reason
from intake.domain.base.refusals import Refusal
from intake.register.store import schema
from intake.register.store.database import Database
from intake.register.store.statements import NAMES, Statement

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
    reason: Reason
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
            found = _ITEMS.run(connection, after=after, limit=limit).all()
        return tuple(_item(*row) for row in found)

    def bytes_of(self, pk: int) -> bytes | None:
        with self._database.read() as connection:
            return _BYTES.run(connection, pk=pk).scalar()

    def count(self) -> int:
        with self._database.read() as connection:
            return _COUNT.run(connection).scalar_one()

    def remove(self, pk: int) -> None:
        """Forget one item: it may be fetched and judged again."""
        with self._database.write() as connection:
            _REMOVE.run(connection, pk=pk)


def _item(
    pk: int,
    digest: str,
    name: str,
    source: str,
    code: str,
    facts: str,
    received: str,
    size: int,
    kept: int,
) -> Quarantined:
    at = datetime.fromisoformat(received)
    return Quarantined(pk, digest, name, source, read_reason(code, facts), at, size, bool(kept))


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
    if _KNOWN.run(connection, sha256=digest, code=refusal.code).first():
        if as_act:
            _JUDGED_AS_ACT.run(connection, sha256=digest, code=refusal.code)
        return True
    count, used = _USED.run(connection).one()
    if count >= MAX_ITEMS:
        return False
    kept = data if keep and len(data) <= MAX_ITEM and used + len(data) <= MAX_BYTES else None
    _WRITE.run(
        connection,
        sha256=digest,
        name=clean(name)[:_MAX_NAME],
        source=clean(source)[:_MAX_NAME],
        code=refusal.code,
        facts=facts_as_text(refusal.given),
        received=at.isoformat(),
        size=len(data),
        bytes=kept,
        as_act=int(as_act),
    )
    return True


def release(connection: Connection, digests: Iterable[str]) -> None:
    """Forget what was refused of bytes that are stored now: they came again, under their right name."""
    _RELEASE.among(connection, digests)


_item_row = schema.quarantine.c
_this = (_item_row.sha256 == bindparam("sha256"), _item_row.code == bindparam("code"))
_ITEMS = Statement(
    select(
        _item_row.pk,
        _item_row.sha256,
        _item_row.name,
        _item_row.source,
        _item_row.code,
        _item_row.facts,
        _item_row.received,
        _item_row.size,
        _item_row.bytes.is_not(None),
    )
    .where(or_(bindparam("after") == 0, _item_row.pk < bindparam("after")))
    .order_by(_item_row.pk.desc())
    .limit(bindparam("limit"))
)
_BYTES = Statement(select(_item_row.bytes).where(_item_row.pk == bindparam("pk")))
_COUNT = Statement(select(func.count()).select_from(schema.quarantine))
_REMOVE = Statement(delete(schema.quarantine).where(_item_row.pk == bindparam("pk")))
_KNOWN = Statement(select(_item_row.pk).where(*_this))
_JUDGED_AS_ACT = Statement(update(schema.quarantine).where(*_this, _item_row.as_act == 0).values(as_act=1))
_USED = Statement(
    select(
        func.count(), func.coalesce(func.sum(case((_item_row.bytes.is_(None), 0), else_=_item_row.size)), 0)
    ).select_from(schema.quarantine)
)
_WRITE = Statement(
    insert(schema.quarantine).values({column: bindparam(column.name) for column in _item_row if not column.primary_key})
)
_RELEASE = Statement(delete(schema.quarantine).where(_item_row.sha256.in_(NAMES)))
