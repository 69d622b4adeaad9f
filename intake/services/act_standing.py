"""What an act is worth by what the verifier knows: with its case, or with the rosters for an act of the organisation.

A signature that holds says who wrote an act and nothing about whether it counts. Four answers come out: it counts; it
counts for nothing, with the reason; it waits for something; or what would decide it is not at hand. Only the first
passes. The rules themselves are the domain's; here they are asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain import bodies
from intake.domain.acts import KINDS, Act, Kind
from intake.domain.bodies import SealedBody
from intake.domain.fold import CaseState
from intake.domain.fold.case import Event
from intake.domain.fold.judge import Force
from intake.domain.refusals import Refusal
from intake.domain.rights import OUTLIVED, Strength
from intake.domain.roster import Role
from intake.domain.roster_following import endorses
from intake.domain.roster_history import RosterHistory
from intake.services.anchors import Anchor


class Worth(StrEnum):
    COUNTS = "counts"
    NOTHING = "nothing"
    OPEN = "open"
    """It waits for something, or what would decide it is not at hand."""


@dataclass(frozen=True, slots=True)
class Standing:
    worth: Worth
    sentence: str


def standing(act: Act, anchor: Anchor) -> Standing:
    """What the act is worth to somebody who trusts the organisation of ``anchor`` (not empty)."""
    if act.org != anchor.org and not (act.kind in (Kind.ROSTER, Kind.ENROL) and not act.org):
        return _open("This act is of another organisation than the one you named.")
    knowing = anchor.including(act)
    if act.kind not in KINDS:
        return _open("It is of a kind that only a later version of Countersign knows.")
    if act.kind == Kind.ROSTER:
        return _roster(act, knowing.rosters)
    try:
        bodies.read_body(act)
    except Refusal as refusal:
        return _nothing(f"Nothing of it counts, because it has not the form of its kind. {refusal.what_happened}")
    if act.case_id:
        return _in_case(act, knowing.case(act.case_id), knowing)
    return _OF_ORGANISATION[Kind(act.kind)](act, knowing.rosters)


# ------------------------------------------------------------------------------------------------- acts of a use case
def _in_case(act: Act, state: CaseState | None, anchor: Anchor) -> Standing:
    rosters = anchor.rosters
    events = {event.act.id: event for event in state.events} if state else {}
    if state is None or act.case_id not in events:
        return _open("Its use case is not at hand: whose case it is, and what was decided there, cannot be said.")
    event = events[act.id]
    force, reason = event.judgement.force, event.judgement.reason
    if force in (Force.IGNORED, Force.SPENT):
        return _nothing(f"It is signed by {rosters.name(act.person)} and counts for nothing: {reason}.")
    # What an objection names may be missing: it counts at once all the same (rule R2).
    if force is not Force.OBJECTS and (event.judgement.waits_for or force is not Force.COUNTS):
        missing = ", ".join(name[:16] for name in event.judgement.waits_for)
        return _open(
            f"It waits: {reason or 'something it names is not here yet'}" + (f" ({missing})." if missing else ".")
        )
    if isinstance(event.body, SealedBody):
        found = _seal(act, event.body, events, state, rosters)
        if found.worth is Worth.COUNTS and not anchor.attachments:
            return _open("Its signature holds; whether its file proves what it says is judged with the record itself.")
        return found
    only = f" It counts as an objection only: {reason}." if force is Force.OBJECTS and reason else ""
    return _counts(f"Signed by {rosters.name(act.person)}, and it counts in its use case.{only}")


def _seal(act: Act, body: SealedBody, events: dict[str, Event], state: CaseState, rosters: RosterHistory) -> Standing:
    """A seal is nothing by itself: it counts for the pair it names. Whether it is good, ``fold.seals`` has decided."""
    named = [events[name] for name in body.opinions if name in events]
    who = rosters.name(act.person)
    if any(event.judgement.force is Force.WAITS for event in named):
        return _open("It waits: an opinion it names waits for something itself.")
    if not any(set(pair.opinions) == set(body.opinions) for pair in state.pairs):
        return _nothing(f"{who} seals a record of opinions that make no decision together.")
    return _counts(f"Signed by {who}, and it seals the record of a decision that both signed.")


# ------------------------------------------------------------------------------------------- acts of the organisation
def _roster(act: Act, rosters: RosterHistory) -> Standing:
    listed = rosters.chain.get(act.id)
    if listed:
        return _counts(f"It is roster version {listed.roster.version} of {listed.roster.organisation}, and counts.")
    refused = dict(rosters.refused).get(act.id)
    if refused:
        return _nothing(f"Nothing of it counts, because it has not the form of a roster. {refused}")
    if act.id in rosters.late:
        return _open("This roster version does not count: the records team had seen another before it.")
    if unread := rosters.unread.get(act.id):
        file = f" ({unread.waits_for[:16]})" if unread.waits_for else ""
        return _open(f"This roster version does not count: {unread.problem}{file}.")
    waiting = next((item.problem for item in rosters.pending if item.listed.id == act.id), "")
    return _open(f"This roster version does not count: {waiting or 'its place is not known here'}.")


def _endorsement(act: Act, rosters: RosterHistory) -> Standing:
    name = bodies.endorse(act).roster
    if name in rosters.late:
        return _open("The roster version it endorses does not count: the records team had seen another before it.")
    versions = {item.id: item for item in (*rosters.chain.values(), *(item.listed for item in rosters.pending))}
    listed = versions.get(name)
    before = [versions.get(item) for item in listed.roster.previous] if listed else []
    if listed is None or None in before:
        return _open("The roster version it endorses, or the one before that, is not here or cannot be read.")
    who = rosters.name(act.person)
    if not endorses(listed, [item for item in before if item], act):
        return _nothing(
            f"{who} endorses roster version {listed.roster.version} and administers neither it nor the one before."
        )
    if _is_cut_off(act, rosters):
        return _open(_CUT_OFF)
    return _counts(f"Signed by {who}, an administrator, for roster version {listed.roster.version}.")


def _checkpoint(act: Act, rosters: RosterHistory) -> Standing:
    return _by_roster(act, rosters, frozenset({Role.RECORDS}), "who keeps the records")


def _training(act: Act, rosters: RosterHistory) -> Standing:
    return _by_roster(act, rosters, frozenset(), "who says what they have read")


def _by_roster(act: Act, rosters: RosterHistory, roles: frozenset[Role], whose: str) -> Standing:
    # Whether a checkpoint covers an act of the organisation is not known here, and what is not known favours nobody.
    right = rosters.right(act, roles, lambda _checkpoint: None)
    who = rosters.name(act.person)
    if right.strength is Strength.FULL:
        return _counts(f"Signed by {who}, {whose}, with a key the roster lists.")
    if right.strength is Strength.NONE or right.reason == OUTLIVED:
        return _nothing(f"It is signed by {who} and counts for nothing: {right.reason}.")
    return _open(f"It cannot be said whether it counts: {right.reason}.")


def _enrolment(act: Act, rosters: RosterHistory) -> Standing:
    """An enrolment proves that somebody has a key. Whose it is, only a roster says."""
    if _is_cut_off(act, rosters):
        return _open(_CUT_OFF)
    for listed in rosters.chain.values():
        person = listed.roster.person(act.person)
        if person and person.certificate(act.signer):
            return _counts(f"It proves that {person.name} has the key which the roster lists.")
    return _open(
        "It proves that its signer has this key. Whose it is cannot be said: no roster here lists it for them."
    )


def _is_cut_off(act: Act, rosters: RosterHistory) -> bool:
    return any(act.signer in item.roster.cutoffs for item in rosters.in_force)


_CUT_OFF = "Its key was cut off, and it cannot be said whether it was signed before."
_OF_ORGANISATION = {
    Kind.ROSTER_ENDORSE: _endorsement,
    Kind.ENROL: _enrolment,
    Kind.CHECKPOINT: _checkpoint,
    Kind.TRAINING: _training,
}


def _counts(sentence: str) -> Standing:
    return Standing(Worth.COUNTS, sentence)


def _nothing(sentence: str) -> Standing:
    return Standing(Worth.NOTHING, sentence)


def _open(sentence: str) -> Standing:
    return Standing(Worth.OPEN, sentence)
