"""Whether two people hold the two offices, for what, and what is said where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.base.wording import words
from intake.domain.organisation.offices import (
    WaitingFor,
    against_moving,
    holders,
    office_truths,
    office_warnings,
)
from intake.domain.organisation.roster import Grant, Period, Person, Role, Roster
from tests.domain.world import SINCE, person, roster

DAY = date(2026, 11, 22)
BOTH = ("cio", "ciso")
UNITS = ("", "Finance", "Lab")


def for_(role: Role, scope: str, until: date | None = None, end: str = "") -> Grant:
    return Grant(role, scope, False, Period(SINCE, until, end))


def why(*people: Person, turn: tuple[str, ...] = BOTH, unit: str = "Finance", parties: tuple[str, ...] = ()) -> str:
    return words(against_moving([roster(people)], turn, DAY, str.title, unit=unit, case="f" * 64, parties=parties))


CLEO, DAN = person("cleo", Role.CIO), person("dan", Role.CISO)


def test_two_people_move_on_and_so_does_what_is_no_offices_turn() -> None:
    assert why(CLEO, DAN) == ""
    assert why(CLEO, turn=("owner",)) == ""
    assert why(turn=()) == ""
    assert against_moving([], BOTH, DAY, str, unit="", case="") is None


def test_one_person_in_both_offices_alone_moves_nothing() -> None:
    said = why(person("cleo", Role.CIO, Role.CISO))

    assert said.startswith("Cleo alone holds both offices for it, and it takes two people to decide")
    assert why(person("cleo", Role.CIO, Role.CISO), turn=("ciso",)) == said


def test_one_person_in_both_beside_somebody_else_hinders_nobody() -> None:
    assert why(person("cleo", Role.CIO, Role.CISO), DAN) == ""


@pytest.mark.parametrize(
    "grant",
    [
        None,
        for_(Role.CISO, "Lab"),
        for_(Role.CISO, "", until=date(2026, 11, 21)),
        for_(Role.CISO, "", end="a" * 64),
    ],
    ids=["nobody", "another unit", "past its last day", "ended"],
)
def test_an_office_that_nobody_holds_for_it_is_named(grant: Grant | None) -> None:
    others = () if grant is None else (person("dan", grant),)

    assert why(CLEO, *others).startswith("Nobody holds the office of the CISO for it")
    assert why(CLEO, *others, turn=("cio",)) == ""


def test_who_has_no_key_left_holds_no_office() -> None:
    assert why(CLEO, person("dan", Role.CISO, end="a" * 64)).startswith("Nobody holds the office of the CISO")


def test_who_owns_the_case_is_not_counted() -> None:
    assert why(CLEO, DAN, parties=("dan",)).startswith(
        "Only people who own or filed it hold the office of the CISO for it"
    )
    assert why(CLEO, person("dan", Role.CIO, Role.CISO), parties=("cleo",)).startswith("Dan alone holds both offices")


def warned(new: tuple[Person, ...], old: tuple[Person, ...], *waiting: WaitingFor) -> list[str]:
    return [words(item) for item in office_warnings(roster(new), [roster(old)], waiting, DAY, str.title)]


def test_who_signs_a_version_is_told_that_it_puts_one_person_in_both() -> None:
    both = person("cleo", Role.CIO, Role.CISO)

    (said,) = warned((both, DAN), (CLEO, DAN))

    assert said.startswith("Cleo then holds both offices for everything.")
    assert warned((both, DAN), (both, DAN)) == []
    (said,) = warned((person("cleo", Role.CIO, for_(Role.CISO, "Lab")), DAN), (CLEO, DAN))
    assert said.startswith("Cleo then holds both offices for the unit “Lab”.")


def test_who_signs_a_version_is_told_which_cases_then_wait_for_nobody() -> None:
    waiting = (
        WaitingFor(Office.CISO, "Finance", 2),
        WaitingFor(Office.CISO, "Lab", 1),
        WaitingFor(Office.CIO, "Lab", 1),
    )

    (said,) = warned((CLEO,), (CLEO, DAN), *waiting)
    assert said == (
        "Nobody then holds the office of the CISO for everything, where 3 use cases wait. None of them can be decided."
    )
    (said,) = warned((CLEO, person("dan", for_(Role.CISO, "Finance"))), (CLEO, DAN), *waiting)
    assert said == (
        "Nobody then holds the office of the CISO for the unit “Lab”, where a use case waits. It cannot be decided."
    )
    assert warned((CLEO,), (CLEO,), *waiting) == []
    assert warned((CLEO,), (CLEO, DAN)) == []


def test_who_ends_a_role_is_told_that_one_person_is_left_alone_with_both() -> None:
    both = person("cleo", Role.CIO, Role.CISO)
    waiting = (WaitingFor(Office.CIO, "Lab", 2), WaitingFor(Office.CISO, "Lab", 1))

    (said,) = warned((both,), (both, DAN), *waiting)

    assert said == (
        "Cleo then alone holds both offices for the unit “Lab”, where 2 use cases wait. None of them can be decided: "
        "it takes two people."
    )
    assert warned((both,), (both,), *waiting) == []


def test_the_page_of_people_says_it_while_it_is_so() -> None:
    def said(*people: Person) -> list[str]:
        waiting = (WaitingFor(Office.CISO, "Lab", 1), WaitingFor(Office.CISO, "Finance", 1))
        return [words(item) for item in office_truths([roster(people)], waiting, DAY, str.title)]

    assert said(CLEO, DAN) == []
    assert said(CLEO) == ["Nobody holds the office of the CISO, so nothing can be decided."]
    (both,) = said(person("cleo", Role.CIO, Role.CISO))
    assert both.startswith("Cleo holds both offices for everything.")
    assert said(CLEO, person("dan", for_(Role.CISO, "Lab"))) == [
        "Nobody holds the office of the CISO for the unit “Finance”, where a use case waits. It cannot be decided."
    ]
    assert office_truths([], (), DAY, str) == ()


def rosters(seed: int) -> Iterator[Roster]:
    chance = Random(seed)
    for _ in range(chance.choice((1, 1, 2))):
        yield roster(
            person(
                name,
                *(
                    for_(
                        role,
                        chance.choice(("", *UNITS)),
                        chance.choice((None, None, None, date(2026, 11, 21))),
                        chance.choice(("", "", "", "a" * 64)),
                    )
                    for role in (Role.CIO, Role.CISO)
                    if chance.random() < 0.8
                ),
            )
            for name in ("ann", "ben", "cid")
        )


def test_it_moves_exactly_where_two_different_people_can_be_found() -> None:
    """A second reading: try every pair of people."""
    moves = stuck = 0
    for seed in range(300):
        found = list(rosters(seed))
        for unit, parties in product(UNITS, ((), ("ann",))):
            able = {
                office: [
                    name
                    for name in ("ann", "ben", "cid")
                    if name not in parties
                    and all(
                        any(
                            grant.role == office.value
                            and not grant.period.end
                            and (grant.period.until is None or grant.period.until >= DAY)
                            and grant.scope in ("", unit)
                            for grant in item.people.by_id[name].grants
                        )
                        for item in found
                    )
                ]
                for office in Office
            }
            pairs = [pair for pair in product(able[Office.CIO], able[Office.CISO]) if pair[0] != pair[1]]
            said = against_moving(found, BOTH, DAY, str, unit=unit, case="f" * 64, parties=parties)
            assert (said is None) == bool(pairs), f"{seed} {unit} {parties}: {said}"
            assert holders(found, Office.CIO, DAY, unit=unit) >= frozenset(able[Office.CIO])
            moves, stuck = moves + bool(pairs), stuck + (not pairs)

    assert min(moves, stuck) > 100
