"""The second answer about a record in words: whether it stands, as known on which day, and what follows for who reads it.

``record_standing`` finds it by the acts that are at hand. A picture is only as fresh as what it was drawn from: the newest
checkpoint by which the records team vouches for what there was (rule R8); where none is here, the newest act of the case, and
then nobody vouches that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.acts.kinds import HAND_OVER, LIFT, RETIRE, SUSPEND, Office
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Caption, Sentence, Wording, listed, on_day, together, worded
from intake.domain.case.record_standing import UNKNOWN_STANDING, RecordStands, Standing, StandsBy

_UNTIL = Sentence("StandsUntil", "It is in force until {until}.")
_FROM = Sentence("StandsFrom", "It is in force from {begins} until {until}.")
_AWAITS = Sentence(
    "StandsAwaitsAcceptance", "It is not in force yet: the owner has not accepted what both offices granted."
)
_SUSPENDED = Sentence("StandsSuspended", "It is suspended since {since}, by {who}.")
_SUPERSEDED = Sentence("StandsSuperseded", "It is superseded since {since}: {reason}.")
_GOES_ON = Sentence(
    "StandsGoesOn",
    "Until {until} what it allowed goes on as far as what was decided since allows that too: the owner has not accepted it.",
)
_EXPIRED = Sentence("StandsExpired", "It has expired: what it allowed ended on {until}.")
_RETIRED = Sentence("StandsRetired", "It is not in force: the use case was retired on {since}, by {who}.")
_WITHDRAWN = Sentence("StandsWithdrawn", "It is not in force: the use case was withdrawn on {since}, by {who}.")
_WITHDRAWN_OWN = Sentence("StandsWithdrawnAsItSays", "The use case is withdrawn since {since}, as this record says.")
_DECLINED_OWN = Sentence("StandsDeclinedAsItSays", "The use case is declined since {since}, as this record says.")
_UNSETTLED = Sentence("StandsUnsettled", "It is not in force: {reason}.")
_NOTHING_IN_FORCE = Wording("StandsNothingInForce", "something in the use case has to be settled first")
_UNDECIDED = Sentence("StandsUndecided", "It never decided anything.")
_UNDECIDED_FOR = Sentence("StandsUndecidedFor", "It never decided anything: {reason}.")
_NOT_KNOWN = Sentence("StandsNotKnown", "Whether it is in force is not known: {reason}.")
_FOR_OFFICE = Caption("StandsByOffice", "the {office} ({name})")
_BY = Caption("StandsByPerson", "{name}")

NOTHING_AT_HAND = Wording(
    "StandsNothingAtHand", "neither a register nor the acts of its use case are at hand, and no statement of standing"
)
NOTICE_ALONE = Wording(
    "StandsNoticeAlone",
    "it calls itself a notice, which changes a record, and neither a register nor the acts of its use case are at hand",
)
SIGNATURES_FAIL = Wording("StandsSignaturesFail", "its signatures do not hold")
NOT_NAMED = Wording("StandsNotNamed", "no act at hand names this file or its pages")
ABSENT = Wording(
    "StandsActsAbsent", "on {day} the records team had seen acts of its use case that are not here, and may end it"
)

_BY_CHECKPOINT = Sentence("KnownByCheckpoint", "As known on {day}, the newest checkpoint of the records team here.")
_BY_CHECKPOINT_AND_ACTS = Sentence(
    "KnownByCheckpointAndActs",
    "As known on {day}, the newest checkpoint of the records team here, and by acts of this use case until {act}.",
)
_BY_ACT = Sentence(
    "KnownByAct",
    "As known on {day}, the newest act of this use case here; no checkpoint here vouches that nothing is missing.",
)

_NOTICES = worded(
    Sentence,
    {
        SUSPEND.name: ("NoticeOfSuspension", "It is the notice that the use case was suspended on {since}, by {who}."),
        LIFT.name: ("NoticeOfLift", "It is the notice that a suspension was lifted on {since}, by {who}."),
        RETIRE.name: ("NoticeOfRetirement", "It is the notice that the use was retired on {since}, by {who}."),
        HAND_OVER.name: (
            "NoticeOfHandOver",
            "It is the notice that the use case was handed over on {since}, by {who}.",
        ),
    },
)
_CHANGES = Sentence("NoticeChanges", "It changes the record with the SHA-256 {record}.")
_CHANGES_NONE = Sentence("NoticeChangesNone", "No record had been sealed before it.")
_SINCE_THEN = Sentence("NoticeSince", "Since then {reason}.")
_NEXT_NOTICE = worded(
    Sentence,
    {
        SUSPEND.name: ("NextNoticeOfSuspension", "It must not run until both offices have lifted the suspension."),
        LIFT.name: ("NextNoticeOfLift", "It may run again only once both offices have lifted every suspension of it."),
        RETIRE.name: ("NextNoticeOfRetirement", "It must not run any more."),
        HAND_OVER.name: (
            "NextNoticeOfHandOver",
            "Once somebody has taken it over, they answer for it: look at the use case.",
        ),
    },
)
_KEEP_BOTH = Sentence("NextNoticeKeepBoth", "Keep the notice with the record it changes, and verify that one as well.")
_KEEP = Sentence("NextNoticeKeep", "Keep the notice for the files.")

_NEXT_UNTIL = worded(
    Sentence,
    {
        Standing.IN_FORCE: (
            "NextInForce",
            "Nothing needs to be done. What it allows may go on until {until}, inside its boundaries.",
        ),
        Standing.EXPIRED: (
            "NextExpired",
            "The decision ended on {until}. What it allowed must not run on; the owner files it again.",
        ),
    },
)
_NEXT = worded(
    Sentence,
    {
        Standing.AWAITS_ACCEPTANCE: (
            "NextAwaitsAcceptance",
            "Nothing new may run by it. Wait until the owner accepts it, or answers: look at the use case.",
        ),
        Standing.SUSPENDED: (
            "NextSuspended",
            "What it allowed must not run until both offices have lifted that: look at the use case.",
        ),
        Standing.SUPERSEDED: (
            "NextSuperseded",
            "Go by what came after it: look at the use case, or ask for the newer record.",
        ),
        Standing.RETIRED: ("NextRetired", "What it allowed must not run. Keep the record for the files."),
        Standing.WITHDRAWN: ("NextWithdrawn", "What it is about must not run. Keep the record for the files."),
        Standing.DECLINED: ("NextDeclined", "What was asked for must not run. Keep the record for the files."),
        Standing.UNSETTLED: (
            "NextUnsettled",
            "What it allowed must not run until that is settled: look at the use case.",
        ),
        Standing.UNDECIDED: ("NextUndecided", "Do not take it for a decision: look at the use case."),
        Standing.NOT_KNOWN: (
            "NextNotKnown",
            "Before you rely on it, ask the records team for a statement of standing, or give the acts of its use case.",
        ),
    },
)


class KnownBy(StrEnum):
    """What a standing rests on."""

    CHECKPOINT = "checkpoint"
    ACT = "act"
    """The newest act of the case: no checkpoint is here."""
    STATEMENT = "statement"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class KnownOn:
    """How fresh a picture is. ``acts`` is the day of the newest act of the case, where that is later than the checkpoint.

    ``absent`` is the day of a checkpoint that lists acts of the case which are not here.
    """

    by: KnownBy = KnownBy.NOTHING
    day: date | None = None
    acts: date | None = None
    absent: date | None = None

    @property
    def said(self) -> Reason | None:
        if self.day is None:
            return None
        if self.by is KnownBy.ACT:
            return _BY_ACT(day=on_day(self.day))
        if self.acts is not None:
            return _BY_CHECKPOINT_AND_ACTS(day=on_day(self.day), act=on_day(self.acts))
        return _BY_CHECKPOINT(day=on_day(self.day))


NOTHING_KNOWN = KnownOn()


@dataclass(frozen=True, slots=True)
class StandsToday:
    """Whether a record stands, in words: ``said`` is the answer, ``known`` how fresh it is, ``step`` what to do next."""

    stands: RecordStands
    known_on: KnownOn
    said: Reason
    step: Reason
    known: Reason | None = None

    @property
    def holds(self) -> bool:
        return self.stands.holds


def not_known(why: Reason, known_on: KnownOn = NOTHING_KNOWN) -> StandsToday:
    said = _NOT_KNOWN(reason=why)
    return StandsToday(UNKNOWN_STANDING, known_on, said, _NEXT[Standing.NOT_KNOWN](), known_on.said)


def stands_today(found: RecordStands, known_on: KnownOn, day: date, name: Callable[[str], str]) -> StandsToday:
    """``found`` in words, on ``day``; ``name`` gives what a person (id) is called.

    That nothing ended it cannot be said where acts are missing that somebody had seen. What did end it is said all the same.
    """
    if found.standing is Standing.IN_FORCE and known_on.absent is not None:
        return not_known(ABSENT(day=on_day(known_on.absent)), known_on)
    if found.standing is Standing.NOT_KNOWN:
        return not_known(found.reason or NOT_NAMED(), known_on)
    return StandsToday(found, known_on, _said(found, day, name), _step(found), known_on.said)


def _said(found: RecordStands, day: date, name: Callable[[str], str]) -> Reason:
    if found.standing in (Standing.IN_FORCE, Standing.AWAITS_ACCEPTANCE, Standing.EXPIRED):
        return _by_terms(found, day)
    since = on_day(found.since) if found.since else ""
    who: Fact = listed([_who(item, name) for item in found.by]) if found.by else ""
    match found.standing:
        case Standing.SUSPENDED:
            made = _SUSPENDED(since=since, who=who)
        case Standing.SUPERSEDED:
            goes_on = found.goes_on_until if found.goes_on_until and found.goes_on_until >= day else None
            inside = _GOES_ON(until=on_day(goes_on)) if goes_on else None
            made = together(_SUPERSEDED(since=since, reason=found.reason or ""), inside)
        case Standing.RETIRED:
            made = _RETIRED(since=since, who=who)
        case Standing.WITHDRAWN:
            made = _WITHDRAWN_OWN(since=since) if found.own else _WITHDRAWN(since=since, who=who)
        case Standing.DECLINED:
            made = _DECLINED_OWN(since=since)
        case Standing.NOTICE:
            made = _of_notice(found, since, who)
        case Standing.UNSETTLED:
            made = _UNSETTLED(reason=found.reason or _NOTHING_IN_FORCE())
        case _:
            made = _UNDECIDED_FOR(reason=found.reason) if found.reason else _UNDECIDED()
    return made


def _of_notice(found: RecordStands, since: Fact, who: Fact) -> Reason:
    notice = found.notice
    assert notice is not None  # only of a notice
    changes = _CHANGES(record=notice.changes) if notice.changes else _CHANGES_NONE()
    ended = _SINCE_THEN(reason=found.reason) if found.reason else None
    return together(_NOTICES[notice.kind](since=since, who=who), changes, ended)


def _by_terms(found: RecordStands, day: date) -> Reason:
    until = on_day(found.until) if found.until else ""
    if found.standing is Standing.AWAITS_ACCEPTANCE:
        return _AWAITS()
    if found.standing is Standing.EXPIRED:
        return _EXPIRED(until=until)
    if found.begins is not None and found.begins > day:
        return _FROM(begins=on_day(found.begins), until=until)
    return _UNTIL(until=until)


def _who(item: StandsBy, name: Callable[[str], str]) -> Reason:
    if item.office:
        return _FOR_OFFICE(office=Office(item.office).label, name=name(item.person))
    return _BY(name=name(item.person))


def _step(found: RecordStands) -> Reason:
    if found.notice is not None:
        keep = _KEEP_BOTH() if found.notice.changes else _KEEP()
        return together(None if found.reason else _NEXT_NOTICE[found.notice.kind](), keep)
    if found.standing in _NEXT_UNTIL:
        return _NEXT_UNTIL[found.standing](until=on_day(found.until) if found.until else "")
    return _NEXT[found.standing]()
