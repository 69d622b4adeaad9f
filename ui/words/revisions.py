"""What a revision in a comparison is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.domain.base.words import short
from ui.formatting import moment_words
from ui.texts import Texts

if TYPE_CHECKING:
    from intake.services.filing.comparing import ComparedRevision


def revision_words(side: ComparedRevision) -> str:
    """Its number with who signed it and when; revisions that compete share a number, so its digest tells them apart."""
    words = RevisionTexts.tr("Revision {number} ({digest}), signed by {name}, {moment}")
    return words.format(number=side.number, digest=short(side.id), name=side.name, moment=moment_words(side.at))


def revision_names(sides: Sequence[ComparedRevision]) -> list[str]:
    """Revisions in few words: by number, and with the digest where two share one."""
    numbers = [side.number for side in sides]
    return [
        RevisionTexts.tr("Revision {number}").format(number=side.number)
        if numbers.count(side.number) == 1
        else RevisionTexts.tr("Revision {number} ({digest})").format(number=side.number, digest=short(side.id))
        for side in sides
    ]


def dated(name: str, side: ComparedRevision) -> str:
    """A revision by ``name`` with the moment when it was signed."""
    return RevisionTexts.tr("{revision}, {moment}").format(revision=name, moment=moment_words(side.at))


class RevisionTexts(Texts):
    pass
