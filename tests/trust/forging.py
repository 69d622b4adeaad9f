"""Signatures no honest program makes: every part of a CMS SignedData can be replaced, and the result is signed again.

So an attack test breaks one rule and keeps all others, and the refusal it names is the one it meant to provoke.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from intake.trust import algorithms, cms, der
from intake.trust import signed_data as signed_data_of
from intake.trust.certificates import Certificate
from intake.trust.keys import SigningKey
from tests import people

SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
DATA = der.oid("1.2.840.113549.1.7.1")
TST_INFO = der.oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
PROTECTION = der.oid("1.2.840.113549.1.9.52")
SIGNING_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.47")
TIMESTAMP = der.oid("1.2.840.113549.1.9.16.2.14")

SHA1 = der.tlv(der.SEQUENCE, der.oid("1.3.14.3.2.26"))
MD5 = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.2.5"))
SHA256 = algorithms.SHA256.identifier
SHA512 = algorithms.SHA512.identifier
ECDSA_SHA1 = der.tlv(der.SEQUENCE, der.oid("1.2.840.10045.4.1"))
ECDSA_SHA256 = der.tlv(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
RSA_MD5 = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.4"), b"\x05\x00")
RSA_PSS = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.10"))
RSA_SHA256 = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.11"), b"\x05\x00")


def content(blob: bytes) -> bytes:
    """What an honest ``blob`` carries."""
    payload = cms.read(blob).payload
    assert payload is not None
    return payload


def attribute(name: bytes, *values: bytes) -> bytes:
    return der.tlv(der.SEQUENCE, name, der.tlv(der.SET, *values))


def content_type(value: bytes = DATA) -> bytes:
    return attribute(CONTENT_TYPE, value)


def message_digest(payload: bytes, name: str = "sha256") -> bytes:
    return attribute(MESSAGE_DIGEST, der.tlv(der.OCTET_STRING, hashlib.new(name, payload).digest()))


def signing_certificate(certificate: Certificate) -> bytes:
    return attribute(SIGNING_CERTIFICATE, certificate.ess[0])


def honest_attributes(payload: bytes, certificate: Certificate, *, digest: str = "sha256") -> list[bytes]:
    return [content_type(), message_digest(payload, digest), signing_certificate(certificate)]


def signer_info(
    key: SigningKey,
    attributes: Sequence[bytes] | None,
    *,
    payload: bytes = b"",
    certificate: Certificate | None = None,
    version: int = 1,
    sid: bytes | None = None,
    digest: bytes = SHA256,
    signature_algorithm: bytes | None = None,
    signed_with: hashes.HashAlgorithm | None = None,
    signature: bytes | None = None,
    in_order: bool = True,
    unsigned: bytes = b"",
) -> bytes:
    """A SignerInfo. ``attributes`` None makes the old form without signed attributes, over ``payload`` directly.

    ``certificate`` is the one named (by default the key's); ``signed_with`` is the digest really used.
    """
    named = certificate or key.certificate
    carried = b""
    to_sign = payload
    if attributes is not None:
        content = b"".join(sorted(attributes) if in_order else attributes)
        carried = der.tlv(0xA0, content)
        to_sign = der.tlv(der.SET, content)
    algorithm = signature_algorithm or algorithms.signature_identifier(key.family, key.digest)
    value = sign_raw(key, to_sign, signed_with) if signature is None else signature
    return der.tlv(
        der.SEQUENCE,
        bytes((2, 1, version)),
        der.tlv(der.SEQUENCE, named.sid) if sid is None else sid,
        digest,
        carried,
        algorithm,
        der.tlv(der.OCTET_STRING, value),
        unsigned,
    )


def signed_data(
    payload: bytes | None,
    signers: Sequence[bytes],
    certificates: Sequence[bytes] | None,
    *,
    digests: Sequence[bytes] = (SHA256,),
    content: bytes = DATA,
    version: int = 1,
    lists: bytes = b"",
    tail: bytes = b"",
) -> bytes:
    """The whole file. ``certificates`` None leaves the field out; ``lists`` is a whole [1] element; ``tail`` follows."""
    inside = b"" if payload is None else der.tlv(0xA0, der.tlv(der.OCTET_STRING, payload))
    body = der.tlv(
        der.SEQUENCE,
        bytes((2, 1, version)),
        der.tlv(der.SET, *digests),
        der.tlv(der.SEQUENCE, content, inside),
        b"" if certificates is None else der.tlv(0xA0, *certificates),
        lists,
        der.tlv(der.SET, *signers),
    )
    return der.tlv(der.SEQUENCE, SIGNED_DATA, der.tlv(0xA0, body)) + tail


def forge(
    key: SigningKey,
    payload: bytes,
    *,
    attributes: Sequence[bytes] | None = None,
    in_order: bool = True,
    unsigned: bytes = b"",
) -> bytes:
    """A file signed by ``key`` with these signed ``attributes``; everything else is as it should be."""
    signer = signer_info(
        key,
        honest_attributes(payload, key.certificate) if attributes is None else attributes,
        in_order=in_order,
        unsigned=unsigned,
    )
    return signed_data(payload, [signer], [key.certificate_der])


def sign_raw(key: SigningKey, data: bytes, digest: hashes.HashAlgorithm | None = None) -> bytes:
    """Sign with any digest, the broken ones too, which ``SigningKey.sign`` never does."""
    private = key._private
    if digest is None:
        return key.sign(data)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return algorithms.lower(private.sign(data, ec.ECDSA(digest)), private.curve)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private.sign(data, padding.PKCS1v15(), digest)


def other_signature(signature: bytes, curve: ec.EllipticCurve | None = None) -> bytes:
    """The second valid value anybody can make from the first: s becomes n - s. The curve is P-256 unless given."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, (curve or ec.SECP256R1()).group_order - s)


def twin(blob: bytes, curve: ec.EllipticCurve | None = None) -> bytes:
    """``blob`` with the other value that fits; everything else as it was."""
    value = value_of(blob)
    return replace_signature(blob, value, other_signature(value, curve))


def lowered(blob: bytes, key: SigningKey) -> bytes:
    """``blob``, made by another program, with the smaller of the two values that fit."""
    private, value = key._private, value_of(blob)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        return blob
    return replace_signature(blob, value, algorithms.lower(value, private.curve))


def value_of(blob: bytes) -> bytes:
    return signed_data_of.take_signer_apart(blob, *signed_data_of.take_apart(blob).signer).signature


def replace_signature(blob: bytes, old: bytes, new: bytes) -> bytes:
    """``blob`` with another signature value, all lengths corrected."""
    return rewrite(blob, lambda element: der.tlv(der.OCTET_STRING, new) if element[-len(old) :] == old else element)


def rewrite(blob: bytes, change) -> bytes:
    """``blob`` taken apart and put together again; ``change`` is applied to every primitive element."""
    out = []
    at = 0
    while at < len(blob):
        start, stop = der.span(blob, at, len(blob))
        if blob[at] & 0x20:
            out.append(der.tlv(blob[at], rewrite(blob[start:stop], change)))
        else:
            out.append(change(blob[at:stop]))
        at = stop
    return b"".join(out)


def certificate(private, name="Brought", *, usage: x509.KeyUsage | None = None) -> x509.Certificate:
    """A certificate as a company or another program might have made it, for a key of any kind."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(people.NOON)
        .not_valid_after(people.NOON + timedelta(days=365))
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    pure = isinstance(private, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey)
    return builder.sign(private, None if pure else hashes.SHA256())
