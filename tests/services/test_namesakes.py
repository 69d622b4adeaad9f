"""Two people of one name in an organisation: the sheet, the lists of people and the pages tell them apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import said
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Condition, Terms
from intake.services.deciding import deciding, reviewing
from intake.services.installation.installation import PersonWithKey
from intake.services.lists import people as listed
from intake.services.organisation import people
from tests.people import person
from tests.services.offices import Offices


@pytest.fixture
def two(offices: Offices) -> Offices:
    """A second Ada is listed."""
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    people.enrol(bob, PersonWithKey("ada2", person("gina").key), name="Ada", unit="Sales")
    (asked,) = (item for item in people.enrolments(bob) if item.person == "ada2")
    change = people.list_person(bob, offices.signer("bob"), asked.act, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    return offices


def burdening(offices: Offices, case: str, who: str) -> Terms:
    proposal = reviewing.look(offices.installations["dan"], case, "dan").proposal
    return replace(proposal, conditions=(*proposal.conditions, Condition(date(2027, 3, 1), who, "Test with users")))


@pytest.mark.attack("a condition for one of two people of one name", refusal="the sheet tells them apart")
def test_the_sheet_tells_whose_condition_is_left_out_and_whose_is_added(two: Offices) -> None:
    case = two.file()
    two.travel("ada", "dan", "cleo")
    two.decide("dan", case, given=burdening(two, case, "ada"))
    two.travel("dan", "cleo")
    cleo = two.installations["cleo"]

    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=burdening(two, case, "ada2"))

    rows = [said(row.value) for row in prepared.rows]
    assert any("Test with users" in row and "Ada (ada)" in row for row in rows)
    assert any("Test with users" in row and "Ada (ada2)" in row for row in rows)
    assert not any("(Ada, " in row for row in rows)
    assert any(row.startswith("Ada (ada), ") for row in rows), "and whose use case it is"


@pytest.mark.attack("a condition for one of two people of one name", refusal="the pages tell them apart")
def test_the_pages_tell_them_apart(two: Offices) -> None:
    case = two.file()
    two.travel("ada", "dan")
    dan = two.installations["dan"]
    state = dan.state(case)
    assert state.current is not None
    case_file = dan.case_file(state, state.current)

    content = dan.printer.newest.decision(case_file, burdening(two, case, "ada2"))

    assert "Ada (ada)" in str(content)
    assert "Ada (ada2)" in str(content)


def test_a_list_to_choose_from_tells_them_apart(two: Offices) -> None:
    names = listed.names(two.installations["dan"])

    assert {names["ada"], names["ada2"], names["dan"]} == {"Ada (ada)", "Ada (ada2)", "Dan"}
    assert [item.name for item in listed.found(two.installations["dan"], "ada")] == ["Ada (ada)", "Ada (ada2)"]
