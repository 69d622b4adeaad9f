"""Who answers for a use case: whom a first revision may name as owner, and who may be the owner after that."""

from __future__ import annotations

import pytest

from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person


@pytest.fixture
def site() -> Site:
    return organisation()


def successor(case: str) -> Person:
    return person("gus", Grant(Role.OWNER, case, False, Period(SINCE, None, "")))


def undecided(site: Site, case: str, revision: str) -> str:
    """What both offices meet when they approve a revision all the same; nothing of it is decided."""
    approvals = site.cio(case, revision), site.ciso(case, revision)
    state = site.state(case)
    assert [state.event(item.id).judgement.force for item in approvals] == [Force.IGNORED, Force.IGNORED]
    assert not [pair for pair in state.pairs if pair.revision == revision]
    return words(state.unfiled)


@pytest.mark.attack("a use case filed in the name of somebody without a key", refusal="IGNORED, for whom it names")
def test_nobody_answers_for_it_who_has_no_key(site: Site) -> None:
    case = site.revision(owner="nobody-here").id

    assert undecided(site, case, case) == "its roster lists no key of “nobody-here”, whom it names as owner"
    again = site.revision(case=case)
    site.cio(case)
    site.ciso(case)
    assert (site.state(case).unfiled, again.body["owner"]) == (None, "ada"), "who filed it can make it theirs"


@pytest.mark.attack("a use case filed in the name of somebody without a key", refusal="IGNORED, for whom it names")
def test_an_owner_whose_every_key_had_ended_cannot_be_named(site: Site) -> None:
    checkpoint = site.checkpoint().id
    follow(site, [item for item in PEOPLE if item.id != "eve"] + [person("eve", end=checkpoint)])

    case = site.revision(owner="eve").id

    assert undecided(site, case, case) == "its roster lists no key of “eve”, whom it names as owner"


@pytest.mark.attack("a use case given to somebody else by its submitter", refusal="IGNORED, for whom it names")
def test_a_later_revision_gives_it_to_nobody_else(site: Site) -> None:
    case = site.revision().id
    moved = site.revision(case=case, owner="eve").id

    assert undecided(site, case, moved) == (
        "it names “eve” as owner, but the use case belongs to “ada”, and no roster makes “eve” the successor"
    )
    assert site.state(case).revision(moved).owner == "ada"
    again = site.revision(case=case, owner="eve").id
    assert site.state(case).revision(again).misnamed is not None, "not by doing it twice either"


def test_a_submitter_files_in_the_name_of_an_owner_who_stays_the_owner(site: Site) -> None:
    case = site.revision(owner="eve").id
    later = site.revision(case=case).id

    state = site.state(case)

    assert (state.unfiled, state.revision(case).owner, state.revision(later).owner) == (None, "eve", "eve")


def test_it_stays_with_an_owner_whose_key_ended_since(site: Site) -> None:
    case = site.revision(owner="eve").id
    follow(site, [item for item in PEOPLE if item.id != "eve"] + [person("eve", end=site.checkpoint().id)])

    site.revision(case=case)

    assert site.state(case).unfiled is None


def test_a_rostered_successor_is_named_by_whom_the_roster_gave_it_to(site: Site) -> None:
    case = site.revision().id
    follow(site, [*PEOPLE, successor(case)])
    later = site.revision("gus", case=case, owner="gus").id
    site.cio(case, later)
    site.ciso(case, later)

    state = site.state(case)

    assert (state.unfiled, state.revision(later).owner) == (None, "gus")
    assert state.in_force is not None


def test_a_successor_in_another_use_case_is_none_here(site: Site) -> None:
    case, other = site.revision().id, site.revision(title="Another").id
    follow(site, [*PEOPLE, successor(other)])

    moved = site.revision(case=case, owner="gus").id

    assert site.state(case).revision(moved).misnamed is not None


def test_who_joins_two_revisions_keeps_the_owner_of_both(site: Site) -> None:
    case = site.revision().id
    apart = site.fork("laptop")
    site.revision(case=case, title="One")
    apart.revision(case=case, title="Other", owner="eve")
    site.take(apart)

    joined = site.revision(case=case, owner="ada").id

    state = site.state(case)
    assert (state.heads, state.unfiled, state.revision(joined).owner) == ((joined,), None, "ada")
