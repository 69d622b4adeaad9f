"""Where a view of the guide begins: a new one at its top, one that somebody comes back to at what was changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QAbstractSlider

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.ui.guide.drafting import complete
from tests.ui.guide.driver import CTRL, Driver, Key
from ui.guide.sheet import GuideView
from ui.guide.stops import GuideStop, View
from ui.pictures.screenshots import grab

Drive = Callable[..., Driver]

LOW = QSize(1100, 640)


def in_sight(driver: Driver, sheet: GuideView) -> bool:
    top = driver.focus.mapTo(sheet.viewport(), QPoint(0, 0)).y()
    return 0 <= top <= sheet.viewport().height() - driver.focus.height()


@pytest.mark.exhaustive
def test_a_draft_that_is_ready_opens_at_its_top_with_the_keyboard_in_sight(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    grab(driver.window, LOW)

    driver.go("guide", draft)

    sheet = driver.guide.tasks.sheet
    grab(driver.window, LOW)
    assert sheet.verticalScrollBar().maximum() > 0
    assert sheet.verticalScrollBar().value() == 0
    assert in_sight(driver, sheet)


def test_who_comes_back_from_a_part_is_at_what_is_to_be_done_next(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", draft)
    driver.go("guide", GuideStop(draft, View.CHECK))

    driver.go("guide", GuideStop(draft, View.TASKS))
    grab(driver.window, LOW)

    tasks = driver.guide.tasks
    assert driver.focus is tasks.list.row("check")


@pytest.mark.exhaustive
def test_after_a_change_the_row_is_in_sight_and_what_is_new_above_is_said_and_led_to(
    drive: Drive, ada: Session
) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, system__autonomy="acts_with_approval", system__access="write")
    driver = drive(ada)
    grab(driver.window, LOW)
    driver.go("guide", GuideStop(draft, View.CHECK))
    check = driver.guide.check
    assert check.since.isHidden()
    before = len(check.doubts.shown)

    check.change.emit("system.autonomy")
    driver.settle()
    field = driver.guide.questions.form.row("system.autonomy").field
    field.set_value("suggests")
    field.changed.emit()
    driver.settle()
    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    assert len(check.doubts.shown) > before
    assert driver.focus is check.answers.row("system.autonomy").button
    assert in_sight(driver, check.sheet)
    assert check.since.isVisible()
    assert check.since.title.text() == "Since your change one thing does not fit together"
    check.since.see.click()
    assert check.since.isHidden()
    assert check.sheet.verticalScrollBar().value() == 0
    assert driver.focus is check.doubts.links[0]


def test_another_case_begins_at_its_top_and_the_same_one_is_found_as_it_was(drive: Drive, ada: Session) -> None:
    driver = drive(ada, "settings")
    grab(driver.window, LOW)
    page = driver.page
    bar = page._area.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert bar.value() > 0

    driver.go("drafts")
    driver.window.pages.back()
    driver.settle()
    assert bar.value() > 0
    driver.go("settings", "another argument")

    assert bar.value() == 0
