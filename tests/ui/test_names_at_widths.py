"""Names of a list are there at every width and text size: other columns go under them first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs, JobTask
from ui.pictures.screenshots import grab
from ui.theme import Theme, Tone
from ui.widgets.cell_delegate import broken, cell_width
from ui.widgets.column_room import ColumnRoom
from ui.widgets.paged_model import FOLDED_ROLE, Cell, Column, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable

NAMES = ("Voice of the Customer", "Generic Ticket Classification", "Natural Language Search of Minutes")
COLUMNS = (
    Column("reference", "Reference", 14, "reference", whole=True, fold=3),
    Column("title", "Use case", 0, "title"),
    Column("standing", "State", 20, whole=True, fold=1),
    Column("tier", "Tier", 12, "tier", whole=True, fold=2),
    Column("due", "Due", 12, "pressing", whole=True),
)
TITLE, DUE = 1, 4


def fetch(_: JobTask, request: PageRequest) -> PageOfRows:
    rows = tuple(
        Row(name, (Cell("UC-HWW1-6E0Q"), Cell(name), Cell("Both offices’ turn"), Cell("High risk"), Cell("9 days over", Tone.BAD)))
        for name in NAMES
    )  # fmt: skip
    return PageOfRows(rows, 0, len(rows))


@pytest.fixture(params=[100, 125, 200])
def text(request: pytest.FixtureRequest, qapp: QApplication, theme: Theme) -> Iterator[int]:
    """The size of text in percent."""
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * request.param / 100)
    qapp.setFont(larger)
    theme.set_scheme(theme.scheme)
    yield request.param
    qapp.setFont(before)
    theme.set_scheme(theme.scheme)


@pytest.mark.parametrize("width", [640, 800, 1000, 1200, 1900])
def test_no_name_is_cut_and_no_reference(text: int, width: int, jobs: Jobs, qtbot: QtBot) -> None:
    table = PagedTable(jobs, fetch, COLUMNS, name="Use cases", empty_title="None", empty_text="", sort="pressing")
    qtbot.addWidget(table)
    table.resize(width, 600)
    table.show()

    with qtbot.waitSignal(table.model.arrived):
        table.refresh()
    grab(table)

    view, header = table.view, table.view.horizontalHeader()
    room = header.sectionSize(TITLE)
    for number, name in enumerate(NAMES):
        needed = cell_width(table.model.index(number, TITLE), view)
        lines = broken(name, view.font(), room - (needed - view.fontMetrics().horizontalAdvance(name)), 2)
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert len(lines) == 1 or view.rowHeight(number) >= view.fontMetrics().height() * 3
    for number, column in enumerate(COLUMNS):
        if column.fold and number not in table.model.folded:
            assert header.sectionSize(number) >= cell_width(table.model.index(0, number), view)
        assert view.isColumnHidden(number) == (number in table.model.folded)
    assert not view.isColumnHidden(DUE)
    assert view.horizontalScrollBar().maximum() == 0


def test_what_is_folded_is_said_under_the_name_and_to_a_screen_reader(jobs: Jobs, qtbot: QtBot, theme: Theme) -> None:
    table = PagedTable(jobs, fetch, COLUMNS, name="Use cases", empty_title="None", empty_text="", sort="pressing")
    qtbot.addWidget(table)
    table.resize(420, 600)
    table.show()
    with qtbot.waitSignal(table.model.arrived):
        table.refresh()
    name = table.model.index(0, TITLE)
    narrow = (name.data(FOLDED_ROLE), name.data(Qt.ItemDataRole.AccessibleTextRole))

    table.resize(1600, 600)
    grab(table)

    assert narrow[0] == "UC-HWW1-6E0Q · Both offices’ turn · High risk"
    assert narrow[1] == (
        "Use case: Voice of the Customer. Reference: UC-HWW1-6E0Q. State: Both offices’ turn. Tier: High risk"
    )
    assert name.data(FOLDED_ROLE) == ""
    assert table.model.folded == ()


def test_columns_that_say_nothing_in_a_group_are_left_out_at_every_width(
    jobs: Jobs, qtbot: QtBot, theme: Theme
) -> None:
    table = PagedTable(jobs, fetch, COLUMNS, name="Use cases", empty_title="None", empty_text="", sort="pressing")
    qtbot.addWidget(table)
    table.show()
    table.leave_out("tier")
    with qtbot.waitSignal(table.model.arrived):
        table.refresh()

    for width in (1600, 420, 1600):
        table.resize(width, 600)
        grab(table)
        assert table.view.isColumnHidden(3)
        assert "High risk" not in (table.model.index(0, TITLE).data(FOLDED_ROLE) or "")
    table.leave_out()
    grab(table)
    assert not table.view.isColumnHidden(3)


def test_a_very_narrow_list_keeps_the_least_of_a_name_and_scrolls(jobs: Jobs, qtbot: QtBot, theme: Theme) -> None:
    table = PagedTable(jobs, fetch, COLUMNS, name="Use cases", empty_title="None", empty_text="", sort="pressing")
    qtbot.addWidget(table)
    table.resize(160, 400)
    table.show()
    with qtbot.waitSignal(table.model.arrived):
        table.refresh()

    assert table.view.horizontalHeader().sectionSize(TITLE) >= round(
        table.fontMetrics().height() * 0.42 * ColumnRoom.LEAST
    )


def test_a_name_breaks_between_words_and_a_third_line_is_shortened(theme: Theme, qapp: QApplication) -> None:
    font = qapp.font()

    assert broken("Voice of the Customer", font, 5000, 2) == ["Voice of the Customer"]
    two = broken("Voice of the Customer and all its answers of ten years", font, 120, 2)
    assert len(two) == 2
    assert two[1].endswith("…")
    assert broken("x" * 900, font, 200, 2)[1].endswith("…")
