"""Commitments at the desks: carried by themselves, given up with a reason, and what the gate to scaled use asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.domain.acts.kinds import CONFIRM, Office
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.answering import CommitmentSettled, NothingReported, NotYoursToReport, OtherOfficeAsked
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import CommitmentSource, condition_of
from intake.domain.case.judge import Force
from intake.domain.case.naming import shown
from intake.domain.case.phases import RecordState
from intake.domain.case.verbs import OpinionVerb
from intake.domain.terms.terms import Condition, Terms
from intake.domain.terms.waivers import Waiver
from intake.domain.terms.waivers import commitment as waived
from intake.records.editions.e1 import composing
from intake.services.deciding import deciding, granting, reviewing
from intake.services.deciding.commitment_lines import lines_of
from intake.services.deciding.granting import AskedAgain
from intake.services.deciding.reasons import ReasonMissing
from intake.services.deciding.reviewing import CaseView
from intake.services.filing import committing
from intake.services.filing.committing import CommitmentsAlike, NoSuchCommitment, ReportFile
from intake.services.filing.evidence import EmptyFile
from intake.services.installation.act_writer import ActWriter, CaseMoved
from tests.services import patched
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, stage

EVERYBODY = ("ada", "bob", "cleo", "dan")


@pytest.fixture
def case(offices: Offices) -> str:
    return promised(offices)


@stage
def promised(offices: Offices) -> str:
    """Decided with a condition of the CISO that is for Ada, and known to everybody."""
    found = filed_with_both(offices)
    offices.travel("ada", *EVERYBODY)
    decide(offices, found, with_training(offices, found))
    return found


def training_of(offices: Offices) -> Condition:
    return Condition(offices.clock.now.date() + timedelta(days=10), "ada", "Train the team", "The list", "ciso")


def with_training(offices: Offices, case: str) -> Terms:
    return replace(looked(offices, case).proposal, conditions=(training_of(offices),))


def looked(offices: Offices, case: str, name: str = "dan") -> CaseView:
    return reviewing.look(offices.installations[name], case, name)


def decide(offices: Offices, case: str, given: Terms) -> None:
    for name in ("dan", "cleo"):
        offices.decide(name, case, given=given)
        offices.travel(name, *EVERYBODY)
    if (waits := offices.installations["ada"].state(case).acceptance) and waits.awaits:
        offices.accept(case, *EVERYBODY)
    assert offices.installations["ada"].state(case).in_force.terms == given  # type: ignore[union-attr]


def again(offices: Offices, case: str) -> CaseView:
    """Ada files the next revision; what the CISO sees of it."""
    offices.file(case=case)
    offices.travel("ada", *EVERYBODY)
    return looked(offices, case)


def tracked(offices: Offices, case: str, name: str, who: str = "ada") -> Tracked:
    return committing.find(offices.installations[who].state(case), name)


def report(offices: Offices, case: str, name: str, *files: ReportFile) -> str:
    made = committing.report(offices.installations["ada"], offices.signer("ada"), case, name, "Done.", files)
    offices.travel("ada", *EVERYBODY)
    return made.act


def confirm(offices: Offices, case: str, name: str, who: str = "dan") -> None:
    committing.confirm(offices.installations[who], offices.signer(who), case, name)
    offices.travel(who, *EVERYBODY)


def refused(offices: Offices, case: str, given: Terms) -> Refusal:
    with pytest.raises(Refusal) as found:
        deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given)
    return found.value


def test_what_both_agreed_on_is_the_conditions_the_controls_and_the_duties(offices: Offices, case: str) -> None:
    every = offices.installations["ada"].state(case).commitments
    view = looked(offices, case)
    judged = view.judged(view.proposal)
    assert judged is not None

    sources = {item.commitment.source for item in every}
    assert sources == set(CommitmentSource)
    assert {item.commitment.name for item in every if item.commitment.name} == {
        *(item.control.id for item in judged.on_terms.controls),
        *(item.duty.id for item in judged.on_terms.duties),
    }
    assert {item.commitment.owner for item in every} == {"ada"}
    offices_asked = {item.commitment.role: item.commitment.office for item in every}
    assert offices_asked.get("CISO", Office.CISO) is Office.CISO
    assert offices_asked.get("Business owner") is None


def test_an_ordinary_reviewer_does_nothing_and_all_goes_on(offices: Offices, case: str) -> None:
    view = again(offices, case)

    assert view.proposal.conditions == (training_of(offices),)
    assert view.missing(view.proposal) == ()
    assert view.against_grant(view.proposal) is None
    assert view.verb(view.proposal) is OpinionVerb.APPROVE
    decide(offices, case, view.proposal)
    name = condition_of(training_of(offices)).id
    assert tracked(offices, case, name).progress is CommitmentProgress.OPEN


@pytest.mark.exhaustive
def test_an_overdue_condition_goes_on_too(offices: Offices, case: str) -> None:
    wanted = training_of(offices)
    offices.clock.now += timedelta(days=20)
    view = again(offices, case)

    assert view.proposal.conditions == (wanted,)
    decide(offices, case, replace(view.proposal, begins=offices.clock.now.date()))


def test_what_is_left_out_is_refused_before_it_is_signed_and_may_be_given_up_with_a_reason(
    offices: Offices, case: str
) -> None:
    view = again(offices, case)
    bare = replace(view.proposal, conditions=())
    name = waived(condition_of(training_of(offices)).id)

    assert "it leaves out what both had agreed on and nobody has confirmed: Train the team" in str(
        refused(offices, case, bare).sentence
    )
    assert view.missing(bare) == ((name, "the commitment “Train the team”"),)
    given_up = replace(bare, waivers=(Waiver(name, "The team left."),))
    decide(offices, case, given_up)
    now = tracked(offices, case, condition_of(training_of(offices)).id)
    assert (now.progress, now.waiver) == (CommitmentProgress.WAIVED, "The team left.")


@pytest.mark.exhaustive
def test_patched_programs_of_both_offices_drop_nothing(offices: Offices, case: str) -> None:
    view = again(offices, case)
    bare = replace(view.proposal, conditions=())
    for name in ("dan", "cleo"):
        patched.approve(offices, name, case, bare)
        offices.travel(name, *EVERYBODY)

    state = offices.installations["ada"].state(case)
    said = [event for event in state.events if event.act.kind == "opinion"][-2:]
    assert [(event.judgement.force, event.judgement.reason.code) for event in said if event.judgement.reason] == [
        (Force.IGNORED, "TermsLeaveOut")
    ] * 2
    assert state.in_force is not None
    assert state.in_force.terms != bare


def test_nobody_waives_what_the_law_demands(offices: Offices, case: str) -> None:
    every = offices.installations["dan"].state(case).commitments
    law = next(item.commitment for item in every if item.commitment.law)
    view = again(offices, case)
    giving_up = replace(view.proposal, waivers=(Waiver(waived(law.id), "No time."),))

    found = refused(offices, case, giving_up)
    assert isinstance(found, granting.NotGrantable)
    assert f"it waives what the law demands: {law.text}" in found.sentence


def test_a_control_that_is_asked_for_may_be_given_up_and_what_is_asked_by_nobody_may_not(
    offices: Offices, case: str
) -> None:
    every = offices.installations["dan"].state(case).commitments
    control = next(item.commitment for item in every if item.commitment.source is CommitmentSource.CONTROL)
    view = again(offices, case)
    nothing = replace(view.proposal, waivers=(Waiver(waived("a" * 64), "No time."),))
    giving_up = replace(view.proposal, waivers=(Waiver(waived(control.id), "The provider does it."),))

    assert isinstance(refused(offices, case, nothing), granting.NothingToWaive)
    assert view.missing(giving_up) == ((waived(control.id), f"the commitment “{control.text}”"),)
    decide(offices, case, giving_up)
    assert tracked(offices, case, control.id).progress is CommitmentProgress.WAIVED
    # Asked for again and not given up again, it is open again.
    later = again(offices, case)
    assert later.proposal.waivers == ()
    decide(offices, case, later.proposal)
    assert tracked(offices, case, control.id).progress is CommitmentProgress.OPEN


def test_what_the_playbook_asks_for_no_more_is_given_up_by_itself_and_seen(offices: Offices, case: str) -> None:
    """Narrower boundaries call for less; the reason says so among what both sign."""
    state = offices.installations["dan"].state(case)
    view = again(offices, case)
    judged = view.judged(view.proposal)
    assert judged is not None
    known = {item.control.id for item in judged.on_terms.controls} | {item.duty.id for item in judged.on_terms.duties}
    gone = {
        item.commitment.id for item in state.commitments if item.commitment.name and item.commitment.name not in known
    }

    assert {item.commitment for item in view.proposal.waivers} == gone
    assert view.against_grant(view.proposal) is None


def test_a_report_is_answered_by_the_office_that_asked_and_by_nobody_else(offices: Offices, case: str) -> None:
    name = condition_of(training_of(offices)).id
    installations = offices.installations
    with pytest.raises(NothingReported):
        confirm(offices, case, name)
    with pytest.raises(NotYoursToReport):
        committing.report(installations["bob"], offices.signer("bob"), case, name, "Done.")
    with pytest.raises(ReasonMissing):
        committing.report(installations["ada"], offices.signer("ada"), case, name, " ")
    with pytest.raises(EmptyFile):
        committing.report(installations["ada"], offices.signer("ada"), case, name, "Done.", [ReportFile("a.txt", b"")])
    with pytest.raises(NoSuchCommitment):
        committing.report(installations["ada"], offices.signer("ada"), case, "", "Done.")
    report(offices, case, name[:10], ReportFile("list.txt", b"Ada"))
    with pytest.raises(OtherOfficeAsked):
        confirm(offices, case, name, "cleo")
    (line,) = [one for one in lines_of(installations["dan"], installations["dan"].state(case), "dan") if one.reports]
    assert [file.name for file in line.reports[0].files] == ["list.txt"]
    assert (line.may_confirm, line.may_return, line.may_report) == (True, True, False)
    confirm(offices, case, name[:10])
    assert tracked(offices, case, name).progress is CommitmentProgress.CONFIRMED
    with pytest.raises(CommitmentSettled):
        report(offices, case, name)


def test_nothing_is_signed_of_a_case_that_moved_meanwhile(offices: Offices, case: str) -> None:
    name = condition_of(training_of(offices)).id
    before = shown(offices.installations["ada"].state(case))
    report(offices, case, name)

    with pytest.raises(CaseMoved):
        committing.report(offices.installations["ada"], offices.signer("ada"), case, name, "Again.", seen=before)
    with pytest.raises(CaseMoved):
        committing.confirm(offices.installations["dan"], offices.signer("dan"), case, name, seen=before)
    with pytest.raises(CaseMoved):
        committing.send_back(offices.installations["dan"], offices.signer("dan"), case, name, "No.", seen=before)


def test_a_patched_office_confirms_nothing_it_did_not_ask_for(offices: Offices, case: str) -> None:
    name = condition_of(training_of(offices)).id
    made = report(offices, case, name)
    writer = ActWriter(offices.installations["cleo"], offices.signer("cleo"))
    forged = writer.write(CONFIRM, ConfirmBody(Office.CIO, name, made), case=case)
    writer.store()
    offices.travel("cleo", *EVERYBODY)

    judgement = offices.installations["ada"].state(case).event(forged.act.id).judgement
    assert (judgement.force, judgement.reason and judgement.reason.code) == (Force.IGNORED, "OfficeNotAsking")
    assert tracked(offices, case, name).progress is CommitmentProgress.REPORTED


def test_the_beginning_of_two_ids_names_neither(offices: Offices, case: str) -> None:
    state = offices.installations["ada"].state(case)
    one, other = state.commitments[:2]
    alike = [
        replace(item, commitment=replace(item.commitment, id=f"abc{end}")) for item, end in ((one, "1"), (other, "2"))
    ]
    both = replace(state, commitments=tuple(alike))

    with pytest.raises(CommitmentsAlike):
        committing.find(both, "abc")
    assert committing.find(both, "ABC2") is alike[1]


@pytest.mark.exhaustive
def test_what_was_confirmed_is_not_asked_for_again_in_the_same_words(offices: Offices, case: str) -> None:
    name = condition_of(training_of(offices)).id
    report(offices, case, name)
    confirm(offices, case, name)
    view = again(offices, case)
    same = replace(view.proposal, conditions=(training_of(offices),))

    with pytest.raises(AskedAgain) as refused:
        offices.decide("dan", case, given=same)

    assert "Train the team" in words(refused.value.given)
    anew = replace(training_of(offices), text="Train the new team")
    offices.decide("dan", case, given=replace(same, conditions=(anew,)))


def test_the_record_says_of_each_commitment_what_it_was_when_it_was_signed(offices: Offices, case: str) -> None:
    name = condition_of(training_of(offices)).id
    report(offices, case, name)
    confirm(offices, case, name)
    state = offices.installations["dan"].state(case)
    control = next(item.commitment for item in state.commitments if item.commitment.source is CommitmentSource.CONTROL)
    view = again(offices, case)
    given = replace(view.proposal, waivers=(Waiver(waived(control.id), "The provider does it."),))

    assert (given.conditions, given.confirmed) == ((), (name,))
    decide(offices, case, given)
    # What somebody reports afterwards changes nothing of what both have signed.
    report(
        offices,
        case,
        next(item.commitment.id for item in state.commitments if item.commitment.id not in (name, control.id)),
    )
    dan = offices.installations["dan"]
    after = dan.state(case)
    assert after.current is not None
    printed = composing.decision(dan.case_file(after, after.current, given), given)
    said = {
        row[0]: row[-1]
        for section in printed.sections
        for block in section.blocks
        for row in getattr(block, "rows", ())
    }
    facts = {item["id"]: item["state"] for item in printed.facts["commitments"]}

    # The only commitment of earlier terms stands below its state.
    texts = [getattr(block, "text", "") for section in printed.sections for block in section.blocks]
    assert (said["Train the team"], said[control.text]) == ("Train the team", "Given up")
    assert "State of each: Confirmed." in texts
    assert facts[control.id] == "waived"
    assert set(facts.values()) == {"waived", "open"}
    assert after.decision is not None
    assert after.decision.record_state is RecordState.SEALED
    assert "The provider does it." in str(printed.summary)
