"""What one act of a case is worth now: it counts, it counted until something, it never did, or it cannot be said.

``judge`` says what an act may do, ``pairs``, ``seals`` and ``replacing`` what became of it; here both are put together for
somebody who asks about this act alone. An act that counted is history, and not false: the answer says what it was and what ended it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.acts.kinds import Effect
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.effectless import effectless
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import MISSING, Force

_OTHER_NEWEST = Wording("AnotherNewestRevision", "another revision claims to be the newest as well")
_CONTRADICTS = Wording("OfficeContradictsItself", "the {office} has given opinions that contradict each other")
_OPINION_WAITS = Wording("SealedOpinionWaits", "an opinion it names waits for something itself")
_NO_DECISION = Wording("SealsNoDecision", "it seals a record of opinions that make no decision together")
_NEVER_DECIDED = Wording("SealsUndecided", "it seals what was never decided, for {reason}")
_SEALED_BEFORE = Wording("SealedBefore", "the record had been sealed before, in another file")
_SEALED_APART = Wording("SealedApart", "the record was sealed in different files, apart from each other")


class Worth(StrEnum):
    COUNTS = "counts"
    ENDED = "ended"
    """It counted, until something took its place or ended it."""
    NOTHING = "nothing"
    OPEN = "open"
    """It waits for something, or what would decide it is not here."""


class End(StrEnum):
    """What ended an act that counted."""

    REPLACED = "replaced"
    """Its office gave another opinion."""
    REVISED = "revised"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    AGREED = "agreed"
    """Both offices agreed on later terms."""
    OBJECTED = "objected"
    LIFTED = "lifted"
    """Both offices lifted what it suspended."""
    DISOWNED = "disowned"
    """It suspended until its office disowned what a key that was cut off had signed."""
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """``reason`` says why it does not count, or cannot be said to. ``end`` is given for what counted.

    ``by`` are act ids of what ended it, of what speaks against it, or of what it waits for (then also of files).
    ``unlisted`` is the checkpoint whose listing would tell, where that is what is missing. ``decides`` tells that it is
    part of the decision in force.
    """

    worth: Worth
    reason: Reason | None = None
    end: End | None = None
    by: tuple[str, ...] = ()
    unlisted: str = ""
    decides: bool = False


def case_standing(state: CaseState, name: str) -> CaseStanding:
    """Raises KeyError when the act is not part of this state."""
    event = state.event(name)
    ended = next((item for item in state.suspensions if item.act == name and item.ended_by), None)
    if ended is not None:
        return _ended(End.DISOWNED if ended.disowned else End.LIFTED, ended.ended_by)
    if any(item.act == name and item.cut_off for item in state.suspensions):
        return CaseStanding(Worth.COUNTS)
    if without := _without_effect(state, event):
        return without
    body = event.body
    if isinstance(body, SealedBody):
        return _seal(state, body)
    if isinstance(body, OpinionBody):
        return _opinion(state, name, body)
    if isinstance(body, RevisionBody):
        return _revision(state, name)
    if reason := dict(state.idle).get(name):
        return CaseStanding(Worth.NOTHING, reason)
    if event.effect is Effect.CLOSES and (later := state.replaced.get(name)):
        return _ended(End.REOPENED, (later,))
    return CaseStanding(Worth.COUNTS)


def _without_effect(state: CaseState, event: Event) -> CaseStanding | None:
    """Of an act that has not the right, that does nothing, or that waits; None of any other."""
    force, reason, waits = event.judgement.force, event.judgement.reason, event.judgement.waits_for
    if force in (Force.IGNORED, Force.SPENT):
        unlisted = event.judgement.unlisted
        return CaseStanding(Worth.OPEN if unlisted else Worth.NOTHING, reason, unlisted=unlisted)
    if (found := effectless(state, event)) and (found.still or not waits):
        return CaseStanding(Worth.OPEN if found.still else Worth.NOTHING, found.reason)
    # What an objection names may be missing: it counts at once all the same (rule R2).
    if force is not Force.OBJECTS and (waits or force is not Force.COUNTS):
        return CaseStanding(Worth.OPEN, reason or MISSING(), by=waits)
    return None


def _revision(state: CaseState, name: str) -> CaseStanding:
    if later := state.replaced.get(name):
        return _ended(End.REVISED, (later,))
    if closed := _closed(state):
        return closed
    others = tuple(item for item in state.heads if item != name)
    if others:
        return CaseStanding(Worth.OPEN, _OTHER_NEWEST(), by=others)
    return CaseStanding(Worth.COUNTS)


def _opinion(state: CaseState, name: str, body: OpinionBody) -> CaseStanding:
    # Of several pairs the best off: the fates are listed in that order, but that void is the worst.
    pairs = sorted((pair for pair in state.pairs if name in pair.opinions), key=_worst_last)
    if pairs and pairs[0].fate is Fate.IN_FORCE:
        return _decided(state, pairs[0])
    if later := state.replaced.get(name):
        return _ended(End.REPLACED, (later,))
    if pairs and pairs[0].fate in (Fate.SUSPENDED, Fate.SUPERSEDED):
        return _decided(state, pairs[0])
    if pairs and pairs[0].fate is Fate.VOID:
        # While its office holds to it, the other may come round; once the case has moved on, it never decided anything.
        worth = Worth.OPEN if name in state.positions[body.office] and not state.closing.acts else Worth.NOTHING
        return CaseStanding(worth, pairs[0].reason, by=pairs[0].against)
    if closed := _closed(state):
        return closed
    if later := state.replaced.get(body.revision):
        return _ended(End.REVISED, (later,))
    if pairs:
        return CaseStanding(Worth.OPEN, pairs[0].reason, by=pairs[0].against)
    if body.position is Position.APPROVE and (others := _contradicting(state, name, body)):
        return CaseStanding(Worth.OPEN, _CONTRADICTS(office=body.office.label), by=others)
    return CaseStanding(Worth.COUNTS)


def _seal(state: CaseState, body: SealedBody) -> CaseStanding:
    """A seal is nothing by itself: it counts for the pair it names. Whether it is good, ``seals`` has decided."""
    named = [event for event in state.events if event.act.id in body.opinions]
    waiting = tuple(missing for event in named for missing in event.judgement.waits_for)
    if any(event.judgement.force is Force.WAITS for event in named):
        return CaseStanding(Worth.OPEN, _OPINION_WAITS(), by=waiting)
    pair = next((item for item in state.pairs if set(item.opinions) == set(body.opinions)), None)
    if pair is None:
        return CaseStanding(Worth.NOTHING, _NO_DECISION())
    if pair.fate is Fate.VOID and pair.reason:
        return CaseStanding(Worth.NOTHING, _NEVER_DECIDED(reason=pair.reason), by=pair.against)
    group = next((item for item in state.seals if body.record.sha256 in _files(state, item)), ())
    if not group:
        return CaseStanding(Worth.OPEN, _SEALED_BEFORE(), by=_first(state, pair))
    if len(group) > 1:
        return CaseStanding(Worth.OPEN, _SEALED_APART(), by=group)
    if pair.fate in (Fate.IN_FORCE, Fate.SUSPENDED, Fate.SUPERSEDED):
        return _decided(state, pair)
    if closed := _closed(state):
        return closed
    if pair.fate is Fate.CONTESTED:
        # One office can contest later; it does not take from a sealed record what it proves.
        return _ended(End.CONTESTED, pair.against)
    return CaseStanding(Worth.OPEN, pair.reason, by=pair.against)


def _decided(state: CaseState, pair: Pair) -> CaseStanding:
    """Of a member or the seal of a pair that became a decision."""
    if state.in_force is not None and state.in_force.opinions == pair.opinions:
        return CaseStanding(Worth.COUNTS, decides=True)  # also what goes on until the owner accepts what came after it
    if pair.fate is Fate.SUPERSEDED:
        return _ended(End.AGREED, pair.against)
    if state.in_force is not None and state.in_force.revision == pair.revision:
        return CaseStanding(Worth.COUNTS, decides=True)
    if state.acceptance is not None and state.acceptance.pair.revision == pair.revision:
        return CaseStanding(Worth.COUNTS)  # it waits for the owner, and decides nothing yet
    # Decided on a later revision, if there is one: a suspension there does not bring this back.
    numbers = {item.id: item.number for item in state.revisions}
    later = [
        item
        for item in state.pairs
        if item.fate in (Fate.IN_FORCE, Fate.SUSPENDED, Fate.UNJUDGED)
        and numbers[item.revision] > numbers[pair.revision]
    ]
    if not later:
        return _ended(End.OBJECTED, pair.against)
    newest = max(later, key=lambda item: (numbers[item.revision], item.opinions))
    return _ended(End.AGREED, newest.opinions)


def _contradicting(state: CaseState, name: str, body: OpinionBody) -> tuple[str, ...]:
    """The newest opinions of the same office that say something else; nothing where this one is not among the newest."""
    heads = state.positions[body.office]
    said = {item: state.opinion(item) for item in heads} if name in heads else {}
    return tuple(
        item
        for item, other in said.items()
        if (other.position, other.terms_digest) != (body.position, body.terms_digest)
    )


def _closed(state: CaseState) -> CaseStanding | None:
    """What ended the case, while it is ended."""
    retirement = state.closing.retirement
    if retirement:
        return _ended(End.RETIRED, (retirement, *(name for name in state.closing.acts if name != retirement)))
    return _ended(End.WITHDRAWN, state.closing.acts) if state.closing.acts else None


def _files(state: CaseState, seals: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(body.record.sha256 for name in seals if isinstance(body := state.event(name).body, SealedBody))


def _first(state: CaseState, pair: Pair) -> tuple[str, ...]:
    """The seals in force for the revision of a pair."""
    return tuple(
        name
        for group in state.seals
        for name in group
        if isinstance(body := state.event(name).body, SealedBody)
        and state.opinion(body.opinions[0]).revision == pair.revision
    )


def _ended(end: End, by: tuple[str, ...]) -> CaseStanding:
    return CaseStanding(Worth.ENDED, end=end, by=by)


def _worst_last(pair: Pair) -> tuple[bool, int, tuple[str, str]]:
    return (pair.fate is Fate.VOID, list(Fate).index(pair.fate), pair.opinions)
