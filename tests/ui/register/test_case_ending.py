"""Retiring a use case and giving it to somebody else on its page, by those who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.case.phases import Phase
from intake.domain.case.writing import LEFT, REASON_TO_HAND_OVER, REASON_TO_RETIRE
from intake.services.filing import handing, retiring
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere
from tests.ui.register.case_pages import page_of, words
from tests.ui.visiting import Visit
from ui.case.ending_cards import RetiredCard
from ui.case.ending_dialogs import HandOverDialog, RetireDialog
from ui.widgets.signing import SigningDialog

pytestmark = pytest.mark.exhaustive

Open = Callable[[str], Visit]

EVERYBODY = ("ada", "bob", "cleo", "dan")
LEFT_BEHIND = {"data": "Deleted.", "access": "", "model": "Off.", "contract": "Ended."}


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def test_an_owner_retires_it_and_says_what_becomes_of_each_thing(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    ada.click(ada.button("Retire"))
    dialog = ada.dialog(RetireDialog)
    ada.click(dialog.go_on)
    assert words(dialog).count("Write why the use ends.") == 1
    dialog.reason.set_value("Replaced.")
    dialog.left["data"].set_value("Deleted.")
    ada.click(dialog.go_on)
    assert "Say what becomes of access to it, or that there is nothing to do." in words(dialog)
    dialog.nothing["access"].setChecked(True)
    assert not dialog.left["access"].isEnabled()
    dialog.left["model"].set_value("Switched off.")
    dialog.nothing["contract"].setChecked(True)
    ada.click(dialog.go_on)
    said = words(ada.dialog(SigningDialog))
    assert "The use ends at once and must not run." in said
    assert "nothing to do" in said
    ada.sign()

    body = retiring.retired(offices.installations["ada"].state(case))
    assert body is not None
    assert body.left_behind == (("data", "Deleted."), ("access", ""), ("model", "Switched off."), ("contract", ""))
    ada.settle()
    (card,) = page.findChildren(RetiredCard)
    assert "Switched off." in words(card)
    assert not page.ending.retire.isEnabled()


def test_what_is_written_of_it_is_kept_until_it_is_signed(visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    ada.click(ada.button("Retire"))
    dialog = ada.dialog(RetireDialog)
    dialog.reason.focus_widget().setPlainText("Replaced.")  # type: ignore[attr-defined]
    dialog.left["data"].focus_widget().setPlainText("Deleted.")  # type: ignore[attr-defined]
    dialog.reject()
    ada.settle()

    assert page.signing.keeper.words(REASON_TO_RETIRE) == "Replaced."
    assert page.signing.keeper.words(f"{LEFT}data") == "Deleted."


def test_an_office_is_led_to_acknowledging_it(offices: Offices, visit: Open, case: str) -> None:
    retiring.retire(offices.installations["ada"], offices.signer("ada"), case, "Replaced.", LEFT_BEHIND)
    offices.travel("ada", *EVERYBODY)
    dan = visit("dan")
    page = page_of(dan, case)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert "Acknowledge" in page.cards.lead.primary.text().replace("&", "")

    dan.click(page.cards.lead.primary)
    assert "Deleted." in words(dan.dialog(SigningDialog))
    dan.sign()
    dan.settle()

    state = offices.installations["dan"].state(case)
    assert [office.value for office, _ in state.closing.acknowledged] == ["ciso"]
    assert "Acknowledged by the CISO" in words(page)
    assert not page.ending.acknowledge.isEnabled()


def test_it_goes_to_somebody_who_takes_it_over(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    ada.click(ada.button("Hand it over"))
    dialog = ada.dialog(HandOverDialog)
    ada.click(dialog.go_on)
    assert "Choose who is to answer for it." in words(dialog)
    dialog.successor.set_value("bob")
    dialog.reason.set_value("I move on.")
    ada.click(dialog.go_on)
    ada.settle()
    assert "takes it over. Then all that is due of you is due of them." in words(ada.dialog(SigningDialog))
    ada.sign()
    ada.settle()
    assert "to take it over" in words(page)
    assert page.signing.keeper.words(REASON_TO_HAND_OVER) == ""
    offices.travel("ada", *EVERYBODY)

    bob = visit("bob")
    page = page_of(bob, case)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert "Take it over" in page.cards.lead.primary.text()
    bob.click(page.cards.lead.primary)
    bob.settle()
    said = words(bob.dialog(SigningDialog))
    assert "I move on." in said
    assert "From then on you answer for it" in said
    bob.sign()
    bob.settle()

    state = offices.installations["bob"].state(case)
    assert state.current is not None
    assert (state.current.owner, state.phase) == ("bob", Phase.DECIDED)
    assert page.lead.text().endswith("· Bob")
    assert page.ending.hand.isEnabled()


def test_who_holds_an_office_is_told_that_they_decide_no_more(offices: Offices, visit: Open, case: str) -> None:
    handing.hand_over(offices.installations["ada"], offices.signer("ada"), case, "dan", "I move on.")
    offices.travel("ada", *EVERYBODY)
    dan = visit("dan")
    page = page_of(dan, case)

    dan.click(dan.button("Take it over"))
    dan.settle()

    assert "can decide on this use case no more once it is taken over" in words(dan.dialog(SigningDialog))
    assert page.ending.take.isEnabled()


@pytest.mark.parametrize("who", ["bob", "dan"])
def test_nobody_is_offered_what_is_not_theirs(visit: Open, case: str, who: str) -> None:
    page = page_of(visit(who), case)

    ending = (*page.ending.offered, *page.ending.seldom)
    assert [action.isEnabled() for action in ending] == [False] * 5
