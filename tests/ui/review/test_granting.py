"""Editing what is granted: the stages and days to choose, how it is judged, what is missing and waived, and what was signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds import Office
from intake.domain.terms.terms import Stage
from intake.domain.terms.waivers import PILOT, Waiver, paper
from intake.services.deciding import reviewing, suspending
from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.services.test_gate_to_scale import scaled_case
from tests.ui.visiting import Visit
from ui.review import decide
from ui.review.grant_panel import GrantPanel
from ui.review.page import ReviewPage
from ui.review.sections import TERMS
from ui.review.waivers import WaiversEditor
from ui.widgets.confirmation import Confirmation

Open = Callable[[str], Visit]
EVERYBODY = ("ada", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_with_both(offices)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def review(person: Visit, case: str) -> ReviewPage:
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    page.tabs.show_section(TERMS)
    person.settle()
    return page


def test_no_larger_step_is_offered_than_was_asked_for(visit: Open, case: str) -> None:
    stage = review(visit("dan"), case).terms.stage.focus_widget()

    assert isinstance(stage, QComboBox)
    assert [stage.itemData(row) for row in range(stage.count())] == [None, "idea", "pilot"]


def test_the_first_day_is_chosen_under_from(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    first = page.terms.edited().begins

    page.terms.validity.begins.set_value(first + timedelta(days=40))
    page.terms.validity.begins.changed.emit()
    dan.settle()

    assert page.terms.edited().begins == first + timedelta(days=40)
    assert "more than 30 days from today" in page.bar.words[decide.APPROVE].text()


def test_terms_that_differ_from_what_was_asked_are_not_offered_twice(offices: Offices, case: str) -> None:
    """An answer to the other office, whose terms stay those in question."""
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    dan = offices.installations["dan"]
    given = replace(reviewing.look(dan, case, "dan").proposal, stage=Stage.IDEA)
    offices.decide("dan", case, given=given)
    view = reviewing.look(dan, case, "dan")

    blocked = {item.key: item.blocked for item in decide.offers(view, given)}

    assert view.proposal_of is Office.CIO
    assert blocked[decide.APPROVE] == blocked[decide.PROPOSE] == "You have signed these terms already."


def test_who_approves_while_it_is_suspended_did_not_suspend_it(offices: Offices, visit: Open, case: str) -> None:
    for name in ("dan", "cleo"):
        offices.decide(name, case)
        offices.travel(name, *EVERYBODY)
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)
    offices.file(case=case)
    offices.travel("ada", *EVERYBODY)
    offices.decide("dan", case)
    offices.travel("dan", *EVERYBODY)
    cleo = visit("cleo")
    page = review(cleo, case)

    cleo.click(cleo.button("Approve these terms"))
    cleo.sign()

    end = page.findChild(Confirmation)
    assert end is not None
    said = words(end)
    assert "Decided: both offices approve" in said
    assert "It stays suspended and must not run until both offices have lifted it" in said
    assert "You suspended" not in said
