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
from intake.domain.acts.kinds import ENROL, KINDS, OPINION, ROSTER, Body, is_note
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.acts.kinds.acknowledged import AcknowledgedBody
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.assessment.engines import engine
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, Sentence, Wording, enumerated
from intake.domain.case.access import access_to_case
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.pairs import RIVALS
from intake.domain.case.standings import CaseStanding, End, Worth, case_standing
from intake.domain.case.turns import turn_of
from intake.domain.organisation.history import RosterHistory
from intake.records.proof.verdict import UPDATE
from intake.services.proving import organisation_standing
from intake.services.proving.anchors import Anchor
from intake.services.proving.organisation_sentences import COUNTS_FOR_NOTHING, NOTE, UNSURE
from intake.services.proving.organisation_standing import ActStanding, counted, counts, nothing, unsaid

__all__ = ["ActStanding", "Worth", "standing"]

SEE_CASE = Sentence("SeeUseCase", "Go by what counts now: look at the use case.")
_OTHER_ORGANISATION = Sentence("ActOfOtherOrganisation", "This act is of another organisation than the one you named.")
_LATER_KIND = Sentence("ActOfLaterKind", "It is of a kind that only a later version of Countersign knows.")
_NOT_ITS_FORM = Sentence("ActNotInForm", "Nothing of it counts, because it has not the form of its kind. {refusal}")
_CASE_NOT_HERE = Sentence(
    "ActCaseNotHere", "Its use case is not at hand: whose case it is, and what was decided there, cannot be said."
)
_SEAL_WITH_RECORD = Sentence(
    "SealJudgedWithRecord",
    "Its signature holds; whether its file proves what it says is judged with the record itself.",
)
_VERIFY_RECORD = Sentence("VerifyRecordWithActs", "Verify the record, with the acts it belongs to.")
_COUNTED_UNTIL = Sentence("ActCountedUntil", "Signed by {who}. It counted until {end} ({act}).")
_SEALS = Sentence("ActSealsRecord", "Signed by {who}, and it seals the record of a decision that both signed.")
_DECIDES = Sentence("ActDecides", "Signed by {who}, and it counts: it makes the decision in force.")
_OBJECTS = Sentence("ActObjectsOnly", "Signed by {who}, and it counts as an objection only: {reason}.")
_OPINION = Sentence("ActCountsAsOpinion", "Signed by {who}, and it counts as the opinion of the {office}.")
_COUNTS = Sentence("ActCountsInCase", "Signed by {who}, and it counts in its use case.")
_WAITS = Sentence("ActWaits", "It waits: {reason}.")
_WAITS_FOR = Sentence("ActWaitsFor", "It waits: {reason} ({missing}).")
_OPINION_OPEN = Sentence(
    "OpinionDecidesNothingYet", "Signed by {who}, and it decides nothing so far: {reason} ({beside})."
)
_OPEN = Sentence("ActOpenBeside", "It cannot be said whether it counts: {reason} ({beside}).")
_SHOW_OFFICES = Sentence("ShowToBothOffices", "Show it to both offices: they know how it came to be.")
_NOT_COMPUTED = Sentence(
    "AssessmentNotComputed", "Whether it names what the playbook makes of the answers could not be computed here."
)
_RESOLVES = Sentence("ActResolves", "Signed by {who}. It decides nothing; a remark of its use case is resolved by it.")
_RESOLVES_NONE = Sentence(
    "ActResolvesNone", "It is a note signed by {who}. It decides nothing, and no remark here is resolved by it."
)
_ACKNOWLEDGES = Sentence(
    "ActAcknowledges",
    "Signed by {who} for the {office}. It decides nothing; it says that the retirement of the use case was read.",
)
_ACKNOWLEDGES_NONE = Sentence(
    "ActAcknowledgesNone",
    "It is a note signed by {who}. It decides nothing, and no retirement that holds here is acknowledged by it.",
)
_CARRIES_PAGE = Sentence(
    "ActCarriesNotice",
    "It is a note signed by {who}, which carries a page about another act of the use case. It decides nothing.",
)
_GIVES_ACCESS = Sentence(
    "ActGivesAccess",
    "Signed by {who}. It decides nothing; it says who was given a key to read the use case with.",
)
_GIVES_NONE = Sentence(
    "ActGivesNoAccess",
    "It is a note signed by {who}, who does not read the use case. It decides nothing, and no key it names is written with.",
)
_VERIFY_PAGE = Sentence("VerifyNoticeItself", "Verify the page itself: it is made again from the acts and compared.")
_REPLACED = Wording("EndReplaced", "{who} gave another opinion for the {office}")
_REVISED = Wording("EndRevised", "{who} filed revision {number}")
_REOPENED = Wording("EndReopened", "{who} filed revision {number}, which opened the use case again")
_WITHDRAWN = Wording("EndWithdrawn", "{who} withdrew the use case")
_RETIRED = Wording("EndRetired", "{who} retired the use case")
_DISOWNED = Wording("EndDisowned", "{who} disowned it for their office, as its key was cut off")
_AGREED = Wording("EndAgreed", "both offices agreed on later terms")
_OBJECTED = Wording("EndObjected", "{who} suspended the use case for the {office}")
_LIFTED = Wording("EndLifted", "both offices have lifted it")
_CONTESTED = Wording("EndContested", "{who} said something else for the {office}, without knowing of it")
_FILE = Caption("FileBySha", "SHA-256 {sha256}")


def standing(act: Act, anchor: Anchor) -> ActStanding:
    """What the act is worth to somebody who trusts the organisation of ``anchor`` (not empty)."""
    if act.org != anchor.org and not (act.kind in (ROSTER.name, ENROL.name) and not act.org):
        return unsaid(_OTHER_ORGANISATION())
    knowing = anchor.including(act)
    if KINDS.is_unknown(act.kind):
        return unsaid(_LATER_KIND())
    if act.kind == ROSTER.name:
        return organisation_standing.roster(act, knowing)
    try:
        KINDS.read(act)
    except Refusal as refusal:
        return nothing(_NOT_ITS_FORM(refusal=refusal.given))
    if act.case_id:
        return _in_case(act, knowing.case(act.case_id), knowing)
    if is_note(act.kind):
        return organisation_standing.note(act, knowing)
    return organisation_standing.OF_KIND[act.kind](act, knowing)


def _in_case(act: Act, state: CaseState | None, anchor: Anchor) -> ActStanding:
    if state is None or not any(event.act.id == act.case_id for event in state.events):
        return unsaid(_CASE_NOT_HERE())
    event = state.event(act.id)
    if event.judgement.force is Force.NOTE:
        return _note(act, event.body, state, anchor.rosters)
    told = _told(act, state, case_standing(state, act.id), anchor)
    if told.worth not in (Worth.COUNTS, Worth.ENDED):
        return told
    body = state.event(act.id).body
    if isinstance(body, SealedBody) and not anchor.attachments:
        return unsaid(_SEAL_WITH_RECORD(), _VERIFY_RECORD())
    if isinstance(body, OpinionBody) and body.position is Position.APPROVE:
        return _assessed(body, state, anchor, told)
    return told


def _note(act: Act, body: Body | None, state: CaseState, rosters: RosterHistory) -> ActStanding:
    who = rosters.name(act.person)
    match body:
        case ResolvedBody():
            resolves = any(thread.resolved == act.id for thread in state.threads)
            return counts(_RESOLVES(who=who)) if resolves else unsaid(_RESOLVES_NONE(who=who))
        case AcknowledgedBody():
            acknowledges = (body.office, act.id) in state.closing.acknowledged
            told = _ACKNOWLEDGES(who=who, office=body.office.label) if acknowledges else None
            return counts(told) if told else unsaid(_ACKNOWLEDGES_NONE(who=who))
        case AccessBody():
            idle = act.id in access_to_case(state, rosters).idle
            return unsaid(_GIVES_NONE(who=who)) if idle else counts(_GIVES_ACCESS(who=who))
        case NoticeBody():
            return unsaid(_CARRIES_PAGE(who=who), _VERIFY_PAGE())
        case _:
            return unsaid(NOTE(who=who))


def _told(act: Act, state: CaseState, found: CaseStanding, anchor: Anchor) -> ActStanding:
    who = anchor.rosters.name(act.person)
    if found.worth is Worth.NOTHING:
        return nothing(COUNTS_FOR_NOTHING(who=who, reason=found.reason or ""))
    if found.worth is Worth.ENDED and found.end is not None:
        return counted(_until(who, found.end, found.by, state, anchor), SEE_CASE())
    if found.worth is Worth.OPEN:
        return _open(act, state, found, anchor)
    event = state.event(act.id)
    if isinstance(event.body, SealedBody):
        return counts(_SEALS(who=who))
    if found.decides:
        return counts(_DECIDES(who=who))
    if event.judgement.force is Force.OBJECTS and event.judgement.reason:
        return counts(_OBJECTS(who=who, reason=event.judgement.reason))
    if isinstance(event.body, OpinionBody):
        return counts(_OPINION(who=who, office=event.body.office.label))
    return counts(_COUNTS(who=who))


def _open(act: Act, state: CaseState, found: CaseStanding, anchor: Anchor) -> ActStanding:
    if found.unlisted:
        return organisation_standing.without_listing(found.reason, found.unlisted, anchor)
    here = {event.act.id for event in state.events}
    if not here.issuperset(found.by) or not found.by:
        missing = enumerated([name[:16] for name in found.by])
        if found.reason == RIVALS():
            return organisation_standing.between_rivals(UNSURE(reason=RIVALS()), anchor)
        # What waits for nothing that could arrive, waits for a newer version of the program.
        newer = not found.by and state.event(act.id).judgement.force is Force.WAITS
        reason = found.reason or ""
        said = _WAITS_FOR(reason=reason, missing=missing) if missing else _WAITS(reason=reason)
        return unsaid(said, UPDATE() if newer else None)
    beside = enumerated([_file(state, name) for name in found.by])
    if act.kind == OPINION.name:
        said = _OPINION_OPEN(who=anchor.rosters.name(act.person), reason=found.reason or "", beside=beside)
    else:
        said = _OPEN(reason=found.reason or "", beside=beside)
    return unsaid(said, turn_of(state.turn) or _SHOW_OFFICES())


def _until(signer: str, end: End, by: tuple[str, ...], state: CaseState, anchor: Anchor) -> Reason:
    """Who signed an act, and what ended it, with the act that did it."""
    later = state.event(by[0])
    who, body = anchor.rosters.name(later.act.person), later.body
    office = body.office.label if isinstance(body, OpinionBody | SuspendBody) else ""
    number = next((item.number for item in state.revisions if item.id == by[0]), 0)
    ended = {
        End.REPLACED: _REPLACED(who=who, office=office),
        End.REVISED: _REVISED(who=who, number=number),
        End.REOPENED: _REOPENED(who=who, number=number),
        End.WITHDRAWN: _WITHDRAWN(who=who),
        End.RETIRED: _RETIRED(who=who),
        End.AGREED: _AGREED(),
        End.OBJECTED: _OBJECTED(who=who, office=office),
        End.LIFTED: _LIFTED(),
        End.DISOWNED: _DISOWNED(who=who),
        End.CONTESTED: _CONTESTED(who=who, office=office),
    }[end]
    return _COUNTED_UNTIL(who=signer, end=ended, act=by[0][:16])


def _file(state: CaseState, name: str) -> Fact:
    """An act that speaks against another; of a seal the file is what people look for."""
    body = state.event(name).body
    return _FILE(sha256=body.record.sha256) if isinstance(body, SealedBody) else name[:16]


def _assessed(body: OpinionBody, state: CaseState, anchor: Anchor, told: ActStanding) -> ActStanding:
    """An approval that counts rests on what the playbook makes of its terms (rule R10), where the playbook is here to ask."""
    revision = next((item for item in state.revisions if item.id == body.revision), None)
    if revision is None or anchor.press is None:
        return replace(told, unseen=(_NOT_COMPUTED(),))
    try:
        engine(anchor.press.engines, revision.engine)
        anchor.press.playbook(body.playbook)
    except Refusal:
        return replace(told, unseen=(_NOT_COMPUTED(),))
    return told
