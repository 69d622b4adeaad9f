"""Counting working days: the weekdays on which people work, less the days that are free.

The one place where working days are added. Which days they are is signed data (``organisation.working_days``), so that every
program gives the same day.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from intake.domain.base.days import days_after

WEEK = 7
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class Workdays:
    """``weekdays`` are those of ``date.weekday``, at least one; ``free`` are days on which nobody works all the same."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    free: frozenset[date] = frozenset()

    def after(self, day: date, count: int) -> date:
        """The day on which so many working days have passed since ``day``, which itself is not counted.

        The last day there is where the calendar ends before. It costs what there are free days, however many are counted.
        """
        if count <= 0:
            return day
        end = self._weekdays_after(day, count)
        for free in self._taken[bisect_right(self._taken, day) :]:
            if free > end:
                break
            end = self._weekdays_after(end, 1)
        return end

    @cached_property
    def _taken(self) -> tuple[date, ...]:
        """The free days that would be working days else, in order."""
        return tuple(sorted(day for day in self.free if day.weekday() in self.weekdays))

    def _weekdays_after(self, day: date, count: int) -> date:
        weeks, left = divmod(count - 1, len(self.weekdays))
        found = days_after(day, weeks * WEEK)
        while left >= 0 and found < date.max:
            found = days_after(found, 1)
            left -= found.weekday() in self.weekdays
        return found


USUAL = Workdays()
"""Monday to Friday and no free days: where an organisation says nothing else."""
