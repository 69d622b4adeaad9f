"""Certificates as we use them: a public key with a name for display, known by the SHA-256 of its bytes.

Issuers, validity, extensions and names are never authority here: the roster pins the exact bytes and says who holds
them and when (trust.md, strict verification 2). So nothing in this module follows a chain or looks at a date.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, Wording
from intake.trust import algorithms, der, refusals
from intake.trust.names import common_name
from intake.trust.parts import (
    THE_BODY_OF_THE_CERTIFICATE,
    THE_CERTIFICATE,
    THE_ISSUER,
    THE_PUBLIC_KEY,
    THE_SERIAL_NUMBER,
    THE_SIGNATURE_ALGORITHM_OF_THE_ISSUER,
    THE_SUBJECT,
    THE_VALIDITY,
)

SIZE_OVER_LIMIT = Wording("SizeOverLimit", "it has {bytes} bytes, the limit is {limit}")
_SERIAL_NOT_POSITIVE = Wording("SerialNotPositive", "its serial number is not positive (RFC 5280, section 4.1.2.2)")
_CERTIFICATE_ENDED = Sentence(
    "CertificateEnded",
    "Its certificate ended on {day}. Here the roster says how long the key counts; other programs call what it signs expired.",
)
_CERTIFICATE_NOT_YET = Sentence(
    "CertificateNotYet",
    "Its certificate begins on {day}. Here the roster says from when the key counts; other programs call what it signs invalid.",
)
_NOT_READ_ELSEWHERE = Wording("CertificateUnreadElsewhere", "other programs cannot read all of it")
_CERTIFICATE_DAMAGED = Wording("CertificateDamaged", "it is damaged or of a form not in use")

MAX_BYTES: Final = 16 * 1024
"""The largest certificate read; real ones have 0.4 to 4 KiB."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a certificate says about itself, for display only. Foreign text: show it as plain text, believe nothing.

    ``signing`` is False when it says that it is not meant for signatures.
    """

    common_name: str
    issuer: str
    not_before: datetime
    not_after: datetime
    key: str
    signing: bool

    def note(self, at: datetime) -> Reason | None:
        """What to know before signing with the key at that moment; None when the certificate covers it."""
        if self.not_after < at:
            return _CERTIFICATE_ENDED(day=self.not_after.date().isoformat())
        if at < self.not_before:
            return _CERTIFICATE_NOT_YET(day=self.not_before.date().isoformat())
        return None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What verifying needs of a certificate, taken from its bytes once.

    ``sid`` is issuer and serial number as a signer identifier holds them; ``ess`` are the two SigningCertificateV2
    values (RFC 5035) that bind a signature to this certificate by its SHA-256, with and without ``issuer_serial``: its issuer
    and serial number as they are named there. All are encoded, so that checking them is comparing bytes.
    """

    der: bytes
    fingerprint: str
    key: algorithms.VerifyingKey
    sid: bytes
    issuer_serial: bytes
    ess: tuple[bytes, bytes]
    appearance: Appearance


@lru_cache(maxsize=2048)
def read(certificate_der: bytes) -> Certificate:
    """Read one DER certificate. Raises BadCertificate, a BadEncoding or an UnsuitableKey.

    The cache maps bytes to what follows from them alone; it saves more than half of the time of verifying an act.
    """
    data = certificate_der
    size = len(data)
    if size > MAX_BYTES:
        raise refusals.BadCertificate(detail=SIZE_OVER_LIMIT(bytes=size, limit=MAX_BYTES))
    der.check(data, 0, size)
    serial, issuer, at, end = _named(data)
    if serial[2] >= 0x80 or serial == b"\x02\x01\x00":
        raise refusals.BadCertificate(detail=_SERIAL_NOT_POSITIVE())
    at = _element(data, at, end, der.SEQUENCE, THE_VALIDITY)[1]
    subject, at = _element(data, at, end, der.SEQUENCE, THE_SUBJECT)
    spki, at = _element(data, at, end, der.SEQUENCE, THE_PUBLIC_KEY)
    digest = hashlib.sha256(data)
    issuer_serial = der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, der.tlv(0xA4, issuer)), serial)
    key = algorithms.read_public_key(spki)
    return Certificate(
        der=data,
        fingerprint=digest.hexdigest(),
        key=key,
        sid=issuer + serial,
        issuer_serial=issuer_serial,
        ess=(_ess(digest.digest(), issuer_serial), _ess(digest.digest(), b"")),
        appearance=_appearance(data, key, subject, issuer),
    )


@lru_cache(maxsize=2048)
def require_legible(certificate_der: bytes) -> None:
    """See that another program reads the whole certificate. Raises BadCertificate.

    For what is proved to people without this app. A name in an impossible code takes nothing from an act; a record signed with
    such a certificate fails elsewhere, and its signer can make one alone.
    """
    try:
        found = asn1_x509.Certificate.load(certificate_der, strict=True)
        found.native, found.subject.hashable, found.issuer.hashable, found.subject.human_friendly  # noqa: B018 - read, and may raise
        found.public_key.native, found.key_identifier, found.authority_key_identifier  # noqa: B018
        x509.load_der_x509_certificate(certificate_der).extensions  # noqa: B018
    except Exception:  # noqa: BLE001 - the libraries have many errors for hostile certificates, and no common base
        raise refusals.BadCertificate(detail=_NOT_READ_ELSEWHERE()) from None


def sid_of(certificate_der: bytes) -> bytes:
    """Issuer and serial number, as ``Certificate.sid``, of any certificate, whatever its key. Raises BadCertificate or a BadEncoding."""
    serial, issuer, _, _ = _named(certificate_der)
    return issuer + serial


def _named(data: bytes) -> tuple[bytes, bytes, int, int]:
    """Serial number and issuer, and from where to where the body of the certificate goes on."""
    size = len(data)
    start, end = der.enter(data, 0, size, der.SEQUENCE, THE_CERTIFICATE)
    if end != size:
        raise refusals.TrailingBytes(count=size - end)
    at, end = der.enter(data, start, end, der.SEQUENCE, THE_BODY_OF_THE_CERTIFICATE)
    if at < end and data[at] == 0xA0:
        at = der.span(data, at, end)[1]
    serial, at = _element(data, at, end, der.INTEGER, THE_SERIAL_NUMBER)
    at = _element(data, at, end, der.SEQUENCE, THE_SIGNATURE_ALGORITHM_OF_THE_ISSUER)[1]
    issuer, at = _element(data, at, end, der.SEQUENCE, THE_ISSUER)
    return serial, issuer, at, end


def _appearance(data: bytes, key: algorithms.VerifyingKey, subject: bytes, issuer: bytes) -> Appearance:
    """Read everything the certificate says, so that one other programs cannot read never gets into a roster."""
    try:
        found = x509.load_der_x509_certificate(data)
        return Appearance(
            common_name=common_name(subject),
            issuer=common_name(issuer),
            not_before=found.not_valid_before_utc,
            not_after=found.not_valid_after_utc,
            key=key.label,
            signing=_signing(found),
        )
    except Exception:  # noqa: BLE001 - the library has many errors for hostile certificates, and no common base
        raise refusals.BadCertificate(detail=_CERTIFICATE_DAMAGED()) from None


def _element(data: bytes, at: int, end: int, tag: int, name: Wording) -> tuple[bytes, int]:
    stop = der.enter(data, at, end, tag, name)[1]
    return data[at:stop], stop


def _ess(digest: bytes, issuer_serial: bytes) -> bytes:
    # SHA-256 is the default algorithm and DER leaves defaults out; no policies.
    cert_id = der.tlv(der.SEQUENCE, der.tlv(der.OCTET_STRING, digest), issuer_serial)
    return der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, cert_id))


def fingerprint(certificate_der: bytes) -> str:
    """How acts and rosters name a certificate: the SHA-256 of its bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(certificate_der).hexdigest()


def pem(certificate_der: bytes) -> str:
    """The certificate as text, as ``org.pem`` lists it for openssl (RFC 7468)."""
    text = base64.b64encode(certificate_der).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def _signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
