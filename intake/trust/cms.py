"""One shape of CMS SignedData (RFC 5652), written as CAdES baseline B-B and read strictly.

The shape, outside in: ContentInfo; SignedData version 1 with one digest algorithm, id-data (content inside for acts,
absent for PDF), exactly one certificate, no revocation lists, exactly one SignerInfo; signed attributes exactly
content-type, message-digest and signing-certificate-v2 (RFC 5035, SHA-256), optionally cms-algorithm-protection (RFC 6211)
and, for acts alone, signing-time; of unsigned attributes only one signature timestamp. Everything in DER.

Why our own reader: general libraries accept more than one form. Measured: pyHanko 0.38 and ``openssl cms -cades`` accept
an act stripped of its signed attributes, and pyHanko with a leaf pinned as root accepts a certificate issued by that
leaf. Reading one fixed shape is also many times faster. Whose certificate it is, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from intake.domain.base.wording import Wording
from intake.trust import algorithms, certificates, der, refusals, timestamps
from intake.trust.keys import SigningKey
from intake.trust.parts import (
    A_SIGNED_ATTRIBUTE,
    AN_UNSIGNED_ATTRIBUTE,
    THE_NAME_OF_A_SIGNED_ATTRIBUTE,
    THE_NAME_OF_AN_ALGORITHM,
    THE_TIMESTAMP,
    THE_VALUE_OF_A_SIGNED_ATTRIBUTE,
)
from intake.trust.signed_data import (
    DATA,
    SIGNED_DATA,
    VERSION_1,
    Parts,
    SignerInfo,
    Span,
    take_apart,
    take_signer_apart,
)

_ATTRIBUTE_WITHOUT_VALUE = Wording("AttributeWithoutValue", "a signed attribute has no value")

_CONTENT_TYPE: Final = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME: Final = der.oid("1.2.840.113549.1.9.5")
_ALGORITHM_PROTECTION: Final = der.oid("1.2.840.113549.1.9.52")
_SIGNING_CERTIFICATE: Final = der.oid("1.2.840.113549.1.9.16.2.47")
_TIMESTAMP: Final = der.oid("1.2.840.113549.1.9.16.2.14")

_REQUIRED: Final = {
    _CONTENT_TYPE: "content-type",
    _MESSAGE_DIGEST: "message-digest",
    _SIGNING_CERTIFICATE: "signing-certificate-v2",
}
_KNOWN: Final = frozenset({*_REQUIRED, _SIGNING_TIME, _ALGORITHM_PROTECTION})
_UTC_TIME: Final = re.compile(rb"\d{12}Z")
_GENERALIZED_TIME: Final = re.compile(rb"\d{14}Z")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds. ``payload`` is what it carries, or None when it is detached; it begins at ``payload_at``.

    ``fingerprint`` is the SHA-256 of ``certificate_der`` in hexadecimal; ``message_digest`` is the digest of what was
    signed, by ``digest_algorithm`` (``sha256``, ``sha384`` or ``sha512``); ``signature`` is the raw value, which is what
    a timestamp covers; ``signing_time`` is what the signer claims. ``timestamp_token`` covers this signature and
    is signed by its service, which says that it was there ``stamped_at``; whether to trust that service is not judged here.
    """

    payload: bytes | None
    payload_at: int
    certificate_der: bytes
    fingerprint: str
    signing_time: datetime | None
    message_digest: bytes
    digest_algorithm: str
    signature: bytes
    timestamp_token: bytes | None
    stamped_at: datetime | None


# -------------------------------------------------------------------------------------------------------- writing


def build(payload: bytes | None, digest: bytes, key: SigningKey, *, at: datetime | None) -> bytes:
    """CAdES-B-B in DER over ``digest``, which is ``key.digest`` of what is signed.

    ``payload`` travels inside (acts) or is None for a detached signature (PDF). ``at`` becomes the signing-time; PAdES
    forbids it and acts carry their time in the JSON, so both pass None.
    """
    if len(digest) != key.digest.size:
        raise ValueError(f"{key.label} signs {key.digest.name}, which has {key.digest.size} bytes")
    certificate = key.certificate
    digest_id = key.digest.identifier
    signature_id = algorithms.signature_identifier(key.family, key.digest)
    attributes = [
        _attribute(_CONTENT_TYPE, DATA),
        _attribute(_MESSAGE_DIGEST, der.tlv(der.OCTET_STRING, digest)),
        _attribute(_SIGNING_CERTIFICATE, certificate.ess[0]),
        _attribute(_ALGORITHM_PROTECTION, _protection(digest_id, signature_id)),
    ]
    if at is not None:
        attributes.append(_attribute(_SIGNING_TIME, _moment(at)))
    signed_attributes = der.set_of(*attributes)
    signer = der.tlv(
        der.SEQUENCE,
        VERSION_1,
        der.tlv(der.SEQUENCE, certificate.sid),
        digest_id,
        b"\xa0" + signed_attributes[1:],
        signature_id,
        der.tlv(der.OCTET_STRING, key.sign(signed_attributes)),
    )
    content = b"" if payload is None else der.tlv(0xA0, der.tlv(der.OCTET_STRING, payload))
    return _wrap(digest_id, der.tlv(der.SEQUENCE, DATA, content), der.tlv(0xA0, certificate.der), signer)


def with_timestamp(signature_der: bytes, token: bytes) -> bytes:
    """The same signature with ``token`` (a TimeStampToken over its value, RFC 3161) beside it: CAdES-B-T.

    The signature must be one that ``build`` made and hold no timestamp yet. Raises BadTimestamp or a SignatureRefused.
    """
    data = signature_der
    parts = take_apart(data)
    signer = take_signer_apart(data, *parts.signer)
    if signer.unsigned is not None:
        raise refusals.UnexpectedUnsignedAttribute
    timestamps.check(token, over=signer.signature)
    unsigned = der.tlv(0xA1, _attribute(_TIMESTAMP, token))
    return _wrap(
        parts.digest_ids,
        data[slice(*parts.encapsulated)],
        der.tlv(0xA0, parts.certificate),
        der.tlv(der.SEQUENCE, data[slice(*parts.signer)], unsigned),
    )


def _wrap(digest_id: bytes, encapsulated: bytes, carried: bytes, signer: bytes) -> bytes:
    signed_data = der.tlv(
        der.SEQUENCE, VERSION_1, der.tlv(der.SET, digest_id), encapsulated, carried, der.tlv(der.SET, signer)
    )
    return der.tlv(der.SEQUENCE, SIGNED_DATA, der.tlv(0xA0, signed_data))


def _attribute(name: bytes, value: bytes) -> bytes:
    return der.tlv(der.SEQUENCE, name, der.tlv(der.SET, value))


@lru_cache(maxsize=64)
def _protection(digest_id: bytes, signature_id: bytes) -> bytes:
    """CMSAlgorithmProtection (RFC 6211): both algorithms again, this time signed."""
    return der.tlv(der.SEQUENCE, digest_id, b"\xa1" + signature_id[1:])


def _moment(at: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime after (RFC 5652, section 11.3)."""
    at = at.astimezone(UTC)
    if at.year < 2050:
        return der.tlv(der.UTC_TIME, at.strftime("%y%m%d%H%M%SZ").encode("ascii"))
    return der.tlv(der.GENERALIZED_TIME, at.strftime("%Y%m%d%H%M%SZ").encode("ascii"))


# -------------------------------------------------------------------------------------------------------- reading


def read(signature_der: bytes, *, detached_digest: Callable[[str], bytes] | None = None) -> Signed:
    """Read and verify one signature of exactly the shape above.

    Without ``detached_digest`` the content must be inside (acts). With it the content must be absent (PDF), and
    ``detached_digest("sha256")`` gives the digest of what is signed, here the byte ranges. Raises a SignatureRefused,
    BadCertificate or UnsuitableKey; nothing else, whatever the bytes are.
    """
    data = signature_der
    parts = take_apart(data)
    payload = None if parts.payload is None else data[slice(*parts.payload)]
    if detached_digest is None and payload is None:
        raise refusals.ContentMissing
    if detached_digest is not None and payload is not None:
        raise refusals.ContentUnexpected
    signer = take_signer_apart(data, *parts.signer)
    digest, certificate = _agree(parts, signer)
    attributes = _read_attributes(data, *signer.attributes)
    if _value(data, attributes[_CONTENT_TYPE]) != DATA:
        raise refusals.WrongContentType
    protection = attributes.get(_ALGORITHM_PROTECTION)
    if protection and _value(data, protection) != _protection(signer.digest_id, signer.signature_id):
        raise refusals.AlgorithmsDisagree
    if _value(data, attributes[_SIGNING_CERTIFICATE]) not in certificate.ess:
        raise refusals.CertificateNotSigned
    if payload is not None:
        expected = digest.new(payload).digest()
    else:
        assert detached_digest is not None
        expected = detached_digest(digest.name)
    if _value(data, attributes[_MESSAGE_DIGEST]) != digest.header + expected:
        raise refusals.ContentChanged
    certificate.key.verify(signer.signature, signer.signed, digest)
    signing_time = attributes.get(_SIGNING_TIME)
    if signing_time and payload is None:
        raise refusals.SigningTimeBesideTheDocument
    token, stamped_at = _read_unsigned(data, signer) if signer.unsigned else (None, None)
    return Signed(
        payload=payload,
        payload_at=parts.payload[0] if parts.payload else 0,
        certificate_der=certificate.der,
        fingerprint=certificate.fingerprint,
        signing_time=_read_moment(_value(data, signing_time)) if signing_time else None,
        message_digest=expected,
        digest_algorithm=digest.name,
        signature=signer.signature,
        timestamp_token=token,
        stamped_at=stamped_at,
    )


def _agree(parts: Parts, signer: SignerInfo) -> tuple[algorithms.DigestAlgorithm, certificates.Certificate]:
    """The digest and the certificate everything in the signature agrees on."""
    digest = algorithms.DIGESTS.get(signer.digest_id)
    if digest is None:
        raise refusals.DigestNotAccepted(oid=_named(signer.digest_id))
    if parts.digest_ids != signer.digest_id:
        raise refusals.AlgorithmsDisagree
    accepted = algorithms.SIGNATURES.get(signer.signature_id)
    if accepted is None:
        raise refusals.SignatureAlgorithmNotAccepted(oid=_named(signer.signature_id))
    family, implied = accepted
    if implied is not None and implied is not digest:
        raise refusals.AlgorithmsDisagree
    certificate = certificates.read(parts.certificate)
    if certificate.key.family is not family:
        raise refusals.AlgorithmNotOfThisKey
    if certificate.sid != signer.sid:
        raise refusals.SignerIdentifierMismatch
    return digest, certificate


def _read_attributes(data: bytes, at: int, end: int) -> dict[bytes, Span]:
    """Where the one value of each signed attribute is, by the whole element of its name."""
    if at == end:
        raise refusals.NoSignedAttributes
    found: dict[bytes, Span] = {}
    previous = b""
    while at < end:
        start, stop = der.enter(data, at, end, der.SEQUENCE, A_SIGNED_ATTRIBUTE)
        values = der.enter(data, start, stop, der.OID, THE_NAME_OF_A_SIGNED_ATTRIBUTE)[1]
        name = data[start:values]
        if name in found:
            raise refusals.DuplicateAttribute
        if name not in _KNOWN:
            raise refusals.UnexpectedAttribute(oid=der.oid_text(name[2:]))
        value, last = der.enter(data, values, stop, der.SET, THE_VALUE_OF_A_SIGNED_ATTRIBUTE)
        der.finish(last, stop, A_SIGNED_ATTRIBUTE)
        encoded = data[at:stop]
        if encoded < previous:
            raise refusals.SetNotSorted
        found[name] = (value, last)
        previous = encoded
        at = stop
    for required, words in _REQUIRED.items():
        if required not in found:
            raise refusals.MissingAttribute(name=words)
    return found


def _value(data: bytes, where: Span) -> bytes:
    """The whole element that is the only value of an attribute."""
    at, end = where
    if at == end:
        raise refusals.UnexpectedStructure(detail=_ATTRIBUTE_WITHOUT_VALUE())
    stop = der.span(data, at, end)[1]
    if stop != end:
        raise refusals.DuplicateAttribute
    return data[at:end]


def _read_moment(element: bytes) -> datetime:
    """UTCTime or GeneralizedTime with seconds, in UTC, each in its own years (RFC 5652, section 11.3)."""
    text = element[2:]
    try:
        if element[0] == der.UTC_TIME and _UTC_TIME.fullmatch(text):
            century = b"19" if text >= b"50" else b"20"
            return _parse_moment(century + text)
        if element[0] == der.GENERALIZED_TIME and _GENERALIZED_TIME.fullmatch(text) and text >= b"2050":
            return _parse_moment(text)
    except ValueError:
        pass
    raise refusals.BadSigningTime


def _parse_moment(text: bytes) -> datetime:
    return datetime.strptime(text.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _read_unsigned(data: bytes, signer: SignerInfo) -> tuple[bytes, datetime]:
    """The one timestamp token beside the signature, and its time."""
    assert signer.unsigned is not None
    at, end = signer.unsigned
    at, stop = der.enter(data, at, end, der.SEQUENCE, AN_UNSIGNED_ATTRIBUTE)
    if stop != end or not data.startswith(_TIMESTAMP, at):
        raise refusals.UnexpectedUnsignedAttribute
    at, last = der.enter(data, at + len(_TIMESTAMP), stop, der.SET, THE_TIMESTAMP)
    der.finish(last, stop, THE_TIMESTAMP)
    if at == last or der.span(data, at, last)[1] != last:
        raise refusals.UnexpectedUnsignedAttribute
    token = data[at:last]
    return token, timestamps.check(token, over=signer.signature).at


def _named(identifier: bytes) -> str:
    """The object identifier inside a whole AlgorithmIdentifier, for messages."""
    start, end = der.span(identifier, 0, len(identifier))
    start, stop = der.enter(identifier, start, end, der.OID, THE_NAME_OF_AN_ALGORITHM)
    return der.oid_text(identifier[start:stop])
