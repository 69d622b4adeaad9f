"""The key of a use case, and the files that travel under it.

Everything of one use case travels under a key of 256 random bits; what belongs to the organisation as a whole under
another. How each file is encrypted follows from that key and from the file (HKDF, RFC 5869), so the same file gives the
same bytes, and its name can be the SHA-256 of these bytes: doubled, partial and changed files are recognised by everybody.
Without the key nobody can try whether a guessed file is the encrypted one.

``openssl cms -decrypt -inform DER -in FILE -secretkey KEY`` opens one; what comes out is a tar archive (``container``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from intake.domain.base.names import is_id
from intake.trust import der
from intake.trust.encryption import aes, container
from intake.trust.encryption.limits import MAX_ENCRYPTED
from intake.trust.encryption.refusals import EncryptedContentChanged, EncryptedTooLarge, NotEncrypted, OtherKey

_TAG_SIZE: Final = 16
_TAG_OF: Final = b"countersign/tag/1\0"
_CONTENT_OF: Final = b"countersign/content/1\0"
_VERSION: Final = b"\x02\x01\x04"
_WRAPPED: Final = aes.KEY_SIZE + 8


@dataclass(frozen=True)
class CaseKey:
    """``secret`` are 32 bytes, ``org`` and ``case`` are ids; the key of the organisation has no ``case``."""

    secret: bytes
    org: str
    case: str

    def __post_init__(self) -> None:
        if len(self.secret) != aes.KEY_SIZE or not is_id(self.org) or (self.case and not is_id(self.case)):
            raise ValueError("a case key has 32 bytes, and names its organisation and use case by id")

    @classmethod
    def new(cls, org: str, case: str = "") -> CaseKey:
        return cls(secrets.token_bytes(aes.KEY_SIZE), org, case)

    @cached_property
    def tag(self) -> str:
        """How files say under which key they travel: 32 hexadecimal digits that tell nothing to those without the key.

        It follows from the key and from what the key is for, so that a key planted under the tag of another is none.
        """
        bound = _TAG_OF + bytes.fromhex(self.org) + bytes.fromhex(self.case)
        return hmac.digest(self.secret, bound, "sha256")[:_TAG_SIZE].hex()

    def __repr__(self) -> str:
        return f"<CaseKey {self.tag}>"


def encrypt(key: CaseKey, name: str, data: bytes) -> bytes:
    """``data`` under its ``name``, encrypted: the same input gives the same bytes."""
    archive = container.pack(name, data)
    content_key, nonce = _derived(key, archive)
    return aes.encrypt(archive, content_key, nonce, _recipient(key.tag, keywrap.aes_key_wrap(key.secret, content_key)))


def tag_of(data: bytes) -> str:
    """Under which key a file is encrypted: the ``tag`` of its key. Needs no key.

    Raises NotEncrypted for what has not exactly the form that ``encrypt`` writes, and EncryptedTooLarge.
    """
    return _recipient_of(_envelope(data))[0]


def decrypt(key: CaseKey, data: bytes) -> tuple[str, bytes]:
    """Name and bytes of an encrypted file.

    Raises OtherKey, EncryptedContentChanged, and what ``tag_of`` raises.
    """
    envelope = _envelope(data)
    tag, wrapped = _recipient_of(envelope)
    if not hmac.compare_digest(tag, key.tag):
        raise OtherKey
    try:
        content_key = keywrap.aes_key_unwrap(key.secret, wrapped)
    except keywrap.InvalidUnwrap:
        raise EncryptedContentChanged from None
    archive = envelope.decrypt(content_key)
    if _derived(key, archive) != (content_key, envelope.nonce):
        # Somebody with the key chose another content key: a second form of the same file.
        raise EncryptedContentChanged
    return container.unpack(archive)


def _derived(key: CaseKey, archive: bytes) -> tuple[bytes, bytes]:
    """Content key and nonce. The case key is uniform, so the first half of HKDF has nothing to add (RFC 5869, 3.3)."""
    info = _CONTENT_OF + hashlib.sha256(archive).digest()
    made = HKDFExpand(hashes.SHA256(), aes.KEY_SIZE + aes.NONCE_SIZE, info).derive(key.secret)
    return made[: aes.KEY_SIZE], made[aes.KEY_SIZE :]


def _recipient(tag: str, wrapped: bytes) -> bytes:
    """KEKRecipientInfo (RFC 5652, section 6.2.3)."""
    identifier = der.tlv(der.SEQUENCE, der.tlv(der.OCTET_STRING, bytes.fromhex(tag)))
    return der.tlv(0xA2, _VERSION, identifier, aes.WRAP, der.tlv(der.OCTET_STRING, wrapped))


def _envelope(data: bytes) -> aes.Envelope:
    if len(data) > MAX_ENCRYPTED:
        raise EncryptedTooLarge(size=len(data), limit=MAX_ENCRYPTED)
    envelope = aes.take_apart(data)
    if container.step(len(envelope.content)) != len(envelope.content):
        raise NotEncrypted
    return envelope


def _recipient_of(envelope: aes.Envelope) -> tuple[str, bytes]:
    """Tag and wrapped content key: the places are fixed, so what is not there is another form."""
    tag, wrapped = envelope.recipient[9 : 9 + _TAG_SIZE].hex(), envelope.recipient[-_WRAPPED:]
    if _recipient(tag, wrapped) != envelope.recipient:
        raise NotEncrypted
    return tag, wrapped
