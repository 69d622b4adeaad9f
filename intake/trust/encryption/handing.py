"""Handing a case key to one reader: one small CMS file (AuthEnvelopedData) per reader and key.

For an elliptic curve key the content key is agreed by ECDH with a new key of the sender (RFC 5753: X9.63 KDF with SHA-256, AES
key wrap), for an RSA key it is encrypted with OAEP; cards do both. What is inside is the 32 bytes of the case key,
then the ids of organisation and use case, so that it cannot be handed on for another.

The file names its reader by a salt and the digest of salt and certificate: everybody who has the certificate recognises what is
meant for it; for everybody else no two files name the same reader.

``openssl cms -decrypt -inform DER -in FILE -inkey READER.pem`` opens one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF

from intake.trust import certificates, der
from intake.trust.encryption import aes
from intake.trust.encryption.case_key import CaseKey
from intake.trust.encryption.limits import MAX_HANDED
from intake.trust.encryption.reader_key import OAEP, PublicReaderKey, ReaderKey, public_key
from intake.trust.encryption.refusals import (
    EncryptedContentChanged,
    EncryptedTooLarge,
    HandedKeyChanged,
    KeyForSomebodyElse,
    KeyOfAnotherOrganisation,
    NotEncrypted,
)
from intake.trust.parts import THE_CONTENT
from intake.trust.refusals import SignatureRefused

_SALT: Final = 8
_NAME: Final = 20
_CONTENT: Final = aes.KEY_SIZE + 32 + 32
_NOBODY: Final = bytes(32)

_KARI: Final = 0xA1
_KTRI: Final = der.SEQUENCE
_EC_PUBLIC_KEY: Final = der.tlv(der.SEQUENCE, der.oid("1.2.840.10045.2.1"))
_AGREEMENT: Final = der.tlv(der.SEQUENCE, der.oid("1.3.132.1.11.1"), aes.WRAP)
"""dhSinglePass-stdDH-sha256kdf-scheme, with AES-256 key wrap (RFC 5753, section 7.1.4)."""
_SHARED_INFO: Final = der.tlv(
    der.SEQUENCE, aes.WRAP, der.tlv(0xA2, der.tlv(der.OCTET_STRING, (256).to_bytes(4, "big")))
)
_SHA256: Final = der.tlv(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"))
_OAEP: Final = der.tlv(
    der.SEQUENCE,
    der.oid("1.2.840.113549.1.1.7"),
    der.tlv(
        der.SEQUENCE,
        der.tlv(0xA0, _SHA256),
        der.tlv(0xA1, der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.8"), _SHA256)),
    ),
)


def hand(key: CaseKey, certificate_der: bytes) -> bytes:
    """The key, encrypted for the owner of this certificate; other bytes each time.

    Raises KeyDoesNotDecrypt, BadCertificate or an UnsuitableKey.
    """
    content = key.secret + bytes.fromhex(key.org) + (bytes.fromhex(key.case) or _NOBODY)
    content_key, nonce = secrets.token_bytes(aes.KEY_SIZE), secrets.token_bytes(aes.NONCE_SIZE)
    name = _name(secrets.token_bytes(_SALT), certificates.fingerprint(certificate_der))
    return aes.encrypt(content, content_key, nonce, _recipient(public_key(certificate_der), name, content_key))


def require_form(handed: bytes) -> None:
    """See that something has the form of a handed key, for any reader. Raises NotEncrypted or EncryptedTooLarge."""
    _named(_envelope(handed))


def is_for(handed: bytes, fingerprint: str) -> bool:
    """Whether a handed key names the certificate with this SHA-256 as its reader; says nothing about its content.

    Raises NotEncrypted or EncryptedTooLarge.
    """
    name = _named(_envelope(handed))[0]
    return hmac.compare_digest(name, _name(name[:_SALT], fingerprint))


def take(handed: bytes, reader: ReaderKey, org: str) -> CaseKey:
    """The case key that was handed to this reader.

    Raises KeyForSomebodyElse, HandedKeyChanged, KeyOfAnotherOrganisation, NotEncrypted or EncryptedTooLarge.
    """
    envelope = _envelope(handed)
    name, point, wrapped = _named(envelope)
    if not hmac.compare_digest(name, _name(name[:_SALT], reader.fingerprint)):
        raise KeyForSomebodyElse
    try:
        if point:
            content_key = keywrap.aes_key_unwrap(_agreed(reader.agree(point)), wrapped)
        else:
            content_key = reader.decrypt(wrapped)
        content = envelope.decrypt(content_key)
    except (keywrap.InvalidUnwrap, EncryptedContentChanged, ValueError):
        raise HandedKeyChanged from None
    if len(content) != _CONTENT:
        raise HandedKeyChanged
    secret, of_org, of_case = content[:32], content[32:64].hex(), content[64:]
    if of_org != org:
        raise KeyOfAnotherOrganisation
    return CaseKey(secret, org, "" if of_case == _NOBODY else of_case.hex())


def _name(salt: bytes, fingerprint: str) -> bytes:
    return salt + hashlib.sha256(salt + bytes.fromhex(fingerprint)).digest()[: _NAME - _SALT]


def _agreed(secret: bytes) -> bytes:
    return X963KDF(hashes.SHA256(), aes.KEY_SIZE, _SHARED_INFO).derive(secret)


def _recipient(public: PublicReaderKey, name: bytes, content_key: bytes) -> bytes:
    if isinstance(public, ec.EllipticCurvePublicKey):
        own = ec.generate_private_key(public.curve)
        point = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return _agreeing(name, point, keywrap.aes_key_wrap(_agreed(own.exchange(ec.ECDH(), public)), content_key))
    return _transporting(name, public.encrypt(content_key, OAEP))


def _agreeing(name: bytes, point: bytes, wrapped: bytes) -> bytes:
    """KeyAgreeRecipientInfo (RFC 5652, section 6.2.2) for one reader."""
    own = der.tlv(0xA1, _EC_PUBLIC_KEY, der.tlv(der.BIT_STRING, b"\0", point))
    reader = der.tlv(der.SEQUENCE, der.tlv(0xA0, der.tlv(der.OCTET_STRING, name)), der.tlv(der.OCTET_STRING, wrapped))
    return der.tlv(_KARI, b"\x02\x01\x03", der.tlv(0xA0, own), _AGREEMENT, der.tlv(der.SEQUENCE, reader))


def _transporting(name: bytes, wrapped: bytes) -> bytes:
    """KeyTransRecipientInfo (RFC 5652, section 6.2.1)."""
    return der.tlv(_KTRI, b"\x02\x01\x02", der.tlv(0x80, name), _OAEP, der.tlv(der.OCTET_STRING, wrapped))


def _envelope(data: bytes) -> aes.Envelope:
    if len(data) > MAX_HANDED:
        raise EncryptedTooLarge(size=len(data), limit=MAX_HANDED)
    envelope = aes.take_apart(data)
    if len(envelope.content) != _CONTENT:
        raise NotEncrypted
    return envelope


def _named(envelope: aes.Envelope) -> tuple[bytes, bytes, bytes]:
    """Name, point of the sender (empty for RSA) and wrapped content key. Raises NotEncrypted for any other form."""
    data = envelope.recipient
    try:
        found = _agreed_parts(data) if data[0] == _KARI else _transported_parts(data)
    except (SignatureRefused, IndexError):
        raise NotEncrypted from None
    name, point, wrapped = found
    again = _agreeing(name, point, wrapped) if point else _transporting(name, wrapped)
    if len(name) != _NAME or again != data:
        raise NotEncrypted
    return found


def _agreed_parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    def enter(at: int, end: int, tag: int) -> tuple[int, int]:
        return der.enter(data, at, end, tag, THE_CONTENT)

    at, end = enter(0, len(data), _KARI)
    own_at, own_end = enter(at + 3, end, 0xA0)
    own_at, _ = enter(own_at, own_end, 0xA1)
    point = enter(own_at + len(_EC_PUBLIC_KEY), own_end, der.BIT_STRING)
    at, end = enter(own_end + len(_AGREEMENT), end, der.SEQUENCE)
    at, end = enter(at, end, der.SEQUENCE)
    name_at, name_end = enter(at, end, 0xA0)
    name = enter(name_at, name_end, der.OCTET_STRING)
    wrapped = enter(name_end, end, der.OCTET_STRING)
    return data[slice(*name)], data[point[0] + 1 : point[1]], data[slice(*wrapped)]


def _transported_parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    def enter(at: int, end: int, tag: int) -> tuple[int, int]:
        return der.enter(data, at, end, tag, THE_CONTENT)

    at, end = enter(0, len(data), _KTRI)
    name = enter(at + 3, end, 0x80)
    wrapped = enter(name[1] + len(_OAEP), end, der.OCTET_STRING)
    return data[slice(*name)], b"", data[slice(*wrapped)]
