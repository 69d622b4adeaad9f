"""Accepting what both offices decided on the page of a use case, and answering a point of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from intake.domain.case.phases import Phase
from intake.domain.case.writing import cost_of
from intake.domain.terms.terms import Condition
from intake.services.deciding import accepting
from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.ui.register.case_pages import page_of, words
from tests.ui.visiting import Visit
from ui.review.page import ReviewPage
from ui.review.sections import TERMS
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

pytestmark = pytest.mark.exhaustive

Open = Callable[[str], Visit]

EVERYBODY = ("ada", "cleo", "dan")
USERS = "user_permissions.max_users"


@pytest.fixture
def case(offices: Offices) -> str:
    """Both tightened the number of users and added a condition, and Ada has it."""
    found = filed_with_both(offices)
    given = replace(offices.terms("dan", found, users=15), conditions=(Condition(date(2026, 12, 1), "ada", "Train"),))
    offices.decide("dan", found, given=given, reason="Small first.")
    offices.travel("dan", "cleo")
    offices.decide("cleo", found, given=given)
    offices.travel("cleo", *EVERYBODY)
    return found


def test_the_owner_reads_every_difference_and_accepts(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert "Accept what was decided" in page.cards.lead.primary.text()
    said = words(page)
    assert "Awaits acceptance" in said
    assert "15 people instead of 20 people: tighter" in said
    assert "added: Train (Ada, until" in said

    ada.click(page.cards.lead.primary)
    sheet = words(ada.dialog(SigningDialog))
    for expected in (
        "15 people instead of 20 people: tighter",
        "added: Train (Ada, until",
        "With your signature it holds",
    ):
        assert expected in sheet
    ada.sign()

    state = offices.installations["ada"].state(case)
    assert state.phase is Phase.DECIDED
    assert state.in_force is not None


def test_the_owner_says_what_a_point_costs_and_the_office_sees_it(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    assert page.cards.otherwise is not None
    link = next(item for item in page.cards.otherwise.links if item.key == USERS)
    ada.click(link)
    dialog = ada.dialog(ReasonDialog)
    dialog.text.set_value("The second branch cannot try it.")
    ada.click(dialog.go_on)
    sheet = words(ada.dialog(SigningDialog))
    assert "15 people instead of 20 people: tighter" in sheet
    assert "The second branch cannot try it." in sheet
    assert "Nothing that they signed is taken back. Until it is accepted nothing of it may run." in sheet
    ada.sign()
    assert page.signing.keeper.words(cost_of(USERS)) == ""
    offices.travel("ada", *EVERYBODY)

    said = words(page_of(visit("dan"), case))
    assert "The second branch cannot try it." in said
    assert "Ada answered on" in said
    assert "What your tightenings cost" in said
    assert "Small first." in said
    assert "not accepted" in said
    assert "What your tightenings cost" not in words(page_of(visit("cleo"), case))


def test_an_office_reads_the_answer_at_the_very_field_of_the_editor_and_the_comparison(
    offices: Offices, visit: Open, case: str
) -> None:
    ada = offices.installations["ada"]
    (condition,) = ada.state(case).decision.terms.conditions  # type: ignore[union-attr]
    for about, text in ((USERS, "Two teams wait."), (condition.digest, "Nobody has time.")):
        accepting.answer(ada, offices.signer("ada"), case, about, text)
    offices.travel("ada", *EVERYBODY)
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)
    dan.settle()
    page.tabs.show_section(TERMS)
    dan.settle()

    row = page.terms.limits._rows[USERS]
    assert row.answer.isVisibleTo(page.terms)
    assert row.answer.text().endswith(": Two teams wait.")
    other = page.terms.limits._rows["data_access.regions"]
    assert not other.answer.isVisibleTo(page.terms)
    assert "Train" in page.terms.answered.text()
    assert "Nobody has time." in page.terms.answered.text()
    compared = words(page.terms.compared.comparison)
    assert "Two teams wait." in compared
    assert "Nobody has time." in compared
    assert (
        page.bar.words["approve"]
        .text()
        .startswith(
            "Both offices have decided this already. Signing the same terms again tells the owner that they stay"
        )
    )


def test_the_offices_are_offered_neither(offices: Offices, visit: Open, case: str) -> None:
    page = page_of(visit("dan"), case)

    assert not page.accept.isEnabled()
    assert not page.answer.isEnabled()
    assert page.cards.otherwise is not None
    assert page.cards.otherwise.links == []


def test_what_came_while_an_answer_was_written_signs_nothing_and_keeps_the_words(
    offices: Offices, visit: Open, case: str
) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    assert page.cards.otherwise is not None
    ada.click(page.cards.otherwise.links[0])
    dialog = ada.dialog(ReasonDialog)
    dialog.text.set_value("A month.")
    accepting.accept(offices.installations["ada"], offices.signer("ada"), case)
    facts = page.signing._sheet
    assert facts is not None
    page.accepting.follow(replace(facts, decided=None))

    ada.click(dialog.go_on)

    assert "Nothing of this use case waits for the owner" in words(ada.dialog(RefusalDialog))
    assert offices.installations["ada"].state(case).acceptance.answers == ()  # type: ignore[union-attr]
    assert page.signing.keeper.words(cost_of(USERS)) == "A month."
