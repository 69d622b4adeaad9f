"""A playbook as a whole: one version of the content, named by its digest, with what looks things up in it.

It is made by ``intake.domain.playbook.reading.playbook``, which reads and checks it; the shapes of its parts are in ``questions``
and ``judged``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TypeAlias

from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.playbook import rules
from intake.domain.playbook.judged import (
    Chapter,
    Classification,
    Contradiction,
    Control,
    Duty,
    Level,
    Threat,
    TierPath,
    TierRule,
)
from intake.domain.playbook.questions import Framework, PlaybookSection, Question, QuestionRole, Route, Source
from intake.domain.terms.tier import Tier

FORMAT = "countersign/playbook/1"

Cited: TypeAlias = (
    Question | Route | TierRule | TierPath | Threat | Control | Duty | Contradiction | Classification | Level | Chapter
)


@dataclass(frozen=True, repr=False)
class Playbook:
    """One version of the content. Made by ``playbook.load`` or ``playbook.from_json``, which check it as a whole.

    ``digest`` is the SHA-256 of the canonical JSON, computed once: the name of exactly this content. It has no slots, so
    that what is looked up after every answer is made once (``cached_property`` needs a place to keep it).
    """

    id: str
    version: str
    language: str
    title: str
    roles: tuple[tuple[QuestionRole, str], ...]
    screening: PlaybookSection
    routes: tuple[Route, ...]
    sections: tuple[PlaybookSection, ...]
    rules: tuple[TierRule, ...]
    paths: tuple[TierPath, ...]
    threats: tuple[Threat, ...]
    controls: tuple[Control, ...]
    duties: tuple[Duty, ...]
    frameworks: tuple[Framework, ...]
    contradictions: tuple[Contradiction, ...] = ()
    classifications: tuple[Classification, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    digest: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"<Playbook {self.id} {self.version} {self.digest[:12]}>"

    @property
    def all_sections(self) -> tuple[PlaybookSection, ...]:
        return (self.screening, *self.sections)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the guide, screening first."""
        return tuple(question for section in self.all_sections for question in section.questions)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each question is called, by its id. Terms and acts may name questions that are not among them."""
        return {question.id: question.label for question in self.questions}

    @cached_property
    def settling(self) -> tuple[Question, ...]:
        """Every question, those that decide whether another is shown before it. Raises graphlib.CycleError."""
        before = {question.id: rules.questions(question.shown_if) for question in self.questions}
        return tuple(self.question(name) for name in TopologicalSorter(before).static_order())

    @cached_property
    def gates(self) -> Mapping[str, int]:
        """For each question the number of its ``shown_if``; the many that share one have the same number."""
        numbers: dict[rules.Condition | None, int] = {}
        return {question.id: numbers.setdefault(question.shown_if, len(numbers)) for question in self.questions}

    @cached_property
    def strictest_first(self) -> tuple[TierRule, ...]:
        """The tier rules from the highest tier down, otherwise in their order."""
        return tuple(sorted(self.rules, key=lambda rule: -rule.tier.rank))

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
        yield from self.contradictions
        yield from self.chapters
        for classification in self.classifications:
            yield classification
            yield from classification.levels

    def question(self, name: str) -> Question:
        """Raises KeyError when the playbook has no such question."""
        return self._questions[name]

    def role(self, role: QuestionRole) -> str:
        """The id of the question with this role, or nothing; every playbook has a title and a stage."""
        return self._roles.get(role, "")

    def framework(self, name: str) -> Framework:
        return {framework.id: framework for framework in self.frameworks}[name]

    def path(self, tier: Tier) -> TierPath:
        return {path.tier: path for path in self.paths}[tier]

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _roles(self) -> Mapping[QuestionRole, str]:
        return dict(self.roles)

    def cited(self, source: Source) -> str:
        """A source in one line, as in “Artificial Intelligence Act, Art. 26(6): Keep logs”."""
        framework = self.framework(source.framework)
        return f"{framework.title}, {source.ref}: {framework.titled(source.ref)}"

    def as_json(self) -> dict[str, Json]:
        """The whole content, without what is left at its default; ``playbook.from_json`` reads it."""
        made = _plain(self)
        assert isinstance(made, dict)
        return {"format": FORMAT, **made}

    @cached_property
    def blob(self) -> bytes:
        """The canonical JSON, in which it travels; written once, for every draft and every revision carries it."""
        return canonical.dump(self.as_json())


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
