"""From a filed request to a record both offices signed, over real registers, keys and PDFs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import said
from intake.domain.case import allowed
from intake.domain.case.naming import shown
from intake.domain.case.one_page import RowTopic
from intake.domain.case.phases import Phase, RecordState
from intake.domain.organisation.roster import Role
from intake.records.content import SignatureField
from intake.records.proof.verdict import Indication
from intake.records.signatures.sign import placed
from intake.services.deciding import deciding, recording, reviewing, standing
from intake.services.deciding.reasons import ReasonMissing
from intake.services.deciding.records_at_hand import record_of
from intake.services.filing import filing
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.services.proving.proof import write_acts
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, filed_with_ciso


def test_the_journey_ends_in_a_record_that_passes(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    given = offices.decide("cleo", case)

    offices.travel("cleo", "ada", "bob")
    _, pdf = record_of(offices.installations["bob"], case)
    verdict = verifying.verify(offices.installations["bob"], pdf)
    assert given.sealed
    assert verdict.indication is Indication.PASSED
    assert reviewing.look(offices.installations["ada"], case, "ada").status.may_run


@pytest.mark.exhaustive
def test_the_countersignature_stands_on_the_very_same_pages(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    first = offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)

    state = offices.installations["cleo"].state(case)

    one = offices.installations["cleo"].register.queries.blob(state.opinion(first.act.act.id).record.sha256)  # type: ignore[union-attr]
    assert state.decision is not None
    assert state.decision.record is not None
    both = offices.installations["cleo"].register.queries.blob(state.decision.record.sha256)
    assert one is not None
    assert both is not None
    assert both.startswith(one)


@pytest.mark.exhaustive
def test_counter_terms_make_a_fresh_record_and_hand_the_turn_back(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    given = offices.decide("cleo", case, given=offices.terms("cleo", case, users=99), reason="More testers.")

    _, pdf = record_of(offices.installations["cleo"], case)
    assert (given.phase, given.turn, given.sealed) == (Phase.TERMS_DIFFER, ("ciso",), False)
    assert placed(pdf).signed == (SignatureField.CIO,)


@pytest.mark.exhaustive
def test_both_signing_first_leaves_the_record_open_until_the_missing_signature_is_added(offices: Offices) -> None:
    case = filed_with_both(offices)
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")

    (turn,) = offices.installations["dan"].state(case).turn
    name = {"cio": "cleo", "ciso": "dan"}[turn]
    recording.complete(offices.installations[name], offices.signer(name), case)

    state = offices.installations[name].state(case)
    assert state.decision is not None
    assert state.decision.record_state is RecordState.SEALED
    _, pdf = record_of(offices.installations[name], case)
    assert verifying.verify(offices.installations[name], pdf).indication is Indication.PASSED


def test_a_record_that_is_completed_twice_is_signed_once(offices: Offices) -> None:
    case = filed_with_both(offices)
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    (turn,) = offices.installations["dan"].state(case).turn
    name, other = ("cleo", "dan") if turn == "cio" else ("dan", "cleo")
    seen = shown(offices.installations[name].state(case))

    first = recording.complete(offices.installations[name], offices.signer(name), case, seen=seen)
    acts = offices.installations[name].state(case).events
    second = recording.complete(offices.installations[name], offices.signer(name), case, seen=seen)

    assert second == first
    assert offices.installations[name].state(case).events == acts
    offices.travel(name, other)
    with pytest.raises(allowed.NothingToSign):
        recording.complete(offices.installations[other], offices.signer(other), case)


@pytest.mark.exhaustive
def test_nobody_else_can_add_the_missing_signature(offices: Offices) -> None:
    case = filed_with_both(offices)
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo", "bob")
    offices.travel("cleo", "bob")

    with pytest.raises(allowed.NothingToSign):
        recording.complete(offices.installations["bob"], offices.signer("bob"), case)


def test_a_decline_has_a_record_with_its_reason_and_one_signature(offices: Offices) -> None:
    case = filed_with_ciso(offices)

    given = offices.decide("dan", case, Position.DECLINE, reason="The vendor keeps our data.")

    _, pdf = record_of(offices.installations["dan"], case)
    verdict = verifying.verify(offices.installations["dan"], pdf)
    assert given.phase is Phase.DECLINED
    assert (verdict.indication, placed(pdf).fields) == (Indication.PASSED, (SignatureField.CISO,))


def test_a_withdrawal_has_a_record_signed_by_its_author(offices: Offices) -> None:
    case = offices.file()

    filing.withdraw(offices.installations["ada"], offices.signer("ada"), case, "The project was cancelled.")

    _, pdf = record_of(offices.installations["ada"], case)
    assert verifying.verify(offices.installations["ada"], pdf).indication is Indication.PASSED
    assert offices.installations["ada"].state(case).phase is Phase.WITHDRAWN


def test_a_stranger_cannot_withdraw(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "bob")

    with pytest.raises(allowed.NotYours):
        filing.withdraw(offices.installations["bob"], offices.signer("bob"), case, "No.")


def test_an_owner_gives_no_opinion(offices: Offices) -> None:
    case = offices.file()

    with pytest.raises(allowed.NotInOffice):
        offices.decide("ada", case)


def test_an_officer_cannot_decide_on_a_request_of_their_own(offices: Offices) -> None:
    case = offices.file("cleo")

    with pytest.raises(allowed.NotIndependent):
        offices.decide("cleo", case)


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_an_objection_needs_a_reason(offices: Offices, position: Position) -> None:
    case = filed_with_ciso(offices)

    with pytest.raises(ReasonMissing):
        offices.decide("dan", case, position, reason="  ")


def test_what_moved_since_it_was_shown_is_not_signed(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    dan = offices.installations["dan"]
    prepared = deciding.prepare(dan, "dan", case, Position.APPROVE, given=offices.terms("dan", case))
    deciding.comment(offices.installations["ada"], offices.signer("ada"), case, "One more thing")
    offices.travel("ada", "dan")

    with pytest.raises(deciding.CaseMoved):
        deciding.give(dan, offices.signer("dan"), prepared)

    assert dan.state(case).phase is Phase.REVIEW


@pytest.mark.attack("an expired roster", refusal="RosterExpired")
def test_an_expired_roster_blocks_approving_and_not_declining(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.clock.now += timedelta(days=400)

    with pytest.raises(standing.RosterExpired):
        offices.decide("dan", case)
    assert offices.decide("dan", case, Position.DECLINE, reason="Too risky.").phase is Phase.DECLINED


@pytest.mark.exhaustive
def test_decisions_of_an_officer_who_moves_on_stand(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    offices.travel("cleo", "bob", "finn")

    change = people.end_role(offices.installations["bob"], offices.signer("bob"), "dan", Role.CISO)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", "dan")

    assert offices.installations["bob"].state(case).in_force is not None
    with pytest.raises(allowed.NotInOffice):
        offices.decide("dan", case, Position.DECLINE, reason="Too late.")


@pytest.mark.exhaustive
def test_a_record_is_not_believed_without_the_organisation(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    _, pdf = record_of(offices.installations["cleo"], case)

    verdict = verifying.verify(offices.installations["ada"], pdf)

    assert verdict.indication is Indication.INDETERMINATE


@pytest.mark.exhaustive
def test_without_a_register_the_listings_keep_a_record_of_an_officer_who_left(offices: Offices, tmp_path: Path) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)
    offices.travel("cleo", "bob", "finn")
    bob = offices.installations["bob"]
    change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    folder, record = tmp_path / "acts", tmp_path / "record.pdf"
    write_acts(bob, folder)
    record.write_bytes(record_of(bob, case)[1])

    whole = verifying.verify_beside(record, bob.register.org, folder.iterdir())
    bare = verifying.verify_beside(record, bob.register.org, folder.glob("*.p7m"))

    assert whole.indication is Indication.PASSED
    assert bare.indication is Indication.INDETERMINATE


@pytest.mark.exhaustive
def test_rebuilding_gives_the_identical_lists(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)

    assert offices.installations["cleo"].register.rebuild(check=True).identical


def test_who_takes_over_other_terms_is_told_what_differs_from_their_own_and_why(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    offices.travel("dan", "cleo")
    offices.decide("dan", case, given=offices.terms("dan", case, users=10))
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=12), reason="Two teams need it.")
    offices.travel("cleo", "dan")

    prepared = deciding.prepare(
        offices.installations["dan"], "dan", case, Position.APPROVE, given=offices.terms("dan", case, users=12)
    )

    own = [said(row.value) for row in prepared.rows if row.topic is RowTopic.AGAINST_OWN]
    theirs = [said(row.value) for row in prepared.rows if row.topic is RowTopic.AGAINST_OTHER]
    assert len(own) == 1
    assert "12 people instead of 10 people" in own[0]
    assert theirs[0] == "The very same terms."
    assert theirs[1] == "Two teams need it."
