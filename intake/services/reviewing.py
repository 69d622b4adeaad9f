"""Reviewing: what an office sees of a case, and giving its opinion.

An opinion is given in two steps. ``prepare`` works out exactly what would be signed, so that the screen can show it;
``give`` signs that and nothing else, and refuses when the case has moved in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from intake.domain import answers as said
from intake.domain.acts import Kind
from intake.domain.assessment import Assessment
from intake.domain.bodies import CommentBody, Office, OpinionBody, Position, SealedBody
from intake.domain.canonical import clean, sha256
from intake.domain.fold import CaseState, Phase
from intake.domain.fold.case import Revision
from intake.domain.guide import Compared, compared
from intake.domain.playbook import Playbook
from intake.domain.refusals import Refusal
from intake.domain.roster import Role
from intake.domain.status import Status, roster_expired, status
from intake.domain.summary import reference
from intake.domain.terms import Difference, Stage, Terms, differences, terms
from intake.domain.words import short
from intake.records.base import build_base
from intake.services import record_content, recording
from intake.services.desk import Desk, Signer
from intake.services.pen import Pen
from intake.services.recording import PDF, Sheet
from intake.trust.acts import VerifiedAct

ATTESTATIONS = (
    "I have read this revision and its assessment.",
    "I decide for my office, on these terms and no others.",
)


class NotInOffice(Refusal):
    what = "Only the CIO and the CISO give opinions."
    why = "A decision needs both offices, and nobody can stand in for them."
    next = "You can leave a comment; the offices see it."


class NotIndependent(Refusal):
    what = "You cannot decide on this use case: you filed it or own it."
    why = "Nobody decides on their own request."
    next = "The roster must list another person for your office, who can then decide."


class RosterExpired(Refusal):
    what = "The roster has expired, so nothing new can be approved."
    why = "Nobody has confirmed lately who holds which office. Objecting is always possible."
    next = "Ask the administrators for a new roster version."


class RosterRivals(Refusal):
    what = "Two rosters claim to be the newest, so nothing new can be approved."
    why = "It is not clear who holds which office."
    next = "The administrators must settle it with a version that names both."


class ApprovalBlocked(Refusal):
    what = "This revision cannot be approved now: {reason}."
    why = "Doubt never approves."
    next = "Look at the history of the use case for what has to be settled first."


class PlaybookNotAccepted(Refusal):
    what = "The roster does not accept the playbook this revision was filed with."
    why = "Both offices rely on rules the organisation has agreed to."
    next = "Ask the administrators to accept it, or the owner to file with the current playbook."


class TermsMissing(Refusal):
    what = "An approval needs terms."
    why = "What is approved must be limited, and both offices must sign the same limits."
    next = "Fill in the stage, the boundaries and the expiry."


class ReasonMissing(Refusal):
    what = "A reason is needed to decline or to ask for changes."
    why = "People follow what they understand, and the owner needs to know what to do."
    next = "Write one or two sentences."


class Prohibited(Refusal):
    what = "This use case is prohibited and cannot be approved."
    why = "A rule of the playbook forbids it whatever the limits; see what drives the tier."
    next = "Decline it with a reason, or ask for changes that take the prohibited part out."


class CaseMoved(Refusal):
    what = "This use case has changed while you were looking at it."
    why = "You sign only what you have seen."
    next = "Look at what is new, then decide again. What you wrote is kept."


class Action(StrEnum):
    APPROVE = "approve"
    PROPOSE = "propose"
    CHANGES = "changes"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four buttons: what pressing it means, and why it is blocked (empty when it is not)."""

    action: Action
    consequence: str
    blocked: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What one office says now. ``given_on`` is the revision its newest opinion was given on; it may be outdated."""

    office: Office
    holder: str
    position: Position | None
    terms: Terms | None
    reason: str
    given_on: int
    outdated: bool
    at: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the review screen shows. ``office`` is the viewer's, None for everybody else.

    ``changes`` compares with the revision the viewer's office last spoke on, or with the revision before.
    ``proposal`` is where editing starts: the other office's terms, else one's own, else what the playbook proposes.
    """

    state: CaseState
    status: Status
    reference: str
    revision: Revision
    playbook: Playbook
    assessment: Assessment
    office: Office | None
    offices: tuple[OfficeView, OfficeView]
    differences: tuple[Difference, ...]
    changes: tuple[Compared, ...]
    changed_since: int
    proposal: Terms
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Exactly what would be signed. ``lines`` are the facts the signing dialog shows, label and value."""

    case: str
    reference: str
    title: str
    revision: str
    office: Office
    position: Position
    terms: Terms | None
    reason: str
    sheet: Sheet | None
    base: bytes
    assessment: str
    playbook: str
    seen: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    consequence: str

    @property
    def pdf(self) -> bytes:
        """The pages the signature will stand on; empty when no record is made."""
        return self.sheet.pdf if self.sheet else self.base


@dataclass(frozen=True, slots=True)
class Given:
    """What an opinion led to. ``sealed`` tells that the record now carries both signatures."""

    act: VerifiedAct
    phase: Phase
    turn: tuple[str, ...]
    sealed: bool


def look(desk: Desk, case: str, person: str) -> CaseView:
    """The case as ``person`` sees it. Raises NothingFiled or PlaybookMissing."""
    state = desk.state(case)
    revision = state.current
    assert revision is not None  # desk.state refuses a case without one
    playbook, assessment = desk.assessed(revision)
    office = office_of(desk, person, revision.body.unit, case)
    today = desk.clock().date()
    views = (_office(desk, state, Office.CIO), _office(desk, state, Office.CISO))
    since = _last_look(state, revision, office)
    before = said.from_json(since.body.answers) if since else None
    held = [view.terms for view in views if view.terms]
    return CaseView(
        state=state,
        status=status(state, today),
        reference=reference(case),
        revision=revision,
        playbook=playbook,
        assessment=assessment,
        office=office,
        offices=views,
        differences=differences(held[0], held[1]) if len(held) == 2 else (),
        changes=compared(playbook, before, said.from_json(revision.body.answers)) if before is not None else (),
        changed_since=since.number if since else 0,
        proposal=_proposal(desk, state, assessment, revision, office),
        choices=tuple(_choice(desk, state, revision, assessment, person, office, action) for action in Action),
    )


def office_of(desk: Desk, person: str, unit: str = "", case: str = "") -> Office | None:
    """The office a person holds now; CIO first should the roster give both."""
    rosters = desk.rosters
    return next((office for office in Office if rosters.holds(person, Role(office.value), unit=unit, case=case)), None)


def prepare(
    desk: Desk, person: str, case: str, position: Position, *, given: Terms | None = None, reason: str = ""
) -> Prepared:
    """Work out what ``person`` would sign. Raises the refusal that stands against it."""
    state = desk.state(case)
    revision = state.current
    assert revision is not None  # desk.state refuses a case without one
    office = office_of(desk, person, revision.body.unit, case)
    if office is None:
        raise NotInOffice
    _, assessment = desk.assessed(revision)
    reason = clean(reason).strip()
    if position is Position.APPROVE:
        refusal = _against_approval(desk, state, revision, assessment, person)
        if refusal:
            raise refusal
        if given is None:
            raise TermsMissing
    elif not reason:
        raise ReasonMissing
    sheet, base = None, b""
    if position is Position.APPROVE and given is not None:
        sheet = recording.sheet(desk, state, revision, given, office)
    elif position is Position.DECLINE:
        content = record_content.declined(desk.matter(state, revision), office, reason)
        base = build_base(content, fonts=desk.fonts, icc=desk.icc)
    return Prepared(
        case=case,
        reference=reference(case),
        title=revision.body.title,
        revision=revision.id,
        office=office,
        position=position,
        terms=given if position is Position.APPROVE else None,
        reason=reason,
        sheet=sheet,
        base=base,
        assessment=assessment.digest,
        playbook=revision.body.playbook,
        seen=desk.heads(case),
        lines=_lines(desk, state, revision, assessment, person, office, position, given, reason, sheet),
        consequence=_consequence(state, office, position, given),
    )


def give(desk: Desk, signer: Signer, prepared: Prepared) -> Given:
    """Sign and store what was prepared: the PDF first, then the opinion, and the seal when both signatures are there.

    All in one transaction. Raises CaseMoved when the case has changed since ``prepare``.
    """
    state = desk.state(prepared.case)
    if desk.heads(prepared.case) != prepared.seen or not state.current or state.current.id != prepared.revision:
        raise CaseMoved
    pen = Pen(desk, signer)
    record, base = None, ""
    if prepared.sheet:
        signed = recording.sign_sheet(desk, signer, prepared.sheet, prepared.office)
        record, base = pen.attach(signed, recording.record_name(state), PDF), prepared.sheet.base
    elif prepared.base:
        sheet = Sheet(prepared.base, sha256(prepared.base), "", "")
        signed = recording.sign_sheet(desk, signer, sheet, prepared.office)
        record, base = pen.attach(signed, f"{prepared.reference} declined.pdf", PDF), sheet.base
    body = OpinionBody(
        revision=prepared.revision,
        office=prepared.office,
        position=prepared.position,
        terms=prepared.terms,
        playbook=prepared.playbook,
        assessment=prepared.assessment,
        base=base,
        record=record,
        delegation="",
        attestations=ATTESTATIONS if prepared.position is Position.APPROVE else (),
        reason=prepared.reason,
    )
    made = pen.write(Kind.OPINION, body.as_json(), case=prepared.case, after=prepared.seen)
    sealed = bool(prepared.sheet and prepared.sheet.beside and record)
    if sealed and prepared.sheet and record:
        pair = tuple(sorted((made.act.id, prepared.sheet.beside)))
        pen.write(Kind.SEALED, SealedBody(pair, base, record).as_json(), case=prepared.case, after=())
    pen.store()
    after = desk.state(prepared.case)
    return Given(made, after.phase, after.turn, sealed)


def comment(desk: Desk, signer: Signer, case: str, text: str, *, about: str = "") -> VerifiedAct:
    """Leave a comment everybody with the case can read. Raises ReasonMissing for an empty one."""
    text = clean(text).strip()
    if not text:
        raise ReasonMissing
    pen = Pen(desk, signer)
    made = pen.write(Kind.COMMENT, CommentBody(text, about).as_json(), case=case)
    pen.store()
    return made


def _against_approval(
    desk: Desk, state: CaseState, revision: Revision, assessment: Assessment, person: str
) -> Refusal | None:
    """Why this person cannot approve this revision now, as the refusal to show."""
    rosters = desk.rosters
    chain = [state.revision(name) for name in _chain(state, revision)]
    if any(person in (item.author, item.body.owner) for item in chain):
        return NotIndependent()
    if rosters.rivals:
        return RosterRivals()
    if roster_expired(rosters, desk.clock().date()):
        return RosterExpired()
    if assessment.path.lane.value == "stop":
        return Prohibited()
    accepted = rosters.newest.playbooks if rosters.newest else ()
    if accepted and revision.body.playbook not in accepted:
        return PlaybookNotAccepted()
    if state.phase is Phase.CONFLICT:
        return ApprovalBlocked(reason="two revisions claim to be the newest, and the owner must join them")
    if state.phase is Phase.WITHDRAWN:
        return ApprovalBlocked(reason="the business has withdrawn the use case")
    if state.blocked:
        return ApprovalBlocked(reason=state.blocked[0][1])
    return None


def _chain(state: CaseState, revision: Revision) -> tuple[str, ...]:
    known = {item.id: item for item in state.revisions}
    found, pending = [], [revision.id]
    while pending:
        name = pending.pop()
        if name in known and name not in found:
            found.append(name)
            pending.extend(known[name].body.revises)
    return tuple(found)


def _office(desk: Desk, state: CaseState, office: Office) -> OfficeView:
    """The newest thing an office said, on this revision or on an earlier one."""
    every = [
        event
        for event in state.events
        if isinstance(event.body, OpinionBody)
        and event.body.office is office
        and event.judgement.force in ("counts", "objects")
    ]
    current = state.current.id if state.current else ""
    heads = state.positions[office]
    newest = next((event for event in reversed(every) if event.act.id in heads), every[-1] if every else None)
    if newest is None or not isinstance(newest.body, OpinionBody):
        holders = desk.rosters.newest.holders(Role(office.value)) if desk.rosters.newest else ()
        return OfficeView(office, ", ".join(item.name for item in holders), None, None, "", 0, False, "")
    body = newest.body
    known = {item.id: item.number for item in state.revisions}
    return OfficeView(
        office=office,
        holder=desk.rosters.name(newest.act.person),
        position=body.position,
        terms=body.terms,
        reason=body.reason,
        given_on=known.get(body.revision, 0),
        outdated=body.revision != current,
        at=newest.act.at.date().isoformat(),
    )


def _last_look(state: CaseState, revision: Revision, office: Office | None) -> Revision | None:
    """The earlier revision to compare with: the last one this office spoke on, else the one before."""
    known = {item.id: item for item in state.revisions}
    if office:
        for event in reversed(state.events):
            if isinstance(event.body, OpinionBody) and event.body.office is office:
                found = known.get(event.body.revision)
                if found:
                    return found if found.id != revision.id else None
    return next((known[name] for name in revision.body.revises if name in known), None)


def _proposal(desk: Desk, state: CaseState, assessment: Assessment, revision: Revision, office: Office | None) -> Terms:
    order = [office.other, office] if office else list(Office)
    for side in order:
        for name in state.positions[side]:
            found = state.opinion(name).terms
            if found:
                return found
    expires = desk.clock().date() + timedelta(days=assessment.path.valid_days)
    return terms(Stage(revision.body.stage), assessment.boundaries, (), expires)


def _choice(
    desk: Desk,
    state: CaseState,
    revision: Revision,
    assessment: Assessment,
    person: str,
    office: Office | None,
    action: Action,
) -> Choice:
    position = Position.APPROVE if action in (Action.APPROVE, Action.PROPOSE) else Position(action.value)
    blocked = ""
    if office is None:
        blocked = NotInOffice().what_happened
    elif position is Position.APPROVE:
        refusal = _against_approval(desk, state, revision, assessment, person)
        blocked = refusal.sentence if refusal else ""
    return Choice(action, _consequence(state, office, position, None, proposing=action is Action.PROPOSE), blocked)


def _consequence(
    state: CaseState, office: Office | None, position: Position, given: Terms | None, *, proposing: bool = False
) -> str:
    """What signing would lead to, in one sentence."""
    if position is Position.DECLINE:
        return "The use case is declined at once, and the record says why."
    if position is Position.CHANGES:
        return "The owner is asked to change the request and file again."
    if office is None:
        return "Only the offices decide."
    theirs = [state.opinion(name) for name in state.positions[office.other]]
    agreeing = [body for body in theirs if body.terms and (given is None or body.terms_digest == given.digest)]
    if agreeing and not proposing:
        return f"The {office.other.label} has signed these terms: your signature makes the decision."
    return f"The {office.other.label} is asked to sign these terms; until then nothing is decided."


def _lines(
    desk: Desk,
    state: CaseState,
    revision: Revision,
    assessment: Assessment,
    person: str,
    office: Office,
    position: Position,
    given: Terms | None,
    reason: str,
    sheet: Sheet | None,
) -> tuple[tuple[str, str], ...]:
    """The facts the signing dialog shows."""
    found = [
        ("You sign as", f"{desk.rosters.name(person)}, {office.label}"),
        ("Use case", f"{reference(state.case)} {revision.body.title}"),
        ("Revision", f"{revision.number} ({short(revision.id)})"),
        ("Tier", assessment.path.label),
        ("Your position", {"approve": "Approve", "changes": "Request changes", "decline": "Decline"}[position.value]),
    ]
    if given and position is Position.APPROVE:
        found.append(("Terms", f"{given.stage.value}, until {given.expires.isoformat()} ({short(given.digest)})"))
        found.append(("Conditions", str(len(given.conditions)) if given.conditions else "none"))
    if reason:
        found.append(("Reason", reason))
    if sheet:
        found.append(("Record", "countersigns the other office’s copy" if sheet.beside else "a fresh record"))
        if sheet.note:
            found.append(("Note", f"The other copy was not used: {sheet.note}"))
    return tuple(found)
