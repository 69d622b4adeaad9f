"""Records: the paper and its text, what the signatures are worth, and files that want to do harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QItemSelectionModel, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.base.canonical import sha256
from intake.records import preview
from intake.records.proof import validate
from intake.services.deciding.records_at_hand import NoRecord, record_of
from tests.people import person
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere, stage
from tests.ui.sessions import PASSPHRASE, Sessions
from tests.ui.walk import nameless, unreachable
from ui.context import Changes
from ui.exchange.delivery_line import DeliveryLine
from ui.jobs import JobTask
from ui.records import page as record_list
from ui.records.page import RecordsPage, fetch
from ui.records.record import RecordPage
from ui.register.list_fetch import ListQuery, RowFacts
from ui.theme import Tone
from ui.widgets.links import LinkButton
from ui.widgets.paged_model import PageRequest
from ui.widgets.signing import SigningDialog

ShowRecord = Callable[[str, object], RecordPage]


@pytest.fixture
def decided(sessions: Sessions) -> str:
    return decided_by_both(sessions.offices)


@stage
def decided_by_both(offices: Offices) -> str:
    """A case both offices decided, known to everybody."""
    case = offices.file()
    offices.travel("ada", *offices.installations)
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given)
    offices.travel("dan", *offices.installations)
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *offices.installations)
    return case


@pytest.fixture
def show(qtbot: QtBot, sessions: Sessions) -> ShowRecord:
    """Shows a record to somebody and waits until the signatures were judged."""

    def make(name: str, argument: object) -> RecordPage:
        page = RecordPage(sessions.context(name))
        qtbot.addWidget(page)
        page.resize(1040, 760)
        page.show()
        page.activated(argument)
        qtbot.waitUntil(lambda: page.panel.verdict is not None or page.problem.isVisible(), timeout=20_000)
        return page

    return make


def words(page: RecordPage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(QLabel) if label.isVisibleTo(page.panel))


def test_a_record_signed_by_both_says_so_with_names_and_keys(
    decided: str, sessions: Sessions, show: ShowRecord, qtbot: QtBot
) -> None:
    page = show("ada", decided)
    qtbot.waitUntil(lambda: page.paper.has_picture(0), timeout=20_000)

    said = words(page)

    assert page.panel.verdict is not None
    assert page.panel.verdict.passed
    assert "TOTAL-PASSED" in said
    assert "Cleo (cleo)" in said
    assert "Dan (dan)" in said
    assert "In the register today: Decided" in said


@pytest.mark.exhaustive
def test_pages_are_drawn_only_when_they_come_into_sight(decided: str, show: ShowRecord, qtbot: QtBot) -> None:
    page = show("ada", decided)
    qtbot.waitUntil(lambda: page.paper.has_picture(0), timeout=20_000)
    last = len(page.opened.pages) - 1 if page.opened else 0

    assert not page.paper.has_picture(last)
    page.paper.go_to(last)

    qtbot.waitUntil(lambda: page.paper.has_picture(last), timeout=20_000)
    assert page.place.text().startswith(f"Page {page.paper.page + 1} of {last + 1}")


@pytest.mark.slow("pages are drawn in several sizes")
@pytest.mark.exhaustive
def test_zoom_keeps_the_page_in_sight(decided: str, show: ShowRecord, qtbot: QtBot) -> None:
    page = show("ada", decided)
    page.paper.go_to(2)

    page.larger.trigger()
    page.larger.trigger()

    assert (page.paper.zoom, page.paper.page) == (1.5, 2)
    page.fit.trigger()
    assert page.paper.zoom == 1.0


@pytest.mark.exhaustive
def test_the_text_holds_what_the_paper_shows(decided: str, show: ShowRecord, qtbot: QtBot) -> None:
    page = show("ada", decided)

    page.text_action.trigger()

    qtbot.waitUntil(lambda: "Chief Information Officer" in page.text.toPlainText(), timeout=20_000)
    assert page.text.toPlainText().startswith("Page 1 of ")
    assert page.text.isVisible()


@pytest.mark.exhaustive
def test_a_copy_is_saved_byte_for_byte(decided: str, show: ShowRecord, qtbot: QtBot, tmp_path: Path) -> None:
    page = show("ada", decided)
    page.save_action.trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None

    with qtbot.waitSignal(page.context.said, timeout=20_000):
        dialog.fileSelected.emit(str(tmp_path / "copy.pdf"))

    assert page.opened is not None
    assert (tmp_path / "copy.pdf").read_bytes() == page.opened.data
    dialog.reject()


@pytest.mark.exhaustive
def test_the_system_viewer_gets_a_copy(
    decided: str, show: ShowRecord, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    page = show("ada", decided)

    page.viewer_action.trigger()

    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert page.opened is not None
    assert Path(opened[0].toLocalFile()).read_bytes() == page.opened.data


def test_the_digest_can_be_copied(decided: str, show: ShowRecord) -> None:
    page = show("ada", decided)

    page.copy_action.trigger()

    assert page.opened is not None
    assert QGuiApplication.clipboard().text() == sha256(page.opened.data)


@pytest.mark.exhaustive
def test_no_record_is_opened_in_the_process_of_the_window(
    decided: str, sessions: Sessions, show: ShowRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a record was opened in this process")

    monkeypatch.setattr(validate, "validate_record", opened)

    page = show("ada", decided)

    assert page.panel.verdict is not None
    assert page.panel.verdict.passed


def test_a_case_without_a_record_is_said(sessions: Sessions, show: ShowRecord) -> None:
    case = sessions.offices.file()

    page = show("ada", case)

    assert page.problem.title.text() == NoRecord.what
    assert page.panel.verdict is None


@pytest.mark.exhaustive
def test_one_changed_byte_never_passes(decided: str, sessions: Sessions, show: ShowRecord, tmp_path: Path) -> None:
    _, data = record_of(sessions.offices.installations["ada"], decided)
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])

    page = show("ada", changed)

    assert page.panel.verdict is not None
    assert not page.panel.verdict.passed
    assert "The signatures hold" not in words(page)


@pytest.mark.attack("PDFs made to hang or crash their reader", refusal="TOTAL-FAILED or unreadable")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"\x00" * 4096,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 99999999/Kids[2 0 R]>>endobj"
            b"\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
    ],
    ids=["empty", "head-only", "zeros", "root-is-its-pages", "a-page-of-a-mile", "pages-in-a-circle"],
)
def test_hostile_files_are_answered_in_words(show: ShowRecord, qtbot: QtBot, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(data)

    page = show("ada", path)
    qtbot.waitUntil(lambda: not page.panel.isVisible() or page.panel.verdict is not None, timeout=20_000)

    verdict = page.panel.verdict
    assert verdict is None or verdict.indication.value == "TOTAL-FAILED"
    assert (verdict.sentence if verdict else page.problem.title.text()).strip()


def test_a_file_that_is_gone_is_said(show: ShowRecord, tmp_path: Path) -> None:
    page = show("ada", tmp_path / "gone.pdf")

    assert "gone.pdf" in page.problem.title.text()


def test_a_verdict_never_stands_beside_another_file(
    decided: str, show: ShowRecord, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    page = show("ada", decided)

    page.activated(path)

    assert "TOTAL-PASSED" not in words(page)


@pytest.mark.exhaustive
def test_the_missing_signature_is_added_from_the_page(sessions: Sessions, show: ShowRecord, qtbot: QtBot) -> None:
    offices = sessions.offices
    case = filed_everywhere(offices)
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given)
    offices.decide("cleo", case, given=given)
    offices.travel("dan", *offices.installations)
    offices.travel("cleo", *offices.installations)
    turn = offices.installations["ada"].state(case).turn
    name = {"cio": "cleo", "ciso": "dan"}[turn[0]]
    page = show(name, case)
    assert page.sign_action.isVisible()
    assert page.problem.title.text() == "This is not the sealed record"
    assert "still lacks" in page.problem.text.text()

    page.sign_action.trigger()
    qtbot.waitUntil(lambda: page.findChild(SigningDialog) is not None)
    dialog = page.findChild(SigningDialog)
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.context.changed, timeout=30_000):
        dialog.sign.click()

    assert offices.installations[name].state(case).decision.record_state.value == "sealed"
    page.refresh(Changes(cases=frozenset({case})))
    qtbot.waitUntil(lambda: page.problem.isHidden() and page.panel.verdict is not None, timeout=20_000)
    (line,) = page.findChildren(DeliveryLine)
    qtbot.waitUntil(line.isVisible)
    assert line.chip.text() == "Signed, not sent yet"

    page.activated(Path("another.pdf"))
    assert line.isHidden()


def test_everything_is_named_and_reached_by_keyboard(decided: str, show: ShowRecord) -> None:
    page = show("ada", decided)

    assert nameless(page) == []
    assert unreachable(page) == []


def test_records_are_listed_by_kind_and_opened(decided: str, sessions: Sessions, qtbot: QtBot) -> None:
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)
    qtbot.waitUntil(lambda: page.state.currentText() == "Decided (1)")
    row = page.table.model.row(0)

    page.table.view.selectRow(0)
    with qtbot.waitSignal(page.context.went) as went:
        page.table.opened.emit(page.table.current_key)

    assert row is not None
    assert row.cells[2].text == "Sealed"
    assert went.args == ["record", decided]
    assert nameless(page) == []
    assert unreachable(page) == []


def test_records_stand_by_the_day_they_show_and_the_listed_ones_are_verified(
    decided: str, sessions: Sessions, qtbot: QtBot, tmp_path: Path
) -> None:
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)

    with qtbot.waitSignal(page.report.ended, timeout=20_000):
        page.verify_chosen.trigger()

    assert page.table.model.order == ("decided", False)
    assert page.report.notice.title.text() == "1 record verified"
    assert page.report.notice.text.text() == "1 holds"
    assert page.report.isVisibleTo(page)
    page.report.save.trigger()
    page.file.write_to(str(tmp_path / "report.csv"))
    qtbot.waitUntil((tmp_path / "report.csv").exists)
    assert '"holds"' in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_records_are_narrowed_by_days_and_copied_with_a_manifest(
    decided: str, sessions: Sessions, qtbot: QtBot, tmp_path: Path
) -> None:
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)
    row = sessions.session("ada").installation.register.queries.row(decided)
    assert row is not None
    assert row.decided is not None
    totals = []
    for first in (row.decided, row.decided + timedelta(days=1)):
        with qtbot.waitSignal(page.table.model.arrived):
            page.filters.choose({"from": first.isoformat(), "to": "2099-12-31"})
            page.filters.changed.emit()
        totals.append(page.table.model.total)
    saved = page.view_shown("Lately").filters
    with qtbot.waitSignal(page.table.model.arrived):
        page.filters.clear_all.click()

    unnamed = nameless(page)

    page.export_chosen.trigger()
    page.findChildren(QFileDialog)[0].reject()
    page.export.begin(str(tmp_path))
    qtbot.waitUntil(page.export.notice.isVisible)

    assert totals == [1, 0]
    assert saved == (("from", (row.decided + timedelta(days=1)).isoformat()), ("to", "2099-12-31"))
    assert page.filters.filters() == ()
    assert page.export.notice.title.text() == "1 record copied"
    assert len(list(tmp_path.glob("Records */manifest.csv"))) == 1
    assert unnamed == []


def _grew(found: list[Path], before: int) -> bool:
    return len(found) > before


def test_the_list_and_a_record_are_printed_by_the_viewer_of_the_system(
    decided: str, sessions: Sessions, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    found = [True, True, False]

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return found[len(opened) - 1]

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)
    page.table.view.selectRow(0)

    for action in (page.print_list, page.print_record, page.print_list):
        before = len(opened)
        action.trigger()
        qtbot.waitUntil(partial(_grew, opened, before))

    _, record = record_of(sessions.session("ada").installation, decided)
    assert opened[0].read_bytes().startswith(b"%PDF")
    assert opened[1].read_bytes() == record
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.title.text() == "No program on this computer opens PDF files."


@pytest.mark.exhaustive
def test_several_records_are_chosen_and_what_does_not_hold_is_named_with_a_way_to_it(
    sessions: Sessions, qtbot: QtBot
) -> None:
    offices = sessions.offices
    cases = [offices.file() for _ in range(3)]
    offices.travel("ada", "dan")
    for case in cases:
        offices.decide("dan", case)
    offices.travel("dan", "ada")
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated("countersign")
    qtbot.waitUntil(lambda: not page.context.jobs.busy)
    page.table.view.selectRow(0)
    page.table.view.selectionModel().select(
        page.table.model.index(2, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    rows = [page.table.model.row(number) for number in (0, 2)]
    words = page.verify_chosen.text()

    with qtbot.waitSignal(page.report.ended, timeout=20_000):
        page.verify_chosen.trigger()
    links = page.report.findChildren(LinkButton)
    with qtbot.waitSignal(page.context.went) as went:
        links[0].click()

    assert page.table.picked_keys() == tuple(row.key for row in rows if row)
    assert words == "Verify 2 c&hosen records"
    assert page.report.notice.title.text() == "2 records verified"
    assert {link.key for link in links} == {row.key for row in rows if row}
    assert went.args == ["record", links[0].key]
    assert nameless(page) == []
    assert unreachable(page) == []


def test_an_alarm_about_something_else_does_not_hide_that_a_record_is_sealed(decided: str, sessions: Sessions) -> None:
    installation = sessions.session("ada").installation
    listed = installation.rosters.in_force[0].id
    place: dict[str, Any] = {
        "org": installation.register.org,
        "roster": listed,
        "case": decided,
        "after": [decided],
        "seq": 30,
    }
    # Two acts at one place of a stream: an alarm that says nothing about the record.
    installation.register.append(
        [person("bob").act("comment", CommentBody(text, "").as_json(), **place) for text in "ab"]
    )

    asked = ListQuery("", (("phase", "decided"),))
    shown = fetch(cast("JobTask", None), sessions.session("ada"), PageRequest("", False, asked, None, 0, 10))

    row = installation.register.queries.row(decided)
    assert row is not None
    assert row.alarms
    assert [item.cells[2].text for item in shown.rows] == ["Sealed"]


def test_a_foreign_page_size_never_fills_the_memory() -> None:
    width, height = preview.size(1e9, -3)

    assert (width, height) == (20_000.0, 1.0)


def test_a_decision_of_a_day_still_to_come_says_so_in_its_row(decided: str, sessions: Sessions) -> None:
    row = sessions.session("ada").installation.register.queries.row(decided)
    assert row is not None
    assert row.decided is not None

    facts = (RowFacts({}, row.decided - timedelta(days)) for days in (200, 0))
    early, now = (record_list.show(row, found, sealed=True).cells[4] for found in facts)

    assert early.text == f"{now.text}, still to come"
    assert (early.tone, now.tone) == (Tone.WARN, None)
