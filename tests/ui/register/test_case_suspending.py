"""Suspending and lifting on the page of a use case, by those whose turn it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget

from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso
from tests.ui.visiting import Visit
from ui.case.page import CasePage
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]

EVERYBODY = ("ada", "cleo", "dan")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def page_of(person: Visit, case: str) -> CasePage:
    page = person.go("case", case)
    assert isinstance(page, CasePage)
    person.settle()
    return page


def signs(person: Visit, page: CasePage, button: str, reason: str) -> str:
    """Press a button of the page, give the reason, and sign; what the sheet says."""
    person.click(person.button(button))
    dialog = person.dialog(ReasonDialog)
    dialog.text.set_value(reason)
    person.click(dialog.go_on)
    said = words(person.dialog(SigningDialog))
    person.sign()
    return said


def test_an_office_suspends_and_both_lift_it_on_the_page(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    for name in ("dan", "cleo"):
        offices.decide(name, case)
        offices.travel(name, *EVERYBODY)
    dan = visit("dan")
    page = page_of(dan, case)
    assert not page.lift.isEnabled()

    said = signs(dan, page, "Suspend", "It leaked a contract.")
    assert "must not run until both offices have lifted it" in said
    offices.travel("dan", *EVERYBODY)

    ada = page_of(visit("ada"), case)
    assert "Stop it now" in words(ada)
    assert "It may run again when the CIO and the CISO have lifted it" in words(ada)
    assert not ada.suspend.isEnabled()
    assert not ada.lift.isEnabled()

    page = page_of(dan, case)
    assert page.lead_card is not None
    assert page.lead_card.primary is not None
    assert "Lift the suspension" in page.lead_card.primary.text()
    said = signs(dan, page, "Lift the suspension", "The leak is closed.")
    assert "It leaked a contract." in said
    assert "It stays suspended until the CIO has lifted it too." in said
    offices.travel("dan", *EVERYBODY)

    cleo = visit("cleo")
    page = page_of(cleo, case)
    said = signs(cleo, page, "Lift the suspension", "Seen the fix.")
    assert "what was decided is in force again" in said
    assert offices.installations["cleo"].state(case).in_force is not None
