"""Suspending and lifting on the page of a use case, by those whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.domain.case.writing import REASON_TO_LIFT, REASON_TO_SUSPEND
from intake.services.deciding import suspending
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere, filed_with_ciso
from tests.ui.register.case_pages import page_of, words
from tests.ui.visiting import Visit
from ui.case.page import CasePage
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]

EVERYBODY = ("ada", "cleo", "dan")


def signs(person: Visit, page: CasePage, button: str, reason: str) -> str:
    """Press a button of the page, give the reason, and sign; what the sheet says."""
    person.click(person.button(button))
    dialog = person.dialog(ReasonDialog)
    dialog.text.set_value(reason)
    person.click(dialog.go_on)
    said = words(person.dialog(SigningDialog))
    person.sign()
    return said


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def test_an_office_suspends_and_both_lift_it_on_the_page(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = page_of(dan, case)
    assert not page.lift.isEnabled()

    said = signs(dan, page, "Suspend", "It leaked a contract.")
    assert "must not run until both offices have lifted it" in said
    offices.travel("dan", *EVERYBODY)

    ada = page_of(visit("ada"), case)
    assert "Stop it now" in words(ada)
    assert "It may run again when the CIO and the CISO have lifted it" in words(ada)
    assert not ada.suspend.isEnabled()
    assert not ada.lift.isEnabled()

    page = page_of(dan, case)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert "Lift the suspension" in page.cards.lead.primary.text()
    said = signs(dan, page, "Lift the suspension", "The leak is closed.")
    assert "It leaked a contract." in said
    assert "It stays suspended until the CIO has lifted it too." in said
    offices.travel("dan", *EVERYBODY)

    cleo = visit("cleo")
    page = page_of(cleo, case)
    said = signs(cleo, page, "Lift the suspension", "Seen the fix.")
    assert "what was decided is in force again" in said
    assert offices.installations["cleo"].state(case).in_force is not None


@pytest.mark.exhaustive
def test_an_office_that_lifted_its_half_can_suspend_again(offices: Offices, visit: Open, case: str) -> None:
    """A half of a lift is not taken back: who has second thoughts suspends again (0056)."""
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    suspending.lift(offices.installations["dan"], offices.signer("dan"), case, "Mended.")
    dan = visit("dan")

    signs(dan, page_of(dan, case), "Suspend", "It leaks again.")

    assert [len(item.waits_for()) for item in offices.installations["dan"].state(case).suspensions] == [1, 2]


def test_nothing_is_suspended_that_was_not_decided(offices: Offices, visit: Open) -> None:
    page = page_of(visit("dan"), filed_with_ciso(offices))

    assert not page.suspend.isEnabled()


@pytest.mark.parametrize(("button", "part"), [("Suspend", REASON_TO_SUSPEND), ("Lift the suspension", REASON_TO_LIFT)])
@pytest.mark.exhaustive
def test_who_loses_the_office_while_writing_the_reason_signs_nothing(
    offices: Offices, visit: Open, case: str, button: str, part: str
) -> None:
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    dan = visit("dan")
    page = page_of(dan, case)
    before = len(offices.installations["dan"].state(case).events)
    dan.click(dan.button(button))
    dialog = dan.dialog(ReasonDialog)
    dialog.text.set_value("Look at the logs.")
    facts = page.signing._sheet
    assert facts is not None
    # What the page follows once a roster has come that gives the office to somebody else.
    page.signing.follow(replace(facts, may=replace(facts.may, office=None)))

    dan.click(dialog.go_on)

    assert "Only the CIO and the CISO give opinions" in words(dan.dialog(RefusalDialog))
    assert len(offices.installations["dan"].state(case).events) == before
    assert page.signing.keeper.words(part) == "Look at the logs."
