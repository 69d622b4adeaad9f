"""What is called overdue: a control and a duty as well as a condition, and nothing that somebody has reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import condition_of
from intake.domain.case.due import Due, DueWhat
from intake.domain.terms.terms import Condition
from ui.widgets.conditions import ConditionsCard
from ui.words.cases import overdue_words
from ui.words.dues import what_words

DUE = date(2026, 11, 1)
TODAY = date(2026, 11, 30)
TEST, TRAIN = Condition(DUE, "ada", "Test it"), Condition(DUE, "ada", "Train them")


def test_what_is_overdue_is_named_by_the_word_that_covers_conditions_controls_and_duties(qapp) -> None:
    assert (overdue_words(1), overdue_words(2)) == ("1 commitment overdue", "2 commitments overdue")
    assert what_words(Due(DueWhat.CONDITION, DUE, ("ada",), "Keep the logs")) == "To be met: Keep the logs"


@pytest.mark.parametrize(
    ("progress", "chips"),
    [
        (CommitmentProgress.OPEN, {"2 commitments overdue", "29 days over"}),
        (CommitmentProgress.REPORTED, {"1 commitment overdue", "29 days over", "reported"}),
        (CommitmentProgress.CONFIRMED, {"1 commitment overdue", "29 days over", "confirmed"}),
    ],
)
def test_a_condition_that_somebody_reported_in_time_is_not_late(qtbot, progress, chips) -> None:
    first = Tracked(condition_of(TEST), CommitmentProgress.OPEN)
    second = replace(first, commitment=condition_of(TRAIN), progress=progress)

    card = ConditionsCard((TEST, TRAIN), (first, second), {"ada": "Ada"}, TODAY)
    qtbot.addWidget(card)

    every = {"2 commitments overdue", "1 commitment overdue", "29 days over", "reported", "confirmed"}
    assert {label.text() for label in card.findChildren(QLabel)} & every == chips
