"""What a playbook judges from answers: tier rules, threats, controls, duties, classifications and contradictions.

Only the shape is here, as frozen data; ``assessment`` puts it to work. Every item that asks something of a person has a
``why`` and at least one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.base.wording import Caption, words
from intake.domain.playbook.questions import Setting, Source
from intake.domain.playbook.rules import Condition
from intake.domain.terms.boundaries import Boundary
from intake.domain.terms.tier import Tier


class TierLane(StrEnum):
    """The path a tier takes, from shortest to the one that ends at once."""

    FAST = "fast"
    JOINT = "joint"
    JOINT_BOARD = "joint and board notice"
    STOP = "stop"


class Area(StrEnum):
    """What a threat touches or a control limits: one of the four boundaries, or how the house is run."""

    DATA_ACCESS = "data_access"
    MODEL_SCOPE = "model_scope"
    SYSTEM_INTEGRATION = "system_integration"
    USER_PERMISSIONS = "user_permissions"
    GOVERNANCE = "governance"

    @property
    def label(self) -> str:
        return words(_GOVERNANCE() if self is Area.GOVERNANCE else Boundary(self.value).named)


_GOVERNANCE = Caption("AreaGovernance", "Governance")


class ControlStage(StrEnum):
    """By when a control must work."""

    BEFORE_PILOT = "before pilot"
    BEFORE_SCALE_UP = "before scale-up"
    IN_OPERATION = "in operation"
    AT_RETIREMENT = "at retirement"


@dataclass(frozen=True, slots=True)
class TierRule:
    """When it holds, the use case is of this tier or a higher one; ``sentence`` tells a person why.

    ``lowered_by`` says in a sentence what would lower it. ``applies_from`` is the day (or empty) from which on the law
    cited demands it; the rule holds before that day as well, because what is decided today runs on into it.
    """

    id: str
    tier: Tier
    sentence: str
    sources: tuple[Source, ...]
    when: Condition
    lowered_by: str = ""
    applies_from: str = ""


@dataclass(frozen=True, slots=True)
class TierPath:
    """What a tier is called, the lane it takes and why. ``days`` to decide; ``valid_days`` an approval lasts at most."""

    tier: Tier
    label: str
    lane: TierLane
    lane_label: str
    sentence: str
    why: str
    sources: tuple[Source, ...]
    days: int
    valid_days: int


@dataclass(frozen=True, slots=True)
class Threat:
    id: str
    title: str
    why: str
    area: Area
    sources: tuple[Source, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class Control:
    """Something done against threats.

    It applies when one of its threats does (if it names any) and its condition holds (if it has one). ``text`` says what
    to do, ``stage`` by when it must work. ``proposes`` tightens boundary fields; ``owner`` is a role in plain words.
    """

    id: str
    title: str
    why: str
    area: Area
    owner: str
    stage: ControlStage
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]
    text: str = ""
    mitigates: tuple[str, ...] = ()
    when: Condition | None = None
    proposes: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What the law or the house demands.

    ``due`` says by when in words, ``by`` the step it belongs to; ``applies_from`` is the day the law sets, or empty.
    """

    id: str
    text: str
    why: str
    who: str
    due: str
    sources: tuple[Source, ...]
    when: Condition
    applies_from: str = ""
    by: ControlStage | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not fit together. It is pointed out to the owner and to the offices, and stops nobody."""

    id: str
    sentence: str
    why: str
    sources: tuple[Source, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a classification. The last one has no condition."""

    id: str
    label: str
    sentence: str
    sources: tuple[Source, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """What a law or a standard calls the use case, beside the tier. Levels are listed strictest first; the first that holds,
    or that nobody can rule out, is taken.
    """

    id: str
    title: str
    why: str
    sources: tuple[Source, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A short text on why things are as they are, read and acknowledged by those who work with AI."""

    id: str
    title: str
    text: tuple[str, ...]
    sources: tuple[Source, ...]
