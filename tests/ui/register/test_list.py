"""The register list: pages from SQL in every order, filters with counts, search as one types, Enter opens."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from intake.domain.case.due import press_key, tier_key
from intake.domain.case.phases import phase_on
from intake.register.views import projections
from intake.register.views.rows import ListOrder
from tests.register.test_lists import _summary, fill
from tests.services.offices import Offices
from tests.services.stages import stage
from tests.ui.sessions import Sessions
from tests.ui.walk import nameless, unreachable
from ui.register.list_fetch import ListQuery
from ui.register.page import RegisterPage
from ui.widgets.paged_model import Row

TITLE, TIER = 1, 3
"""Columns of the register."""

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
@pytest.mark.exhaustive
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
    today = sessions.offices.clock.now.date()
    high = sum(item.tier == "high" for item in made)
    both = sum(item.tier == "high" and phase_on(item, today) == "decided" for item in made)

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


def test_what_runs_without_a_pilot_is_counted_and_can_be_listed(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    made = fill(sessions.offices.installations["dan"].register, 50)
    page = show("dan")
    picker = page.filters.picker("waived")
    qtbot.waitUntil(lambda: picker.count() > 1)
    without = {item.case for item in made if item.waived == "pilot"}

    words = [picker.itemText(number) for number in range(picker.count())]
    with qtbot.waitSignal(page.table.model.arrived):
        picker.setCurrentIndex(picker.findData("pilot"))

    assert words == [
        "Waived or not", "Commitments given up (10)", "Without expected evidence (10)", "Without a pilot (10)",
    ]  # fmt: skip
    assert (picker.accessibleName(), page.table.model.total, len(without)) == ("Does without", 10, 10)
    assert {row(page, number, qtbot).key for number in range(10)} == without


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
    assert page.order.isEnabled()


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


def test_what_presses_most_stands_first_and_a_heading_sorts(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    made = fill(sessions.offices.installations["dan"].register, 60)
    page = show("dan")
    first = row(page, 0, qtbot).key

    with qtbot.waitSignal(page.table.model.arrived):
        page.table.view.horizontalHeader().sectionClicked.emit(TITLE)
    by_title = row(page, 0, qtbot).cells[TITLE].text

    assert first == min(made, key=press_key).case
    assert by_title == min(item.title for item in made)
    assert page.order.value() == "title"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu wants the keyboard for itself
def test_the_order_is_chosen_by_keyboard_too_also_of_a_column_that_is_folded(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    made = fill(sessions.offices.installations["dan"].register, 60)
    page = show("dan")
    page.resize(500, 760)
    page.show()
    view = page.table.view
    row(page, 0, qtbot)

    qtbot.keyClick(view, Qt.Key.Key_O)
    menu = page.table.findChild(QMenu)
    assert menu is not None
    names = {action.data(): action for action in menu.actions()}
    with qtbot.waitSignal(page.table.model.arrived):
        names[TIER].trigger()
    menu.close()

    assert row(page, 0, qtbot).key == min(made, key=tier_key).case
    assert page.table.model.order == ("tier", False)


def test_a_row_says_what_is_asked_for_and_what_is_due(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    case = sessions.offices.file()
    sessions.offices.travel("ada", "dan")
    stored = sessions.offices.installations["dan"].register.queries.row(case)
    assert stored is not None
    assert stored.clock is not None

    shown = row(show("dan"), 0, qtbot)

    assert shown.cells[0].text == stored.reference
    assert shown.cells[4].text == f"Asks: {stored.asked.capitalize()}"
    assert shown.cells[6].text.endswith("left")
    assert "Decision" in shown.cells[6].tip


def test_my_use_cases_are_one_choice(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    mine = sessions.offices.file()
    fill_beside(sessions)
    page = show("ada")
    picker = page.filters.picker("owner")
    qtbot.waitUntil(lambda: picker.count() == 2)

    picker.setCurrentIndex(1)
    with qtbot.waitSignal(page.table.model.arrived):
        picker.activated.emit(1)

    assert picker.currentText() == "My use cases"
    assert page.table.model.total == 1
    assert row(page, 0, qtbot).key == mine


def test_a_view_is_kept_under_its_name_and_comes_back(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    fill(sessions.offices.installations["dan"].register, 120)
    page = show("dan")
    page.filters.choose({"tier": "high"})
    page.search.setText("invoice")
    page.table.set_order("title", descending=True)
    page.order.choose("title")

    page.save_view("High invoices")
    page.clear()
    again = show("dan")
    again.views.setCurrentIndex(again.views.findText("High invoices"))
    with qtbot.waitSignal(again.table.model.arrived):
        again.views.activated.emit(again.views.currentIndex())

    assert again.query() == ListQuery("invoice", (("tier", "high"),))
    assert (again.table.model.order, again.order.value()) == (("title", True), "title")
    assert again.views.current == "High invoices"
    again.remove_view.trigger()
    assert show("dan").views.views == ()


def test_views_that_cannot_be_read_are_kept_aside_and_not_written_over(sessions: Sessions, show: ShowPage) -> None:
    settings = sessions.context("dan").settings
    settings.set_text("views/register", "[[1]]")
    settings.sync()

    page = show("dan")
    page.save_view("New")

    kept = sessions.context("dan").settings
    assert kept.text("views/register-unread") == "[[1]]"
    assert [view.name for view in page.views.views] == ["New"]
    assert page.problem.isVisibleTo(page)


def test_the_list_is_saved_as_it_is_shown(sessions: Sessions, show: ShowPage, qtbot: QtBot, tmp_path: Path) -> None:
    fill(sessions.offices.installations["dan"].register, 120)
    page = show("dan")
    page.filters.choose({"tier": "high"})
    with qtbot.waitSignal(page.table.model.arrived):
        page.table.set_order("title", descending=True)
    with qtbot.waitSignal(page.table.model.arrived):
        page.ask()
    target = tmp_path / "high.csv"

    page.file.begin(page.writing(), "register")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.context.said) as said:
        page.file.write_to(str(target))
    dialog.reject()

    titles = [line["title"] for line in csv.DictReader(target.read_text("utf-8-sig").splitlines())]
    assert said.args == [f"{page.table.model.total} use cases saved as “high.csv”"]
    assert titles == [row(page, number, qtbot).cells[TITLE].text for number in range(page.table.model.total)]


def test_a_file_that_cannot_be_written_is_said_on_the_page(
    sessions: Sessions, show: ShowPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show("dan")

    page.file.begin(page.writing(), "register")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.file.refused):
        page.file.write_to(str(tmp_path / "no" / "list.csv"))
    dialog.reject()

    assert page.problem.isVisibleTo(page)


def fill_beside(sessions: Sessions) -> None:
    """Cases of others at Ada's, beside what she filed."""
    register = sessions.offices.installations["ada"].register
    with register._database.write() as connection:
        for pk, item in enumerate(([_summary(number, random.Random(number)) for number in range(20)]), start=100):
            connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", (pk, item.case))
            projections.write_row(connection, pk, item)


def test_everything_is_named_and_reached_by_keyboard(sessions: Sessions, show: ShowPage) -> None:
    page = show("dan")

    assert nameless(page) == []
    assert unreachable(page) == []
