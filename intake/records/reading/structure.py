"""How a record is put together, before any PDF library sees it: a base, and one appended section for each signature.

``sections`` reads every byte by the one grammar, ``increments`` sees that a section adds a signature and nothing else;
here is what a signature covers and how it is spelled. pyHanko accepts other spellings (hexadecimal in another case,
changed padding), and two spellings of one record are one too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import new as new_hash

from intake.domain.base.wording import Wording
from intake.records.content import SignatureField
from intake.records.reading import increments, parts, sections
from intake.records.reading.grammar import Hex, Value
from intake.records.reading.remembered import Remembered
from intake.records.reading.sections import FileSection, FileSections, Stored
from intake.records.refusals import BrokenRecord

_ANOTHER_PROGRAM_CHANGED_IT_AFTER_IT = Wording(
    "StructureAnotherProgramChangedItAfterItWasSigned", "another program changed it after it was signed"
)
_A_SIGNATURE_DOES_NOT_COVER_ALL = Wording(
    "StructureASignatureDoesNotCoverAllOfIt", "a signature does not cover all of it but itself"
)
_A_SIGNATURE_IS_NOT_SPELLED_IN = Wording(
    "StructureASignatureIsNotSpelledInUppercaseHexadecimal", "a signature is not spelled in upper-case hexadecimal"
)
_A_SIGNATURE_IS_NOT_FOLLOWED_BY = Wording(
    "StructureASignatureIsNotFollowedByZerosAlone", "a signature is not followed by zeros alone"
)
_A_SIGNATURE_IS_NOT_IN_THE = Wording("StructureASignatureIsNotInTheFormOf", "a signature is not in the form of one")
_A_SIGNATURE_DOES_NOT_SAY_WHEN = Wording(
    "StructureASignatureDoesNotSayWhenItWas", "a signature does not say when it was made"
)

_HEX = re.compile(rb"(?:[0-9A-F]{2})+")
_MOMENT = re.compile(rb"D:(?:19[7-9]\d|[2-8]\d{3})\d{10}Z")
"""Every part with all its digits, of years that can be reckoned with in every zone."""


@dataclass(frozen=True, slots=True)
class SignedRevision:
    """One appended signature: the bytes from ``start`` to ``end``, and the DER inside without its padding.

    The signature is in ``field``, was made ``at`` a moment by its signer's clock, and covers everything before ``hole`` and from ``resume`` to ``end``.
    """

    start: int
    end: int
    hole: int
    resume: int
    signature: bytes
    field: SignatureField
    at: datetime

    def digest(self, pdf: bytes, algorithm: str) -> bytes:
        """What the signature covers, as a digest by ``sha256``, ``sha384`` or ``sha512``."""
        made = new_hash(algorithm)
        made.update(memoryview(pdf)[: self.hole])
        made.update(memoryview(pdf)[self.resume : self.end])
        return made.digest()


@dataclass(frozen=True, slots=True)
class Structure:
    """``base_length`` bytes of base, then the signatures in the order they were made.

    ``fields`` are the places for signatures in the order of the form, filled or not; ``twin`` are the attached data.
    """

    base_length: int
    revisions: tuple[SignedRevision, ...]
    fields: tuple[SignatureField, ...]
    twin: bytes
    sections: FileSections


def scan(pdf: bytes, before: Structure | None = None) -> Structure:
    """Take ``pdf`` apart. Raises NotARecord for what is no PDF, BrokenRecord for any other shape.

    ``before`` is what the file was before a signature was appended; its bytes are not read again. Nor are those of the
    last few files, because judging one asks for its structure from many places.
    """
    return scanned(pdf) if before is None else _scan(pdf, before)


def _scan(pdf: bytes, before: Structure | None = None) -> Structure:
    found = sections.read(pdf, before.sections if before else None)
    fields = parts.fields_of(found)
    parts.pages_of(found)
    if parts.signed_fields(found, 0):
        # Signatures are only ever appended, so somebody has written the whole file again.
        raise BrokenRecord(detail=_ANOTHER_PROGRAM_CHANGED_IT_AFTER_IT())
    revisions = tuple(
        _revision(found, section, signature)
        for section, signature in zip(found.all[1:], increments.check(found), strict=True)
    )
    return Structure(found.base.end, revisions, tuple(fields), parts.twin_of(found), found)


scanned: Remembered[Structure] = Remembered(_scan)


def _revision(found: FileSections, section: FileSection, signature: Stored) -> SignedRevision:
    value = signature.value if isinstance(signature.value, dict) else {}
    contents, covered = value.get("Contents"), value.get("ByteRange")
    if not isinstance(contents, Hex) or covered != (0, contents.start, contents.end, section.end - contents.end):
        raise BrokenRecord(detail=_A_SIGNATURE_DOES_NOT_COVER_ALL())
    spelled = found.pdf[contents.start + 1 : contents.end - 1]
    if not _HEX.fullmatch(spelled):
        raise BrokenRecord(detail=_A_SIGNATURE_IS_NOT_SPELLED_IN())
    size = _der_size(contents.value)
    if size > len(contents.value) or contents.value[size:].strip(b"\0"):
        raise BrokenRecord(detail=_A_SIGNATURE_IS_NOT_FOLLOWED_BY())
    name = next(name for name, number in parts.signed_fields(found).items() if number == signature.number)
    moment = _moment(value.get("M"))
    return SignedRevision(section.start, section.end, contents.start, contents.end, contents.value[:size], name, moment)


def _moment(said: Value | None) -> datetime:
    """A date as PDF writes it (ISO 32000-1, 7.9.4), in UTC and to the second."""
    if not isinstance(said, bytes) or not _MOMENT.fullmatch(said):
        # Python would also take one digit for two, and then readers disagree about where the next part begins.
        raise BrokenRecord(detail=_A_SIGNATURE_DOES_NOT_SAY_WHEN())
    try:
        return datetime.strptime(said.decode("ascii"), "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise BrokenRecord(detail=_A_SIGNATURE_DOES_NOT_SAY_WHEN()) from None


def _der_size(data: bytes) -> int:
    """How long the DER element at the start of ``data`` is, with its head (X.690, 8.1.3)."""
    if len(data) < 4 or data[0] != 0x30:
        raise BrokenRecord(detail=_A_SIGNATURE_IS_NOT_IN_THE())
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    if not 1 <= count <= 3:
        raise BrokenRecord(detail=_A_SIGNATURE_IS_NOT_IN_THE())
    return 2 + count + int.from_bytes(data[2 : 2 + count], "big")
