"""What a register keeps so that it can exchange confidentially: keys, keys handed to people, and what nobody here can read.

Keys lie here as open as the acts they open: what protects a register on its disk is the disk's encryption. What cannot be read
is kept apart from the acts, within bounds, passed on as it came, and taken out when it can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    TypedColumns,
    bindparam,
    delete,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from intake.register.store.database import Database
from intake.register.store.receipts import PREFIXES, ItemKind, Proof, item_name, item_of, storable
from intake.register.store.schema import act, blob, metadata, receipt
from intake.register.store.statements import NAMES, Statement
from intake.trust.encryption.case_key import CaseKey


class CaseKeyColumns(TypedColumns):
    """The keys that are known here. ``case_id`` is empty for those of the organisation."""

    tag = Column(Text, primary_key=True, nullable=False)
    org = Column(Text, nullable=False)
    case_id = Column(Text, nullable=False)
    secret = Column(LargeBinary, nullable=False)
    received = Column(Text, nullable=False)


case_key = Table("case_key", metadata, CaseKeyColumns, Index("case_key_of", "case_id"))


class HandedKeyColumns(TypedColumns):
    """Keys encrypted for somebody. ``tried`` is the fingerprint of the reader's certificate here that opened it, or could not."""

    sha256 = Column(Text, primary_key=True, nullable=False)
    bytes = Column(LargeBinary, nullable=False)
    tried = Column(Text, nullable=False)


handed_key = Table("handed_key", metadata, HandedKeyColumns)


class EncryptedFileColumns(TypedColumns):
    """Encrypted files that nobody here can read, by the tag of their key."""

    sha256 = Column(Text, primary_key=True, nullable=False)
    tag = Column(Text, nullable=False)
    size = Column(Integer, nullable=False)
    bytes = Column(LargeBinary, nullable=False)


encrypted_file = Table("encrypted_file", metadata, EncryptedFileColumns, Index("encrypted_file_by_tag", "tag"))


class EncryptedNameColumns(TypedColumns):
    """What an act (its blob id) or a file (its SHA-256) is called once it is encrypted under a key."""

    sha256 = Column(Text, primary_key=True, nullable=False)
    item = Column(Text, nullable=False)
    tag = Column(Text, nullable=False)


encrypted_name = Table("encrypted_name", metadata, EncryptedNameColumns, Index("encrypted_name_of", "item", "tag"))


@dataclass(frozen=True, slots=True)
class UnreadLimits:
    """How much of what nobody here can read is kept: ``files`` of ``size`` bytes in all, and ``handed`` keys."""

    files: int = 200_000
    size: int = 2 << 30
    handed: int = 2_000_000


@dataclass(frozen=True, slots=True)
class UnreadTotals:
    """What is kept and cannot be read here: ``files`` of ``size`` bytes, under ``keys`` different keys."""

    files: int
    size: int
    keys: int


class Confidential:
    """Hangs on the register as ``register.confidential``."""

    def __init__(self, database: Database, clock: Callable[[], datetime], limits: UnreadLimits | None = None) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits or UnreadLimits()

    def keep_keys(self, keys: Iterable[CaseKey]) -> None:
        """Keep these keys for good."""
        received = self._clock().isoformat()
        rows = [
            {"tag": key.tag, "org": key.org, "case_id": key.case, "secret": key.secret, "received": received}
            for key in keys
        ]
        if rows:
            with self._database.write() as connection:
                _KEEP_KEY.run_each(connection, rows)

    def keys(self) -> Mapping[str, CaseKey]:
        """Every key that is known here, by its tag."""
        with self._database.read() as connection:
            return {tag: CaseKey(secret, org, case) for tag, org, case, secret in _KEYS.run(connection)}

    def keys_of(self, case: str) -> Mapping[str, CaseKey]:
        """Those of a use case (of the organisation when ``case`` is empty), by tag."""
        with self._database.read() as connection:
            return {tag: CaseKey(secret, org, of) for tag, org, of, secret in _KEYS_OF.run(connection, case_id=case)}

    def keep_handed(self, handed: Mapping[str, bytes], *, tried: str = "") -> tuple[str, ...]:
        """Keep keys that were handed to anybody (SHA-256 to bytes); gives those that found no place. ``tried`` as in the table."""
        with self._database.write() as connection:
            free = max(self._limits.handed - _COUNT_HANDED.run(connection).scalar_one(), 0)
            rows = [{"sha256": name, "bytes": data, "tried": tried} for name, data in handed.items()]
            _KEEP_HANDED.run_each(connection, rows[:free])
        return tuple(handed)[free:]

    def handed_untried(self, reader: str) -> Iterator[tuple[str, bytes]]:
        """The handed keys (SHA-256 and bytes) that the reader with this certificate has not tried to open yet."""
        last = ""
        while True:
            with self._database.read() as connection:
                rows = _UNTRIED.run(connection, last=last, reader=reader).all()
            if not rows:
                return
            last = rows[-1][0]
            yield from ((name, data) for name, data in rows)

    def note_tried(self, names: Iterable[str], reader: str) -> None:
        """The reader with this certificate has opened these, or could not."""
        rows = [{"name": name, "reader": reader} for name in names]
        if rows:
            with self._database.write() as connection:
                _TRIED.run_each(connection, rows)

    def knows_handed(self, name: str) -> bool:
        with self._database.read() as connection:
            return _HAS_HANDED.run(connection, name=name).first() is not None

    def keep_unread(self, files: Mapping[str, tuple[str, bytes]]) -> tuple[str, ...]:
        """Keep encrypted files (SHA-256 to tag and bytes) that cannot be read; gives those that found no place."""
        left = []
        with self._database.write() as connection:
            count, size, _ = _COUNT_UNREAD.run(connection).one()
            for name, (tag, data) in files.items():
                if count >= self._limits.files or size + len(data) > self._limits.size:
                    left.append(name)
                    continue
                _KEEP_UNREAD.run(connection, sha256=name, tag=tag, size=len(data), bytes=data)
                count, size = count + 1, size + len(data)
        return tuple(left)

    def unread(self) -> UnreadTotals:
        with self._database.read() as connection:
            return UnreadTotals(*_COUNT_UNREAD.run(connection).one())

    def unread_under(self, tag: str) -> tuple[str, ...]:
        """The files (SHA-256) that are kept unread under a key."""
        with self._database.read() as connection:
            return tuple(_UNREAD_UNDER.run(connection, tag=tag).scalars())

    def tags_unread(self) -> tuple[str, ...]:
        """The keys (tags) under which something is kept that cannot be read."""
        with self._database.read() as connection:
            return tuple(_TAGS_UNREAD.run(connection).scalars())

    def drop_unread(self, names: Iterable[str]) -> None:
        """These were read, and what is in them is stored."""
        rows = [{"name": name} for name in names]
        if rows:
            with self._database.write() as connection:
                _DROP_UNREAD.run_each(connection, rows)

    def note_names(self, named: Iterable[tuple[str, ItemKind, str, str]]) -> None:
        """(SHA-256 of the encrypted file, the act or file that it holds, tag) for each."""
        rows = [{"sha256": name, "item": item_name(kind, item), "tag": tag} for name, kind, item, tag in named]
        if rows:
            with self._database.write() as connection:
                _NOTE_NAME.run_each(connection, rows)

    def names_of(self, items: Iterable[tuple[ItemKind, str]]) -> Mapping[tuple[ItemKind, str], Mapping[str, str]]:
        """What acts (blob ids) and files (SHA-256) are called once they are encrypted, by the tag of the key; without those that
        never were.
        """
        found: dict[tuple[ItemKind, str], dict[str, str]] = {}
        with self._database.read() as connection:
            for item, tag, name in _NAMES_OF.among(connection, [item_name(*item) for item in items]):
                found.setdefault(item_of(item), {})[tag] = name
        return found

    def every_name(self) -> Iterator[tuple[str, ItemKind, str]]:
        """SHA-256 of each encrypted file whose content is known, with the act or file that it holds."""
        last = ""
        while True:
            with self._database.read() as connection:
                rows = _EVERY_NAME.run(connection, last=last).all()
            if not rows:
                return
            last = rows[-1][0]
            yield from ((name, *item_of(item)) for name, item in rows)

    def stored(self) -> frozenset[str]:
        """SHA-256 of each encrypted file that holds an act or a file which is here: it need not be opened."""
        with self._database.read() as connection:
            return frozenset(name for statement in _STORED for name in statement.run(connection).scalars())

    def held_by(self, name: str) -> tuple[ItemKind, str] | None:
        """What an encrypted file was found to hold; None while nobody here has read it."""
        with self._database.read() as connection:
            found = _HELD_BY.run(connection, name=name).scalar()
        return None if found is None else item_of(found)

    def unread_names(self) -> frozenset[str]:
        """SHA-256 of every encrypted file that is kept and not among the acts and files."""
        with self._database.read() as connection:
            return frozenset(_UNREAD_NAMES.run(connection).scalars())

    def unread_bytes(self, name: str) -> tuple[str, bytes] | None:
        """Tag and bytes of an encrypted file that is kept."""
        with self._database.read() as connection:
            found = _UNREAD_BYTES.run(connection, name=name).first()
        return None if found is None else (found[0], found[1])

    def relayed(self, carrier: str) -> Iterator[tuple[bool, str, bytes]]:
        """Handed keys (true) and unread files (false), SHA-256 and bytes, of which nobody knows that they are on a carrier."""
        named = {"carrier": storable(carrier), "proof": Proof.WRITTEN.value}
        for keys, statement in ((True, _HANDED_OUT), (False, _UNREAD_OUT)):
            last = ""
            while True:
                with self._database.read() as connection:
                    rows = statement.run(connection, last=last, **named).all()
                if not rows:
                    break
                last = rows[-1][0]
                yield from ((keys, name, data) for name, data in rows)


_KEEP_KEY = Statement(insert(case_key).on_conflict_do_nothing())
_KEYS = Statement(select(case_key.c.tag, case_key.c.org, case_key.c.case_id, case_key.c.secret))
_KEYS_OF = Statement(
    select(case_key.c.tag, case_key.c.org, case_key.c.case_id, case_key.c.secret).where(
        case_key.c.case_id == bindparam("case_id")
    )
)
_KEEP_HANDED = Statement(insert(handed_key).on_conflict_do_nothing())
_COUNT_HANDED = Statement(select(func.count()).select_from(handed_key))
_STEP = 500
_UNTRIED = Statement(
    select(handed_key.c.sha256, handed_key.c.bytes)
    .where(handed_key.c.sha256 > bindparam("last"), handed_key.c.tried != bindparam("reader"))
    .order_by(handed_key.c.sha256)
    .limit(_STEP)
)
_TRIED = Statement(
    handed_key.update().where(handed_key.c.sha256 == bindparam("name")).values(tried=bindparam("reader"))
)
_HAS_HANDED = Statement(select(handed_key.c.sha256).where(handed_key.c.sha256 == bindparam("name")))
_KEEP_UNREAD = Statement(insert(encrypted_file).on_conflict_do_nothing())
_COUNT_UNREAD = Statement(
    select(func.count(), func.coalesce(func.sum(encrypted_file.c.size), 0), func.count(encrypted_file.c.tag.distinct()))
)
_UNREAD_UNDER = Statement(select(encrypted_file.c.sha256).where(encrypted_file.c.tag == bindparam("tag")))
_UNREAD_BYTES = Statement(
    select(encrypted_file.c.tag, encrypted_file.c.bytes).where(encrypted_file.c.sha256 == bindparam("name"))
)
_UNREAD_NAMES = Statement(select(encrypted_file.c.sha256))
_TAGS_UNREAD = Statement(select(encrypted_file.c.tag).distinct())
_DROP_UNREAD = Statement(delete(encrypted_file).where(encrypted_file.c.sha256 == bindparam("name")))
_NOTE_NAME = Statement(insert(encrypted_name).on_conflict_do_nothing())
_NAMES_OF = Statement(
    select(encrypted_name.c.item, encrypted_name.c.tag, encrypted_name.c.sha256).where(encrypted_name.c.item.in_(NAMES))
)
_EVERY_NAME = Statement(
    select(encrypted_name.c.sha256, encrypted_name.c.item)
    .where(encrypted_name.c.sha256 > bindparam("last"))
    .order_by(encrypted_name.c.sha256)
    .limit(5000)
)
_STORED = (
    Statement(select(encrypted_name.c.sha256).join(act, act.c.blob_id == encrypted_name.c.item)),
    Statement(
        select(encrypted_name.c.sha256).join(
            blob, literal(PREFIXES[ItemKind.BLOB]) + blob.c.sha256 == encrypted_name.c.item
        )
    ),
)
_HELD_BY = Statement(select(encrypted_name.c.item).where(encrypted_name.c.sha256 == bindparam("name")))


def _not_out(name: Column[str], prefix: str) -> ColumnElement[bool]:
    return ~exists(receipt.c.item).where(
        receipt.c.carrier == bindparam("carrier"),
        receipt.c.item == literal(prefix) + name,
        receipt.c.proof == bindparam("proof"),
    )


_OUT = 20
_HANDED_OUT = Statement(
    select(handed_key.c.sha256, handed_key.c.bytes)
    .where(handed_key.c.sha256 > bindparam("last"), _not_out(handed_key.c.sha256, PREFIXES[ItemKind.KEY]))
    .order_by(handed_key.c.sha256)
    .limit(_STEP)
)
_UNREAD_OUT = Statement(
    select(encrypted_file.c.sha256, encrypted_file.c.bytes)
    .where(encrypted_file.c.sha256 > bindparam("last"), _not_out(encrypted_file.c.sha256, PREFIXES[ItemKind.ENCRYPTED]))
    .order_by(encrypted_file.c.sha256)
    .limit(_OUT)
)
