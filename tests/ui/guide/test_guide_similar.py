"""Similar use cases beside the description: shown quietly, opened, or used as a start after a plain warning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from intake.domain.playbook.answers import Answer
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.services.offices import Offices
from tests.ui.guide.drafting import answers
from tests.ui.guide.driver import Driver, Key
from tests.ui.walk import nameless, unreachable
from ui.guide.answer.similar_card import SimilarCard
from ui.guide.stops import GuideStop, View
from ui.widgets.dialogs import ConfirmDialog

Drive = Callable[..., Driver]

TITLE = "Minutes of internal meetings"


def begun(session: Session) -> str:
    """A draft whose screening is done."""
    draft = filing.start(session.installation, "ada")
    guide = filing.view(session.installation, draft).guide
    for question in guide.playbook.screening.questions:
        mild = next((option.id for option in question.options if option.alone), question.options[0].id)
        filing.put(session.installation, draft, question.id, (mild,) if question.kind.value == "choices" else mild)
    return draft


def with_an_earlier_one(house: Offices) -> str:
    case = house.file("ada")
    draft = filing.start(house.installations["ada"], "ada", case=case)
    filing.put(house.installations["ada"], draft, "purpose.title", TITLE)
    filing.file(house.installations["ada"], house.signer("ada"), draft)
    return case


def card(driver: Driver) -> SimilarCard:
    found = driver.guide.questions.form.findChild(SimilarCard)
    assert isinstance(found, SimilarCard)
    return found


def test_similar_use_cases_appear_while_the_title_is_typed_and_can_be_opened(
    drive: Drive, ada: Session, house: Offices
) -> None:
    case = with_an_earlier_one(house)
    draft = begun(ada)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    assert card(driver).isHidden()

    driver.tab_to(driver.guide.questions.form.row("purpose.title").field.focus_widget())
    driver.type("Minutes of meetings ")
    driver.settle()

    assert [item.case for item in card(driver).cases] == [case]
    assert driver.guide.questions.form.row("purpose.title").field.focus_widget().hasFocus()
    assert TITLE in [label.text() for label in card(driver).findChildren(QLabel)]
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []

    page = driver.page
    driver.tab_to(card(driver).links[0])
    driver.press(Key.Key_Space)
    driver.settle()
    assert driver.page is not page
    assert answers(ada, draft)["purpose.title"] == Answer("Minutes of meetings")


@pytest.mark.exhaustive
def test_one_is_used_as_a_start_after_it_is_said_what_is_replaced(drive: Drive, ada: Session, house: Offices) -> None:
    with_an_earlier_one(house)
    draft = begun(ada)
    filing.put(ada.installation, draft, "purpose.title", "Minutes of meetings")
    filing.put(ada.installation, draft, "purpose.unit", "Treasury")
    filing.put(ada.installation, draft, "purpose.owner", "Grace Hopper")
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))

    driver.tab_to(card(driver).links[1])
    driver.press(Key.Key_Space)
    driver.settle()
    dialog = driver.guide.findChild(ConfirmDialog)
    assert isinstance(dialog, ConfirmDialog)
    label = ada.installation.shelf.current.question("purpose.owner").label
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"One answer you have given is replaced: {label}." in said
    assert answers(ada, draft)["purpose.owner"] == Answer("Grace Hopper")

    dialog.accept()
    driver.settle()

    kept = answers(ada, draft)
    assert kept["purpose.title"] == Answer("Minutes of meetings")
    assert kept["purpose.unit"] == Answer("Treasury")
    assert kept["purpose.owner"].check
    row = driver.guide.questions.form.row("purpose.owner")
    assert not row.flag.isHidden()
    assert row.field.value() == kept["purpose.owner"].value != "Grace Hopper"
