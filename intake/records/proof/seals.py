"""What a PDF proves by its bytes alone: the digest of its base, and whose signatures hold over it.

The fold asks this of every file a seal names, on every installation, so the answer rests on our own strict reading of
the form and of each signature, and on no PDF library: equal bytes give an equal answer wherever they are read. Whether
the pages are those the register would make, and all else a verdict says, is asked in ``validate``.

Who signs alone decides what is in the last section of a file. So whatever a verdict would fail it for, by its form, a
date or a timestamp, is asked here as well, and of libraries nothing may be left to object to: a file that was sealed and
fails would stand in the way of the record that holds (decision 0011). A property test mutates signed files and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from intake.domain.base.canonical import NotCanonical
from intake.domain.base.refusals import Refusal
from intake.domain.case.seals import BLANK, RecordFile
from intake.records.content import SignatureField, read_twin
from intake.records.reading import claims, structure
from intake.records.reading.structure import SignedRevision, Structure
from intake.trust import certificates, cms

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far the clocks of two timestamp services may be apart."""


def record_file(pdf: bytes) -> RecordFile:
    """Read ``pdf``; a file that is not put together as a record, or whose signatures do not hold, is BLANK."""
    try:
        shape = structure.scan(pdf)
        signed = _signed(pdf, shape)
    except Refusal:
        return BLANK
    if organisation_of(shape.twin) is None or not stamped_in_order(signed):
        return BLANK
    keys = tuple(item.fingerprint for item in signed)
    base = sha256(memoryview(pdf)[: shape.base_length]).hexdigest()
    return RecordFile(base, len(pdf), keys, claims.claimed_edition(shape.twin))


def signed_by(pdf: bytes, shape: Structure) -> Mapping[SignatureField, str]:
    """The key (its fingerprint) that signed each field of ``pdf``; nothing when a signature does not hold."""
    try:
        signed = _signed(pdf, shape)
    except Refusal:
        return {}
    return {revision.field: item.fingerprint for revision, item in zip(shape.revisions, signed, strict=True)}


def signature_of(pdf: bytes, revision: SignedRevision) -> cms.Signed:
    """One signature of ``pdf``, which holds. Raises what ``cms.read`` raises, and BadCertificate for one others cannot read."""
    held = cms.read(revision.signature, detached_digest=lambda name: revision.digest(pdf, name))
    certificates.require_legible(held.certificate_der)
    return held


def organisation_of(twin: bytes) -> str | None:
    """The organisation that the attached data name; None where they cannot be read."""
    try:
        found = read_twin(twin).get("organisation")
    except NotCanonical:
        return None
    return found if isinstance(found, str) else None


def stamped_in_order(signed: Iterable[cms.Signed]) -> bool:
    """Whether no signature has a timestamp that is earlier than one before it."""
    times = [item.stamped_at for item in signed if item.stamped_at]
    return all(earlier - later <= CLOCK_DIFFERENCE for earlier, later in pairwise(times))


def newest_stamp(pdf: bytes) -> datetime | None:
    """The time of the last timestamp in a record; None without one. Raises what ``scan`` and ``cms.read`` raise."""
    times = [item.stamped_at for item in _signed(pdf, structure.scan(pdf)) if item.stamped_at]
    return times[-1] if times else None


def _signed(pdf: bytes, shape: Structure) -> tuple[cms.Signed, ...]:
    """Each signature in turn. Raises as ``signature_of``."""
    return tuple(signature_of(pdf, revision) for revision in shape.revisions)
