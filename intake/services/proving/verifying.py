"""Judging a record PDF: what the register, or the acts beside the file, know about its signatures.

The anchor is the organisation id the verifier gives. From it follows the chain of rosters, from the roster an opinion
names follow person and key, and only those keys count. Nothing in the PDF itself is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.reading import TooLong, read_file
from intake.records.content import SignatureField
from intake.records.proof import rebuild, seals
from intake.records.proof.verdict import PinnedKey, RecordVerdict, VerifierKnowledge
from intake.records.reading import claims, structure
from intake.records.reading.structure import Structure
from intake.services.proving.anchors import Anchor, anchor_of_files, anchor_of_register
from intake.services.proving.backing import Backing, RecordInQuestion, backing
from intake.services.proving.reprinting import reprint
from intake.services.proving.standing_today import with_standing

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

_ACTS_OF_CASE = Caption("ActsOfThisCase", "the acts of this use case")
_OPINION_OF = Caption("OpinionOfOffice", "the opinion of the {office}")
_ROSTERS = Caption("RostersOfOrganisation", "the rosters of the organisation")
MAX_PDF = 100 << 20


class RecordTooLarge(Refusal):
    what = "This file is larger than any decision record: {size} megabytes."
    why = "Reading it could exhaust the machine, and it cannot be a record."
    next = "Check that you chose the right file."


def verify(installation: Installation, pdf: bytes) -> RecordVerdict:
    """Judge a record by this register. Never raises for a hostile file but NotARecord and RecordTooLarge."""
    return verify_record(pdf, anchor_of_register(installation))


def verify_beside(path: Path, org: str, acts: Iterable[Path]) -> RecordVerdict:
    """Judge a record by signed acts (``.p7m`` files) beside it, for the organisation the verifier names."""
    try:
        data = read_file(path, MAX_PDF)
    except TooLong as error:
        raise RecordTooLarge(size=error.size >> 20) from None
    return verify_record(data, anchor_of_files(org, acts))


def verify_record(pdf: bytes, anchor: Anchor) -> RecordVerdict:
    """Judge a record in this process; files from outside go through ``services.outside``.

    Raises NotARecord for a file that is no PDF or that a password protects, and RecordTooLarge before reading it.
    """
    from intake.records.proof.validate import validate_record

    check_readable(pdf)
    known = known_of(pdf, anchor)
    return with_standing(validate_record(pdf, known.evidence), known.state, known.base, anchor, notice=known.notice)


def check_readable(pdf: bytes) -> None:
    """Raises RecordTooLarge, or NotARecord for a file that a password protects. Opens nothing."""
    _check_size(len(pdf))
    claims.check_open(pdf)


@dataclass(frozen=True, slots=True)
class KnownOfRecord:
    """``state`` is that of the case it says it is about; None where none of its acts is at hand. ``base`` is the digest of its
    pages, as far as they can be told from its signatures. ``notice`` is whether it calls itself a notice, ``ends`` the last day it
    gives for its terms.
    """

    evidence: VerifierKnowledge
    state: CaseState | None = None
    base: str = ""
    notice: bool = False
    ends: date | None = None


def known_of(pdf: bytes, anchor: Anchor) -> KnownOfRecord:
    """What is known here about a record.

    The file says which case to look at; nothing else that is known follows from it but the digest of its base.
    """
    try:
        shape = structure.scan(pdf)
    except Refusal:
        return KnownOfRecord(VerifierKnowledge(organisation=anchor.org))
    case = claims.claimed_case(shape.twin)
    state = anchor.case(case, pdf) if case else None
    pages, notice = sha256(pdf[: shape.base_length]), claims.claimed_notice(shape.twin)
    return KnownOfRecord(_evidence(shape, pdf, anchor, state), state, pages, notice, claims.claimed_end(shape.twin))


def _evidence(shape: Structure, pdf: bytes, anchor: Anchor, state: CaseState | None) -> VerifierKnowledge:
    org, rosters, pages = anchor.org, anchor.rosters, pdf[: shape.base_length]
    signers = _fields(claims.claimed_signers(shape.twin))
    if state is None:
        return VerifierKnowledge(organisation=org, signers=signers, missing=(_ACTS_OF_CASE(),))
    file = RecordInQuestion(sha256(pdf), sha256(pages), signers, seals.signed_by(pdf, shape))
    found = backing(state, file, rosters)
    if found.newer:
        return VerifierKnowledge(organisation=org, newer=found.newer)
    missing = [_OPINION_OF(office=item.value) for item in signers if item not in {key.office for key in found.keys}]
    if not rosters.founded:
        missing.append(_ROSTERS())
    made = reprint(pages, shape.twin, state, found.said, rosters, anchor.press) if found.said else None
    return VerifierKnowledge(
        organisation=org,
        keys=found.keys,
        bases=tuple(file.base for _ in found.keys),
        signers=signers,
        sealed=found.sealed,
        until=_until(found.said),
        undecided=None if missing else found.undecided,
        reprint=made,
        foreign_looks=_foreign_looks(pdf, found, anchor) if made and rebuild.makes(made, pages) else (),
        unread_rosters=tuple(item.document.version for item in rosters.awaited),
        missing=tuple(missing),
    )


def _until(said: tuple[Event, ...]) -> date | None:
    """The last day of what two opinions agree on."""
    terms = [event.body.terms for event in said if isinstance(event.body, OpinionBody) and event.body.terms]
    return min((item.expires for item in terms), default=None) if len(terms) > 1 else None


def _foreign_looks(pdf: bytes, found: Backing, anchor: Anchor) -> tuple[SignatureField, ...]:
    """Fields that show something else than we draw there; asked only where the pages below are those we print."""
    from intake.records.signatures import looks

    if anchor.press is None:
        return ()
    signers = {key.fingerprint: looks.SaidBy(key.name, _reason(found, key)) for key in found.keys}
    try:
        return looks.foreign(pdf, signers, anchor.press.printer)
    except Refusal:
        return ()  # a signature does not hold: that is for the verdict to say


def _reason(found: Backing, key: PinnedKey) -> str | None:
    """The reason beside the signature of an office that approves: that of its opinion, of several that of this very key."""
    given = [
        (event.act.signer != key.fingerprint, event.body.reason)
        for event in found.said
        if isinstance(event.body, OpinionBody)
        and event.body.position is Position.APPROVE
        and event.body.office.label == key.office.value
    ]
    return min(given, key=itemgetter(0))[1] if given else None


def _fields(claimed: frozenset[str]) -> tuple[SignatureField, ...]:
    """The fields that pages of this kind need signed: both offices, or the one that declined or withdrew."""
    found = tuple(field for field in SignatureField if field.value in claimed)
    return found if len(found) == 1 else (SignatureField.CIO, SignatureField.CISO)


def _check_size(size: int) -> None:
    if size > MAX_PDF:
        raise RecordTooLarge(size=size >> 20)
