"""Two revisions side by side on a real window: reached from the case page, read and picked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.services.competing import ONE, OTHER, PERSONAL, PROBLEM, Competing, filed
from tests.services.offices import Offices
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.compare.page import ComparePage
from ui.compare.target import CompareTarget
from ui.guide.page import GuidePage
from ui.guide.stops import View
from ui.widgets.links import LinkButton


def compared(person: Visit) -> ComparePage:
    assert isinstance(person.page, ComparePage)
    return person.page


def words(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def tab_to(target: QWidget) -> None:
    for _ in range(200):
        if QApplication.focusWidget() is target:
            return
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {target.accessibleName()}")


def test_the_case_page_leads_to_what_competes(ada: Visit, at: Competing) -> None:
    page = ada.go("case", at.case)

    ada.click(ada.button("Compare revisions", page))

    shown = words(compared(ada))
    assert "2 revisions compete" in shown
    assert {ONE, OTHER} <= set(shown)
    assert next(iter(compared(ada).sheet.rows)) == PROBLEM
    assert nameless(ada.desktop.window) == []
    assert unreachable(ada.desktop.window) == []


def test_any_revision_of_the_list_is_compared_with_the_one_before(ada: Visit, at: Competing) -> None:
    page = ada.go("case", at.case)
    link = next(item for item in page.findChildren(LinkButton) if item.key == at.here)

    ada.click(link)

    assert ada.went[-1] == ("compare", CompareTarget(at.case, (at.here, at.first)))
    assert list(compared(ada).sheet.rows) == [PROBLEM]
    assert "2 revisions compete" not in words(compared(ada))


def test_two_others_are_picked_and_back_leads_to_those_before(ada: Visit, at: Competing) -> None:
    ada.go("compare", CompareTarget(at.case))
    first, second = compared(ada).pickers
    assert {first.value(), second.value()} == {at.here, at.there}

    second.set_value(at.first)
    second.changed.emit()
    ada.settle()

    assert ada.went[-1] == ("compare", CompareTarget(at.case, (at.there, at.first)))
    assert PERSONAL in compared(ada).sheet.rows
    ada.desktop.window.pages.back()
    ada.settle()
    assert "2 revisions compete" in words(compared(ada))


def test_what_is_the_same_is_counted_and_opens_by_keyboard(ada: Visit, at: Competing) -> None:
    ada.go("compare", CompareTarget(at.case))
    page = compared(ada)
    same = page.sheet.same
    assert same is not None
    assert same.head.text().endswith("answers are the same")
    ada.desktop.window.activateWindow()
    page.focus_first()

    tab_to(same.head)
    QTest.keyClick(same.head, Qt.Key.Key_Space)
    ada.settle()

    assert same.inside.isVisible()
    row = page.sheet.row(PROBLEM)
    QTest.keyClick(row.head, Qt.Key.Key_Space)
    assert not row.inside.isVisible()


@pytest.mark.exhaustive
def test_the_owner_goes_on_to_choose_and_others_only_read(
    ada: Visit, at: Competing, visit: Callable[[str], Visit], offices: Offices
) -> None:
    offices.travel("ada", "dan")
    dan = visit("dan")
    dan.go("compare", CompareTarget(at.case))
    assert not compared(dan).choose.isEnabled()
    assert {ONE, OTHER} <= set(words(compared(dan)))

    ada.go("compare", CompareTarget(at.case))
    compared(ada).choose.trigger()
    ada.settle()

    assert isinstance(ada.page, GuidePage)
    assert ada.page.navigation.stop is not None
    assert ada.page.navigation.stop.view is View.CHOOSE


def test_one_revision_says_that_there_is_nothing_to_compare(ada: Visit, offices: Offices) -> None:
    case = offices.file()

    ada.go("compare", CompareTarget(case))

    assert compared(ada).waiting.title.text().startswith("There is nothing to compare")
    assert not compared(ada).sheet.rows


def test_what_differs_far_down_a_long_answer_is_in_sight(ada: Visit, at: Competing, offices: Offices) -> None:
    beginning = "The same words at the beginning of both. " * 40
    case = offices.file()
    first = filed(offices.installations["ada"], offices, case, {PROBLEM: f"{beginning}And then one end."})
    second = filed(offices.installations["ada"], offices, case, {PROBLEM: f"{beginning}And then another."})

    ada.go("compare", CompareTarget(case, (first, second)))

    shown = [label.text() for label in compared(ada).sheet.row(PROBLEM).findChildren(QLabel)]
    assert {f"{beginning}And then one end.", f"{beginning}And then another."} <= set(shown)
