"""A page that is still empty keeps the keyboard until what it shows is there: it never goes to a button of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.page import Page


def test_the_keyboard_waits_on_the_page_for_what_comes_late(context: Context, qtbot: QtBot) -> None:
    page = Page(context)
    qtbot.addWidget(page)
    page.show()
    page.take_keyboard()
    assert page.window().focusWidget() is page

    late = QPushButton("Go on")
    page.body.addWidget(late)
    qtbot.waitUntil(lambda: page.window().focusWidget() is late)
