"""An act judged by itself says what the fold of its case says: one rule has one home."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.records.editions.e1.edition import E1
from intake.services.deciding import deciding, recording
from intake.services.proving.act_standing import ActStanding, Worth, standing
from intake.services.proving.anchors import anchor_of_register
from tests.services.offices import Offices
from tests.services.printers import patched


def judged(offices: Offices, name: str, act: Act) -> ActStanding:
    return standing(act, anchor_of_register(offices.installations[name]))


@pytest.mark.exhaustive
def test_a_seal_between_two_versions_of_the_libraries_counts(offices: Offices) -> None:
    """Both sign first, each on pages made with other libraries: the seal puts one base in the place of the other."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    agreed = offices.terms("dan", case)
    offices.installations["dan"] = patched(
        offices.installations["dan"], made_with=lambda fonts: {**E1.made_with(fonts), "qpdf": "9.9.9"}
    )
    for name in ("dan", "cleo"):
        offices.decide(name, case, given=agreed)
    offices.travel("dan", "cleo", "bob")
    offices.travel("cleo", "dan", "bob")
    (turn,) = offices.installations["dan"].state(case).turn
    name = "cleo" if turn == "cio" else "dan"
    recording.complete(offices.installations[name], offices.signer(name), case)
    offices.travel(name, "bob")

    state = offices.installations["bob"].state(case)

    assert state.decision is not None
    assert state.decision.record_state is RecordState.SEALED
    assert len({state.opinion(item).base for item in state.decision.opinions}) == 2
    assert judged(offices, "bob", state.event(state.decision.sealed_by).act).worth is Worth.COUNTS


@pytest.mark.attack("hold back what a decline names, and verify the decline", refusal="TOTAL-PASSED: it counts at once")
@pytest.mark.exhaustive
def test_a_decline_that_ends_the_case_counts_when_it_is_verified(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "bob")
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "One question.")
    made = offices.decide("dan", case, Position.DECLINE, reason="Not with these data.").act
    bob = offices.installations["bob"]
    bob.register.append([made])

    event = bob.state(case).event(made.act.id)

    assert bob.state(case).phase is Phase.DECLINED
    assert event.judgement.force is Force.OBJECTS
    assert event.judgement.waits_for
    assert judged(offices, "bob", made.act).worth is Worth.COUNTS
