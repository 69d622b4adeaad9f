"""What a person is writing about a use case and has not signed: changes of its terms, reasons, a comment.

It is kept as it is given, like a draft, and is gone with the act that signs it. The changes of terms are kept with what they
began from, so that it can be said when something else is in question by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.acts.kinds import Office
from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import FieldTable, FieldTables
from intake.domain.terms.edits import TermsEdits, edits_from_json
from intake.domain.terms.terms import Terms, from_json
from intake.register.store.unsigned import WORDS, Signed
from intake.register.store.unsigned import UnsignedCount as UnsignedCount  # noqa: PLC0414 - a line of a list, as it is
from intake.services.installation.installation import Installation

REASON, COMMENT, ABOUT, CONDITION, WITHDRAWAL = (
    f"{WORDS}{name}" for name in ("reason.", "comment", "about", "condition", "withdrawal")
)
"""The parts that are no terms. ``REASON`` is followed by what the reason is for; ``CONDITION`` is one still being typed."""


@dataclass(frozen=True, slots=True)
class Began:
    """What changes of terms began from: the terms of an ``office``, or (None) what the playbook proposed for a revision."""

    revision: str
    number: int
    office: Office | None
    terms: Terms

    def as_json(self) -> Json:
        return {
            "revision": self.revision,
            "number": self.number,
            "office": self.office.value if self.office else "",
            "terms": self.terms.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Everything that is written and not signed; ``parts`` is all of it by part, as it is stored."""

    edits: TermsEdits = field(default_factory=TermsEdits)
    began: Began | None = None
    parts: Mapping[str, Json] = field(default_factory=dict)
    changed: datetime | None = None

    def words(self, part: str) -> str:
        """The words of one part; empty when there are none."""
        found = self.parts.get(part)
        return found if isinstance(found, str) else ""


def read(installation: Installation, person: str, case: str) -> Unsigned:
    """What ``person`` has written about ``case``."""
    row = installation.register.unsigned.get(person, case)
    if row is None:
        return Unsigned()
    tables = installation.capabilities.tables
    return Unsigned(edits_from_json(row.parts, tables.newest), _began(row.began, tables), row.parts, row.changed)


def keep(
    installation: Installation,
    person: str,
    case: str,
    parts: Mapping[str, Json],
    *,
    began: Began | None = None,
    changes: int | None = None,
    begin_again: bool = False,
) -> None:
    """Keep parts, durably before this returns; a part that is None is taken away. Raises DiskFull, HomeReadOnly and their kin.

    ``began`` is what the changes of terms begin from, if they begin now, or when told to ``begin_again``; ``changes`` is how many
    there are, None where only words are kept.
    """
    installation.register.unsigned.keep(
        person,
        case,
        parts,
        began=began.as_json() if began else None,
        changes=changes,
        begin_again=begin_again,
    )


def counts(installation: Installation, person: str) -> tuple[UnsignedCount, ...]:
    """How many changes of terms this person has not signed, by case, the one changed last first."""
    return installation.register.unsigned.counts(person)


def signed_opinion(
    installation: Installation, person: str, case: str, base: Terms, table: FieldTable, given: Terms | None, reason: str
) -> Signed:
    """What of it an opinion signs: its reason, and the changes of ``base`` when these are the terms it gives."""
    found = read(installation, person, case)
    parts: dict[str, Json] = {
        part: value
        for part, value in found.parts.items()
        if part.startswith(REASON) and isinstance(value, str) and value.strip() == reason
    }
    if given is not None and _makes(found.edits, base, table, given):
        parts |= {part: value for part, value in found.parts.items() if not part.startswith(WORDS)}
    return Signed(person, case, parts)


def signed_words(installation: Installation, person: str, case: str, text: str, *parts: str) -> Signed:
    """What of it a comment or a withdrawal signs: the first of ``parts`` when it says just that, and the others with it."""
    found = read(installation, person, case)
    said = found.words(parts[0]).strip() == text
    return Signed(person, case, {part: found.parts[part] for part in parts if said and part in found.parts})


def _makes(edits: TermsEdits, base: Terms, table: FieldTable, given: Terms) -> bool:
    try:
        return edits.over(base, table) == given
    except Refusal:
        return False


def _began(value: Json, tables: FieldTables) -> Began | None:
    if not isinstance(value, Mapping):
        return None
    revision, number, office = value.get("revision"), value.get("number"), value.get("office")
    try:
        terms = from_json(value.get("terms"), tables)
    except Refusal:
        return None
    if not isinstance(terms, Terms) or not isinstance(revision, str) or not isinstance(number, int):
        return None
    return Began(revision, number, next((item for item in Office if item.value == office), None), terms)
