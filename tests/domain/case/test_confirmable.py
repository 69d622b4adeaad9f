"""What terms ask for, and whether anybody could report it and anybody else confirm it: the rule, by who is on the roster."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.case.answering import against_asking
from intake.domain.case.commitment import Commitment, CommitmentSource, asked_of
from intake.domain.organisation.roster import Person, Role
from tests.domain.world import PEOPLE, START, Site, person, roster

GONE = person("gus", Role.AUDITOR, end="a" * 64)
ALONE = tuple(item for item in PEOPLE if item.id != "dan")


def why(asked: Commitment, people: tuple[Person, ...] = PEOPLE) -> str:
    site = Site("office")
    site.publish(roster(people), "bob", "finn")
    case = site.revision().id
    found = against_asking([asked], site.state(case), site.history(), START.date())
    return found.what_happened if found else ""


def condition(owner: str, office: Office | None) -> Commitment:
    return asked_of(CommitmentSource.CONDITION, "Log it", owner, office=office)


def control(office: Office | None, owner: str = "ada") -> Commitment:
    return asked_of(CommitmentSource.CONTROL, "Log it", owner, office=office, name="log")


@pytest.mark.parametrize(
    ("people", "free"),
    [
        ((), False),
        ((person("dora", Role.CISO),), True),
        # An owner of the case confirms nothing in it, and who is in both offices speaks as the CIO.
        ((person("ada", Role.OWNER, Role.CISO),), False),
        ((person("cleo", Role.CIO, Role.CISO),), False),
        ((person("dora", Role.CISO, end="a" * 64),), False),
    ],
    ids=["nobody", "a second holder", "the owner", "one in both offices", "without a key"],
)
def test_who_meets_it_and_alone_holds_the_office_that_confirms_it(people: tuple[Person, ...], free: bool) -> None:
    new = {item.id for item in people}
    every = (*(item for item in PEOPLE if item.id not in new), *people)

    assert why(condition("dan", Office.CISO), every) == (
        "" if free
        else "Nobody could confirm “Log it”: Dan has to meet it, and alone holds the office of the CISO, which confirms it."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        (condition("dan", None), PEOPLE),
        (condition("dan", Office.CIO), PEOPLE),
        (condition("cleo", Office.CISO), PEOPLE),
        (condition("eve", Office.CISO), PEOPLE),
        (control(Office.CISO), PEOPLE),
        # An office that is vacant confirms nothing, and nothing is decided before it is held again.
        (control(Office.CISO), ALONE),
        (condition("cleo", None), ALONE),
    ],
)
def test_what_somebody_else_confirms_may_be_asked_for(asked: Commitment, people: tuple[Person, ...]) -> None:
    assert why(asked, people) == ""


def test_a_control_is_no_exception() -> None:
    assert why(control(Office.CISO, "dan")).startswith("Nobody could confirm “Log it”: Dan has to meet it")


def test_a_condition_is_for_nobody_who_has_left() -> None:
    assert why(condition("gus", Office.CISO), (*PEOPLE, GONE)) == (
        "The condition “Log it” is for Gus, who has no key any more."
    )
