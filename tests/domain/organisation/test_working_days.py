"""The working days that a roster's policy says, and what a policy that cannot be read or is rivalled leaves of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from intake.domain.base.workdays import USUAL, Workdays
from intake.domain.organisation.working_days import (
    FREE_DAYS_RULE,
    WEEKDAYS_RULE,
    free_day,
    free_line,
    working_days,
)
from tests.domain.world import organisation, roster

CHRISTMAS, NEW_YEAR = date(2026, 12, 25), date(2027, 1, 1)


def said(*policies):
    """What rosters in force with these policies make together."""
    listed = [SimpleNamespace(roster=replace(roster(), policy=policy)) for policy in policies]
    return working_days(SimpleNamespace(in_force=listed))


def test_without_a_word_it_is_monday_to_friday() -> None:
    assert working_days(organisation().history()) == said() == said({}) == USUAL


def test_weekdays_and_free_days_are_read_with_or_without_a_name() -> None:
    found = said(
        {WEEKDAYS_RULE: ("sunday", "Monday"), FREE_DAYS_RULE: (free_line(CHRISTMAS, "Christmas\nDay"), "2027-01-01")}
    )

    assert found == Workdays(frozenset({6, 0}), frozenset({CHRISTMAS, NEW_YEAR}))


@pytest.mark.parametrize("line", ["", "Christmas", "20261225", "2026-13-01", "2026-12-25x", "٢٠٢٦-12-25", "2026-W01-1"])
def test_what_names_no_day_frees_none(line: str) -> None:
    assert free_day(line) is None
    assert said({FREE_DAYS_RULE: (line,)}) == USUAL


@pytest.mark.parametrize("odd", [7, "never", (), ("noday",)])
def test_weekdays_that_cannot_be_read_are_the_usual_ones(odd) -> None:
    assert said({WEEKDAYS_RULE: odd}) == USUAL


def test_of_rivals_a_day_is_free_only_if_both_say_so() -> None:
    left = {WEEKDAYS_RULE: ("monday", "friday"), FREE_DAYS_RULE: (CHRISTMAS.isoformat(), NEW_YEAR.isoformat())}
    right = {WEEKDAYS_RULE: ("monday", "tuesday"), FREE_DAYS_RULE: ("2027-01-04", NEW_YEAR.isoformat())}

    found = said(left, right)

    assert found == said(right, left)
    assert found.weekdays == {0, 1, 4}
    assert found.free == {CHRISTMAS, NEW_YEAR}, "Christmas and New Year are Fridays, on which the other does not work"
