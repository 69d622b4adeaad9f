"""A pair of opinions, and what became of it (rules R5, R6 and R12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.base.reasons import Reason


class Fate(StrEnum):
    """What became of a pair. Only one in force is a decision."""

    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    """It would be in force; an office has suspended the case, and both have not lifted it."""
    SUPERSEDED = "superseded"
    UNJUDGED = "unjudged"
    """Both offices agree, on terms that only a newer version can read. What they had agreed on before is over."""
    VOID = "void"
    """The countersigner had already seen that the other office had moved on."""
    CONTESTED = "contested"
    """The offices moved while apart; both must speak again, knowing everything."""
    ON_HOLD = "on hold"
    """Something else about the case must be settled before anything can be approved."""


HELD_BACK = (Fate.SUSPENDED, Fate.CONTESTED, Fate.ON_HOLD)
"""Fates of a pair that somebody may have seen in force, and that may be again. A void one was none from the start, and what is
agreed on terms that only a newer version reads has its own notice.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """``cio`` and ``ciso`` are the act ids of the two opinions. ``against`` lists the acts that speak against it."""

    revision: str
    terms: str
    assessment: str
    cio: str
    ciso: str
    fate: Fate
    reason: Reason | None
    against: tuple[str, ...]

    @property
    def opinions(self) -> tuple[str, str]:
        return (self.cio, self.ciso)


def fated(pair: Pair, fate: Fate, reason: Reason, against: Iterable[str]) -> Pair:
    """The same pair with another fate, and in id order what speaks against it."""
    return replace(pair, fate=fate, reason=reason, against=tuple(sorted(set(against))))
