"""Who gains an office by a roster version endorses nothing in it, and is counted all the same: the others have to want it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.base.wording import words
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.world import PEOPLE, SINCE, Site, person, roster

OLD = "a majority of the administrators before it has not endorsed it, and people who gain an office by it do not count"
NEW = "a majority of its own administrators has not endorsed it, and people who gain an office by it do not count"
TWO = (
    "no more than 1 of 2 administrators can endorse it without gaining an office by it, and a majority of all must: "
    "list more administrators first"
)
ALL = "its author gains an office by it, so every other administrator must endorse it"


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


def _without(item: Person, role: Role) -> Person:
    """With this role ended."""
    ended = (replace(grant, period=replace(grant.period, end="7" * 64)) for grant in item.grants if grant.role is role)
    return replace(item, grants=(*ended, *(grant for grant in item.grants if grant.role is not role)))


def second(administrators: str, people: list[Person], author: str, endorsed: str) -> RosterHistory:
    """Version 2 after a version 1 by these administrators."""
    site = Site("office")
    first = site.publish(roster(staff(*administrators.split())), *administrators.split())
    site.publish(roster(people, version=2, previous=(first.id,)), *endorsed.split(), author=author)
    return site.history()


def problem(history: RosterHistory) -> str:
    return next((words(item.problem) for item in history.pending), "")


@pytest.mark.attack("a role somebody grants himself", refusal="pending: the others must endorse it")
@pytest.mark.parametrize(
    ("administrators", "author", "endorsed", "wrong"),
    [
        # Bob becomes CIO by it
        ("bob finn", "bob", "bob", TWO),
        ("bob finn", "bob", "bob finn", TWO),
        ("bob finn", "finn", "finn", TWO),
        ("bob finn", "finn", "bob finn", TWO),
        ("bob finn gita", "bob", "bob finn", ALL),
        ("bob finn gita", "bob", "bob finn gita", ""),
        ("bob finn gita", "finn", "bob finn", OLD),
        ("bob finn gita", "finn", "finn gita", ""),
        ("bob finn gita hugo", "finn", "bob finn", OLD),
        ("bob finn gita hugo", "finn", "finn gita", OLD),
        ("bob finn gita hugo", "finn", "finn gita hugo", ""),
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


@pytest.mark.attack("two administrators give each other the offices", refusal="pending: list more administrators first")
def test_two_administrators_cannot_give_each_other_both_offices() -> None:
    history = second("bob finn", staff("bob", "finn", cio="bob", ciso="finn"), "bob", "bob finn")

    assert problem(history) == (
        "no more than 0 of 2 administrators can endorse it without gaining an office by it, and a majority of all must: "
        "list more administrators first"
    )


@pytest.mark.attack(
    "two administrators give each other the offices one after the other", refusal="pending: a majority of all is needed"
)
@pytest.mark.parametrize("third", ["", "gita"])
def test_two_administrators_cannot_take_the_offices_one_after_the_other(third: str) -> None:
    names = ["bob", "finn", *([third] if third else [])]
    site = Site("office")
    first = site.publish(roster(staff(*names)), *names)
    made = site.publish(roster(staff(*names, cio="bob"), version=2, previous=(first.id,)), "finn", "bob", author="finn")
    site.publish(
        roster(staff(*names, cio="bob", ciso="finn"), version=3, previous=(made.id,)), "bob", "finn", author="bob"
    )

    history = site.history()
    assert [item.id for item in history.in_force] == [first.id]
    assert {item.listed.id: words(item.problem) for item in history.pending}[made.id] == (OLD if third else TWO)
    assert not history.holds("bob", Role.CIO)
    assert not history.holds("finn", Role.CISO)


UNIT = Grant(Role.CIO, "Nowhere", False, Period(SINCE, None, ""))


@pytest.mark.attack(
    "an administrator gives the others offices nobody asked for", refusal="pending: a majority of all is needed"
)
@pytest.mark.parametrize("others", ["bob", "bob gita", "bob gita hugo ivy"])
def test_an_administrator_cannot_silence_the_others_by_offices_they_did_not_ask_for(others: str) -> None:
    before = ["finn", *others.split()]
    people = [
        *(item for item in staff(*before, **dict.fromkeys(others.split(), UNIT)) if item.id not in ("cleo", "dan")),
        person("cleo", Grant(Role.CIO, "", False, Period(SINCE, None, "7" * 64))),
        person("dan", Grant(Role.CISO, "", False, Period(SINCE, None, "7" * 64))),
        person("mal", Role.CIO),
        person("mel", Role.CISO),
        person("sock", Role.ADMINISTRATOR, Role.RECORDS),
    ]
    people = [_without(item, Role.ADMINISTRATOR) if item.id in others.split() else item for item in people]

    history = second(" ".join(before), people, "finn", "finn sock")

    assert problem(history).startswith(
        f"no more than 1 of {len(before)} administrators can endorse it without gaining an office by it, and a majority of"
    )
    assert [item.roster.version for item in history.in_force] == [1]
    assert not history.holds("mal", Role.CIO)


def test_of_its_own_administrators_a_majority_of_all_is_needed_as_well() -> None:
    people = staff("bob", "finn", "gita", "hugo", "ivy", cio="bob")

    assert problem(second("bob finn gita", people, "finn", "finn gita")) == NEW
    assert problem(second("bob finn gita", people, "finn", "finn gita ivy")) == ""


def test_a_majority_that_gains_has_to_list_more_administrators_first() -> None:
    people = staff("bob", "finn", "gita", "hugo", bob=UNIT, gita=UNIT)

    assert problem(second("bob finn gita hugo", people, "finn", "finn hugo")) == (
        "no more than 2 of 4 administrators can endorse it without gaining an office by it, and a majority of all must: "
        "list more administrators first"
    )


def test_a_third_administrator_once_listed_makes_an_office_possible() -> None:
    site = Site("office")
    first = site.publish(roster(staff("bob", "finn")), "bob", "finn")
    more = site.publish(roster(staff("bob", "finn", "gita"), version=2, previous=(first.id,)), "bob", "finn")
    site.publish(roster(staff("bob", "finn", "gita", cio="bob"), version=3, previous=(more.id,)), "finn", "gita")

    assert site.history().holds("bob", Role.CIO)


def test_an_office_for_longer_is_gained_too() -> None:
    def lasting(until: date | None) -> Grant:
        return Grant(Role.CIO, "", False, Period(SINCE, until, ""))

    def third(until: date | None, *endorsed: str) -> str:
        site = Site("office")
        first = site.publish(roster(staff("bob", "finn", "gita", bob=lasting(date(2027, 1, 1)))), "bob", "finn", "gita")
        people = staff("bob", "finn", "gita", bob=lasting(until))
        site.publish(roster(people, version=2, previous=(first.id,)), *endorsed, author="finn")
        return problem(site.history())

    assert third(None, "bob", "finn") == OLD
    assert third(date(2027, 1, 2), "bob", "finn") == OLD
    assert third(None, "finn", "gita") == ""
    assert third(date(2026, 12, 31), "bob", "finn") == ""


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


def test_an_office_for_one_unit_is_gained_too() -> None:
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
    # A CIO of everything gains nothing by one unit.
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
