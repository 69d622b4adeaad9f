"""Carried answers confirmed on the check page by keyboard, one at a time and by part, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.walk import nameless, unreachable
from ui.guide.check.check import CheckView
from ui.guide.stops import GuideStop, View
from ui.widgets.offers import OfferField, Offering

Drive = Callable[..., Driver]


@pytest.fixture
def draft(ada: Session) -> str:
    return filing.start_from_template(ada.installation, "ada", "meeting-notes")


def waiting(session: Session, draft: str) -> list[str]:
    return [question.id for question in filing.view(session.installation, draft).guide.to_check]


def checking(driver: Driver, draft: str) -> CheckView:
    driver.go("guide", GuideStop(draft, View.CHECK))
    return driver.guide.check


def test_one_answer_after_the_other_is_confirmed_with_the_space_bar(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    check = checking(driver, draft)
    before = waiting(ada, draft)
    first = check.answers.row(before[0])
    assert first.source is not None
    assert first.source.text() == "To check. It comes from the template “Meeting notes”."
    assert first.trouble is None, "red is for what is wrong"
    assert first.confirm is not None
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []

    driver.tab_to(first.confirm)
    for _ in range(2):
        driver.press(Key.Key_Space)
        driver.settle()

    assert waiting(ada, draft) == before[2:]
    assert first.source.text() == "Confirmed"
    assert first.confirm.text() == "Undo"
    assert check.answers.row(before[2]).confirm is driver.focus

    driver.tab_to_back(first.confirm)
    driver.press(Key.Key_Space)
    driver.settle()
    assert waiting(ada, draft) == [before[0], *before[2:]]
    assert first.confirm.text() == "Confirm"


@pytest.mark.exhaustive
def test_a_part_is_confirmed_at_once_below_it_and_undone_with_the_key(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    check = checking(driver, draft)
    before = waiting(ada, draft)
    part = check.answers.section("start")
    assert part.all is not None
    assert part.all.text() == "Confirm all 5 of this part"
    assert not driver.guide.undoing.action.isEnabled()

    driver.tab_to(part.all)
    driver.press(Key.Key_Space)
    driver.settle()

    assert waiting(ada, draft) == [name for name in before if not name.startswith("start.")]
    assert part.all.text() == "Undo confirming 5 answers of this part"
    driver.press(Key.Key_Z, CTRL)
    driver.settle()
    assert waiting(ada, draft) == before
    assert part.all.text() == "Confirm all 5 of this part"
    assert not driver.guide.undoing.action.isEnabled()


@pytest.mark.exhaustive
def test_what_was_changed_after_it_was_confirmed_is_no_longer_offered_to_undo(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)
    check = checking(driver, draft)
    check.answers.confirming.emit(("purpose.title",))
    driver.settle()
    filing.put(ada.installation, draft, "purpose.title", "Minutes of the treasury")

    check = checking(driver, draft)

    assert "purpose.title" not in driver.guide.confirming.sure()
    row = check.answers.row("purpose.title")
    assert row.confirm is None or row.confirm.isHidden()


@pytest.mark.exhaustive
def test_signing_names_what_is_missing_and_leads_to_what_is_to_check(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    check = checking(driver, draft)
    guide = filing.view(ada.installation, draft).guide
    assert check.missing.title.text() == (
        f"{len(guide.wrong)} answers are still to be given · {len(guide.to_check)} answers are to be checked"
    )

    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()

    assert check.summary.texts() == tuple(found.text for found in guide.wrong)


def test_the_task_list_says_to_check_and_never_in_progress_of_a_filled_part(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))

    tasks = driver.guide.tasks
    assert tasks.list.row("start").accessibleName() == "Before you start: To check: 5 of 5"
    assert tasks.list.row("start").accessibleDescription() == "Filled in from elsewhere; confirm or change each answer"
    assert "answers to check." in tasks.done.text()


@pytest.mark.exhaustive
def test_a_person_and_a_unit_are_offered_from_the_roster_and_anything_else_can_be_typed(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    form = driver.guide.questions.form
    unit, owner = form.row("purpose.unit").field, form.row("purpose.owner").field
    assert isinstance(unit, OfferField)
    assert isinstance(owner, OfferField)
    assert [unit.link.text(), owner.link.text()] == ["Use your unit: Finance", "It is me: Ada"]

    driver.tab_to(unit.link)
    driver.press(Key.Key_Space)
    driver.tab_to(owner.focus_widget())
    driver.type("Grace Hopper")
    driver.guide.questions.flush()
    driver.go("drafts")

    answers = filing.view(ada.installation, draft).guide.answers
    assert (answers["purpose.unit"].value, answers["purpose.owner"].value) == ("Finance", "Grace Hopper")


@pytest.mark.exhaustive
def test_the_people_that_fit_are_offered_while_a_name_is_typed(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    line = driver.guide.questions.form.row("purpose.owner").field.focus_widget()
    offering = line.findChild(Offering)

    assert [offer.name for offer in offering.fitting("d fin")][:1] == ["Ada"]
    assert offering.fitting("nobody like that") == ()
    assert offering.fitting("Ada") == ()
    # Chosen from the list it counts as typed, and is stored the same.
    offering.completer.activated.emit("Ada")
    driver.go("drafts")
    assert filing.view(ada.installation, draft).guide.answers["purpose.owner"].value == "Ada"
