"""The phase of a use case, in the words of the fold. Apart from it, because lists and words need only these.

The meaning of each value is decided in ``fold.case``.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol


class Phase(StrEnum):
    """The phase of the newest revision. A decision on an earlier revision may be in force beside it."""

    REVIEW = "review"
    """Neither office has given an opinion."""
    COUNTERSIGN = "countersign"
    """One office approves; the other has not spoken."""
    TERMS_DIFFER = "terms-differ"
    CHANGES_REQUESTED = "changes-requested"
    DECLINED = "declined"
    DECIDED = "decided"
    ACCEPTANCE = "acceptance"
    """Both offices decided otherwise than was filed, and the owner has not accepted it."""
    SUSPENDED = "suspended"
    CONTESTED = "contested"
    """The offices moved while apart, or one office contradicts itself: they must speak again, knowing everything."""
    CONFLICT = "conflict"
    """Two revisions claim to be the newest."""
    ON_HOLD = "on-hold"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    """Its owner has ended the use and said what becomes of what it leaves behind."""


BOTH_SIGNED = (Phase.DECIDED, Phase.ACCEPTANCE)
"""Phases in which both offices approve the same terms on the newest revision."""


class RecordGroup(StrEnum):
    """What became of the record of a case: every signed record is in exactly one of these, whatever happens to the case."""

    NONE = ""
    DECIDED = "decided"
    """Both offices agree; a newer revision may be under review beside it."""
    COUNTERSIGN = "countersign"
    """One office has signed; the other has not spoken."""
    UNDECIDED = "undecided"
    """An office has signed a copy, and more than the other's word is missing."""
    ENDED = "ended"
    """It was decided once, and nothing is in force now."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"


EXPIRED = "expired"
"""What is said on a day where what went on has ended by then: a decision, or what was in force before one that the owner has not
accepted. No phase: the fold knows no day.
"""


class WithExpiry(Protocol):
    """What is asked of a row of the register list."""

    @property
    def phase(self) -> str: ...
    @property
    def expires(self) -> date | None: ...


def phase_on(row: WithExpiry, day: date) -> str:
    """The phase as it is to be said on ``day``: what was in force and has ended is expired."""
    return phase_said(row.phase, row.expires, day)


def phase_said(phase: str, expires: date | None, day: date) -> str:
    """The same of a case whose terms in force end on ``expires``."""
    over = phase in BOTH_SIGNED and expires is not None and expires < day
    return EXPIRED if over else phase


class Outcome(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"


class RecordState(StrEnum):
    NONE = "none"
    OPEN = "open"
    """Decided, and the PDF still lacks a signature."""
    SEALED = "sealed"
    CONTRADICTED = "contradicted"
    """Sealed more than once, apart from each other, and in different files."""
