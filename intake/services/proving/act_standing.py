"""What an act is worth by what the verifier knows: with its case, or with the rosters for an act of the organisation.

A signature that holds says who wrote an act and nothing about whether it counts. Five answers come out: it counts; it
counted until something took its place; it counts for nothing, with the reason; it waits for something; or what would
decide it is not at hand. The first two pass, for an act that counted is no lie: as with the record of a decision that was
replaced, what is in force now is said beside it. The rules themselves are the domain's; here they are asked. Acts of the
organisation are in ``organisation_standing``.
"""

from __future__ import annotations

from dataclasses import replace

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL, KINDS, OPINION, ROSTER, is_note
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.assessment.assessment import assess
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.pairs import RIVALS
from intake.domain.case.standings import CaseStanding, End, Worth, case_standing
from intake.domain.playbook import answers
from intake.records.proof.verdict import UPDATE
from intake.services.proving import organisation_standing
from intake.services.proving.anchors import Anchor
from intake.services.proving.organisation_standing import NOTE, ActStanding, counted, counts, nothing, unsaid

__all__ = ["ActStanding", "Worth", "standing"]

SEE_CASE = "Go by what counts now: look at the use case."


def standing(act: Act, anchor: Anchor) -> ActStanding:
    """What the act is worth to somebody who trusts the organisation of ``anchor`` (not empty)."""
    if act.org != anchor.org and not (act.kind in (ROSTER.name, ENROL.name) and not act.org):
        return unsaid("This act is of another organisation than the one you named.")
    knowing = anchor.including(act)
    if KINDS.is_unknown(act.kind):
        return unsaid("It is of a kind that only a later version of Countersign knows.")
    if act.kind == ROSTER.name:
        return organisation_standing.roster(act, knowing)
    try:
        KINDS.read(act)
    except Refusal as refusal:
        return nothing(f"Nothing of it counts, because it has not the form of its kind. {refusal.what_happened}")
    if act.case_id:
        return _in_case(act, knowing.case(act.case_id), knowing)
    if is_note(act.kind):
        return organisation_standing.note(act, knowing)
    return organisation_standing.OF_KIND[act.kind](act, knowing)


def _in_case(act: Act, state: CaseState | None, anchor: Anchor) -> ActStanding:
    if state is None or not any(event.act.id == act.case_id for event in state.events):
        return unsaid("Its use case is not at hand: whose case it is, and what was decided there, cannot be said.")
    if state.event(act.id).judgement.force is Force.NOTE:
        return unsaid(NOTE.format(who=anchor.rosters.name(act.person)))
    told = _told(act, state, case_standing(state, act.id), anchor)
    if told.worth not in (Worth.COUNTS, Worth.ENDED):
        return told
    body = state.event(act.id).body
    if isinstance(body, SealedBody) and not anchor.attachments:
        said = "Its signature holds; whether its file proves what it says is judged with the record itself."
        return unsaid(said, "Verify the record, with the acts it belongs to.")
    if isinstance(body, OpinionBody) and body.position is Position.APPROVE:
        return _assessed(body, state, anchor, told)
    return told


def _told(act: Act, state: CaseState, found: CaseStanding, anchor: Anchor) -> ActStanding:
    who = anchor.rosters.name(act.person)
    if found.worth is Worth.NOTHING:
        return nothing(f"It is signed by {who} and counts for nothing: {words(found.reason)}.")
    if found.worth is Worth.ENDED and found.end is not None:
        return counted(f"Signed by {who}. It counted until {_until(found.end, found.by, state, anchor)}.", SEE_CASE)
    if found.worth is Worth.OPEN:
        return _open(act, state, found, anchor)
    event = state.event(act.id)
    said = f"Signed by {who}, and it counts"
    if isinstance(event.body, SealedBody):
        return counts(f"Signed by {who}, and it seals the record of a decision that both signed.")
    if found.decides:
        return counts(f"{said}: it makes the decision in force.")
    if event.judgement.force is Force.OBJECTS and event.judgement.reason:
        return counts(f"{said} as an objection only: {words(event.judgement.reason)}.")
    if isinstance(event.body, OpinionBody):
        return counts(f"{said} as the opinion of the {event.body.office.label}.")
    return counts(f"{said} in its use case.")


def _open(act: Act, state: CaseState, found: CaseStanding, anchor: Anchor) -> ActStanding:
    if found.unlisted:
        return organisation_standing.without_listing(found.reason, found.unlisted, anchor)
    here = {event.act.id for event in state.events}
    if not here.issuperset(found.by) or not found.by:
        missing = ", ".join(name[:16] for name in found.by)
        if found.reason == RIVALS():
            said = f"It cannot be said whether it counts: {words(found.reason)}."
            return organisation_standing.between_rivals(said, anchor)
        # What waits for nothing that could arrive, waits for a newer version of the program.
        newer = not found.by and state.event(act.id).judgement.force is Force.WAITS
        return unsaid(
            f"It waits: {words(found.reason)}" + (f" ({missing})." if missing else "."), UPDATE if newer else ""
        )
    beside = ", ".join(_file(state, name) for name in found.by)
    turn = " and ".join(_PARTIES[party] for party in state.turn)
    if act.kind == OPINION.name:
        said = f"Signed by {anchor.rosters.name(act.person)}, and it decides nothing so far"
    else:
        said = "It cannot be said whether it counts"
    return unsaid(
        f"{said}: {words(found.reason)} ({beside}).",
        f"It is the turn of {turn}." if turn else "Show it to both offices: they know how it came to be.",
    )


def _until(end: End, by: tuple[str, ...], state: CaseState, anchor: Anchor) -> str:
    """What ended an act, as the second half of a sentence, with the act that did it."""
    later = state.event(by[0])
    who, body = anchor.rosters.name(later.act.person), later.body
    office = body.office.label if isinstance(body, OpinionBody) else ""
    number = next((item.number for item in state.revisions if item.id == by[0]), 0)
    what = {
        End.REPLACED: f"{who} gave another opinion for the {office}",
        End.REVISED: f"{who} filed revision {number}",
        End.REOPENED: f"{who} filed revision {number}, which opened the use case again",
        End.WITHDRAWN: f"{who} withdrew the use case",
        End.AGREED: "both offices agreed on later terms",
        End.OBJECTED: f"{who} objected for the {office}, after the decision",
        End.CONTESTED: f"{who} said something else for the {office}, without knowing of it",
    }[end]
    return f"{what} ({by[0][:16]})"


def _file(state: CaseState, name: str) -> str:
    """An act that speaks against another; of a seal the file is what people look for."""
    body = state.event(name).body
    return f"SHA-256 {body.record.sha256}" if isinstance(body, SealedBody) else name[:16]


def _assessed(body: OpinionBody, state: CaseState, anchor: Anchor, told: ActStanding) -> ActStanding:
    """An approval rests on what the playbook makes of the answers: where it can be computed here, it is."""
    unknown = "Whether it names what the playbook makes of the answers could not be computed here."
    revision = next((item for item in state.revisions if item.id == body.revision), None)
    if revision is None or anchor.press is None:
        return replace(told, unchecked=(unknown,))
    try:
        made = assess(anchor.press.playbook(body.playbook), answers.from_json(revision.body.answers)).digest
    except Refusal:
        return replace(told, unchecked=(unknown,))
    if made == body.assessment:
        return told
    return unsaid(
        "It cannot be said whether it counts: it rests on another assessment than this version of Countersign computes "
        "from the answers and their playbook.",
        "Verify it with the version that wrote it. If the assessment is another there too, the office has to approve again.",
    )


_PARTIES = {"owner": "the owner", "cio": "the CIO", "ciso": "the CISO"}
