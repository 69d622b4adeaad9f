"""The working days of an organisation, as its roster's policy says them: weekdays and free days.

They are signed data, so that a day by which something is due is the same in every program. What a program cannot read of them
frees no day: then more days count, and what is due is due earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from intake.domain.acts.kinds.roster import Setting
from intake.domain.base.workdays import MONDAY_TO_FRIDAY, USUAL, WEEK, Workdays

if TYPE_CHECKING:
    from intake.domain.organisation.history import RosterHistory

WEEKDAYS_RULE = "calendar.weekdays"
"""The rule that lists the weekdays on which people work, such as “monday”."""
FREE_DAYS_RULE = "calendar.free-days"
"""The rule that lists free days, each an ISO day with or without its name: “2026-12-25 Christmas Day”."""
MOST_FREE_DAYS = 1000
"""As many lines as a list in the policy of a roster may have."""
CALENDAR_RULES = (WEEKDAYS_RULE, FREE_DAYS_RULE)
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FREE_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: .*)?")


def working_days(history: RosterHistory) -> Workdays:
    """The calendar in force. Of rivals a day is free only if each says so: nothing is due later than one of them allows."""
    made = {_of_policy(_frozen(listed.roster.policy)) for listed in history.in_force}
    if not made:
        return USUAL
    weekdays = frozenset[int]().union(*(item.weekdays for item in made))
    free = [{*item.free, *_weekend_frees(made, item)} for item in made]
    return Workdays(weekdays, frozenset(set.intersection(*free)))


def free_day(line: str) -> date | None:
    """The day of a line of the list of free days; None where it names none."""
    found = _FREE_DAY.fullmatch(line)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def free_lines(policy: Mapping[str, Setting]) -> Mapping[date, str]:
    """The free days that a policy lists, with their names."""
    lines = _lines(policy.get(FREE_DAYS_RULE, ()))
    return {day: line[len(day.isoformat()) :].strip() for line in lines if (day := free_day(line))}


def free_line(day: date, name: str) -> str:
    """A free day as the policy lists it."""
    return f"{day.isoformat()} {' '.join(name.split())}".strip()


def _weekend_frees(made: Iterable[Workdays], mine: Workdays) -> set[date]:
    """The free days of rivals that fall on a weekday on which nobody works here anyway."""
    return {day for item in made for day in item.free if day.weekday() not in mine.weekdays}


def _frozen(policy: Mapping[str, Setting]) -> tuple[Setting, Setting]:
    return policy.get(WEEKDAYS_RULE, ()), policy.get(FREE_DAYS_RULE, ())


@lru_cache(16)
def _of_policy(rules: tuple[Setting, Setting]) -> Workdays:
    """Read once for each policy: it is asked with every use case that is folded."""
    listed, free = map(_lines, rules)
    names = {line.strip().lower() for line in listed}
    weekdays = frozenset(place for place in range(WEEK) if WEEKDAY_NAMES[place] in names)
    return Workdays(weekdays or MONDAY_TO_FRIDAY, frozenset(day for line in free if (day := free_day(line))))


def _lines(value: Setting) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
