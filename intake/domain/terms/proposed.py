"""Whether terms are what the owner proposed by filing, and where they part from it (rule R11).

Stage, boundaries and conditions are the owner’s to bear. From when until when an approval holds, and what both offices give up
as missing, is theirs to say: a revision proposes neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.differences import compared_fields
from intake.domain.terms.terms import GRANTABLE, Stage, Terms

STAGE_POINT = "stage"


def parted_points(stage: Stage, proposed: Boundaries, given: Terms) -> tuple[str, ...]:
    """The points in which ``given`` is not what was proposed: the stage, paths of boundary fields, digests of conditions."""
    return tuple(point for point, _ in _points(stage, proposed, given))


def tightened_points(stage: Stage, proposed: Boundaries, given: Terms) -> tuple[str, ...]:
    """Those of them in which it allows less, or asks for more."""
    return tuple(point for point, tighter in _points(stage, proposed, given) if tighter)


def _points(stage: Stage, proposed: Boundaries, given: Terms) -> Iterator[tuple[str, bool]]:
    if given.stage is not stage:
        yield STAGE_POINT, GRANTABLE.index(given.stage) < GRANTABLE.index(stage)
    for item in compared_fields(proposed, given.boundaries):
        if item.differs:
            yield item.field.path, item.tighter == "right"
    for condition in given.conditions:
        yield condition.digest, True
