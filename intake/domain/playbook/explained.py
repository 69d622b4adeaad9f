"""Every question, rule, threat, control, duty and classification of a playbook with its reason and its sources.

One flat list made from the playbook itself, so that the screen that explains, the guide and the review all say the same
words. It can be searched; nothing here knows a draft or a case.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.base.visible import as_sought
from intake.domain.playbook import rules
from intake.domain.playbook.judged import Classification, Control, Duty, Threat, TierRule
from intake.domain.playbook.questions import Question, Source
from intake.domain.playbook.rules import Condition
from intake.domain.playbook.whole import Playbook


class Topic(StrEnum):
    """What is explained, in the order in which people meet it."""

    QUESTION = "question"
    RULE = "rule"
    PATH = "path"
    CLASSIFICATION = "classification"
    THREAT = "threat"
    CONTROL = "control"
    DUTY = "duty"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited place: the framework by its title and identifier, never by an address."""

    framework: str
    ref: str
    title: str
    identifier: str

    @property
    def line(self) -> str:
        return f"{self.framework}, {self.ref}: {self.title}"


@dataclass(frozen=True, slots=True)
class Related:
    """Something else that is explained, to go on to."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One item. ``key`` is ``topic:id``; ``group`` is its heading within its topic, in words.

    ``text`` says what is asked or done, ``why`` its reason. What does not apply is empty.
    """

    key: str
    topic: Topic
    group: str
    title: str
    text: str
    why: str
    sources: tuple[Citation, ...]
    related: tuple[Related, ...] = ()
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    lowered_by: str = ""
    who: str = ""
    due: str = ""
    applies_from: str = ""
    evidence: tuple[str, ...] = ()
    folded: str = ""

    @property
    def id(self) -> str:
        return self.key.partition(":")[2]


def key_of(topic: Topic, name: str) -> str:
    return f"{topic.value}:{name}"


def explained(playbook: Playbook) -> tuple[Explained, ...]:
    """Everything, in the order of topics and within them in the order of the playbook."""
    made = _Explaining(playbook)
    return (
        *made.questions(),
        *(made.rule(item) for item in playbook.rules),
        *made.paths(),
        *(made.classification(item) for item in playbook.classifications),
        *(made.threat(item) for item in playbook.threats),
        *(made.control(item) for item in playbook.controls),
        *(made.duty(item) for item in playbook.duties),
        *made.contradictions(),
    )


def found(items: Iterable[Explained], text: str) -> tuple[Explained, ...]:
    """The items in which every word occurs somewhere, whatever its case or accents; all for an empty text."""
    words = fold(text).split()
    return tuple(item for item in items if all(word in item.folded for word in words))


def fold(text: str) -> str:
    """Text as it is compared: small letters without accents."""
    apart = unicodedata.normalize("NFKD", as_sought(text))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class _Explaining:
    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._questions = {question.id: question for question in playbook.questions}
        self._frameworks = {framework.id: framework for framework in playbook.frameworks}
        self._threats = {threat.id: threat for threat in playbook.threats}

    def questions(self) -> Iterator[Explained]:
        for section in self._playbook.all_sections:
            for question in section.questions:
                yield self._item(
                    Topic.QUESTION,
                    question.id,
                    group=section.title,
                    title=question.text,
                    text=question.label,
                    why=question.why,
                    sources=question.sources,
                    related=self._asked((question.shown_if, question.required_if)),
                    help=" ".join(part for part in (question.help, question.example) if part),
                    options=tuple((option.label, option.hint) for option in question.options),
                )

    def rule(self, item: TierRule) -> Explained:
        return self._item(
            Topic.RULE,
            item.id,
            group=self._playbook.path(item.tier).label,
            title=item.sentence,
            text="",
            why=self._playbook.path(item.tier).why,
            sources=item.sources,
            related=self._asked((item.when,)),
            lowered_by=item.lowered_by,
            applies_from=item.applies_from,
        )

    def paths(self) -> Iterator[Explained]:
        for path in self._playbook.paths:
            yield self._item(
                Topic.PATH,
                path.tier.value,
                group=path.lane_label,
                title=f"{path.label}: {path.lane_label}",
                text=path.sentence,
                why=path.why,
                sources=path.sources,
            )

    def classification(self, item: Classification) -> Explained:
        conditions = tuple(level.when for level in item.levels)
        sources = tuple(dict.fromkeys((*item.sources, *(each for level in item.levels for each in level.sources))))
        return self._item(
            Topic.CLASSIFICATION,
            item.id,
            group="",
            title=item.title,
            text="",
            why=item.why,
            sources=sources,
            related=self._asked(conditions),
            options=tuple((level.label, level.sentence) for level in item.levels),
        )

    def threat(self, item: Threat) -> Explained:
        against = (Related(key_of(Topic.CONTROL, control.id), control.title) for control in self._against(item.id))
        return self._item(
            Topic.THREAT,
            item.id,
            group=item.area.label,
            title=item.title,
            text="",
            why=item.why,
            sources=item.sources,
            related=(*against, *self._asked((item.when,))),
        )

    def control(self, item: Control) -> Explained:
        against = (
            Related(key_of(Topic.THREAT, name), self._threats[name].title)
            for name in item.mitigates
            if name in self._threats
        )
        return self._item(
            Topic.CONTROL,
            item.id,
            group=item.area.label,
            title=item.title,
            text=item.text,
            why=item.why,
            sources=item.sources,
            related=(*against, *self._asked((item.when,))),
            who=item.owner,
            due=item.stage.value,
            evidence=item.evidence,
        )

    def duty(self, item: Duty) -> Explained:
        return self._item(
            Topic.DUTY,
            item.id,
            group=item.who,
            title=item.text,
            text="",
            why=item.why,
            sources=item.sources,
            related=self._asked((item.when,)),
            who=item.who,
            due=item.due,
            applies_from=item.applies_from,
        )

    def contradictions(self) -> Iterator[Explained]:
        for item in self._playbook.contradictions:
            yield self._item(
                Topic.CONTRADICTION,
                item.id,
                group="",
                title=item.sentence,
                text="",
                why=item.why,
                sources=item.sources,
                related=self._asked((item.when,)),
            )

    def _against(self, threat: str) -> Iterator[Control]:
        return (control for control in self._playbook.controls if threat in control.mitigates)

    def _asked(self, conditions: Iterable[Condition | None]) -> tuple[Related, ...]:
        """The questions whose answers are looked at."""
        names = dict.fromkeys(name for condition in conditions for name in rules.questions(condition))
        asked: list[Question] = [self._questions[name] for name in names if name in self._questions]
        return tuple(Related(key_of(Topic.QUESTION, question.id), question.label) for question in asked)

    def _item(  # noqa: PLR0913 - all that may be explained of anything
        self,
        topic: Topic,
        name: str,
        *,
        group: str,
        title: str,
        text: str,
        why: str,
        sources: Iterable[Source],
        related: tuple[Related, ...] = (),
        help: str = "",  # noqa: A002 - the word of the playbook
        options: tuple[tuple[str, str], ...] = (),
        lowered_by: str = "",
        who: str = "",
        due: str = "",
        applies_from: str = "",
        evidence: tuple[str, ...] = (),
    ) -> Explained:
        cited = tuple(self._cited(source) for source in sources)
        said = (
            *(name, group, title, text, why, help, lowered_by, who, due, applies_from, *evidence),
            *(part for option in options for part in option),
            *(f"{item.line} {item.identifier}" for item in cited),
        )
        return Explained(
            key=key_of(topic, name),
            topic=topic,
            group=group,
            title=title,
            text=text,
            why=why,
            sources=cited,
            related=related,
            help=help,
            options=options,
            lowered_by=lowered_by,
            who=who,
            due=due,
            applies_from=applies_from,
            evidence=evidence,
            folded=fold("\n".join(said)),
        )

    def _cited(self, source: Source) -> Citation:
        framework = self._frameworks[source.framework]
        return Citation(framework.title, source.ref, framework.titled(source.ref), framework.identifier)
