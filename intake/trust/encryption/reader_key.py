"""The key with which a person reads what was encrypted for them, while it is in memory.

It is another key than the one that signs: a card may keep one and not the other, and a key that only signs can never be
made to open anything. The roster pins its certificate as it pins that of the signing key.
"""

from __future__ import annotations

from typing import NoReturn, TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from intake.trust import certificates
from intake.trust.encryption.refusals import HandedKeyChanged, KeyDoesNotDecrypt, ReaderKeyNotProved
from intake.trust.refusals import CertificateOfAnotherKey

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)

_DIGEST = hashes.SHA256()
_POSSESSION = b"countersign/possession/1\0"

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

    def prove(self, signer: str) -> bytes:
        """That the owner of this key is the owner of the signing key with this fingerprint; checked by ``require_possession``."""
        said = _said(signer)
        if isinstance(self._private, ec.EllipticCurvePrivateKey):
            return self._private.sign(said, ec.ECDSA(_DIGEST))
        return self._private.sign(said, padding.PKCS1v15(), _DIGEST)

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


def require_possession(certificate_der: bytes, signer: str, proof: bytes) -> None:
    """See that who has the signing key with the fingerprint ``signer`` has the key of this certificate too.

    Without that somebody could be listed with the reader key of another, and what is meant for them would be read there.
    Raises ReaderKeyNotProved, KeyDoesNotDecrypt, BadCertificate or an UnsuitableKey.
    """
    key, said = public_key(certificate_der), _said(signer)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(proof, said, ec.ECDSA(_DIGEST))
        else:
            key.verify(proof, said, padding.PKCS1v15(), _DIGEST)
    except InvalidSignature:
        raise ReaderKeyNotProved from None


def _said(signer: str) -> bytes:
    return _POSSESSION + bytes.fromhex(signer)
