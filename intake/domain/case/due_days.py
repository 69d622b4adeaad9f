"""The days by which something is due of a person, far ahead or past, for a calendar of theirs.

The list of what needs them (``todo``) tells it when it comes near; a calendar that somebody reads elsewhere holds it from the
beginning. Nothing here depends on the day of today, so the same acts make the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption
from intake.domain.case.due import DueWhat, next_due
from intake.domain.case.todo import WithTodos

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class DueDay:
    """``name`` is the same whatever day it is due, so that a calendar moves it; ``said`` is what is due, in a line."""

    name: str
    day: date
    reference: str
    said: Reason


_OPINION = Caption("DayOpinion", "Decide with your office: {title}")
_SIGNATURE = Caption("DaySignature", "Sign the record: {title}")
_ANSWER = Caption("DayAnswer", "File again: {title}")
_CONDITION = Caption("DayCondition", "Condition of “{title}”: {text}")
_EXPIRY = Caption("DayExpiry", "The approval ends: {title}")
_TURN = {DueWhat.OPINION: _OPINION, DueWhat.SIGNATURE: _SIGNATURE, DueWhat.ANSWER: _ANSWER}


def due_days(row: WithTodos, person: str, office: str) -> Iterator[DueDay]:
    """What is due of this person in a use case; ``office`` is empty for somebody without one."""
    turn, owns = next_due(row), row.owner == person
    if turn is not None and turn.what in _TURN and ((office and office in row.turn) or (owns and "owner" in row.turn)):
        yield DueDay(f"turn-{row.case}", turn.day, row.reference, _TURN[turn.what](title=row.title))
    if row.due is not None and row.due_what == DueWhat.CONDITION and person in (row.due_of, row.owner):
        name = f"condition-{row.case}-{sha256(row.due_text.encode())[:_DIGITS]}"
        yield DueDay(name, row.due, row.reference, _CONDITION(title=row.title, text=row.due_text))
    if owns and row.expires is not None:
        yield DueDay(f"end-{row.case}", row.expires, row.reference, _EXPIRY(title=row.title))
