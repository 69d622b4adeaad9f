"""The tables of a register, as SQLAlchemy Core.

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
    UniqueConstraint,
    text,
)

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


# ------------------------------------------------------------------------------------------------------ received
act = Table(
    "act",
    metadata,
    Column("pk", Integer, primary_key=True),  # the order of arrival; it means nothing to the fold
    _text("act_id"),
    _text("blob_id"),
    _text("kind"),
    _text("case_id"),  # empty for acts of the organisation
    _text("person"),
    _text("signer"),
    _text("stream"),
    _whole("seq"),
    _text("prev"),
    _text("roster"),
    _text("received"),
    _whole("content_at"),  # where the JSON lies inside the signed bytes
    _whole("content_size"),
    Column("blob", LargeBinary, nullable=False),  # last: a scan of the columns before it never reads these pages
    UniqueConstraint("act_id"),
    UniqueConstraint("blob_id"),
    Index("act_by_case", "case_id", "pk"),
    Index("act_by_stream", "signer", "stream", "case_id", "seq"),
    Index("act_by_roster", "roster", "case_id"),
    Index("act_by_person", "person", "case_id"),
    CheckConstraint("length(act_id) = 64 AND length(blob_id) = 64", name="act_ids"),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    _whole("size"),
    Column("bytes", LargeBinary, nullable=False),
    CheckConstraint("length(bytes) = size AND length(sha256) = 64", name="blob_size"),
)

act_blob = Table(
    "act_blob",
    metadata,
    Column("act_pk", Integer, ForeignKey("act.pk"), nullable=False),
    _text("sha256"),
    PrimaryKeyConstraint("act_pk", "sha256"),
    Index("act_blob_by_digest", "sha256"),
)

stranger = Table(
    "stranger",  # acts by keys that no roster listed when they came, and that never counted since: they may give way
    metadata,
    Column("act_pk", Integer, ForeignKey("act.pk", ondelete="CASCADE"), primary_key=True),
    _text("signer"),
    _whole("size"),
    _whole("seat"),  # 1 on one of the seats for enrolments
    Index("stranger_by_key", "signer", "act_pk"),
)

stranger_file = Table(
    "stranger_file",  # files that only such acts name, with the key they are counted for
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    _text("signer"),
    _whole("size"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("pk", Integer, primary_key=True),
    _text("sha256"),
    _text("name"),
    _text("source"),
    _text("code"),
    _text("what"),
    _text("why"),
    _text("next"),
    _text("received"),
    _whole("size"),
    Column("bytes", LargeBinary),  # nothing when the file is too large to keep, or kept elsewhere
    # Whether these bytes were judged as the act they are, and not only for how they came.
    Column("as_act", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("sha256", "code"),
)

record_file = Table(
    "record_file",
    metadata,
    _text("sha256"),
    _whole("reading"),  # by which way of reading; another version of the program may read more strictly
    _text("base"),
    _whole("size"),
    _text("keys"),
    Column("edition", Integer, nullable=False, server_default=text("0")),  # a program of version 1.2 writes none
    PrimaryKeyConstraint("sha256", "reading"),
)

use_case = Table(
    "use_case",
    metadata,
    Column("pk", Integer, primary_key=True),
    _text("case_id"),
    UniqueConstraint("case_id"),
)

# --------------------------------------------------------------------------------------------- kept for this person
installation = Table(
    "installation",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    _text("value"),
)

stream_mark = Table(
    "stream_mark",
    metadata,
    _text("stream"),
    _text("signer"),
    _text("case_id"),
    _whole("seq"),
    PrimaryKeyConstraint("stream", "signer", "case_id"),
)

draft = Table(
    "draft",
    metadata,
    Column("pk", Integer, primary_key=True),
    _text("draft_id"),
    _text("person"),
    _text("case_id"),  # empty for a new use case
    _text("playbook"),
    _text("title"),
    _text("created"),
    _text("changed"),
    Column("removed", Text),
    UniqueConstraint("draft_id"),
)

draft_answer = Table(
    "draft_answer",
    metadata,
    Column("draft_pk", Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False),
    _text("question"),
    _text("value"),
    _text("changed"),
    PrimaryKeyConstraint("draft_pk", "question"),
)

draft_file = Table(
    "draft_file",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("draft_pk", Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False),
    _text("question"),
    _text("sha256"),
    _text("name"),
    _text("media_type"),
    _whole("size"),
    Column("bytes", LargeBinary, nullable=False),
    UniqueConstraint("draft_pk", "question", "sha256"),
)

draft_seen = Table(
    "draft_seen",  # nothing for a draft of a new use case, nor for one that an earlier version began
    metadata,
    Column("draft_pk", Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False),
    _text("act_id"),
    PrimaryKeyConstraint("draft_pk", "act_id"),
)

receipt = Table(
    "receipt",
    metadata,
    _text("carrier"),
    _text("item"),
    _text("proof"),
    _text("at"),
    PrimaryKeyConstraint("carrier", "item", "proof"),
)

rejudge = Table(
    "rejudge",
    metadata,
    Column("case_pk", Integer, ForeignKey("use_case.pk"), primary_key=True),
)

# ---------------------------------------------------------------------------------------------------- projections
case_row = Table(
    "case_row",
    metadata,
    Column("pk", Integer, ForeignKey("use_case.pk"), primary_key=True),
    _text("reference"),
    _text("title"),
    _text("title_key"),
    _text("unit"),
    _text("owner"),
    _text("tier"),
    _text("lane"),
    _text("stage"),
    _text("phase"),
    _text("turn"),
    _whole("turn_owner"),
    _whole("turn_cio"),
    _whole("turn_ciso"),
    _whole("turn_records"),
    _text("cio"),
    _text("ciso"),
    _whole("revision"),
    _text("filed"),
    Column("decided", Text),
    Column("expires", Text),
    _text("expires_key"),
    Column("due", Text),
    _text("due_key"),
    Column("newest", BigInteger, nullable=False),
    _whole("alarms"),
    _whole("waiting"),
    # one index for each offered order and each offered filter; nothing else is offered
    Index("case_by_newest", "newest", "pk"),
    Index("case_by_reference", "reference", "pk"),
    Index("case_by_title", "title_key", "pk"),
    Index("case_by_owner", "owner", "pk"),
    Index("case_by_due", "due_key", "pk"),
    Index("case_by_expiry", "expires_key", "pk"),
    Index("case_of_phase", "phase", "newest", "pk"),
    Index("case_of_tier", "tier", "newest", "pk"),
    Index("case_of_unit", "unit", "newest", "pk"),
    Index("case_of_stage", "stage", "newest", "pk"),
    Index("case_turn_owner", "owner", "due_key", "pk", sqlite_where=text("turn_owner = 1")),
    Index("case_turn_of_owner", "newest", "pk", sqlite_where=text("turn_owner = 1")),
    Index("case_turn_of_cio", "newest", "pk", sqlite_where=text("turn_cio = 1")),
    Index("case_turn_of_ciso", "newest", "pk", sqlite_where=text("turn_ciso = 1")),
    Index("case_turn_of_records", "newest", "pk", sqlite_where=text("turn_records = 1")),
    Index("case_alarmed", "newest", "pk", sqlite_where=text("alarms > 0")),
    Index("case_waiting", "newest", "pk", sqlite_where=text("waiting > 0")),
)

case_note = Table(
    "case_note",
    metadata,
    Column("case_pk", Integer, ForeignKey("use_case.pk"), nullable=False),
    _text("sort"),  # alarm, waiting, oddity
    _whole("position"),
    _text("act_id"),
    _text("code"),
    _text("text"),
    _text("waits_for"),
    PrimaryKeyConstraint("case_pk", "sort", "position"),
    Index("case_note_by_sort", "sort", "case_pk"),
)

case_want = Table(
    "case_want",
    metadata,
    _text("name"),  # an act that acts of this case name and that is not among them
    Column("case_pk", Integer, ForeignKey("use_case.pk"), nullable=False),
    PrimaryKeyConstraint("name", "case_pk"),
    Index("case_want_by_case", "case_pk"),
)

person = Table(
    "person",
    metadata,
    Column("person", Text, primary_key=True, nullable=False),
    _text("name"),
    _text("unit"),
    _text("roles"),
    _text("certificates"),
)

waiting_room = Table(
    "waiting_room",
    metadata,
    Column("act_pk", Integer, ForeignKey("act.pk"), primary_key=True),
    _whole("size"),
    _text("code"),
)

head = Table(
    "head",
    metadata,
    _text("case_id"),
    Column("checkpoint_pk", Integer, ForeignKey("act.pk"), nullable=False),
    _text("act_id"),
    PrimaryKeyConstraint("case_id", "checkpoint_pk", "act_id"),
    Index("head_by_checkpoint", "checkpoint_pk"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("act_pk", Integer, ForeignKey("act.pk"), primary_key=True),
    _text("act_id"),
)

counter = Table(
    "counter",
    metadata,
    _text("facet"),
    _text("value"),
    _whole("count"),
    PrimaryKeyConstraint("facet", "value"),
)

PROJECTIONS = (case_note, case_want, case_row, person, waiting_room, head, checkpoint, counter)
"""What ``rebuild`` throws away, together with the full-text indexes ``case_fts`` and ``case_words``."""
