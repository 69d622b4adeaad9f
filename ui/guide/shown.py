"""A draft as every view of the guide shows it: worked out once after each change, and handed to all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intake.domain.assessment.assessment import Assessment
from intake.domain.guide.choosing import AnswerChoice
from intake.domain.guide.guide import Compared, Guide
from intake.domain.guide.progress import GuideTask
from intake.domain.playbook.answer_checks import AnswerProblem, Hint, Typed
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole, Route
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from ui.guide.work import OpenedDraft

if TYPE_CHECKING:
    from intake.domain.assessment.lowering import Lowering
    from intake.services.filing.filing import DraftView
    from intake.services.filing.revising import Revising

_WORDS_ONLY = (QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.PERSON, QuestionKind.TEXTS)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A question nobody could answer yet. ``ask`` names who will know, or is empty."""

    question: Question
    ask: str


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """``advice`` and ``lowering`` come a moment later, from the register's lane; None until then.

    ``hints`` are the guide's own and the advice, each thing said once. ``labels`` has the short name of each question.
    """

    opened: OpenedDraft
    advice: tuple[Hint, ...] = ()
    lowering: tuple[Lowering, ...] = ()
    route: Route | None = field(init=False, compare=False, repr=False)
    tasks: tuple[GuideTask, ...] = field(init=False, compare=False, repr=False)
    problems: tuple[AnswerProblem, ...] = field(init=False, compare=False, repr=False)
    hints: tuple[Hint, ...] = field(init=False, compare=False, repr=False)
    hidden: tuple[Question, ...] = field(init=False, compare=False, repr=False)
    open_points: tuple[OpenPoint, ...] = field(init=False, compare=False, repr=False)
    changes: tuple[Compared, ...] = field(init=False, compare=False, repr=False)
    choices: tuple[AnswerChoice, ...] = field(init=False, compare=False, repr=False)
    labels: Mapping[str, str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        guide, revising = self.guide, self.revising
        asked = {question.id for question in guide.known.shown}
        advice = tuple(hint for hint in self.advice if hint.question in asked)
        made = {
            "route": guide.route,
            "tasks": guide.tasks,
            "problems": guide.problems,
            "hints": tuple(dict.fromkeys((*guide.hints, *advice))),
            "hidden": guide.hidden,
            "open_points": tuple(OpenPoint(item, guide.answers[item.id].ask) for item in guide.open_points),
            "changes": revising.changes(guide) if revising is not None else (),
            "choices": revising.choices(guide) if revising is not None else (),
            "labels": {question.id: question.label for question in guide.playbook.questions},
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def view(self) -> DraftView:
        return self.opened.view

    @property
    def guide(self) -> Guide:
        return self.opened.view.guide

    @property
    def playbook(self) -> Playbook:
        return self.opened.view.guide.playbook

    @property
    def assessment(self) -> Assessment:
        return self.opened.view.assessment

    @property
    def revising(self) -> Revising | None:
        return self.opened.revising

    @property
    def draft(self) -> str:
        return self.opened.view.row.id

    @property
    def stage(self) -> Stage | None:
        """The stage asked for, as soon as that is said."""
        answer = self.guide.answers.get(self.playbook.role(QuestionRole.STAGE))
        said = answer.value if answer is not None else None
        return Stage(said) if isinstance(said, str) and said in set(Stage) else None

    @property
    def stopped(self) -> bool:
        return self.route is not None and self.route.stops

    def with_view(self, view: DraftView) -> ShownDraft:
        return replace(self, opened=replace(self.opened, view=view))

    def given(self, answers: Mapping[str, Typed | Answer]) -> ShownDraft:
        """As it will be once these are stored, so that what they bring is seen at once."""
        guide = self.guide
        for name, value in answers.items():
            guide = guide.put(name, value)
        if guide is self.guide:
            return self
        return self.with_view(
            replace(self.view, guide=guide, assessment=self.view.engine.judge(guide.playbook, guide.known))
        )


def bears_on_others(question: Question) -> bool:
    """Whether an answer can bring or hide questions or move the tier: words alone cannot."""
    return question.kind not in _WORDS_ONLY


def worded(shown: ShownDraft, questions: Sequence[str]) -> str:
    """The short names of these questions, one after the other."""
    return ", ".join(shown.labels.get(name, name) for name in questions)
