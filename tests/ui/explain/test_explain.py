"""The explain screen: everything listed, found as it is typed, walked by keyboard, reached by link and by key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from intake.domain.playbook.explained import Topic, explained, found, key_of
from intake.services.filing import filing
from tests.counting import calls
from tests.ui.large import cut_off
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.explain.page import ExplainPage
from ui.explain.words import ExplainTarget, topic_words
from ui.guide.page import GuidePage
from ui.pictures.screenshots import grab
from ui.review.page import ReviewPage
from ui.review.sections import RISK
from ui.widgets.fold import Fold

Open = Callable[[str], Visit]

SMALL = QSize(1100, 700)


def page(sitting: Visit, argument: object = None) -> ExplainPage:
    shown = sitting.go("explain", argument)
    assert isinstance(shown, ExplainPage)
    return shown


def words(shown: ExplainPage) -> str:
    return "\n".join(label.text() for label in shown.detail.findChildren(QLabel) if label.isVisible())


def test_everything_is_listed_by_topic_with_its_reason_and_sources(visit: Open) -> None:
    sitting = visit("ada")
    playbook = sitting.offices.installations["ada"].shelf.current

    shown = page(sitting)

    items = explained(playbook)
    assert shown.tree.keys == tuple(item.key for item in items)
    assert shown.count.text() == f"{len(items)} in all"
    groups = [shown.tree.topLevelItem(row).text(0) for row in range(shown.tree.topLevelItemCount())]
    assert groups[0] == f"{topic_words(Topic.QUESTION)} ({len(playbook.questions)})"
    first = items[0]
    assert first.why in words(shown)
    assert first.sources[0].line in words(shown)
    assert first.sources[0].identifier in words(shown)
    assert nameless(shown) == []
    assert unreachable(shown) == []


@pytest.mark.exhaustive
def test_it_is_searched_as_it_is_typed_and_an_empty_list_says_what_to_do(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)
    items = explained(sitting.offices.installations["ada"].shelf.current)

    QTest.keyClicks(shown.search, "data")
    assert shown.tree.keys == tuple(item.key for item in found(items, "data"))

    QTest.keyClicks(shown.search, " qqqq")
    assert shown.tree.keys == ()
    assert shown.nothing.isVisible()

    shown.clear_action.trigger()
    assert len(shown.tree.keys) == len(items)
    assert shown.search.hasFocus()


def test_a_key_of_the_search_looks_at_each_item_once(visit: Open) -> None:
    """How long that takes is measured by ``tests/benchmarks``."""
    shown = page(visit("ada"))
    items = len(shown.tree.keys)

    for letter in "personal data":
        assert calls(partial(QTest.keyClicks, shown.search, letter)) < 50 * items


@pytest.mark.exhaustive
def test_a_link_leads_to_an_item_and_back_returns(visit: Open) -> None:
    sitting = visit("ada")
    playbook = sitting.offices.installations["ada"].shelf.current
    threats = {item.id for item in playbook.threats}
    control = next(item for item in playbook.controls if set(item.mitigates) & threats)
    key = key_of(Topic.CONTROL, control.id)

    shown = page(sitting, ExplainTarget(key, playbook.digest))
    assert shown.tree.current_key == key
    assert control.why in words(shown)
    assert shown.tree.hasFocus()

    sitting.click(shown.detail.links[0])
    assert shown.tree.current_key.startswith("threat:")

    sitting.desktop.window.pages.back()
    sitting.settle()
    assert shown.tree.current_key == key


def test_a_link_to_what_a_search_hides_clears_the_search(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)
    shown.search.setText("no such word")
    question = sitting.offices.installations["ada"].shelf.current.questions[3]

    page(sitting, key_of(Topic.QUESTION, question.id))

    assert shown.search.text() == ""
    assert question.why in words(shown)


def test_it_is_walked_by_keyboard_alone(visit: Open, qtbot: object) -> None:
    sitting = visit("ada")
    sitting.go("home")
    QTest.keyClick(sitting.desktop.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    sitting.settle()
    shown = sitting.page
    assert isinstance(shown, ExplainPage)
    assert not any(button.isChecked() for button in sitting.desktop.window.navigation.buttons())

    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.tree.hasFocus()
    before = shown.tree.current_key
    QTest.keyClick(shown.tree, Qt.Key.Key_J)
    assert shown.tree.keys.index(shown.tree.current_key) == shown.tree.keys.index(before) + 1
    QTest.keyClick(shown.tree, Qt.Key.Key_K)
    assert shown.tree.current_key == before


def test_the_guide_leads_from_a_source_to_everything_about_the_question(visit: Open) -> None:
    sitting = visit("ada")
    installation = sitting.offices.installations["ada"]
    sitting.go("guide", filing.start(installation, "ada"))
    guide = sitting.page
    assert isinstance(guide, GuidePage)
    row = guide.questions.form.rows()[0]

    row.panel.fold.click()
    assert row.panel.more is not None
    sitting.click(row.panel.more)

    shown = sitting.page
    assert isinstance(shown, ExplainPage)
    assert shown.tree.current_key == key_of(Topic.QUESTION, row.key)


@pytest.mark.exhaustive
def test_the_review_leads_from_each_item_of_the_risk_to_its_reasons(visit: Open) -> None:
    dan = visit("dan")
    case = dan.offices.file("ada")
    dan.offices.travel("ada", "dan")
    review = dan.go("review", case)
    assert isinstance(review, ReviewPage)
    review.tabs.show_section(RISK)
    dan.settle()
    made = dan.offices.installations["dan"].assessed(dan.offices.installations["dan"].state(case).current)[1]  # type: ignore[arg-type]
    titles = {called.control.title: called.control.id for called in made.controls}
    fold = next(item for item in review.tabs.risk.findChildren(Fold) if item.head.text() in titles)

    dan.click(fold.head)
    dan.click(next(button for button in fold.findChildren(QPushButton) if button.text() == "More on this"))

    shown = dan.page
    assert isinstance(shown, ExplainPage)
    assert shown.tree.current_key == key_of(Topic.CONTROL, titles[fold.head.text()])
    assert nameless(review) == []


def test_titles_on_two_lines_are_drawn_whole_above_what_they_stand_under(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)
    grab(sitting.desktop.window, SMALL)
    metrics = shown.tree.fontMetrics()
    line, air = metrics.boundingRect(QRect(0, 0, 9_999, 9_999), 0, "X\nX\nX").height(), metrics.height() // 2

    heights = [shown.tree.visualItemRect(shown.tree._items[key]).height() for key in shown.tree.keys]

    assert max(heights) == line + air


def test_what_is_said_when_nothing_is_found_is_not_cut_off(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)

    QTest.keyClicks(shown.search, "zzzz")
    grab(sitting.desktop.window, SMALL)

    assert shown.nothing.isVisible()
    assert cut_off(shown) == []
