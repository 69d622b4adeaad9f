"""Reporting users and cost on the page of a use case that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.domain.base.refusals import Refusal
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere, filed_with_ciso
from tests.ui.register.case_pages import page_of, words
from tests.ui.visiting import Visit
from ui.case.figures_dialog import FiguresDialog
from ui.widgets.signing import SigningDialog

pytestmark = pytest.mark.exhaustive

Open = Callable[[str], Visit]

EVERYBODY = ("ada", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def test_the_owner_reports_and_the_offices_see_what_is_past_a_limit(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    ada.click(ada.button("Report users and cost"))
    dialog = ada.dialog(FiguresDialog)
    assert "Users at most: 20 people" in words(dialog)
    assert "Costs at most: Nothing" in words(dialog)

    dialog.users.focus_widget().setText("1 000")  # type: ignore[attr-defined]
    assert dialog.said.text().startswith("Past its limits: 1,000 people use it (at most 20 may).")
    ada.click(dialog.go_on)
    assert "Past its limits" in words(ada.dialog(SigningDialog))
    ada.sign()
    assert "Past a limit: 1,000 people use it (at most 20 may)." in words(page)

    offices.travel("ada", *EVERYBODY)
    dan = page_of(visit("dan"), case)
    assert dan.cards.lead is not None
    assert "an office can suspend it meanwhile" in words(dan.cards.lead)
    assert not dan.figures.isEnabled()
    assert "Reported users and cost" in words(dan)


@pytest.mark.parametrize(
    ("users", "cost", "refused"),
    [
        ("", "", "“” is no number of users. Give a whole number, such as 18."),
        ("3", "a lot", "“a lot” is no amount of money. Write it as in EUR 900, or 0 where nothing was spent."),
    ],
)
def test_what_cannot_be_signed_is_said_in_the_dialog(
    visit: Open, case: str, users: str, cost: str, refused: str
) -> None:
    ada = visit("ada")
    page_of(ada, case)
    ada.click(ada.button("Report users and cost"))
    dialog = ada.dialog(FiguresDialog)
    dialog.users.set_value(users or None)
    dialog.cost.set_value(cost)

    ada.click(dialog.go_on)

    assert dialog.problem.text() == refused
    assert dialog.isVisible()


def test_a_day_that_is_none_is_not_taken_for_today(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page_of(ada, case)
    ada.click(ada.button("Report users and cost"))
    dialog = ada.dialog(FiguresDialog)
    dialog.users.set_value("3")
    for typed, code in (("some day", "NoDayOfFigures"), (offices.clock.now.date() + timedelta(1), "FiguresOfOtherDay")):
        dialog.day.set_value(typed)
        with pytest.raises(Refusal) as caught:
            dialog.read()
        assert caught.value.code == code


def test_nothing_is_reported_of_what_does_not_run(offices: Offices, visit: Open) -> None:
    assert not page_of(visit("ada"), filed_with_ciso(offices)).figures.isEnabled()


def test_the_example_of_a_cost_is_in_the_currency_of_the_budget(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page_of(ada, case)
    decision = offices.installations["ada"].state(case).in_force
    assert decision is not None
    assert decision.terms is not None
    budget = decision.terms.boundaries.replaced({"user_permissions.budget": "USD 900"})

    dialogs = [
        FiguresDialog(terms, offices.clock.now.date())
        for terms in (decision.terms, replace(decision.terms, boundaries=budget))
    ]

    shown = [dialog.cost.focus_widget().placeholderText() for dialog in dialogs]  # type: ignore[attr-defined]
    assert shown == ["EUR 20000", "USD 20000"]
