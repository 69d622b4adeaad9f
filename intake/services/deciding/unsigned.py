"""What a person is writing about a use case and has not signed: changes of its terms, reasons, a comment.

It is kept as it is given, like a draft, and is gone with the act that signs it. The changes of terms are kept with what they
began from, so that it can be said when something else is in question by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain
from intake.domain.case.writing import REASONS, Began, began_from_json, is_words
from intake.domain.terms.boundaries import FieldTable
from intake.domain.terms.edits import TermsEdits, edits_from_json
from intake.domain.terms.terms import Terms
from intake.register.store.unsigned import SignedParts
from intake.register.store.unsigned import UnsignedCount as UnsignedCount  # noqa: PLC0414 - a line of a list, as it is
from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Everything that is written and not signed; ``parts`` is all of it by part, as it is stored.

    ``changes`` is how many changes of terms there were when they were last kept.
    """

    edits: TermsEdits = field(default_factory=TermsEdits)
    began: Began | None = None
    changes: int = 0
    parts: Mapping[str, Json] = field(default_factory=dict)

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
    edits, began = edits_from_json(row.parts, tables.newest), began_from_json(row.began, tables)
    return Unsigned(edits, began, row.changes, row.parts)


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
) -> SignedParts:
    """What of it an opinion signs: its reason, and the changes of ``base`` when these are the terms it gives."""
    found = read(installation, person, case)
    parts: dict[str, Json] = {
        part: value
        for part, value in found.parts.items()
        if part in REASONS and isinstance(value, str) and plain(value) == reason
    }
    if given is not None and _makes(found.edits, base, table, given):
        parts |= {part: value for part, value in found.parts.items() if not is_words(part)}
    return SignedParts(person, case, parts)


def signed_words(
    installation: Installation, person: str, case: str, text: str, *written: tuple[str, ...]
) -> SignedParts:
    """What of it a comment or a withdrawal signs. Each of ``written`` are the part of the words and those that go with them."""
    found = read(installation, person, case)
    said = [part for parts in written if plain(found.words(parts[0])) == text for part in parts]
    return SignedParts(person, case, {part: found.parts[part] for part in said if part in found.parts})


def _makes(edits: TermsEdits, base: Terms, table: FieldTable, given: Terms) -> bool:
    try:
        return edits.over(base, table) == given
    except Refusal:
        return False
