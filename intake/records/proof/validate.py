"""Judging a record: is this file a decision that these two offices signed?

Order: how the file is put together (``structure``), the base the opinions name, each signature's cryptography in its one
shape (``trust.cms``), what pyHanko sees (``library``), whose keys they are, the pages beside those the acts make, and what
other PDF libraries read (``crossreading``). The first contradiction decides; what is missing makes the answer
INDETERMINATE, and the answer says what could be checked all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from intake.domain.base.days import in_utc
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import listed, on_day
from intake.records.content import SignatureField
from intake.records.proof import crossreading, library, rebuild, seals
from intake.records.proof import findings as say
from intake.records.proof.crossreading import ReadsDifferently
from intake.records.proof.library import HostileFile, Seen
from intake.records.proof.verdict import (
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


class _Decided(Exception):
    """Ends the judging: indication, sub-indication, sentence and next act."""

    def __init__(self, indication: Indication, sub: SubIndication, said: Reason, step: Reason) -> None:
        super().__init__(said.code)
        self.indication = indication
        self.sub = sub
        self.said = said
        self.step = step


def validate_record(pdf: bytes, evidence: VerifierKnowledge) -> RecordVerdict:
    """Judge ``pdf`` by ``evidence``. Raises NotARecord for a file that is no PDF; everything else is a verdict."""
    judging = _Judging(pdf, evidence)
    try:
        judging.run()
    except _Decided as decided:
        return judging.verdict(decided.indication, decided.sub, decided.said, decided.step)
    signers = listed([say.SIGNER(office=item.field.named, name=item.name) for item in judging.signatures])
    until = evidence.until
    following = say.NEXT_UNTIL(day=on_day(until)) if until else say.NEXT_PASSED()
    return judging.verdict(Indication.PASSED, None, say.PASSED(signers=signers), following)


@dataclass(slots=True)
class _Judging:
    pdf: bytes
    evidence: VerifierKnowledge
    signatures: tuple[SignatureFinding, ...] = ()
    holds: list[Reason] = field(default_factory=list)
    unseen: list[Reason] = field(default_factory=list)
    base_sha256: str = ""
    organisation: str = ""

    def run(self) -> None:
        shape = self._shape()
        signed = [self._cryptography(revision) for revision in shape.revisions]
        self.holds.append(say.MATCHES_KEY())
        self._offices(self._read(shape), signed)
        self._keys()
        self._timestamps(signed)
        # Pages that the acts make are known not to harm the libraries that read them.
        self._reprinted(self.pdf[: shape.base_length])
        self._cross_read()
        self._looks()
        self._rosters()
        self._sealed()
        self._complete()

    def verdict(self, indication: Indication, sub: SubIndication | None, said: Reason, step: Reason) -> RecordVerdict:
        return RecordVerdict(
            indication=indication,
            sub_indication=sub,
            said=said,
            step=step,
            sha256=sha256(self.pdf).hexdigest(),
            signatures=self.signatures,
            holds=tuple(self.holds),
            unseen=tuple(self.unseen),
            base_sha256=self.base_sha256,
            organisation=self.organisation,
        )

    # ------------------------------------------------------------------------------------------------- the file
    def _shape(self) -> Structure:
        try:
            shape = structure.scan(self.pdf)
        except BrokenRecord as broken:
            raise _failed(SubIndication.FORMAT_FAILURE, broken.given) from None
        self.base_sha256 = sha256(memoryview(self.pdf)[: shape.base_length]).hexdigest()
        self._base()
        if not shape.revisions:
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, say.UNSIGNED(), say.NEXT_UNSIGNED())
        self.holds.append(say.APPENDED())
        return shape

    def _base(self) -> None:
        bases = set(self.evidence.bases)
        if len(bases) > 1:
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.OPINIONS_DIFFER())
        if bases and bases != {self.base_sha256}:
            raise _failed(SubIndication.HASH_FAILURE, say.OTHER_BASE())
        if bases:
            self.holds.append(say.NAMED_PAGES())

    def _cryptography(self, revision: SignedRevision) -> cms.Signed:
        try:
            return seals.signature_of(self.pdf, revision)
        except trust_refusals.ContentChanged:
            raise _failed(SubIndication.HASH_FAILURE, say.PAGES_CHANGED()) from None
        except (trust_refusals.BadSignatureValue, trust_refusals.SignatureInvalid) as refusal:
            raise _failed(SubIndication.SIG_CRYPTO_FAILURE, refusal.given) from None
        except _WEAK as refusal:
            raise _failed(SubIndication.CRYPTO_CONSTRAINTS_FAILURE, refusal.given) from None
        except Refusal as refusal:
            raise _failed(SubIndication.FORMAT_FAILURE, refusal.given) from None

    def _read(self, shape: Structure) -> tuple[Seen, ...]:
        try:
            reading = library.read(self.pdf, self.evidence.timestamp_services)
        except HostileFile as hostile:
            raise _failed(SubIndication.FORMAT_FAILURE, say.DOES_NOT_HOLD(detail=hostile.detail)) from None
        if len(reading) != len(shape.revisions) or not all(
            _same(seen, revision) for seen, revision in zip(reading, shape.revisions, strict=True)
        ):
            raise _failed(SubIndication.FORMAT_FAILURE, say.FIELDS_ELSEWHERE())
        for index, seen in enumerate(reading):
            if seen.certifies != (index == 0):
                raise _failed(
                    SubIndication.SIG_CONSTRAINTS_FAILURE,
                    say.FIRST_CLOSES(),
                )
        self.holds.append(say.NOTHING_CHANGED())
        self.organisation = _organisation(shape.twin)
        return reading

    def _cross_read(self) -> None:
        """What one program shows and another does not was never signed by anybody."""
        try:
            crossreading.compare(self.pdf)
        except ReadsDifferently as difference:
            said = say.READS_DIFFERENTLY(detail=difference.detail)
            raise _failed(SubIndication.FORMAT_FAILURE, said) from None
        self.holds.append(say.READ_ALIKE())

    # ------------------------------------------------------------------------------------------- who signed what
    def _offices(self, seen_signatures: tuple[Seen, ...], signed: list[cms.Signed]) -> None:
        findings = []
        for seen, signature in zip(seen_signatures, signed, strict=True):
            if seen.field not in {item.value for item in SignatureField}:
                raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.NO_SUCH_OFFICE())
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
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.ONE_KEY())
        if not set(fields) <= set(self.evidence.signers):
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.NOT_A_DECIDER())

    def _keys(self) -> None:
        if self.evidence.organisation and self.organisation != self.evidence.organisation:
            raise _unsure(
                SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
                say.OTHER_ORGANISATION(),
                say.NEXT_WORDS(),
            )
        for item in self.signatures:
            pin = self._pin(item.fingerprint)
            office = item.field.named
            if pin is None and any(key.office is item.field for key in self.evidence.keys):
                raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.NOT_THEIR_KEY(office=office))
            if pin is not None and (pin.office is not item.field or pin.certificate_der != item.certificate_der):
                raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.OTHER_OFFICE_KEY(office=office))
        people = [item.person for item in self.signatures if item.pinned]
        if len(set(people)) != len(people):
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.ONE_PERSON())

    def _timestamps(self, signed: list[cms.Signed]) -> None:
        if not seals.stamped_in_order(signed):
            raise _failed(SubIndication.TIMESTAMP_ORDER_FAILURE, say.EARLIER_TIMESTAMP())

    def _looks(self) -> None:
        for name in self.evidence.foreign_looks:
            self.unseen.append(say.LOOKS_OTHERWISE(office=name.named))

    def _rosters(self) -> None:
        """One administrator can write a version and hold its people back, so it is said, and takes nothing from a record."""
        for number in self.evidence.unread_rosters:
            self.unseen.append(say.PEOPLE_NOT_HERE(version=number))

    def _reprinted(self, pages: bytes) -> None:
        """The pages against those the acts make: both offices may have been shown something else."""
        made = self.evidence.reprint
        if made is None:
            return
        why = made.why_not or ""
        if not made.base and made.claimed:
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                say.NOT_COMPARED(why=why),
                made.step or say.NEXT_OTHER_VERSION(),
            )
        if not made.base and len(self.evidence.signers) == 1:
            # One person signed, so one person alone could have made these pages up.
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                say.NOT_COMPARED_ALONE(why=why),
                made.step or say.NEXT_MISSING(),
            )
        if not made.base:
            self.unseen.append(say.NOT_MADE_AGAIN(why=why))
        elif pages == made.base:
            self.holds.append(say.MADE_AGAIN())
        elif made.exact:
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.SAYS_OTHERWISE())
        elif rebuild.same_base(pages, made.base):
            self.holds.append(say.SAME_CONTENT())
        else:
            # The file says itself which versions drew it, so what differs may be anything.
            raise _unsure(
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                say.PAGES_DIFFER(),
                say.NEXT_OTHER_VERSION(),
            )

    def _sealed(self) -> None:
        """The record is the file that was sealed first; a copy beside it is genuine, and not the record.

        Whatever comes this far was signed by listed keys over the pages both opinions name: nothing in it is false.
        """
        sealed = self.evidence.sealed
        if not sealed:
            return
        own = Sealed(len(self.pdf), sha256(self.pdf).hexdigest())
        files = listed([item.sha256 for item in sealed])
        if len(sealed) > 1 and own in sealed:
            said = say.SEALED_TWICE(files=files)
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, said, say.NEXT_CONTRADICTED())
        if own not in sealed:
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, say.OTHER_SEALED(files=files), say.NEXT_OTHER())
        self.holds.append(say.IS_SEALED())

    # ----------------------------------------------------------------------------------------------- what is missing
    def _complete(self) -> None:
        evidence = self.evidence
        unsigned = [name for name in evidence.signers if name not in {item.field for item in self.signatures}]
        if unsigned:
            said = say.SIGNATURE_MISSING(offices=listed([say.THE_OFFICE(office=name.named) for name in unsigned]))
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, said, say.NEXT_UNSIGNED())
        never = evidence.undecided
        if never and never.final:
            raise _failed(SubIndication.SIG_CONSTRAINTS_FAILURE, say.NEVER_DECIDED(reason=never.reason))
        if never:
            said = say.NOT_SURE_DECIDED(reason=never.reason)
            raise _unsure(SubIndication.SIG_CONSTRAINTS_FAILURE, said, say.NEXT_UNDECIDED())
        chain = SubIndication.NO_CERTIFICATE_CHAIN_FOUND
        if not evidence.organisation:
            raise _unsure(chain, say.NOBODY_TRUSTED(), say.NEXT_MISSING())
        if evidence.newer:
            raise _unsure(chain, say.SOMETHING_MISSING(missing=evidence.newer), say.UPDATE())
        if evidence.missing:
            raise _unsure(chain, say.SOMETHING_MISSING(missing=evidence.missing[0]), say.NEXT_MISSING())
        if not all(item.pinned for item in self.signatures):
            raise _unsure(chain, say.KEYS_UNKNOWN(), say.NEXT_MISSING())
        if len(evidence.bases) < len(evidence.signers):
            raise _unsure(chain, say.OPINIONS_MISSING(), say.NEXT_MISSING())

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
    found = seals.organisation_of(twin)
    if found is None:
        raise _failed(SubIndication.FORMAT_FAILURE, say.DATA_UNREADABLE())
    return found


def _failed(sub: SubIndication, said: Reason) -> _Decided:
    return _Decided(Indication.FAILED, sub, said, say.NEXT_FAILED())


def _unsure(sub: SubIndication, said: Reason, step: Reason) -> _Decided:
    return _Decided(Indication.INDETERMINATE, sub, said, step)
