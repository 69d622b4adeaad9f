"""The register list: pages from SQL in every order, filters with counts, search as one types, Enter opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake.register.views.rows import ListOrder
from tests.register.test_lists import fill
from tests.services.offices import Offices
from tests.services.stages import stage
from tests.ui.sessions import Sessions
from tests.ui.walk import nameless, unreachable
from ui.register.page import RegisterPage
from ui.widgets.paged_model import Row

ShowPage = Callable[[str], RegisterPage]


@pytest.fixture
def show(qtbot: QtBot, sessions: Sessions) -> ShowPage:
    """Shows the page to somebody and waits for its first rows."""

    def make(name: str = "dan") -> RegisterPage:
        page = RegisterPage(sessions.context(name))
        qtbot.addWidget(page)
        page.resize(1040, 760)
        with qtbot.waitSignal(page.table.model.arrived):
            page.activated(None)
        return page

    return make


@stage
def many(offices: Offices) -> None:
    """A register of 450 rows at Dan's."""
    fill(offices.installations["dan"].register, 450)


def row(page: RegisterPage, number: int, qtbot: QtBot) -> Row:
    qtbot.waitUntil(lambda: page.table.model.row(number) is not None)
    found = page.table.model.row(number)
    assert found is not None
    return found


def texts(found: Row) -> list[str]:
    return [cell.text for cell in found.cells]


def test_an_empty_register_says_what_belongs_there(show: ShowPage) -> None:
    page = show("dan")

    assert page.table.empty.isVisibleTo(page)
    assert page.table.empty.title.text() == "No use cases yet"
    assert page.total.text() == "0 use cases"


def test_a_case_stands_there_in_words_and_opens_with_enter(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    case = sessions.offices.file()
    sessions.offices.travel("ada", "dan")
    page = show("dan")

    shown = texts(row(page, 0, qtbot))
    page.table.view.selectRow(0)
    with qtbot.waitSignal(page.context.went) as went:
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return)

    assert went.args == ["case", case]
    assert shown[0].startswith("UC-")
    assert shown[2] == "Both offices’ turn"
    assert shown[5] == "Ada"


@pytest.mark.parametrize("sort", list(ListOrder))
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_can_be_walked_and_jumped_into(
    sessions: Sessions, show: ShowPage, qtbot: QtBot, sort: ListOrder, *, descending: bool
) -> None:
    many(sessions.offices)
    register = sessions.offices.installations["dan"].register
    expected = [found.case for found in register.queries.page(sort=sort, limit=1000, backwards=descending).rows]
    page = show("dan")

    with qtbot.waitSignal(page.table.model.arrived):
        page.table.set_order(sort.value, descending=descending)
    jumped = [row(page, number, qtbot).key for number in (0, 449, 320, 50, 120)]

    assert jumped == [expected[number] for number in (0, 449, 320, 50, 120)]


def test_filters_narrow_the_list_and_carry_their_counts(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    register = sessions.offices.installations["dan"].register
    made = fill(register, 300)
    page = show("dan")
    picker = page.filters.picker("tier")
    qtbot.waitUntil(lambda: picker.count() > 1)
    high = sum(item.tier == "high" for item in made)
    both = sum(item.tier == "high" and item.phase == "decided" for item in made)

    page.filters.choose({"tier": "high"})
    assert picker.currentText() == f"High risk ({high})"
    with qtbot.waitSignal(page.table.model.arrived):
        page.filters.changed.emit()
    one = page.table.model.total
    page.filters.choose({"tier": "high", "phase": "decided"})
    with qtbot.waitSignal(page.table.model.arrived):
        page.filters.changed.emit()

    assert (one, page.table.model.total) == (high, both)
    assert page.total.text() == f"{both} use cases"


def test_search_finds_as_one_types_and_says_when_nothing_matches(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    sessions.offices.file()
    sessions.offices.travel("ada", "dan")
    page = show("dan")
    title = texts(row(page, 0, qtbot))[1]

    with qtbot.waitSignal(page.table.model.arrived):
        qtbot.keyClicks(page.search, title.split()[0][:5])
    found = page.table.model.total
    page.search.clear()
    with qtbot.waitSignal(page.table.model.arrived):
        qtbot.keyClicks(page.search, "zzzzzz")

    assert found == 1
    assert page.table.empty.title.text() == "Nothing matches"
    assert not page.order.isEnabled()


def test_too_many_words_are_refused_in_words(show: ShowPage, qtbot: QtBot) -> None:
    page = show("dan")

    page.search.setText(" ".join(f"word{number}" for number in range(20)))

    qtbot.waitUntil(lambda: page.problem.isVisibleTo(page))
    assert "12" in page.problem.title.text() + page.problem.text.text()


def test_a_place_elsewhere_can_open_it_filtered(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    fill(sessions.offices.installations["dan"].register, 120)
    page = show("dan")

    with qtbot.waitSignal(page.table.model.arrived):
        page.activated({"turn": "ciso"})

    assert page.query().filters == (("turn", "ciso"),)


def test_everything_is_named_and_reached_by_keyboard(sessions: Sessions, show: ShowPage) -> None:
    page = show("dan")

    assert nameless(page) == []
    assert unreachable(page) == []
