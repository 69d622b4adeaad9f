"""What a statement of standing is worth to somebody who trusts an organisation, and which of two pictures counts.

The signature says who stated it and nothing about whether they may: that follows from the chain of rosters of the organisation
the verifier names. A statement is as old as it is. Where acts of the case are at hand that its signer did not know, they are
newer and count. Acts that it names and that are not at hand take away what the acts here leave in force, and give nothing back:
its signer alone could have made them up. Doubt never approves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from intake.domain.acts.checkpoint import Heads, floors
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, Sentence, Wording, on_day, together, worded
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.record_standing import Standing
from intake.domain.case.standing_said import KnownBy, KnownOn, StandsToday, not_known, stands_today
from intake.domain.case.statement import StandingStatement
from intake.domain.organisation.rights import Right, Strength
from intake.domain.organisation.roster import Role, scopes_of
from intake.services.organisation.unread_rosters import roster_unread
from intake.services.proving.anchors import Anchor
from intake.services.proving.judged import NOBODY_TRUSTED, Result, StatementJudged
from intake.services.proving.standing_today import checkpoints_that_count
from intake.trust.refusals import BadEncoding, NotSigned, SignedFileTooLarge
from intake.trust.statements import verify_statement

STATING = (Role.RECORDS, Role.CIO, Role.CISO)
"""Who may state what became of a record: who keeps the records, and the offices."""

MAX_STATEMENT = 4 << 20
"""Bytes: a file that is larger is none, and is not read."""

_ROLES = worded(
    Caption,
    {
        Role.RECORDS: ("StatedByRecords", "the records team"),
        Role.CIO: ("StatedByCio", "the CIO"),
        Role.CISO: ("StatedByCiso", "the CISO"),
    },
)
_OTHER_RECORD = Sentence(
    "StatementOfOtherRecord", "The statement of standing is about another record: its SHA-256 begins with {record}."
)
_OTHER_CASE = Sentence("StatementOfOtherCase", "The statement of standing is about another use case than the record.")
_OTHER_ORGANISATION = Sentence(
    "StatementOfOtherOrganisation", "The statement of standing is of another organisation than the one you trust."
)
_NO_RIGHT = Sentence(
    "StatementWithoutRight", "The statement of standing is signed by {who} and is worth nothing: {reason}."
)
_UNSURE = Sentence("StatementUnsure", "It cannot be said what the statement of standing is worth: {reason}.")
_AHEAD = Wording("StatementAhead", "it is dated on {day}, which is still to come")
_STATED = Sentence(
    "StatedDaysAgo",
    "{who}, for {role}, stated it on {day}, {count} days ago, as known on {known}.",
    one="{who}, for {role}, stated it on {day}, a day ago, as known on {known}.",
)
_STATED_TODAY = Sentence("StatedToday", "{who}, for {role}, stated it today, as known on {known}.")
_AGREES = Sentence("StatementAgrees", "The acts of this use case here say the same.")
_ACTS_NEWER = Sentence(
    "StatementLosesToActs",
    "The statement of standing says something else, and acts of this use case here are newer: they count.",
)
_ACTS_OTHERWISE = Sentence(
    "StatementLosesToSameActs",
    "The statement of standing says something else than the acts and rosters here, which it had seen: they count.",
)
_KNOWS_MORE = Sentence("StatementKnowsMore", "It knows acts of this use case that are not here.")
_BRING_ACTS = Sentence(
    "StatementByActsNotHere",
    "The statement of standing rests on acts of this use case that are not here; until they are, what is here counts.",
)
_STRICTER = Sentence(
    "StatementBesideActs",
    "The statement of standing and the acts here each know something the other does not; the stricter of the two counts.",
)
_OLDER_THAN_CHECKPOINT = Wording(
    "StatementOlderThanCheckpoint",
    "the statement of {day} is older than the checkpoint of {checkpoint}, which lists newer acts of the use case",
)
_DO_NOT_RELY = Sentence(
    "DoNotRelyOnStatement",
    "Do not rely on this statement. Ask the records team for a statement of standing of this record.",
)
_GIVE_ROSTERS = Sentence(
    "StatementNeedsRosters",
    "Give the organisation’s id (--org) and its rosters with their endorsements (--acts), then check it again.",
)
_READ_AGE = Sentence(
    "StatementMindItsAge", "Mind its age: what came after it is not in it. Ask for a newer one where it matters."
)


@dataclass(frozen=True, slots=True)
class RecordAsked:
    """The record in question: its SHA-256, the state of its case by the acts at hand, what became of it by them, and the last day
    that the file gives for its terms.
    """

    sha256: str
    state: CaseState | None
    stands: StandsToday
    ends: date | None = None


def weigh_statement(blob: bytes, asked: RecordAsked, anchor: Anchor) -> tuple[StatementJudged, StandsToday]:
    """The verdict on a statement, and what became of the record by it and by what is at hand."""
    try:
        statement = verify_statement(blob).statement
    except (NotSigned, SignedFileTooLarge, BadEncoding) as refusal:
        return StatementJudged(Result.UNREADABLE, refusal.given, _DO_NOT_RELY()), asked.stands
    except Refusal as refusal:
        return StatementJudged(Result.FAILED, refusal.given, _DO_NOT_RELY()), asked.stands
    told = _judged(statement, asked, anchor)
    return _weighed(told, statement, asked, anchor) if told.result is Result.PASSED else (told, asked.stands)


def right_to_state(statement: StandingStatement, units: tuple[str, ...], anchor: Anchor) -> tuple[Role | None, Right]:
    """For which role its signer may state it. Where it was signed in time cannot be shown, so a right that ended gives none."""
    scopes = scopes_of(units, statement.case)
    rights = {
        role: anchor.rosters.right(statement, frozenset({role}), lambda _: False, scopes=scopes) for role in STATING
    }
    role = next((role for role, right in rights.items() if right.strength is Strength.FULL), None)
    whole = anchor.rosters.right(statement, frozenset(STATING), lambda _: False, scopes=scopes)
    return role, whole


def _judged(statement: StandingStatement, asked: RecordAsked, anchor: Anchor) -> StatementJudged:
    day, rosters = anchor.today(), anchor.rosters
    base = StatementJudged(
        Result.FAILED,
        _OTHER_ORGANISATION(),
        _DO_NOT_RELY(),
        statement,
        rosters.name(statement.person),
        age=(day - statement.at.date()).days,
    )
    if not anchor.org:
        return replace(base, result=Result.INDETERMINATE, said=NOBODY_TRUSTED(), step=_GIVE_ROSTERS())
    if statement.org != anchor.org:
        return base
    if statement.record != asked.sha256:
        return replace(base, said=_OTHER_RECORD(record=statement.record[:16]))
    if asked.state is not None and asked.state.case != statement.case:
        return replace(base, said=_OTHER_CASE())
    role, right = right_to_state(statement, _units(asked.state), anchor)
    unread = roster_unread(rosters)
    if right.strength is Strength.WAITS or (role is not None and unread):
        reason = unread.given if unread else right.reason or ""
        return replace(base, result=Result.INDETERMINATE, said=_UNSURE(reason=reason), step=_GIVE_ROSTERS())
    if role is None:
        return replace(base, said=_NO_RIGHT(who=base.name, reason=right.reason or ""))
    if (claimed := max(statement.at.date(), statement.known_on)) > day:
        said = _UNSURE(reason=_AHEAD(day=on_day(claimed)))
        return replace(base, result=Result.INDETERMINATE, said=said)
    known = on_day(statement.known_on)
    if base.age == 0:
        said = _STATED_TODAY(who=base.name, role=_ROLES[role](), known=known)
    else:
        said = _STATED(who=base.name, role=_ROLES[role](), day=on_day(statement.at.date()), count=base.age, known=known)
    return replace(base, result=Result.PASSED, said=said, step=_READ_AGE(), role=role.value)


def _units(state: CaseState | None) -> tuple[str, ...]:
    return tuple(item.body.unit for item in state.filed) if state is not None else ()


def _weighed(
    told: StatementJudged, statement: StandingStatement, asked: RecordAsked, anchor: Anchor
) -> tuple[StatementJudged, StandsToday]:
    here = asked.stands
    stated = _as_stated(told, statement, anchor, asked.ends)
    newer, absent = _newer_here(statement, asked.state), _absent_here(statement, asked.state)
    if asked.state is None or here.stands.standing is Standing.NOT_KNOWN:
        found, decides, more = stated, True, None
    elif here.stands.standing is stated.stands.standing:
        found, decides, more = here, False, _AGREES()
    elif absent and here.holds:
        found, decides, more = stated, True, _STRICTER() if newer else _KNOWS_MORE()
    elif absent:
        # Of what does not hold either way, what is here to be looked at.
        found, decides, more = here, False, _STRICTER() if newer else _BRING_ACTS()
    else:
        found, decides, more = here, False, _ACTS_NEWER() if newer else _ACTS_OTHERWISE()
    said = together(told.said, more)
    known = said if decides else together(found.known, said)
    return replace(told, said=said, decides=decides), replace(found, known=known)


def _as_stated(told: StatementJudged, statement: StandingStatement, anchor: Anchor, ends: date | None) -> StandsToday:
    """What it says, on this day: what it called in force ends on the last day it gives, and on that of the terms both signed."""
    known_on = KnownOn(KnownBy.STATEMENT, statement.known_on)
    late = _listed_since(statement, anchor)
    day, found = anchor.today(), statement.stands
    if found.standing is Standing.IN_FORCE and late is not None:
        why = _OLDER_THAN_CHECKPOINT(day=on_day(statement.at.date()), checkpoint=late)
        return replace(not_known(why, known_on), known=told.said)
    if found.standing is Standing.IN_FORCE and found.until is not None and ends is not None:
        found = replace(found, until=min(found.until, ends))
    if found.standing is Standing.IN_FORCE and found.until is not None and day > found.until:
        found = replace(found, standing=Standing.EXPIRED, since=found.until)
    return replace(stands_today(found, known_on, day, anchor.rosters.name), known=told.said)


def _listed_since(statement: StandingStatement, anchor: Anchor) -> Reason | None:
    """The day of a checkpoint after the statement that lists an act of the case which its signer did not know of."""
    for act, heads in checkpoints_that_count(anchor):
        if act.at <= statement.at:
            return None
        if not heads.by_case.get(statement.case, frozenset()) <= frozenset(statement.heads):
            return on_day(act.at.date())
    return None


def _newer_here(statement: StandingStatement, state: CaseState | None) -> bool:
    """Whether an act with a say is here that the signer did not know of."""
    if state is None:
        return False
    acts = {event.act.id: event.act for event in state.events}
    known = Heads({state.case: frozenset(statement.heads)}).covered(state.case, acts)
    return any(event.judgement.force in WITH_A_SAY and event.act.id not in known for event in state.events)


def _absent_here(statement: StandingStatement, state: CaseState | None) -> bool:
    here = floors(event.act for event in state.events) if state is not None else {}
    return not Heads({statement.case: frozenset(statement.heads)}).all_here(statement.case, here)
