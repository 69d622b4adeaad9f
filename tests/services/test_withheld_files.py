"""Files and acts that one office keeps back, with real keys and records: what was handed out stays good.

Everything hostile is signed with the attacker's own listed key, and stored through the same door as any exchange.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import COMMENT, KINDS, OPINION, ActKind, Body, Office
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.granted import Granted
from intake.domain.base.canonical import sha256
from intake.domain.case import naming
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.records.proof.verdict import Indication
from intake.services.deciding import deciding, reviewing, suspending
from intake.services.proving import verifying
from intake.trust.acts import VerifiedAct, sign_act, verify_act
from tests.services import patched
from tests.services.offices import Offices
from tests.services.test_pages_and_acts import verdicts
from tests.services.test_sealed_stays import handed_out, opinion_of, still_good
from tests.services.test_seals import decided, first_signed

KEPT = b"kept back"
OVER = "It was decided on these terms, and the decision is not in force now: look at the use case."
FILE = Attachment(sha256(KEPT), len(KEPT), "application/pdf", "record.pdf")


def by_hand(offices: Offices, who: str, kind: ActKind[Any], body: Body, case: str, after: Iterable[str]) -> VerifiedAct:
    """An act that any client could sign, in a fresh stream."""
    installation = offices.installations["bob"]
    return sign_act(
        offices.signer(who).key,
        org=installation.register.org,
        kind=kind.name,
        case=case,
        stream=secrets.token_hex(16),
        seq=1,
        prev="",
        after=set(after),
        roster=installation.rosters.in_force[0].id,
        person=who,
        at=offices.clock(),
        app="by hand",
        body=body.as_json(),
    )


def store(offices: Offices, *acts: VerifiedAct) -> None:
    for name in ("bob", "cleo", "dan"):
        offices.installations[name].register.append(acts)


@pytest.mark.attack("a sealed record undone by a file kept back", refusal="PASSED before and after, by both readers")
@pytest.mark.exhaustive
def test_a_file_kept_back_does_not_undo_a_sealed_record(offices: Offices) -> None:
    case = first_signed(offices)
    offices.travel("dan", *offices.installations)
    _, body = opinion_of(offices, "dan", case)
    given = offices.terms("dan", case, users=3)
    other = by_hand(
        offices,
        "dan",
        OPINION,
        replace(body, terms=given, assessment=patched.assessed(offices, "dan", case, given), record=FILE),
        case,
        [case],
    )
    remark = by_hand(offices, "dan", COMMENT, CommentBody("Fine by me", ""), case, [other.act.id])
    store(offices, other, remark)
    offices.decide("cleo", case)
    offices.travel("cleo", *offices.installations)
    bob = offices.installations["bob"]
    assert bob.state(case).event(other.act.id).judgement.force is Force.WAITS
    pdf = handed_out(offices, case)
    assert [verdict.indication for verdict in verdicts(offices, pdf)] == [Indication.PASSED, Indication.PASSED]

    bob.register.append((), {FILE.sha256: KEPT})

    state = bob.state(case)
    assert state.event(other.act.id).judgement.force is Force.COUNTS
    assert {pair.fate for pair in state.pairs} == {Fate.CONTESTED}
    assert [verdict.indication for verdict in verdicts(offices, pdf)] == [Indication.PASSED, Indication.PASSED]
    assert verifying.verify(offices.installations["cleo"], pdf).indication is Indication.PASSED


@pytest.mark.attack("an approval built on a file kept back", refusal="WAITS, the other office does not countersign it")
@pytest.mark.exhaustive
def test_an_approval_built_on_a_file_kept_back_waits(offices: Offices) -> None:
    case = first_signed(offices)
    offices.travel("dan", *offices.installations)
    act, body = opinion_of(offices, "dan", case)
    given = offices.terms("dan", case, users=3)
    other = replace(body, terms=given, assessment=patched.assessed(offices, "dan", case, given), record=FILE)
    below = by_hand(offices, "dan", OPINION, other, case, [act.id])
    above = by_hand(offices, "dan", OPINION, body, case, [below.act.id])
    store(offices, below, above)
    cleo = offices.installations["cleo"]

    judged = cleo.state(case).event(above.act.id).judgement
    assert (judged.force, judged.waits_for) == (Force.WAITS, (FILE.sha256,))

    done = offices.decide("cleo", case)
    assert done.act.act.after == (act.id,)
    offices.travel("cleo", "bob")
    pdf = handed_out(offices, case)
    offices.installations["bob"].register.append((), {FILE.sha256: KEPT})
    still_good(offices, case, pdf, words=OVER)


@pytest.mark.exhaustive
def test_a_register_that_lacks_a_file_cannot_tell_and_calls_nothing_false(offices: Offices) -> None:
    """Files alone are taken as here: the two readers never contradict each other."""
    case = decided(offices)
    pdf = handed_out(offices, case)
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    copy = opinion_of(offices, "dan", case)[1].record
    assert copy is not None
    acts = [act for _, _, blob in bob.register.queries.every_act() if (act := verify_act(blob)).act.case_id == case]
    named = {name for act in acts for name in KINDS.carried(act.act)} - {copy.sha256}
    finn.register.append(acts, {name: bob.register.queries.blob(name) or b"" for name in named})

    verdict = verifying.verify(finn, pdf)

    assert verdict.indication is Indication.INDETERMINATE
    assert [verdict.indication for verdict in verdicts(offices, pdf)] == [Indication.PASSED, Indication.PASSED]
    finn.register.append((), {copy.sha256: bob.register.queries.blob(copy.sha256) or b""})
    assert verifying.verify(finn, pdf).indication is Indication.PASSED


@pytest.mark.attack("a stop that names an act that never was", refusal="DECIDED again, once both offices lift it")
@pytest.mark.exhaustive
def test_both_offices_lift_a_stop_whose_past_is_lost(offices: Offices) -> None:
    case = decided(offices)
    decision = offices.installations["bob"].state(case).decision
    assert decision is not None
    _, body = opinion_of(offices, "dan", case)
    stop = replace(body, position=Position.DECLINE, terms=None, base="", record=None, attestations=(), reason="Stop.")
    made = by_hand(offices, "dan", OPINION, stop, case, [*decision.opinions, "f" * 64])
    store(offices, made)
    assert offices.installations["bob"].state(case).phase is Phase.SUSPENDED

    for first, second in (("dan", "cleo"), ("cleo", "dan")):
        suspending.lift(offices.installations[first], offices.signer(first), case, "Nobody knows why.")
        offices.travel(first, second, "bob")

    state = offices.installations["bob"].state(case)
    assert (state.phase, state.in_force is not None) == (Phase.DECIDED, True)


@pytest.mark.attack("a thousand approvals beside each other", refusal="TooManyAtOnce, and objecting works")
def test_the_installation_refuses_to_approve_what_it_cannot_name_and_objects(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = first_signed(offices)
    offices.travel("dan", *offices.installations)
    _, body = opinion_of(offices, "dan", case)
    given, dan = offices.terms("dan", case, users=3), offices.installations["dan"]
    judged = dan.judged_on(dan.state(case).revision(case), given)
    assert isinstance(judged, Granted)
    body = replace(body, terms=given, assessment=judged.on_terms.digest, record=FILE)
    beside = [by_hand(offices, "dan", OPINION, replace(body, reason=f"{n}"), case, [case]) for n in range(5)]
    store(offices, *beside)
    for name in ("bob", "cleo"):
        offices.installations[name].register.append((), {FILE.sha256: KEPT})
    monkeypatch.setattr(naming, "MAX_AFTER", 3)

    with pytest.raises(naming.TooManyAtOnce) as refused:
        offices.decide("cleo", case)
    assert refused.value.facts == {"count": 6, "person": "dan"}
    approve = next(
        choice
        for choice in reviewing.look(offices.installations["cleo"], case, "cleo").choices
        if choice.action is reviewing.Action.APPROVE
    )
    assert "6 acts of this use case are parallel" in approve.blocked
    deciding.comment(offices.installations["cleo"], offices.signer("cleo"), case, "What is this?")
    offices.decide("cleo", case, Position.DECLINE, reason="No.")
    state = offices.installations["cleo"].state(case)
    assert len(state.event(state.positions[Office.CIO][0]).act.after) == 3
