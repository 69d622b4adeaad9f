"""With large letters on the smallest screen at least half of a page is what it is about, and not its head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.services.offices import Offices
from tests.ui.every_screen import TOURS, Tour, screens_of
from tests.ui.large import cut_off, scrolls_twice, twice
from tests.ui.visiting import Visit, offices, visit
from ui.case.page import CasePage
from ui.inbox.page import InboxPage
from ui.page import Page
from ui.pictures.screenshots import grab
from ui.review.page import ReviewPage
from ui.widgets.labels import heading_font

__all__ = ["offices", "twice", "visit"]

Open = Callable[[str], Visit]
SIZE = QSize(1280, 720)


def opened(visit: Visit, place: str, case: str, percent: int) -> Page:
    visit.desktop.window.resize(SIZE)
    page = visit.go(place, case)
    visit.desktop.theme.set_text_size(percent)
    visit.settle()
    grab(visit.desktop.window, SIZE)
    return page


def shown(content: QWidget, page: Page) -> float:
    """How much of the height of a page is that part of it, as the page stands when it is opened."""
    # Not by its region, which leaves out what its own sheets cover.
    place = QRect(content.mapTo(page, QPoint(0, 0)), content.size())
    return place.intersected(page.rect()).height() / page.height()


@pytest.mark.exhaustive
def test_half_of_a_review_is_what_is_reviewed(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")

    try:
        page = opened(dan, "review", case, 200)

        assert isinstance(page, ReviewPage)
        assert shown(page.tabs, page) >= 0.5
        assert page.lead.text().startswith("UC-")
        assert " · " not in page.lead.text()
        assert page.lead.toolTip() == page._leads[0]
        assert [text for text in cut_off(page.strip) if text] == []
    finally:
        dan.desktop.theme.set_text_size(100)


@pytest.mark.exhaustive
def test_half_of_a_use_case_is_the_use_case(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")

    try:
        page = opened(dan, "case", case, 200)

        assert isinstance(page, CasePage)
        top = page.cards.box.itemAt(0).widget()
        assert top is not None
        assert top.mapTo(page, top.rect().topLeft()).y() <= page.height() / 2
    finally:
        dan.desktop.theme.set_text_size(100)


@pytest.mark.exhaustive
def test_the_first_use_case_of_the_inbox_is_in_sight(offices: Offices, visit: Open) -> None:
    offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")

    try:
        page = opened(dan, "inbox", "", 200)

        assert isinstance(page, InboxPage)
        row = page.table.view.visualRect(page.table.model.index(0, 0))
        name = page.table.view.viewport().mapTo(page, row.center())
        assert page.rect().contains(name)
        assert page.lead.isHidden()
    finally:
        dan.desktop.theme.set_text_size(100)
    dan.settle()
    grab(dan.desktop.window, SIZE)
    assert not page.lead.isHidden()


def test_a_page_with_room_keeps_its_head(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")

    page = opened(dan, "review", case, 100)

    assert isinstance(page, ReviewPage)
    assert page.heading.font().pointSizeF() == heading_font(page.font(), 1).pointSizeF()
    assert page.lead.text() == page._leads[0]
    assert page.strip.ring.isVisible()
    assert page.strip.digest.isVisible()


@pytest.mark.exhaustive
@pytest.mark.usefixtures("theme", "language", "twice")
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.__name__)
def test_no_sheet_scrolls_within_another(qapp: QApplication, offices: Offices, tmp_path: Path, tour: Tour) -> None:
    found: list[str] = []

    for screen in screens_of(qapp, tour, offices, tmp_path / "new"):
        found += [f"{screen.name}: {what}" for what in scrolls_twice(screen.root)]

    assert not found, "\n".join(found)
