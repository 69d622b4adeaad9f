"""A version whose people are not here, and which could be in force: when it is awaited, and when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Role
from tests.domain.organisation.test_self_granting import staff
from tests.domain.world import Site, person, roster

NAMES = ("bob", "finn", "gita")


def founded() -> Site:
    """Three administrators, of whom Bob keeps the records as well."""
    site = Site("office")
    people = [item for item in staff(*NAMES) if item.id != "bob"]
    site.publish(roster([*people, person("bob", Role.ADMINISTRATOR, Role.RECORDS)]), *NAMES)
    return site


def version(site: Site, name: str, *endorsers: str, number: int = 2, previous: tuple[str, ...] = ()) -> Act:
    """The next version, told apart by the name of the organisation and by one person more."""
    people = [*(item for item in site.history().in_force[0].roster.people), person(name)]
    document = replace(roster(people, version=number, previous=previous or (site.org,)), organisation=name)
    return site.publish(document, *endorsers)


def without(site: Site, *held_back: Act) -> RosterHistory:
    """What a place makes of it that has everything but the people of these versions."""
    names = {str(act.body["people"]["sha256"]) for act in held_back}  # type: ignore[call-overload, index]
    blobs = {name: data for name, data in site.blobs.items() if name not in names}
    return Site("away", site.org, site.roster, site.acts, blobs).history()


def awaited(history: RosterHistory) -> list[int]:
    return [item.document.version for item in history.awaited]


@pytest.mark.parametrize(
    ("endorsers", "expected"),
    [((), []), (("bob",), []), (("bob", "ada", "cleo", "dan"), []), (("bob", "finn"), [2]), (NAMES, [2])],
)
def test_a_majority_before_it_has_to_have_endorsed_it(endorsers: tuple[str, ...], expected: list[int]) -> None:
    site = founded()
    act = version(site, "hugo", *endorsers)

    assert awaited(without(site, act)) == expected
    assert awaited(site.history()) == []


def test_it_says_who_endorsed_it_and_for_which_file_it_waits() -> None:
    site = founded()
    act = version(site, "hugo", "bob", "finn")

    (found,) = without(site, act).awaited

    assert found.endorsed == frozenset({"bob", "finn"})
    assert found.waits_for == act.body["people"]["sha256"]  # type: ignore[call-overload, index]


def test_a_key_that_is_no_longer_listed_endorses_nothing() -> None:
    site = founded()
    second = version(site, "hugo", "bob", "finn")
    people = site.history().in_force[0].roster.people
    gone = [person("finn", Role.ADMINISTRATOR, end="7" * 64) if item.id == "finn" else item for item in people]
    third = site.publish(roster(gone, version=3, previous=(second.id,)), "bob", "gita")
    assert site.roster == third.id
    act = site.publish(roster([*gone, person("ivy")], version=4, previous=(third.id,)), "finn", "bob")

    assert awaited(without(site, act)) == []


def test_a_version_at_another_place_is_not_awaited() -> None:
    site = founded()
    skips = version(site, "hugo", *NAMES, number=3)

    assert awaited(without(site, skips)) == []


def test_version_one_without_its_people_is_not_awaited() -> None:
    site = founded()

    assert awaited(without(site, site.acts[site.org])) == []


def test_beside_a_version_that_counts_it_is_awaited_while_no_checkpoint_tells() -> None:
    site = founded()
    other = site.fork("elsewhere")
    version(site, "hugo", "bob", "finn")
    rival = version(other, "ivy", "finn", "gita")
    site.take(other)
    assert site.history().rivals

    found = without(site, rival)

    assert not found.rivals
    assert awaited(found) == [2]


@pytest.mark.attack(
    "former administrators stop approvals by a version whose people nobody has", refusal="late, so it stops nothing"
)
def test_a_version_that_came_too_late_is_not_awaited() -> None:
    site = founded()
    other = site.fork("elsewhere")
    version(site, "hugo", "bob", "finn")
    site.checkpoint("bob")
    rival = version(other, "ivy", "finn", "gita")
    site.take(other)
    assert rival.id in site.history().late

    found = without(site, rival)

    assert rival.id in found.unread
    assert awaited(found) == []


def test_what_the_records_team_had_seen_first_is_awaited_wherever_the_chain_went_on() -> None:
    """The place that lacks its people believes in another, and in what came after that."""
    site = founded()
    other = site.fork("elsewhere")
    first = version(site, "hugo", "bob", "finn")
    site.checkpoint("bob")
    second = version(other, "ivy", "finn", "gita")
    version(other, "mia", "finn", "gita", number=3, previous=(second.id,))
    site.take(other)
    assert [item.roster.organisation for item in site.history().in_force] == ["hugo"]

    found = without(site, first)

    assert [item.roster.version for item in found.in_force] == [3]
    assert awaited(found) == [2]


def test_two_that_nobody_can_read_here_are_awaited_both_and_one_that_is_late_is_not() -> None:
    site = founded()
    other = site.fork("elsewhere")
    one = version(site, "hugo", "bob", "finn")
    two = version(other, "ivy", "finn", "gita")
    site.take(other)
    assert awaited(without(site, one, two)) == [2, 2]

    site.checkpoint("bob", without=(two.id,))

    assert [item.waits_for for item in without(site, one, two).awaited] == [one.body["people"]["sha256"]]  # type: ignore[call-overload, index]
