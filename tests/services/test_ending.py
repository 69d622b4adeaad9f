"""Retiring a use and giving a use case away, as the services sign it and as other desks see it."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.base.wording import words
from intake.domain.case.asks import TodoKind
from intake.domain.case.may_end import NothingToRetire, NotYoursToHandOver, NotYoursToRetire
from intake.domain.case.naming import shown
from intake.domain.case.phases import Phase
from intake.services.deciding import reviewing
from intake.services.deciding.reasons import ReasonMissing
from intake.services.filing import filing, handing, retiring
from intake.services.filing.similar import outcome
from intake.services.installation.act_writer import CaseMoved
from intake.services.lists import inbox, todo
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from intake.trust.acts import verify_act
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere, filed_with_ciso

EVERYBODY = ("ada", "bob", "cleo", "dan")
LEFT = {"data": "Deleted.", "access": "", "model": "Off.", "contract": "Ended."}


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def retire(offices: Offices, case: str) -> str:
    act = retiring.retire(offices.installations["ada"], offices.signer("ada"), case, "Replaced.", LEFT).act
    offices.travel("ada", *EVERYBODY)
    return act


def hand_over(offices: Offices, case: str, to: str) -> handing.Handed:
    done = handing.hand_over(offices.installations["ada"], offices.signer("ada"), case, to, "I move on.")
    offices.travel("ada", *EVERYBODY)
    return done


def test_it_must_not_run_on_any_desk_once_it_is_retired(offices: Offices, case: str) -> None:
    retire(offices, case)

    looks = [reviewing.look(offices.installations[name], case, name) for name in EVERYBODY]

    assert {look.state.phase for look in looks} == {Phase.RETIRED}
    assert {look.status.may_run for look in looks} == {False}
    row = offices.installations["cleo"].register.queries.row(case)
    assert row is not None
    assert (row.phase, row.record, words(outcome(row))) == ("retired", "retired", "It ran, and was retired.")


def test_the_approvals_say_who_retired_it(offices: Offices, case: str) -> None:
    cleo = offices.installations["cleo"]
    signed = next(event.act for event in cleo.state(case).events if event.act.person == "dan")
    retire(offices, case)

    blob = cleo.register.queries.blob_of_act(signed.id)
    assert blob is not None
    told = standing(verify_act(blob).act, anchor_of_register(cleo))

    assert told.worth is Worth.ENDED
    assert "retired the use case" in words(told.said)


def test_it_is_opened_again_by_filing_it_again(offices: Offices, case: str) -> None:
    retire(offices, case)
    ada = offices.installations["ada"]

    draft = filing.start(ada, "ada", case=case)
    filing.file(ada, offices.signer("ada"), draft)

    assert ada.state(case).phase is Phase.REVIEW


def test_nothing_is_left_unsaid(offices: Offices, case: str) -> None:
    ada, signer = offices.installations["ada"], offices.signer("ada")

    with pytest.raises(retiring.LeftUnsaid, match="model, contract"):
        retiring.retire(ada, signer, case, "Replaced.", {"data": "Deleted.", "access": ""})
    with pytest.raises(ReasonMissing):
        retiring.retire(ada, signer, case, "  ", LEFT)


def test_who_may_not_is_told_why(offices: Offices, case: str) -> None:
    with pytest.raises(NotYoursToRetire):
        retiring.require_retiring(offices.installations["dan"], "dan", case)
    with pytest.raises(NotYoursToHandOver):
        handing.require_handing(offices.installations["bob"], "bob", case)


def test_what_was_never_approved_is_withdrawn(offices: Offices) -> None:
    fresh = filed_with_ciso(offices)

    with pytest.raises(NothingToRetire):
        retiring.require_retiring(offices.installations["ada"], "ada", fresh)


def test_nothing_is_signed_of_a_case_that_has_moved(offices: Offices, case: str) -> None:
    ada = offices.installations["ada"]
    seen = shown(ada.state(case))
    offices.clock.now = offices.clock.now.replace(hour=23)
    hand_over(offices, case, "bob")

    with pytest.raises(CaseMoved):
        retiring.retire(ada, offices.signer("ada"), case, "Replaced.", LEFT, seen=seen)


def test_the_successor_is_led_to_it_and_then_answers_for_it(offices: Offices, case: str) -> None:
    done = hand_over(offices, case, "bob")
    bob, ada = offices.installations["bob"], offices.installations["ada"]
    assert (done.by, done.ready) == (HandsAs.OWNER, True)
    who = inbox.reader(bob, "bob")
    assert ([row.case for row in inbox.owned(bob, who)], inbox.mine_count(bob, who)) == ([case], 1)
    assert [(item.kind, item.case) for item in todo.todo(bob, "bob").items] == [(TodoKind.TAKE_OVER, case)]

    handing.take_over(bob, offices.signer("bob"), case)
    offices.travel("bob", *EVERYBODY)

    row = ada.register.queries.row(case)
    assert row is not None
    assert (row.owner, row.successor, row.due_of) == ("bob", "", "bob")
    assert inbox.owned(bob, who) == ()
    draft = filing.start(bob, "bob", case=case)
    filing.file(bob, offices.signer("bob"), draft)
    offices.travel("bob", *EVERYBODY)
    current = ada.state(case).current
    assert current is not None
    assert (current.body.owner, current.misnamed, ada.state(case).unfiled) == ("bob", None, None)


@pytest.mark.parametrize(("who", "said"), [("dan", "can decide on this use case no more"), ("bob", "")])
def test_what_it_leads_to_says_whether_a_decider_is_lost(offices: Offices, case: str, who: str, said: str) -> None:
    ada = offices.installations["ada"]
    state, by = handing.require_handing(ada, "ada", case)

    told = words(handing.leads_to(ada, state, "ada", by, who))

    assert "Nothing changes until" in told
    assert ("can decide on this use case no more" in told) == bool(said)
    assert words(handing.leads_to(ada, state, "ada", by, "ada")) == (
        "What you had handed over is taken back, and it stays yours."
    )


def test_nobody_is_named_who_has_no_key(offices: Offices, case: str) -> None:
    ada = offices.installations["ada"]

    with pytest.raises(handing.NoSuchSuccessor):
        handing.hand_over(ada, offices.signer("ada"), case, "nobody", "I move on.")
