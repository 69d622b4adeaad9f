"""A statement of standing is shown, signed and saved from the screens of records; who may not is told why."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from intake.domain.case.record_standing import Standing
from intake.services.deciding import stating, suspending
from intake.services.deciding.records_at_hand import record_of
from intake.services.proving import verifying
from intake.trust.statements import verify_statement
from tests.ui.records.test_records import decided_by_both
from tests.ui.sessions import PASSPHRASE, Sessions
from ui.records.page import RecordsPage
from ui.records.record import RecordPage
from ui.widgets.dialogs import PlainDialog
from ui.widgets.signing import SigningDialog

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def decided(sessions: Sessions) -> str:
    return decided_by_both(sessions.offices)


def opened(qtbot: QtBot, sessions: Sessions, name: str, argument: object) -> RecordPage:
    page = RecordPage(sessions.context(name))
    qtbot.addWidget(page)
    page.resize(1040, 760)
    page.show()
    page.activated(argument)
    qtbot.waitUntil(lambda: page.panel.verdict is not None)
    return page


def _said(page: RecordPage) -> str:
    return " ".join(label.text() for label in page.panel.findChildren(QLabel) if label.isVisibleTo(page.panel))


def _says(page: RecordPage, words: str) -> bool:
    return words in _said(page)


def test_an_office_signs_a_statement_beside_the_record(
    decided: str, sessions: Sessions, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(qtbot, sessions, "dan", decided)
    page.state_action.trigger()
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    dialog = page.findChildren(SigningDialog)[0]
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "The decision is in force. It is in force until" in shown

    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
    chooser = page.findChildren(QFileDialog)[0]
    assert chooser.selectedFiles()[0].endswith(".standing.p7m")
    with qtbot.waitSignal(page.context.said):
        chooser.fileSelected.emit(str(tmp_path / "it.p7m"))
    chooser.reject()

    found = verify_statement((tmp_path / "it.p7m").read_bytes()).statement
    assert (found.person, found.stands.standing) == ("dan", Standing.IN_FORCE)


def test_a_file_is_verified_with_a_statement_and_what_is_newer_here_counts(
    decided: str, sessions: Sessions, qtbot: QtBot, tmp_path: Path
) -> None:
    offices = sessions.offices
    bob = offices.installations["bob"]
    what = stating.to_state(bob, decided, verifying.verify)
    (tmp_path / "it.p7m").write_bytes(stating.state_standing(bob, offices.signer("bob"), what).blob)
    (tmp_path / "it.pdf").write_bytes(record_of(bob, decided)[1])
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), decided, "It leaked.")
    offices.travel("dan", "ada")
    page = opened(qtbot, sessions, "ada", tmp_path / "it.pdf")

    for name, answer in (
        ("it.p7m", "The statement of standing holds"),
        ("it.pdf", "What the statement of standing is"),
    ):
        page.stated_action.trigger()
        chooser = page.findChildren(QFileDialog)[-1]
        chooser.fileSelected.emit(str(tmp_path / name))
        chooser.reject()
        qtbot.waitUntil(partial(_says, page, answer))
        said = _said(page)
        assert "The decision is suspended" in said
        assert ("acts of this use case here are newer" in said) is (name == "it.p7m")


def test_it_is_offered_to_who_may_sign_one_and_others_are_told_who_may(
    decided: str, sessions: Sessions, qtbot: QtBot
) -> None:
    assert opened(qtbot, sessions, "bob", decided).state_action.isVisible()
    assert not opened(qtbot, sessions, "ada", decided).state_action.isVisible()
    page = RecordsPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.table.model.arrived):
        page.activated(None)
    page.table.view.selectRow(0)

    page.state_record.trigger()

    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(PlainDialog)))
    (dialog,) = (item for item in page.findChildren(PlainDialog) if item.isVisible())
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "You cannot sign a statement of standing of this record." in said
    assert "Ask one of them for it." in said
    dialog.reject()
