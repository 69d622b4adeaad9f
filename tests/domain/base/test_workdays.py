"""Counting working days, against a walk from day to day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.workdays import USUAL, Workdays

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def walked(workdays: Workdays, day: date, count: int) -> date:
    """The same, one day after the other."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() in workdays.weekdays and day not in workdays.free
    return day


@given(
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    free=st.frozensets(DAYS, max_size=40),
    day=DAYS,
    count=st.integers(0, 60),
)
def test_it_is_what_a_walk_from_day_to_day_finds(weekdays, free, day, count) -> None:
    workdays = Workdays(weekdays, free)

    assert workdays.after(day, count) == walked(workdays, day, count)


@given(day=DAYS, count=st.integers(1, 20), length=st.integers(1, 30))
def test_it_is_so_through_a_long_holiday(day, count, length) -> None:
    workdays = Workdays(free=frozenset(day + timedelta(days=number) for number in range(1, length + 1)))

    assert workdays.after(day, count) == walked(workdays, day, count)


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # a Friday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 5, date(2026, 12, 7)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
        (date(9999, 12, 30), 10, date.max),
        (date(2026, 11, 30), 10**12, date.max),
    ],
)
def test_the_usual_week_is_monday_to_friday(day: date, count: int, due: date) -> None:
    assert USUAL.after(day, count) == due
