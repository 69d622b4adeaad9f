"""Filing again after something has come to the use case: the check page says what, and the owner says to have seen it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.services.filing import filing
from intake.services.filing.news import news
from intake.services.installation.workspace import Session
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.sessions import PASSPHRASE
from tests.ui.walk import nameless, unreachable
from ui.context import Changes
from ui.guide.stops import GuideStop, View
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.signing import SigningDialog

Drive = Callable[..., Driver]

TITLE = "Another title, typed before anything came"


@pytest.fixture
def case(ada: Session, house: Offices) -> str:
    found = house.file("ada")
    house.travel("ada", "dan")
    return found


@pytest.fixture
def draft(ada: Session, case: str) -> str:
    """The next revision of a request, whole, begun while the request was with the offices."""
    made = filing.start(ada.installation, "ada", case=case)
    fill(ada.installation, made, filled(ada.installation.shelf.current))
    filing.put(ada.installation, made, "purpose.title", TITLE)
    return made


def decline(house: Offices, case: str) -> None:
    house.decide("dan", case, Position.DECLINE, reason="No.")
    house.travel("dan", "ada")


@pytest.mark.exhaustive
def test_what_has_come_is_shown_and_nothing_is_signed_before_it_was_seen(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    decline(house, case)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))

    panel = driver.guide.check.news
    assert panel.isVisible()
    assert panel.title.text() == "Dan (CISO) declined revision 1 since you began this draft."
    assert "replaces the present state" in panel.text.text()
    assert "nothing that comes later" in panel.seen_button.accessibleDescription()
    assert panel.look.hasFocus()
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []

    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    assert driver.window.findChild(SigningDialog) is None
    assert panel.look.hasFocus()


@pytest.mark.exhaustive
def test_the_use_case_is_one_key_away(drive: Drive, ada: Session, house: Offices, case: str, draft: str) -> None:
    decline(house, case)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))

    driver.press(Key.Key_Space)
    driver.settle()

    assert type(driver.page).__name__ == "CasePage"


@pytest.mark.exhaustive
def test_seen_by_keyboard_it_is_filed_and_nothing_typed_is_lost(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    decline(house, case)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    panel = driver.guide.check.news

    driver.tab_to(panel.seen_button)
    driver.press(Key.Key_Space)
    driver.settle()

    assert panel.isHidden()
    assert driver.guide.check.isAncestorOf(driver.focus)
    assert news(ada.installation, draft) is None
    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    dialog = driver.window.findChild(SigningDialog)
    assert dialog is not None
    driver.type(PASSPHRASE)
    driver.press(Key.Key_Return)
    driver.settle()
    state = ada.installation.state(case)
    assert state.current is not None
    assert (state.phase, state.current.number, state.current.body.title) == (Phase.REVIEW, 2, TITLE)


@pytest.mark.exhaustive
def test_what_comes_while_the_page_is_open_comes_up_on_it(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    assert driver.guide.check.news.isHidden()

    decline(house, case)
    driver.context.tell(Changes(cases=frozenset({case})))
    driver.settle()

    assert driver.guide.check.news.isVisible()


@pytest.mark.exhaustive
def test_what_another_program_has_stored_is_found_before_the_passphrase(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    decline(house, case)

    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()

    assert driver.window.findChild(SigningDialog) is None
    assert isinstance(_refused(driver), RefusalDialog)
    assert driver.guide.check.news.isVisible()


@pytest.mark.exhaustive
def test_what_comes_while_the_passphrase_is_typed_closes_the_dialog_and_comes_up(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    decline(house, case)

    driver.type(PASSPHRASE)
    driver.press(Key.Key_Return)
    driver.settle()

    assert isinstance(_refused(driver), RefusalDialog)
    assert driver.guide.check.news.isVisible()
    assert ada.installation.state(case).phase is Phase.DECLINED


@pytest.mark.exhaustive
def test_a_second_press_confirms_nothing_else(
    drive: Drive, ada: Session, house: Offices, case: str, draft: str
) -> None:
    decline(house, case)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))
    panel = driver.guide.check.news
    driver.tab_to(panel.seen_button)

    house.decide("dan", case, Position.CHANGES, reason="Say more.")
    house.travel("dan", "ada")
    driver.press(Key.Key_Space)
    driver.press(Key.Key_Space)
    driver.settle()

    assert panel.title.text() == "Dan (CISO) requested changes to revision 1 since you began this draft."


def _refused(driver: Driver) -> QDialog | None:
    return driver.window.findChild(RefusalDialog)
