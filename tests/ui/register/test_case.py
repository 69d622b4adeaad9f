"""The page of one use case: standing, status, terms, history, and what its owner can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.canonical import sha256
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Condition, terms
from intake.services.deciding import deciding
from intake.services.deciding.verbs import verbs_given
from intake.services.installation.act_writer import CaseMoved
from intake.services.organisation import people
from tests.people import person
from tests.services.later import sign_later
from tests.services.offices import Offices
from tests.services.patched import seal
from tests.services.stages import filed_with_ciso, stage
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.case.history import moments
from ui.case.page import CasePage
from ui.records.signed_pages import PagesDialog
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]


def look(person: Visit, case: str) -> CasePage:
    page = person.go("case", case)
    assert isinstance(page, CasePage)
    person.settle()
    return page


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@stage
def decided(offices: Offices) -> str:
    return decided_with(offices)


def decided_with(offices: Offices, *, condition: int = 0) -> str:
    case = filed_with_ciso(offices)
    agreed = offices.terms("dan", case)
    if condition:
        due = offices.clock().date() + timedelta(days=condition)
        agreed = terms(
            agreed.stage, agreed.boundaries, (Condition(due, "ada", "Test it"),), agreed.begins, agreed.expires
        )
    offices.decide("dan", case, given=agreed)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    offices.travel("cleo", "ada", "bob")
    if condition:
        # What both added holds once its owner accepts it.
        offices.accept(case, "dan", "cleo", "bob")
    return case


def test_before_a_decision_it_may_not_run_and_the_offices_are_named(offices: Offices, visit: Open) -> None:
    case = offices.file()

    shown = words(look(visit("ada"), case))

    assert "Waits for review" in shown
    assert "Both offices’ turn" in shown
    assert "It must not run before both offices have signed the same terms." in shown
    assert "Filed revision 1" in shown


def test_the_keyboard_is_on_the_first_action_once_it_is_read(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    ada.go("register")

    page = look(ada, case)

    held = ada.desktop.window.focusWidget()
    assert held is not None
    assert page.isAncestorOf(held)


def test_a_decision_says_until_when_it_may_run(offices: Offices, visit: Open) -> None:
    case = decided(offices)

    page = look(visit("ada"), case)

    shown = words(page)
    assert "Decided" in shown
    assert "Yes: pilot" in shown
    assert "Sealed the record with both signatures" in shown
    assert page.record.isEnabled()
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_after_its_day_it_must_stop_and_overdue_conditions_are_named(offices: Offices, visit: Open) -> None:
    case = decided_with(offices, condition=10)
    offices.clock.now += timedelta(days=400)

    shown = words(look(visit("ada"), case))

    assert "No: expired" in shown
    assert "Stop it now" in shown
    assert "It must not run: the approval ended on " in shown
    assert "To go on, file it again for both offices to sign." in shown
    assert "1 commitment overdue" in shown


@pytest.mark.exhaustive
def test_a_suspended_case_names_its_sealed_record(offices: Offices, visit: Open) -> None:
    case = decided(offices)
    decision = offices.installations["bob"].state(case).decision
    assert decision is not None
    assert decision.record is not None
    assert "Sealed records" not in words(look(visit("ada"), case))
    offices.decide("dan", case, Position.DECLINE, reason="It leaks.")
    offices.travel("dan", "bob")

    page = look(visit("bob"), case)

    shown = words(page)
    assert "Sealed records" in shown
    assert "It is the record of a decision that is not in force now." in shown
    assert decision.record.sha256 in {label.toolTip() for label in page.findChildren(QLabel)}
    assert nameless(page) == []


@pytest.mark.exhaustive
def test_the_owner_withdraws_with_a_reason_and_a_signature(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    page = look(ada, case)
    ada.click(ada.button("Withdraw"))
    reason = ada.dialog(ReasonDialog)
    ada.qtbot.keyClicks(reason.text.focus_widget(), "We bought something else.")
    ada.click(reason.go_on)
    assert "We bought something else." in words(ada.dialog(SigningDialog))

    ada.sign()

    assert offices.installations["ada"].state(case).phase is Phase.WITHDRAWN
    assert "Withdrew the use case" in words(page)
    assert not page.withdraw.isEnabled()


def asked_to_withdraw(person: Visit, case: str) -> SigningDialog:
    look(person, case)
    person.click(person.button("Withdraw"))
    reason = person.dialog(ReasonDialog)
    person.qtbot.keyClicks(reason.text.focus_widget(), "We bought something else.")
    person.click(reason.go_on)
    return person.dialog(SigningDialog)


@pytest.mark.exhaustive
def test_the_pages_of_a_withdrawal_are_seen_before_they_are_signed(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    dialog = asked_to_withdraw(ada, case)
    assert dialog.pages is not None

    ada.click(dialog.pages)
    pages = ada.dialog(PagesDialog)
    assert pages.opened is not None
    looked = pages.opened.data
    pages.reject()
    ada.sign()

    (event,) = [item for item in offices.installations["ada"].state(case).events if item.act.kind == "withdraw"]
    assert isinstance(event.body, WithdrawBody)
    assert event.body.record is not None
    signed = offices.installations["ada"].register.queries.blob(event.body.record.sha256)
    assert signed is not None
    assert signed.startswith(looked)
    assert event.body.base == sha256(looked)


@pytest.mark.attack("a use case that moves between the pages and the signature", refusal="CaseMoved")
@pytest.mark.exhaustive
def test_a_use_case_that_moved_is_not_withdrawn_unseen(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    ada = visit("ada")
    asked_to_withdraw(ada, case)
    offices.decide("dan", case)
    offices.travel("dan", "ada")

    ada.sign()

    assert ada.dialog(RefusalDialog).title.text() == CaseMoved().what_happened
    assert offices.installations["ada"].state(case).phase is Phase.COUNTERSIGN


def test_the_page_shows_what_it_is_its_limits_and_the_reasons_of_the_offices(offices: Offices, visit: Open) -> None:
    case = decided(offices)

    shown = words(look(visit("ada"), case))

    for part in ("What it is", "Terms in force", "Value", "Risk", "What the offices say", "User permissions"):
        assert part in shown
    assert "Users at most: 20 people" in shown


def test_a_comment_is_signed_from_the_case(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    page = look(ada, case)
    ada.click(ada.button("Comment"))
    asked = ada.dialog(ReasonDialog)
    ada.qtbot.keyClicks(asked.text.focus_widget(), "See the annex.")
    ada.click(asked.go_on)

    ada.sign()

    assert "See the annex." in words(page)
    assert [event.act.kind for event in offices.installations["ada"].state(case).events] == ["revision", "comment"]


def test_who_is_not_listed_cannot_comment_and_types_no_passphrase(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    look(ada, case)
    change = people.cut_off_key(offices.installations["bob"], offices.signer("bob"), person("ada").key.fingerprint)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "ada")
    ada.click(ada.button("Comment"))
    asked = ada.dialog(ReasonDialog)
    ada.qtbot.keyClicks(asked.text.focus_widget(), "See the annex.")
    ada.click(asked.go_on)

    assert "the roster does not list you with this key" in words(ada.dialog(RefusalDialog))
    assert not any(item.isVisible() for item in ada.desktop.window.findChildren(SigningDialog))


@pytest.mark.exhaustive
def test_only_the_owner_is_offered_to_file_again(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)

    owner, office = look(visit("ada"), case), look(visit("dan"), case)

    assert owner.again.isEnabled()
    assert not office.again.isEnabled()
    assert not office.withdraw.isEnabled()
    assert office.review.text() == "Read and decide"


@pytest.mark.exhaustive
def test_filing_again_and_a_similar_request_begin_drafts(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    look(ada, case)

    ada.click(ada.button("File again"))
    look(ada, case)
    ada.click(ada.button("Start a similar use case"))

    drafts = {row.case for row in offices.installations["ada"].register.drafts.listed()}
    assert drafts == {case, ""}
    assert [place for place, _ in ada.went] == ["guide", "guide"]


def test_the_history_says_who_did_what_and_foreign_words_stay_text(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case, Position.CHANGES, reason="<b>Say</b> more.")
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "A word <i>beside</i>.")
    offices.travel("dan", "ada")

    page = look(visit("ada"), case)

    state = offices.installations["ada"].state(case)
    told = moments(state, {"dan": "Dan", "ada": "Ada"}, verbs_given(offices.installations["ada"], state))
    assert [(moment.title.split(" (")[0], moment.who) for moment in told] == [
        ("Commented", "Dan"),
        ("CISO requested changes to revision 1", "Dan"),
        ("Filed revision 1", "Ada"),
    ]
    assert "<b>Say</b> more." in words(page)


@pytest.mark.exhaustive
def test_a_seal_over_junk_is_an_alarm_and_says_why_it_does_not_count(offices: Offices, visit: Open) -> None:
    case = decided(offices)
    seal(offices, "cleo", case, b"junk")
    offices.travel("cleo", "ada")

    page = look(visit("ada"), case)

    state = offices.installations["ada"].state(case)
    told = moments(state, {}, verbs_given(offices.installations["ada"], state))
    assert "Alarm" in words(page)
    assert "A seal does not count: the file it names is not the record it describes." in words(page)
    assert (told[0].chip, told[0].text) == (
        "does not count",
        "Why: the file it names is not the record it describes.",
    )


def test_a_use_case_of_which_nothing_counts_is_shown_all_the_same(visit: Open) -> None:
    page = look(visit("ada"), "0" * 64)

    assert "Nothing of it counts yet" in words(page)
    assert not page.comment.isEnabled()


def test_notes_of_a_newer_version_are_one_entry_of_the_history(offices: Offices, visit: Open) -> None:
    case = offices.file()
    for who in ("ada", "bob"):
        offices.travel("ada", "bob")
        for _ in range(2):
            sign_later(offices.installations[who], offices.signer(who), "note-archive", {"text": "Filed."}, case=case)
    offices.travel("bob", "ada")

    shown = words(look(visit("ada"), case))

    assert "Left 4 notes of a newer version" in shown
    assert "note-archive" in shown
    assert "not understood" not in shown
    assert "New approvals are blocked" not in shown
