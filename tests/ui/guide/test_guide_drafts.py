"""My drafts: what is listed, begun, taken up again, removed and brought back; and a newer playbook for an old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.playbook.reading.playbook import from_json, to_blob
from intake.services.filing import filing
from intake.services.installation.installation import PlaybookShelf
from intake.services.installation.workspace import Session
from tests.filled import filled
from tests.services.offices import Offices
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.sessions import PASSPHRASE
from tests.ui.walk import nameless, unreachable
from ui.guide.begin.earlier import EarlierDialog
from ui.guide.begin.starting import StartingPage
from ui.guide.page import GuidePage
from ui.guide.stops import GuideStop, View
from ui.guide.work import Done

Drive = Callable[..., Driver]


def test_no_drafts_says_what_belongs_there_and_offers_to_begin(drive: Drive, ada: Session) -> None:
    driver = drive(ada)

    empty = driver.drafts.table.empty
    assert not empty.isHidden()
    assert empty.title.text() == "No drafts"
    assert nameless(driver.drafts) == []
    assert unreachable(driver.drafts) == []

    driver.drafts.begin()
    driver.settle()
    assert isinstance(driver.page, StartingPage)


@pytest.mark.exhaustive
def test_a_draft_begun_and_left_without_an_answer_is_taken_up_again(drive: Drive, ada: Session) -> None:
    driver = drive(ada)

    for _ in range(3):
        driver.context.ask("new-use-case")
        driver.settle()
        driver.press(Key.Key_Return)
        driver.settle()
        assert isinstance(driver.page, GuidePage)
        driver.go("drafts")

    assert len(ada.installation.register.drafts.listed()) == 1


def test_the_list_shows_progress_and_enter_opens_the_draft(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    filing.put(ada.installation, draft, "start.ai", "generative")
    filing.put(ada.installation, draft, "purpose.title", "Letters")
    driver = drive(ada)
    model = driver.drafts.table.view.model()
    found = filing.view(ada.installation, draft).guide.progress
    shown = [model.index(0, column).data() for column in range(3)]
    assert shown == ["Letters", "New use case", f"{found.answered} of {found.asked} answered"]

    driver.tab_to(driver.drafts.table.view)
    # The first is chosen: Enter opens it.
    driver.press(Key.Key_Return)
    driver.settle()

    assert driver.guide.title() == "Letters"


def test_a_removed_draft_comes_back_with_undo(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    filing.put(ada.installation, draft, "purpose.title", "Letters")
    driver = drive(ada)
    driver.drafts.table.select(draft)

    driver.drafts.remove_current()
    driver.settle()
    assert driver.drafts.removed.title.text() == "“Letters” was removed."
    assert ada.installation.register.drafts.listed() == ()

    driver.press(Key.Key_Z, CTRL)
    driver.settle()
    assert [row.id for row in ada.installation.register.drafts.listed()] == [draft]
    assert driver.drafts.removed.isHidden()


@pytest.mark.exhaustive
def test_a_request_begins_like_an_earlier_one(drive: Drive, ada: Session, house: Offices) -> None:
    house.file("ada")
    driver = drive(ada)

    driver.press(Key.Key_N, CTRL | SHIFT)
    driver.settle()
    dialog = driver.drafts.findChild(EarlierDialog)
    assert isinstance(dialog, EarlierDialog)
    driver.qtbot.waitUntil(lambda: dialog.table.model.total == 1)
    driver.settle()
    dialog.table.view.selectRow(0)
    assert nameless(dialog) == []
    dialog.accept()
    driver.settle()

    (row,) = ada.installation.register.drafts.listed()
    kept = filing.view(ada.installation, row.id).guide.answers
    assert kept["purpose.title"].check
    assert driver.guide.title() == kept["purpose.title"].value


@pytest.mark.exhaustive
def test_a_newer_playbook_is_offered_and_keeps_the_answers(drive: Drive, ada: Session) -> None:
    newest = ada.installation.shelf.current
    section = newest.sections[-1]
    page = section.pages[-1]
    older = replace(
        newest,
        version="2026.1",
        sections=(
            *newest.sections[:-1],
            replace(section, pages=(*section.pages[:-1], replace(page, questions=page.questions[:-1]))),
        ),
        roles=tuple(role for role in newest.roles if role[1] != page.questions[-1].id),
    )
    older = from_json(older.as_json())
    ada.installation.register.keep(to_blob(older))
    before = replace(ada.installation, shelf=PlaybookShelf(older))
    draft = filing.start(before, "ada")
    filing.put(before, draft, "purpose.title", "Letters")
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.TASKS))
    assert not driver.guide.tasks.newer.isHidden()
    assert page.questions[-1].label in driver.guide.tasks.newer.text.text()

    driver.guide._newer.trigger()
    driver.settle()

    assert driver.guide.tasks.newer.isHidden()
    view = filing.view(ada.installation, draft)
    assert view.guide.playbook.digest == newest.digest
    assert view.guide.answers["purpose.title"].value == "Letters"


@pytest.mark.exhaustive
def test_a_wrong_passphrase_is_said_in_the_dialog_and_the_draft_stays(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    guide = filled(ada.installation.shelf.current)
    ada.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    driver.guide.sign()
    driver.settle()
    dialog = driver.guide.filing._dialog
    assert dialog is not None

    dialog.passphrase.line.setText("not this one")
    dialog.accept()
    driver.settle()

    assert dialog.problem.title.text() == "The passphrase does not open this key file."
    assert [row.id for row in ada.installation.register.drafts.listed()] == [draft]

    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.accept()
    driver.settle()
    assert ada.installation.register.drafts.listed() == ()


@pytest.mark.exhaustive
def test_the_copy_is_a_pdf_and_back_returns_to_the_confirmation(drive: Drive, ada: Session, tmp_path: Path) -> None:
    draft = filing.start(ada.installation, "ada")
    guide = filled(ada.installation.shelf.current)
    ada.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    driver.guide.sign()
    driver.settle()
    dialog = driver.guide.filing._dialog
    assert dialog is not None
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.accept()
    driver.settle()

    assert driver.guide.window_title().endswith(" is filed")
    driver.guide.filed.save_to(str(tmp_path / "copy.pdf"))
    driver.settle()
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")

    driver.go("drafts")
    driver.window.pages.back()
    driver.settle()
    assert driver.guide.views.currentWidget() is driver.guide.filed
    driver.window.pages.back()
    driver.settle()
    assert driver.guide.views.currentWidget() is driver.guide.gone
    assert isinstance(driver.guide.filed._done, Done)
