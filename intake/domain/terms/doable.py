"""Whether terms can be kept by anybody, on the day they are given: asked before an office signs them.

The form of terms is checked where they are made and read; this needs a day and the roster. It is never asked of what was signed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import on_day
from intake.domain.terms.stages import runs
from intake.domain.terms.terms import Condition, Terms

FIRST_DAY_AWAY = 30
"""How many days the first day of terms may be from the day on which they are signed."""

_USERS = "user_permissions.max_users"
_SHOWN = 80


class ConditionOver(Refusal):
    what = "The condition “{text}” was to be met by {day}, and that day is over."
    why = "A decision with it would be overdue as soon as both offices have signed."
    next = "Give it a later day, or leave it out if it is met already."


class ConditionOfNobody(Refusal):
    what = "The condition “{text}” is for “{person}”, whom the roster does not list."
    why = "Nobody would be asked to meet it."
    next = "Name somebody on the roster."


def against_conditions(
    given: Terms, today: date, listed: Callable[[str], bool], carried: Callable[[Condition], bool] = lambda _: False
) -> Refusal | None:
    """Why a condition cannot be met any more or by anybody; ``listed`` says whether the roster has a person id, ``carried`` whether
    a condition was agreed on before and is open still: new terms contain it, overdue or not.
    """
    for item in given.conditions:
        if item.due < today and not carried(item):
            return ConditionOver(text=_short(item.text), day=on_day(item.due))
        if not listed(item.owner):
            return ConditionOfNobody(text=_short(item.text), person=item.owner)
    return None


def first_day(today: date, filed: date) -> date:
    """The day from which terms are proposed to hold: that on which they are signed, and not one before what they answer was filed."""
    return max(today, filed)


def begins_unasked(given: Terms, filed: date) -> bool:
    """Whether terms hold from a day on which nobody had asked for them: what ran then ran without an approval."""
    return given.begins < filed


def begins_far_off(given: Terms, signed: date) -> bool:
    """Whether terms hold from a day that is not near the one on which they are signed."""
    return abs((given.begins - signed).days) > FIRST_DAY_AWAY


def nobody_may_use(given: Terms) -> bool:
    """Whether terms that let a use begin allow no user at all."""
    return runs(given.stage) and _USERS in given.boundaries.table and given.boundaries[_USERS] == 0


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
