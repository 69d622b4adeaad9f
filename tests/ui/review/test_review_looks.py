"""What an office looks at has room for its words, also with large letters, and is aligned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize

from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso
from tests.ui.large import cut_off, twice
from tests.ui.visiting import Visit
from ui.pictures.screenshots import grab
from ui.review.page import ReviewPage
from ui.review.sections import ANSWERS, COMMENTS, RISK, SUMMARY, TERMS
from ui.widgets.labels import Label
from ui.widgets.links import LinkButton

Open = Callable[[str], Visit]

__all__ = ["twice"]

SMALL = QSize(1100, 700)


@pytest.fixture
def dan(offices: Offices, visit: Open) -> Visit:
    case = filed_with_ciso(offices)
    sitting = visit("dan")
    sitting.go("review", case)
    return sitting


def shown(sitting: Visit) -> ReviewPage:
    assert isinstance(sitting.page, ReviewPage)
    return sitting.page


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
def test_nothing_is_cut_off_when_text_is_twice_as_large(dan: Visit) -> None:
    page = shown(dan)
    cut: list[str] = []

    for number in (SUMMARY, RISK, ANSWERS, COMMENTS):
        page.tabs.setCurrentIndex(number)
        dan.settle()
        grab(dan.desktop.window, QSize(1280, 800))
        cut += [f"{number}: {words}" for words in cut_off(page)]

    assert cut == []


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
def test_changes_of_the_terms_have_room_when_text_is_twice_as_large(dan: Visit) -> None:
    page = shown(dan)
    page.tabs.setCurrentIndex(TERMS)
    dan.settle()
    for path, value in (("user_permissions.max_users", 3), ("data_access.prompt_retention_days", 4)):
        page.terms.limits.field(path).set_value(value)
        page.terms.limits.field(path).changed.emit()
    page.terms.compared.head.setChecked(True)
    dan.settle()

    grab(dan.desktop.window, QSize(1280, 720))

    assert len(page.terms.unsigned.changes.buttons) == 2
    assert cut_off(page) == []


@pytest.mark.usefixtures("twice")
def test_the_first_screen_shows_words_of_the_case_when_text_is_twice_as_large(dan: Visit) -> None:
    page, window = shown(dan), dan.desktop.window

    grab(window, QSize(1280, 690))

    summary = page.tabs.summary
    # What is in sight of it: the region of Qt leaves out what its own sheet covers.
    seen = min(summary.height(), page.height() - summary.mapTo(page, QPoint(0, 0)).y())
    assert seen > 6 * page.fontMetrics().height()


def test_in_a_small_window_every_action_is_in_sight(dan: Visit) -> None:
    page = shown(dan)

    grab(dan.desktop.window, SMALL)

    for button in page.bar._buttons:
        assert dan.desktop.window.rect().contains(button.mapTo(dan.desktop.window, QPoint(0, button.height())))
    assert cut_off(page) == []


def test_an_answer_and_its_link_stand_on_one_line(dan: Visit) -> None:
    page = shown(dan)
    page.tabs.setCurrentIndex(ANSWERS)
    dan.settle()
    grab(dan.desktop.window, SMALL)

    link = next(item for item in page.tabs.answers.findChildren(LinkButton) if item.text() == "Comment")
    row = link.parentWidget()
    assert row is not None
    label = row.findChild(Label)
    assert label is not None
    middle = label.mapTo(row, QPoint(0, label.fontMetrics().height() // 2)).y()
    assert abs(middle - (link.y() + link.height() // 2)) <= 2
