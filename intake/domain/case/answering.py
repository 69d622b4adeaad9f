"""Who may report a commitment, confirm it or send it back, as the refusal to show.

Screens and services ask here before something is signed. What was signed is judged by what its author had seen (``promised``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.case.allowed import CaseRights, NotInOffice
from intake.domain.case.carrying import CommitmentProgress, Tracked
from intake.domain.case.commitment import Commitment, CommitmentSource
from intake.domain.case.fold import CaseState
from intake.domain.case.handing import signs
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.offices import holders


class NotYoursToReport(Refusal):
    what = "You cannot report “{text}”: it is for {owner} to meet."
    why = "The person who has to meet it answers for it with their own signature."
    next = "Ask them to report it, or let both offices name somebody else in new terms."


class CommitmentSettled(Refusal):
    what = "“{text}” needs no report any more: it is {progress}."
    why = "What an office has confirmed, or both have given up, is settled."
    next = "Look at the use case for what is still open."


class NothingReported(Refusal):
    what = "Nobody has reported that “{text}” is met, so there is nothing to answer."
    why = "An office answers exactly one report, so that it is known what it has looked at."
    next = "Wait for the report, or leave a comment."


class OtherOfficeAsked(Refusal):
    what = "The {office} asked for “{text}”, and answers reports on it."
    why = "Who asked for something knows best whether what is shown is enough."
    next = "Leave a comment; the {office} sees it. What worries your office can be suspended at once."


class OwnReport(Refusal):
    what = "You cannot confirm “{text}”: you reported it, or have to meet it yourself."
    why = "Nobody confirms their own work."
    next = "Another holder of your office confirms it, or the other office where it may."


class NobodyToConfirm(Refusal):
    what = "Nobody could confirm “{text}”: {reason}."
    why = "Nobody confirms what they have to meet themselves, nor in a use case in which they have a part. It would stay open for ever."
    next = "Let somebody else meet it, or ask an administrator to list another holder of the office."


class ConditionOfGone(Refusal):
    what = "The condition “{text}” is for {person}, who has no key any more."
    why = "The person who meets a condition signs that it is met, and nobody else may."
    next = "Name somebody else to meet it."


_MEETS_ALONE = Wording(
    "AloneMeetsAndConfirms", "{owner} has to meet it, and alone holds the office of the {office}, which confirms it"
)


def against_asking(
    asked: Iterable[Commitment], state: CaseState, rosters: RosterHistory, today: date
) -> Refusal | None:
    """Why terms ask for something that nobody could report, or confirm, by today's roster; None where each has somebody.

    What is settled already, or given up, is not among what is ``asked``. An office that nobody holds is another matter: nothing is
    decided before somebody does, and that one confirms.
    """
    current = state.current
    if current is None:
        return None
    in_force = [item.roster for item in rosters.in_force]
    held = {office: holders(in_force, office, today, unit=current.body.unit, case=state.case) for office in Office}
    # Who is in both offices speaks as the CIO (``office_of``).
    held[Office.CISO] -= held[Office.CIO]
    held = {office: people - frozenset(current.parties) for office, people in held.items()}
    for item in asked:
        if item.source is CommitmentSource.CONDITION and not signs(rosters.person(item.owner)):
            return ConditionOfGone(text=item.text, person=rosters.name(item.owner))
        if item.office and held[item.office] == {item.owner}:
            reason = _MEETS_ALONE(owner=rosters.name(item.owner), office=item.office.label)
            return NobodyToConfirm(text=item.text, reason=reason)
    return None


def against_report(state: CaseState, rosters: RosterHistory, person: str, item: Tracked) -> Refusal | None:
    """Why this person cannot report a commitment; None when they can."""
    asked = item.commitment
    if item.progress.settled:
        return CommitmentSettled(text=asked.text, progress=item.progress.value)
    owes = asked.owner == person or (asked.name and person not in state.owners and rosters.succeeds(person, state.case))
    return None if owes else NotYoursToReport(text=asked.text, owner=rosters.name(asked.owner))


def against_return(may: CaseRights, item: Tracked) -> Refusal | None:
    """Why somebody with these rights cannot send a report back; None when they can."""
    asked = item.commitment
    if may.office is None:
        return NotInOffice()
    if asked.office not in (None, may.office):
        return OtherOfficeAsked(office=may.office.other.label, text=asked.text)
    return None if item.reports else NothingReported(text=asked.text)


def against_confirming(state: CaseState, may: CaseRights, person: str, item: Tracked) -> Refusal | None:
    """Why this person cannot confirm a commitment; None when they can."""
    if found := against_return(may, item) or may.approve:
        return found
    mine = {item.commitment.owner, *(state.event(name).act.person for name in item.reports[-1:])}
    return OwnReport(text=item.commitment.text) if person in mine else None


def to_answer(state: CaseState, may: CaseRights, person: str) -> Tracked | None:
    """The first commitment whose report waits for this person to confirm it or to send it back."""
    waiting = (item for item in state.commitments if item.progress is CommitmentProgress.REPORTED and item.current)
    return next((item for item in waiting if against_confirming(state, may, person, item) is None), None)


def asked_by(office: Office | None) -> str:
    """The office that confirms a commitment, for a line of text; both where either does."""
    return office.label if office else f"{Office.CIO.label} / {Office.CISO.label}"
