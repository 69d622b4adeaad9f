"""Choosing between two revisions in the guide, by keyboard: every choice is kept, can be taken back, and is filed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.services.filing import filing
from tests.services.competing import DPIA, ONE, OTHER, PERSONAL, PROBLEM, REFERENCE, Competing
from tests.services.offices import Offices
from tests.ui.compare.test_compare_page import tab_to
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.guide.choose.view import ChooseView
from ui.guide.page import GuidePage
from ui.guide.stops import GuideStop, View
from ui.records.signed_pages import PagesDialog
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.signing import SigningDialog


@pytest.fixture
def draft(ada: Visit, at: Competing, offices: Offices) -> str:
    made = filing.start(offices.installations["ada"], "ada", case=at.case)
    ada.go("guide", GuideStop(made, View.CHOOSE))
    ada.desktop.window.activateWindow()
    return made


def guide(person: Visit) -> GuidePage:
    assert isinstance(person.page, GuidePage)
    return person.page


def view(person: Visit) -> ChooseView:
    return guide(person).choosing.view


def stored(offices: Offices, draft: str, question: str) -> object:
    answer = filing.view(offices.installations["ada"], draft).guide.answers.get(question)
    return answer.value if answer else None


def press(person: Visit, button: QWidget) -> None:
    tab_to(button)
    QTest.keyClick(button, Qt.Key.Key_Space)
    person.settle()


def take(person: Visit, question: str, place: int) -> None:
    press(person, view(person).sheet.row(question).buttons[place])


def chip(person: Visit, question: str) -> str:
    return view(person).sheet.row(question).head.accessibleName()


def test_each_answer_is_chosen_by_keyboard_kept_at_once_and_taken_back(
    ada: Visit, draft: str, offices: Offices
) -> None:
    shown = view(ada)
    assert shown.open.title.text() == "4 answers are still to be chosen"
    assert chip(ada, PROBLEM) == "Problem: to choose"
    assert nameless(ada.desktop.window) == []
    assert unreachable(ada.desktop.window) == []

    take(ada, PROBLEM, 1)
    assert stored(offices, draft, PROBLEM) == ONE
    assert chip(ada, PROBLEM).startswith("Problem: chosen: Revision 2 (")
    assert shown.open.title.text() == "3 answers are still to be chosen"
    assert shown.sheet.row(PROBLEM).buttons[1].text() == "Chosen"
    assert shown.sheet.row(PROBLEM).buttons[1].hasFocus()

    take(ada, PERSONAL, 1)
    assert shown.open.title.text() == "Everything is chosen"
    assert chip(ada, DPIA).endswith("not asked now")

    for _ in range(2):
        assert guide(ada).undoing.action is not None
        guide(ada).undoing.action.trigger()
        ada.settle()
    assert stored(offices, draft, PROBLEM) == OTHER
    assert chip(ada, PROBLEM) == "Problem: to choose"
    assert not guide(ada).undoing.action.isEnabled()


def test_all_of_one_is_one_step(ada: Visit, draft: str, offices: Offices) -> None:
    press(ada, view(ada).all_of[0])

    assert view(ada).open.title.text() == "Everything is chosen"
    assert (stored(offices, draft, PROBLEM), stored(offices, draft, REFERENCE)) == (OTHER, "DPIA-7")
    assert guide(ada).undoing.action is not None
    guide(ada).undoing.action.trigger()
    ada.settle()
    assert view(ada).open.title.text() == "4 answers are still to be chosen"


@pytest.mark.exhaustive
def test_the_list_of_parts_and_the_check_page_lead_to_the_choice(ada: Visit, draft: str) -> None:
    ada.go("guide", GuideStop(draft, View.TASKS))
    notice = guide(ada).tasks.competing
    assert notice.text.text() == "4 answers are still to be chosen. What you file takes the place of all of them."
    ada.click(notice.choose)
    assert guide(ada).views.currentWidget() is view(ada)

    ada.go("guide", GuideStop(draft, View.CHECK))
    check = guide(ada).check
    assert check.missing.title.text() == "4 answers are to be chosen"
    row = check.answers.row(PERSONAL)
    assert row.confirm is not None
    assert row.confirm.text() == "Compare and choose"
    ada.click(row.confirm)
    assert guide(ada).views.currentWidget() is view(ada)
    assert view(ada).sheet.row(PERSONAL).buttons[0].hasFocus()


@pytest.mark.exhaustive
def test_the_sheet_shows_what_differs_the_limits_and_the_very_answers_as_pages(
    ada: Visit, draft: str, at: Competing, offices: Offices
) -> None:
    press(ada, view(ada).all_of[0])
    take(ada, PROBLEM, 1)
    ada.go("guide", GuideStop(draft, View.CHECK))
    guide(ada).sign()
    ada.settle()

    dialog = ada.dialog(SigningDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    parts = [said.index(title) for title in ("What is filed, and for whom", "What differs from the revisions it takes the place of", "The boundaries asked for")]  # fmt: skip
    assert parts == sorted(parts)
    place = next(number for number, text in enumerate(said) if text.startswith("Problem: now, as in Revision 2 ("))
    assert said[place + 1] == ONE
    assert said[place + 2].startswith("Problem: Revision 2 (")
    assert said[place + 3] == OTHER
    assert any(text.startswith("Highest class of data: ") for text in said)
    dialog.pages.click()
    ada.settle()
    pages = ada.dialog(PagesDialog)
    assert pages.opened is not None
    assert pages.opened.pages
    assert pages.windowTitle() == "A copy of these answers"
    pages.reject()
    ada.sign()

    state = offices.installations["ada"].state(at.case)
    assert (state.phase, len(state.heads)) == (Phase.REVIEW, 1)
    assert state.current is not None
    assert set(state.current.body.revises) == {at.here, at.there}


@pytest.mark.exhaustive
def test_a_draft_that_moved_while_the_sheet_was_open_is_not_signed(
    ada: Visit, draft: str, at: Competing, offices: Offices
) -> None:
    press(ada, view(ada).all_of[0])
    ada.go("guide", GuideStop(draft, View.CHECK))
    guide(ada).sign()
    ada.settle()
    filing.put(offices.installations["ada"], draft, PROBLEM, "Written in another window meanwhile.")

    ada.sign()

    assert ada.dialog(RefusalDialog).title.text() == "This draft was changed while it was being signed."
    assert offices.installations["ada"].state(at.case).phase is Phase.CONFLICT


@pytest.mark.exhaustive
def test_a_revision_that_comes_meanwhile_is_seen_first(ada: Visit, draft: str, at: Competing, offices: Offices) -> None:
    press(ada, view(ada).all_of[0])
    offices.travel("ada", "dan")
    offices.decide("dan", at.case, Position.CHANGES, reason="Join them.")
    offices.travel("dan", "ada")
    ada.go("guide", GuideStop(draft, View.CHOOSE))

    row = view(ada).sheet.row(PROBLEM)
    assert not view(ada).news.isHidden()
    assert not any(button.isEnabled() for button in row.buttons)
    ada.click(view(ada).news.seen_button)
    assert view(ada).news.isHidden()
    assert all(button.isEnabled() for button in row.buttons)


@pytest.mark.attack(
    "an answer that looks like a line of another revision", refusal="only labels say which revision it is"
)
@pytest.mark.exhaustive
def test_words_of_an_answer_are_no_line_of_the_sheet(ada: Visit, draft: str, offices: Offices) -> None:
    press(ada, view(ada).all_of[0])
    forged = "Short.\nProblem: Revision 2: no answer"
    filing.put(offices.installations["ada"], draft, PROBLEM, forged)
    ada.go("guide", GuideStop(draft, View.TASKS))
    ada.go("guide", GuideStop(draft, View.CHECK))
    guide(ada).sign()
    ada.settle()

    dialog = ada.dialog(SigningDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert said[said.index("Problem: now") + 1] == forged
    assert {ONE, OTHER} <= set(said)
    dialog.reject()
