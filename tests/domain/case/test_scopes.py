"""A role for one unit or one use case counts for exactly that, also when a use case moves to another unit."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.allowed import allowed
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import Grant, Period, Role
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person


def scoped(name: str, role: Role, scope: str):
    return person(name, Grant(role, scope, False, Period(SINCE, None, "")))


GINA = scoped("gina", Role.CIO, "Sales")


@pytest.fixture
def site() -> Site:
    made = organisation()
    follow(made, [*PEOPLE, GINA])
    return made


def force(site: Site, act: Act) -> Force:
    return site.state(act.case).event(act.id).judgement.force


def test_the_officer_of_the_unit_that_a_use_case_moved_to_decides(site: Site) -> None:
    case = site.revision().id
    moved = site.revision(case=case, unit="Sales").id

    approval = site.opinion("gina", Office.CIO, case, moved)
    site.ciso(case, moved)

    assert allowed(site.state(case), site.history(), "gina").office is Office.CIO
    assert force(site, approval) is Force.COUNTS
    assert site.state(case).in_force is not None


@pytest.mark.attack("an approval by the officer of a unit the use case has left", refusal="IGNORED")
def test_the_officer_of_the_unit_it_left_may_still_object_and_no_more(site: Site) -> None:
    case = site.revision(unit="Sales").id
    moved = site.revision(case=case, unit="Finance").id

    approval = site.opinion("gina", Office.CIO, case, moved)
    site.ciso(case, moved)
    assert force(site, approval) is Force.IGNORED
    assert site.state(case).in_force is None
    assert allowed(site.state(case), site.history(), "gina").office is None

    site.cio(case, moved)
    assert site.state(case).in_force is not None
    decline = site.opinion("gina", Office.CIO, case, moved, Position.DECLINE)
    assert force(site, decline) is Force.COUNTS
    assert site.state(case).in_force is None


def test_a_role_for_one_use_case_counts_there(site: Site) -> None:
    case = site.revision().id
    follow(site, [*PEOPLE, GINA, scoped("hal", Role.CIO, case)])

    assert force(site, site.opinion("hal", Office.CIO, case, case)) is Force.COUNTS
    assert allowed(site.state(case), site.history(), "hal").office is Office.CIO


@pytest.mark.attack("a unit called like a use case, for the office of that use case", refusal="IGNORED")
def test_a_role_for_one_use_case_counts_in_no_other_that_calls_its_unit_so(site: Site) -> None:
    theirs = site.revision().id
    follow(site, [*PEOPLE, GINA, scoped("hal", Role.CIO, theirs)])
    case = site.revision(unit=theirs).id

    assert force(site, site.opinion("hal", Office.CIO, case, case)) is Force.IGNORED
    assert allowed(site.state(case), site.history(), "hal").office is None
