"""The outside of a PKCS #12 key file (RFC 7292): looking at it before it is opened, and writing one.

The library that opens key files answers "invalid" to a wrong passphrase and to a picture of a cat alike, and takes the
first of several keys; so the outer structure, which is not encrypted, is read here first. The library also protects
the integrity value with 2048 rounds, whatever it is told, and a guess at the passphrase can be tried on that value
alone; so the value is computed again here, as costly as the rest.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from intake.trust import refusals

if TYPE_CHECKING:
    from asn1crypto import pkcs12 as structure

AnyPrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

MAX_BYTES: Final = 1 << 20
ROUNDS: Final = 200_000
"""Rounds of PBKDF2 in new key files. Opening one takes about half a second, and so does each guess."""

MAX_ROUNDS: Final = 10_000_000
"""More than any program writes; a file that asks for more would seem to hang the app."""

_SHROUDED: Final = "pkcs8_shrouded_key_bag"
_KEY_BAGS: Final = frozenset({"key_bag", _SHROUDED})
MOST_KEYS: Final = 2
"""One that signs, and one that decrypts."""
_SHA256_BLOCK: Final = 64


def write(
    private: AnyPrivateKey,
    certificate: x509.Certificate,
    secret: str,
    *,
    second: tuple[AnyPrivateKey, x509.Certificate] | None = None,
    rounds: int = ROUNDS,
) -> bytes:
    """Key and certificate, and a ``second`` pair if there is one, under ``secret``.

    PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA-256 and ``rounds``.
    """
    protection = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(secret.encode())
    )
    others = [second[1]] if second else None
    made = pkcs12.serialize_key_and_certificates(None, private, certificate, others, protection)
    if second:
        # The library writes one key only; that of a file of its own is taken over as it is.
        made = _with_keys_of(made, pkcs12.serialize_key_and_certificates(None, second[0], None, None, protection))
    # One round of PBKDF2 is two of SHA-256, so twice the rounds make both ways of guessing cost the same.
    return _protect_again(made, secret, iterations=2 * rounds)


def _with_keys_of(made: bytes, other: bytes) -> bytes:
    """The first file with the parts of the other that are encrypted key by key. Its integrity value is wrong."""
    from asn1crypto import core
    from asn1crypto import pkcs12 as structure

    file, added = structure.Pfx.load(made, strict=True), structure.Pfx.load(other, strict=True)
    safes = [
        *file.authenticated_safe,
        *(safe for safe in added.authenticated_safe if safe["content_type"].native == "data"),
    ]
    file["auth_safe"]["content"] = core.OctetString(structure.AuthenticatedSafe(safes).dump())
    dumped: bytes = file.dump(force=True)
    return dumped


def _protect_again(made: bytes, secret: str, *, iterations: int) -> bytes:
    """The same file with its integrity value (RFC 7292, section 4) derived with ``iterations``."""
    from asn1crypto import pkcs12 as structure

    file = structure.Pfx.load(made, strict=True)
    salt = secrets.token_bytes(16)
    key = _integrity_key(secret, salt, iterations)
    mac = file["mac_data"]
    mac["mac"]["digest"] = hmac.digest(key, file["auth_safe"]["content"].native, "sha256")
    mac["mac_salt"] = salt
    mac["iterations"] = iterations
    dumped: bytes = file.dump()
    return dumped


def _integrity_key(secret: str, salt: bytes, iterations: int) -> bytes:
    """RFC 7292, appendix B.2 for SHA-256 and purpose 3 (integrity), where one block is the whole key."""

    def filled(data: bytes) -> bytes:
        size = -(-len(data) // _SHA256_BLOCK) * _SHA256_BLOCK
        return (data * (size // len(data) + 1))[:size]

    value = b"\x03" * _SHA256_BLOCK + filled(salt) + filled(secret.encode("utf-16-be") + b"\x00\x00")
    for _ in range(iterations):
        value = hashlib.sha256(value).digest()
    return value


def inspect(data: bytes) -> None:
    """Look at the outer structure. Raises NotAKeyFile, KeyFileTooCostly, or SeveralKeysInFile for more than two.

    Keys are counted where every program puts them, in the safes that are not encrypted as a whole (the key inside is).
    """
    if not 0 < len(data) <= MAX_BYTES:
        raise refusals.NotAKeyFile
    try:
        keys, rounds = _survey(data)
    except Exception:  # noqa: BLE001 - asn1crypto answers hostile bytes with whatever its parsing stumbles over
        raise refusals.NotAKeyFile from None
    if rounds > MAX_ROUNDS:
        raise refusals.KeyFileTooCostly(rounds=rounds)
    if keys > MOST_KEYS:
        raise refusals.SeveralKeysInFile(count=keys)


def shrouded_keys(data: bytes) -> tuple[bytes, ...]:
    """The keys of a file that ``inspect`` accepted, each still under the passphrase (EncryptedPrivateKeyInfo, RFC 5958)."""
    from asn1crypto import pkcs12 as structure

    bags = _bags(structure.Pfx.load(data, strict=True))
    return tuple(bag["bag_value"].untag().dump(force=True) for bag in bags if bag["bag_id"].native == _SHROUDED)


def _survey(data: bytes) -> tuple[int, int]:
    """How many keys the file shows, and the most rounds any of its parts asks for."""
    from asn1crypto import pkcs12 as structure

    file = structure.Pfx.load(data, strict=True)
    if file["version"].native != "v3":
        raise ValueError("not version 3")
    bags = _bags(file)
    keys = sum(1 for bag in bags if bag["bag_id"].native in _KEY_BAGS)
    return keys, max(_rounds(file, bags))


def _bags(file: structure.Pfx) -> list[structure.SafeBag]:
    """What is in the safes that are not encrypted as a whole."""
    from asn1crypto import pkcs12 as structure

    return [
        bag
        for safe in file.authenticated_safe
        if safe["content_type"].native == "data"
        for bag in structure.SafeContents.load(safe["content"].native)
    ]


def _rounds(file: structure.Pfx, bags: list[structure.SafeBag]) -> Iterator[int]:
    yield file["mac_data"]["iterations"].native if file["mac_data"] else 1
    for safe in file.authenticated_safe:
        if safe["content_type"].native == "encrypted_data":
            yield safe["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations
    for bag in bags:
        if bag["bag_id"].native == _SHROUDED:
            yield bag["bag_value"]["encryption_algorithm"].kdf_iterations
