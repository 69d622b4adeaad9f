"""Which questions are asked, given the answers so far, and what is known about each.

A question is shown when its condition holds, and also when it cannot be said because somebody answered “I don't know”:
a doubt never hides a question. Answers to questions that are not shown are no facts; drafts keep them, nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain import rules
from intake.domain.answer_checks import fits
from intake.domain.answers import Answer
from intake.domain.playbook_content import Playbook, Question
from intake.domain.rules import Absent, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """``facts`` has every question of the playbook; ``shown`` are those asked now, in the order of the guide."""

    facts: Mapping[str, Answer | Absent]
    shown: tuple[Question, ...]

    def required(self, question: Question) -> bool:
        """Whether a shown question must be answered (“I don't know” is an answer)."""
        if question.required_if is None:
            return question.required
        found = rules.evaluate(question.required_if, self.facts)
        return found.holds or found.doubted


def asked(playbook: Playbook, answers: Mapping[str, Answer]) -> Asked:
    """What is asked and known. Answers that do not fit their question count as not given yet."""
    known = {question.id: question for question in playbook.questions}
    facts: dict[str, Answer | Absent] = {}
    shown: set[str] = set()

    def settle(question: Question) -> None:
        if question.id in facts:
            return
        for name in rules.questions(question.shown_if):
            settle(known[name])
        found = rules.evaluate(question.shown_if, facts)
        if found.verdict is Verdict.NO:
            facts[question.id] = Absent.NOT_ASKED
        elif not found.holds and not found.doubted:
            facts[question.id] = Absent.MISSING
        else:
            shown.add(question.id)
            usable = _usable(question, answers.get(question.id))
            facts[question.id] = usable or (Absent.MISSING if found.holds else Absent.UNCLEAR)

    for question in playbook.questions:
        settle(question)
    return Asked(facts, tuple(question for question in playbook.questions if question.id in shown))


def _usable(question: Question, answer: Answer | None) -> Answer | None:
    if answer is None:
        return None
    if answer.value is None:
        return answer if question.may_be_unknown else None
    return answer if fits(question, answer.value) else None
