"""Reading a use case by keyboard alone and with large letters: one sheet scrolls, and stays where somebody reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.services.offices import Offices
from tests.ui.visiting import Visit, offices, visit
from ui.context import Changes
from ui.pictures.screenshots import grab
from ui.review.decide import APPROVE, CHANGES, DECLINE, PROPOSE, DecideBar, Offer
from ui.review.page import ReviewPage
from ui.review.sections import SUMMARY, TERMS
from ui.theme import Theme, sizes
from ui.widgets.blocks import ScrolledSection

__all__ = ["offices", "visit"]

Open = Callable[[str], Visit]
SIZE = QSize(1280, 720)


def reading(offices: Offices, visit: Open, percent: int) -> tuple[Visit, ReviewPage, str]:
    """Dan reads what Ada filed, on the smallest screen."""
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    dan.desktop.window.resize(SIZE)
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)
    dan.desktop.theme.set_text_size(percent)
    dan.settle()
    grab(dan.desktop.window, SIZE)
    return dan, page, case


def section(page: ReviewPage) -> ScrolledSection:
    shown = page.tabs.currentWidget()
    assert isinstance(shown, ScrolledSection)
    return shown


def test_keys_that_scroll_move_what_is_read(offices: Offices, visit: Open) -> None:
    dan, page, _ = reading(offices, visit, 100)
    page.tabs.show_section(SUMMARY)
    bar = section(page).verticalScrollBar()
    assert bar.maximum() > 0

    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        before = bar.value()
        dan.qtbot.keyClick(page.tabs.tabBar(), key)
        assert bar.value() > before
    while bar.value() < bar.maximum():
        dan.qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_PageDown)
    dan.qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()


def test_what_is_read_again_stays_where_somebody_reads(offices: Offices, visit: Open) -> None:
    dan, page, case = reading(offices, visit, 100)
    bar = section(page).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()

    page.refresh(Changes(cases=frozenset({case})))
    dan.settle()
    grab(dan.desktop.window, SIZE)

    assert bar.value() == place


@pytest.mark.parametrize("number", [SUMMARY, TERMS])
def test_with_large_letters_the_page_alone_scrolls(offices: Offices, visit: Open, number: int) -> None:
    dan, page, case = reading(offices, visit, 200)
    try:
        page.tabs.show_section(number)
        dan.settle()
        grab(dan.desktop.window, SIZE)
        inner, outer = section(page).verticalScrollBar(), page._area.verticalScrollBar()

        assert inner.maximum() == 0
        assert not inner.isVisible()
        assert section(page).height() > page.height()
        dan.qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_PageDown)
        before = outer.value()
        dan.qtbot.keyClick(section(page).widget(), Qt.Key.Key_PageDown)
        assert (place := outer.value()) > before > 0

        page.refresh(Changes(cases=frozenset({case})))
        dan.settle()
        assert outer.value() == place
    finally:
        dan.desktop.theme.set_text_size(100)
    dan.settle()
    grab(dan.desktop.window, SIZE)
    assert section(page).verticalScrollBar().maximum() > 0
    assert page.bar.isVisible()


def test_a_long_reason_takes_no_room_from_what_is_read(qtbot: QtBot, theme: Theme) -> None:
    actions = {key: QAction(key) for key in (APPROVE, PROPOSE, CHANGES, DECLINE)}
    bar = DecideBar(actions)
    qtbot.addWidget(bar)
    bar.resize(1020, 100)
    bar.show()
    offers = [Offer(key, key, "It is asked again.") for key in actions]
    bar.set_offers(offers)
    before = bar.sizeHint().height()
    reason = "These terms cannot be approved: it grants scaled use before this is confirmed: " + "x and y, " * 15

    bar.set_offers([Offer(APPROVE, APPROVE, "", blocked=reason), *offers[1:]])

    assert bar.reason.isVisible()
    assert bar.reason.text() == reason
    assert bar.heightForWidth(1020) - before <= 4 * sizes(bar).line
    assert bar.words[APPROVE].text() == "Not possible; the reason is below."
    bar.set_offers([Offer(APPROVE, APPROVE, "", blocked="You have signed these terms already."), *offers[1:]])
    assert bar.words[APPROVE].text() == "Not possible: You have signed these terms already."
    assert not bar.reason.isVisible()
