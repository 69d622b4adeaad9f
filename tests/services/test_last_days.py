"""A role with a last day, on real registers: given until then, refused for approvals after it, still good to object with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import on_day
from intake.domain.organisation.changes import DayIsPast
from intake.domain.organisation.roster import Role
from intake.services.deciding import standing
from intake.services.installation.workspace import Workspace
from intake.services.organisation import people
from intake.services.upkeep import diagnosing
from tests.services.offices import Offices


@pytest.mark.exhaustive
def test_an_office_can_be_given_up_to_a_day_and_approves_no_longer(offices: Offices) -> None:
    bob, finn, dan = (offices.installations[name] for name in ("bob", "finn", "dan"))
    last = offices.clock().date() + timedelta(days=10)
    change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.clock.now += timedelta(days=1)
    change = people.grant_role(finn, offices.signer("finn"), "dan", Role.CISO, until=last)
    offices.travel("finn", "bob")
    people.endorse(bob, offices.signer("bob"), change.roster)
    offices.travel("bob", *offices.installations)
    first, second = offices.file(), offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", first)
    offices.travel("dan", "cleo")
    offices.decide("cleo", first)

    offices.clock.now += timedelta(days=11)

    with pytest.raises(standing.RoleEnded) as refused:
        offices.decide("dan", second)
    assert refused.value.facts == {"office": "CISO", "day": on_day(last)}
    assert offices.installations["cleo"].state(first).in_force is not None
    offices.decide("dan", second, Position.DECLINE, reason="Not while I leave.")
    assert dan.state(second).decision is not None
    told = [item.sentence for item in diagnosing.diagnose(Workspace(offices.root / "dan"), dan).findings]
    assert f"Dan was ciso until {last.isoformat()}; approvals signed since then do not count." in told


def test_a_role_is_not_given_until_a_day_that_is_past(offices: Offices) -> None:
    yesterday = offices.clock().date() - timedelta(days=1)

    with pytest.raises(DayIsPast):
        people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR, until=yesterday)
