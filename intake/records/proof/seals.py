"""What a PDF proves by its bytes alone: the digest of its base, and whose signatures hold over it.

The fold asks this of every file a seal names, on every installation, so the answer rests on our own strict reading of
the form and of each signature, and on no PDF library: equal bytes give an equal answer wherever they are read. Whether
the pages are those the register would make, and all else a verdict says, is asked in ``validate``.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from intake.domain.base.refusals import Refusal
from intake.domain.case.seals import BLANK, RecordFile
from intake.records.content import SignatureField
from intake.records.reading import claims, structure
from intake.records.reading.structure import Structure
from intake.trust import cms


def record_file(pdf: bytes) -> RecordFile:
    """Read ``pdf``; a file that is not put together as a record, or whose signatures do not hold, is BLANK."""
    try:
        shape = structure.scan(pdf)
        keys = _keys(pdf, shape)
    except Refusal:
        return BLANK
    base = sha256(memoryview(pdf)[: shape.base_length]).hexdigest()
    return RecordFile(base, len(pdf), keys, claims.claimed_edition(shape.twin))


def signed_by(pdf: bytes, shape: Structure) -> Mapping[SignatureField, str]:
    """The key (its fingerprint) that signed each field of ``pdf``; nothing when a signature does not hold."""
    try:
        keys = _keys(pdf, shape)
    except Refusal:
        return {}
    return {revision.field: key for revision, key in zip(shape.revisions, keys, strict=True)}


def _keys(pdf: bytes, shape: Structure) -> tuple[str, ...]:
    """The fingerprint of each signature in turn. Raises what ``cms.read`` raises."""
    return tuple(
        cms.read(revision.signature, detached_digest=lambda name, part=revision: part.digest(pdf, name)).fingerprint  # type: ignore[misc]
        for revision in shape.revisions
    )
