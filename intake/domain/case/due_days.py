"""The days by which something is due of a person, far ahead or past, for a calendar of theirs.

The list of what needs them (``todo``) tells it when it comes near; a calendar that somebody reads elsewhere holds it from the
beginning. Nothing here depends on the day of today, so the same acts make the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption
from intake.domain.case.asks import OFFICES, CaseAsk, TodoKind
from intake.domain.case.todo import TodoReader, WithTodos, turns_of


@dataclass(frozen=True, slots=True)
class DueDay:
    """``name`` is the same whatever day it is due, so that a calendar moves it; ``said`` is what is due, in a line."""

    name: str
    day: date
    reference: str
    said: Reason


_MEET = Caption("DayCommitment", "Due in “{title}”: {text}")
_FIGURES = Caption("DayFigures", "Report users and cost: {title}")
_EXPIRY = Caption("DayExpiry", "The approval ends: {title}")
_OPINION = Caption("DayOpinion", "Decide with your office: {title}")
_SIGNATURE = Caption("DaySignature", "Sign the record: {title}")
_ANSWER = Caption("DayAnswer", "File again: {title}")
_ACCEPTANCE = Caption("DayAcceptance", "Accept what was decided, or answer it: {title}")
_ANSWER_OWNER = Caption("DayAnswerOwner", "Answer the owner: {title}")
_LIFT = Caption("DayLift", "Lift the suspension, or leave it: {title}")
_TURN = {
    TodoKind.DECIDE: _OPINION,
    TodoKind.SIGNATURE: _SIGNATURE,
    TodoKind.CHANGES: _ANSWER,
    TodoKind.CONFLICT: _ANSWER,
    TodoKind.ACCEPT: _ACCEPTANCE,
    TodoKind.ANSWER_OWNER: _ANSWER_OWNER,
    TodoKind.LIFT: _LIFT,
}
_COMMITMENTS = (TodoKind.DUE, TodoKind.SENT_BACK, TodoKind.OVERDUE)
_REPORTS = (TodoKind.FIGURES, TodoKind.FIGURES_LATE)


def due_days(row: WithTodos, asks: Iterable[CaseAsk], who: TodoReader) -> Iterator[DueDay]:
    """What is due of this person in a use case, each once. ``asks`` are those of this case."""
    found = [*_turns(row, who), *_asked(row, asks, who)]
    if row.owner == who.person and row.expires is not None:
        found.append(DueDay(f"end-{row.case}", row.expires, row.reference, _EXPIRY(title=row.title)))
    yield from {item.name: item for item in reversed(found)}.values()


def _turns(row: WithTodos, who: TodoReader) -> Iterator[DueDay]:
    for item in turns_of(row, who):
        if item.until is not None:
            yield _turn(row, item.kind, item.until)


def _asked(row: WithTodos, asks: Iterable[CaseAsk], who: TodoReader) -> Iterator[DueDay]:
    for ask in asks:
        if ask.until is None or ask.party not in who.parties or who.person in ask.barred:
            continue
        if ask.kind in _TURN:
            yield _turn(row, ask.kind, ask.until)
        elif ask.kind in _REPORTS:
            yield DueDay(f"figures-{row.case}", ask.until, row.reference, _FIGURES(title=row.title))
        elif ask.kind in _COMMITMENTS and ask.party != OFFICES:
            # What others have to meet is in the calendar of who answers for it; an office is told once it is late.
            text = dict(ask.said.facts).get("text", "")
            said = _MEET(title=row.title, text=text)
            yield DueDay(f"commitment-{row.case}-{ask.name}", ask.until, row.reference, said)


def _turn(row: WithTodos, kind: TodoKind, until: date) -> DueDay:
    return DueDay(f"turn-{row.case}-{kind.value}", until, row.reference, _TURN[kind](title=row.title))
