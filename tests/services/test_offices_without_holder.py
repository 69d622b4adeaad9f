"""What is said, with real rosters, of one person in both offices and of an office that nobody holds."""

from __future__ import annotations

import pytest

from intake.domain.base.wording import words
from intake.domain.case.asks import TodoKind
from intake.domain.organisation.roster import Role
from intake.services.deciding.next_act import next_for
from intake.services.lists import cases, todo
from intake.services.organisation import offices as truths
from intake.services.organisation import people, telling
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere, stage


@pytest.fixture
def case(offices: Offices) -> str:
    return waiting_for_both(offices)


@stage
def waiting_for_both(offices: Offices) -> str:
    return filed_everywhere(offices)


def count(offices: Offices, roster: str) -> None:
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), roster)
    offices.travel("finn", *offices.installations)


def give_cleo_both(offices: Offices) -> None:
    """And take the CISO out of his office: Cleo is left alone."""
    bob = offices.installations["bob"]
    count(offices, people.grant_role(bob, offices.signer("bob"), "cleo", Role.CISO).roster)
    count(offices, people.end_role(bob, offices.signer("bob"), "dan", Role.CISO).roster)


def test_a_version_says_before_it_is_signed_and_endorsed_what_it_makes_of_the_offices(
    offices: Offices, case: str
) -> None:
    bob = offices.installations["bob"]
    both = people.to_grant(bob, "bob", "cleo", Role.CISO)
    empty = people.to_end(bob, "bob", "dan", Role.CISO)

    assert [item.code for item in truths.warnings(bob, both)] == ["PutsOnePersonInBoth"]
    (said,) = truths.warnings(bob, empty)
    assert words(said).startswith("Nobody then holds the office of the CISO for everything, where a use case waits.")
    change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO)
    offices.travel("bob", "finn")
    finn = offices.installations["finn"]
    asked = people.require_endorsing(finn, "finn", change.roster)
    assert "LeavesOfficeEmpty" in [item.code for item in telling.told(finn, asked).warnings]


@pytest.mark.attack(
    "one person put in both offices, so that nothing can be decided", refusal="said to signers, endorsers and the case"
)
def test_a_case_that_waits_for_one_person_in_both_offices_says_so_everywhere(offices: Offices, case: str) -> None:
    give_cleo_both(offices)
    ada = offices.installations["ada"]

    found = next_for(ada, ada.state(case), "ada")

    assert "Cleo alone holds both offices for it" in words(found.why)
    row = cases.one(ada, case)
    assert row is not None
    assert truths.stuck_among(ada, [row])[case].code == "OnePersonInBothOffices"
    assert [item.code for item in truths.truths(ada)] == ["OnePersonIsInBoth"]


def test_the_first_page_of_administrators_says_which_cases_nobody_can_decide(offices: Offices, case: str) -> None:
    give_cleo_both(offices)

    for name in ("bob", "finn"):
        (found,) = todo.todo(offices.installations[name], name).items
        assert (found.kind, found.case) == (TodoKind.NOBODY_DECIDES, case)
        assert words(found.said).endswith("an administrator has to list somebody else for one of them.")
    for name in ("ada", "dan"):
        assert todo.todo(offices.installations[name], name).items == ()


def test_with_two_people_nothing_of_it_is_said(offices: Offices, case: str) -> None:
    ada = offices.installations["ada"]
    row = cases.one(ada, case)
    assert row is not None

    assert truths.stuck(ada, ada.state(case)) is None
    assert truths.stuck_among(ada, [row]) == {}
    assert truths.truths(ada) == ()


def test_the_register_counts_what_waits_for_which_office(offices: Offices, case: str) -> None:
    ada = offices.installations["ada"]
    state = ada.state(case)
    assert state.current is not None

    found = ada.register.queries.waiting_for_offices()

    assert {(item.office.value, item.unit, item.count) for item in found} == {
        ("cio", state.current.body.unit, 1),
        ("ciso", state.current.body.unit, 1),
    }
