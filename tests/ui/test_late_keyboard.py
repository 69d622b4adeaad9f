"""A page that is still empty keeps the keyboard until what it shows is there: it never goes to a button of the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.services.offices import Offices
from tests.ui.visiting import Visit, offices, visit
from ui.context import Context
from ui.page import Page
from ui.places import places
from ui.widgets.blocks import ScrolledSection
from ui.widgets.boxes import clear

__all__ = ["offices", "visit"]


def test_the_keyboard_waits_on_the_page_for_what_comes_late(context: Context, qtbot: QtBot) -> None:
    page = Page(context)
    qtbot.addWidget(page)
    page.show()
    page.take_keyboard()
    assert page.window().focusWidget() is page

    late = QPushButton("Go on")
    page.body.addWidget(late)
    qtbot.waitUntil(lambda: page.window().focusWidget() is late)


def test_what_goes_with_the_keyboard_on_it_leaves_it_to_the_page(context: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    navigation, page = QPushButton("Home"), Page(context)
    column.addWidget(page)
    column.addWidget(navigation)
    inside = QPushButton("Sign")
    page.body.addWidget(inside)
    window.show()
    inside.setFocus()

    clear(page.body)

    assert window.focusWidget() is page
    navigation.setFocus()
    page.body.addWidget(QPushButton("Sign"))
    clear(page.body)
    assert window.focusWidget() is navigation


def test_a_section_read_again_leaves_the_keyboard_on_its_page(context: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    page, navigation = Page(context), QPushButton("Home")
    column.addWidget(page)
    column.addWidget(navigation)
    section = ScrolledSection("Answers")
    inside = QPushButton("Comment")
    section.fill((lambda: section.box.addWidget(inside),))
    page.body.addWidget(section)
    window.show()
    inside.setFocus()

    section.fill(())

    assert window.focusWidget() is page


@pytest.mark.exhaustive
def test_whoever_comes_back_to_a_place_has_the_keyboard_there(offices: Offices, visit: Callable[[str], Visit]) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    lost: list[str] = []

    for place, argument in (
        *((place.key, None) for place in places() if place.listed),
        ("case", case),
        ("review", case),
        ("add-person", None),
        ("explain", None),
    ):
        page = dan.go(place, argument)
        dan.go("help")
        dan.desktop.window.pages.back()
        dan.settle()
        held: QWidget | None = dan.desktop.window.focusWidget()
        if held is None or not (held is page or page.isAncestorOf(held)):
            lost.append(place)

    assert lost == []
