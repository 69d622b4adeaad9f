"""A clock that is ahead: the day it gives a decision is shown as still to come, and hides no record from a range of days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.domain.base.wording import words
from intake.domain.case.status import status
from intake.services.lists import cases
from intake.services.lists.table_file import ListedCases, numbers_of
from tests.services import patched
from tests.services.offices import Offices


@pytest.mark.attack("a clock ahead that dates a decision to another year", refusal="listed, as a day still to come")
def test_a_record_of_today_is_among_those_of_this_year(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", *offices.installations)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    today = offices.clock().date()
    offices.clock.now += timedelta(200)
    # An honest program refuses terms that begin so long before the day its clock tells.
    patched.approve(offices, "cleo", case, offices.terms("cleo", case))
    offices.clock.now -= timedelta(200)
    offices.travel("cleo", "bob")
    bob = offices.installations["bob"]
    this_year = (("from", f"{today.year}-01-01"), ("to", f"{today.year}-12-31"))
    before = (("from", f"{today.year}-01-01"), ("to", (today - timedelta(1)).isoformat()))

    (row,) = cases.page(bob, filters=this_year).rows

    assert row.decided == today + timedelta(200)
    assert row.decided.year > today.year
    assert list(numbers_of(bob, ListedCases(filters=this_year))) == [row.pk]
    assert cases.page(bob, filters=before).rows == ()
    assert "it claims a day that is still to come" in {words(why) for _, why in status(bob.state(case), today).odd}
