"""Whether terms are what the owner proposed by filing, and where they part from it (rule R11).

Stage, boundaries and conditions are the owner’s to bear. From when until when an approval holds, and what both offices give up
as missing, is theirs to say: a revision proposes neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.differences import TermsDifference, differences, tighter_side
from intake.domain.terms.in_lines import TermsPoint, changes
from intake.domain.terms.terms import GRANTABLE, Stage, Terms

STAGE_POINT, _CONDITIONS = "stage", "conditions"


@dataclass(frozen=True, slots=True)
class PartedPoint:
    """A point in which decided terms are not what was proposed; ``tightened`` where they allow less or ask for more.

    ``about`` names it in an answer: ``stage``, the path of a boundary field, or the digest of a condition.
    """

    about: str
    tightened: bool


def parted_points(stage: Stage, proposed: Boundaries, given: Terms) -> tuple[PartedPoint, ...]:
    """In the order of the screen; none where these are the terms that were proposed."""
    return tuple(_points(stage, proposed, given))


def _points(stage: Stage, proposed: Boundaries, given: Terms) -> Iterator[PartedPoint]:
    if given.stage is not stage:
        yield PartedPoint(STAGE_POINT, GRANTABLE.index(given.stage) < GRANTABLE.index(stage))
    one, other = proposed.table, given.boundaries.table
    newer, older = (one, other) if one.number >= other.number else (other, one)
    for path in dict.fromkeys(item.path for item in (*newer, *older)):
        both = path in one and path in other
        if not both:
            yield PartedPoint(path, False)
        elif proposed[path] != given.boundaries[path]:
            yield PartedPoint(path, tighter_side(path, proposed, given.boundaries) == "right")
    for condition in given.conditions:
        yield PartedPoint(condition.digest, True)


def shown_points(
    stage: Stage, proposed: Boundaries, given: Terms, names: Mapping[str, str]
) -> tuple[tuple[str, TermsDifference, TermsPoint], ...]:
    """The same to be said, each by what an answer calls it: left is what was asked for, right what was decided. ``names`` are
    people by id.
    """
    conditions = iter(given.conditions)
    asked = replace(given, stage=stage, boundaries=proposed, conditions=())
    return tuple(
        (next(conditions).digest if item.path == _CONDITIONS else item.path, item, point)
        for item, point in zip(differences(asked, given), changes(asked, given, names), strict=True)
    )
