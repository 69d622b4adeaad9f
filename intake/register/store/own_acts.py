"""The acts that were signed here: which of them have left, by their receipts, and which somebody else has seen.

A row comes with its act. ``sent`` follows the receipts and goes back when a carrier has lost the act; ``seen`` never does. So
what has not left costs as much to count as there is of it, however many acts there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    TypedColumns,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from intake.domain.acts.envelope import Act
from intake.domain.case.delivery import Sending
from intake.register.store.database import Database
from intake.register.store.reading import CONTENT, act_of
from intake.register.store.schema import act, act_blob, metadata, receipt
from intake.register.store.statements import NAMES, Statement


class OwnActColumns(TypedColumns):
    """The acts that were signed here. ``sent`` is 1 while a receipt says so, ``seen`` once somebody else has answered."""

    act_pk = Column(Integer, ForeignKey("act.pk", ondelete="CASCADE"), primary_key=True)
    sent = Column(Integer, nullable=False)
    seen = Column(Integer, nullable=False)


own_act = Table(
    "own_act",
    metadata,
    OwnActColumns,
    Index("own_act_unsent", "act_pk", sqlite_where=text("sent = 0 AND seen = 0")),
)


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many acts signed here are not known to have left, and the number (order of arrival) of the newest; 0 without any."""

    count: int
    newest: int


@dataclass(frozen=True, slots=True)
class OwnAct:
    """An act signed here with the sendings that receipts tell of; ``seen`` is whether somebody else is known to have seen it."""

    act: Act
    sendings: frozenset[Sending]
    seen: bool


class OwnActs:
    def __init__(self, database: Database) -> None:
        self._database = database

    def unsent(self) -> Unsent:
        with self._database.read() as connection:
            return Unsent(*_COUNT.run(connection).one())

    def unsent_acts(self, *, limit: int = 100) -> tuple[Act, ...]:
        """The newest of those that are not known to have left, newest first."""
        with self._database.read() as connection:
            return tuple(act_of(*row) for row in _UNSENT.run(connection, limit=limit))

    def unsent_files(self) -> frozenset[str]:
        """The blob ids of all of them, and the SHA-256 of the files that they name."""
        with self._database.read() as connection:
            return frozenset(_UNSENT_FILES.run(connection).scalars())

    def unsent_cases(self, cases: Iterable[str]) -> frozenset[str]:
        """Which of these cases have such an act."""
        with self._database.read() as connection:
            return frozenset(case for (case,) in _UNSENT_CASES.among(connection, cases))

    def of_case(self, case: str, *, limit: int = 1000) -> tuple[OwnAct, ...]:
        """The newest acts of a case that were signed here (of the organisation when ``case`` is empty), newest first."""
        with self._database.read() as connection:
            rows = _OF_CASE.run(connection, case_id=case, limit=limit).all()
            sendings: dict[str, set[Sending]] = {}
            for item, carrier, at in _SENDINGS.among(connection, [blob_id for _, _, blob_id, _ in rows]):
                sendings.setdefault(item, set()).add(Sending(datetime.fromisoformat(at), carrier))
        return tuple(
            OwnAct(act_of(act_id, content), frozenset(sendings.get(blob_id, ())), bool(seen))
            for act_id, content, blob_id, seen in rows
        )

    def note_seen(self, acts: Iterable[str]) -> None:
        """Somebody else has seen these acts (by id); of those that were not signed here nothing is noted."""
        named = [{"name": name} for name in acts]
        if named:
            with self._database.write() as connection:
                _SEE.run_each(connection, named)


def note_signed(connection: Connection, acts: Iterable[str]) -> None:
    """These acts (by id) have just been signed and stored here."""
    _SIGN.among(connection, acts)


def note_sent(connection: Connection) -> None:
    """Receipts have come."""
    _SEND.run(connection)


def note_lost(connection: Connection, blobs: Iterable[str]) -> None:
    """Receipts of these acts (blob ids) have gone; one that is on no other carrier has not left any more."""
    _LOSE.run_each(connection, [{"name": name} for name in blobs])


# Written out, or SQLite would not see that the index holds them all.
_unsent = (own_act.c.sent == literal_column("0"), own_act.c.seen == literal_column("0"))
_COUNT = Statement(select(func.count(), func.coalesce(func.max(own_act.c.act_pk), 0)).where(*_unsent))
_UNSENT = Statement(
    select(act.c.act_id, CONTENT)
    .join(own_act, own_act.c.act_pk == act.c.pk)
    .where(*_unsent)
    .order_by(own_act.c.act_pk.desc())
    .limit(bindparam("limit"))
)
_UNSENT_FILES = Statement(
    union_all(
        select(act.c.blob_id).join(own_act, own_act.c.act_pk == act.c.pk).where(*_unsent),
        select(act_blob.c.sha256).join(own_act, own_act.c.act_pk == act_blob.c.act_pk).where(*_unsent),
    )
)
_UNSENT_CASES = Statement(
    select(act.c.case_id)
    .distinct()
    .join(own_act, own_act.c.act_pk == act.c.pk)
    .where(*_unsent, act.c.case_id.in_(NAMES))
)
_OF_CASE = Statement(
    select(act.c.act_id, CONTENT, act.c.blob_id, own_act.c.seen)
    .join(own_act, own_act.c.act_pk == act.c.pk)
    .where(act.c.case_id == bindparam("case_id"))
    .order_by(act.c.pk.desc())
    .limit(bindparam("limit"))
)
_SENDINGS = Statement(select(receipt.c.item, receipt.c.carrier, receipt.c.at).where(receipt.c.item.in_(NAMES)))
_SIGN = Statement(
    insert(own_act)
    .from_select(["act_pk", "sent", "seen"], select(act.c.pk, literal(0), literal(0)).where(act.c.act_id.in_(NAMES)))
    .on_conflict_do_nothing()
)
_this = select(act.c.pk).where(act.c.act_id == bindparam("name")).scalar_subquery()
_SEE = Statement(update(own_act).where(own_act.c.act_pk == _this).values(seen=1))
_received = exists(receipt.c.item).where(receipt.c.item == act.c.blob_id)
_SEND = Statement(
    update(own_act)
    .where(own_act.c.sent == literal_column("0"), exists(act.c.pk).where(act.c.pk == own_act.c.act_pk, _received))
    .values(sent=1)
)
_lost = select(act.c.pk).where(act.c.blob_id == bindparam("name"), ~_received).scalar_subquery()
_LOSE = Statement(update(own_act).where(own_act.c.act_pk == _lost).values(sent=0))
