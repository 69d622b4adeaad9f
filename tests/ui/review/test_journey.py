"""Deciding by clicking, on real registers with real keys: agreeing, proposing, objecting, and what gets in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase, RecordState
from intake.domain.case.verbs import OpinionVerb
from intake.records.proof.verdict import Indication
from intake.services.deciding.records_at_hand import record_of
from intake.services.proving import verifying
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, filed_with_ciso
from tests.ui.sessions import PASSPHRASE
from tests.ui.visiting import Visit
from ui.inbox.page import InboxPage
from ui.records.signed_pages import PagesDialog
from ui.review.decide import offers, verb_of
from ui.review.page import ReviewPage
from ui.widgets.confirmation import Confirmation
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]


def texts(widget: QLabel | object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def review(person: Visit, case: str) -> ReviewPage:
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    return page


def test_the_ciso_and_then_the_cio_decide_by_clicking(offices: Offices, visit: Open) -> None:
    case = filed_with_both(offices)
    dan = visit("dan")

    inbox = dan.go("inbox")
    assert isinstance(inbox, InboxPage)
    dan.qtbot.keyClick(inbox.table.view, Qt.Key.Key_Return)
    dan.settle()
    # The next act leads the use case and has the keyboard.
    assert dan.button("Read and decide").hasFocus()
    dan.qtbot.keyClick(dan.button("Read and decide"), Qt.Key.Key_Return)
    dan.settle()
    dan.click(dan.button("Approve these terms…".rstrip("…")))
    dan.sign()
    assert "You approved these terms" in texts(dan.page.findChild(Confirmation))
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    review(cleo, case)
    cleo.click(cleo.button("Approve these terms"))
    shown = cleo.dialog(SigningDialog)
    assert "your signature makes the decision" in texts(shown)
    cleo.sign()

    end = cleo.page.findChild(Confirmation)
    state = offices.installations["cleo"].state(case)
    _, pdf = record_of(offices.installations["cleo"], case)
    assert "Decided: both offices approve" in texts(end)
    assert state.decision is not None
    assert state.decision.record_state is RecordState.SEALED
    assert verifying.verify(offices.installations["cleo"], pdf).indication is Indication.PASSED
    assert cleo.button("Open the record").isVisible()


@pytest.mark.exhaustive
def test_the_dialog_shows_exactly_what_was_prepared(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    review(dan, case)

    dan.click(dan.button("Approve these terms"))

    shown = texts(dan.dialog(SigningDialog))
    for line in ("You sign as", "Dan, CISO", "Use case", "Revision", "Tier", "Your position", "Terms", "Record"):
        assert line in shown


@pytest.mark.exhaustive
def test_a_wrong_passphrase_signs_nothing_and_can_be_corrected(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    review(dan, case)
    dan.click(dan.button("Approve these terms"))

    dialog = dan.sign("not my passphrase")

    assert dialog.isVisible()
    assert not dialog.problem.isHidden()
    assert offices.installations["dan"].state(case).phase is Phase.REVIEW
    dan.sign(PASSPHRASE)
    assert offices.installations["dan"].state(case).phase is Phase.COUNTERSIGN


@pytest.mark.exhaustive
def test_edited_terms_are_a_proposal_and_hand_the_turn_back(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    page = review(cleo, case)

    page.tabs.show_section(3)
    cleo.settle()
    users = page.terms.limits.field("user_permissions.max_users").focus_widget()
    users.setFocus()
    users.selectAll()  # type: ignore[attr-defined]
    cleo.qtbot.keyClicks(users, "99")
    approve = page.actions_of["approve"]
    assert not approve.isEnabled()
    assert "propose yours" in approve.toolTip()
    cleo.click(cleo.button("Propose other terms"))
    reason = cleo.dialog(ReasonDialog)
    cleo.qtbot.keyClicks(reason.text.focus_widget(), "Three teams need it.")
    cleo.click(reason.go_on)
    cleo.sign()

    state = offices.installations["cleo"].state(case)
    assert (state.phase, state.turn) == (Phase.TERMS_DIFFER, ("ciso",))
    mine = state.opinion(state.positions[Office.CIO][0])
    assert mine.reason == "Three teams need it."
    assert mine.terms is not None
    assert mine.terms.boundaries["user_permissions.max_users"] == 99


@pytest.mark.parametrize(("signed", "words"), [(False, "Change the terms"), (True, "Propose other terms")])
@pytest.mark.exhaustive
def test_without_an_edit_the_button_leads_to_the_terms(offices: Offices, visit: Open, signed: bool, words: str) -> None:
    case = filed_with_both(offices)
    if signed:
        offices.decide("dan", case)
        offices.travel("dan", "cleo")
    cleo = visit("cleo")
    page = review(cleo, case)

    cleo.click(cleo.button(words))

    assert page.tabs.currentWidget() is page.terms
    assert page.terms.stage.focus_widget().hasFocus()


@pytest.mark.exhaustive
def test_asking_for_changes_needs_a_reason(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    review(dan, case)
    dan.click(dan.button("Request changes"))
    dialog = dan.dialog(ReasonDialog)

    dan.click(dialog.go_on)

    assert dialog.isVisible()
    assert not dialog.problem.isHidden()
    dan.qtbot.keyClicks(dialog.text.focus_widget(), "Say who checks the output.")
    dan.click(dialog.go_on)
    dan.sign()
    assert offices.installations["dan"].state(case).phase is Phase.CHANGES_REQUESTED


@pytest.mark.exhaustive
def test_declining_keeps_the_words_of_a_cancelled_dialog(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    review(dan, case)
    dan.click(dan.button("Decline"))
    first = dan.dialog(ReasonDialog)
    dan.qtbot.keyClicks(first.text.focus_widget(), "It judges people.")
    first.reject()

    dan.click(dan.button("Decline"))

    assert dan.dialog(ReasonDialog).text.value() == "It judges people."
    dan.click(dan.dialog(ReasonDialog).go_on)
    dan.sign()
    state = offices.installations["dan"].state(case)
    assert state.phase is Phase.DECLINED
    assert state.opinion(state.positions[Office.CISO][0]).position is Position.DECLINE
    assert dan.button("Open the record").isVisible()


@pytest.mark.exhaustive
def test_a_case_that_moves_before_the_signature_is_read_again_and_keeps_the_edits(
    offices: Offices, visit: Open
) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(3)
    dan.settle()
    users = page.terms.limits.field("user_permissions.max_users")
    users.focus_widget().selectAll()  # type: ignore[attr-defined]
    dan.qtbot.keyClicks(users.focus_widget(), "7")
    dan.click(dan.button("Approve with my terms"))
    dan.click(dan.dialog(ReasonDialog).go_on)
    offices.file(case=case)
    offices.travel("ada", "dan")

    dan.sign()

    assert not page.notice.isHidden()
    assert "changed while you were looking" in page.notice.title.text()
    assert users.value() == 7
    assert page.strip.revision.text() == "revision 2"
    assert offices.installations["dan"].state(case).positions[Office.CISO] == ()


@pytest.mark.exhaustive
def test_both_signing_first_leaves_a_button_for_the_missing_signature(offices: Offices, visit: Open) -> None:
    case = filed_with_both(offices)
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    (turn,) = offices.installations["dan"].state(case).turn
    signer = visit({"cio": "cleo", "ciso": "dan"}[turn])
    page = review(signer, case)
    assert not page.missing.isHidden()

    signer.click(signer.button("Add my signature to the record", page.missing))
    signer.sign()

    decision = offices.installations[signer.name].state(case).decision
    assert decision is not None
    assert decision.record_state is RecordState.SEALED
    assert page.missing.isHidden()


@pytest.mark.exhaustive
def test_terms_signed_already_cannot_be_signed_again(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    dan = visit("dan")

    page = review(dan, case)

    assert not page.actions_of["approve"].isEnabled()
    assert "approved these terms already" in page.bar.words["approve"].text()


@pytest.mark.exhaustive
def test_counter_terms_may_be_answered_with_one_s_own_again(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    mine = offices.terms("dan", case)
    offices.decide("dan", case, given=mine)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=99), reason="More testers.")
    offices.travel("cleo", "dan")
    page = review(visit("dan"), case)

    found = {offer.key: offer for offer in offers(page._looked.view, mine)}  # type: ignore[union-attr]

    assert verb_of(page._looked.view, mine) is OpinionVerb.PROPOSE  # type: ignore[union-attr]
    assert not found["propose"].blocked


def test_terms_that_are_over_are_not_approved(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    page = review(visit("dan"), case)
    view = page._looked.view  # type: ignore[union-attr]
    over = replace(view.proposal, expires=view.today - timedelta(days=1))

    found = {offer.key: offer for offer in offers(view, over)}

    assert found["approve"].text == "&Approve with my terms…"
    assert "over already" in found["approve"].blocked
    assert not found["propose"].blocked, "it leads to the field where a later day is chosen"


@pytest.mark.exhaustive
def test_terms_that_are_over_are_not_proposed_against_signed_ones(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    page = review(visit("cleo"), case)
    view = page._looked.view  # type: ignore[union-attr]
    over = replace(view.proposal, expires=view.today - timedelta(days=1))

    found = {offer.key: offer.blocked for offer in offers(view, over)}

    assert "You changed the CISO’s terms" in found["approve"]
    assert "over already" in found["propose"]


@pytest.mark.exhaustive
def test_the_sheet_shows_the_boundaries_and_what_the_other_office_signed_otherwise(
    offices: Offices, visit: Open
) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case, given=offices.terms("dan", case, users=15))
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    page = review(cleo, case)
    page.tabs.show_section(3)
    cleo.settle()
    users = page.terms.limits.field("user_permissions.max_users").focus_widget()
    users.setFocus()
    users.selectAll()  # type: ignore[attr-defined]
    cleo.qtbot.keyClicks(users, "99")

    cleo.click(cleo.button("Propose other terms"))
    cleo.dialog(ReasonDialog).text.set_value("More testers.")
    cleo.click(cleo.dialog(ReasonDialog).go_on)

    dialog = cleo.dialog(SigningDialog)
    shown = texts(dialog)
    assert "99 people instead of 15 people: allows more" in shown
    assert "99 people instead of 20 people: allows more" in shown
    assert "Users at most: 99 people" in shown
    for boundary in ("Data access", "Model scope", "System integration", "User permissions"):
        assert boundary in shown
    assert dialog.focusWidget() is dialog.attestations[0]
    dialog.reject()


@pytest.mark.exhaustive
def test_the_pages_one_looks_at_are_the_pages_that_are_signed(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    review(cleo, case)
    cleo.click(cleo.button("Approve these terms"))
    dialog = cleo.dialog(SigningDialog)
    assert dialog.pages is not None

    cleo.click(dialog.pages)
    pages = cleo.dialog(PagesDialog)
    assert pages.opened is not None
    looked = pages.opened.data
    cleo.click(pages.as_text)
    read = pages.text.toPlainText()
    pages.reject()
    cleo.sign()

    _, signed = record_of(offices.installations["cleo"], case)
    state = offices.installations["cleo"].state(case)
    theirs = state.opinion(state.positions[Office.CISO][0]).record
    assert theirs is not None
    assert looked == offices.installations["cleo"].register.queries.blob(theirs.sha256)
    assert signed.startswith(looked)
    assert len(signed) > len(looked)
    assert state.current is not None
    assert state.current.body.title in read
