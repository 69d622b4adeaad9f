"""Records: making the pages an office signs, adding a missing signature, and judging a PDF by what the register knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import SEALED, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, Wording, together
from intake.domain.case.allowed import NothingToSign, allowed
from intake.domain.case.decision import Decision
from intake.domain.case.event import Event
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.summary import reference
from intake.domain.terms.terms import Terms
from intake.records.content import RecordContent, SignatureField
from intake.records.editions.edition import Edition
from intake.records.proof import rebuild, seals
from intake.records.proof.rebuild import Compose
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, PinnedKey, RecordVerdict, VerifierKnowledge
from intake.records.refusals import UnknownEdition
from intake.records.signatures import looks
from intake.records.signatures.looks import SaidBy
from intake.records.signatures.sign import placed, sign_record
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read
from intake.services.proving.backing import pinned
from intake.trust.keys import passing_key

PDF = "application/pdf"
_ON_TRIAL = "On trial"


class OthersTurn(Refusal):
    what = "The missing signature is that of the {office}, on your copy."
    why = "Both offices signed first, each on a separate copy. Of the two, yours becomes the record."
    next = "Send what you have, so that the {office} gets your copy, and wait for the finished record."


class NewerCopy(Refusal):
    what = "The copy of the {office} was made by a newer version of Countersign: edition {edition}; this version knows {known}."
    why = "Nobody signs pages that their own program cannot print and compare."
    next = "Update Countersign, then add your signature. The decision stands meanwhile."


class CopyUnusable(Refusal):
    what = "The copy of the {office} cannot become the record: {reason}."
    why = "Nobody signs pages that this register would not have made."
    next = (
        "The decision stands. The copy of the {other} may do instead: then the {office} adds its signature to that. "
        "Or agree on it again: propose these terms with another last day."
    )


class RecordUnsound(Refusal):
    what = "The record was not sealed: {reason}"
    why = "A sealed record has to prove itself to people without this app. Nothing was signed for others to see."
    next = "Look at the use case again. If it stays so, propose these terms with another last day, on a fresh record."


_SIGN_FRESH = Sentence("SignFreshOne", "You sign a fresh one, and the {office} adds a signature to yours.")
_OTHER_PAGES = Wording("CopyOtherPages", "it does not start with the pages its signer named")
_PLACE_TAKEN = Wording("CopyPlaceTaken", "its place for your signature is taken")
_DOES_NOT_HOLD = Wording("CopySignatureFails", "the signature of the {office} on it does not hold")
_FAILS = Wording("CopyFails", "people without this app could not prove it: {reason}")
_STAMPED_LATER = Wording("CopyStampedLater", "its timestamp is later than the clock of this computer")
_LOOKS_OTHERWISE = Wording(
    "CopyLooksOtherwise", "what the signature of the {office} shows on the page is not what Countersign draws of it"
)


@dataclass(frozen=True, slots=True)
class UnsignedRecord:
    """The PDF an office is about to sign. ``base`` is the digest of its unsigned part; ``beside`` is the opinion of
    the other office whose signature it carries already, empty for a fresh sheet. ``note`` says why a copy by the other
    office was not used.
    """

    pdf: bytes
    base: str
    beside: str
    note: Reason | None


def sheet(
    installation: Installation, state: CaseState, revision: Revision, terms: Terms, office: Office
) -> UnsignedRecord:
    """The sheet for approving ``terms``: the other office's signed copy when it says the same, a fresh one otherwise.

    The base is rebuilt from this register and compared before anything is signed: nobody signs pages this register
    would not have made.
    """
    case_file = installation.case_file(state, revision, terms)

    def compose(edition: Edition) -> RecordContent:
        return edition.decision(case_file, terms)

    note = None
    for name in state.positions[office.other]:
        body = state.opinion(name)
        if not _agrees(body, terms, case_file.assessment.digest):
            continue
        copy = installation.register.queries.blob(body.record.sha256) if body.record else None
        if copy is None:
            continue
        try:
            problem = _unusable(installation, copy, compose, state.event(name), office)
        except UnknownEdition as newer:
            problem = together(newer.given, _SIGN_FRESH(office=office.other.label))
        if problem is None:
            return UnsignedRecord(copy, body.base, name, None)
        note = problem
    edition = installation.printer.newest
    base = installation.printer.base(edition, edition.decision(case_file, terms))
    return UnsignedRecord(base, sha256(base), "", note)


def sign_sheet(
    installation: Installation, signer: PersonWithKey, sheet_: UnsignedRecord, office: Office, reason: str | None
) -> bytes:
    """Sign the office's field, which shows the ``reason`` of an approval. Raises what ``records.sign`` raises."""
    return sign_record(
        sheet_.pdf,
        SignatureField(office.label),
        signer.key,
        person=installation.rosters.name_alone(signer.person),
        at=installation.clock(),
        printer=installation.printer,
        reason=reason,
        tsa=installation.tsa,
    )


def complete(
    installation: Installation, signer: PersonWithKey, case: str, *, seen: tuple[str, ...] | None = None
) -> Attachment:
    """Add the missing signature when both offices signed first, and seal the record.

    Both choose the same copy (``fold.records``). One that carries both signatures already, and whose seal is not good or has
    got lost, is only sealed; one that this person sealed before is given as it is, and nothing is signed again. ``seen`` is what was ``shown`` of the case when its copy could be looked at. Raises RosterUnread, NothingToSign, OthersTurn, NewerCopy, CopyUnusable, RecordUnsound or
    CaseMoved.
    """
    state = installation.state(case)
    if (already := completed(state, signer.person)) is not None:
        return already
    require_unmoved(state, seen)
    decision, office, theirs, copy = _chosen(installation, state, signer.person)
    body = state.opinion(theirs)
    whole = _is_whole(copy)
    writer = ActWriter(installation, signer)
    own = next(given for name in decision.opinions if (given := state.opinion(name)).office is office)
    unsigned = UnsignedRecord(copy, body.base, theirs, None)
    signed = copy if whole else sign_sheet(installation, signer, unsigned, office, own.reason)
    record = writer.attach(signed, record_name(state), PDF)
    sealed = SealedBody(tuple(sorted(decision.opinions)), body.base, record)
    seal = writer.write(SEALED, sealed, case=case, seen=shown(state))
    mine = seal.act if not whole else state.event(next(name for name in decision.opinions if name != theirs)).act
    check_finished(installation, signed, body.base, {office: mine, office.other: state.event(theirs).act})
    # Signing takes its time: what others signed may have come meanwhile.
    writer.store(lambda: require_rosters_read(installation.rosters))
    return record


def completed(state: CaseState, person: str) -> Attachment | None:
    """The record that this person sealed already: asked to complete it once more there is nothing left to do."""
    decision = state.decision
    if decision is None or decision.record is None or state.event(decision.sealed_by).act.person != person:
        return None
    return decision.record


def may_complete(installation: Installation, state: CaseState, person: str) -> bool:
    """Whether the missing signature, or the seal, is this person's to add.

    By the turn; and where the copy they brought themselves comes first and is not what it says, the other's may be next.
    """
    decision, office = state.decision, state.signed_for(person)
    if allowed(state, installation.rosters, person).complete or not decision or not decision.terms or not office:
        return False
    if state.completes(person):
        return True
    try:
        _to_complete(installation, state, decision, decision.terms, office)
    except Refusal:
        return False
    return True


def require_completing(installation: Installation, person: str, case: str) -> None:
    """Raise the refusal to add this person's signature to the record, as far as it is known before signing."""
    _chosen(installation, installation.state(case), person)


def copy_to_complete(installation: Installation, person: str, case: str) -> bytes:
    """The very file ``complete`` would put the missing signature of this person on. Raises as ``complete``."""
    return _chosen(installation, installation.state(case), person)[3]


def _chosen(installation: Installation, state: CaseState, person: str) -> tuple[Decision, Office, str, bytes]:
    """The decision whose record ``person`` completes, for which office, the other's opinion, and the copy it is made of."""
    require_rosters_read(installation.rosters)
    decision, office = state.decision, state.signed_for(person)
    against = allowed(state, installation.rosters, person).complete
    if against or not decision or not decision.terms or not office:
        raise against or NothingToSign()
    return decision, office, *_to_complete(installation, state, decision, decision.terms, office)


def _to_complete(
    installation: Installation, state: CaseState, decision: Decision, terms: Terms, office: Office
) -> tuple[str, bytes]:
    """The opinion of the other office whose copy ``office`` completes, and that copy.

    The order is the fold's, and rests on what each file says of itself. So each copy is printed again before it is chosen:
    one that is not what it says is left out in favour of the next, at both installations.
    """
    case_file = installation.case_file(state, state.revision(decision.revision), terms)
    refused: Refusal | None = None
    for name in decision.copies:
        event, body = state.event(name), state.opinion(name)
        copy = installation.register.queries.blob(body.record.sha256) if body.record else None
        if copy is None:
            continue
        signs = None if _is_whole(copy) else body.office.other
        try:
            problem = _unusable(installation, copy, lambda edition: edition.decision(case_file, terms), event, signs)
        except UnknownEdition as newer:
            raise NewerCopy(office=body.office.label, **newer.facts) from None
        if not problem and body.office is not office:
            return name, copy
        if not problem:
            raise refused or OthersTurn(office=office.other.label)
        refused = refused or CopyUnusable(office=body.office.label, other=body.office.other.label, reason=problem)
    raise refused or NothingToSign()


def _is_whole(copy: bytes) -> bool:
    return len(seals.record_file(copy).keys) > 1


def _once_finished(installation: Installation, copy: bytes, event: Event, office: Office | None) -> RecordVerdict:
    """The verdict on a copy once ``office`` has signed it as well: on trial, with a key that nobody keeps."""
    assert isinstance(event.body, OpinionBody)
    known = _evidence(installation, event.body.base, {event.body.office: event.act})
    if office is None:
        return validate_record(copy, known)
    field, at = SignatureField(office.label), installation.clock()
    key = passing_key(_ON_TRIAL, at=at)
    pin = PinnedKey(field, key.fingerprint, key.certificate_der, "", _ON_TRIAL)
    made = sign_record(copy, field, key, person=_ON_TRIAL, at=at, printer=installation.printer)
    return validate_record(made, replace(known, keys=(*known.keys, pin), bases=(*known.bases, event.body.base)))


def check_finished(installation: Installation, pdf: bytes, base: str, signed: Mapping[Office, Act]) -> None:
    """See that a record proves what its seal will say, before anything is stored. Raises RecordUnsound.

    ``signed`` names for each office an act that its key and roster are taken from.
    """
    verdict = validate_record(pdf, _evidence(installation, base, signed))
    if not verdict.passed:
        raise RecordUnsound(reason=verdict.said)


def _evidence(installation: Installation, base: str, signed: Mapping[Office, Act]) -> VerifierKnowledge:
    pins = (pinned(installation.rosters, act, SignatureField(office.label)) for office, act in signed.items())
    keys = tuple(pin for pin in pins if pin)
    return VerifierKnowledge(installation.register.org, keys, tuple(base for _ in keys))


def record_name(state: CaseState) -> str:
    return f"{reference(state.case)} decision record.pdf"


def _agrees(body: OpinionBody, terms: Terms, assessment: str) -> bool:
    return body.position is Position.APPROVE and body.terms_digest == terms.digest and body.assessment == assessment


def _unusable(
    installation: Installation, copy: bytes, compose: Compose, event: Event, office: Office | None
) -> Reason | None:
    """Why the copy the other office brought with ``event`` cannot be the record, as a reason; None when it can.

    ``office`` still has to sign it; None when both have. Raises UnknownEdition for one that cannot be printed here at all.
    """
    assert isinstance(event.body, OpinionBody)
    try:
        if sha256(rebuild.base_of(copy)) != event.body.base:
            return _OTHER_PAGES()
        rebuild.check_base(copy, compose, installation.printer)
        if office and SignatureField(office.label) not in placed(copy).empty:
            return _PLACE_TAKEN()
        if office and seals.record_file(copy).keys != (event.act.signer,):
            return _DOES_NOT_HOLD(office=office.other.label)
        said = SaidBy(installation.rosters.name_alone(event.act.person), event.body.reason)
        if office and looks.foreign(copy, {event.act.signer: said}, installation.printer):
            return _LOOKS_OTHERWISE(office=office.other.label)
        # The record it becomes is judged before it is sealed. What it would fail for is its signer's, and may end nobody's say.
        if (verdict := _once_finished(installation, copy, event, office)).indication is Indication.FAILED:
            return _FAILS(reason=verdict.said)
        stamped = seals.newest_stamp(copy) if office else None
        if stamped and stamped - installation.clock() > seals.CLOCK_DIFFERENCE:
            # A timestamp beside the second signature would be the earlier one, and the record worthless.
            return _STAMPED_LATER()
    except UnknownEdition:
        raise
    except Refusal as refusal:
        return refusal.given
    return None
