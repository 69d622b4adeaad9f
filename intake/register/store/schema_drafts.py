"""The tables of drafts: what a person has answered and not filed, with its files; see ``schema`` for the others."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from intake.register.store.schema import metadata


class DraftColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)
    draft_id = Column(Text, nullable=False)
    person = Column(Text, nullable=False)
    case_id = Column(Text, nullable=False)  # empty for a new use case
    playbook = Column(Text, nullable=False)
    title = Column(Text, nullable=False)
    created = Column(Text, nullable=False)
    changed = Column(Text, nullable=False)
    removed = Column(Text)


draft = Table("draft", metadata, DraftColumns, UniqueConstraint("draft_id"))


class DraftAnswerColumns(TypedColumns):
    draft_pk = Column(Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False)
    question = Column(Text, nullable=False)
    value = Column(Text, nullable=False)
    changed = Column(Text, nullable=False)


draft_answer = Table("draft_answer", metadata, DraftAnswerColumns, PrimaryKeyConstraint("draft_pk", "question"))


class DraftFileColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)
    draft_pk = Column(Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False)
    question = Column(Text, nullable=False)
    sha256 = Column(Text, nullable=False)
    name = Column(Text, nullable=False)
    media_type = Column(Text, nullable=False)
    size = Column(Integer, nullable=False)
    bytes = Column(LargeBinary, nullable=False)


draft_file = Table("draft_file", metadata, DraftFileColumns, UniqueConstraint("draft_pk", "question", "sha256"))


class DraftSeenColumns(TypedColumns):
    """Nothing for a draft of a new use case, nor for one that an earlier version began."""

    draft_pk = Column(Integer, ForeignKey("draft.pk", ondelete="CASCADE"), nullable=False)
    act_id = Column(Text, nullable=False)


draft_seen = Table("draft_seen", metadata, DraftSeenColumns, PrimaryKeyConstraint("draft_pk", "act_id"))
