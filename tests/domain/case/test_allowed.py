"""What a person may do with a case: each answer says beforehand what the fold makes of the act once it is signed."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.allowed import (
    AlreadyWithdrawn,
    CaseRights,
    NothingToSign,
    NotIndependent,
    NotInOffice,
    NotYours,
    allowed,
)
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person


@pytest.fixture
def site() -> Site:
    return organisation()


def may(site: Site, case: str, who: str) -> CaseRights:
    return allowed(site.state(case), site.history(), who)


def owner_of(scope: str, name: str = "gus") -> Person:
    return person(name, Grant(Role.OWNER, scope, False, Period(SINCE, None, "")))


def force(site: Site, act: Act) -> Force:
    return site.state(act.case_id).event(act.id).judgement.force


def is_heard(site: Site, act: Act) -> bool:
    return force(site, act) is not Force.IGNORED


def test_the_submitter_the_owner_and_a_successor_change_a_case_and_nobody_else(site: Site) -> None:
    case = site.revision("eve", owner="ada").id
    follow(site, [*PEOPLE, owner_of(case), owner_of("Finance", "hal"), owner_of("", "ivy"), owner_of("9" * 64, "jon")])

    for who in ("ada", "bob", "cleo", "dan", "eve", "finn", "gus", "hal", "ivy", "jon", "nobody"):
        found = may(site, case, who)
        expected = None if who in ("ada", "eve", "gus") else NotYours

        assert (type(found.file_again), type(found.withdraw)) == (expected or type(None),) * 2
        assert found.owns == (expected is None)
        if who != "nobody":
            here, there = site.fork("here"), site.fork("there")
            assert is_heard(here, here.revision(who, case)) == found.owns
            assert is_heard(there, there.withdraw(who, case)) == found.owns


@pytest.mark.attack("a successor that only one of two rival rosters names", refusal="NotYours")
def test_a_successor_must_be_one_in_every_roster_in_force(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    follow(site, [*PEOPLE, owner_of(case)])
    follow(away, [*PEOPLE, person("hugo")])
    assert may(site, case, "gus").owns
    site.take(away)

    assert site.history().rivals
    assert isinstance(may(site, case, "gus").withdraw, NotYours)
    assert force(site, site.withdraw("gus", case)) is Force.IGNORED


def test_offices_decide_and_nobody_decides_on_their_own(site: Site) -> None:
    foreign, own = site.revision().id, site.revision("cleo", owner="cleo").id

    assert [type(may(site, foreign, who).object) for who in ("cleo", "dan", "ada", "bob")] == [
        type(None),
        type(None),
        NotInOffice,
        NotInOffice,
    ]
    assert (may(site, foreign, "dan").office, may(site, foreign, "dan").approve) == (Office.CISO, None)
    assert isinstance(may(site, own, "cleo").approve, NotIndependent)
    assert may(site, own, "cleo").object is None
    assert force(site, site.cio(own)) is Force.IGNORED
    assert force(site, site.cio(own, position=Position.DECLINE)) is not Force.IGNORED


def test_a_withdrawn_case_is_withdrawn_once_and_can_be_filed_again(site: Site) -> None:
    case = site.revision().id
    site.withdraw("ada", case)

    assert isinstance(may(site, case, "ada").withdraw, AlreadyWithdrawn)
    assert may(site, case, "ada").file_again is None
    assert isinstance(may(site, case, "bob").withdraw, NotYours)


def test_who_signed_a_decision_completes_its_record_until_it_is_sealed(site: Site) -> None:
    case = site.revision().id
    assert isinstance(may(site, case, "dan").complete, NothingToSign)
    there = site.fork("there")
    first, second = site.ciso(case), there.cio(case)
    site.take(there)

    assert [may(site, case, who).complete is None for who in ("cleo", "dan", "ada", "bob")] == [
        True,
        True,
        False,
        False,
    ]
    site.seal("dan", case, first, second)
    assert isinstance(may(site, case, "dan").complete, NothingToSign)


def test_a_case_of_which_nothing_counts_still_belongs_to_somebody() -> None:
    site = organisation()
    case = site.revision("nobody", owner="ada").id

    assert site.state(case).current is None
    assert may(site, case, "ada").owns
    assert not may(site, case, "bob").owns
