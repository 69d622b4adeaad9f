"""What assistive technology does to a field counts as what a hand does: it toggles and writes, and clicks nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.organisation.roster import Role
from intake.services.organisation.people import Enrolment
from ui.guide.answer.fields import AloneField
from ui.register.list_filters import FilterRow
from ui.shell.navigation import Navigation
from ui.start.people_list import PeopleList
from ui.widgets.date_field import DateField
from ui.widgets.fields import (
    AnswerField,
    Choice,
    ChoiceField,
    LinesField,
    LongTextField,
    ManyField,
    PickField,
    TextField,
    YesNoField,
)
from ui.widgets.number_field import MoneyField, NumberField
from ui.widgets.why_row import WhyRow

CHOICES = (Choice("a", "First"), Choice("b", "Second"))


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def toggle(widget: QWidget) -> None:
    interface(widget).actionInterface().doAction("Toggle")


def write(widget: QWidget, text: str) -> None:
    field = interface(widget).editableTextInterface()
    assert field is not None
    field.replaceText(0, interface(widget).textInterface().characterCount(), text)


@pytest.mark.parametrize(
    ("make", "part", "value"),
    [
        (lambda: ChoiceField(CHOICES), 1, "b"),
        (YesNoField, 0, True),
        (lambda: ManyField(CHOICES), 0, ("a",)),
        (lambda: AloneField(CHOICES, frozenset("b")), 1, ("b",)),
    ],
)
def test_a_toggled_choice_is_an_answer(qtbot: QtBot, make: Callable[[], AnswerField], part: int, value: object) -> None:
    field = make()
    qtbot.addWidget(field)
    said: list[object] = []
    field.changed.connect(lambda: said.append(field.value()))

    toggle(field.parts()[part])

    assert said == [value]


@pytest.mark.parametrize(
    ("make", "text", "value"),
    [
        (TextField, "Minutes", "Minutes"),
        (LongTextField, "Minutes", "Minutes"),
        (LinesField, "one\ntwo", ("one", "two")),
        (NumberField, "12", 12),
        (NumberField, "1,500", 1500),
        (MoneyField, "20 000 eur", "EUR 20000"),
        (MoneyField, "a lot", "a lot"),
    ],
)
def test_a_text_that_was_set_is_an_answer(
    qtbot: QtBot, make: Callable[[], AnswerField], text: str, value: object
) -> None:
    field = make()
    qtbot.addWidget(field)

    with qtbot.waitSignal(field.changed):
        write(field.focus_widget(), text)

    assert field.value() == value


def test_a_day_that_was_set_is_an_answer(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.set_value(date(2027, 1, 31))

    with qtbot.waitSignal(field.changed):
        write(field.focus_widget(), "2027-02-28")

    assert field.value() == date(2027, 2, 28)


def test_a_line_chosen_in_a_list_is_an_answer(qtbot: QtBot) -> None:
    field = PickField(CHOICES)
    qtbot.addWidget(field)
    box = field.focus_widget()
    assert isinstance(box, QComboBox)

    with qtbot.waitSignal(field.changed):
        box.setCurrentIndex(2)

    assert field.value() == "b"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (lambda: ChoiceField(CHOICES), "a"),
        (lambda: ManyField(CHOICES), ("a", "b")),
        (lambda: PickField(CHOICES), "b"),
        (TextField, "Minutes"),
        (LongTextField, "Minutes"),
        (NumberField, 12),
        (NumberField, "dozens"),
        (DateField, date(2027, 1, 31)),
    ],
)
def test_what_the_program_sets_is_no_answer(qtbot: QtBot, field: Callable[[], AnswerField], value: object) -> None:
    made = field()
    qtbot.addWidget(made)

    with qtbot.assertNotEmitted(made.changed):
        made.set_value(value)
        made.set_value(None)
        made.set_value(value)

    assert made.value() == value


def test_a_click_is_said_once_and_one_on_what_was_chosen_too(qtbot: QtBot) -> None:
    choice, pick = ChoiceField(CHOICES), PickField(CHOICES)
    said: list[str] = []
    for field in (choice, pick):
        qtbot.addWidget(field)
        field.changed.connect(lambda: said.append("changed"))

    choice.parts()[0].click()  # type: ignore[attr-defined]
    choice.parts()[0].click()  # type: ignore[attr-defined]

    assert said == ["changed", "changed"]


def test_tab_comes_to_the_choice_that_is_made(qtbot: QtBot) -> None:
    field = ChoiceField(CHOICES)
    qtbot.addWidget(field)

    field.set_value("b")

    assert [part.focusPolicy().name for part in field.parts()] == ["ClickFocus", "StrongFocus"]


def test_not_knowing_can_be_toggled_and_who_will_know_be_set(qtbot: QtBot) -> None:
    row = WhyRow("q", "What for?", TextField(), why="", source="", asks=True)
    qtbot.addWidget(row)
    said: list[tuple[bool, str]] = []
    row.changed.connect(lambda _: said.append((row.is_unknown(), row.asked())))

    toggle(row.unknown)
    assert row.ask is not None
    write(row.ask.line, "Ada")
    row.set_unknown(False)
    row.set_unknown(True, "Bob")

    assert said == [(True, ""), (True, "Ada")]
    assert row.asked() == "Bob"


def test_a_role_ticked_for_the_first_roster_counts(qtbot: QtBot) -> None:
    people = PeopleList()
    qtbot.addWidget(people)
    people.set_people((Enrolment("act", "ada", "Ada", "Finance", "00" * 32, b"", listed=False),), {})

    with qtbot.waitSignal(people.changed):
        toggle(people.box("act", Role.CIO))

    assert people.roles() == {"act": (Role.CIO,)}


def test_a_place_is_gone_to_once_by_a_toggle_or_a_click(qtbot: QtBot) -> None:
    navigation = Navigation()
    qtbot.addWidget(navigation)
    for key in ("home", "inbox"):
        navigation.add(key, "home", QAction(key, navigation))
    home, inbox = navigation.buttons()
    gone: list[str] = []
    navigation.chosen.connect(gone.append)

    navigation.mark("home")
    toggle(inbox)
    navigation.mark("inbox")
    home.click()
    navigation.mark("home")
    home.click()

    assert gone == ["inbox", "home", "home"]


def test_a_filter_is_heard_when_it_is_set_and_not_when_it_is_counted(qtbot: QtBot) -> None:
    row = FilterRow("unit")
    qtbot.addWidget(row)
    said: list[object] = []
    row.changed.connect(lambda: said.append(row.filters()))

    row.set_counts({"unit": [("Finance", 3), ("Treasury", 1)]}, "ada")
    row.choose({"unit": "Treasury"})
    row.picker("unit").setCurrentIndex(1)

    assert said == [(("unit", "Finance"),)]
