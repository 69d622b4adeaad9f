"""The tables of what a person wrote about a use case and has not signed; see ``schema`` for the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text, TypedColumns, UniqueConstraint

from intake.register.store.schema import metadata


class UnsignedOpinionColumns(TypedColumns):
    pk = Column(Integer, primary_key=True)
    person = Column(Text, nullable=False)
    case_id = Column(Text, nullable=False)
    began = Column(Text, nullable=False)  # JSON
    changes = Column(Integer, nullable=False)
    changed = Column(Text, nullable=False)


unsigned_opinion = Table("unsigned_opinion", metadata, UnsignedOpinionColumns, UniqueConstraint("person", "case_id"))


class UnsignedPartColumns(TypedColumns):
    opinion_pk = Column(Integer, ForeignKey("unsigned_opinion.pk", ondelete="CASCADE"), nullable=False)
    part = Column(Text, nullable=False)
    value = Column(Text, nullable=False)  # JSON


unsigned_part = Table("unsigned_part", metadata, UnsignedPartColumns, PrimaryKeyConstraint("opinion_pk", "part"))
