"""What is chosen in a list stays what it is when other rows come before it: by its key, not by where it stood."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs, JobTask
from ui.theme import Theme
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row, page_of
from ui.widgets.paged_table import PagedTable

SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class Pile:
    """A list that others write to."""

    def __init__(self) -> None:
        self.keys = [f"key-{number}" for number in range(350)]
        self.asked: list[PageRequest] = []

    def fetch(self, task: JobTask, request: PageRequest) -> PageOfRows:
        self.asked.append(request)
        keys = self.keys[::-1] if request.descending else self.keys
        return page_of(task, request, keys, lambda key: Row(key, (Cell(key),)))


@pytest.fixture
def pile() -> Pile:
    return Pile()


@pytest.fixture
def table(qtbot: QtBot, jobs: Jobs, pile: Pile, theme: Theme, request: pytest.FixtureRequest) -> PagedTable:
    table = PagedTable(
        jobs, pile.fetch, (Column("name", "Use case", 0, "name"),), name="Use cases", empty_title="None",
        empty_text="They come.", sort="name", several=getattr(request, "param", False),
    )  # fmt: skip
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    come(qtbot, table, table.refresh)
    return table


several = pytest.mark.parametrize("table", [True], indirect=True, ids=["several"])


def come(qtbot: QtBot, table: PagedTable, act: Callable[[], object]) -> None:
    """Do this, and wait until all rows that come of it are here."""
    with qtbot.waitSignal(table.model.arrived):
        act()
    qtbot.waitUntil(lambda: table.model.idle)


def shown(table: PagedTable) -> list[str]:
    """The keys of the rows that look chosen."""
    rows = {index.row() for index in table.view.selectionModel().selectedIndexes()}
    return [row.key for number, row in table.model.loaded() if number in rows]


def test_the_chosen_row_is_the_same_after_another_came_before_it(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    table.select("key-4")
    told: list[str] = []
    table.chosen.connect(told.append)
    pile.keys.insert(0, "new")
    come(qtbot, table, table.refresh)

    assert table.current_key == "key-4"
    assert shown(table) == ["key-4"]
    assert table.view.currentIndex().row() == 5
    assert told == []


def test_what_opens_after_a_refresh_is_what_was_chosen(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    table.select("key-4")
    pile.keys.remove("key-1")
    come(qtbot, table, table.refresh)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)

    assert opened.args == ["key-4"]


def test_of_a_row_that_is_gone_no_other_takes_the_place(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    table.select("key-4")
    pile.keys.remove("key-4")
    with qtbot.waitSignal(table.chosen) as told:
        come(qtbot, table, table.refresh)

    assert told.args == [""]
    assert shown(table) == []
    assert table.current_key == ""


def test_a_chosen_row_is_found_again_on_a_page_that_is_not_in_sight(
    table: PagedTable, pile: Pile, qtbot: QtBot
) -> None:
    come(qtbot, table, lambda: table.model.row(250))
    table.select("key-250")
    table.view.scrollToTop()
    pile.keys.insert(0, "new")
    come(qtbot, table, table.refresh)

    assert table.current_key == "key-250"
    assert shown(table) == ["key-250"]
    assert table.view.verticalScrollBar().value() == 0


@several
def test_chosen_rows_stay_chosen_also_on_pages_that_come_later(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    come(qtbot, table, lambda: table.model.row(250))
    for number in (2, 3, 250):
        table.view.selectionModel().select(table.model.index(number, 0), SELECT)
    counts: list[int] = []
    table.picked.connect(counts.append)
    pile.keys[:0] = ["new", "newer"]
    come(qtbot, table, table.refresh)

    assert shown(table) == ["key-2", "key-3", "key-250"]
    assert table.picked_keys() == ("key-2", "key-3", "key-250")
    assert set(counts) == {3}


@several
def test_of_chosen_rows_those_that_are_gone_are_not_counted(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    for number in (2, 3, 4):
        table.view.selectionModel().select(table.model.index(number, 0), SELECT)
    pile.keys.remove("key-3")
    come(qtbot, table, table.refresh)

    assert table.picked_keys() == ("key-2", "key-4")
    assert table.picked_count == 2


@several
def test_all_stay_all(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    table.view.selectAll()
    pile.keys.append("new")
    come(qtbot, table, table.refresh)

    assert table.picked_count == 351


@several
def test_another_order_keeps_the_choice_and_asks_for_no_page_out_of_sight(
    table: PagedTable, pile: Pile, qtbot: QtBot
) -> None:
    come(qtbot, table, lambda: table.model.row(250))
    come(qtbot, table, lambda: table.model.row(340))
    for number in (260, 340):
        table.view.selectionModel().select(table.model.index(number, 0), SELECT)
    pile.asked.clear()
    come(qtbot, table, lambda: table.set_order("name", descending=True))

    assert [request.skip for request in pile.asked] == [0]
    assert table.picked_keys() == ("key-340", "key-260")


@several
def test_what_is_chosen_while_rows_come_counts(table: PagedTable, pile: Pile, qtbot: QtBot) -> None:
    come(qtbot, table, lambda: table.model.row(250))
    table.view.selectionModel().select(table.model.index(250, 0), SELECT)
    with qtbot.waitSignal(table.model.arrived):
        table.refresh()
    table.select("key-1")
    qtbot.waitUntil(lambda: table.model.idle)

    assert table.picked_keys() == ("key-1",)
