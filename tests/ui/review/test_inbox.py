"""The inbox: three groups on real registers, walked with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import figures
from intake.services.deciding.deciding import comment
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, filed_with_ciso
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.inbox.page import InboxPage
from ui.review.answers import safe_name
from ui.review.outcome import ConfirmationWays
from ui.review.page import ReviewPage
from ui.theme import Tone
from ui.words.cases import ring, turn_words
from ui.words.clocks import left_words
from ui.words.ring import Half, RingState

Open = Callable[[str], Visit]
WHAT, WHO, TURN, SINCE, CLOCK = 2, 3, 4, 5, 6
"""Columns of the inbox."""


def inbox(person: Visit) -> InboxPage:
    page = person.go("inbox")
    assert isinstance(page, InboxPage)
    return page


def column(page: InboxPage, number: int) -> list[str]:
    model = page.table.model
    return [str(model.data(model.index(row, number))) for row in range(model.rowCount())]


def test_the_groups_say_whose_turn_it_is(offices: Offices, visit: Open) -> None:
    fresh, asked = offices.file(), offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", asked, Position.CHANGES, reason="Say more.")
    dan = visit("dan")

    page = inbox(dan)

    assert [page.groups.tabText(number) for number in range(3)] == [
        "Your turn (1)",
        "Waiting for others (1)",
        "Due for re-review",
    ]
    assert page.table.current_key == fresh
    assert (column(page, WHAT), column(page, TURN)) == (["Decision"], ["You and the CIO"])
    page.groups.setCurrentIndex(1)
    dan.settle()
    assert (column(page, WHAT), column(page, TURN)) == (["File again"], ["Owner’s turn"])


def test_j_and_k_move_and_enter_opens_the_case(offices: Offices, visit: Open) -> None:
    cases = [offices.file() for _ in range(3)]
    offices.travel("ada", "dan")
    dan = visit("dan")
    page = inbox(dan)
    view = page.table.view

    dan.qtbot.keyClick(view, Qt.Key.Key_J)
    dan.qtbot.keyClick(view, Qt.Key.Key_J)
    dan.qtbot.keyClick(view, Qt.Key.Key_K)
    chosen = page.table.current_key
    dan.qtbot.keyClick(view, Qt.Key.Key_Return)
    dan.settle()

    assert view.currentIndex().row() == 1
    assert chosen in cases
    assert dan.went[-1] == ("case", chosen)


@pytest.mark.exhaustive
def test_an_approval_that_ends_soon_is_due(offices: Offices, visit: Open) -> None:
    case = filed_with_both(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    in_force = offices.installations["cleo"].state(case).in_force
    assert in_force is not None
    assert in_force.terms is not None
    offices.clock.now += in_force.terms.expires - offices.clock().date() - timedelta(days=10)
    offices.travel("cleo", "ada")
    told = FiguresBody(offices.clock().date(), 5, "")
    figures.report_figures(offices.installations["ada"], offices.signer("ada"), case, told)
    offices.travel("ada", "cleo")
    cleo = visit("cleo")
    page = inbox(cleo)

    page.groups.setCurrentIndex(2)
    cleo.settle()

    assert page.groups.tabText(2) == "Due for re-review (1)"
    assert column(page, WHAT) == ["Approval ends"]
    assert column(page, WHO) == ["Ada"]
    assert column(page, TURN) == ["Nobody’s turn"]
    assert column(page, CLOCK) == ["10 days left"]
    assert page.table.view.isColumnHidden(SINCE)
    assert not page.table.view.isColumnHidden(WHO) or WHO in page.table.model.folded


def test_an_owner_finds_what_waits_for_the_offices(offices: Offices, visit: Open) -> None:
    offices.file()
    ada = visit("ada")
    page = inbox(ada)

    page.groups.setCurrentIndex(1)
    ada.settle()

    assert page.groups.tabText(1) == "Waiting for others (1)"
    assert column(page, TURN) == ["Both offices’ turn"]


def test_what_presses_most_stands_first_whatever_moved_last(offices: Offices, visit: Open) -> None:
    first = offices.file()
    offices.clock.now += timedelta(days=3)
    second = offices.file()
    offices.clock.now += timedelta(days=1)
    offices.travel("ada", "dan")
    comment(offices.installations["dan"], offices.signer("dan"), first, "Seen.")
    dan = visit("dan")
    page = inbox(dan)

    order = [page.table.model.row(number) for number in range(2)]
    page.table.view.horizontalHeader().sectionClicked.emit(CLOCK)
    dan.settle()
    turned = [page.table.model.row(number) for number in range(2)]

    assert [row.key for row in order if row] == [first, second]
    assert [row.key for row in turned if row] == [second, first]


def test_the_inbox_is_searched_filtered_and_saved_as_a_file(offices: Offices, visit: Open, tmp_path: Path) -> None:
    offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    page = inbox(dan)
    title = column(page, 0)[0]

    page.search.setText("surely-not-there")
    page.search.returnPressed.emit()
    dan.settle()
    nothing = page.table.model.total, page.table.empty.title.text()
    page.search.setText(title.split()[0])
    page.search.returnPressed.emit()
    dan.settle()
    page.file._write = page.writing()
    page.file.write_to(str(tmp_path / "inbox.csv"))
    dan.settle()

    assert nothing == (0, "Nothing matches")
    assert page.table.model.total == 1
    assert title in (tmp_path / "inbox.csv").read_text("utf-8-sig")


def test_a_view_remembers_its_group(offices: Offices, visit: Open) -> None:
    dan = visit("dan")
    page = inbox(dan)
    page.groups.setCurrentIndex(2)
    dan.settle()

    page.save_view("Ending soon")
    page.groups.setCurrentIndex(0)
    dan.settle()
    page.views.setCurrentIndex(1)
    page.views.activated.emit(1)
    dan.settle()

    assert page.groups.currentIndex() == 2
    assert page.views.current == "Ending soon"


@pytest.mark.exhaustive
def test_after_one_case_comes_the_next_that_waits(offices: Offices, visit: Open) -> None:
    cases = []
    for _ in range(3):
        cases.append(offices.file())
        offices.clock.now += timedelta(days=1)
    offices.travel("ada", "dan")
    dan = visit("dan")
    review = dan.go("review", cases[0])
    assert isinstance(review, ReviewPage)

    # From the review the first one, from the page of each use case the others.
    for step in ("go_next", "go_next", "go_next", "go_back"):
        getattr(dan.page, step)()
        dan.settle()
    after = [argument for place, argument in dan.went if place == "case"]
    ways = ConfirmationWays(dan.desktop.context, cases[0])
    ways.to_next().trigger()
    dan.settle()

    assert after == [cases[1], cases[2], cases[1]]
    assert dan.went[-1] == ("case", cases[1])


def test_when_nothing_else_waits_the_inbox_comes(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")

    ways = ConfirmationWays(dan.desktop.context, case)
    ways.to_next().trigger()
    dan.settle()

    assert dan.went[-1][0] == "inbox"


def test_an_empty_group_says_what_belongs_there(visit: Open) -> None:
    page = inbox(visit("dan"))

    assert page.table.empty.isVisible()
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.parametrize(
    ("cio", "ciso", "expected"),
    [
        ("approve", "approve", RingState(Half.FILLED, Half.FILLED)),
        ("approve", "open", RingState(Half.FILLED, Half.OPEN)),
        ("open", "open", RingState(Half.OPEN, Half.OPEN)),
        ("changes", "decline", RingState(Half.CHANGES, Half.DECLINED)),
    ],
)
def test_a_row_draws_the_halves_the_register_gives(cio: str, ciso: str, expected: RingState) -> None:
    assert ring(cio, ciso) == expected


def test_turns_and_clocks_are_told_in_words() -> None:
    assert turn_words((), ("cio",)) == "Nobody’s turn"
    assert turn_words(("cio",), ("cio",)) == "Your turn"
    assert turn_words(("cio", "ciso"), ("cio",)) == "You and the CISO"
    assert left_words(-1) == ("1 day over", Tone.BAD)
    assert left_words(0) == ("due today", Tone.WARN)
    assert left_words((date(2026, 12, 2) - date(2026, 11, 22)).days) == ("10 days left", Tone.NEUTRAL)


@pytest.mark.parametrize(
    ("foreign", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\run\u202efdp.exe", "C__run_fdp.exe"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_a_foreign_file_name_becomes_a_harmless_one(foreign: str, safe: str) -> None:
    assert safe_name(foreign) == safe
