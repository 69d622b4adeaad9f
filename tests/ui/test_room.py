"""Pieces of screens that give way instead of being cut off, and days that can be typed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.large import cut_off, twice
from ui.context import Context
from ui.guide.begin.way_button import WayButton, Ways
from ui.page import Page
from ui.pictures.screenshots import grab
from ui.theme import sizes
from ui.widgets.date_field import DateField
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.panels import EmptyState

__all__ = ["twice"]


class Form(QWidget):
    """A day between two other fields."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.day, self.after = QLineEdit(), DateField(), QLineEdit()
        box = QVBoxLayout(self)
        for widget in (self.before, self.day, self.after):
            box.addWidget(widget)


@pytest.fixture
def form(qtbot: QtBot, context: Context) -> Form:
    form = Form()
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.before.setFocus()
    return form


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def test_tab_leaves_a_day_that_is_not_given(form: Form) -> None:
    press(Qt.Key.Key_Tab)
    assert form.day.focus_widget().hasFocus()
    press(Qt.Key.Key_Tab)  # the calendar
    press(Qt.Key.Key_Tab)
    assert form.after.hasFocus()
    for _ in range(3):
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert form.before.hasFocus()
    assert form.day.value() is None


@pytest.mark.parametrize("typed", ["2027-02-01", "20270201", "2027.02.01", "2027/2/1", "2027 2 1"])
@pytest.mark.parametrize("given", [None, date(2026, 5, 31)])
def test_a_day_is_typed_as_it_is_written(form: Form, typed: str, given: date | None) -> None:
    form.day.set_value(given)
    press(Qt.Key.Key_Tab)

    QTest.keyClicks(form.day.focus_widget(), typed)
    form.after.setFocus()

    assert form.day.value() == date(2027, 2, 1)


@pytest.mark.usefixtures("twice")
def test_what_is_wrong_is_said_on_as_many_lines_as_it_takes(qtbot: QtBot, context: Context) -> None:
    summary = ErrorSummary()
    qtbot.addWidget(summary)
    said = "Kind of AI & more: Choose one answer, or say that you do not know."

    summary.set_errors({"start.ai": said})
    summary.show()
    grab(summary, QSize(420, 400))

    (link,) = summary._links.values()
    assert summary.texts() == (said,)
    assert link.text().count("\n") >= 1
    assert cut_off(summary) == []
    assert summary.minimumSizeHint().width() <= 420


@pytest.mark.usefixtures("twice")
def test_an_empty_list_says_all_its_words_in_a_narrow_place(qtbot: QtBot, context: Context) -> None:
    empty = EmptyState("Nothing found", "Here are the use cases that were filed or have arrived. Try another word.")
    qtbot.addWidget(empty)
    empty.show()

    grab(empty, QSize(460, 900))

    assert empty.minimumSizeHint().width() <= 460
    assert cut_off(empty) == []


class Sheet(Page):
    def title(self) -> str:
        return "A title of some length"


@pytest.mark.parametrize(("width", "beside"), [(1000, True), (560, False)])
def test_buttons_of_a_page_never_squeeze_its_title(qtbot: QtBot, context: Context, width: int, beside: bool) -> None:
    page = Sheet(context)
    qtbot.addWidget(page)
    page.add_action("&Begin a new use case", page.retitle, button=True, primary=True)
    page.add_action("&Start from an earlier use case", page.retitle, button=True)
    page.body.addStretch(1)
    page.retitle()
    page.resize(width, 500)
    page.show()

    grab(page)

    assert cut_off(page) == []
    assert page.heading.height() < 2 * page.heading.fontMetrics().height()
    button = page._beside[0]
    top, end = (item.mapTo(page, QPoint(0, y)).y() for item, y in ((button, 0), (page.heading, page.heading.height())))
    assert (top < end) is beside


def test_ways_fill_their_rows(qtbot: QtBot, context: Context) -> None:
    ways = Ways(3)
    qtbot.addWidget(ways)
    ways.set_ways([WayButton(str(n), f"Way {n}", "What it is for.") for n in range(3)])
    ways.show()

    grab(ways, QSize(sizes(ways).chars(36) * 2 + 10, 600))

    assert len({button.y() for button in ways.buttons}) == 3


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_buttons_go_on_below_where_the_line_ends(qtbot: QtBot, context: Context, direction: Qt.LayoutDirection) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayoutDirection(direction)
    line = FlowLayout(holder, holder)
    buttons = [QPushButton(f"A button {number}") for number in range(4)]
    for button in buttons:
        line.addWidget(button)
    buttons[3].hide()
    one, space = buttons[0].sizeHint(), line.spacing()

    grab(holder, QSize(2 * one.width() + space, 400))

    first, second, third = (button.geometry() for button in buttons[:3])
    assert (first.y(), third.y()) == (second.y(), first.y() + one.height() + space)
    assert first.x() == third.x()
    assert (first.x() < second.x()) is (direction is Qt.LayoutDirection.LeftToRight)
    assert line.sizeHint() == QSize(3 * one.width() + 2 * space, one.height())
    assert line.minimumSize().width() == one.width()
    assert line.heightForWidth(one.width()) == 3 * one.height() + 2 * space
    assert line.takeAt(3) is not None
    assert line.takeAt(3) is None
