"""The page of a use case that has everything: conditions, tightenings, figures past a limit, a hand-over and a suspension."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.terms.terms import Condition
from intake.services.deciding import figures, suspending
from intake.services.filing import committing, handing
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, stage
from tests.ui.large import cut_off
from tests.ui.visiting import Visit
from ui.case.page import CasePage
from ui.theme import Theme

pytestmark = pytest.mark.exhaustive

Open = Callable[[str], Visit]
EVERYBODY = ("ada", "bob", "cleo", "dan")


@stage
def awaiting(offices: Offices) -> str:
    """Both decided tighter than was filed and with a condition, and everybody has it."""
    case = filed_with_both(offices)
    due = offices.clock.now.date() + timedelta(days=10)
    wanted = Condition(
        due, "ada", "Train the team in what it may be asked and what not", "The list of who came", "ciso"
    )
    given = replace(offices.terms("dan", case, users=15), conditions=(wanted,))
    offices.decide("dan", case, given=given, reason="Nobody is trained yet.")
    offices.travel("dan", *EVERYBODY)
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *EVERYBODY)
    return case


@stage
def with_everything(offices: Offices) -> str:
    case = awaiting(offices)
    offices.accept(case, *EVERYBODY)
    ada = offices.installations["ada"]
    (condition,) = [
        item.commitment.id for item in ada.state(case).commitments if item.commitment.text.startswith("Train")
    ]
    committing.report(ada, offices.signer("ada"), case, condition, "Everybody came.")
    _, terms = figures.require_reporting(ada, "ada", case)
    today = offices.clock.now.date()
    body = figures.figures_of(terms, "40", "EUR 900", today, today)
    figures.report_figures(ada, offices.signer("ada"), case, body)
    handing.hand_over(ada, offices.signer("ada"), case, "bob", "I move on.")
    offices.travel("ada", *EVERYBODY)
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)
    return case


def page_of(person: Visit, case: str) -> CasePage:
    person.desktop.window.resize(QSize(1280, 720))
    page = person.go("case", case)
    assert isinstance(page, CasePage)
    person.settle()
    return page


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_before_it_is_accepted_it_says_what_is_still_missing(offices: Offices, visit: Open) -> None:
    case = awaiting(offices)

    shown = words(page_of(visit("ada"), case))

    assert "it must not run before its owner has accepted what they decided." in shown
    assert "before both offices have signed" not in shown


def test_what_comes_next_is_above_what_is_decided_and_that_above_what_it_cost(offices: Offices, visit: Open) -> None:
    case = with_everything(offices)

    page = page_of(visit("dan"), case)

    shown = words(page)
    order = (
        "Suspended",
        "May it run?",
        "Commitments",
        "What it is",
        "What the offices say",
        "What your tightenings cost",
    )
    places = [shown.index(f"{title}\n") for title in order]
    assert places == sorted(places)
    lines = [
        label for label in page.findChildren(QLabel) if label.isVisible() and label.text().startswith("condition · Ada")
    ]
    assert "control · Ada · before the pilot · CISO confirms it" in shown
    assert [label.height() < 2 * label.fontMetrics().height() for label in lines] == [True]


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_nothing_of_it_is_cut_and_the_next_act_is_in_sight(
    offices: Offices, visit: Open, theme: Theme, who: str
) -> None:
    """Also where the text is made larger while the page is open."""
    case = with_everything(offices)
    person = visit(who)
    page = page_of(person, case)
    assert cut_off(person.desktop.window) == []

    theme.set_text_size(200)
    person.settle()

    assert cut_off(person.desktop.window) == []
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert not page.cards.lead.primary.visibleRegion().isEmpty()
