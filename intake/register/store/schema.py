"""The tables of a register, as SQLAlchemy Core, with the types of their columns.

Three kinds: what was **received** (acts, blobs, quarantine: append-only by trigger), what is **kept for this person**
(drafts, settings, receipts), and **projections**, which are computed from the first kind and can be thrown away.
The triggers and the full-text indexes are in migrations only, because SQLAlchemy has no words for them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    text,
)

metadata = MetaData()


def _text(name: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False)


def _whole() -> Column[int]:
    return Column(Integer, nullable=False)


def _text_or_none() -> Column[str | None]:
    return Column(Text)


def _bytes_or_none() -> Column[bytes | None]:
    return Column(LargeBinary)


# ------------------------------------------------------------------------------------------------------ received
class ActColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)  # the order of arrival; it means nothing to the fold
    act_id = _text()
    blob_id = _text()
    kind = _text()
    case_id = _text()  # empty for acts of the organisation
    person = _text()
    signer = _text()
    stream = _text()
    seq = _whole()
    prev = _text()
    roster = _text()
    received = _text()
    content_at = _whole()  # where the JSON begins inside the signed bytes
    content_size = _whole()
    blob = Column(LargeBinary, nullable=False)  # last: a scan of the columns before it never reads these pages


act = Table(
    "act",
    metadata,
    ActColumns,
    UniqueConstraint("act_id"),
    UniqueConstraint("blob_id"),
    Index("act_by_case", "case_id", "pk"),
    Index("act_by_stream", "signer", "stream", "case_id", "seq"),
    Index("act_by_roster", "roster", "case_id"),
    Index("act_by_person", "person", "case_id"),
    CheckConstraint("length(act_id) = 64 AND length(blob_id) = 64", name="act_ids"),
)


class BlobColumns(TypedColumns):
    rowid = Column(Integer, system=True)  # the order of arrival, as SQLite numbers the rows of every table
    sha256 = Column(Text, primary_key=True, nullable=False)
    size = _whole()
    bytes = Column(LargeBinary, nullable=False)


blob = Table(
    "blob", metadata, BlobColumns, CheckConstraint("length(bytes) = size AND length(sha256) = 64", name="blob_size")
)


class ActBlobColumns(TypedColumns):
    act_pk = Column(Integer, ForeignKey("act.pk"), nullable=False)
    sha256 = _text()


act_blob = Table(
    "act_blob",
    metadata,
    ActBlobColumns,
    PrimaryKeyConstraint("act_pk", "sha256"),
    Index("act_blob_by_digest", "sha256"),
)


class StrangerColumns(TypedColumns):
    """Acts by keys that no roster listed when they came, and that never counted since: they may give way."""

    act_pk = Column(Integer, ForeignKey("act.pk", ondelete="CASCADE"), primary_key=True)
    signer = _text()
    size = _whole()
    seat = _whole()  # 1 on one of the places for enrolments


stranger = Table("stranger", metadata, StrangerColumns, Index("stranger_by_key", "signer", "act_pk"))


class StrangerFileColumns(TypedColumns):
    """Files that only such acts name."""

    sha256 = Column(Text, primary_key=True, nullable=False)
    size = _whole()


stranger_file = Table("stranger_file", metadata, StrangerFileColumns)


class QuarantineColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)
    sha256 = _text()
    name = _text()
    source = _text()
    code = _text()
    received = _text()
    size = _whole()
    bytes = _bytes_or_none()  # nothing when the file is too large to keep, or kept elsewhere
    # Whether these bytes were judged as the act they are, and not only for how they came.
    as_act = Column(Integer, nullable=False, server_default=text("0"))
    facts = Column(Text, nullable=False, server_default=text("'{}'"))  # of the reason, as JSON


quarantine = Table("quarantine", metadata, QuarantineColumns, UniqueConstraint("sha256", "code"))


class RecordFileColumns(TypedColumns):
    sha256 = _text()
    reading = _whole()  # by which way of reading; another version of the program may read more strictly
    base = _text()
    size = _whole()
    listed_keys = _text("keys")  # under another name here: a collection of columns has keys
    edition = Column(Integer, nullable=False, server_default=text("0"))  # a program of version 1.2 writes none


record_file = Table("record_file", metadata, RecordFileColumns, PrimaryKeyConstraint("sha256", "reading"))


class UseCaseColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)
    case_id = _text()


use_case = Table("use_case", metadata, UseCaseColumns, UniqueConstraint("case_id"))


# --------------------------------------------------------------------------------------------- kept for this person
class InstallationColumns(TypedColumns):
    name = Column(Text, primary_key=True, nullable=False)
    value = _text()


installation = Table("installation", metadata, InstallationColumns)


class StreamMarkColumns(TypedColumns):
    stream = _text()
    signer = _text()
    case_id = _text()
    seq = _whole()


stream_mark = Table("stream_mark", metadata, StreamMarkColumns, PrimaryKeyConstraint("stream", "signer", "case_id"))


class ReceiptColumns(TypedColumns):
    carrier = _text()
    item = _text()
    proof = _text()
    at = _text()


receipt = Table(
    "receipt",
    metadata,
    ReceiptColumns,
    PrimaryKeyConstraint("carrier", "item", "proof"),
    Index("receipt_by_item", "item"),
)


class RejudgeColumns(TypedColumns):
    case_pk = Column(Integer, ForeignKey("use_case.pk"), primary_key=True)


rejudge = Table("rejudge", metadata, RejudgeColumns)


# ---------------------------------------------------------------------------------------------------- projections
class CaseRowColumns(TypedColumns):
    pk = Column(Integer, ForeignKey("use_case.pk"), primary_key=True)
    reference = _text()
    title = _text()
    title_key = _text()
    unit = _text()
    owner = _text()
    tier = _text()
    lane = _text()
    stage = _text()
    phase = _text()
    turn = _text()
    turn_owner = _whole()
    turn_cio = _whole()
    turn_ciso = _whole()
    turn_records = _whole()
    cio = _text()
    ciso = _text()
    revision = _whole()
    filed = _text()
    decided = _text_or_none()
    expires = _text_or_none()
    expires_key = _text()
    due = _text_or_none()
    due_key = _text()
    newest = Column(BigInteger, nullable=False)
    alarms = _whole()
    waiting = _whole()
    asked = _text()
    since = _text()
    clock = _text_or_none()
    due_what = _text()
    due_of = _text()
    due_text = _text()
    press_key = _text()
    tier_key = _text()
    decided_year = _text()
    decided_key = _text()
    stop = Column(Text, nullable=False, server_default=text("''"))  # the reason why what ran must stop, as JSON
    record = Column(Text, nullable=False, server_default=text("''"))  # what became of its record
    successor = Column(
        Text, nullable=False, server_default=text("''")
    )  # who may take it over: person ids, with a space between
    parties = Column(
        Text, nullable=False, server_default=text("''")
    )  # who has a part in it: person ids, with a space between
    waived = Column(Text, nullable=False, server_default=text("''"))  # the gravest that the terms in force do without


_ORDERED = (
    ("pressing", "press_key"), ("newest", "newest"), ("reference", "reference"), ("title", "title_key"),
    ("owner", "owner"), ("tier", "tier_key"), ("since", "since"), ("due", "due_key"), ("expiry", "expires_key"),
    ("decided", "decided_key"),
)  # fmt: skip
_PARTIES = ("owner", "cio", "ciso", "records")
_FILTERED = (("phase", "phase"), ("tier", "tier"), ("unit", "unit"), ("stage", "asked"), ("waived", "waived"))

case_row = Table(
    "case_row",
    metadata,
    CaseRowColumns,
    # one index for each offered order, and for each offered filter in the orders it is asked for most; nothing else is offered
    *(Index(f"case_by_{name}", column, "pk") for name, column in _ORDERED),
    *(Index(f"case_of_{name}", column, "newest", "pk") for name, column in _FILTERED),
    *(Index(f"case_press_{name}", column, "press_key", "pk") for name, column in _FILTERED),
    Index("case_of_record", "record", "decided_key", "pk"),
    Index("case_of_year", "decided_year", "decided_key", "pk"),
    Index("case_turn_owner", "owner", "press_key", "pk", sqlite_where=text("turn_owner = 1")),
    *(Index(f"case_turn_of_{who}", "press_key", "pk", sqlite_where=text(f"turn_{who} = 1")) for who in _PARTIES),
    Index("case_stop_owner", "owner", "press_key", "pk", sqlite_where=text("stop <> ''")),
    Index("case_due_owner", "owner", "due_key", "pk"),
    Index("case_alarmed", "newest", "pk", sqlite_where=text("alarms > 0")),
    Index("case_handed", "press_key", "pk", sqlite_where=text("successor <> ''")),
    Index("case_waiting", "newest", "pk", sqlite_where=text("waiting > 0")),
)


class CaseAskColumns(TypedColumns):
    case_pk = Column(Integer, ForeignKey("use_case.pk"), nullable=False)
    position = _whole()
    party = _text()
    kind = _text()
    since = _text()
    last = _text()
    until = _text_or_none()
    name = _text()
    barred = _text()  # person ids, with a space between
    said = _text()


case_ask = Table(
    "case_ask",
    metadata,
    CaseAskColumns,
    PrimaryKeyConstraint("case_pk", "position"),
    Index("case_ask_of", "party", "since", "case_pk", "position"),
)


class CaseNoteColumns(TypedColumns):
    case_pk = Column(Integer, ForeignKey("use_case.pk"), nullable=False)
    sort = _text()  # alarm, waiting, oddity
    position = _whole()
    act_id = _text()
    code = _text()
    facts = _text()
    waits_for = _text()


case_note = Table(
    "case_note",
    metadata,
    CaseNoteColumns,
    PrimaryKeyConstraint("case_pk", "sort", "position"),
    Index("case_note_by_sort", "sort", "case_pk"),
)


class CaseWantColumns(TypedColumns):
    name = _text()  # an act that acts of this case name and that is not among them
    case_pk = Column(Integer, ForeignKey("use_case.pk"), nullable=False)


case_want = Table(
    "case_want",
    metadata,
    CaseWantColumns,
    PrimaryKeyConstraint("name", "case_pk"),
    Index("case_want_by_case", "case_pk"),
)


class PersonColumns(TypedColumns):
    person = Column(Text, primary_key=True, nullable=False)
    name = _text()
    unit = _text()
    roles = _text()
    certificates = _text()


person = Table("person", metadata, PersonColumns)


class WaitingRoomColumns(TypedColumns):
    act_pk = Column(Integer, ForeignKey("act.pk"), primary_key=True)
    size = _whole()
    code = _text()


waiting_room = Table("waiting_room", metadata, WaitingRoomColumns)


class HeadColumns(TypedColumns):
    case_id = _text()
    checkpoint_pk = Column(Integer, ForeignKey("act.pk"), nullable=False)
    act_id = _text()
    floor = Column(Text, nullable=False, server_default=text("''"))  # a program of version 5.0 writes none


head = Table(
    "head",
    metadata,
    HeadColumns,
    PrimaryKeyConstraint("case_id", "checkpoint_pk", "act_id"),
    Index("head_by_checkpoint", "checkpoint_pk"),
)


class CheckpointColumns(TypedColumns):
    act_pk = Column(Integer, ForeignKey("act.pk"), primary_key=True)
    act_id = _text()


checkpoint = Table("checkpoint", metadata, CheckpointColumns)


class CounterColumns(TypedColumns):
    facet = _text()
    value = _text()
    count = _whole()


counter = Table("counter", metadata, CounterColumns, PrimaryKeyConstraint("facet", "value"))

PROJECTIONS = (case_ask, case_note, case_want, case_row, person, waiting_room, head, checkpoint, counter)
"""What ``rebuild`` throws away, together with the full-text indexes ``case_fts`` and ``case_words``."""
