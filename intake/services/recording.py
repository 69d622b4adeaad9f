"""Records: making the sheet an office signs, adding a missing signature, and judging a PDF by what the register knows."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts import Attachment, Kind
from intake.domain.bodies import Office, OpinionBody, Position, SealedBody
from intake.domain.canonical import sha256
from intake.domain.fold import CaseState, RecordState
from intake.domain.fold.case import Revision
from intake.domain.refusals import Refusal
from intake.domain.summary import reference
from intake.domain.terms import Terms
from intake.records import rebuild
from intake.records.base import build_base
from intake.records.content import RecordContent, SignatureField
from intake.records.sign import placed, sign_record
from intake.services import record_content
from intake.services.desk import Desk, Signer
from intake.services.pen import Pen

PDF = "application/pdf"


class NothingToSign(Refusal):
    what = "This record needs no signature from you."
    why = "It is complete, there is no decision yet, or the other office has to sign."
    next = "Look at the case page to see whose turn it is."


class NoRecord(Refusal):
    what = "There is no record of this use case yet."
    why = "A record is made when an office approves, when one declines, or when the business withdraws."
    next = "Come back when it is decided."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The PDF an office is about to sign. ``base`` is the digest of its unsigned part; ``beside`` is the opinion of
    the other office whose signature it carries already, empty for a fresh sheet. ``note`` says why a copy by the other
    office was not used.
    """

    pdf: bytes
    base: str
    beside: str
    note: str


def sheet(desk: Desk, state: CaseState, revision: Revision, terms: Terms, office: Office) -> Sheet:
    """The sheet for approving ``terms``: the other office's signed copy when it says the same, a fresh one otherwise.

    The base is rebuilt from this register and compared before anything is signed: nobody signs pages this register
    would not have made.
    """
    matter = desk.matter(state, revision)
    content = record_content.decision(matter, terms)
    note = ""
    for name in state.positions[office.other]:
        body = state.opinion(name)
        if not _agrees(body, terms, matter.assessment.digest):
            continue
        copy = desk.register.queries.blob(body.record.sha256) if body.record else None
        if copy is None:
            continue
        problem = _unusable(desk, copy, content, body.base, office)
        if not problem:
            return Sheet(copy, body.base, name, "")
        note = problem
    base = build_base(content, fonts=desk.fonts, icc=desk.icc)
    return Sheet(base, sha256(base), "", note)


def sign_sheet(desk: Desk, signer: Signer, sheet_: Sheet, office: Office) -> bytes:
    """Sign the office's field. Raises what ``records.sign`` raises."""
    return sign_record(
        sheet_.pdf,
        SignatureField(office.label),
        signer.key,
        person=desk.rosters.name(signer.person),
        at=desk.clock(),
        fonts=desk.fonts,
        tsa=desk.tsa,
    )


def complete(desk: Desk, signer: Signer, case: str) -> Attachment:
    """Add the missing signature when both offices signed first, and seal the record. Raises NothingToSign.

    The signature goes on the copy with the smallest SHA-256, so that both would choose the same one.
    """
    state = desk.state(case)
    decision = state.decision
    if decision is None or decision.record_state is not RecordState.OPEN or decision.terms is None:
        raise NothingToSign
    office = next((item for item in Office if (item.value,) == state.turn), None)
    mine = next((name for name in decision.opinions if office and state.opinion(name).office is office), "")
    if office is None or not mine or state.event(mine).act.person != signer.person:
        raise NothingToSign
    made = sheet(desk, state, state.revision(decision.revision), decision.terms, office)
    if not made.beside:
        raise NothingToSign
    pen = Pen(desk, signer)
    record = pen.attach(sign_sheet(desk, signer, made, office), record_name(state), PDF)
    body = SealedBody(tuple(sorted(decision.opinions)), made.base, record)
    pen.write(Kind.SEALED, body.as_json(), case=case)
    pen.store()
    return record


def record_of(desk: Desk, case: str) -> tuple[Attachment, bytes]:
    """The record to show or save: the sealed one, else the newest signed copy. Raises NoRecord."""
    state = desk.state(case)
    decision = state.decision or state.in_force
    candidates = [decision.record] if decision and decision.record else []
    for event in reversed(state.events):
        record = getattr(event.body, "record", None)
        if isinstance(record, Attachment):
            candidates.append(record)
    for item in candidates:
        data = desk.register.queries.blob(item.sha256)
        if data is not None:
            return item, data
    raise NoRecord


def record_name(state: CaseState) -> str:
    return f"{reference(state.case)} decision record.pdf"


def _agrees(body: OpinionBody, terms: Terms, assessment: str) -> bool:
    return body.position is Position.APPROVE and body.terms_digest == terms.digest and body.assessment == assessment


def _unusable(desk: Desk, copy: bytes, content: RecordContent, named: str, office: Office) -> str:
    """Why the other office's copy cannot be countersigned, in words; nothing when it can."""
    try:
        if SignatureField(office.label) not in placed(copy).empty:
            return "its place for your signature is taken"
        if sha256(rebuild.base_of(copy)) != named:
            return "it does not start with the pages its signer named"
        rebuild.check_base(copy, content, fonts=desk.fonts, icc=desk.icc)
    except Refusal as refusal:
        return refusal.what_happened
    return ""
