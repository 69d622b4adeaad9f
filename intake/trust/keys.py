"""Signing keys: making one, opening a PKCS #12 key file, and signing with the key while it is in memory.

A key file is made by the app or brought by its owner. The roster pins its certificate, so the certificate says nothing
but the name its owner gave; it is signed by itself and nobody follows a chain from it. Cards (PKCS #11) come later and
will offer the same ``SigningKey``.

Ed25519: signatures are verified (trust.md, strict verification 3), but a key file with such a key is refused. Measured
with OpenSSL 3.0.19: ``openssl cms -verify`` answers "invalid digest" to Ed25519, whatever program signed, and PDF
viewers do not know it. What people sign must stay verifiable without this app, so the refusal comes when the key is
brought, not after years of acts nobody else can check. To be looked at again when Debian's stable openssl can.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NoReturn, TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from intake.trust import algorithms, certificates, keyfile, refusals
from intake.trust.encryption.reader_key import ReaderKey

VALIDITY: Final = timedelta(days=3653)
"""How long the certificate of a new key says it is valid: ten years. The roster's periods are what counts."""

MIN_PASSPHRASE: Final = 8
MAX_NAME: Final = 64
"""The longest common name a certificate may hold (X.520, ub-common-name)."""

PrivateKey = keyfile.AnyPrivateKey


class KeyAlgorithm(StrEnum):
    """What ``create_key`` can make."""

    EC_P256 = "EC P-256"
    EC_P384 = "EC P-384"
    RSA_3072 = "RSA 3072"


class SigningKey:
    """A private key loaded once and held in memory, with its certificate. It is never written, copied or pickled.

    ``fingerprint`` is the SHA-256 of ``certificate_der`` in hexadecimal, the ``signer`` of acts. ``common_name`` is for
    display. ``digest`` and ``family`` say how it signs. The loaded key object is kept because reading an RSA key again
    for each signature costs 15 times the signature (performance.md).
    """

    __slots__ = ("_private", "certificate")

    def __init__(self, private: PrivateKey, certificate_der: bytes) -> None:
        """Raises CertificateOfAnotherKey, CertificateNotForSigning, BadCertificate or an UnsuitableKey."""
        self.certificate = certificates.read(certificate_der)
        if _spki(private.public_key()) != _spki(self.certificate.key.key):
            raise refusals.CertificateOfAnotherKey
        if not self.certificate.appearance.signing:
            raise refusals.CertificateNotForSigning
        self._private = private

    @property
    def certificate_der(self) -> bytes:
        return self.certificate.der

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint

    @property
    def common_name(self) -> str:
        return self.certificate.appearance.common_name

    @property
    def label(self) -> str:
        """The kind of key in words, such as ``EC P-256``."""
        return self.certificate.key.label

    @property
    def family(self) -> algorithms.Family:
        return self.certificate.key.family

    @property
    def digest(self) -> algorithms.DigestAlgorithm:
        """The digest this key signs with: SHA-256 for P-256 and RSA, SHA-384 for P-384, SHA-512 for Ed25519."""
        return self.certificate.key.digest

    def sign(self, data: bytes) -> bytes:
        """The raw signature over ``data``: ECDSA-Sig-Value in DER with the smaller s, PKCS #1 v1.5, or Ed25519."""
        if isinstance(self._private, ec.EllipticCurvePrivateKey):
            return algorithms.lower(self._private.sign(data, self.digest.ecdsa), self._private.curve)
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), self.digest.algorithm)
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"<SigningKey {self.label} {self.fingerprint[:16]}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a signing key is never pickled: it must not leave this process")


@dataclass(frozen=True, slots=True)
class OpenedKeys:
    """What is in a key file: the key that signs and, unless it was made elsewhere without one, the key that decrypts."""

    signing: SigningKey
    reader: ReaderKey | None


def create_key(
    name: str,
    passphrase: str,
    *,
    at: datetime,
    algorithm: KeyAlgorithm = KeyAlgorithm.EC_P256,
    rounds: int = keyfile.ROUNDS,
) -> bytes:
    """A new signing key and a new reader key with their self-signed certificates, as the bytes of a PKCS #12 file.

    ``at`` is the moment of making; the certificate is valid from the start of that day, so that a clock some hours
    behind does not call it invalid. ``rounds`` is the cost of trying a passphrase. Raises NameNotUsable or
    PassphraseTooShort.
    """
    shown = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(shown) <= MAX_NAME or not shown.isprintable():
        raise refusals.NameNotUsable
    secret = unicodedata.normalize("NFC", passphrase)
    if len(secret) < MIN_PASSPHRASE:
        raise refusals.PassphraseTooShort(least=MIN_PASSPHRASE)
    private, reading = _generate(algorithm), _generate(algorithm)
    certificate = self_signed(private, shown, at=at)
    second = (reading, self_signed(reading, shown, at=at, decrypts=True))
    return keyfile.write(private, certificate, secret, second=second, rounds=rounds)


def passing_key(name: str, *, at: datetime) -> SigningKey:
    """A signing key that exists in memory only: to see what becomes of a file once somebody has signed it."""
    private = _generate(KeyAlgorithm.EC_P256)
    return SigningKey(private, self_signed(private, name, at=at).public_bytes(serialization.Encoding.DER))


def with_reader_key(pkcs12_bytes: bytes, passphrase: str, *, at: datetime, rounds: int = keyfile.ROUNDS) -> bytes:
    """The same key file with a new reader key beside the signing key; as it is when it has one.

    For keys that were brought: programs that make them write one key into a file. Raises what ``open_keys`` raises.
    """
    secret, private, certificate, reader = _pairs(pkcs12_bytes, passphrase)
    if reader is not None:
        return pkcs12_bytes
    reading = _generate(KeyAlgorithm.EC_P256)
    name = certificates.read(certificate.public_bytes(serialization.Encoding.DER)).appearance.common_name
    second = (reading, self_signed(reading, name or "Countersign", at=at, decrypts=True))
    return keyfile.write(private, certificate, secret, second=second, rounds=rounds)


def self_signed(
    private: PrivateKey,
    name: str,
    *,
    at: datetime,
    serial: int | None = None,
    deterministic: bool = False,
    decrypts: bool = False,
) -> x509.Certificate:
    """A certificate for ``private`` that says ``name``, is meant for signatures and cannot issue others (RFC 5280).

    With ``decrypts`` it is meant for decrypting and for nothing else.

    ``serial`` is drawn at random unless given; with ``deterministic`` the same input gives the same bytes (RFC 6979),
    which tests need.
    """
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    since = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=not decrypts,
        content_commitment=not decrypts,
        key_encipherment=decrypts and isinstance(private, rsa.RSAPrivateKey),
        data_encipherment=False,
        key_agreement=decrypts and isinstance(private, ec.EllipticCurvePrivateKey),
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number() if serial is None else serial)
        .not_valid_before(since)
        .not_valid_after(since + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return builder.sign(private, None)
    digest = algorithms.accept(private.public_key()).digest.algorithm
    if deterministic and isinstance(private, ec.EllipticCurvePrivateKey):
        return builder.sign(private, digest, ecdsa_deterministic=True)
    return builder.sign(private, digest)


def open_keys(pkcs12_bytes: bytes, passphrase: str) -> OpenedKeys:
    """The keys in a PKCS #12 file: one that signs, and at most one that decrypts.

    ``passphrase`` is tried as normalised text (NFC) and as typed.

    Raises NotAKeyFile, KeyFileTooCostly, WrongPassphrase, NoKeyInFile, SeveralKeysInFile, NoCertificateInFile,
    CertificateOfAnotherKey, CertificateNotForSigning, BadCertificate, NotVerifiableElsewhere (Ed25519), another
    UnsuitableKey, or KeyDoesNotDecrypt.
    """
    _, private, certificate, reader = _pairs(pkcs12_bytes, passphrase)
    signing = SigningKey(private, certificate.public_bytes(serialization.Encoding.DER))
    if reader is None:
        return OpenedKeys(signing, None)
    return OpenedKeys(signing, ReaderKey(reader[0], reader[1].public_bytes(serialization.Encoding.DER)))


_Pair: TypeAlias = tuple[ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, x509.Certificate]


def _pairs(pkcs12_bytes: bytes, passphrase: str) -> tuple[str, PrivateKey, x509.Certificate, _Pair | None]:
    """The secret that opened the file, the signing key with its certificate, and the reader key with its."""
    keyfile.inspect(pkcs12_bytes)
    secret, found = _unlock(pkcs12_bytes, passphrase)
    if found.key is None:
        raise refusals.NoKeyInFile
    listed = [found.cert, *found.additional_certs]
    by_key = {_spki_of(item.certificate): item.certificate for item in listed if item is not None}
    shrouded = keyfile.shrouded_keys(pkcs12_bytes)
    if len(shrouded) < keyfile.MOST_KEYS:
        private = _accepted(found.key)
        if found.cert is None:
            # The library pairs key and certificate by the public key, so others in the file belong to other keys.
            raise refusals.CertificateOfAnotherKey if by_key else refusals.NoCertificateInFile
        return secret, private, found.cert.certificate, None
    signing: list[tuple[PrivateKey, x509.Certificate]] = []
    reading: list[_Pair] = []
    for item in shrouded:
        private = _accepted(serialization.load_der_private_key(item, secret.encode("utf-8", "surrogatepass")))
        certificate = by_key.get(_spki(private.public_key()))
        if certificate is None:
            raise refusals.CertificateOfAnotherKey if by_key else refusals.NoCertificateInFile
        if certificates.read(certificate.public_bytes(serialization.Encoding.DER)).appearance.signing:
            signing.append((private, certificate))
        elif not isinstance(private, ed25519.Ed25519PrivateKey):
            reading.append((private, certificate))
    if (len(signing), len(reading)) != (1, 1):
        raise refusals.SeveralKeysInFile(count=len(shrouded))
    return secret, *signing[0], reading[0]


def _accepted(private: object) -> PrivateKey:
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        raise refusals.KeyTypeNotAccepted(found=type(private).__name__.removesuffix("PrivateKey").upper())
    if algorithms.accept(private.public_key()).family is algorithms.Family.ED25519:
        raise refusals.NotVerifiableElsewhere
    return private


def _generate(algorithm: KeyAlgorithm) -> PrivateKey:
    if algorithm is KeyAlgorithm.RSA_3072:
        return rsa.generate_private_key(public_exponent=65537, key_size=3072)
    return ec.generate_private_key(ec.SECP256R1() if algorithm is KeyAlgorithm.EC_P256 else ec.SECP384R1())


def _unlock(pkcs12_bytes: bytes, passphrase: str) -> tuple[str, pkcs12.PKCS12KeyAndCertificates]:
    tries = dict.fromkeys((unicodedata.normalize("NFC", passphrase), passphrase))
    for attempt in tries:
        try:
            return attempt, pkcs12.load_pkcs12(pkcs12_bytes, attempt.encode("utf-8", "surrogatepass"))
        except ValueError:
            continue
        except UnsupportedAlgorithm:
            raise refusals.KeyTypeNotAccepted(found="unknown") from None
    raise refusals.WrongPassphrase


def _spki_of(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _spki(
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey,
) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
