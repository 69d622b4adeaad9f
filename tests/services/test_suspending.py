"""One office stops a use case, and only both let it go on (rule R12): as the services sign it, and as other desks see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.domain.acts.kinds import LIFT, Office
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.allowed import NothingToLift, NotInOffice
from intake.domain.case.fates import Fate
from intake.domain.case.naming import shown
from intake.domain.case.phases import Phase
from intake.services.deciding import reviewing, suspending
from intake.services.deciding.reasons import ReasonMissing
from intake.services.installation.act_writer import ActWriter, CaseMoved
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from intake.trust.acts import verify_act
from tests.services import patched
from tests.services.offices import Offices
from tests.services.stages import decided_everywhere, filed_with_both

EVERYBODY = ("ada", "bob", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_everywhere(offices)


def suspend(offices: Offices, name: str, case: str, reason: str = "It leaked.") -> suspending.StopGiven:
    given = suspending.suspend(offices.installations[name], offices.signer(name), case, reason)
    offices.travel(name, *EVERYBODY)
    return given


def lift(offices: Offices, name: str, case: str, *named: str) -> suspending.StopGiven:
    given = suspending.lift(offices.installations[name], offices.signer(name), case, "Mended.", named)
    offices.travel(name, *EVERYBODY)
    return given


def runs(offices: Offices, case: str) -> set[bool]:
    """Whether it may run, as every desk sees it."""
    return {reviewing.look(offices.installations[name], case, name).status.may_run for name in EVERYBODY}


def test_a_row_that_is_to_be_stopped_counts_from_the_day_of_what_stopped_it(offices: Offices, case: str) -> None:
    offices.clock.now += timedelta(days=60)
    suspend(offices, "dan", case)

    row = offices.installations["cleo"].register.queries.row(case)

    assert row is not None
    assert row.since == offices.clock.now.date()
    # The clock of what was filed then has long been answered.
    assert row.clock is None


def test_one_office_stops_it_at_once_and_both_let_it_go_on(offices: Offices, case: str) -> None:
    assert runs(offices, case) == {True}

    stopped = suspend(offices, "dan", case)
    assert (runs(offices, case), [item.act for item in stopped.open]) == ({False}, [stopped.acts[0]])
    assert offices.installations["ada"].state(case).phase is Phase.SUSPENDED

    assert lift(offices, "dan", case).open
    assert runs(offices, case) == {False}
    assert offices.installations["ada"].state(case).turn == ("cio",)

    assert not lift(offices, "cleo", case).open
    assert runs(offices, case) == {True}


@pytest.mark.attack("the office that objected approves the same again alone", refusal="suspended until both lift it")
@pytest.mark.parametrize("position", [Position.CHANGES, Position.DECLINE])
@pytest.mark.exhaustive
def test_who_objected_does_not_start_it_again_alone(offices: Offices, case: str, position: Position) -> None:
    """What could be done before (issue “the truth of the decision”, d)."""
    terms = offices.installations["dan"].state(case).in_force
    assert terms is not None
    offices.decide("dan", case, position, reason="Look at the logs first.")
    offices.decide("dan", case, given=terms.terms)
    offices.travel("dan", *EVERYBODY)

    state = offices.installations["ada"].state(case)

    assert (runs(offices, case), state.phase, state.turn) == ({False}, Phase.SUSPENDED, ("cio", "ciso"))
    lift(offices, "dan", case), lift(offices, "cleo", case)
    assert runs(offices, case) == {True}


@pytest.mark.attack("an owner in office lifts the suspension of their own use case", refusal="SignerIsParty")
def test_nobody_lifts_what_stops_their_own_use_case(offices: Offices, case: str) -> None:
    stopped = suspend(offices, "dan", case)
    cleo = offices.installations["cleo"]
    with pytest.raises(NotInOffice):
        suspending.lift(offices.installations["ada"], offices.signer("ada"), case, "It is fine.")

    # A patched program of the owner: the act is there, and counts for nothing.
    writer = ActWriter(offices.installations["ada"], offices.signer("ada"))
    made = writer.write(LIFT, LiftBody(Office.CIO, (stopped.acts[0],), "It is fine."), case=case)
    writer.store()
    offices.travel("ada", *EVERYBODY)
    lift(offices, "dan", case)

    assert runs(offices, case) == {False}
    found = verify_act(cleo.register.queries.blob_of_act(made.act.id) or b"")
    assert standing(found.act, anchor_of_register(cleo)).worth is Worth.NOTHING


def test_each_suspension_is_lifted_by_name(offices: Offices, case: str) -> None:
    first = suspend(offices, "dan", case).acts[0]
    second = suspend(offices, "cleo", case).acts[0]

    lift(offices, "dan", case, first), lift(offices, "cleo", case, first)
    assert runs(offices, case) == {False}

    with pytest.raises(suspending.NoSuchSuspension):
        lift(offices, "dan", case, first)
    lift(offices, "dan", case, second), lift(offices, "cleo", case, second)
    assert runs(offices, case) == {True}
    with pytest.raises(NothingToLift):
        lift(offices, "dan", case)


@pytest.mark.exhaustive
def test_it_holds_what_is_decided_after_it_too(offices: Offices, case: str) -> None:
    suspend(offices, "dan", case)
    offices.file(case=case)
    offices.travel("ada", *EVERYBODY)
    for name in ("dan", "cleo"):
        offices.decide(name, case)
        offices.travel(name, *EVERYBODY)

    assert (runs(offices, case), offices.installations["ada"].state(case).phase) == ({False}, Phase.SUSPENDED)
    lift(offices, "cleo", case), lift(offices, "dan", case)
    assert runs(offices, case) == {True}


def test_a_reason_is_needed_and_nothing_is_signed_on_a_case_that_moved(offices: Offices, case: str) -> None:
    dan = offices.installations["dan"]
    with pytest.raises(ReasonMissing):
        suspending.suspend(dan, offices.signer("dan"), case, " ")
    seen = shown(dan.state(case))
    suspend(offices, "cleo", case)
    with pytest.raises(CaseMoved):
        suspending.suspend(dan, offices.signer("dan"), case, "It leaked.", seen=seen)


@pytest.mark.parametrize("first", ["dan", "cleo"])
@pytest.mark.exhaustive
def test_a_stop_and_a_lift_signed_apart_leave_it_stopped_in_either_order(
    offices: Offices, case: str, first: str
) -> None:
    """One office stops again while the other lifts what was there before: the new stop is not lifted by it."""
    stopped = suspend(offices, "dan", case)
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    suspending.lift(dan, offices.signer("dan"), case, "Mended.", (stopped.acts[0],))
    suspending.suspend(dan, offices.signer("dan"), case, "It leaks again.")
    suspending.lift(cleo, offices.signer("cleo"), case, "Mended.", (stopped.acts[0],))
    other = "cleo" if first == "dan" else "dan"
    offices.travel(first, *EVERYBODY)
    offices.travel(other, *EVERYBODY)
    offices.travel(first, *EVERYBODY)

    assert runs(offices, case) == {False}
    assert len([item for item in offices.installations["bob"].state(case).suspensions if item.open]) == 1


def test_who_objects_to_what_was_decided_is_told_that_it_suspends(offices: Offices, case: str) -> None:
    view = reviewing.look(offices.installations["dan"], case, "dan")
    told = {item.action: item.consequence for item in view.choices}

    for action in (reviewing.Action.CHANGES, reviewing.Action.DECLINE):
        assert "suspended at once: it must not run until both have lifted this" in told[action]
    assert view.suspends


def test_more_suspensions_are_lifted_than_one_act_names(
    offices: Offices, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suspending, "MAX_LIFTED", 2)
    for number, name in enumerate(("dan", "cleo", "dan", "cleo", "dan")):
        suspend(offices, name, case, f"Reason {number}.")

    assert len(lift(offices, "dan", case).acts) == 3
    assert len(lift(offices, "cleo", case).acts) == 3
    assert runs(offices, case) == {True}


def test_what_lifting_leads_to_follows_from_what_is_named(offices: Offices, case: str) -> None:
    first, second = suspend(offices, "dan", case).acts[0], suspend(offices, "cleo", case).acts[0]
    lift(offices, "dan", case, first)
    state = offices.installations["cleo"].state(case)

    def led(office: Office, *named: str) -> str:
        return words(suspending.leads_to(state, office, named))

    assert led(Office.CIO, first) == "It stays suspended, for this does not lift all that waits for your office."
    assert led(Office.CIO, first, second) == "It stays suspended until the CISO has lifted it too."
    lift(offices, "dan", case, second)
    state = offices.installations["cleo"].state(case)
    assert "what was decided is in force again" in led(Office.CIO, first, second)


def test_who_approves_while_it_is_suspended_is_told_that_it_stays_so(offices: Offices, case: str) -> None:
    suspend(offices, "dan", case)
    offices.file(case=case)
    offices.travel("ada", *EVERYBODY)

    def told(name: str) -> str:
        view = reviewing.look(offices.installations[name], case, name)
        return next(item.consequence for item in view.choices if item.action is reviewing.Action.APPROVE)

    stays = " It stays suspended and must not run until both offices have lifted it."
    assert told("dan") == "The CIO is asked to sign these terms; until then nothing is decided." + stays
    offices.decide("dan", case)
    offices.travel("dan", *EVERYBODY)
    assert told("cleo") == "The CISO has signed these terms: your signature makes the decision." + stays


@pytest.mark.parametrize("position", [Position.CHANGES, Position.DECLINE])
def test_an_objection_to_a_contested_pair_is_said_to_suspend_as_it_does(offices: Offices, position: Position) -> None:
    """The offices moved while apart, so that nothing is in force; the case is suspended by an objection all the same."""
    case = filed_with_both(offices)
    dan = offices.installations["dan"]
    agreed, other = offices.terms("dan", case), offices.terms("dan", case, users=9)
    for name in ("dan", "cleo"):
        patched.approve(offices, name, case, agreed)
    patched.approve(offices, "dan", case, other)
    offices.travel("cleo", "dan")
    assert [pair.fate for pair in dan.state(case).pairs] == [Fate.CONTESTED]

    view = reviewing.look(dan, case, "dan")
    offices.decide("dan", case, position, reason="Not like this.")

    assert view.suspends
    assert [item.open for item in dan.state(case).suspensions] == [True]
