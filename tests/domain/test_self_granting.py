"""Who gains an office by a roster version endorses nothing in it: the other administrators have to want it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.roster import Grant, Period, Person, Role
from intake.domain.roster_history import RosterHistory
from tests.domain.world import PEOPLE, SINCE, Site, person, roster

OLD = "a majority of the other administrators before it has not endorsed it, and who gains an office by it has no say"
NEW = "a majority of its other administrators has not endorsed it, and who gains an office by it has no say"
ALL = "who wrote it gains an office by it, so every other administrator must endorse it"


def staff(*administrators: str, cio: str = "", ciso: str = "", **grants: Grant) -> list[Person]:
    """Everybody of the sample; these administer, and these gain an office beside Cleo and Dan."""
    others = [item for item in PEOPLE if item.id not in administrators]
    given = []
    for name in administrators:
        roles: list[Role | Grant] = [Role.ADMINISTRATOR]
        roles += [Role.CIO] if name == cio else []
        roles += [Role.CISO] if name == ciso else []
        roles += [grants[name]] if name in grants else []
        given.append(person(name, *roles))
    return [*others, *given]


def second(administrators: str, people: list[Person], author: str, endorsed: str) -> RosterHistory:
    """Version 2 after a version 1 by these administrators."""
    site = Site("office")
    first = site.publish(roster(staff(*administrators.split())), *administrators.split())
    site.publish(roster(people, version=2, previous=(first.id,)), *endorsed.split(), author=author)
    return site.history()


def problem(history: RosterHistory) -> str:
    return next((item.problem for item in history.pending), "")


@pytest.mark.attack("a role somebody grants himself", refusal="pending: the others must endorse it")
@pytest.mark.parametrize(
    ("administrators", "author", "endorsed", "wrong"),
    [
        # Bob becomes CIO by it
        ("bob finn", "bob", "bob", ALL),
        ("bob finn", "bob", "bob finn", ""),
        ("bob finn", "finn", "finn", ""),
        ("bob finn gita", "bob", "bob finn", ALL),
        ("bob finn gita", "bob", "bob finn gita", ""),
        ("bob finn gita", "finn", "bob finn", OLD),
        ("bob finn gita", "finn", "finn gita", ""),
        ("bob finn gita hugo", "finn", "bob finn", OLD),
        ("bob finn gita hugo", "finn", "finn gita", ""),
        ("bob finn gita hugo", "bob", "bob finn gita", ALL),
        # Written for him by somebody who administers nothing: it needs the majority of the others all the same
        ("bob finn gita", "eve", "bob finn", OLD),
    ],
)
@pytest.mark.parametrize("office", ["cio", "ciso"])
def test_who_gains_an_office_has_no_say(administrators, author, endorsed, wrong, office) -> None:
    people = staff(*administrators.split(), **{office: "bob"})

    history = second(administrators, people, author, endorsed)

    assert problem(history) == wrong
    assert history.holds("bob", Role(office)) is not bool(wrong)


@pytest.mark.attack("two administrators give each other the offices", refusal="pending: nobody is left to endorse it")
def test_two_administrators_cannot_give_each_other_both_offices() -> None:
    history = second("bob finn", staff("bob", "finn", cio="bob", ciso="finn"), "bob", "bob finn")

    assert problem(history) == OLD


@pytest.mark.attack(
    "who gains an office lists others who endorse it", refusal="pending: every administrator must endorse"
)
def test_newly_listed_administrators_do_not_make_up_for_those_before() -> None:
    people = staff("bob", "finn", "gita", "eve", "nina", cio="bob")

    history = second("bob finn gita", people, "bob", "bob eve nina finn")

    assert problem(history) == ALL


def test_a_third_administrator_of_the_new_version_has_to_agree_too_when_he_wrote_it() -> None:
    people = staff("bob", "finn", "gita", "hugo", cio="bob")

    assert problem(second("bob finn gita", people, "bob", "bob finn gita")) == ALL
    assert problem(second("bob finn gita", people, "bob", "bob finn gita hugo")) == ""


def test_an_office_for_one_unit_is_gained_too_and_wider_is_more() -> None:
    unit = Grant(Role.CIO, "Finance", False, Period(SINCE, None, ""))

    assert problem(second("bob finn gita", staff("bob", "finn", "gita", bob=unit), "finn", "bob finn")) == OLD


def test_who_held_the_office_before_endorses_as_ever() -> None:
    site = Site("office")
    people = staff("bob", "finn", "gita", cio="bob")
    first = site.publish(roster(people), "bob", "finn", "gita")
    later = replace(roster(people, version=2, previous=(first.id,)), organisation="Another name")
    again = [
        replace(item, grants=(*item.grants, Grant(Role.CIO, "Finance", False, Period(SINCE, None, ""))))
        if item.id == "bob"
        else item
        for item in people
    ]

    made = site.publish(later, "bob", "finn", author="bob")
    assert [item.id for item in site.history().in_force] == [made.id]
    # Whoever is CIO of everything gains nothing by one unit.
    third = site.publish(roster(again, version=3, previous=(made.id,)), "bob", "finn", author="bob")
    assert [item.id for item in site.history().in_force] == [third.id]


def test_other_roles_are_no_offices() -> None:
    people = [*staff("bob", "finn", "gita")]
    recording = [person("bob", Role.ADMINISTRATOR, Role.RECORDS) if item.id == "bob" else item for item in people]

    assert problem(second("bob finn gita", recording, "bob", "bob finn")) == ""


def test_founding_needs_everybody_anyway() -> None:
    site = Site("office")

    site.publish(roster(staff("bob", "finn", cio="bob")), "bob", "finn")

    assert site.history().holds("bob", Role.CIO)
