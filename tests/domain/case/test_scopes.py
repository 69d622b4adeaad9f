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


def decided(site: Site) -> str:
    """A use case of another unit than Gina's, decided and in force."""
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    assert site.state(case).in_force is not None
    return case


@pytest.mark.attack("a stranger's revision that lends its unit to the office of that unit", refusal="IGNORED, in force")
def test_the_office_of_one_unit_stops_no_other_by_a_revision_of_a_stranger(site: Site) -> None:
    case = decided(site)

    site.revision("gina", case=case, revises=(case,), unit="Sales")
    decline = site.opinion("gina", Office.CIO, case, case, Position.DECLINE)

    assert force(site, decline) is Force.IGNORED
    assert site.state(case).in_force is not None


def test_it_lends_no_right_to_resolve_remarks_and_none_to_stop_by_unknown_kinds(site: Site) -> None:
    case = decided(site)
    site.revision("gina", case=case, revises=(case,), unit="Sales")
    remark = site.comment("eve", case)

    site.resolve("gina", case, remark)
    site.act("gina", "suspend", {"reason": "?"}, case=case)

    state = site.state(case)
    assert [thread.resolved for thread in state.threads] == [""]
    assert state.in_force is not None
    assert state.blocked == ()


def test_the_unit_a_successor_moved_it_to_may_object_while_what_the_revision_names_is_held_back(site: Site) -> None:
    case = decided(site)
    follow(site, [*PEOPLE, GINA, scoped("gus", Role.OWNER, case)])
    file = site.attach(b"evidence")
    site.revision("gus", case=case, revises=(case,), unit="Sales", attachments=(file,))
    del site.blobs[file.sha256]

    assert force(site, site.opinion("gina", Office.CIO, case, case, Position.DECLINE)) is Force.OBJECTS
    assert site.state(case).in_force is None
