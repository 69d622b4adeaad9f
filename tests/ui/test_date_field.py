"""A day on screen: one form everywhere, taken as people here write it and as the acts do, and never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.formatting import day_words
from ui.theme import Theme
from ui.typed_days import typed_day
from ui.widgets.date_field import DateField

DAY = date(2027, 2, 1)
COUNTRIES = ("C", "en_US", "en_GB", "de_DE", "fr_FR", "ja_JP", "hu_HU", "ar_EG", "pl_PL", "pt_BR")


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> DateField:
    made = DateField()
    qtbot.addWidget(made)
    return made


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("day", [DAY, date(2026, 11, 30), date(2024, 2, 29), date(2026, 5, 3), date(1999, 12, 31)])
def test_what_a_field_shows_is_read_as_that_day(field: DateField, country: str, day: date) -> None:
    QLocale.setDefault(QLocale(country))

    field.set_value(day)

    assert field.focus_widget().property("text") == day_words(day)
    assert field.value() == day


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize(
    ("country", "typed", "day"),
    [
        *((country, "2027-02-01", DAY) for country in COUNTRIES),
        *((country, "20270201", DAY) for country in COUNTRIES),
        *((country, "1 February 2027", DAY) for country in COUNTRIES),
        ("en_US", "2/1/2027", DAY),
        ("en_GB", "01/02/2027", DAY),
        ("de_DE", "1.2.2027", DAY),
        ("de_DE", "1. Februar 2027", DAY),
        ("fr_FR", "1 févr. 2027", DAY),
        ("hu_HU", "2027. 02. 01.", DAY),
        ("en_US", "Feb 1, 2027", DAY),
        ("en_GB", "1st feb 2027", DAY),
        ("en_GB", " 1  Feb\u00a02027 ", DAY),
    ],
)
def test_a_day_is_read_as_people_there_write_it(country: str, typed: str, day: date) -> None:
    QLocale.setDefault(QLocale(country))

    assert typed_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "1.2.27", "31 Feb 2027", "2027-13-01", "0000-01-01", "1 2", "12345", "2027-02-01x", "13/13/2027"],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert typed_day(typed) is None


def test_what_is_typed_in_any_form_is_shown_in_the_one_form(field: DateField, qtbot: QtBot) -> None:
    field.show()
    with qtbot.waitSignal(field.changed):
        QTest.keyClicks(field.focus_widget(), "2027-02-01")

    with qtbot.assertNotEmitted(field.changed):
        field._line.left.emit()

    assert field.focus_widget().property("text") == "1 Feb 2027"
    assert field.value() == DAY


def test_what_is_no_day_stays_and_is_said_when_the_field_is_left(field: DateField) -> None:
    QTest.keyClicks(field.focus_widget(), "end of May")
    assert field.problem.isHidden()

    field._line.left.emit()

    assert field.value() == "end of May"
    assert not field.problem.isHidden()
    assert field.problem.text() == "This is no day. Such as 30 Nov 2026, or 2026-11-30"

    field.set_value(DAY)
    assert field.problem.isHidden()


@pytest.mark.usefixtures("locale")
def test_the_help_is_in_the_form_of_the_country(qtbot: QtBot, theme: Theme) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    field = DateField()
    qtbot.addWidget(field)

    field.name("Until", "")

    line = field.focus_widget()
    assert line.toolTip() == line.accessibleDescription() == "Such as 30 Nov. 2026, or 2026-11-30"
    assert line.property("placeholderText") == "30 Nov. 2026"


def test_the_arrows_go_from_day_to_day_and_begin_today(field: DateField) -> None:
    QTest.keyClick(field.focus_widget(), Qt.Key.Key_Up)
    today = QDate.currentDate()
    assert field.value() == date(today.year(), today.month(), today.day())

    field.set_value(date(2027, 2, 28))
    QTest.keyClick(field.focus_widget(), Qt.Key.Key_Up)
    assert field.value() == date(2027, 3, 1)
    QTest.keyClick(field.focus_widget(), Qt.Key.Key_Down)
    assert field.value() == date(2027, 2, 28)

    field.set_value(date.max)
    QTest.keyClick(field.focus_widget(), Qt.Key.Key_Up)
    assert field.value() == date.max


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_day_is_chosen_from_the_calendar(field: DateField, qtbot: QtBot) -> None:
    field.show()
    field.open_calendar()
    calendar = field.calendar
    assert calendar is not None
    qtbot.waitUntil(calendar.isVisible)
    assert calendar.selectedDate() == QDate.currentDate()

    with qtbot.waitSignal(field.changed):
        calendar.clicked.emit(QDate(2027, 2, 1))

    assert field.value() == DAY
    assert field.focus_widget().property("text") == "1 Feb 2027"


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_calendar_opens_at_the_day_that_is_given(field: DateField, qtbot: QtBot) -> None:
    field.show()
    field.set_value(DAY)

    field.open_calendar()

    assert field.calendar is not None
    assert field.calendar.selectedDate() == QDate(2027, 2, 1)
    field.calendar.window().close()
