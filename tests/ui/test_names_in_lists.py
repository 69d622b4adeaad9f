"""Every list of the app in the smallest window, with text at 100 and 200 %: no name is cut, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget

from tests.services.offices import Offices
from tests.ui.every_screen import in_the_middle
from tests.ui.visiting import Visit, offices, visit
from ui.guide.begin.drafts import DraftsPage
from ui.guide.begin.earlier import EarlierDialog
from ui.jobs import JobTask
from ui.literacy.page import LiteracyView
from ui.pictures.screenshots import grab
from ui.shell.palette import CommandPalette, PaletteEntry, _EntryDelegate
from ui.theme import Theme
from ui.widgets.cell_delegate import broken, cell_width
from ui.widgets.paged_model import FOLDED_ROLE, Cell, Fetch, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable

__all__ = ["offices", "visit"]

SIZE = QSize(1280, 720)
TITLE = "Transcribing and summarising the structured interviews of the customer service centre in five languages"
UNIT = "Accounting and procurement of the northern region"
PLACES = (
    ("inbox", None),
    ("inbox", "others"),
    ("inbox", "due"),
    ("register", None),
    ("records", None),
    ("people", None),
    ("literacy", LiteracyView.WHO),
    ("exchange", None),
    ("drafts", None),
)
pytestmark = pytest.mark.exhaustive


@pytest.fixture(params=[100, 200])
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


def with_long_names(fetch: Fetch, table: PagedTable) -> Fetch:
    """The rows that are there, or one where there are none, with a long name and a long unit in each."""
    columns = table.model.columns

    def longer(task: JobTask, request: PageRequest) -> PageOfRows:
        found = fetch(task, request)
        rows = found.rows or (Row("0", tuple(Cell("12 Nov 2026") for _ in columns)),)
        named = tuple(
            Row(
                row.key,
                tuple(
                    replace(cell, text=TITLE if not column.width else UNIT if column.key == "unit" else cell.text)
                    for column, cell in zip(columns, row.cells, strict=True)
                ),
            )
            for row in rows
        )
        return PageOfRows(named, found.anchor, max(found.total, len(named)))

    return longer


def cut(table: PagedTable) -> list[str]:
    """What of the rows on screen cannot be read whole."""
    view, model = table.view, table.model
    header, line = view.horizontalHeader(), view.fontMetrics().height()
    found = (
        [f"scrolls sideways by {view.horizontalScrollBar().maximum()}"] if view.horizontalScrollBar().maximum() else []
    )
    names = next(number for number, column in enumerate(model.columns) if not column.width)
    for number in range(min(model.rowCount(), 5)):
        index = model.index(number, names)
        name = index.data()
        besides = cell_width(index, view) - view.fontMetrics().horizontalAdvance(name)
        room = header.sectionSize(names) - besides
        under = (index.data(FOLDED_ROLE) or "").strip()
        lines = [*broken(name, view.font(), room, 9), *(broken(under, view.font(), room, 9) if under else ())]
        if len(lines) * line > view.rowHeight(number):
            found.append(f"{len(lines)} lines in {view.rowHeight(number)}: {lines}")
        for each, column in enumerate(model.columns):
            if column.width and column.whole and not column.most and not view.isColumnHidden(each):
                needed = cell_width(model.index(number, each), view)
                if header.sectionSize(each) < needed:
                    found.append(f"{column.key}: {header.sectionSize(each)} of {needed}")
    return found


def looked_at(person: Visit, inside: QWidget) -> dict[str, list[str]]:
    """Each list in a page or dialog, filled with long names, and what is cut in it."""
    found = {}
    for table in inside.findChildren(PagedTable):
        table.model._fetch = with_long_names(table.model._fetch, table)
        table.refresh()
        person.settle()
        grab(inside if inside.isWindow() else person.desktop.window, None if inside.isWindow() else SIZE)
        table._room.look_at_names()
        if problems := cut(table):
            found[table.view.accessibleName()] = problems
    return found


@pytest.mark.slow("every list of the app, in both sizes of text")
def test_no_name_of_any_list_is_cut(text: int, offices: Offices, visit: Callable[[str], Visit]) -> None:
    in_the_middle(offices)
    found = {}

    for who in ("cleo", "ada"):
        person = visit(who)
        person.desktop.window.resize(SIZE)
        for place, argument in PLACES:
            page = person.go(place, argument)
            if problems := looked_at(person, page):
                found[f"{who} {place} {argument or ''}"] = problems
            if isinstance(page, DraftsPage) and who == "ada":
                page.choose_earlier()
                person.settle()
                dialog = person.dialog(EarlierDialog)
                if problems := looked_at(person, dialog):
                    found["earlier"] = problems
                dialog.reject()

    assert found == {}


def test_no_name_in_the_palette_is_cut(text: int, offices: Offices, visit: Callable[[str], Visit]) -> None:
    person = visit("cleo")
    person.desktop.window.resize(SIZE)
    palette = CommandPalette([], person.desktop.context, person.desktop.window)
    palette.resize(palette.size().boundedTo(SIZE))
    icon = person.desktop.window.windowIcon()
    palette._add([PaletteEntry(TITLE, f"Use case UC-1234-5678 · {UNIT}", icon, palette.accept)])
    palette.show()
    grab(palette)
    delegate, view = palette.list.itemDelegate(), palette.list
    assert isinstance(delegate, _EntryDelegate)
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    row = view.visualItemRect(view.item(0))

    name, below = delegate._lines(option, view.model().index(0, 0), row.width())

    assert " ".join(" ".join(name).split()) == TITLE
    assert "…" not in "".join(below)
    assert row.height() >= (len(name) + len(below)) * option.fontMetrics.height()
    assert view.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    palette.reject()
