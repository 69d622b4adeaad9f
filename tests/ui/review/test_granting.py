"""Editing what is granted: the stages and days to choose, how it is judged, what is missing and waived, and what was signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from intake.domain.acts.kinds import Office
from intake.domain.terms.terms import Stage
from intake.domain.terms.waivers import PILOT, Waiver, evidence
from intake.services.deciding import reviewing, suspending
from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.services.test_gate_to_scale import scaled_case
from tests.ui.visiting import Visit
from ui.review import decide
from ui.review.grant_panel import GrantPanel
from ui.review.judged_card import JudgedCard
from ui.review.page import ReviewPage
from ui.review.sections import TERMS
from ui.review.waivers import WaiversEditor
from ui.theme import Theme
from ui.widgets.confirmation import Confirmation
from ui.widgets.fields import LongTextField

Open = Callable[[str], Visit]
EVERYBODY = ("ada", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_with_both(offices)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def type_in(field: LongTextField, text: str) -> None:
    field.focus_widget().setPlainText(text)  # type: ignore[attr-defined]


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


def test_what_the_chosen_step_takes_stands_below_it(offices: Offices, visit: Open) -> None:
    validity = review(visit("dan"), scaled_case(offices)).terms.validity

    assert "which waive the pilot with a reason" in validity.takes.text()

    validity.stage.set_value(Stage.PILOT.value)
    validity.stage.changed.emit()
    assert validity.takes.text() == "Both offices approve the same terms."


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


@pytest.mark.exhaustive
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


def test_a_reason_beside_what_is_missing_waives_it(offices: Offices, visit: Open) -> None:
    dan = visit("dan")
    page = review(dan, scaled_case(offices))
    editor = page.terms.grant.waivers
    first, *others = editor.fields

    assert first == PILOT
    assert others
    assert not editor.isHidden()
    labels = page.terms._looked.view.playbook.labels  # type: ignore[union-attr]
    assert all(f"without it: no evidence for {labels[Waiver(what, '').question]}" in words(editor) for what in others)
    # As a keyboard may give it, with the mark after its letter: what is signed is one character.
    type_in(editor.fields[first], "It ran in a cafe\u0301.")
    editor.flush()

    assert page.terms.edited().waivers == (Waiver(PILOT, "It ran in a café."),)
    assert editor.fields[first].value() == "It ran in a cafe\u0301."
    type_in(editor.fields[first], " ")
    editor.flush()
    assert page.terms.edited().waivers == ()


def test_what_is_waived_needlessly_can_be_taken_back(offices: Offices, case: str, theme: Theme) -> None:
    """As after the terms of the other office, which a patched program signed, or after a paper that has come since."""
    view = reviewing.look(offices.installations["dan"], case, "dan")
    panel = GrantPanel()
    found: list[tuple[Waiver, ...]] = []
    panel.waived.connect(found.append)
    needless = Waiver(evidence("data.dpia"), "Not needed.")
    given = replace(view.proposal, waivers=(needless,))
    refused = view.against_grant(given)
    assert refused is not None
    assert view.playbook.labels["data.dpia"] in refused.sentence

    panel.show_terms(view, given)

    assert list(panel.waivers.fields) == [needless.what]
    assert "Not missing on these terms" in words(panel.waivers)
    panel.waivers.fields[needless.what].set_value(None)
    panel.waivers.changed.emit()
    assert found == [()]


def test_the_words_of_a_playbook_beside_a_reason_are_plain_text(theme: Theme) -> None:
    editor = WaiversEditor()
    editor.show_waivers([("evidence:a", "<b>R&D</b>")], [("evidence:b", "<i>Q&A</i>")], {"evidence:b": "x"})

    shown = [label for label in editor.findChildren(QLabel) if "&" in label.text()]

    assert len(shown) == 2
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}
    assert all(label.buddy() is None for label in shown)


def test_what_the_terms_amount_to_is_shown_beside_what_was_asked(offices: Offices, case: str, theme: Theme) -> None:
    view = reviewing.look(offices.installations["dan"], case, "dan")
    limits = view.proposal.boundaries.replaced({"data_access.highest_class": "restricted"})
    given = replace(view.proposal, boundaries=limits)
    card = JudgedCard()

    card.show_terms(view, given)

    judged = view.judged(given)
    assert judged is not None
    said = words(card)
    assert f"{judged.on_terms.path.label} as granted, {judged.asked.path.label} as asked" in said
    assert "Restricted granted" in said
    card.show_terms(view, None)
    assert card.isHidden()
