"""The acts that were signed here: which of them have left, by their receipts, and which somebody else has seen.

A row comes with its act. ``sent`` follows the receipts: an act has left when one carrier has it and every file it carries, for
without them it does not count; it goes back when the carrier has lost one of them. ``seen`` follows the fold, and goes back when
what proved it is worth nothing any more. So what has not left costs as much to count as there is of it, however many acts there
are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
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
    case,
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
from intake.register.store.schema import act, act_blob, blob, metadata, receipt
from intake.register.store.statements import NAMES, Statement

FILE = "blob/"
"""What receipts call a file begins with this; its SHA-256 follows. An act is called by its blob id alone."""


class OwnActColumns(TypedColumns):
    """The acts that were signed here. ``sent`` is 1 while receipts say so, ``seen`` while an act of somebody else does."""

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

    def of_case(self, case: str, *, limit: int = 1000) -> tuple[OwnAct, ...]:
        """The newest acts of a case that were signed here (of the organisation when ``case`` is empty), newest first."""
        with self._database.read() as connection:
            if case:
                rows = _OF_CASE.run(connection, case_id=case, limit=limit).all()
            else:
                rows = _OF_ORGANISATION.run(connection, limit=limit).all()
            sendings: dict[str, set[Sending]] = {}
            for item, carrier, at in _SENDINGS.among(connection, [blob_id for _, _, blob_id, _ in rows]):
                sendings.setdefault(item, set()).add(Sending(datetime.fromisoformat(at), carrier))
        return tuple(
            OwnAct(act_of(act_id, content), frozenset(sendings.get(blob_id, ())), bool(seen))
            for act_id, content, blob_id, seen in rows
        )


def own_of_case(connection: Connection, case: str) -> tuple[str, ...]:
    """The acts (ids) of a case that were signed here."""
    return tuple(_OWN_IDS.run(connection, case_id=case).scalars())


def own_of_organisation(connection: Connection) -> tuple[Act, ...]:
    """The acts of the organisation that were signed here."""
    return tuple(act_of(*row) for row in _OWN_ACTS.run(connection))


def note_seen(connection: Connection, acts: Iterable[str], seen: Container[str]) -> None:
    """Of these ``acts`` (ids) that were signed here somebody else has seen those among ``seen``, and no other."""
    named: tuple[list[str], list[str]] = ([], [])
    for name in acts:
        named[name in seen].append(name)
    _SEE.among(connection, named[True])
    _UNSEE.among(connection, named[False])


def note_signed(connection: Connection, acts: Iterable[str]) -> None:
    """These acts (by id) have just been signed and stored here."""
    _SIGN.among(connection, acts)


def note_sent(connection: Connection) -> None:
    """Receipts have come."""
    _SEND.run(connection)


def note_sent_again(connection: Connection) -> None:
    """Work out from the receipts of everything what was sent: another version of the program may have asked for less."""
    _SEND_AGAIN.run(connection)


def note_lost(connection: Connection, acts: Iterable[str], files: Iterable[str]) -> None:
    """Receipts of these acts (blob ids) and files (SHA-256) have gone; what no other carrier has whole has not left any more."""
    _LOSE.run_each(connection, [{"name": name} for name in acts])
    _LOSE_FILE.run_each(connection, [{"name": name} for name in files])


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
_own = select(act.c.act_id, CONTENT, act.c.blob_id, own_act.c.seen)
_OF_CASE = Statement(
    _own.join(own_act, own_act.c.act_pk == act.c.pk)
    .where(act.c.case_id == bindparam("case_id"))
    .order_by(act.c.pk.desc())
    .limit(bindparam("limit"))
)
# No column alone, so that SQLite begins with what was signed here, and not with all acts of the organisation.
_from_own = own_act.c.act_pk + literal(0) == act.c.pk
_OF_ORGANISATION = Statement(
    _own.join(own_act, _from_own)
    .where(act.c.case_id == literal(""))
    .order_by(own_act.c.act_pk.desc())
    .limit(bindparam("limit"))
)
_its_file = receipt.alias("its_file")
_file_sent = (
    exists(_its_file.c.item)
    .where(_its_file.c.item == literal(FILE) + act_blob.c.sha256, _its_file.c.carrier == receipt.c.carrier)
    .correlate_except(_its_file)
)
# What an act names and nobody has brought here yet cannot be missing there for want of being sent from here.
_file_here = exists(blob.c.sha256).where(blob.c.sha256 == act_blob.c.sha256).correlate_except(blob)
_lacking = (
    exists(act_blob.c.sha256).where(act_blob.c.act_pk == act.c.pk, _file_here, ~_file_sent).correlate_except(act_blob)
)
"""A file that the act of a receipt carries has no receipt of the same carrier."""
_whole = exists(receipt.c.item).where(receipt.c.item == act.c.blob_id, ~_lacking).correlate_except(receipt)
# Asked file by file, or SQLite reads every receipt of the carrier for each act.
_file_at = (
    select(_its_file.c.at)
    .where(_its_file.c.item == literal(FILE) + act_blob.c.sha256, _its_file.c.carrier == receipt.c.carrier)
    .correlate_except(_its_file)
    .scalar_subquery()
)
_last_file = (
    select(func.max(_file_at)).where(act_blob.c.act_pk == act.c.pk).correlate_except(act_blob).scalar_subquery()
)
_SENDINGS = Statement(
    select(receipt.c.item, receipt.c.carrier, func.max(receipt.c.at, func.coalesce(_last_file, literal(""))))
    .join(act, act.c.blob_id == receipt.c.item)
    .where(receipt.c.item.in_(NAMES), ~_lacking)
)
_SIGN = Statement(
    insert(own_act)
    .from_select(["act_pk", "sent", "seen"], select(act.c.pk, literal(0), literal(0)).where(act.c.act_id.in_(NAMES)))
    .on_conflict_do_nothing()
)
_OWN_IDS = Statement(
    select(act.c.act_id).join(own_act, own_act.c.act_pk == act.c.pk).where(act.c.case_id == bindparam("case_id"))
)
_OWN_ACTS = Statement(select(act.c.act_id, CONTENT).join(own_act, _from_own).where(act.c.case_id == literal("")))
_these = own_act.c.act_pk.in_(select(act.c.pk).where(act.c.act_id.in_(NAMES)))
_is_whole = exists(act.c.pk).where(act.c.pk == own_act.c.act_pk, _whole)
_sent_now = case((_is_whole, literal(1)), else_=literal(0))
_SEE = Statement(update(own_act).where(_these, own_act.c.seen == literal_column("0")).values(seen=1))
_UNSEE = Statement(update(own_act).where(_these, own_act.c.seen == literal_column("1")).values(seen=0, sent=_sent_now))
_SEND = Statement(update(own_act).where(*_unsent, _is_whole).values(sent=1))
_SEND_AGAIN = Statement(update(own_act).values(sent=_sent_now))
_LOSE = Statement(
    update(own_act)
    .where(own_act.c.act_pk == select(act.c.pk).where(act.c.blob_id == bindparam("name")).scalar_subquery(), ~_is_whole)
    .values(sent=0)
)
_LOSE_FILE = Statement(
    update(own_act)
    .where(
        own_act.c.act_pk.in_(select(act_blob.c.act_pk).where(act_blob.c.sha256 == bindparam("name"))),
        own_act.c.sent == literal_column("1"),
        ~_is_whole,
    )
    .values(sent=0)
)
