"""The phase of a use case, in the words of the fold. Apart from it, because lists and words need only these.

The meaning of each value is decided in ``fold.case``.
"""

from __future__ import annotations

from enum import StrEnum


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
    SUSPENDED = "suspended"
    CONTESTED = "contested"
    """The offices moved while apart, or one office contradicts itself: they must speak again, knowing everything."""
    CONFLICT = "conflict"
    """Two revisions claim to be the newest."""
    ON_HOLD = "on-hold"
    WITHDRAWN = "withdrawn"


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
