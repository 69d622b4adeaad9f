"""A record that exists is always in the list of records and in the palette, and says what became of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import suspending
from intake.services.deciding.records_at_hand import record_of
from intake.services.lists import finding
from intake.services.lists.finding import FoundSort
from intake.services.lists.record_export import export_records
from intake.services.lists.table_file import ListedCases
from intake.services.proving.verifying import verify
from tests.ui.records.test_records import decided_by_both
from tests.ui.sessions import Sessions
from ui.jobs import JobTask
from ui.records.page import RecordsPage, fetch
from ui.records.record import RecordPage
from ui.register.list_fetch import ListQuery
from ui.widgets.paged_model import PageRequest, Row


@pytest.fixture
def decided(sessions: Sessions) -> str:
    return decided_by_both(sessions.offices)


def listed(sessions: Sessions, group: str) -> tuple[Row, ...]:
    asked = ListQuery("", (("record", group),))
    return fetch(cast("JobTask", None), sessions.session("ada"), PageRequest("", False, asked, None, 0, 10)).rows


def in_palette(sessions: Sessions, text: str) -> list[FoundSort]:
    return [item.sort for item in finding.find(sessions.session("ada").installation, text)]


def test_a_suspended_record_stays_among_the_records_and_says_so(decided: str, sessions: Sessions) -> None:
    offices = sessions.offices
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), decided, "It leaked.")
    offices.travel("dan", "ada")

    row = sessions.session("ada").installation.register.queries.row(decided)
    assert row is not None

    assert listed(sessions, "decided") == ()
    assert [item.cells[2].text for item in listed(sessions, "ended")] == ["Suspended"]
    assert [item.key for item in listed(sessions, "any")] == [decided]
    assert FoundSort.RECORD in in_palette(sessions, row.reference)


def test_the_record_of_a_suspended_case_is_said_to_be_sealed_and_not_in_force(
    decided: str, sessions: Sessions, qtbot: QtBot
) -> None:
    offices = sessions.offices
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), decided, "It leaked.")
    offices.travel("dan", "ada")
    page = RecordPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.activated(decided)
    qtbot.waitUntil(lambda: page.panel.verdict is not None)
    said = " ".join(label.text() for label in page.panel.findChildren(QLabel))

    assert page.problem.title.text() == "The decision of this record is not in force now"
    assert "Nothing needs to be done" not in said
    assert ".." not in said
    assert "The decision is suspended" in said
    assert "It is suspended since 22 " in said
    assert "by the CISO (Dan)." in said
    assert "CIO: signed. CISO: suspends it." in said


def test_a_file_from_disk_has_both_answers_too(decided: str, sessions: Sessions, qtbot: QtBot, tmp_path: Path) -> None:
    offices = sessions.offices
    path = tmp_path / "from a colleague.pdf"
    path.write_bytes(record_of(offices.installations["ada"], decided)[1])
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), decided, "It leaked.")
    offices.travel("dan", "ada")
    page = RecordPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.activated(path)
    qtbot.waitUntil(lambda: page.panel.verdict is not None)
    said = " ".join(label.text() for label in page.panel.findChildren(QLabel))

    assert "The signatures hold" in said
    assert "The decision is suspended" in said
    assert "What it allowed must not run until both offices have lifted that" in said


@pytest.mark.parametrize("asked", [Position.CHANGES, Position.APPROVE], ids=["changes", "other terms"])
def test_a_copy_that_nobody_can_complete_is_among_the_records(asked: Position, sessions: Sessions) -> None:
    offices = sessions.offices
    case = offices.file()
    offices.travel("ada", *offices.installations)
    offices.decide("dan", case)
    offices.travel("dan", *offices.installations)
    other = offices.terms("cleo", case, users=3) if asked is Position.APPROVE else None
    offices.decide("cleo", case, asked, given=other, reason="Too wide.")
    offices.travel("cleo", *offices.installations)

    assert [item.key for item in listed(sessions, "undecided")] == [case]
    assert [item.key for item in listed(sessions, "any")] == [case]


def test_an_expired_record_says_since_when_wherever_it_is_listed(
    decided: str, sessions: Sessions, qtbot: QtBot, tmp_path
) -> None:
    installation = sessions.session("ada").installation
    row = installation.register.queries.row(decided)
    assert row is not None
    assert row.expires is not None
    sessions.offices.clock.now += row.expires - sessions.offices.clock.now.date() + timedelta(days=1)

    (shown,) = listed(sessions, "decided")
    done = export_records(installation, verify, ListedCases(), tmp_path)
    page = RecordPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.activated(decided)
    qtbot.waitUntil(lambda: page.panel.verdict is not None)
    said = " ".join(label.text() for label in page.panel.findChildren(QLabel))

    assert shown.cells[2].text.startswith("Expired on ")
    assert shown.cells[5].folded.startswith("expired ")
    assert shown.cells[1].ring is not None
    assert shown.cells[1].ring.over
    assert '"expired"' in (done.folder / "manifest.csv").read_text("utf-8-sig")
    assert "It has expired: what it allowed ended on " in said
    assert "In the register today: Expired" in said
    assert "Nothing needs to be done" not in said
    assert page.panel.verdict is not None
    assert page.panel.verdict.next_step.startswith("The decision ended on ")


def test_a_list_without_a_hit_says_what_was_asked_for(decided: str, sessions: Sessions, qtbot: QtBot) -> None:
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated("declined")
    page.search.show_text("zebra")
    with qtbot.waitSignal(page.table.model.arrived):
        page.ask()

    assert page.table.empty.title.text() == "No record is as you asked for"
    assert "zebra" in page.table.empty.text.text()
    assert "Kind of record: Declined" in page.table.empty.text.text()


def test_enter_in_the_search_goes_on_to_what_is_found(decided: str, sessions: Sessions, qtbot: QtBot) -> None:
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)
    page.search.setFocus()

    QTest.keyClick(page.search, Qt.Key.Key_Return)

    assert page.window().focusWidget() is page.table.view
    QTest.keyClick(page.table.view, Qt.Key.Key_Down)
    assert page.table.current_key == decided
