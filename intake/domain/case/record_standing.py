"""What became of what a record says: whether it is in force on a day, and since when and by whom it is not.

A signature proves who signed what and never ends; a decision does. So a record has two answers, and this is the second one,
by the acts of its case that are at hand. Which pair is in force is the fold's to say (``fates``, ``phases``): here each fate
and each phase has one row, so that none of them can be forgotten, and a day is added as ``status`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from intake.domain.acts.kinds import Effect
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, worded
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY, Force
from intake.domain.case.phases import Phase
from intake.domain.case.standings import End, Worth, case_standing
from intake.domain.case.stop import StopWhy, stopped_by_acts
from intake.domain.organisation.rights import TAKEN_AWAY

_DECIDED_AGAIN = Wording("DecidedAgain", "both offices decided again, on revision {revision}")
_DECIDED_AGAIN_RECORD = Wording(
    "DecidedAgainInRecord",
    "both offices decided again, on revision {revision}, and the record of that has the SHA-256 {record}",
)
_ENDED = worded(
    Wording,
    {
        End.REPLACED: ("RecordReplaced", "its office has given another opinion since"),
        End.REVISED: ("RecordRevised", "a later revision has been filed"),
        End.REOPENED: ("RecordReopened", "a later revision opened the use case again"),
        End.WITHDRAWN: ("RecordWithdrawn", "the business has withdrawn the use case"),
        End.RETIRED: ("RecordRetired", "the owner has retired the use"),
        End.AGREED: ("RecordAgreed", "both offices have agreed on something later"),
        End.OBJECTED: ("RecordObjected", "an office has objected since"),
        End.LIFTED: ("RecordLifted", "both offices have lifted it"),
        End.DISOWNED: ("RecordDisowned", "its office has disowned it"),
        End.CONTESTED: ("RecordContested", "its office has said something else, without knowing of it"),
    },
)


class Standing(StrEnum):
    IN_FORCE = "in-force"
    AWAITS_ACCEPTANCE = "awaits-acceptance"
    """Both offices agree; the accountable owner has not accepted what they granted."""
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    """Something signed later took its place, or that of the decline or withdrawal it is about."""
    EXPIRED = "expired"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    UNSETTLED = "unsettled"
    """Both offices had signed it, and something has to be settled before anything is in force."""
    UNDECIDED = "undecided"
    """It was signed, and there never was a decision on it."""
    NOTICE = "notice"
    """A signed notice: that somebody suspended, lifted, retired or handed over is a fact, and no permission that ends."""
    NOT_KNOWN = "not-known"


OF_FATE: Mapping[Fate, Standing] = {
    Fate.IN_FORCE: Standing.IN_FORCE,
    Fate.SUSPENDED: Standing.SUSPENDED,
    Fate.SUPERSEDED: Standing.SUPERSEDED,
    Fate.UNJUDGED: Standing.NOT_KNOWN,
    Fate.VOID: Standing.UNDECIDED,
    Fate.CONTESTED: Standing.UNSETTLED,
    Fate.ON_HOLD: Standing.UNSETTLED,
}
"""What became of a pair, in the words of somebody who has its record."""


@dataclass(frozen=True, slots=True)
class PhaseSays:
    """What a phase adds to the fate of a pair: of what was decided on the newest revision, or (``whole``) of all that was decided
    in the case and is not superseded.
    """

    standing: Standing
    whole: bool = False


OF_PHASE: Mapping[Phase, PhaseSays | None] = {
    Phase.REVIEW: None,
    Phase.COUNTERSIGN: None,
    Phase.TERMS_DIFFER: None,
    Phase.CHANGES_REQUESTED: None,
    Phase.DECLINED: None,
    Phase.DECIDED: None,
    Phase.ACCEPTANCE: PhaseSays(Standing.AWAITS_ACCEPTANCE),
    Phase.SUSPENDED: None,
    Phase.CONTESTED: None,
    Phase.CONFLICT: None,
    Phase.ON_HOLD: None,
    Phase.WITHDRAWN: PhaseSays(Standing.WITHDRAWN, whole=True),
    Phase.RETIRED: PhaseSays(Standing.RETIRED, whole=True),
}
"""Where the phase of a case says more than the fate of a pair; None where the fate says it all."""


@dataclass(frozen=True, slots=True)
class StandsBy:
    """An act that made it so: who signed it (``office`` is empty for the business), and the day they gave."""

    act: str
    person: str
    office: str
    day: date


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """What a notice is about: an act of this ``kind``. ``changes`` is the SHA-256 of the record that it changes, empty for none."""

    kind: str
    changes: str


@dataclass(frozen=True, slots=True)
class RecordStands:
    """``own`` is whether the record itself says that it is so: that of a decline, or of a withdrawal; and any ``notice``.

    ``since`` is the first day of it, where an act or the terms tell; ``by`` are the acts that made it so. ``until`` is the last
    day of the terms that were decided and ``begins`` their first. Of what is superseded, ``end`` is what did that, ``revision``
    the number of the revision that took its place, 0 where it was another act, and ``record`` the SHA-256 of the record that did,
    where one was sealed; while the owner has not accepted that, what was before goes on inside both until ``goes_on_until``.
    ``reason`` says more, as a clause.
    """

    standing: Standing
    own: bool = False
    since: date | None = None
    by: tuple[StandsBy, ...] = ()
    begins: date | None = None
    until: date | None = None
    end: End | None = None
    revision: int = 0
    record: str = ""
    goes_on_until: date | None = None
    reason: Reason | None = None
    notice: NoticeOf | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing here contradicts what the record says; who cannot know does not say no."""
        return self.own or self.standing in (Standing.IN_FORCE, Standing.NOT_KNOWN)


UNKNOWN_STANDING = RecordStands(Standing.NOT_KNOWN)


def record_standing(state: CaseState, sha256: str, day: date, base: str = "") -> RecordStands:
    """What became, by ``day``, of what the record with this SHA-256 says; ``base`` is the digest of its pages, for a copy of them
    that no act names.
    """
    named = _named(state, sha256) or (_over_pages(state, base) if base else ())
    pairs = [pair for pair in state.pairs if set(pair.opinions) <= set(named)] or [
        # A copy with one signature belongs to what was decided with it.
        pair
        for pair in state.pairs
        if set(pair.opinions) & set(named)
    ]
    if pairs:
        # Of several pairs over the same pages the best off, as in the verdict on the signatures.
        return _of_pair(state, min(pairs, key=_best_first), day)
    if not named and (about := _noticed(state, sha256, base)):
        return _of_notice(state, *about)
    events = [state.event(name) for name in named]
    alone = [event for event in events if _speaks_alone(event)]
    if alone:
        return _of_one(state, alone[-1])
    return _undecided(state, events)


def superseded_by(end: End, revision: int, record: str) -> Reason:
    """What took the place of what a record says, as a clause; ``revision`` and ``record`` as in ``RecordStands``."""
    if end is End.AGREED and record:
        return _DECIDED_AGAIN_RECORD(revision=revision, record=record)
    return _DECIDED_AGAIN(revision=revision) if end is End.AGREED and revision else _ENDED[end]()


# ------------------------------------------------------------------------------------------------- which acts it is about
def _named(state: CaseState, sha256: str) -> tuple[str, ...]:
    """The opinions that a file is the record of, or the withdrawal, by the acts that name this very file."""
    found: list[str] = []
    for event in state.events:
        body = event.body
        if not _had_a_say(state, event):
            continue
        if isinstance(body, SealedBody) and body.record.sha256 == sha256:
            here = {item.act.id for item in state.events}
            found += [name for name in body.opinions if name in here]
        elif isinstance(body, OpinionBody | WithdrawBody) and body.record and body.record.sha256 == sha256:
            found.append(event.act.id)
    return tuple(dict.fromkeys(found))


def _over_pages(state: CaseState, base: str) -> tuple[str, ...]:
    bodies = {event.act.id: event.body for event in state.events if _had_a_say(state, event)}
    return tuple(
        name for name, body in bodies.items() if isinstance(body, OpinionBody | WithdrawBody) and body.base == base
    )


def _had_a_say(state: CaseState, event: Event) -> bool:
    """Also what lost its right since: who has its record has to be told what became of it."""
    reason = event.judgement.reason
    lost = reason is not None and reason.code in TAKEN_AWAY
    return event.judgement.force in WITH_A_SAY or lost or any(event.act.id in fork.tainted for fork in state.forks)


def _best_first(pair: Pair) -> tuple[bool, int, tuple[str, str]]:
    return (pair.fate is Fate.VOID, list(Fate).index(pair.fate), pair.opinions)


def _speaks_alone(event: Event) -> bool:
    body = event.body
    declines = isinstance(body, OpinionBody) and body.position is not Position.APPROVE
    return declines or isinstance(body, WithdrawBody)


# ------------------------------------------------------------------------------------------------------- a pair of opinions
def _of_pair(state: CaseState, pair: Pair, day: date) -> RecordStands:
    terms = state.opinion(pair.cio).terms
    found = _stands(state, pair)
    if terms is None:
        return found
    found = replace(found, begins=terms.begins, until=terms.expires)
    if found.standing is Standing.IN_FORCE and terms.expired(day):
        return replace(found, standing=Standing.EXPIRED, since=terms.expires)
    return found


def _stands(state: CaseState, pair: Pair) -> RecordStands:
    standing = OF_FATE[pair.fate]
    later = pair.against if standing is Standing.SUPERSEDED else _agreed_later(state, pair)
    if later:
        return replace(_superseded(state, later), goes_on_until=_goes_on_until(state, pair))
    says = OF_PHASE[state.phase]
    if says is not None and (says.whole or (state.current is not None and state.current.id == pair.revision)):
        return _by_acts(says.standing, state, _closing(state) if says.whole else ())
    if standing is Standing.SUSPENDED:
        return _by_acts(standing, state, [item.act for item in state.suspensions if item.open])
    if standing is Standing.UNSETTLED and pair.against and (ended := _ended_by(state.event(pair.against[0]))):
        return _by_acts(ended, state, pair.against)
    if standing is Standing.IN_FORCE and not _is_in_force(state, pair):
        # The fold holds nothing to be in force, or something beside it: a doubt, and no record makes more of it.
        return RecordStands(Standing.UNSETTLED, reason=_why_stopped(state))
    return RecordStands(standing, reason=pair.reason)


def _is_in_force(state: CaseState, pair: Pair) -> bool:
    held = state.in_force
    return held is not None and held.revision == pair.revision and held.terms == state.opinion(pair.cio).terms


def _agreed_later(state: CaseState, pair: Pair) -> tuple[str, ...]:
    """The opinions of a later revision on which both offices agreed, whatever became of that since (note 0058)."""
    if _is_in_force(state, pair):
        return ()
    numbers = {item.id: item.number for item in state.revisions}
    first = numbers[pair.revision]
    later = [item for item in state.pairs if item.fate is not Fate.VOID and numbers[item.revision] > first]
    return max(later, key=lambda item: (numbers[item.revision], item.opinions)).opinions if later else ()


def _superseded(state: CaseState, opinions: Iterable[str]) -> RecordStands:
    names = tuple(opinions)
    made = _by_acts(Standing.SUPERSEDED, state, names)
    # Both had to speak: it is so since the later of them did.
    since = max((item.day for item in made.by), default=None)
    number = max((state.revision(state.opinion(name).revision).number for name in names), default=0)
    record = _sealed(state, names)
    why = superseded_by(End.AGREED, number, record)
    return replace(made, since=since, end=End.AGREED, revision=number, record=record, reason=why)


def _goes_on_until(state: CaseState, pair: Pair) -> date | None:
    """The last day on which what a pair decided goes on inside later terms that the owner has not accepted (rule R11)."""
    held, waits = state.in_force, state.acceptance is not None and state.acceptance.awaits
    if not waits or held is None or held.terms is None or held.revision != pair.revision:
        return None
    same = state.opinion(held.opinions[0]).terms_digest == pair.terms
    return held.terms.expires if same and state.acceptance and state.acceptance.pair.opinions != pair.opinions else None


def _sealed(state: CaseState, opinions: tuple[str, ...]) -> str:
    """The record of these opinions, where there is exactly one."""
    for group in state.seals:
        body = state.event(group[0]).body
        if len(group) == 1 and isinstance(body, SealedBody) and set(body.opinions) == set(opinions):
            return body.record.sha256
    return ""


def _closing(state: CaseState) -> tuple[str, ...]:
    """The acts that end the whole case: beside a withdrawal the retirement, which says more."""
    return (state.closing.retirement,) if state.closing.retirement else state.closing.acts


def _ended_by(event: Event) -> Standing | None:
    """What an act ends for good, also of what it ended before a later revision opened the case again."""
    if event.effect is not Effect.CLOSES:
        return None
    return Standing.RETIRED if isinstance(event.body, RetireBody) else Standing.WITHDRAWN


def _why_stopped(state: CaseState) -> Reason | None:
    stop = stopped_by_acts(state)
    return stop.said if stop else None


# ---------------------------------------------------------------------------------------------------- one act, or no decision
def _of_one(state: CaseState, event: Event) -> RecordStands:
    """Of the record of a decline or a withdrawal: it says itself what is so, until something took its place."""
    standing = Standing.WITHDRAWN if isinstance(event.body, WithdrawBody) else Standing.DECLINED
    found = case_standing(state, event.act.id)
    if found.worth is Worth.COUNTS:
        return replace(_by_acts(standing, state, [event.act.id]), own=True)
    if found.worth is Worth.ENDED:
        numbers = {item.id: item.number for item in state.revisions}
        ended = _by_acts(Standing.SUPERSEDED, state, found.by)
        number = max((numbers.get(name, 0) for name in found.by), default=0)
        why = superseded_by(found.end, number, "") if found.end else None
        return replace(ended, end=found.end, revision=number, reason=why)
    if found.worth is Worth.NOTHING:
        return RecordStands(Standing.UNDECIDED, reason=found.reason)
    return RecordStands(Standing.NOT_KNOWN, reason=found.reason)


def _noticed(state: CaseState, sha256: str, base: str) -> tuple[Event, NoticeBody] | None:
    """The act that a file is the notice of: its author signs one of it, with the act (``notices``)."""
    by_name = {event.act.id: event for event in state.events}
    for event in reversed(state.events):
        body, about = event.body, None
        if isinstance(body, NoticeBody) and event.judgement.force is Force.NOTE:
            about = by_name.get(body.about)
        if about is None or about.act.person != event.act.person:
            continue
        assert isinstance(body, NoticeBody)
        if sha256 == body.record.sha256 or (base and base == body.base):
            return about, body
    return None


def _of_notice(state: CaseState, about: Event, body: NoticeBody) -> RecordStands:
    found = case_standing(state, about.act.id)
    made = replace(_by_acts(Standing.NOTICE, state, [about.act.id]), notice=NoticeOf(about.act.kind, body.changes))
    if found.worth is Worth.NOTHING:
        return RecordStands(Standing.UNDECIDED, reason=found.reason)
    ended = superseded_by(found.end, 0, "") if found.worth is Worth.ENDED and found.end else None
    return replace(made, own=True, end=found.end, reason=ended)


def _undecided(state: CaseState, events: list[Event]) -> RecordStands:
    """Of a file that approvals brought which make no pair: one office has signed, or an approval lost what it was worth."""
    if not events:
        return UNKNOWN_STANDING
    lost = next((event.judgement.reason for event in events if event.judgement.force not in _FAVOUR), None)
    stop = stopped_by_acts(state) if lost else None
    if stop is not None and stop.why is StopWhy.LOST:
        return RecordStands(Standing.UNSETTLED, reason=stop.said)
    return RecordStands(Standing.UNDECIDED, reason=lost)


_FAVOUR = (Force.COUNTS, Force.UNJUDGED)


def _by_acts(standing: Standing, state: CaseState, names: Iterable[str]) -> RecordStands:
    by = tuple(_by(state.event(name)) for name in names)
    return RecordStands(standing, since=min((item.day for item in by), default=None), by=by)


def _by(event: Event) -> StandsBy:
    office = getattr(event.body, "office", None)
    return StandsBy(event.act.id, event.act.person, office.value if office else "", event.act.at.date())
