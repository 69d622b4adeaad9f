"""What the sheet says that an approval does while a decision awaits its owner, who has answered it."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Terms
from intake.services.deciding import accepting, deciding, reviewing
from intake.services.deciding.reviewing import Action
from tests.services.offices import Offices
from tests.services.stages import filed_with_both

EVERYBODY = ("ada", "cleo", "dan")
HOLDS = " It is not what the owner filed, so a decision on it holds once the owner accepts it."
AGAIN = "Both offices have decided this already. Signing the same terms again tells the owner that they stay"


@pytest.fixture
def answered(offices: Offices) -> tuple[str, Terms]:
    """Both tightened the users, and Ada says what that costs."""
    case = filed_with_both(offices)
    given = offices.terms("dan", case, users=15)
    offices.decide("dan", case, given=given, reason="Small first.")
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *EVERYBODY)
    ada = offices.installations["ada"]
    accepting.answer(ada, offices.signer("ada"), case, "user_permissions.max_users", "Five people more.")
    offices.travel("ada", *EVERYBODY)
    return case, given


def sheet(offices: Offices, case: str, who: str, given: Terms) -> str:
    prepared = deciding.prepare(
        offices.installations[who], who, case, Position.APPROVE, given=given, reason="They may."
    )
    return prepared.consequence


def test_the_same_terms_again_answer_the_owner_and_decide_nothing(
    offices: Offices, answered: tuple[str, Terms]
) -> None:
    case, given = answered

    assert sheet(offices, case, "dan", given) == f"{AGAIN}; the CIO has not answered the owner yet.{HOLDS}"
    offices.decide("dan", case, given=given)
    offices.travel("dan", *EVERYBODY)
    assert sheet(offices, case, "cleo", given) == f"{AGAIN}: then it is the owner’s turn.{HOLDS}"
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *EVERYBODY)
    assert offices.installations["ada"].state(case).turn == ("owner",)


def test_other_terms_leave_what_was_decided_as_it_is(offices: Offices, answered: tuple[str, Terms]) -> None:
    case, _ = answered
    said = "The CIO is asked to sign these terms; until then what both decided stays as it is."

    assert sheet(offices, case, "dan", offices.terms("dan", case, users=18)) == said + HOLDS
    view = reviewing.look(offices.installations["dan"], case, "dan")
    assert view.state.phase is Phase.ACCEPTANCE
    offered = {item.action: item.consequence for item in view.choices}
    assert offered[Action.PROPOSE] == said
    assert offered[Action.APPROVE].startswith(AGAIN)


def test_where_no_copy_can_be_completed_a_signature_begins_a_new_one(offices: Offices) -> None:
    case = filed_with_both(offices)
    for name in ("dan", "cleo"):
        offices.decide(name, case)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    dan = offices.installations["dan"]
    state = dan.state(case)
    assert state.phase is Phase.DECIDED

    # Of a decision that exists, approving the same once more is called what it is.
    view = reviewing.look(dan, case, "dan")
    approve = next(item.consequence for item in view.choices if item.action is Action.APPROVE)
    assert approve == (
        "Both offices have decided this already. Your signature begins a new copy of the record, which the CIO signs as well."
    )
