"""The digests, signature algorithms and keys that are accepted, and nothing else (trust.md, strict verification 3).

Every table is keyed by whole DER bytes, so an algorithm is known or it is not; there is nothing to interpret. Digest
identifiers may carry NULL parameters or none, because RFC 5754 (section 2) asks readers to accept both and programs in
use today write both; every other identifier has exactly one accepted form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from intake.domain.base.wording import Wording
from intake.trust import der, refusals
from intake.trust.parts import ITS_FIRST_NUMBER, ITS_SECOND_NUMBER, THE_SIGNATURE_VALUE

_PUBLIC_KEY_ENCODING_ODD = Wording("PublicKeyEncodingOdd", "its public key is not in the usual encoding")
_PUBLIC_KEY_DAMAGED = Wording("PublicKeyDamaged", "its public key is damaged or of an unknown kind")

MIN_RSA_BITS: Final = 2048
MAX_RSA_BITS: Final = 8192
MAX_RSA_EXPONENT: Final = 1 << 32


class Family(StrEnum):
    """What kind of key signs."""

    ECDSA = "ECDSA"
    RSA = "RSA"
    ED25519 = "Ed25519"


@dataclass(frozen=True, slots=True, eq=False)
class DigestAlgorithm:
    """An accepted digest: ``name`` as hashlib knows it, ``size`` in bytes.

    ``identifier`` is its AlgorithmIdentifier as we write it, ``header`` what precedes a digest as OCTET STRING.
    """

    name: str
    size: int
    identifier: bytes
    header: bytes
    new: Callable[[bytes], hashlib._Hash]
    algorithm: hashes.SHA256 | hashes.SHA384 | hashes.SHA512
    ecdsa: ec.ECDSA


def _digest(
    name: str,
    dotted: str,
    new: Callable[[bytes], hashlib._Hash],
    algorithm: hashes.SHA256 | hashes.SHA384 | hashes.SHA512,
) -> DigestAlgorithm:
    return DigestAlgorithm(
        name=name,
        size=algorithm.digest_size,
        identifier=der.tlv(der.SEQUENCE, der.oid(dotted)),
        header=bytes((der.OCTET_STRING, algorithm.digest_size)),
        new=new,
        algorithm=algorithm,
        ecdsa=ec.ECDSA(algorithm),
    )


_NULL: Final = b"\x05\x00"

SHA256: Final = _digest("sha256", "2.16.840.1.101.3.4.2.1", hashlib.sha256, hashes.SHA256())
SHA384: Final = _digest("sha384", "2.16.840.1.101.3.4.2.2", hashlib.sha384, hashes.SHA384())
SHA512: Final = _digest("sha512", "2.16.840.1.101.3.4.2.3", hashlib.sha512, hashes.SHA512())

DIGESTS: Final = {
    identifier: digest
    for digest in (SHA256, SHA384, SHA512)
    for identifier in (digest.identifier, der.tlv(der.SEQUENCE, digest.identifier[2:], _NULL))
}
"""Accepted digests by their whole AlgorithmIdentifier."""

_RSA_PLAIN: Final = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.1"), _NULL)
_RSA_PSS: Final = der.oid("1.2.840.113549.1.1.10")
_ED25519: Final = der.tlv(der.SEQUENCE, der.oid("1.3.101.112"))

SIGNATURES: Final[dict[bytes, tuple[Family, DigestAlgorithm | None]]] = {
    **{
        der.tlv(der.SEQUENCE, der.oid(f"1.2.840.10045.4.3.{arc}")): (Family.ECDSA, digest)
        for arc, digest in ((2, SHA256), (3, SHA384), (4, SHA512))
    },
    **{
        der.tlv(der.SEQUENCE, der.oid(f"1.2.840.113549.1.1.{arc}"), _NULL): (Family.RSA, digest)
        for arc, digest in ((11, SHA256), (12, SHA384), (13, SHA512))
    },
    # rsaEncryption leaves the digest to the digest field (RFC 3370, section 3.2); openssl writes it.
    _RSA_PLAIN: (Family.RSA, None),
    # Ed25519 always comes with SHA-512 (RFC 8419, section 3.1).
    _ED25519: (Family.ED25519, SHA512),
}
"""Accepted signature algorithms by their whole AlgorithmIdentifier; None means whichever digest is named."""

_WRITTEN: Final = {pair: identifier for identifier, pair in SIGNATURES.items() if pair[1] is not None}
_PKCS1V15: Final = padding.PKCS1v15()


def signature_identifier(family: Family, digest: DigestAlgorithm) -> bytes:
    """The AlgorithmIdentifier we write for a key of ``family`` signing with ``digest``."""
    return _WRITTEN[family, digest]


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """An accepted public key. ``label`` says it in words, ``digest`` is the one its owner signs with here."""

    family: Family
    label: str
    digest: DigestAlgorithm
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

    def verify(self, signature: bytes, data: bytes, digest: DigestAlgorithm, *, lower_only: bool = True) -> None:
        """Raise BadSignatureValue, HighSignatureValue or SignatureInvalid unless ``signature`` is this key's over ``data``.

        ``lower_only`` is for what this program or its users sign; a timestamp service gives either value that fits.
        """
        try:
            if isinstance(self.key, ec.EllipticCurvePublicKey):
                _check_ecdsa_value(signature, self.key.curve.group_order, lower_only=lower_only)
                self.key.verify(signature, data, digest.ecdsa)
            elif isinstance(self.key, rsa.RSAPublicKey):
                if len(signature) != (self.key.key_size + 7) // 8:
                    raise refusals.BadSignatureValue
                self.key.verify(signature, data, _PKCS1V15, digest.algorithm)
            else:
                self.key.verify(signature, data)
        except InvalidSignature:
            raise refusals.SignatureInvalid from None


def read_public_key(spki: bytes) -> VerifyingKey:
    """The accepted public key in a DER SubjectPublicKeyInfo. Raises an UnsuitableKey or BadCertificate."""
    try:
        key = serialization.load_der_public_key(spki)
    except UnsupportedAlgorithm:
        raise refusals.KeyTypeNotAccepted(found="unknown") from None
    except ValueError:
        raise refusals.BadCertificate(detail=_PUBLIC_KEY_DAMAGED()) from None
    accepted = accept(key)
    again = accepted.key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if again != spki:
        if _RSA_PSS in spki:
            raise refusals.KeyTypeNotAccepted(found="RSA-PSS")
        # Compressed points, named RSA parameters: a second encoding would let one key be in the roster twice.
        raise refusals.BadCertificate(detail=_PUBLIC_KEY_ENCODING_ODD())
    return accepted


def accept(key: PublicKeyTypes) -> VerifyingKey:
    """``key`` when it is of an accepted kind and size. Raises an UnsuitableKey."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        if isinstance(key.curve, ec.SECP256R1):
            return VerifyingKey(Family.ECDSA, "EC P-256", SHA256, key)
        if isinstance(key.curve, ec.SECP384R1):
            return VerifyingKey(Family.ECDSA, "EC P-384", SHA384, key)
        raise refusals.CurveNotAccepted(found=key.curve.name)
    if isinstance(key, rsa.RSAPublicKey):
        bits = key.key_size
        if bits < MIN_RSA_BITS:
            raise refusals.RsaKeyTooShort(bits=bits)
        if bits > MAX_RSA_BITS or key.public_numbers().e > MAX_RSA_EXPONENT:
            raise refusals.RsaKeyTooLong(bits=bits)
        return VerifyingKey(Family.RSA, f"RSA {bits}", SHA256, key)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return VerifyingKey(Family.ED25519, "Ed25519", SHA512, key)
    raise refusals.KeyTypeNotAccepted(found=type(key).__name__.removesuffix("PublicKey").upper())


def lower(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """The one accepted form of an ECDSA value that was just made: libraries and cards give either of the two that fit."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, curve.group_order - s) if s > curve.group_order // 2 else signature


def _check_ecdsa_value(signature: bytes, order: int, *, lower_only: bool) -> None:
    """ECDSA-Sig-Value is two positive integers (RFC 3279, 2.2.3) in DER; other encodings would be second names.

    So would s and ``order`` minus s, which fit alike: the smaller one is accepted, in acts and in records.
    """
    try:
        start, end = der.enter(signature, 0, len(signature), der.SEQUENCE, THE_SIGNATURE_VALUE)
        number = start
        for name in (ITS_FIRST_NUMBER, ITS_SECOND_NUMBER):
            number, start = der.enter(signature, start, end, der.INTEGER, name)
            der.check_integer(signature, number, start)
            if signature[number] >= 0x80:
                raise refusals.BadSignatureValue
        if start != end or end != len(signature):
            raise refusals.BadSignatureValue
    except (refusals.BadEncoding, refusals.UnexpectedStructure):
        raise refusals.BadSignatureValue from None
    if lower_only and int.from_bytes(signature[number:end], "big") > order // 2:
        raise refusals.HighSignatureValue
