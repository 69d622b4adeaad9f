"""Remarks on the page of a use case and on its review: answered, resolved, counted; the resolved ones folded away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.acts.kinds import KINDS, Place
from intake.services.deciding import deciding, remarks
from intake.services.installation.act_writer import CaseMoved
from tests.services.offices import Offices
from tests.ui.register.test_case import look
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.case import history
from ui.review.page import ReviewPage
from ui.review.sections import COMMENTS
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.fold import Fold
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def case(offices: Offices) -> str:
    """A filed use case with a remark of the CISO, of which the owner knows."""
    made = offices.file()
    offices.travel("ada", "dan")
    deciding.comment(offices.installations["dan"], offices.signer("dan"), made, "Ninety days are long.")
    offices.travel("dan", "ada", "bob")
    return made


def open_here(offices: Offices, who: str, case: str) -> list[bool]:
    return [item.open for item in offices.installations[who].state(case).threads]


@pytest.mark.exhaustive
def test_the_owner_resolves_a_remark_on_the_page_of_the_use_case(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = look(ada, case)
    assert "1 open remark" in shown(page)
    assert "Dan, CISO" in shown(page)

    ada.click(ada.button("Resolve"))
    said = shown(ada.dialog(SigningDialog))
    ada.sign()

    assert "Ninety days are long." in said
    assert open_here(offices, "ada", case) == [False]
    assert "No open remarks" in shown(page)
    (fold,) = [item for item in page.findChildren(Fold) if "resolved" in item.head.text()]
    assert fold.head.text() == "1 resolved remark"
    assert not fold.inside.isVisible()
    ada.click(fold.head)
    assert "Resolved a remark" in shown(page)
    assert "this version does not know" not in shown(page)
    assert "Resolved by Ada on " in "\n".join(label.text() for label in fold.findChildren(QLabel))
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_an_answer_opens_a_resolved_remark_again(offices: Offices, visit: Open, case: str) -> None:
    (thread,) = offices.installations["ada"].state(case).threads
    remarks.resolve(offices.installations["ada"], offices.signer("ada"), case, thread.remark)
    ada = visit("ada")
    page = look(ada, case)
    (fold,) = [item for item in page.findChildren(Fold) if "resolved" in item.head.text()]
    ada.click(fold.head)

    ada.click(ada.button("Answer, and open it again"))
    asked = ada.dialog(ReasonDialog)
    assert "It opens the remark again." in shown(asked)
    ada.qtbot.keyClicks(asked.text.focus_widget(), "Thirty would do.")
    ada.click(asked.go_on)
    ada.sign()

    assert open_here(offices, "ada", case) == [True]
    assert "1 open remark" in shown(page)
    assert "Thirty would do." in shown(page)


def test_who_has_no_part_answers_and_is_not_offered_to_resolve(offices: Offices, visit: Open, case: str) -> None:
    bob = visit("bob")
    page = look(bob, case)

    assert bob.button("Answer").isVisible()
    assert "Resolve" not in {button.text() for button in page.findChildren(type(bob.button("Answer")))}


@pytest.mark.exhaustive
def test_the_review_counts_and_resolves_them_too(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)
    assert page.tabs.tabText(COMMENTS) == "Comments (1 open)"
    page.tabs.show_section(COMMENTS)
    dan.settle()
    assert page.comments.title.text() == "1 open remark"

    dan.click(dan.button("Resolve"))
    dan.sign()

    assert page.tabs.tabText(COMMENTS) == "Comments"
    assert open_here(offices, "dan", case) == [False]


@pytest.mark.attack("a remark that is answered while somebody resolves it", refusal="CaseMoved")
@pytest.mark.exhaustive
def test_a_remark_that_was_answered_meanwhile_is_not_resolved_unseen(offices: Offices, visit: Open, case: str) -> None:
    (thread,) = offices.installations["ada"].state(case).threads
    ada = visit("ada")
    page = look(ada, case)
    ada.click(ada.button("Resolve"))
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "And short.", about=thread.remark)
    offices.travel("dan", "ada")

    ada.sign()

    assert ada.dialog(RefusalDialog).title.text() == CaseMoved().what_happened
    assert open_here(offices, "ada", case) == [True]
    ada.settle()
    assert "And short." in shown(page)


def test_what_is_written_of_an_answer_is_kept(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    look(ada, case)
    ada.click(ada.button("Answer"))
    asked = ada.dialog(ReasonDialog)
    ada.qtbot.keyClicks(asked.text.focus_widget(), "Thirty would")
    asked.reject()
    ada.settle()

    ada.click(ada.button("Answer"))

    assert ada.dialog(ReasonDialog).text.value() == "Thirty would"


def test_every_kind_of_a_case_has_words_in_its_history() -> None:
    assert set(history.WORDS) == {kind.name for kind in KINDS if kind.place is not Place.ORGANISATION}
