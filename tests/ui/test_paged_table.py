"""A list of a hundred thousand rows: it asks for what is shown and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from tests.ui.walk import nameless
from ui.jobs import Jobs, JobTask
from ui.pictures.screenshots import grab, is_blank
from ui.theme import Theme, Tone
from ui.widgets.cell_delegate import cell_width
from ui.widgets.column_room import visible_rows
from ui.widgets.paged_model import KEY_ROLE, Cell, Column, PagedModel, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable
from ui.words.ring import Half, RingState

TOTAL = 100_000
COLUMNS = (Column("name", "Use case", 0, "name"), Column("state", "Decision", 20), Column("tier", "Tier", 12, "tier"))


class Gone(Refusal):
    what = "The register is gone."


class Shelf:
    """A register's stand-in that remembers what it was asked."""

    def __init__(self, total: int = TOTAL) -> None:
        self.total = total
        self.asked: list[PageRequest] = []
        self.refuses = False

    def fetch(self, task: JobTask, request: PageRequest) -> PageOfRows:
        self.asked.append(request)
        if self.refuses:
            raise Gone
        start = (request.after if isinstance(request.after, int) else 0) + request.skip
        numbers = range(start, min(start + request.limit, self.total))
        if request.descending:
            numbers = range(self.total - 1 - start, max(self.total - 1 - start - request.limit, -1), -1)
        rows = tuple(
            Row(
                f"key-{number}",
                (
                    Cell(f"Use case {number}\nsecond line"),
                    Cell("Filed", ring=RingState(Half.OPEN, Half.FILLED)),
                    Cell("High", tone=Tone.WARN),
                ),
            )
            for number in numbers
        )
        return PageOfRows(rows, start + len(rows), self.total)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def table(qtbot: QtBot, jobs: Jobs, shelf: Shelf, theme: Theme) -> PagedTable:
    table = PagedTable(
        jobs, shelf.fetch, COLUMNS, name="Use cases", empty_title="None yet", empty_text="They come.", sort="name"
    )
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()
    return table


def arrive(qtbot: QtBot, table: PagedTable, act: Callable[[], object]) -> None:
    with qtbot.waitSignal(table.model.arrived):
        act()


def settle(qtbot: QtBot, table: PagedTable) -> None:
    qtbot.waitUntil(lambda: all(table.model.row(number) is not None for number in visible_rows(table.view)))


def test_the_first_page_costs_one_request(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)
    picture = grab(table)

    assert table.model.total == TOTAL
    assert [request.skip for request in shelf.asked] == [0]
    assert not is_blank(picture)


def test_a_jump_to_the_end_loads_only_what_is_seen(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    table.view.scrollToBottom()
    grab(table)
    settle(qtbot, table)

    last = table.model.row(TOTAL - 1)
    assert last is not None
    assert last.key == f"key-{TOTAL - 1}"
    assert len(shelf.asked) <= 4


def test_the_next_page_is_asked_by_anchor(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    arrive(qtbot, table, lambda: table.model.row(150))

    assert shelf.asked[-1].after == 100
    assert shelf.asked[-1].skip == 0


@pytest.mark.exhaustive
def test_pages_not_looked_at_are_let_go(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    for page in range(1, PagedModel.KEPT + 10):
        arrive(qtbot, table, partial(table.model.row, page * PagedModel.PAGE))

    assert table.model.find("key-500") is None
    assert table.model.find(f"key-{(PagedModel.KEPT + 9) * PagedModel.PAGE}") is not None


def test_flying_over_rows_does_not_fetch_them_all(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    for page in range(1, 900):
        table.model.row(page * PagedModel.PAGE)
    qtbot.waitUntil(lambda: table.model.row(899 * PagedModel.PAGE) is not None)

    assert len(shelf.asked) < 20


def test_only_offered_columns_sort(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)
    header = table.view.horizontalHeader()

    header.sectionClicked.emit(1)
    unsorted = table.model.order
    arrive(qtbot, table, lambda: header.sectionClicked.emit(2))
    once = table.model.order
    arrive(qtbot, table, lambda: header.sectionClicked.emit(2))

    assert unsorted == ("name", False)
    assert once == ("tier", False)
    assert table.model.order == ("tier", True)
    assert shelf.asked[-1].descending


def test_a_search_begins_at_the_first_page(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)
    arrive(qtbot, table, lambda: table.model.row(5000))

    arrive(qtbot, table, lambda: table.set_query("invoice"))

    assert shelf.asked[-1].query == "invoice"
    assert shelf.asked[-1].after is None


def test_an_empty_list_says_so_and_fills_again(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.total = 0
    arrive(qtbot, table, table.refresh)
    empty = table.empty.isVisible()

    shelf.total = 3
    arrive(qtbot, table, table.refresh)

    assert empty
    assert table.view.isVisible()
    assert table.model.rowCount() == 3


def test_a_shorter_list_forgets_its_tail(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    shelf.total = 42
    arrive(qtbot, table, table.refresh)

    assert table.model.rowCount() == 42
    assert table.model.row(41) is not None


def test_keys_move_and_open(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    qtbot.keyClick(table.view, Qt.Key.Key_J)
    qtbot.keyClick(table.view, Qt.Key.Key_J)
    qtbot.keyClick(table.view, Qt.Key.Key_K)
    with qtbot.waitSignal(table.opened) as blocker:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)

    assert blocker.args == ["key-0"]
    assert table.current_key == "key-0"


def test_typing_letters_does_not_load_the_list(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    qtbot.keyClicks(table.view, "xyz")

    assert len(shelf.asked) == 1


def test_cells_are_spoken_with_column_and_ring(table: PagedTable, qtbot: QtBot) -> None:
    arrive(qtbot, table, table.refresh)

    spoken = table.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Decision: Filed. CIO: not signed yet. CISO: signed."
    assert table.model.index(0, 0).data(KEY_ROLE) == "key-0"
    assert nameless(table) == []


def test_a_refused_page_reaches_the_screen(table: PagedTable, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.refuses = True

    with qtbot.waitSignal(table.refused) as blocker:
        table.refresh()

    assert isinstance(blocker.args[0], Gone)


def test_there_is_no_proxy_and_rows_are_fixed(table: PagedTable) -> None:
    view = table.view
    assert isinstance(view, QTableView)

    assert view.model() is table.model
    assert view.verticalHeader().sectionResizeMode(0) == view.verticalHeader().ResizeMode.Fixed
    assert table.model.rowCount(QModelIndex()) == 0


@pytest.mark.parametrize("whole", [True, False])
def test_a_column_of_our_own_words_grows_until_none_is_cut(
    qtbot: QtBot, jobs: Jobs, theme: Theme, shelf: Shelf, whole: bool
) -> None:
    columns = (
        Column("name", "Use case"),
        Column("state", "Decision", 3, whole=whole),
        Column("tier", "T", 3, whole=whole),
    )
    table = PagedTable(jobs, shelf.fetch, columns, name="Use cases", empty_title="None yet", empty_text="They come.")
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()

    with qtbot.waitSignal(table.model.arrived):
        table.refresh()

    view, header = table.view, table.view.horizontalHeader()
    fits = [header.sectionSize(number) >= cell_width(table.model.index(0, number), view) for number in (1, 2)]
    assert all(fits) is whole
    # Its own title is never cut, whatever width was asked for.
    assert header.sectionSize(1) >= header.sectionSizeHint(1)
