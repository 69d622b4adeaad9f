"""Commitments on the page of a use case: who has to meet one reports it, and the office that asked answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from intake.domain.case.carrying import CommitmentProgress
from intake.domain.case.writing import REPORTED
from intake.domain.terms.terms import Condition
from intake.services.deciding import reviewing
from intake.services.filing import committing
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso, stage
from tests.ui.register.case_pages import page_of, words
from tests.ui.visiting import Visit
from ui.case.commitments import CommitmentsCard
from ui.case.page import CasePage
from ui.case.report_dialog import ReportDialog
from ui.widgets.links import LinkButton
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]
EVERYBODY = ("ada", "cleo", "dan")


def card_of(page: CasePage) -> CommitmentsCard:
    found = [part for part in page.parts() if isinstance(part, CommitmentsCard)]
    assert len(found) == 1
    return found[0]


def links(card: CommitmentsCard, begins: str) -> list[LinkButton]:
    return [link for link in card.findChildren(LinkButton) if link.text().startswith(begins)]


@pytest.fixture
def case(offices: Offices) -> str:
    return promised(offices)


@stage
def promised(offices: Offices) -> str:
    """Decided with a condition of the CISO that is for Ada, and accepted by her."""
    found = filed_with_ciso(offices)
    given = reviewing.look(offices.installations["dan"], found, "dan").proposal
    due = offices.clock.now.date() + timedelta(days=10)
    wanted = Condition(due, "ada", "Train the team", "The list of who came", "ciso")
    whole = type(given)(given.stage, given.boundaries, (wanted,), given.begins, given.expires, given.waivers)
    for name in ("dan", "cleo"):
        offices.decide(name, found, given=whole)
        offices.travel(name, *EVERYBODY)
    offices.accept(found, *EVERYBODY)
    return found


def progress(offices: Offices, name: str, case: str) -> CommitmentProgress:
    return committing.find(offices.installations[name].state(case), training(offices, case)).progress


def training(offices: Offices, case: str) -> str:
    every = offices.installations["dan"].state(case).commitments
    return next(item.commitment.id for item in every if item.commitment.text == "Train the team")


def reports(person: Visit, page: CasePage, text: str, *paths: Path) -> str:
    """Press the button that leads the page, write, attach, and sign; what the sheet says."""
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    person.click(page.cards.lead.primary)
    dialog = person.dialog(ReportDialog)
    dialog.text.set_value(text)
    if paths:
        dialog.chosen.emit(tuple(paths))
        person.settle()
    person.click(dialog.go_on)
    said = words(person.dialog(SigningDialog))
    person.sign()
    return said


def test_a_condition_is_reported_sent_back_and_confirmed_on_the_page(
    offices: Offices, visit: Open, case: str, tmp_path: Path
) -> None:
    paper = tmp_path / "who came.txt"
    paper.write_text("Ada, Eve")
    ada, dan = visit("ada"), visit("dan")
    page = page_of(ada, case)
    card = card_of(page)
    shown = words(card)
    assert f"0 of {card.bar.maximum()} settled" in shown
    for part in ("Train the team", "· Ada · by 2 Dec 2026 · CISO confirms it", "Shown by: The list of who came"):
        assert part in shown
    # A step is no day: “by before the pilot” would be no English.
    assert "· Ada · before the pilot · " in shown
    assert links(card, "Report")[0].accessibleName() == "Report that it is met: Train the team"
    assert not links(card, "Confirm")

    said = reports(ada, page, "Everybody came.", paper)
    for part in ("Train the team", "Everybody came.", "who came.txt"):
        assert part in said
    offices.travel("ada", *EVERYBODY)

    page = page_of(dan, case)
    assert page.cards.lead is not None
    assert "Ada reports that “Train the team” is met" in words(page.cards.lead)
    dan.click(links(card_of(page), "Send back")[0])
    dialog = dan.dialog(ReasonDialog)
    assert "Train the team" in words(dialog)
    dialog.text.set_value("Eve is missing.")
    dan.click(dialog.go_on)
    assert "Everybody came." in words(dan.dialog(SigningDialog))
    dan.sign()
    offices.travel("dan", *EVERYBODY)
    assert progress(offices, "ada", case) is CommitmentProgress.OPEN

    page = page_of(ada, case)
    assert page.cards.lead is not None
    assert "was sent back" in words(page.cards.lead)
    assert "Eve is missing." in words(card_of(page))
    reports(ada, page, "Now all of them.")
    offices.travel("ada", *EVERYBODY)

    page = page_of(dan, case)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    dan.click(page.cards.lead.primary)
    said = words(dan.dialog(SigningDialog))
    assert "Now all of them." in said
    dan.sign()
    assert progress(offices, "dan", case) is CommitmentProgress.CONFIRMED
    assert card_of(page_of(dan, case)).bar.value() == 1


@pytest.mark.exhaustive
def test_the_other_office_is_offered_no_answer_and_the_rest_is_shown_on_demand(
    offices: Offices, visit: Open, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CommitmentsCard, "FIRST", 2)
    committing.report(
        offices.installations["ada"], offices.signer("ada"), case, training(offices, case), "Everybody came."
    )
    offices.travel("ada", *EVERYBODY)
    cleo = visit("cleo")

    card = card_of(page_of(cleo, case))

    assert "Everybody came." in words(card)
    assert not links(card, "Confirm")
    assert not links(card, "Send back")
    assert card.more is not None
    before = words(card).count("confirms it")
    cleo.click(card.more)
    assert words(card).count("confirms it") == card.bar.maximum() > before
    assert card.more.isHidden()


@pytest.mark.exhaustive
def test_an_overdue_commitment_comes_first_and_leads_its_owner(offices: Offices, visit: Open, case: str) -> None:
    offices.clock.now += timedelta(days=20)

    ada, dan = page_of(visit("ada"), case), page_of(visit("dan"), case)

    assert ada.cards.lead is not None
    assert "It is overdue." in words(ada.cards.lead)
    assert dan.cards.lead is not None
    assert "“Train the team” is overdue: Ada was to meet it by" in words(dan.cards.lead)
    first = card_of(dan).findChildren(QLabel)
    texts = [label.text() for label in first]
    assert texts.index("Train the team") < texts.index("overdue")


def test_what_was_written_of_a_report_is_kept_when_it_is_not_signed(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = page_of(ada, case)
    ada.click(links(card_of(page), "Report")[0])
    dialog = ada.dialog(ReportDialog)
    dialog.text.set_value("Half of it.")
    dialog.reject()

    assert page.signing.keeper.words(f"{REPORTED}{training(offices, case)}") == "Half of it."
