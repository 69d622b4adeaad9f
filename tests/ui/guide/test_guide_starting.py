"""New use case: every way to begin, reached and walked by keyboard; what cannot be taken is said on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from intake.domain.base.wording import sentence
from intake.domain.playbook.answers import Answer, Answers, Carried, Origin
from intake.formats import mlbom
from intake.services.filing import boms, filing
from intake.services.installation.templates import Template
from intake.services.installation.workspace import Session
from tests.services.offices import Offices
from tests.services.test_boms import DATA
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.walk import nameless, unreachable
from ui.guide.begin.earlier import EarlierDialog
from ui.guide.begin.starting import BomFile, ModelDialog, StartingPage
from ui.guide.page import GuidePage

Drive = Callable[..., Driver]
ONE, SEVERAL = DATA / "resnet-1.5.cdx.json", DATA / "screening-1.7.cdx.json"


@pytest.fixture
def driver(drive: Drive, ada: Session) -> Driver:
    title = ada.installation.shelf.current.role("title")  # type: ignore[arg-type]
    template = Template(
        "minutes", "Meeting notes", "Minutes from notes.", "Who reads them.", Answers({title: Answer("Minutes")})
    )
    return drive(replace(ada, installation=replace(ada.installation, templates=(template,))), "new")


def start(driver: Driver) -> StartingPage:
    assert isinstance(driver.page, StartingPage)
    return driver.page


def answers(driver: Driver, ada: Session) -> Answers:
    assert isinstance(driver.page, GuidePage)
    (row,) = ada.installation.register.drafts.listed()
    return filing.view(ada.installation, row.id).guide.answers


def test_every_way_is_named_and_reached_by_keyboard(driver: Driver) -> None:
    page = start(driver)

    titles = [button.text() for button in (*page.ways.buttons, *page.templates.buttons)]
    assert titles == ["Empty form", "An earlier use case", "A model’s file (ML-BOM)", "Meeting notes"]
    assert page.templates.buttons[0].accessibleDescription() == "Minutes from notes. Who reads them."
    assert nameless(page) == []
    assert unreachable(page) == []


def test_menu_and_shortcut_lead_here_and_enter_begins_with_an_empty_form(drive: Drive, ada: Session) -> None:
    driver = drive(ada)

    driver.press(Key.Key_N, CTRL)
    driver.settle()
    assert start(driver).ways.buttons[0].hasFocus()
    driver.press(Key.Key_Return)
    driver.settle()

    assert answers(driver, ada) == Answers()


def test_a_template_begins_with_answers_to_check(driver: Driver, ada: Session) -> None:
    driver.tab_to(start(driver).templates.buttons[0])
    driver.press(Key.Key_Space)
    driver.settle()

    title = ada.installation.shelf.current.role("title")  # type: ignore[arg-type]
    assert answers(driver, ada)[title] == Answer(
        "Minutes", check=True, carried=Carried(Origin.TEMPLATE, "Meeting notes")
    )


def test_an_earlier_request_is_offered_once_there_is_one(driver: Driver, ada: Session, house: Offices) -> None:
    page = start(driver)
    assert not page.ways.buttons[1].isEnabled()
    assert "None was filed or has arrived here yet." in page.ways.buttons[1].accessibleDescription()

    house.file("ada")
    driver.go("drafts")
    driver.go("new")
    driver.tab_to(page.ways.buttons[1])
    driver.press(Key.Key_Return)
    driver.settle()
    dialog = driver.window.findChild(EarlierDialog)
    assert dialog is not None
    driver.qtbot.waitUntil(lambda: dialog.table.model.total == 1)
    dialog.table.view.selectRow(0)
    dialog.accept()
    driver.settle()

    assert any(answer.check for answer in answers(driver, ada).values())


def use(driver: Driver) -> None:
    """Begin with the model of the file, whatever is not taken of it."""
    dialog = driver.window.findChild(ModelDialog)
    assert dialog is not None
    dialog.use.click()
    driver.settle()


def test_what_is_not_taken_of_the_model_chosen_is_listed_before_anything_begins(driver: Driver, ada: Session) -> None:
    start(driver).take_bom(SEVERAL)
    driver.settle()
    dialog = driver.window.findChild(ModelDialog)
    assert dialog is not None
    assert dialog.notes is not None
    found = boms.described(ada.installation, SEVERAL.read_bytes())

    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        listed = [dialog.notes.item(place).text() for place in range(dialog.notes.count())]
        assert listed == [sentence(item) for item in (*found.notes, *boms.not_taken(ada.installation, found, row))]
    dialog.reject()


def test_an_ml_bom_dropped_on_the_page_begins_with_what_the_supplier_says(driver: Driver, ada: Session) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ONE))])
    where, action, button = QPointF(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton

    start(driver).dropEvent(QDropEvent(where, action, data, button, Qt.KeyboardModifier.NoModifier))
    driver.settle()
    use(driver)

    found = answers(driver, ada)
    assert [answer for answer in found.values() if answer.files]
    assert [answer for answer in found.values() if answer.check]


def test_of_several_models_one_is_chosen(driver: Driver, ada: Session) -> None:
    models = boms.models_of(ada.installation, SEVERAL.read_bytes())
    start(driver).take_bom(SEVERAL)
    driver.settle()
    dialog = driver.window.findChild(ModelDialog)
    assert dialog is not None
    assert [dialog.list.item(row).text().split("\n")[0] for row in range(dialog.list.count())] == [
        model.name for model in models
    ]
    assert nameless(dialog) == []

    driver.press(Key.Key_Down)
    driver.press(Key.Key_Return)
    driver.settle()

    said = json.dumps([answer.as_json() for answer in answers(driver, ada).values()])
    assert models[1].name in said


def test_what_an_ml_bom_says_that_is_not_understood_is_said_before_anything_begins(
    driver: Driver, ada: Session, tmp_path: Path
) -> None:
    part = {
        "type": "machine-learning-model",
        "name": "letter-sorter",
        "supplier": {"name": "Muster AI"},
        "licenses": [{"license": {"id": "apache-2.0"}}],
        "tags": [7],
    }
    path = tmp_path / "hub.json"
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [part]}))

    start(driver).take_bom(path)
    driver.settle()

    dialog = driver.window.findChild(ModelDialog)
    assert dialog is not None
    assert dialog.notes is not None
    assert ada.installation.register.drafts.listed() == ()
    assert [dialog.notes.item(row).text() for row in range(dialog.notes.count())] == [
        "The licence “apache-2.0” was read as Apache-2.0.",
        "/components/0/tags/0 was left out: 7 is not of type 'string'.",
        "“letter-sorter” has no model card, so what it is for, its limits and its training data are not in this file.",
    ]
    assert nameless(dialog) == []

    dialog.use.click()
    driver.settle()

    assert "Muster AI" in json.dumps([answer.as_json() for answer in answers(driver, ada).values()])


def test_a_file_that_is_no_ml_bom_is_refused_in_words_on_the_page(driver: Driver, ada: Session, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"a": 1}')
    page = start(driver)

    page.take_bom(tmp_path / "other.json")
    driver.settle()

    assert page.trouble.isVisible()
    assert page.trouble.title.text() == mlbom.NotCycloneDx().what_happened
    assert mlbom.NotCycloneDx().next_step in page.trouble.text.text()
    assert ada.installation.register.drafts.listed() == ()

    page.take_bom(tmp_path / "gone.json")
    driver.settle()
    assert page.trouble.title.text() == "“gone.json” could not be read: it is not there."


def test_back_does_not_begin_with_the_same_file_again(driver: Driver, ada: Session) -> None:
    driver.go("new", BomFile(ONE))
    use(driver)
    assert isinstance(driver.page, GuidePage)

    driver.window.pages.back()
    driver.settle()

    assert isinstance(driver.page, StartingPage)
    assert len(ada.installation.register.drafts.listed()) == 1
