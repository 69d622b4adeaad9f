"""What a playbook holds: questions, routes, tier rules, threats, controls, duties and where each comes from.

Only the shape is here, as frozen data; it is read and checked in ``playbook_reading`` and ``playbook_checks``, and used
through ``intake.domain.playbook``. Every item that asks something of a person has a ``why`` and at least one source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TypeAlias

from intake.domain import rules
from intake.domain.answers import Answer
from intake.domain.boundaries import Value as Limit
from intake.domain.canonical import Json
from intake.domain.rules import Condition
from intake.domain.tier import Tier

FORMAT = "countersign/playbook/1"

UNKNOWN_WORDS = "I don’t know"


class Kind(StrEnum):
    """How a question is answered, and what value the answer has."""

    TEXT = "text"  # one line: str
    LONG_TEXT = "long text"  # several lines: str
    CHOICE = "choice"  # the id of one option: str
    CHOICES = "choices"  # ids of options in their order: tuple of str
    YES_NO = "yes or no"  # bool
    NUMBER = "number"  # a whole number: int
    DATE = "date"  # a day as 2026-11-22: str
    PERSON = "person"  # the name of a person or role: str
    TEXTS = "list of texts"  # a list of short texts: tuple of str
    FILES = "files"  # evidence: tuple of Attachment


class Lane(StrEnum):
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
        return self.value.replace("_", " ").capitalize()


class Step(StrEnum):
    """By when a control must work."""

    BEFORE_PILOT = "before pilot"
    BEFORE_SCALE_UP = "before scale-up"
    IN_OPERATION = "in operation"
    AT_RETIREMENT = "at retirement"


class Role(StrEnum):
    """Questions that other rooms need to find whatever they are called in this playbook."""

    TITLE = "title"
    UNIT = "unit"
    STAGE = "stage"  # its options are "pilot" and "scaled"
    PROBLEM = "problem"
    BENEFIT = "benefit"
    PEOPLE = "people"
    INFLUENCE = "influence"
    EVIDENCE = "evidence"


Setting: TypeAlias = tuple[str, Limit]
"""A boundary field by its path, such as ``data_access.vendor_training``, and a value for it."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a framework: the framework's id here and its own reference, as in ("eu-ai-act", "Art. 26(2)")."""

    framework: str
    ref: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited place of a framework with its title."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """Something cited: a law, a standard, a catalogue. ``identifier`` names it without an address."""

    id: str
    title: str
    publisher: str
    version: str
    identifier: str
    refs: tuple[Reference, ...] = ()

    def titled(self, ref: str) -> str:
        """The title of one cited place. Raises KeyError."""
        return {item.ref: item.title for item in self.refs}[ref]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. ``sets`` are the boundary values it asks for; ``alone`` rules out choosing others too."""

    id: str
    label: str
    hint: str = ""
    alone: bool = False
    sets: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``label`` is its short name in tables, ``why`` one plain sentence that always stands beside it.

    ``least`` and ``most`` bound a number, the characters of a text, or how many entries are given; ``item_most`` bounds
    the characters of each short text. ``boundary`` names the boundary field the answer asks for. ``required_if`` makes a
    question required only then; otherwise ``required`` says.
    """

    id: str
    label: str
    text: str
    why: str
    kind: Kind
    sources: tuple[Source, ...]
    help: str = ""
    example: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    required_if: Condition | None = None
    shown_if: Condition | None = None
    may_be_unknown: bool = True
    least: int = 0
    most: int | None = None
    item_most: int = 200
    boundary: str = ""

    def option(self, name: str) -> Option | None:
        return next((option for option in self.options if option.id == name), None)

    def said(self, answer: Answer) -> str:
        """The answer in plain words, the same on screen and on paper; several entries stand one per line."""
        value = answer.value
        if value is None:
            return UNKNOWN_WORDS
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, int):
            return f"{value} {self.unit}".strip()
        if isinstance(value, tuple):
            return "\n".join(self._worded(entry) if isinstance(entry, str) else entry.name for entry in value)
        return self._worded(value)

    def _worded(self, value: str) -> str:
        option = self.option(value) if self.options else None
        return option.label if option else value


@dataclass(frozen=True, slots=True)
class Page:
    """One to five related questions shown together."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the task list."""

    id: str
    title: str
    intro: str
    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True, slots=True)
class Route:
    """Where the screening questions lead. The first route that holds is taken; the last one has no condition.

    ``stops`` ends the guide there; ``instead`` says what to do then. ``minutes`` is the expected time.
    """

    id: str
    title: str
    explanation: str
    instead: str = ""
    stops: bool = False
    minutes: int = 0
    have_ready: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class TierRule:
    """When it holds, the use case is of this tier or a higher one; ``sentence`` tells a person why."""

    id: str
    tier: Tier
    sentence: str
    sources: tuple[Source, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class TierPath:
    """What a tier is called, the lane it takes and why. ``days`` to decide; ``valid_days`` an approval lasts at most."""

    tier: Tier
    label: str
    lane: Lane
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

    It applies when one of its threats does (if it names any) and its condition holds (if it has one). ``proposes`` tightens boundary fields; ``owner`` is a role in plain words.
    """

    id: str
    title: str
    why: str
    area: Area
    owner: str
    stage: Step
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]
    mitigates: tuple[str, ...] = ()
    when: Condition | None = None
    proposes: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What the law or the house demands. ``due`` says by when in words; ``applies_from`` is a day or empty."""

    id: str
    text: str
    why: str
    who: str
    due: str
    sources: tuple[Source, ...]
    when: Condition
    applies_from: str = ""


Cited: TypeAlias = Question | Route | TierRule | TierPath | Threat | Control | Duty


@dataclass(frozen=True, slots=True, repr=False)
class Playbook:
    """One version of the content. Made by ``playbook.load`` or ``playbook.from_json``, which check it as a whole.

    ``digest`` is the SHA-256 of the canonical JSON, computed once: the name of exactly this content.
    """

    id: str
    version: str
    language: str
    title: str
    roles: tuple[tuple[Role, str], ...]
    screening: Section
    routes: tuple[Route, ...]
    sections: tuple[Section, ...]
    rules: tuple[TierRule, ...]
    paths: tuple[TierPath, ...]
    threats: tuple[Threat, ...]
    controls: tuple[Control, ...]
    duties: tuple[Duty, ...]
    frameworks: tuple[Framework, ...]
    digest: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"<Playbook {self.id} {self.version} {self.digest[:12]}>"

    @property
    def all_sections(self) -> tuple[Section, ...]:
        return (self.screening, *self.sections)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the guide, screening first."""
        return tuple(question for section in self.all_sections for question in section.questions)

    @property
    def items(self) -> Iterator[Cited]:
        """Everything that cites sources."""
        yield from self.questions
        yield from self.routes
        yield from self.rules
        yield from self.paths
        yield from self.threats
        yield from self.controls
        yield from self.duties

    def question(self, name: str) -> Question:
        """Raises KeyError when the playbook has no such question."""
        return {question.id: question for question in self.questions}[name]

    def role(self, role: Role) -> str:
        """The id of the question with this role, or nothing; every playbook has a title and a stage."""
        return dict(self.roles).get(role, "")

    def framework(self, name: str) -> Framework:
        return {framework.id: framework for framework in self.frameworks}[name]

    def path(self, tier: Tier) -> TierPath:
        return {path.tier: path for path in self.paths}[tier]

    def cited(self, source: Source) -> str:
        """A source in one line, as in “Artificial Intelligence Act, Art. 26(6): Keep logs”."""
        framework = self.framework(source.framework)
        return f"{framework.title}, {source.ref}: {framework.titled(source.ref)}"

    def as_json(self) -> dict[str, Json]:
        """The whole content, without what is left at its default; ``playbook.from_json`` reads it."""
        made = _plain(self)
        assert isinstance(made, dict)
        return {"format": FORMAT, **made}


def _plain(value: object) -> Json:
    """Frozen content as JSON: enums as their words, conditions as their tables, sources as one text."""
    match value:
        case StrEnum():
            return value.value
        case rules.All() | rules.AnyOf() | rules.Not() | rules.Says() | rules.FromTier():
            return rules.as_json(value)
        case Source(framework, ref):
            return f"{framework}: {ref}"
        case bool() | int() | str() | None:
            return value
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(entry) for entry in value]
    made: dict[str, Json] = {}
    for item in fields(value):  # type: ignore[arg-type]  # every remaining value is one of the dataclasses above
        found = getattr(value, item.name)
        if found == item.default or item.name == "digest":
            continue
        if item.name == "refs":
            made[item.name] = {reference.ref: reference.title for reference in found}
        elif item.name in {"sets", "proposes", "roles"}:
            made[item.name] = {str(name): _plain(one) for name, one in found}
        else:
            made[item.name] = _plain(found)
    return made
