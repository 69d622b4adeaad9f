"""The key with which a person reads what was encrypted for them, while it is in memory.

It is another key than the one that signs: a card may keep one and not the other, and a key that only signs can never be
made to open anything. The roster pins its certificate as it pins that of the signing key.
"""

from __future__ import annotations

from typing import NoReturn, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from intake.trust import certificates
from intake.trust.encryption.refusals import HandedKeyChanged, KeyDoesNotDecrypt
from intake.trust.refusals import CertificateOfAnotherKey

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)

PrivateReaderKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicReaderKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class ReaderKey:
    """A private key for decrypting, with its certificate. It is never written, copied or pickled."""

    __slots__ = ("_private", "certificate_der", "fingerprint")

    def __init__(self, private: PrivateReaderKey, certificate_der: bytes) -> None:
        """Raises CertificateOfAnotherKey, KeyDoesNotDecrypt, BadCertificate or an UnsuitableKey."""
        if private.public_key() != public_key(certificate_der):
            raise CertificateOfAnotherKey
        self._private = private
        self.certificate_der = certificate_der
        self.fingerprint = certificates.fingerprint(certificate_der)

    def agree(self, point: bytes) -> bytes:
        """The shared secret of ECDH with another's public point (X9.63). Raises HandedKeyChanged for one that is none."""
        if not isinstance(self._private, ec.EllipticCurvePrivateKey):
            raise HandedKeyChanged
        try:
            other = ec.EllipticCurvePublicKey.from_encoded_point(self._private.curve, point)
        except (ValueError, UnsupportedAlgorithm):
            raise HandedKeyChanged from None
        return self._private.exchange(ec.ECDH(), other)

    def decrypt(self, data: bytes) -> bytes:
        """What was encrypted with RSA-OAEP. Raises HandedKeyChanged."""
        if not isinstance(self._private, rsa.RSAPrivateKey):
            raise HandedKeyChanged
        try:
            return self._private.decrypt(data, OAEP)
        except ValueError:
            raise HandedKeyChanged from None

    def __repr__(self) -> str:
        return f"<ReaderKey {self.fingerprint[:16]}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a reader's key is never pickled: it must not leave this process")


def public_key(certificate_der: bytes) -> PublicReaderKey:
    """The key in a certificate, to encrypt for. Raises KeyDoesNotDecrypt, BadCertificate or an UnsuitableKey."""
    found = certificates.read(certificate_der).key
    if not isinstance(found.key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise KeyDoesNotDecrypt(found=found.label)
    return found.key
