"""Judging a record: is this file a decision that these two offices signed?

Order: how the file is put together (``structure``), the base the opinions name, each signature's cryptography in its one
shape (``trust.cms``), what pyHanko sees (``library``), whose keys they are, the pages beside those the acts make, and what
other PDF libraries read (``crossreading``). The first contradiction decides; what is missing makes the answer
INDETERMINATE, and the answer says what could be checked all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

from intake.domain.base.canonical import NotCanonical
from intake.domain.base.days import in_utc
from intake.domain.base.refusals import Refusal
from intake.records.content import SignatureField, read_twin
from intake.records.proof import crossreading, library, rebuild
from intake.records.proof.crossreading import ReadsDifferently
from intake.records.proof.library import HostileFile, Seen
from intake.records.proof.verdict import (
    UPDATE,
    Indication,
    PinnedKey,
    RecordVerdict,
    Sealed,
    SignatureFinding,
    SubIndication,
    VerifierKnowledge,
)
from intake.records.reading import structure
from intake.records.reading.structure import SignedRevision, Structure
from intake.records.refusals import BrokenRecord
from intake.trust import cms
from intake.trust import refusals as trust_refusals

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far the clocks of two timestamp services may be apart."""

_NEXT_FAILED = "Do not rely on this file. Ask the organisation for the original."
_NEXT_MISSING = "Give the organisation’s id and the acts that belong to this record, then check it again."
_NEXT_UNSIGNED = "Wait for the missing signature, or ask for the finished record."
_NEXT_OTHER = "Ask for the file that was sealed; its SHA-256 says which one it is."
_NEXT_CONTRADICTED = "Show both files to both offices. They carry the same pages; the offices know why there are two."
_NEXT_OTHER_VERSION = (
    "Check it with the version of Countersign that made it; the data attached to the record name its libraries."
)
_NEXT_UNDECIDED = (
    "Give all acts of this use case and the lists of the records team’s checkpoints (.heads): fetch them from the exchange, "
    "or ask the records team. If all is here, both offices have to give their opinions again."
)
_NEXT_PASSED = "Nothing needs to be done. Whether the decision still stands is in the register."


class _Decided(Exception):
    """Ends the judging: indication, sub-indication, sentence and next act."""

    def __init__(self, indication: Indication, sub: SubIndication, sentence: str, next_step: str) -> None:
        super().__init__(sentence)
        self.indication = indication
        self.sub = sub
        self.sentence = sentence
        self.next_step = next_step


def validate_record(pdf: bytes, evidence: VerifierKnowledge) -> RecordVerdict:
    """Judge ``pdf`` by ``evidence``. Raises NotARecord for a file that is no PDF; everything else is a verdict."""
    judging = _Judging(pdf, evidence)
    try:
        judging.run()
    except _Decided as decided:
        return judging.verdict(decided.indication, decided.sub, decided.sentence, decided.next_step)
    names = " and ".join(f"the {item.field.office} ({item.name})" for item in judging.signatures)
    return judging.verdict(Indication.PASSED, None, f"Signed by {names}, and unchanged since.", _NEXT_PASSED)


@dataclass(slots=True)
class _Judging:
    pdf: bytes
    evidence: VerifierKnowledge
    signatures: tuple[SignatureFinding, ...] = ()
    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    base_sha256: str = ""
    organisation: str = ""

    def run(self) -> None:
        shape = self._shape()
        signed = [self._cryptography(revision) for revision in shape.revisions]
        self.checked.append("Each signature matches its key and what it covers.")
        self._offices(self._read(shape), signed)
        self._keys()
        self._timestamps()
        # Pages that the acts make are known not to harm the libraries that read them.
        self._reprinted(self.pdf[: shape.base_length])
        self._cross_read()
        self._looks()
        self._rosters()
        self._sealed()
        self._complete()

    def verdict(
        self, indication: Indication, sub: SubIndication | None, sentence: str, next_step: str
    ) -> RecordVerdict:
        return RecordVerdict(
            indication=indication,
            sub_indication=sub,
            sentence=sentence,
            next_step=next_step,
            sha256=sha256(self.pdf).hexdigest(),
            signatures=self.signatures,
            checked=tuple(self.checked),
            unchecked=tuple(self.unchecked),
            base_sha256=self.base_sha256,
            organisation=self.organisation,
        )

    # ------------------------------------------------------------------------------------------------- the file
    def _shape(self) -> Structure:
        try:
            shape = structure.scan(self.pdf)
        except BrokenRecord as broken:
            raise _failed(SubIndication.FORMAT_FAILURE, broken.what_happened) from None
        self.base_sha256 = sha256(memoryview(self.pdf)[: shape.base_length]).hexdigest()
        self._base()
        if not shape.revisions:
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, "Nobody has signed this record.", _NEXT_UNSIGNED)
        self.checked.append("The file is a base with one appended revision for each signature.")
        return shape

    def _base(self) -> None:
        bases = set(self.evidence.bases)
        if len(bases) > 1:
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "The two opinions are about different records.")
        if bases and bases != {self.base_sha256}:
            raise _failed(SubIndication.HASH_FAILURE, "The opinions are about another record than this one.")
        if bases:
            self.checked.append("The pages are those the opinions name.")

    def _cryptography(self, revision: SignedRevision) -> cms.Signed:
        try:
            return cms.read(revision.signature, detached_digest=lambda algorithm: revision.digest(self.pdf, algorithm))
        except trust_refusals.ContentChanged:
            raise _failed(SubIndication.HASH_FAILURE, "The pages were changed after they were signed.") from None
        except (trust_refusals.BadSignatureValue, trust_refusals.SignatureInvalid) as refusal:
            raise _failed(SubIndication.SIG_CRYPTO_FAILURE, refusal.what_happened) from None
        except _WEAK as refusal:
            raise _failed(SubIndication.CRYPTO_CONSTRAINTS_FAILURE, refusal.what_happened) from None
        except Refusal as refusal:
            raise _failed(SubIndication.FORMAT_FAILURE, refusal.what_happened) from None

    def _read(self, shape: Structure) -> tuple[Seen, ...]:
        try:
            reading = library.read(self.pdf, self.evidence.timestamp_services)
        except HostileFile as hostile:
            raise _failed(SubIndication.FORMAT_FAILURE, f"The record does not hold: {hostile}.") from None
        if len(reading) != len(shape.revisions) or not all(
            _same(seen, revision) for seen, revision in zip(reading, shape.revisions, strict=True)
        ):
            raise _failed(SubIndication.FORMAT_FAILURE, "The signature fields do not belong to the signatures.")
        for index, seen in enumerate(reading):
            if seen.certifies != (index == 0):
                raise _failed(
                    SubIndication.SIG_CONSTRAINTS_FAILURE,
                    "The first signature must close the record against changes, and only the first.",
                )
        self.checked.append("After each signature nothing changed but the next signature.")
        self.organisation = _organisation(shape.twin)
        return reading

    def _cross_read(self) -> None:
        """What one program shows and another does not was never signed by anybody."""
        try:
            crossreading.compare(self.pdf)
        except ReadsDifferently as difference:
            raise _failed(
                SubIndication.FORMAT_FAILURE, f"Two programs read this record differently: {difference}."
            ) from None
        self.checked.append("Three other PDF libraries read the same objects, pages and data in it.")

    # ------------------------------------------------------------------------------------------- who signed what
    def _offices(self, seen_signatures: tuple[Seen, ...], signed: list[cms.Signed]) -> None:
        findings = []
        for seen, signature in zip(seen_signatures, signed, strict=True):
            if seen.field not in {item.value for item in SignatureField}:
                raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "A signature is in a field no office has.")
            pin = self._pin(signature.fingerprint)
            findings.append(
                SignatureFinding(
                    field=SignatureField(seen.field),
                    fingerprint=signature.fingerprint,
                    certificate_der=signature.certificate_der,
                    person=pin.person if pin else "",
                    name=pin.name if pin else "",
                    pinned=pin is not None,
                    claimed_at=in_utc(seen.claimed_at) if seen.claimed_at else None,
                    timestamp=seen.timestamp,
                )
            )
        self.signatures = tuple(findings)
        fields = [item.field for item in findings]
        if len({item.fingerprint for item in findings}) != len(findings):
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "One key signed for both offices.")
        if not set(fields) <= set(self.evidence.signers):
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "Somebody signed who does not decide here.")

    def _keys(self) -> None:
        if self.evidence.organisation and self.organisation != self.evidence.organisation:
            raise _unsure(
                SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
                "This record is of another organisation than the one you named.",
                "Compare the organisation’s words on the last page with a source you trust.",
            )
        for item in self.signatures:
            pin = self._pin(item.fingerprint)
            office = item.field.office
            if pin is None and any(key.office is item.field for key in self.evidence.keys):
                raise _failed(
                    SubIndication.SIG_CONSTRAINTS_FAILURE, f"The key that signed is not a key of the {office}."
                )
            if pin is not None and (pin.office is not item.field or pin.certificate_der != item.certificate_der):
                raise _failed(
                    SubIndication.SIG_CONSTRAINTS_FAILURE, f"The key that signed as {office} belongs to another office."
                )
        people = [item.person for item in self.signatures if item.pinned]
        if len(set(people)) != len(people):
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "One person signed for both offices.")

    def _timestamps(self) -> None:
        times = [item.timestamp.at for item in self.signatures if item.timestamp]
        if any(later < earlier - CLOCK_DIFFERENCE for earlier, later in pairwise(times)):
            raise _failed(
                SubIndication.TIMESTAMP_ORDER_FAILURE, "The second signature has an earlier timestamp than the first."
            )

    def _looks(self) -> None:
        for name in self.evidence.foreign_looks:
            office = name.office
            self.unchecked.append(
                f"What the signature of the {office} shows on the page is not what this version draws of it."
            )

    def _rosters(self) -> None:
        """One administrator can write a version and hold its people back, so it is said, and takes nothing from a record."""
        for number in self.evidence.unread_rosters:
            self.unchecked.append(
                f"Administrators signed roster version {number}, and its people are not here: whose keys it ends is not known."
            )

    def _reprinted(self, pages: bytes) -> None:
        """The pages against those the acts make: both offices may have been shown something else."""
        made = self.evidence.reprint
        if made is None:
            return
        if not made.base and made.claimed:
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                f"The signatures hold, but the pages cannot be compared with the signed acts: {made.why_not}.",
                made.next_step or _NEXT_OTHER_VERSION,
            )
        if not made.base and len(self.evidence.signers) == 1:
            # One person signed, so one person alone could have made these pages up.
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                f"The signature holds, but the pages cannot be compared with the signed acts: {made.why_not}.",
                made.next_step or _NEXT_MISSING,
            )
        if not made.base:
            self.unchecked.append(f"The pages could not be made again from the acts: {made.why_not}.")
        elif pages == made.base:
            self.checked.append("The pages are, byte for byte, those that the acts make.")
        elif made.exact:
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, "The pages do not say what the signed acts say.")
        elif rebuild.same_base(pages, made.base):
            self.checked.append("The pages hold what the acts make, written by other versions of libraries.")
        else:
            # The file says itself which versions drew it, so what differs may be anything.
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                "The pages differ from those that this version makes of the signed acts.",
                _NEXT_OTHER_VERSION,
            )

    def _sealed(self) -> None:
        """The record is the file that was sealed first; a copy beside it is genuine, and not the record.

        Whatever comes this far was signed by listed keys over the pages both opinions name: nothing in it is false.
        """
        sealed = self.evidence.sealed
        if not sealed:
            return
        own = Sealed(len(self.pdf), sha256(self.pdf).hexdigest())
        names = " and ".join(item.sha256 for item in sealed)
        if len(sealed) > 1 and own in sealed:
            sentence = f"The record was sealed in different files, apart from each other: {names}."
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, sentence, _NEXT_CONTRADICTED)
        if own not in sealed:
            sentence = f"Its signatures hold, but another file was sealed as the record: {names}."
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, sentence, _NEXT_OTHER)
        self.checked.append("It is the file that was sealed.")

    # ----------------------------------------------------------------------------------------------- what is missing
    def _complete(self) -> None:
        evidence = self.evidence
        unsigned = [name for name in evidence.signers if name not in {item.field for item in self.signatures}]
        if unsigned:
            offices = " and the ".join(name.office for name in unsigned)
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE, f"The signature of the {offices} is missing.", _NEXT_UNSIGNED
            )
        never = evidence.undecided
        if never and never.final:
            sentence = f"Both offices signed these pages, but they did not decide: {never.reason}."
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, sentence)
        if never:
            sentence = f"Both offices signed these pages, but it cannot be said that they decided: {never.reason}."
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, sentence, _NEXT_UNDECIDED)
        chain = SubIndication.NO_CERTIFICATE_CHAIN_FOUND
        if not evidence.organisation:
            raise _unsure(chain, "The signatures hold, but nobody said which organisation to trust.", _NEXT_MISSING)
        if evidence.newer:
            raise _unsure(chain, f"The signatures hold, but something is missing: {evidence.newer}.", UPDATE)
        if evidence.missing:
            raise _unsure(
                chain, f"The signatures hold, but something is missing: {evidence.missing[0]}.", _NEXT_MISSING
            )
        if not all(item.pinned for item in self.signatures):
            raise _unsure(chain, "The signatures hold, but it is not known whose keys they are.", _NEXT_MISSING)
        if len(evidence.bases) < len(evidence.signers):
            raise _unsure(chain, "The signatures hold, but the opinions they belong to are not here.", _NEXT_MISSING)

    def _pin(self, fingerprint: str) -> PinnedKey | None:
        return next((key for key in self.evidence.keys if key.fingerprint == fingerprint), None)


_WEAK = (
    trust_refusals.DigestNotAccepted,
    trust_refusals.SignatureAlgorithmNotAccepted,
    trust_refusals.UnsuitableKey,
)


def _same(seen: Seen, revision: SignedRevision) -> bool:
    length = revision.end - revision.resume
    covered = (0, revision.hole, revision.resume, length)
    if seen.field != revision.field.value:
        return False
    return seen.byte_range == covered and seen.contents.rstrip(b"\0") == revision.signature.rstrip(b"\0")


def _organisation(twin: bytes) -> str:
    try:
        found = read_twin(twin).get("organisation")
    except NotCanonical:
        found = None
    if not isinstance(found, str):
        raise _failed(SubIndication.FORMAT_FAILURE, "The data attached to the record cannot be read.")
    return found


def _failed(sub: SubIndication, sentence: str) -> _Decided:
    return _Decided(Indication.FAILED, sub, sentence, _NEXT_FAILED)


def _unsure(sub: SubIndication, sentence: str, next_step: str) -> _Decided:
    return _Decided(Indication.INDETERMINATE, sub, sentence, next_step)
