"""Where the parts of a CMS SignedData are (RFC 5652, section 5), found in the one accepted shape.

Nothing is verified here beyond the structure: ``cms`` compares, hashes and checks what these parts say. Parts are given
as offsets or short slices of the original bytes, so what is verified later is exactly what was received.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from intake.domain.base import canonical
from intake.domain.base.wording import Wording
from intake.trust import der, refusals
from intake.trust.parts import (
    THE_CERTIFICATE,
    THE_CONTENT,
    THE_DIGEST_ALGORITHM,
    THE_FILE,
    THE_LIST_OF_DIGESTS,
    THE_LIST_OF_SIGNERS,
    THE_NAME_OF_THE_SIGNERS_CERTIFICATE,
    THE_SIGNATURE_ALGORITHM,
    THE_SIGNATURE_VALUE,
    THE_SIGNED_CONTENT,
    THE_SIGNED_DATA,
    THE_SIGNER,
    THE_VERSION,
)

_SIGNED_DATA_VERSION_ODD = Wording("SignedDataVersionOdd", "its version is not 1")
_CARRIES_REVOCATION_LISTS = Wording("CarriesRevocationLists", "it carries revocation lists")
_SIGNER_NAMED_OTHERWISE = Wording("SignerNamedOtherwise", "the signer is not named by issuer and serial number")

MAX_BYTES: Final = canonical.MAX_BYTES + 64 * 1024
"""The largest signed file read: the largest act, and room for certificate, signature and timestamp."""

SIGNED_DATA: Final = der.oid("1.2.840.113549.1.7.2")
DATA: Final = der.oid("1.2.840.113549.1.7.1")
VERSION_1: Final = b"\x02\x01\x01"
BEGINNING: Final = 32
"""Bytes in which a signed file says that it is one; the length before that takes at most nine."""

Span = tuple[int, int]


class Parts(NamedTuple):
    """Where the parts of a SignedData are. ``signer`` is the content of the one SignerInfo."""

    digest_ids: bytes
    encapsulated: Span
    payload: Span | None
    certificate: bytes
    signer: Span


class SignerInfo(NamedTuple):
    """The fields of a SignerInfo, identifiers as whole elements; ``attributes`` and ``unsigned`` are contents.

    ``signed`` are the attributes as the signature covers them: as a SET OF, although they travel under an implicit tag
    (RFC 5652, section 5.4).
    """

    sid: bytes
    digest_id: bytes
    attributes: Span
    signed: bytes
    signature_id: bytes
    signature: bytes
    unsigned: Span | None


def begins_as_signed(data: bytes) -> bool:
    """Whether this begins as a signed file does, whatever is wrong with the rest or new in it. Looks at ``BEGINNING`` bytes."""
    return data[:1] == bytes((der.SEQUENCE,)) and SIGNED_DATA in data[:BEGINNING]


def take_apart(data: bytes) -> Parts:
    at, end = _open_signed_data(data)
    version = at
    at = der.enter(data, at, end, der.INTEGER, THE_VERSION)[1]
    digests, at = der.enter(data, at, end, der.SET, THE_LIST_OF_DIGESTS)
    digest_ids = data[digests:at]
    encapsulated = at
    content, at = der.enter(data, at, end, der.SEQUENCE, THE_SIGNED_CONTENT)
    payload = _read_encapsulated(data, content, at)
    if not data.startswith(VERSION_1, version):
        raise refusals.UnexpectedStructure(detail=_SIGNED_DATA_VERSION_ODD())
    certificates_at = at
    certificate, at = _read_certificates(data, at, end)
    if at < end and data[at] == 0xA1:
        raise refusals.UnexpectedStructure(detail=_CARRIES_REVOCATION_LISTS())
    signers, stop = der.enter(data, at, end, der.SET, THE_LIST_OF_SIGNERS)
    der.finish(stop, end, THE_SIGNED_DATA)
    if signers == stop:
        raise refusals.NoSigner
    if certificates_at == at:
        raise refusals.NoCertificate
    signer = der.enter(data, signers, stop, der.SEQUENCE, THE_SIGNER)
    if signer[1] != stop:
        raise refusals.SeveralSigners
    return Parts(digest_ids, (encapsulated, certificates_at), payload, certificate, signer)


def _open_signed_data(data: bytes) -> Span:
    size = len(data)
    if size > MAX_BYTES:
        raise refusals.SignedFileTooLarge(size=size, limit=MAX_BYTES)
    if not data or data[0] != der.SEQUENCE:
        raise refusals.NotSigned
    at, end = der.span(data, 0, size)
    if not data.startswith(SIGNED_DATA, at):
        raise refusals.NotSigned
    if end != size:
        raise refusals.TrailingBytes(count=size - end)
    at, inner = der.enter(data, at + len(SIGNED_DATA), end, 0xA0, THE_SIGNED_DATA)
    der.finish(inner, end, THE_FILE)
    at, end = der.enter(data, at, inner, der.SEQUENCE, THE_SIGNED_DATA)
    der.finish(end, inner, THE_FILE)
    return at, end


def _read_encapsulated(data: bytes, at: int, end: int) -> Span | None:
    if not data.startswith(DATA, at):
        raise refusals.WrongContentType
    at += len(DATA)
    if at == end:
        return None
    at, stop = der.enter(data, at, end, 0xA0, THE_CONTENT)
    der.finish(stop, end, THE_CONTENT)
    payload = der.enter(data, at, stop, der.OCTET_STRING, THE_CONTENT)
    der.finish(payload[1], stop, THE_CONTENT)
    return payload


def _read_certificates(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    if at >= end or data[at] != 0xA0:
        return b"", at
    at, stop = der.span(data, at, end)
    if at == stop:
        raise refusals.NoCertificate
    last = der.enter(data, at, stop, der.SEQUENCE, THE_CERTIFICATE)[1]
    if last != stop:
        raise refusals.SeveralCertificates
    return data[at:stop], stop


def take_signer_apart(data: bytes, at: int, end: int) -> SignerInfo:
    if not data.startswith(VERSION_1, at):
        raise refusals.UnexpectedStructure(detail=_SIGNER_NAMED_OTHERWISE())
    sid, at = der.enter(data, at + 3, end, der.SEQUENCE, THE_NAME_OF_THE_SIGNERS_CERTIFICATE)
    digest_id = at
    attributes = at = der.enter(data, at, end, der.SEQUENCE, THE_DIGEST_ALGORITHM)[1]
    if at >= end or data[at] != 0xA0:
        raise refusals.NoSignedAttributes
    start, at = der.span(data, at, end)
    signature_id = at
    after = der.enter(data, at, end, der.SEQUENCE, THE_SIGNATURE_ALGORITHM)[1]
    signature, at = der.enter(data, after, end, der.OCTET_STRING, THE_SIGNATURE_VALUE)
    unsigned = None
    if at < end and data[at] == 0xA1:
        unsigned = der.span(data, at, end)
        der.finish(unsigned[1], end, THE_SIGNER)
    else:
        der.finish(at, end, THE_SIGNER)
    return SignerInfo(
        sid=data[sid:digest_id],
        digest_id=data[digest_id:attributes],
        attributes=(start, signature_id),
        signed=b"\x31" + data[attributes + 1 : signature_id],
        signature_id=data[signature_id:after],
        signature=data[signature:at],
        unsigned=unsigned,
    )
