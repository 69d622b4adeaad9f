"""What nobody could report or confirm is refused before an office signs it, with the exact reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.domain.case.answering import NobodyToConfirm
from intake.domain.terms.terms import Condition, Terms
from intake.services.deciding import deciding, reviewing
from tests.services.offices import Offices


@pytest.fixture
def case(offices: Offices) -> str:
    found = offices.file()
    offices.travel("ada", "bob", "cleo", "dan", "finn")
    return found


def with_condition(offices: Offices, case: str, owner: str, office: str, who: str = "dan") -> Terms:
    due = offices.clock.now.date() + timedelta(days=10)
    proposed = reviewing.look(offices.installations[who], case, who).proposal
    return replace(proposed, conditions=(Condition(due, owner, "Keep the logs", "", office),))


def refusals(offices: Offices, case: str, given: Terms, who: str = "dan") -> tuple[Refusal | None, Refusal | None]:
    """What the screen says before the sheet, and what the sheet says."""
    view = reviewing.look(offices.installations[who], case, who)
    try:
        deciding.prepare(offices.installations[who], who, case, Position.APPROVE, given=given)
    except Refusal as refused:
        return view.against_grant(given), refused
    return view.against_grant(given), None


@pytest.mark.parametrize(
    ("owner", "office", "reason"),
    [
        ("dan", "ciso", "Dan has to meet it, and alone holds the office of the CISO, which confirms it"),
        ("cleo", "cio", "Cleo has to meet it, and alone holds the office of the CIO, which confirms it"),
        # Another office confirms it, or either does; and who has no role at all may meet it all the same.
        ("dan", "", ""),
        ("dan", "cio", ""),
        ("cleo", "ciso", ""),
        ("ada", "ciso", ""),
        ("finn", "", ""),
    ],
)
def test_a_condition_that_nobody_could_confirm_is_not_signed(
    offices: Offices, case: str, owner: str, office: str, reason: str
) -> None:
    shown, refused = refusals(offices, case, with_condition(offices, case, owner, office))

    if not reason:
        assert (shown, refused) == (None, None)
        return
    for found in (shown, refused):
        assert isinstance(found, NobodyToConfirm)
        assert found.what_happened == f"Nobody could confirm “Keep the logs”: {reason}."
        assert found.next_step.startswith("Let somebody else meet it")
