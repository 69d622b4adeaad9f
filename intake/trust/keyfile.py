"""The outside of a PKCS #12 key file (RFC 7292): looking at it before it is opened, and writing one.

The library that opens key files answers "invalid" to a wrong passphrase and to a picture of a cat alike, and takes the
first of several keys; so the outer structure, which is not encrypted, is read here first.
"""

from __future__ import annotations

from typing import Final

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from intake.trust import refusals

MAX_BYTES: Final = 1 << 20
ROUNDS: Final = 200_000

_KEY_BAGS: Final = frozenset({"key_bag", "pkcs8_shrouded_key_bag"})


def write(
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey,
    certificate: x509.Certificate,
    secret: bytes,
    *,
    rounds: int = ROUNDS,
) -> bytes:
    """Key and certificate under ``secret``: PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA-256 and ``rounds``."""
    protection = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(secret)
    )
    return pkcs12.serialize_key_and_certificates(None, private, certificate, None, protection)


def inspect(data: bytes) -> None:
    """Look at the outer structure. Raises NotAKeyFile or SeveralKeysInFile.

    Keys are counted where every program puts them, in the safes that are not encrypted as a whole (the key inside is).
    """
    if not 0 < len(data) <= MAX_BYTES:
        raise refusals.NotAKeyFile
    try:
        count = _count_keys(data)
    except Exception:  # noqa: BLE001 - asn1crypto answers hostile bytes with whatever its parsing stumbles over
        raise refusals.NotAKeyFile from None
    if count > 1:
        raise refusals.SeveralKeysInFile(count=count)


def _count_keys(data: bytes) -> int:
    file = asn1_pkcs12.Pfx.load(data, strict=True)
    if file["version"].native != "v3":
        raise ValueError("not version 3")
    count = 0
    for safe in file.authenticated_safe:
        if safe["content_type"].native != "data":
            continue
        bags = asn1_pkcs12.SafeContents.load(safe["content"].native)
        count += sum(1 for bag in bags if bag["bag_id"].native in _KEY_BAGS)
    return count
