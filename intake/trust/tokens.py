"""The signature of a timestamp token (RFC 3161, 2.4.2): one service's, over the statement inside, and it holds.

Read as strictly as everything that is signed: what general libraries would object to is refused here, because a seal is
judged by this reader alone and a verdict by both. Whether the service is to be trusted is the verifier's to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.trust import algorithms, certificates, der, refusals
from intake.trust.parts import (
    A_SIGNED_ATTRIBUTE,
    ITS_CONTENT,
    ITS_DIGEST,
    ITS_DIGESTS,
    ITS_SIGNED_DATA,
    ITS_VERSION,
    THE_CERTIFICATE,
    THE_LIST_OF_DIGESTS,
    THE_LIST_OF_SIGNERS,
    THE_NAME_OF_A_SIGNED_ATTRIBUTE,
    THE_SIGNER,
    THE_TOKEN,
    THE_VALUE_OF_A_SIGNED_ATTRIBUTE,
)
from intake.trust.signed_data import SIGNED_DATA, SignerInfo, Span, take_signer_apart

_STAMP_NOT_SIGNED = Wording("StampNotSigned", "it is not a signed token")
_STAMP_WITHOUT_TIME = Wording("StampWithoutTime", "it does not state a time")
_STAMP_BROKEN = Wording("StampBroken", "its own signature does not hold")
_STAMP_WITHOUT_CERTIFICATE = Wording("StampWithoutCertificate", "it does not bring the certificate of its service")
_STAMP_ODD_CERTIFICATE = Wording("StampOddCertificate", "a certificate in it cannot be used")
_STAMP_ODD_ALGORITHM = Wording("StampOddAlgorithm", "it is signed by an algorithm that is not accepted")
_STAMP_ODD_ATTRIBUTES = Wording("StampOddAttributes", "what its service signed is not in the form of a timestamp")

_VERSION_3: Final = b"\x02\x01\x03"
_TST_INFO: Final = der.oid("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE: Final = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = der.oid("1.2.840.113549.1.9.4")
_ALGORITHM_PROTECTION: Final = der.oid("1.2.840.113549.1.9.52")
_SIGNING_CERTIFICATE: Final = der.oid("1.2.840.113549.1.9.16.2.12")
_SIGNING_CERTIFICATE_V2: Final = der.oid("1.2.840.113549.1.9.16.2.47")

MAX_CERTIFICATES: Final = 8
"""How many certificates a token brings at most; services send their own and its two or three issuers."""


def statement(token: bytes) -> bytes:
    """The TSTInfo that ``token`` carries, signed by the service whose certificate it brings.

    Raises BadTimestamp, UnexpectedStructure, DigestNotAccepted or a BadEncoding. ``token`` has been walked by ``der.check``.
    """
    at, end = _open(token)
    digests, stop = der.enter(token, at, end, der.SET, ITS_DIGESTS)
    content, at = der.enter(token, stop, end, der.SEQUENCE, ITS_CONTENT)
    said = _content(token, content, at)
    brought, at = _certificates(token, at, end)
    signers, last = der.enter(token, at, end, der.SET, THE_LIST_OF_SIGNERS)
    der.finish(last, end, ITS_SIGNED_DATA)
    one = der.enter(token, signers, last, der.SEQUENCE, THE_SIGNER)
    der.finish(one[1], last, THE_LIST_OF_SIGNERS)
    signer = take_signer_apart(token, *one)
    if token[digests:stop] != signer.digest_id:
        raise refusals.UnexpectedStructure(detail=_STAMP_ODD_ATTRIBUTES())
    if signer.unsigned is not None:
        raise refusals.UnexpectedStructure(detail=_STAMP_ODD_ATTRIBUTES())
    _verify(token, signer, said, brought)
    return said


def _open(token: bytes) -> Span:
    """Where the SignedData goes on behind its version."""
    size = len(token)
    at, end = der.enter(token, 0, size, der.SEQUENCE, THE_TOKEN)
    der.finish(end, size, THE_TOKEN)
    if not token.startswith(SIGNED_DATA, at):
        raise refusals.UnexpectedStructure(detail=_STAMP_NOT_SIGNED())
    at, inner = der.enter(token, at + len(SIGNED_DATA), end, 0xA0, ITS_SIGNED_DATA)
    der.finish(inner, end, THE_TOKEN)
    at, end = der.enter(token, at, inner, der.SEQUENCE, ITS_SIGNED_DATA)
    der.finish(end, inner, THE_TOKEN)
    if not token.startswith(_VERSION_3, at):
        raise refusals.UnexpectedStructure(detail=ITS_VERSION())
    return at + len(_VERSION_3), end


def _content(token: bytes, at: int, end: int) -> bytes:
    if not token.startswith(_TST_INFO, at):
        raise refusals.UnexpectedStructure(detail=_STAMP_WITHOUT_TIME())
    at, stop = der.enter(token, at + len(_TST_INFO), end, 0xA0, ITS_CONTENT)
    der.finish(stop, end, ITS_CONTENT)
    start, last = der.enter(token, at, stop, der.OCTET_STRING, ITS_CONTENT)
    der.finish(last, stop, ITS_CONTENT)
    return token[start:last]


def _certificates(token: bytes, at: int, end: int) -> tuple[tuple[bytes, ...], int]:
    """The certificates a token brings, and where they end; no other kinds and no revocation lists."""
    if at >= end or token[at] != 0xA0:
        raise refusals.BadTimestamp(detail=_STAMP_WITHOUT_CERTIFICATE())
    at, stop = der.span(token, at, end)
    found: list[bytes] = []
    while at < stop:
        last = der.enter(token, at, stop, der.SEQUENCE, THE_CERTIFICATE)[1]
        found.append(token[at:last])
        at = last
    if len(found) > MAX_CERTIFICATES or len(set(found)) != len(found):
        raise refusals.BadTimestamp(detail=_STAMP_ODD_CERTIFICATE())
    return tuple(found), stop


def _verify(token: bytes, signer: SignerInfo, said: bytes, brought: tuple[bytes, ...]) -> None:
    digest = algorithms.DIGESTS.get(signer.digest_id)
    accepted = algorithms.SIGNATURES.get(signer.signature_id)
    if digest is None or accepted is None or accepted[1] not in (None, digest):
        raise refusals.BadTimestamp(detail=_STAMP_ODD_ALGORITHM())
    certificate = _of_the_service(brought, signer.sid)
    if certificate.key.family is not accepted[0]:
        raise refusals.BadTimestamp(detail=_STAMP_ODD_ALGORITHM())
    attributes = dict(_attributes(token, *signer.attributes))
    protection = attributes.get(_ALGORITHM_PROTECTION)
    if (
        attributes.get(_CONTENT_TYPE) != _TST_INFO
        or _MESSAGE_DIGEST not in attributes
        or protection not in (None, der.tlv(der.SEQUENCE, signer.digest_id, b"\xa1" + signer.signature_id[1:]))
        or not _names(attributes, certificate)
    ):
        raise refusals.BadTimestamp(detail=_STAMP_ODD_ATTRIBUTES())
    if attributes[_MESSAGE_DIGEST] != digest.header + digest.new(said).digest():
        raise refusals.BadTimestamp(detail=_STAMP_BROKEN())
    try:
        certificate.key.verify(signer.signature, signer.signed, digest, lower_only=False)
    except (refusals.SignatureInvalid, refusals.BadSignatureValue):
        raise refusals.BadTimestamp(detail=_STAMP_BROKEN()) from None


def _of_the_service(brought: tuple[bytes, ...], sid: bytes) -> certificates.Certificate:
    """The certificate that signed. Those beside it are its issuers, which nobody here follows but other programs read."""
    found = []
    for encoded in brought:
        try:
            certificates.require_legible(encoded)
            if certificates.sid_of(encoded) == sid:
                found.append(certificates.read(encoded))
        except Refusal:
            raise refusals.BadTimestamp(detail=_STAMP_ODD_CERTIFICATE()) from None
    if len(found) != 1:
        raise refusals.BadTimestamp(detail=_STAMP_WITHOUT_CERTIFICATE())
    return found[0]


def _attributes(token: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Name and the one value of each signed attribute, as whole elements; none may be there twice."""
    met: set[bytes] = set()
    while at < end:
        start, stop = der.enter(token, at, end, der.SEQUENCE, A_SIGNED_ATTRIBUTE)
        values = der.enter(token, start, stop, der.OID, THE_NAME_OF_A_SIGNED_ATTRIBUTE)[1]
        name = token[start:values]
        value, last = der.enter(token, values, stop, der.SET, THE_VALUE_OF_A_SIGNED_ATTRIBUTE)
        der.finish(last, stop, A_SIGNED_ATTRIBUTE)
        if name in met or value == last or der.span(token, value, last)[1] != last:
            raise refusals.UnexpectedStructure(detail=_STAMP_ODD_ATTRIBUTES())
        met.add(name)
        yield name, token[value:last]
        at = stop


def _names(attributes: dict[bytes, bytes], certificate: certificates.Certificate) -> bool:
    """Whether the service signed which certificate is its own (RFC 5035, RFC 5816), in each form that is there."""
    forms = [name for name in (_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_V2) if name in attributes]
    return bool(forms) and all(_first_named(attributes[name], name, certificate) for name in forms)


def _first_named(value: bytes, form: bytes, certificate: certificates.Certificate) -> bool:
    """Whether the first certificate that is named is this one; those behind it are its issuers."""
    at, end = der.enter(value, 0, len(value), der.SEQUENCE, A_SIGNED_ATTRIBUTE)
    at, end = der.enter(value, at, end, der.SEQUENCE, A_SIGNED_ATTRIBUTE)
    at, end = der.enter(value, at, end, der.SEQUENCE, A_SIGNED_ATTRIBUTE)
    if form == _SIGNING_CERTIFICATE:
        # The older form knows only this digest. It is signed, and beside the certificate's own name; nothing rests on it.
        wanted = hashlib.sha1(certificate.der, usedforsecurity=False).digest()
    else:
        digest = algorithms.SHA256
        if at < end and value[at] == der.SEQUENCE:
            stop = der.enter(value, at, end, der.SEQUENCE, THE_LIST_OF_DIGESTS)[1]
            named = algorithms.DIGESTS.get(value[at:stop])
            if named is None:
                return False
            digest, at = named, stop
        wanted = digest.new(certificate.der).digest()
    start, stop = der.enter(value, at, end, der.OCTET_STRING, ITS_DIGEST)
    return value[start:stop] == wanted and value[stop:end] in (b"", certificate.issuer_serial)
