"""How a use case moves between its stages: one table, which everything that decides about a stage asks.

A board member can read it: from which stage to which, and what that takes. What is not in the table cannot be done. Before the
first decision, and once nothing is in force any more, a use case is an idea.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, worded
from intake.domain.terms.terms import GRANTABLE, Stage


class StepNeeds(StrEnum):
    """What a step from one stage to another takes."""

    BOTH = "both"
    GATE = "gate"
    WAIVER = "waiver"
    OWNER = "owner"


_SAID = worded(
    Sentence,
    {
        StepNeeds.BOTH: ("StepNeedsBoth", "Both offices approve the same terms."),
        StepNeeds.GATE: (
            "StepNeedsGate",
            "Both offices approve the same terms, on what was in force when it was filed and ended 90 days before at most.",
        ),
        StepNeeds.WAIVER: (
            "StepNeedsWaiver",
            "Both offices approve the same terms, which waive the pilot with a reason.",
        ),
        StepNeeds.OWNER: ("StepNeedsOwner", "The owner does it alone, and it counts at once."),
    },
)

_IDEA, _PILOT, _SCALED, _RETIRED = Stage
_BOTH, _GATE, _WAIVER, _OWNER = StepNeeds


@dataclass(frozen=True, slots=True)
class StageStep:
    """From what is in force to what is to be."""

    before: Stage
    after: Stage
    needs: StepNeeds

    @property
    def said(self) -> Reason:
        """What it takes, in a sentence."""
        return _SAID[self.needs]()


STEPS = (
    StageStep(_IDEA, _IDEA, _BOTH),
    StageStep(_IDEA, _PILOT, _BOTH),
    StageStep(_IDEA, _SCALED, _WAIVER),
    StageStep(_IDEA, _RETIRED, _OWNER),
    StageStep(_PILOT, _IDEA, _BOTH),
    StageStep(_PILOT, _PILOT, _BOTH),
    StageStep(_PILOT, _SCALED, _GATE),
    StageStep(_PILOT, _RETIRED, _OWNER),
    StageStep(_SCALED, _IDEA, _BOTH),
    StageStep(_SCALED, _PILOT, _BOTH),
    StageStep(_SCALED, _SCALED, _GATE),
    StageStep(_SCALED, _RETIRED, _OWNER),
    StageStep(_RETIRED, _IDEA, _BOTH),
    StageStep(_RETIRED, _PILOT, _BOTH),
    StageStep(_RETIRED, _SCALED, _WAIVER),
)
"""Every step there is. One that both offices take is granted by terms, on a revision that asks for it or for a larger one."""

_BY_STAGES = {(item.before, item.after): item for item in STEPS}


def step(before: Stage, after: Stage) -> StageStep | None:
    """The step from one stage to another; None where there is none."""
    return _BY_STAGES.get((before, after))


def runs(stage: Stage | str) -> bool:
    """Whether anything is used at this stage, so that it has to stop when its approval does."""
    return stage in (_PILOT, _SCALED)


def larger(one: Stage, other: Stage) -> bool:
    """Whether ``one`` allows more than ``other``; both can be granted."""
    return GRANTABLE.index(one) > GRANTABLE.index(other)


def granted_to(before: Stage, asked: Stage) -> tuple[StageStep, ...]:
    """What can be granted to who asks for a stage, from the smallest: nobody is granted more than they answered for."""
    found = (step(before, after) for after in GRANTABLE if not larger(after, asked))
    return tuple(item for item in found if item is not None)
