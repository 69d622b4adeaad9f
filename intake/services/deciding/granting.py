"""Whether what an office would grant may be granted: asked before it signs. The fold asks the same of what was signed, as far
as it follows from signed bytes (``domain.assessment.granting``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.assessment.granted import Granted
from intake.domain.assessment.granting import against_limits, evidence_missing
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import enumerated, on_day
from intake.domain.case.carrying import against_carrying
from intake.domain.case.fold import CaseState
from intake.domain.case.gate import against_gate
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.doable import FIRST_DAY_AWAY, begins_far_off, begins_unasked
from intake.domain.terms.in_lines import stage_named, waived
from intake.domain.terms.stages import StageStep, granted_to, larger
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT, evidence
from intake.domain.terms.widening import widened
from intake.services.deciding.carried_terms import (
    asked_again,
    commitment_names,
    contained,
    may_be_waived,
    missing_commitments,
)


class NotGrantable(Refusal):
    what = "These terms cannot be approved: {reason}."
    why = "What is granted is judged like what is asked for, and the playbook sets limits that no signature lifts."
    next = "Change the terms; what they are judged as, and what scaled use lacks, is shown above the fields."


class LargerThanAsked(Refusal):
    what = "These terms grant the stage “{granted}”, and this revision asks for “{asked}”."
    why = "The questions of a larger step were put off, so nobody has answered for it."
    next = "Choose “{asked}” or a smaller step; for a larger one the owner files again."


class FirstDayFarOff(Refusal):
    what = "These terms hold from {day}, more than {limit} days from today."
    why = "How long an approval lasts counts from its first day, so that day has to be near the day on which it is signed."
    next = "Choose a first day within {limit} days under “From”."


class FirstDayUnasked(Refusal):
    what = "These terms hold from {day}, and what they answer was filed on {filed}."
    why = "The record would say that it was allowed on days on which nobody had asked for it yet."
    next = "Choose {filed} or a later day under “From”."


class WiderWithoutReason(Refusal):
    what = "These terms allow more than was asked for, or something else, and no reason is given: {fields}."
    why = "Who reads the record later must see why the offices went beyond what the owner asked for."
    next = "Write the reason in one or two sentences, or take these changes back."


class NothingToWaive(Refusal):
    what = "These terms waive what is not missing: {what}."
    why = "A waiver is printed on the first page of the record, and would say that something was given up."
    next = "Take the waiver back."


class AskedAgain(Refusal):
    what = "These terms ask in the same words for what was confirmed before: {commitments}."
    why = "What is asked for in the same words is the same commitment, so it would count as done at once."
    next = "Say in other words what is to be done again, or leave it out."


def against_grant(state: CaseState, playbook: Playbook, granted: Granted, given: Terms, today: date) -> Refusal | None:
    """Why nobody can approve these terms today, by what the playbook makes of them and by the gate to scaled use."""
    asked = _asked(state)
    if larger(given.stage, asked):
        return LargerThanAsked(granted=stage_named(given.stage), asked=stage_named(asked))
    missing, revision = missing_at_gate(state, granted, given, today), state.current
    assert revision is not None  # terms are given on a revision
    may = {*missing, *may_be_waived(state, granted, given, revision)}
    known = contained(granted, given, revision)
    names = {**playbook.labels, **commitment_names(state), **{item.id: item.text for item in known.values()}}
    if again := asked_again(state, given):
        return AskedAgain(commitments=enumerated(again))
    carried = against_carrying(given, known.values(), state.commitments, max(given.begins, today))
    if carried is None and (needless := next((item for item in given.waivers if item.what not in may), None)):
        return NothingToWaive(what=waived(needless, names))
    if reason := against_limits(granted.on_terms, given, playbook.labels) or _at_gate(state, given, today) or carried:
        return NotGrantable(reason=reason)
    if begins_far_off(given, today):
        return FirstDayFarOff(day=on_day(given.begins), limit=FIRST_DAY_AWAY)
    if begins_unasked(given, filed := state.event(revision.id).act.at.date()):
        return FirstDayUnasked(day=on_day(given.begins), filed=on_day(filed))
    return None


def _at_gate(state: CaseState, given: Terms, today: date) -> Reason | None:
    """Why terms do not pass the gate, by what was in force when the revision was filed, and by what is now."""
    now = state.in_force.terms if state.in_force else None
    assert state.current is not None  # terms are given on a revision
    filed = state.event(state.current.id).act.at.date()
    return against_gate(given, state.before, filed) or against_gate(given, now, today)


def steps_open(state: CaseState) -> tuple[StageStep, ...]:
    """The steps that the newest revision can be granted, each with what it takes after what is in force."""
    before, asked = state.in_force, _asked(state)
    stage = before.terms.stage if before and before.terms else Stage.IDEA
    if asked is Stage.SCALED and state.before is None:
        stage = Stage.IDEA  # what came after it was filed does not open the gate
    return granted_to(stage, asked)


def missing_at_gate(state: CaseState, granted: Granted, given: Terms, today: date) -> tuple[str, ...]:
    """What these terms lack, waived or not, as ``Waiver.what`` names it: commitments that are open, and what scaled use lacks
    besides. Nothing where the step cannot be granted at all.
    """
    revision = state.current
    if revision is None or larger(given.stage, _asked(state)):
        return ()
    commitments = missing_commitments(state, granted, given, revision, today)
    if given.stage is not Stage.SCALED:
        return commitments
    bare = replace(given, waivers=())
    pilot = (PILOT,) if _at_gate(state, bare, today) else ()
    return (*pilot, *(evidence(name) for name in evidence_missing(granted.on_terms, bare)), *commitments)


def _asked(state: CaseState) -> Stage:
    assert state.current is not None  # terms are given on a revision
    return state.current.body.stage


def against_widening(state: CaseState, granted: Granted, given: Terms, office: Office, reason: str) -> Refusal | None:
    """Whether a reason is missing. Who signs what the other office signed leans on the reason that one gave."""
    theirs = (state.opinion(name) for name in state.positions[office.other])
    if reason or any(body.terms == given for body in theirs):
        return None
    fields = widened(granted.wanted, given.boundaries)
    return WiderWithoutReason(fields=enumerated([item.named for item in fields])) if fields else None
