"""The copy of the answers, before and after filing: by shortcut and button, made aside, with what was typed last."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.filled import filled
from tests.services.offices import Offices
from tests.ui.guide.driver import CTRL, Driver, Key
from ui.case.page import CasePage
from ui.guide.stops import GuideStop, View
from ui.widgets.dialogs import RefusalDialog

Drive = Callable[..., Driver]
NOT_A_DECISION = "Copy of the answers, not a decision"


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


@pytest.fixture
def driver(drive: Drive, ada: Session) -> Driver:
    draft = filing.start(ada.installation, "ada")
    guide = filled(ada.installation.shelf.current, {"purpose.title": "Minutes"})
    ada.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    return driver


@pytest.mark.exhaustive
def test_the_answers_are_printed_before_they_are_filed(driver: Driver, ada: Session, tmp_path: Path) -> None:
    driver.press(Key.Key_P, CTRL)
    dialog = driver.guide.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()

    driver.guide.copies.save_to(str(tmp_path / "copy.pdf"))
    driver.settle()

    text = text_of(tmp_path / "copy.pdf")
    assert "Minutes" in text
    assert "Draft, not signed and not filed" in text
    assert NOT_A_DECISION in text
    assert "Copy saved as copy.pdf" in driver.said
    assert len(ada.installation.register.drafts.listed()) == 1


@pytest.mark.exhaustive
def test_what_was_typed_a_moment_ago_is_in_the_copy(driver: Driver, ada: Session, tmp_path: Path) -> None:
    playbook = ada.installation.shelf.current
    draft = ada.installation.register.drafts.listed()[0].id
    page = next(
        page.id
        for section in playbook.all_sections
        for page in section.pages
        if "purpose.title" in {question.id for question in page.questions}
    )
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page, "purpose.title"))
    driver.type(" of the council")

    driver.guide.copies.save_to(str(tmp_path / "copy.pdf"))
    driver.settle()

    assert "Minutes of the council" in text_of(tmp_path / "copy.pdf")


@pytest.mark.exhaustive
def test_a_copy_that_cannot_be_written_is_refused_and_leaves_nothing(driver: Driver, tmp_path: Path) -> None:
    driver.guide.copies.save_to(str(tmp_path / "no such folder" / "copy.pdf"))
    driver.settle()

    dialog = driver.window.findChild(RefusalDialog)
    assert dialog is not None
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.exhaustive
def test_the_button_stands_on_the_check_page_and_tab_comes_to_it(driver: Driver) -> None:
    driver.qtbot.waitUntil(lambda: driver.guide.check.complete)

    driver.tab_to(driver.guide.check.copy_button)

    assert driver.guide.check.copy_button.accessibleName() == "Save a copy as PDF…"


def test_a_filed_request_is_printed_from_its_page_with_reference_and_act(
    drive: Drive, ada: Session, house: Offices, tmp_path: Path
) -> None:
    case = house.file("ada")
    driver = drive(ada)
    driver.go("case", case)
    assert isinstance(driver.page, CasePage)

    driver.page.copy.trigger()
    dialog = driver.page.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    driver.page.copies.save_to(str(tmp_path / "filed.pdf"))
    driver.settle()

    text = text_of(tmp_path / "filed.pdf")
    row = ada.installation.register.queries.row(case)
    assert row is not None
    assert f"{NOT_A_DECISION} · {row.reference}" in text
    assert "Revision 1, filed" in text
