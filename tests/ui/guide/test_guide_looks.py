"""What people look at: words have the room they need, nothing is said by half, and nothing is squeezed into a corner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.ui.guide.drafting import complete
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.large import twice
from ui.guide.stops import GuideStop, View
from ui.pictures.screenshots import grab

Drive = Callable[..., Driver]

__all__ = ["twice"]

SMALL = QSize(1100, 700)
"""The smallest window people are likely to have."""


def test_what_is_kept_and_not_filed_is_told_over_the_whole_width(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, people__influence="decides", people__decides=("staff",))
    filing.put(ada.installation, draft, "people.influence", "none")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))
    grab(driver.window, SMALL)

    notice = driver.guide.tasks.kept.notice
    assert notice.isVisible()
    assert notice.title.width() > notice.width() * 0.8


def test_why_answers_are_kept_is_said_once_and_not_beside_each(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, people__influence="decides", people__decides=("staff",))
    filing.put(ada.installation, draft, "start.stage", "idea")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))

    kept = driver.guide.tasks.kept
    said = [line.text for line in kept.lines._shown]
    assert len(said) > 10
    assert said.count("Asked at a later stage") == 1
    assert sum("later stage" in text for text in said) == 1


@pytest.mark.parametrize(
    ("template", "size", "fits"),
    [("cv-screening", SMALL, False), ("meeting-notes", SMALL, True), ("cv-screening", QSize(1600, 900), True)],
)
def test_the_lane_is_said_in_full_or_by_its_name_alone(
    drive: Drive, ada: Session, template: str, size: QSize, fits: bool
) -> None:
    draft = filing.start_from_template(ada.installation, "ada", template)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "people.output"))
    shown = driver.guide._shown
    assert shown is not None

    grab(driver.window, size)

    lane, path = driver.guide.questions.live.lane, shown.assessment.path
    whole = f"{path.lane_label}. {path.sentence}"
    assert lane.text() == (whole if fits else path.lane_label)
    assert lane.fontMetrics().horizontalAdvance(lane.text()) < lane.width()
    assert lane.accessibleName() == whole


@pytest.mark.parametrize("letters", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_the_names_of_drafts_have_the_most_room(
    drive: Drive, ada: Session, letters: int, request: pytest.FixtureRequest
) -> None:
    filing.start_from_template(ada.installation, "ada", "cv-screening")
    if letters == 2:
        request.getfixturevalue("twice")
    driver = drive(ada)

    grab(driver.window, SMALL)

    view = driver.drafts.table.view
    shown = [column for column in range(4) if not view.isColumnHidden(column)]
    assert view.columnWidth(0) == max(view.columnWidth(column) for column in shown)
    assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.exhaustive
def test_the_check_page_says_at_once_how_much_is_missing_and_leads_to_the_first(drive: Drive, ada: Session) -> None:
    draft = filing.start_from_template(ada.installation, "ada", "meeting-notes")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.CHECK))

    check, shown = driver.guide.check, driver.guide._shown
    assert shown is not None
    wrong = shown.guide.wrong
    assert check.missing.title.text() == (
        f"{len(wrong)} answers are still to be given · {len(shown.guide.to_check)} answers are to be checked"
    )
    driver.tab_to(check.first_missing)
    driver.press(Key.Key_Space)
    assert check.answers.row(wrong[0].question).button.hasFocus()
    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    assert check.missing.isHidden()
    assert len(check.summary.texts()) == len(wrong)


@pytest.mark.exhaustive
def test_the_check_page_speaks_of_nothing_missing_when_nothing_is(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.CHECK))

    assert driver.guide.check.missing.isHidden()


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize("whole", [False, True])
def test_the_check_page_begins_where_the_keyboard_is_seen(drive: Drive, ada: Session, whole: bool) -> None:
    draft = filing.start_from_template(ada.installation, "ada", "meeting-notes")
    if whole:
        complete(ada, draft)
    driver = drive(ada)
    grab(driver.window, SMALL)

    driver.go("guide", GuideStop(draft, View.CHECK))

    sheet = driver.guide.check.sheet
    top = driver.focus.mapTo(sheet.viewport(), QPoint(0, 0)).y()
    assert sheet.verticalScrollBar().value() == 0
    assert 0 <= top <= sheet.viewport().height() - driver.focus.height()
