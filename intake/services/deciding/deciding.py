"""Deciding: what an office would sign, shown before it signs, and the signing itself.

An opinion is given in two steps. ``prepare`` works out exactly what would be signed, so that the screen can show it;
``give`` signs that and nothing else, and refuses when the case has moved in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.acts.kinds import COMMENT, OPINION, SEALED, Office
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import NotAssessed
from intake.domain.assessment.granted import Granted
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain
from intake.domain.base.wording import Caption, said, words
from intake.domain.case.allowed import NotInOffice, allowed
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.one_page import DecisionRow, RowTopic, digest_rows
from intake.domain.case.phases import Phase
from intake.domain.case.summary import reference
from intake.domain.case.verbs import OpinionVerb
from intake.domain.case.writing import ABOUT, ANSWER, REMARK
from intake.domain.case.writing import COMMENT as COMMENT_PART
from intake.domain.terms.doable import nobody_may_use
from intake.domain.terms.terms import Terms
from intake.services.deciding import recording, unsigned
from intake.services.deciding.accepting import with_the_owner
from intake.services.deciding.attestations import ATTESTATIONS as ATTESTATIONS  # noqa: PLC0414 - what an opinion attests
from intake.services.deciding.boxes import REASON, boxes_of_reason, boxes_on_pages
from intake.services.deciding.granting import against_widening
from intake.services.deciding.on_one_page import ON_THE_SHEET, compared, rows_of
from intake.services.deciding.reasons import ReasonMissing, given_reason
from intake.services.deciding.recording import PDF, UnsignedRecord
from intake.services.deciding.standing import against_approval, against_terms, consequence
from intake.services.deciding.verbs import proposal, verb_now
from intake.services.installation.act_writer import ActWriter, stored_behind
from intake.services.installation.act_writer import CaseMoved as CaseMoved  # noqa: PLC0414 - screens import it from here
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read
from intake.trust.acts import VerifiedAct

_SIGN_AS = Caption("LineSignAs", "You sign as")
_POSITION = Caption("LinePosition", "Your position")
_RECORD = Caption("LineRecord", "Record")
_NOTE = Caption("LineNote", "Note")
_COUNTERSIGNS = Caption("CountersignsCopy", "countersigns the other office’s copy")
_FRESH = Caption("FreshRecord", "new pages, with yours as their first signature")
_COPY_NOT_USED = Caption("CopyNotUsed", "The other copy was not used: {reason}")
_NOBODY_MAY_USE = Caption("TermsForNobody", "by these terms nobody may use it: “Users at most” is 0")
_DIGEST_OF_TERMS = Caption("DigestOfTerms", "Terms (SHA-256)")
_DIGEST_OF_REVISION = Caption("DigestOfRevision", "Revision (SHA-256)")
_DIGEST_OF_PAGES = Caption("DigestOfPages", "Pages (SHA-256)")


class TermsMissing(Refusal):
    what = "An approval needs terms."
    why = "What is approved must be limited, and both offices must sign the same limits."
    next = "Fill in the stage, the boundaries and the expiry."


@dataclass(frozen=True, slots=True)
class Prepared:
    """Exactly what would be signed. ``rows`` are those the signing dialog shows, in order; ``outcome`` says what it leads to.

    ``verb`` is what signing it is called, on the sheet as on the button.
    """

    case: str
    reference: str
    title: str
    revision: str
    office: Office
    position: Position
    verb: OpinionVerb
    terms: Terms | None
    reason: str
    sheet: UnsignedRecord | None
    base: bytes
    assessment: str
    playbook: str
    seen: tuple[str, ...]
    rows: tuple[DecisionRow, ...]
    outcome: Reason

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """``rows`` in words, label and value."""
        return tuple((said(row.label), said(row.value)) for row in self.rows)

    @property
    def consequence(self) -> str:
        """``outcome`` in words."""
        return words(self.outcome)

    @property
    def pdf(self) -> bytes:
        """The pages the signature will be on; empty when no record is made."""
        return self.sheet.pdf if self.sheet else self.base


@dataclass(frozen=True, slots=True)
class Given:
    """What an opinion led to. ``sealed`` tells that the record now carries both signatures."""

    act: VerifiedAct
    verb: OpinionVerb
    phase: Phase
    turn: tuple[str, ...]
    sealed: bool


def prepare(
    installation: Installation,
    person: str,
    case: str,
    position: Position,
    *,
    given: Terms | None = None,
    reason: str = "",
) -> Prepared:
    """Work out what ``person`` would sign. Raises its refusal."""
    state = installation.state(case)
    revision = state.current
    assert revision is not None  # installation.state refuses a case without one
    office = allowed(state, installation.rosters, person).office
    if office is None:
        raise NotInOffice
    # An objection needs no assessment, and can be made where this program has none; then no record is printed.
    assessed, granted = installation.judged(revision), _granted(installation, revision, position, given)
    reason = plain(reason)
    if position is Position.APPROVE:
        _refuse_approval(installation, state, revision, granted or assessed, person, office, given, reason)
    elif not reason:
        raise ReasonMissing
    sheet, base = None, b""
    if position is Position.APPROVE and given is not None:
        sheet = recording.sheet(installation, state, revision, given, office)
    elif position is Position.DECLINE and isinstance(assessed, Assessment):
        edition = installation.printer.newest
        base = installation.printer.base(
            edition, edition.declined(installation.case_file(state, revision), office, reason)
        )
    verb = verb_now(state, revision, assessed, office, position, given, installation.clock().date())
    return Prepared(
        case=case,
        reference=reference(case),
        title=revision.body.title,
        revision=revision.id,
        office=office,
        position=position,
        verb=verb,
        terms=given if position is Position.APPROVE else None,
        reason=reason,
        sheet=sheet,
        base=base,
        assessment=_assessment_signed(granted or assessed),
        playbook=revision.body.playbook,
        seen=shown(state),
        rows=_rows(
            installation, state, revision, person, office, verb, given=given, reason=reason, sheet=sheet, base=base
        ),
        outcome=with_the_owner(
            consequence(state, office, position, given),
            revision,
            granted if isinstance(granted, Granted) else None,
            given,
        ),
    )


def give(installation: Installation, signer: PersonWithKey, prepared: Prepared) -> Given:
    """Sign and store what was prepared: the PDF first, then the opinion, and the seal when both signatures are there.

    All in one transaction. Raises CaseMoved when the case has changed since ``prepare``, also while it was being signed.
    """
    state = installation.state(prepared.case)
    if shown(state) != prepared.seen or not state.current or state.current.id != prepared.revision:
        raise CaseMoved
    if allowed(state, installation.rosters, signer.person).office is not prepared.office:
        raise NotInOffice
    if prepared.position is Position.APPROVE:
        # A roster may have come or expired, and the day may have ended, while the window was open.
        granted = _granted(installation, state.current, prepared.position, prepared.terms)
        judged = granted or installation.judged(state.current)
        _refuse_approval(
            installation, state, state.current, judged, signer.person, prepared.office, prepared.terms, prepared.reason
        )
    writer = ActWriter(installation, signer)
    record, base, signed = None, "", b""
    if prepared.sheet:
        signed = recording.sign_sheet(installation, signer, prepared.sheet, prepared.office, prepared.reason)
        record, base = writer.attach(signed, recording.record_name(state), PDF), prepared.sheet.base
    elif prepared.base:
        sheet = UnsignedRecord(prepared.base, sha256(prepared.base), "", None)
        signed = recording.sign_sheet(installation, signer, sheet, prepared.office, None)
        record, base = writer.attach(signed, f"{prepared.reference} declined.pdf", PDF), sheet.base
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
    made = writer.write(OPINION, body, case=prepared.case, seen=prepared.seen)
    sealed = bool(prepared.sheet and prepared.sheet.beside and record)
    if sealed and prepared.sheet and record:
        beside = state.event(prepared.sheet.beside).act
        recording.check_finished(installation, signed, base, {prepared.office: made.act, prepared.office.other: beside})
        pair = tuple(sorted((made.act.id, prepared.sheet.beside)))
        writer.write(SEALED, SealedBody(pair, base, record), case=prepared.case)

    def still_in_force() -> None:
        # An objection is stored whatever has come while it was being signed.
        if prepared.position is Position.APPROVE:
            require_rosters_read(installation.rosters)

    table = installation.capabilities.tables.newest
    in_question, _ = proposal(installation, state, prepared.office)
    writer.store(
        still_in_force,
        signed=unsigned.signed_opinion(
            installation, signer.person, prepared.case, in_question, table, prepared.terms, prepared.reason
        ),
    )
    after = installation.state(prepared.case)
    return Given(made, prepared.verb, after.phase, after.turn, sealed)


def comment(installation: Installation, signer: PersonWithKey, case: str, text: str, *, about: str = "") -> VerifiedAct:
    """Leave a comment everybody with the case can read. Raises ReasonMissing for an empty one.

    ``about`` is a question, a boundary, or the act id of the comment it answers.
    It agrees to nothing, so it is signed again behind whatever came first; CaseMoved when something always does.
    """
    text = given_reason(text)
    kept = ((COMMENT_PART, ABOUT), (REMARK,), (f"{ANSWER}{about}",))

    def sign() -> VerifiedAct:
        writer = ActWriter(installation, signer)
        made = writer.write(COMMENT, CommentBody(text, about), case=case)
        writer.store(signed=unsigned.signed_words(installation, signer.person, case, text, *kept))
        return made

    return stored_behind(sign)


def _refuse_approval(
    installation: Installation,
    state: CaseState,
    revision: Revision,
    judged: Assessment | Granted | NotAssessed,
    person: str,
    office: Office,
    given: Terms | None,
    reason: str,
) -> None:
    """Raises the refusal to approve these terms now, for this reason."""
    assessed = judged.asked if isinstance(judged, Granted) else judged
    refusal = against_approval(installation, state, revision, assessed, person)
    if refusal is None and given is None:
        raise TermsMissing
    if refusal is None and given is not None and isinstance(judged, Granted):
        refusal = against_terms(installation, state, revision, judged, person, given)
        refusal = refusal or against_widening(state, judged, given, office, reason)
    if refusal:
        raise refusal


def _granted(
    installation: Installation, revision: Revision, position: Position, given: Terms | None
) -> Granted | NotAssessed | None:
    """What an approval rests on; None for what approves nothing."""
    return installation.judged_on(revision, given) if position is Position.APPROVE and given is not None else None


def _assessment_signed(judged: Assessment | Granted | NotAssessed) -> str:
    """The digest of the assessment that is signed: of an approval that on its terms."""
    if isinstance(judged, NotAssessed):
        return ""
    return judged.on_terms.digest if isinstance(judged, Granted) else judged.digest


def _rows(  # noqa: PLR0913 - a sheet says all there is, and each part of it once
    installation: Installation,
    state: CaseState,
    revision: Revision,
    person: str,
    office: Office,
    verb: OpinionVerb,
    *,
    given: Terms | None,
    reason: str,
    sheet: UnsignedRecord | None,
    base: bytes,
) -> tuple[DecisionRow, ...]:
    """The rows of the signing sheet: what is decided for whom, what differs, the limits, what it rests on, the digests."""
    decided = given if verb not in (OpinionVerb.CHANGES, OpinionVerb.DECLINE) else None
    page = rows_of(installation, state, revision, decided)
    differing = compared(installation, state, revision, office, decided) if decided else ()
    return (
        *(row for row in page if row.topic is RowTopic.CASE),
        *_position_rows(verb, reason),
        *_note_rows(
            boxes_on_pages(installation, state, revision, person, reason, decided)
            if sheet or base
            else boxes_of_reason(installation, reason),
            RowTopic.CASE,
        ),
        *differing,
        *(row for row in page if row.topic is RowTopic.BOUNDARIES),
        *_note_rows(
            _NOBODY_MAY_USE() if decided is not None and nobody_may_use(decided) else None, RowTopic.BOUNDARIES
        ),
        *(row for row in page if row.topic in (RowTopic.CONDITIONS, *ON_THE_SHEET)),
        DecisionRow(RowTopic.DIGESTS, "signer", _SIGN_AS(), f"{installation.rosters.name(person)}, {office.label}"),
        *_record_rows(sheet),
        *digest_rows(
            (_DIGEST_OF_REVISION(), revision.id),
            (_DIGEST_OF_TERMS(), decided.digest if decided else ""),
            (_DIGEST_OF_PAGES(), sheet.base if sheet else sha256(base) if base else ""),
        ),
    )


def _note_rows(noted: Reason | None, topic: RowTopic) -> Iterator[DecisionRow]:
    if noted is not None:
        yield DecisionRow(topic, "note", _NOTE(), noted)


def _position_rows(verb: OpinionVerb, reason: str) -> Iterator[DecisionRow]:
    yield DecisionRow(RowTopic.CASE, "position", _POSITION(), verb.named)
    if reason:
        yield DecisionRow(RowTopic.CASE, "reason", REASON(), reason)


def _record_rows(sheet: UnsignedRecord | None) -> Iterator[DecisionRow]:
    if sheet is None:
        return
    yield DecisionRow(RowTopic.DIGESTS, "record", _RECORD(), _COUNTERSIGNS() if sheet.beside else _FRESH())
    if sheet.note:
        yield DecisionRow(RowTopic.DIGESTS, "note", _NOTE(), _COPY_NOT_USED(reason=sheet.note))
