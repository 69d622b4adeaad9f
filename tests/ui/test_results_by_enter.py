"""The pages that tell of a signature: the keyboard is on the main button, and Enter goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from intake.services.filing import filing
from tests.services.offices import Offices
from tests.ui.guide.drafting import complete
from tests.ui.sessions import session
from tests.ui.visiting import Visit, offices, visit
from ui.guide.page import GuidePage
from ui.guide.stops import GuideStop, View
from ui.literacy.page import LiteracyPage, LiteracyView
from ui.review.page import ReviewPage
from ui.widgets.confirmation import Confirmation
from ui.widgets.reason_dialog import ReasonDialog

__all__ = ["offices", "visit"]

Open = Callable[[str], Visit]


def at(visit: Open, name: str) -> Visit:
    made = visit(name)
    made.desktop.window.activateWindow()
    made.qtbot.waitUntil(made.desktop.window.isActiveWindow)
    return made


def focused(visit: Visit) -> QPushButton:
    """The button with the keyboard, which is the main one of the page."""
    # The sheet that is gone has left the window without the keyboard, where no window manager gives it back.
    window = visit.desktop.window
    window.activateWindow()
    visit.qtbot.waitUntil(window.isActiveWindow)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton), button
    assert button.property("role") == "primary", button.text()
    assert button.isVisible()
    return button


def enter(visit: Visit) -> None:
    """Press Enter where the keyboard is, and wait for what it leads to."""
    before = len(visit.went)
    visit.qtbot.keyClick(focused(visit), Qt.Key.Key_Return)
    visit.settle()
    assert len(visit.went) > before


@pytest.mark.exhaustive
def test_enter_on_what_was_decided_goes_on(offices: Offices, visit: Open) -> None:
    waiting, case = offices.file(), offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    cleo = at(visit, "cleo")
    cleo.go("review", case)
    cleo.click(cleo.button("Approve these terms"))
    cleo.sign()
    assert isinstance(cleo.page, ReviewPage)
    assert cleo.page.findChild(Confirmation) is not None

    enter(cleo)

    assert cleo.went[-1] == ("case", waiting)


@pytest.mark.exhaustive
def test_enter_on_what_was_declined_goes_on(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = at(visit, "dan")
    dan.go("review", case)
    dan.click(dan.button("Decline"))
    asked = dan.dialog(ReasonDialog)
    asked.text.set_value("No.")
    asked.accept()
    dan.settle()
    dan.sign()

    enter(dan)

    assert dan.went[-1][0] == "inbox"


@pytest.mark.exhaustive
def test_enter_on_what_was_filed_opens_the_use_case(offices: Offices, visit: Open) -> None:
    installation = session(offices, "ada").installation
    draft = filing.start(installation, "ada")
    complete(session(offices, "ada"), draft)
    ada = at(visit, "ada")
    ada.go("guide", GuideStop(draft, View.CHECK))
    page = ada.page
    assert isinstance(page, GuidePage)
    (action,) = [item for item in page.actions() if item.shortcut().toString() == "Ctrl+Shift+Return"]
    action.trigger()
    ada.settle()
    ada.sign()

    enter(ada)

    assert ada.went[-1][0] == "case"


@pytest.mark.exhaustive
def test_enter_on_a_signed_training_record_shows_who_else_has_read(offices: Offices, visit: Open) -> None:
    ada = at(visit, "ada")
    page = ada.go("literacy")
    assert isinstance(page, LiteracyPage)
    assert page.school is not None
    for _ in page.school.chapters:
        page.read_action.trigger()
        ada.settle()
    ada.sign()

    enter(ada)

    assert ada.went[-1] == ("literacy", LiteracyView.WHO)
