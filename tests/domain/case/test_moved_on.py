"""What both offices have moved on from does not come back, whoever disturbs what they moved on to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from tests.domain.world import Site, organisation, terms

WIDE, TIGHT = terms(100_000), terms(5)


@pytest.fixture
def site() -> Site:
    return organisation()


def pair(site: Site, case: str, on: str, users: int) -> list[str]:
    """Both decide, and the owner accepts."""
    made = [site.ciso(case, on, users=users).id, site.cio(case, on, users=users).id]
    return [*made, site.accept("ada", case).id]


def in_force(site: Site, case: str) -> object:
    found = site.state(case).in_force
    return found and found.terms


def owner_names_the_old(site: Site, case: str, old: list[str], _new: str) -> None:
    site.revision(case=case, title="Another", after=old)


def owner_beside(site: Site, case: str, old: list[str], _new: str) -> None:
    site.act("ada", "call-in", {}, case=case, after=old)


def office_beside(site: Site, case: str, old: list[str], _new: str) -> None:
    site.act("dan", "call-in", {}, case=case, after=old)


def declines_beside(site: Site, case: str, old: list[str], new: str) -> None:
    site.opinion("dan", Office.CISO, case, new, Position.DECLINE, after=[*old, new], stream="e" * 32)


def other_terms_beside(site: Site, case: str, old: list[str], new: str) -> None:
    site.opinion("dan", Office.CISO, case, new, given=terms(7), after=[*old, new], stream="e" * 32)


def forks(site: Site, case: str, old: list[str], new: str) -> None:
    """The CIO signs another act in the place of his newest opinion."""
    mine = max((act for act in site.acts.values() if act.person == "cleo"), key=lambda act: act.seq)
    site.opinion("cleo", Office.CIO, case, new, given=terms(7), seq=mine.seq, prev=mine.prev, after=old)


DISTURBANCES = (owner_names_the_old, owner_beside, office_beside, declines_beside, other_terms_beside, forks)


@pytest.mark.attack("terms that both offices tightened brought back by one of them", refusal="nothing is in force")
@pytest.mark.parametrize("disturb", DISTURBANCES, ids=lambda item: item.__name__)
@pytest.mark.parametrize("later", [False, True], ids=["on the same revision", "on a later revision"])
def test_nobody_brings_back_what_both_replaced(
    site: Site, disturb: Callable[[Site, str, list[str], str], None], later: bool
) -> None:
    case = site.revision().id
    old = pair(site, case, case, 100_000)
    assert in_force(site, case) == WIDE
    on = site.revision(case=case).id if later else case
    pair(site, case, on, 5)
    assert in_force(site, case) == TIGHT

    disturb(site, case, old, on)

    assert in_force(site, case) in (None, TIGHT)


@pytest.mark.attack(
    "terms of a revision both replaced brought back by a rival of the later one", refusal="nothing is in force"
)
def test_a_rival_revision_brings_back_nothing(site: Site) -> None:
    case = site.revision().id
    old = pair(site, case, case, 100_000)
    later = site.revision(case=case).id
    pair(site, case, later, 5)

    site.act("ada", "revision", {**site.acts[later].body, "title": "Rival"}, case=case, after=old)

    assert in_force(site, case) in (None, TIGHT)


@pytest.mark.attack(
    "a lift that puts in force what its office had taken back", refusal="the terms before stay in force"
)
@pytest.mark.parametrize("first", ["lifted, then countersigned", "countersigned, then lifted"])
def test_a_lift_brings_back_only_what_it_stopped(site: Site, first: str) -> None:
    case = site.revision().id
    pair(site, case, case, 5)
    site.ciso(case, users=100_000)
    stop = site.ciso(case, position=Position.DECLINE)
    if first.startswith("countersigned"):
        site.cio(case, users=100_000)
    site.lift("dan", case, stop.id), site.lift("cleo", case, stop.id)
    if first.startswith("lifted"):
        site.cio(case, users=100_000)

    assert in_force(site, case) == TIGHT


def test_a_pair_that_was_void_takes_over_nothing(site: Site) -> None:
    case = site.revision().id
    pair(site, case, case, 5)
    site.ciso(case, users=100_000)
    site.ciso(case, users=5)
    site.cio(case, users=100_000)

    assert in_force(site, case) == TIGHT
