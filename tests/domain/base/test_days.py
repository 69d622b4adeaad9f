"""Counting with days that others wrote."""

from __future__ import annotations

from datetime import date

import pytest

from intake.domain.base.days import days_after


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (date(2026, 12, 30), 3, date(2027, 1, 2)),
        (date(2026, 1, 2), -3, date(2025, 12, 30)),
        (date.max, 0, date.max),
        (date.max, 1, date.max),
        (date.max, -1, date(9999, 12, 30)),
        (date.min, -1, date.min),
        (date.min, 1, date(1, 1, 2)),
    ],
)
def test_the_calendar_has_a_first_and_a_last_day(day: date, days: int, found: date) -> None:
    assert days_after(day, days) == found
