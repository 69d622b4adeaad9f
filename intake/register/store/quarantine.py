"""Quarantine: what was refused, with its reason, where it can be looked at. Nothing is dropped silently.

It is bounded: a file too large to keep leaves its name, digest and reason; when there are too many items, new ones are
not kept until somebody has looked. That never ends an exchange: rubbish must not keep good acts out. Only what an
administrator sends away may take the place of junk: of what does not even begin as a signed file.

What is refused is a thing as it was offered, not its bytes for ever: under another name, in another place or as another
kind they may be right. Only bytes that were judged as the act they are (``as_act``) need not come again as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, func, insert, or_, select, update

from intake.domain.base.canonical import clean, sha256
from intake.domain.base.reasons import Reason, facts_as_text, read_reason
from intake.domain.base.refusals import Refusal
from intake.register.refusals import UnreadableBody
from intake.register.store import schema
from intake.register.store.database import Database
from intake.register.store.statements import NAMES, Statement, pieces
from intake.trust.signed_data import BEGINNING, begins_as_signed

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


@dataclass(frozen=True, slots=True)
class RefusedOffer:
    """Refused bytes on their way into quarantine; the fields as for ``Quarantine.put``."""

    data: bytes
    refusal: Refusal
    name: str
    source: str
    as_act: bool = False


@dataclass(frozen=True, slots=True)
class RefusedAlike:
    """What was refused with one code from one source: how many items, their bytes as they came, the name of the newest."""

    code: str
    source: str
    count: int
    size: int
    newest: str


class Quarantine:
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def put(self, data: bytes, refusal: Refusal, *, name: str, source: str, as_act: bool = False) -> bool:
        """Keep a refused file with its refusal; False when quarantine is full, and then nothing is remembered of it.

        ``as_act`` when these bytes came as an act under their own digest, and were refused for what they are. Raises
        DiskFull and its kin.
        """
        return bool(self.put_all([RefusedOffer(data, refusal, name, source, as_act)]))

    def put_all(self, offered: Iterable[RefusedOffer]) -> int:
        """Keep refused files in one transaction; gives how many were kept before quarantine was full, in this order."""
        kept = 0
        with self._database.write() as connection:
            room = QuarantineRoom(connection, self._clock())
            for item in offered:
                if not room.put(item.data, item.refusal, name=item.name, source=item.source, as_act=item.as_act):
                    break
                kept += 1
        return kept

    def items(self, *, after: int = 0, limit: int = 100) -> tuple[Quarantined, ...]:
        """Newest first; ``after`` is the ``pk`` of the last one seen."""
        with self._database.read() as connection:
            found = _ITEMS.run(connection, after=after, limit=limit).all()
        return tuple(_item(row) for row in found)

    def bytes_of(self, pk: int) -> bytes | None:
        with self._database.read() as connection:
            return _BYTES.run(connection, pk=pk).scalar()

    def count(self) -> int:
        with self._database.read() as connection:
            return _COUNT.run(connection).scalar_one()

    def full(self) -> bool:
        """Whether nothing more is kept."""
        return self.count() >= MAX_ITEMS

    def alike(self) -> tuple[RefusedAlike, ...]:
        """All of it, counted by code and source; the most first."""
        with self._database.read() as connection:
            found = _ALIKE.run(connection).all()
        return tuple(RefusedAlike(code, source, count, size, newest) for code, source, count, size, newest, _ in found)

    def chosen(self, code: str = "", source: str = "", *, junk: bool = False) -> tuple[int, ...]:
        """The items (``pk``) with this code and from this source, where given; with ``junk`` only those that are no act.

        Junk is what does not begin as a signed file, in any version: nobody can have meant it as an act.
        """
        with self._database.read() as connection:
            found = _CHOSEN.run(connection, code=code, source=source).all()
        return tuple(pk for pk, of, _, start in found if not junk or _is_junk(of, start))

    def remove(self, pk: int) -> None:
        """Forget one item: it may be fetched and judged again."""
        self.remove_all([pk])

    def remove_all(self, items: Sequence[int], progress: Callable[[int, int], None] | None = None) -> int:
        """Forget these items (``pk``), some hundred in each transaction; gives how many of them were still here."""
        gone = done = 0
        for piece in pieces(items):
            with self._database.write() as connection:
                before = _COUNT.run(connection).scalar_one()
                _REMOVE.among(connection, piece)
                gone += before - _COUNT.run(connection).scalar_one()
            done += len(piece)
            if progress:
                progress(done, len(items))
        return gone


def _item(row: tuple[int, str, str, str, str, str, str, int, int]) -> Quarantined:
    pk, digest, name, source, code, facts, received, size, kept = row
    at = datetime.fromisoformat(received)
    return Quarantined(pk, digest, name, source, read_reason(code, facts), at, size, bool(kept))


class QuarantineRoom:
    """What quarantine has room for within one write transaction. It is counted once: there may be many to put aside."""

    def __init__(self, connection: Connection, at: datetime) -> None:
        self._connection = connection
        self._at = at
        self._taken: tuple[int, int] | None = None
        self._junk: list[tuple[int, int]] | None = None

    def put(
        self,
        data: bytes,
        refusal: Refusal,
        *,
        name: str,
        source: str,
        keep: bool = True,
        as_act: bool = False,
        before_junk: bool = False,
    ) -> bool:
        """Write one item; the same file with the same reason is kept once.

        ``keep`` is False when the bytes are stored elsewhere already; ``as_act`` as for ``Quarantine.put``; with
        ``before_junk`` it takes the place of junk, the largest first, where there is no other. False when quarantine is
        full: the caller reports the refusal anyway, and junk must not keep good acts out.
        """
        digest = sha256(data)
        if _KNOWN.run(self._connection, sha256=digest, code=refusal.code).first():
            if as_act:
                _JUDGED_AS_ACT.run(self._connection, sha256=digest, code=refusal.code)
            return True
        if before_junk:
            self._displace(len(data))
        count, used = self._room()
        if count >= MAX_ITEMS:
            return False
        kept = data if keep and len(data) <= MAX_ITEM and used + len(data) <= MAX_BYTES else None
        _WRITE.run(
            self._connection,
            sha256=digest,
            name=clean(name)[:_MAX_NAME],
            source=clean(source)[:_MAX_NAME],
            code=refusal.code,
            facts=facts_as_text(refusal.given),
            received=self._at.isoformat(),
            size=len(data),
            bytes=kept,
            as_act=int(as_act),
        )
        self._taken = count + 1, used + len(kept or b"")
        return True

    def _room(self) -> tuple[int, int]:
        """(items, bytes) that are taken up."""
        if self._taken is None:
            count, used = _USED.run(self._connection).one()
            self._taken = int(count), int(used)
        return self._taken

    def _displace(self, size: int) -> None:
        """Remove junk until ``size`` bytes more find room, as far as there is junk."""
        count, used = self._room()
        while count >= MAX_ITEMS or used + size > MAX_BYTES:
            if self._junk is None:
                every = _CHOSEN.run(self._connection, code="", source="").all()
                self._junk = sorted((kept, pk) for pk, code, kept, start in every if _is_junk(code, start))
            if not self._junk:
                break
            kept, pk = self._junk.pop()
            _REMOVE.among(self._connection, (pk,))
            count, used = count - 1, used - kept
        self._taken = count, used


def _is_junk(code: str, start: bytes | None) -> bool:
    """Whether an item can be no act, by its code and how its bytes begin (None: they are not here)."""
    # Of an act with an unreadable body the bytes are among the acts; what is said of it here is no junk.
    return code != UnreadableBody.__name__ and not begins_as_signed(start or b"")


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
_REMOVE = Statement(delete(schema.quarantine).where(_item_row.pk.in_(NAMES)))
_kept_size = case((_item_row.bytes.is_(None), 0), else_=_item_row.size)
_CHOSEN = Statement(
    select(_item_row.pk, _item_row.code, _kept_size, func.substr(_item_row.bytes, 1, BEGINNING)).where(
        or_(bindparam("code") == "", _item_row.code == bindparam("code")),
        or_(bindparam("source") == "", _item_row.source == bindparam("source")),
    )
)
_ALIKE = Statement(
    # With max() SQLite gives the other columns of the row that has it: the newest.
    select(
        _item_row.code,
        _item_row.source,
        func.count(),
        func.sum(_item_row.size),
        _item_row.name,
        func.max(_item_row.pk),
    )
    .group_by(_item_row.code, _item_row.source)
    .order_by(func.count().desc(), _item_row.code, _item_row.source)
)
_KNOWN = Statement(select(_item_row.pk).where(*_this))
_JUDGED_AS_ACT = Statement(update(schema.quarantine).where(*_this, _item_row.as_act == 0).values(as_act=1))
_USED = Statement(select(func.count(), func.coalesce(func.sum(_kept_size), 0)).select_from(schema.quarantine))
_WRITE = Statement(
    insert(schema.quarantine).values({column: bindparam(column.name) for column in _item_row if not column.primary_key})
)
_RELEASE = Statement(delete(schema.quarantine).where(_item_row.sha256.in_(NAMES)))
