"""Filing again after “request changes”: remarks at the very question, only what changed asked again, differences shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import deciding
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.services.offices import Offices
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.walk import nameless, unreachable
from ui.guide.stops import GuideStop, View

Drive = Callable[..., Driver]

REASON = "Say who may read the notes."
COMMENT = "Two hours of what, exactly?"
ABOUT = "purpose.problem"


@pytest.fixture
def draft(ada: Session, house: Offices) -> str:
    """The next revision of a request that came back, begun and not touched yet."""
    case = house.file("ada")
    house.travel("ada", "dan")
    deciding.comment(house.installations["dan"], house.signer("dan"), case, COMMENT, about=ABOUT)
    house.decide("dan", case, Position.CHANGES, reason=REASON)
    house.travel("dan", "ada")
    return filing.start(ada.installation, "ada", case=case)


def test_the_list_begins_with_what_the_reviewers_said_and_marks_what_can_stay(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))

    tasks = driver.guide.tasks
    asked, said = tasks.remarks.notes.shown
    assert (asked.text, said.text) == (REASON, COMMENT)
    assert asked.title.startswith("CISO (Dan) asks for changes")
    assert tasks.list.row("purpose").accessibleName().endswith("The reviewers ask")
    assert tasks.list.row("data").accessibleName().endswith("Unchanged")
    assert driver.focus is tasks.list.row("purpose")
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []


@pytest.mark.exhaustive
def test_the_remark_leads_to_its_question_and_stands_there(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.TASKS))

    driver.tab_to(driver.guide.tasks.remarks.notes.links[0])
    driver.press(Key.Key_Space)
    driver.settle()

    row = driver.guide.questions.form.row(ABOUT)
    assert row.field.focus_widget().hasFocus()
    assert [note.text for note in row.remarks.shown] == [COMMENT]


@pytest.mark.exhaustive
def test_only_what_was_spoken_of_is_walked_and_the_check_page_shows_what_differs(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.TASKS))
    driver.press(Key.Key_Space)  # the keyboard is on the part the reviewers spoke of
    driver.settle()
    assert driver.guide.questions.has(ABOUT)

    driver.tab_to(driver.guide.questions.form.row(ABOUT).field.focus_widget())
    driver.press(Key.Key_A, CTRL)
    driver.type("Minutes take two hours after each meeting, eleven meetings a week, in all four teams.")
    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    check = driver.guide.check
    assert driver.guide.views.currentWidget() is check
    assert check.differences.title.text() == "What differs from revision 1"
    told = [label.text() for label in check.differences.findChildren(QLabel)]
    assert any("eleven meetings" in text for text in told)
    changed = check.answers.row(ABOUT).changed
    assert changed is not None
    assert not changed.isHidden()
    assert check.answers.section("data").folded
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []

    first = check.answers.section("data").folded[0]
    driver.tab_to(check.answers.section("data").link)  # type: ignore[arg-type]
    driver.press(Key.Key_Space)
    driver.settle()
    assert check.answers.row(first).button.hasFocus()
    assert not check.answers.section("data").folded


@pytest.mark.exhaustive
def test_a_first_request_has_no_remarks_and_no_differences(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))
    assert driver.guide.tasks.remarks.isHidden()
    driver.go("guide", GuideStop(draft, View.CHECK))
    assert driver.guide.check.differences.isHidden()
