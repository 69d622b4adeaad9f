"""Receipts: which act or file is known to be on which carrier, and by what proof.

Having written something is no proof that anybody has it: that an act was seen, acts of others prove (``case.delivery``). The
local copy is never removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert

from intake.register.store import own_acts
from intake.register.store.database import Database
from intake.register.store.own_acts import own_act
from intake.register.store.roster_changes import changes
from intake.register.store.schema import act, act_blob, blob, quarantine, receipt, stranger, stranger_file
from intake.register.store.statements import Statement


class Proof(StrEnum):
    WRITTEN = "written"
    """It was put there, or lay there already under its name and in its size; of what was signed here, with its content."""


class ItemKind(StrEnum):
    ACT = "act"
    BLOB = "blob"
    KEY = "key"
    """A key that was handed to somebody."""
    ENCRYPTED = "encrypted-act"
    """An encrypted file that nobody here can read, passed on for others."""


PREFIXES = {ItemKind.ACT: "", ItemKind.BLOB: own_acts.FILE, ItemKind.KEY: "key/", ItemKind.ENCRYPTED: "enc/"}
"""What receipts call an item begins with this; its SHA-256 follows."""


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
        named = {"carrier": storable(carrier), "proof": proof.value, "at": at}
        rows = [{**named, "item": item_name(*item)} for item in items]
        if not rows:
            return
        with self._database.write() as connection:
            _NOTE.run_each(connection, rows)
            own_acts.note_sent(connection)

    def keep_only(self, carrier: str, there: Callable[[ItemKind, str], bool]) -> int:
        """Forget the receipts of what ``there`` says is not on ``carrier`` any more; gives how many."""
        with self._database.read() as connection:
            found = _ITEMS.run(connection, carrier=storable(carrier)).scalars().all()
        lost = [item for item in found if not there(*item_of(item))]
        if lost:
            with self._database.write() as connection:
                _LOSE.run_each(connection, [{"carrier": storable(carrier), "item": item} for item in lost])
                _note_lost(connection, lost)
        return len(lost)

    def has(self, carrier: str, kind: ItemKind, item: str, proof: Proof) -> bool:
        with self._database.read() as connection:
            found = _HAS.run(connection, carrier=storable(carrier), item=item_name(kind, item), proof=proof.value)
            return found.first() is not None

    def outgoing(self, carrier: str, *, without: Proof = Proof.WRITTEN) -> Iterator[Item]:
        """Everything that has no such proof on ``carrier`` yet: files first, then acts in the order they came.

        Files that only strangers name are not passed on: nobody here vouches that anybody needs them.

        Files go first, so that a reader who finds an act finds its files. Read in small steps; nothing is locked between.
        """
        named = {"carrier": storable(carrier), "proof": without.value}
        for kind, statement in _OUTGOING.items():
            last = 0
            while True:
                with self._database.read() as connection:
                    rows = statement.run(connection, last=last, **named).all()
                if not rows:
                    break
                last = rows[-1][0]
                for _, name, data in rows:
                    yield Item(kind, name, data)

    def unanswered(self, carrier: str) -> Iterator[Item]:
        """What is said to be on ``carrier`` of the acts signed here that were sent and that nobody else has seen.

        The acts, newest first, then the files they carry. Read one by one; nothing is locked between.
        """
        named = {"carrier": storable(carrier)}
        for kind, names, content in _UNANSWERED:
            with self._database.read() as connection:
                found = dict.fromkeys(names.run(connection, **named).scalars())
            for name in found:
                with self._database.read() as connection:
                    data = content.run(connection, name=name).scalar()
                if data is not None:
                    yield Item(kind, name, data)

    def some(self, carrier: str, most: int) -> Iterator[Item]:
        """At random at most so many of the acts and files that are said to be on ``carrier``: over many runs each comes up."""
        with self._database.read() as connection:
            found = _SOME_ITEMS.run(connection, carrier=storable(carrier), most=most).scalars().all()
        for kind, name in map(item_of, found):
            content = _CONTENT.get(kind)
            with self._database.read() as connection:
                data = content.run(connection, name=name).scalar() if content else None
            if data is not None:
                yield Item(kind, name, data)

    def forget(self, carrier: str) -> None:
        """The carrier was replaced by another: everything goes out again."""
        with self._database.write() as connection:
            lost = _ITEMS.run(connection, carrier=storable(carrier)).scalars().all()
            _FORGET.run(connection, carrier=storable(carrier))
            _note_lost(connection, lost)

    def known(self, kind: ItemKind, name: str) -> bool:
        """Whether a carrier need not bring this act or file: it is stored, or it is an act that was refused for what it is.

        What was refused for its name, its place or what it came in is not known by its digest: the same bytes may be
        right elsewhere. Of a file beside acts nothing else can be wrong.
        """
        with self._database.read() as connection:
            return _KNOWN[kind].run(connection, name=name).first() is not None

    def holding(self) -> tuple[int, ...]:
        """Numbers that change whenever acts or files have come, or strangers have gone."""
        with self._database.read() as connection:
            return (*_HOLDING.run(connection).one(), changes(connection))

    def named(self, name: str) -> bool:
        """Whether a stored act names this file, so that it is worth fetching."""
        with self._database.read() as connection:
            return _NAMED.run(connection, name=name).first() is not None

    def wanted(self) -> tuple[str, ...]:
        """Files that stored acts name and that are not here (at most 10,000 of them, those of strangers last)."""
        with self._database.read() as connection:
            return tuple(_WANTED.run(connection).scalars())


def _note_lost(connection: Connection, lost: Iterable[str]) -> None:
    named: dict[ItemKind, list[str]] = {kind: [] for kind in ItemKind}
    for kind, name in map(item_of, lost):
        named[kind].append(name)
    own_acts.note_lost(connection, acts=named[ItemKind.ACT], files=named[ItemKind.BLOB])


def item_name(kind: ItemKind, name: str) -> str:
    """How an item is called here: somebody may attach the very bytes of an act as a file, and both have to go out."""
    return f"{PREFIXES[kind]}{name}"


def item_of(name: str) -> tuple[ItemKind, str]:
    """Kind and SHA-256 of an item that is called so."""
    prefix, slash, rest = name.partition("/")
    return (_BY_PREFIX[f"{prefix}/"], rest) if slash else (ItemKind.ACT, name)


def storable(carrier: str) -> str:
    """A carrier may be called by a path, and a path may hold bytes that are no text."""
    return carrier.encode("utf-8", "backslashreplace").decode()


_BY_PREFIX = {prefix: kind for kind, prefix in PREFIXES.items()}
_STEP = 100

_on_carrier = receipt.c.carrier == bindparam("carrier")
_this = and_(_on_carrier, receipt.c.item == bindparam("item"))
_by_proof = receipt.c.proof == bindparam("proof")

_NOTE = Statement(insert(receipt).on_conflict_do_nothing())
_ITEMS = Statement(select(receipt.c.item).where(_on_carrier))
_SOME_ITEMS = Statement(select(receipt.c.item).where(_on_carrier).order_by(func.random()).limit(bindparam("most")))
_LOSE = Statement(delete(receipt).where(_this))
_HAS = Statement(select(receipt.c.at).where(_this, _by_proof))
_FORGET = Statement(delete(receipt).where(_on_carrier))

_KNOWN = {
    ItemKind.ACT: Statement(
        union_all(
            select(act.c.blob_id).where(act.c.blob_id == bindparam("name")),
            select(quarantine.c.sha256).where(quarantine.c.sha256 == bindparam("name"), quarantine.c.as_act != 0),
        ).limit(1)
    ),
    ItemKind.BLOB: Statement(select(blob.c.sha256).where(blob.c.sha256 == bindparam("name"))),
}
_NAMED = Statement(select(act_blob.c.sha256).where(act_blob.c.sha256 == bindparam("name")).limit(1))
_OUTGOING = {
    ItemKind.BLOB: Statement(
        select(blob.c.rowid, blob.c.sha256, blob.c.bytes)
        .where(
            blob.c.rowid > bindparam("last"),
            exists(act_blob.c.sha256).where(act_blob.c.sha256 == blob.c.sha256),
            ~exists(stranger_file.c.sha256).where(stranger_file.c.sha256 == blob.c.sha256),
            ~exists(receipt.c.item).where(
                _on_carrier, receipt.c.item == literal(own_acts.FILE) + blob.c.sha256, _by_proof
            ),
        )
        .order_by(blob.c.rowid)
        .limit(_STEP // 10)
    ),
    ItemKind.ACT: Statement(
        select(act.c.pk, act.c.blob_id, act.c.blob)
        .where(
            act.c.pk > bindparam("last"),
            ~exists(receipt.c.item).where(_on_carrier, receipt.c.item == act.c.blob_id, _by_proof),
        )
        .order_by(act.c.pk)
        .limit(_STEP)
    ),
}
_waiting_for_an_answer = (
    _on_carrier,
    own_act.c.sent == literal_column("1"),
    own_act.c.seen == literal_column("0"),
)
_UNANSWERED = (
    (
        ItemKind.ACT,
        Statement(
            select(act.c.blob_id)
            .join(own_act, own_act.c.act_pk == act.c.pk)
            .join(receipt, receipt.c.item == act.c.blob_id)
            .where(*_waiting_for_an_answer)
            .order_by(own_act.c.act_pk.desc())
        ),
        Statement(select(act.c.blob).where(act.c.blob_id == bindparam("name"))),
    ),
    (
        ItemKind.BLOB,
        Statement(
            select(act_blob.c.sha256)
            # No column alone, so that SQLite begins with what was signed here, and not with every file.
            .join(own_act, own_act.c.act_pk + literal(0) == act_blob.c.act_pk)
            .join(receipt, receipt.c.item == literal(own_acts.FILE) + act_blob.c.sha256)
            .where(*_waiting_for_an_answer)
            .order_by(own_act.c.act_pk.desc())
        ),
        Statement(select(blob.c.bytes).where(blob.c.sha256 == bindparam("name"))),
    ),
)
_CONTENT = {kind: content for kind, _, content in _UNANSWERED}
_HOLDING = Statement(
    select(
        select(func.coalesce(func.max(act.c.pk), 0)).scalar_subquery(),
        select(func.coalesce(func.max(blob.c.rowid), 0)).scalar_subquery(),
        select(func.count()).select_from(stranger).scalar_subquery(),
        select(func.count()).select_from(stranger_file).scalar_subquery(),
    )
)
_WANTED = Statement(
    select(act_blob.c.sha256)
    .outerjoin(blob, blob.c.sha256 == act_blob.c.sha256)
    .outerjoin(stranger, stranger.c.act_pk == act_blob.c.act_pk)
    .where(blob.c.sha256.is_(None))
    .group_by(act_blob.c.sha256)
    .order_by(func.min(case((stranger.c.act_pk.is_(None), 0), else_=1)), act_blob.c.sha256)
    .limit(10_000)
)
