"""Encrypted content in CMS: AuthEnvelopedData (RFC 5083) with AES-256 in Galois/Counter Mode (RFC 5084), for one recipient.

This is the one shape that is written and read, for every recipient. Reading takes the parts out and puts them together
again: what differs in any byte is not this shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.trust import der
from intake.trust.encryption.refusals import EncryptedContentChanged, NotEncrypted
from intake.trust.parts import THE_CONTENT, THE_FILE
from intake.trust.refusals import SignatureRefused

KEY_SIZE: Final = 32
NONCE_SIZE: Final = 12
_CODE_SIZE: Final = 16

WRAP: Final = der.tlv(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.1.45"))
"""AES-256 key wrap (RFC 3394), as an AlgorithmIdentifier."""

_AUTH_ENVELOPED: Final = der.oid("1.2.840.113549.1.9.16.1.23")
_DATA: Final = der.oid("1.2.840.113549.1.7.1")
_GCM: Final = der.oid("2.16.840.1.101.3.4.1.46")
_VERSION: Final = b"\x02\x01\x00"
_CODE_LENGTH: Final = der.tlv(der.INTEGER, bytes((_CODE_SIZE,)))


@dataclass(frozen=True, slots=True)
class Envelope:
    """``recipient`` is the whole RecipientInfo; ``nonce``, ``content`` and ``code`` are what AES-GCM needs and gives."""

    recipient: bytes
    nonce: bytes
    content: bytes
    code: bytes

    @property
    def der(self) -> bytes:
        algorithm = der.tlv(
            der.SEQUENCE, _GCM, der.tlv(der.SEQUENCE, der.tlv(der.OCTET_STRING, self.nonce), _CODE_LENGTH)
        )
        encrypted = der.tlv(der.SEQUENCE, _DATA, algorithm, der.tlv(0x80, self.content))
        body = der.tlv(
            der.SEQUENCE, _VERSION, der.tlv(der.SET, self.recipient), encrypted, der.tlv(der.OCTET_STRING, self.code)
        )
        return der.tlv(der.SEQUENCE, _AUTH_ENVELOPED, der.tlv(0xA0, body))

    def decrypt(self, key: bytes) -> bytes:
        """Raises EncryptedContentChanged."""
        try:
            return AESGCM(key).decrypt(self.nonce, self.content + self.code, None)
        except InvalidTag:
            raise EncryptedContentChanged from None


def encrypt(plain: bytes, key: bytes, nonce: bytes, recipient: bytes) -> bytes:
    """The DER of the envelope. ``key`` is what ``recipient`` holds; under it ``nonce`` must never have been used before."""
    made = AESGCM(key).encrypt(nonce, plain, None)
    return Envelope(recipient, nonce, made[:-_CODE_SIZE], made[-_CODE_SIZE:]).der


def take_apart(data: bytes) -> Envelope:
    """The parts of an envelope of exactly this shape. Raises NotEncrypted; the recipient is for the caller to read."""
    try:
        found = _parts(data)
    except (SignatureRefused, IndexError):
        raise NotEncrypted from None
    if len(found.nonce) != NONCE_SIZE or len(found.code) != _CODE_SIZE or found.der != data:
        raise NotEncrypted
    return found


def _parts(data: bytes) -> Envelope:
    def enter(at: int, end: int, tag: int) -> tuple[int, int]:
        return der.enter(data, at, end, tag, THE_CONTENT)

    at, end = der.enter(data, 0, len(data), der.SEQUENCE, THE_FILE)
    at, end = enter(at + len(_AUTH_ENVELOPED), end, 0xA0)
    at, end = enter(at, end, der.SEQUENCE)
    recipient_at, recipient_end = enter(at + len(_VERSION), end, der.SET)
    at, encrypted_end = enter(recipient_end, end, der.SEQUENCE)
    algorithm_at, algorithm_end = enter(at + len(_DATA), encrypted_end, der.SEQUENCE)
    parameters = enter(algorithm_at + len(_GCM), algorithm_end, der.SEQUENCE)
    nonce = enter(*parameters, der.OCTET_STRING)
    content = enter(algorithm_end, encrypted_end, 0x80)
    code = enter(encrypted_end, end, der.OCTET_STRING)
    return Envelope(data[recipient_at:recipient_end], data[slice(*nonce)], data[slice(*content)], data[slice(*code)])
