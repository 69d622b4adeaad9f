"""The terms an office holds: on the newest revision alone, and also where its opinions contradict each other."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.positions import held_by, newest_position, terms_held
from intake.domain.case.together import terms_to_match
from intake.domain.case.verbs import held_now
from intake.domain.terms.terms import Terms
from tests.domain.world import Site, organisation, terms

CIO, CISO = Office.CIO, Office.CISO


@pytest.fixture
def site() -> Site:
    return organisation()


def test_an_office_holds_what_it_signed_last_on_the_newest_revision(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.ciso(case, users=50)
    assert terms_held(site.state(case), CISO) == terms(50)
    assert terms_held(site.state(case), CIO) is None

    site.revision(case=case)

    assert terms_held(site.state(case), CISO) is None
    position = newest_position(site.state(case), CISO)
    assert position is not None
    assert position.terms == terms(50)
    assert position.outdated


def test_an_objection_takes_the_terms_away(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.ciso(case, position=Position.CHANGES)

    assert held_by(site.state(case), CISO) == ()


def test_opinions_of_one_office_that_contradict_each_other_are_all_held_and_no_set_is_matched(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case, users=20)
    away.ciso(case, users=50)

    state = site.take(away).state(case)

    held = held_by(state, CISO)
    assert {item.digest for item in held} == {terms(20).digest, terms(50).digest}
    assert {digest for _, digest in held_now(state)} == {item.digest for item in held}
    assert terms_held(state, CISO) == held[0].terms
    assert not isinstance(terms_to_match(state, CIO), Terms)


@pytest.mark.parametrize("objects", ["here", "away"])
def test_terms_beside_an_objection_of_the_same_office_are_held_and_not_matched(site: Site, objects: str) -> None:
    case = site.revision().id
    away = site.fork("away")
    approving, objecting = (site, away) if objects == "away" else (away, site)
    approving.ciso(case, users=20)
    objecting.ciso(case, position=Position.CHANGES)

    state = site.take(away).state(case)

    assert terms_held(state, CISO) == terms(20)
    assert not isinstance(terms_to_match(state, CIO), Terms)
