"""The boundaries an assessment proposes: as tight as the answers allow, tighter where a control says so.

Every field starts at its tightest value. What the answers ask for widens it, just that far; then the controls that apply
draw it in again. Each field names what moved it, so that an office sees why a limit is what it is. Where more is named
than a field holds, the rest is left out and the grounds say so: nobody files or approves such answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.base.canonical import Json
from intake.domain.base.money import more_money
from intake.domain.base.refusals import Refusal
from intake.domain.guide.asked import Asked
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.judged import Control
from intake.domain.playbook.questions import Question, QuestionKind
from intake.domain.terms.boundaries import MAX_ITEMS, Boundaries, BoundaryField, Form, Value
from intake.domain.terms.field_tables import PLAYBOOK_TABLE


class ProposalReason(StrEnum):
    ASKED = "asked"
    TIGHTENED = "tightened"
    LEFT_OUT = "left_out"


class BoundaryOverfull(Refusal):
    what = "Together the answers name more than the boundary “{field}” holds: {limit} entries."
    why = "What does not fit would be left out of the limits that both offices sign, and nobody would see that it is."
    next = "Join entries that mean the same, or file two use cases. It is about: {where}"


@dataclass(frozen=True, slots=True)
class ProposalGround:
    """A field (by path) moved away from its tightest value, or was drawn in: by this question or control.

    ``LEFT_OUT``: not all that this question or control names is in the field, because it holds ``MAX_ITEMS``.
    """

    path: str
    ground: ProposalReason
    by: str

    def as_json(self) -> dict[str, Json]:
        return {"path": self.path, "ground": self.ground.value, "by": self.by}


def propose(known: Asked, controls: Iterable[Control]) -> tuple[Boundaries, tuple[ProposalGround, ...]]:
    """Boundaries for what was answered, drawn in by ``controls``, with the reason for each field that moved."""
    values: dict[str, Value] = {field.path: field.tightest for field in PLAYBOOK_TABLE}
    reasons: list[ProposalGround] = []
    for question in known.shown:
        answer = known.facts[question.id]
        if isinstance(answer, Answer) and answer.value is not None:
            for path, wanted in _asked_for(question, answer):
                _move(values, reasons, ProposalGround(path, ProposalReason.ASKED, question.id), wanted)
    for control in controls:
        for path, wanted in control.proposes:
            _move(values, reasons, ProposalGround(path, ProposalReason.TIGHTENED, control.id), wanted)
    return PLAYBOOK_TABLE.boundaries(values), tuple(
        sorted(reasons, key=lambda reason: PLAYBOOK_TABLE.place(reason.path))
    )


def _asked_for(question: Question, answer: Answer) -> Iterable[tuple[str, Value]]:
    value = answer.value
    chosen = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    for entry in chosen:
        option = question.option(entry) if isinstance(entry, str) else None
        if option is not None:
            yield from option.sets
    if not question.boundary:
        return
    if question.kind is QuestionKind.CHOICES:
        yield (
            question.boundary,
            frozenset(question.said(Answer((entry,))) for entry in chosen if isinstance(entry, str)),
        )
    elif isinstance(value, tuple):
        yield question.boundary, frozenset(entry for entry in value if isinstance(entry, str))
    elif isinstance(value, str) and PLAYBOOK_TABLE.field(question.boundary).form is Form.TEXT:
        yield question.boundary, question.said(answer)
    elif value is not None:
        yield question.boundary, value


def _move(values: dict[str, Value], reasons: list[ProposalGround], reason: ProposalGround, wanted: Value) -> None:
    field = PLAYBOOK_TABLE.field(reason.path)
    before = values[field.path]
    after = _wider(field, before, wanted) if reason.ground is ProposalReason.ASKED else _tighter(field, before, wanted)
    if isinstance(after, frozenset) and len(after) > MAX_ITEMS:
        after = frozenset(sorted(after)[:MAX_ITEMS])
        reasons.append(replace(reason, ground=ProposalReason.LEFT_OUT))
    if after != before:
        values[field.path] = after
        reasons.append(reason)


def _wider(field: BoundaryField, one: Value, other: Value) -> Value:
    """What allows both. A set of things forbidden grows too when more is asked to be forbidden."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    if field.form is Form.MONEY:
        return other if more_money(str(other), str(one)) else one
    if field.form is Form.TEXT:
        return one or other
    return max(one, other, key=lambda value: _looseness(field, value))


def _tighter(field: BoundaryField, one: Value, other: Value) -> Value:
    """What both allow."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other if field.wider else one | other
    if field.form is Form.MONEY:
        return other if more_money(str(one), str(other)) else one
    if field.form is Form.TEXT:
        return one or other
    return min(one, other, key=lambda value: _looseness(field, value))


def _looseness(field: BoundaryField, value: Value) -> int:
    if field.form is Form.CHOICE:
        return [choice for choice, _ in field.choices].index(str(value))
    assert isinstance(value, int)
    return value if field.wider else -value
