"""Facts: the answers behind a verdict, in the words people read. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.canonical import Json
from intake.domain.guide.asked import Asked
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.rules import ConditionFinding
from intake.domain.playbook.whole import Playbook


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer that fired something: the question's id and the answer in plain words."""

    question: str
    said: str

    def as_json(self) -> dict[str, Json]:
        return {"question": self.question, "said": self.said}


def facts_of(playbook: Playbook, known: Asked, found: ConditionFinding) -> tuple[Fact, ...]:
    """The answers that decided a finding, then those given as “I don't know” that keep it open."""
    made: list[Fact] = []
    for name in (*found.facts, *found.unknown):
        answer = known.facts[name]
        if isinstance(answer, Answer):
            made.append(Fact(name, playbook.question(name).said(answer)))
    return tuple(made)


def as_json(facts: tuple[Fact, ...]) -> list[Json]:
    return [fact.as_json() for fact in facts]
