"""Editing terms after a decision: what is open goes on by itself, and leaving it out needs a reason of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.case.commitment import condition_of
from intake.domain.terms.terms import Condition
from intake.domain.terms.waivers import Waiver
from intake.domain.terms.waivers import commitment as waived
from intake.services.deciding import reviewing
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, stage
from tests.ui.review.test_granting import review, type_in
from tests.ui.visiting import Visit
from ui.review.condition_dialog import ConditionDialog
from ui.review.waivers import WaiversEditor

Open = Callable[[str], Visit]
EVERYBODY = ("ada", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_again(offices)


@stage
def filed_again(offices: Offices) -> str:
    """Decided with a condition, and filed again."""
    found = filed_with_both(offices)
    given = reviewing.look(offices.installations["dan"], found, "dan").proposal
    for name in ("dan", "cleo"):
        offices.decide(name, found, given=replace(given, conditions=(training(offices),)))
        offices.travel(name, *EVERYBODY)
    offices.file(case=found)
    offices.travel("ada", *EVERYBODY)
    return found


def training(offices: Offices) -> Condition:
    return Condition(offices.clock.now.date() + timedelta(days=10), "ada", "Train the team", "", "ciso")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.mark.exhaustive
def test_a_condition_goes_on_and_is_left_out_only_with_a_reason(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    assert page.terms.conditions.conditions() == (training(offices),)
    (editor,) = page.findChildren(WaiversEditor)
    assert editor.isHidden()

    dan.click(dan.button("Remove", page.terms.conditions))
    dan.settle()

    name = waived(condition_of(training(offices)).id)
    assert set(editor.fields) == {name}
    assert "Why both do without it: the commitment “Train the team”" in words(editor)
    assert "it leaves out what both had agreed on and nobody has confirmed: Train the team" in words(page)
    type_in(editor.fields[name], "The team left.")
    editor.flush()
    dan.settle()
    assert page.terms.edited().waivers == (Waiver(name, "The team left."),)
    dan.click(page.terms.conditions.undo)
    dan.settle()
    assert page.terms.edited().conditions == (training(offices),)


@pytest.mark.parametrize(("owner", "office"), [("ada", "ciso"), ("dan", "")])
def test_a_new_condition_is_confirmed_by_the_office_that_asks_and_not_by_who_has_to_meet_it(
    offices: Offices, visit: Open, owner: str, office: str
) -> None:
    dan = visit("dan")
    page = review(dan, filed_with_both(offices))
    dan.click(page.terms.conditions.add)
    dialog = dan.dialog(ConditionDialog)
    due = offices.clock.now.date() + timedelta(days=5)
    dialog.text.set_value("Keep the logs")
    dialog.owner.set_value(owner)
    dialog.due.set_value(due)
    dialog.evidence.set_value("A sample of them")
    dialog.accept()

    wanted = Condition(due, owner, "Keep the logs", "A sample of them", office)
    assert page.terms.edited().conditions == (wanted,)
    assert "Shown by: A sample of them" in words(page.terms.conditions)
