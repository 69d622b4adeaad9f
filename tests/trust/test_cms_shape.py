"""One shape of signature is read; every other one is refused by the name of the rule it breaks.

Each case is signed again after the change, so nothing but the named rule can be what refuses it.
"""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from intake.trust import algorithms, certificates, cms, der, refusals
from intake.trust.signed_data import MAX_BYTES
from tests import people
from tests.trust import forging
from tests.trust.forging import certificate, forge, honest_attributes, signed_data, signer_info

ADA = people.person("ada").key
BOB = people.person("bob").key
HELLO = b"hello"
HONEST = honest_attributes(HELLO, ADA.certificate)
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def honest() -> bytes:
    return forge(ADA, HELLO)


def test_the_honest_shape_is_read():
    signed = cms.read(honest())

    assert signed.payload == HELLO
    assert signed.fingerprint == ADA.fingerprint
    assert signed.certificate_der == ADA.certificate_der
    assert signed.digest_algorithm == "sha256"
    assert signed.message_digest == hashlib.sha256(HELLO).digest()
    assert signed.signing_time is None
    assert signed.timestamp_token is None


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa", "ed25519"])
def test_what_we_build_is_what_we_read(key_of, kind):
    key = key_of(kind)

    built = cms.build(HELLO, key.digest.new(HELLO).digest(), key, at=AT)

    signed = cms.read(built)
    assert (signed.payload, signed.signing_time) == (HELLO, AT)
    assert signed.digest_algorithm == {"p384": "sha384", "ed25519": "sha512"}.get(kind, "sha256")


def test_building_twice_differs_in_the_signature_value_only():
    first, second = (cms.build(HELLO, hashlib.sha256(HELLO).digest(), ADA, at=None) for _ in range(2))

    old, new = cms.read(first).signature, cms.read(second).signature

    assert old != new
    assert forging.replace_signature(first, old, new) == second


@pytest.mark.parametrize("year", [1970, 2049, 2050, 2100])
def test_a_signing_time_is_read_in_both_of_its_forms(year):
    at = AT.replace(year=year)

    assert cms.read(cms.build(HELLO, hashlib.sha256(HELLO).digest(), ADA, at=at)).signing_time == at


@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_any_accepted_digest_goes_with_ecdsa_and_rsa(key_of, kind, name):
    key = key_of(kind)
    digest = {"sha256": algorithms.SHA256, "sha384": algorithms.SHA384, "sha512": algorithms.SHA512}[name]
    signer = signer_info(
        key,
        honest_attributes(HELLO, key.certificate, digest=name),
        digest=digest.identifier,
        signature_algorithm=algorithms.signature_identifier(key.family, digest),
        signed_with=digest.algorithm,
    )

    signed = cms.read(signed_data(HELLO, [signer], [key.certificate_der], digests=[digest.identifier]))

    assert signed.digest_algorithm == name


def shape(signer=None, certificate_list=(ADA.certificate_der,), **parts) -> bytes:
    return signed_data(HELLO, [signer_info(ADA, HONEST) if signer is None else signer], certificate_list, **parts)


def with_attributes(*attributes: bytes, in_order: bool = True) -> bytes:
    return forge(ADA, HELLO, attributes=attributes, in_order=in_order)


def with_attribute(attribute: bytes) -> bytes:
    return with_attributes(*HONEST, attribute)


def without(prefix: bytes) -> bytes:
    return with_attributes(*(item for item in HONEST if prefix not in item))


SIGNING_TIME = forging.attribute(forging.SIGNING_TIME, der.tlv(der.UTC_TIME, b"261122093000Z"))
REVOCATION = forging.attribute(der.oid("1.2.840.113583.1.1.8"), der.tlv(der.SEQUENCE))
COUNTERSIGNATURE = forging.attribute(der.oid("1.2.840.113549.1.9.6"), signer_info(BOB, HONEST))
SHA512_ESS = der.tlv(
    der.SEQUENCE,
    der.tlv(
        der.SEQUENCE,
        der.tlv(
            der.SEQUENCE,
            forging.SHA512,
            der.tlv(der.OCTET_STRING, hashlib.sha512(ADA.certificate_der).digest()),
        ),
    ),
)
EXPLICIT_SHA256_ESS = der.tlv(
    der.SEQUENCE,
    der.tlv(
        der.SEQUENCE,
        der.tlv(
            der.SEQUENCE,
            forging.SHA256,
            der.tlv(der.OCTET_STRING, hashlib.sha256(ADA.certificate_der).digest()),
        ),
    ),
)
BOTH_ESS = der.tlv(
    der.SEQUENCE,
    der.tlv(der.SEQUENCE, *(der.tlv(der.SEQUENCE, key.certificate.ess[1][6:]) for key in (ADA, BOB))),
)
SKI_SID = der.tlv(0x80, bytes(20))


def ess(value: bytes) -> bytes:
    return with_attributes(*HONEST[:2], forging.attribute(forging.SIGNING_CERTIFICATE, value))


def time(tag: int, text: bytes) -> bytes:
    return with_attribute(forging.attribute(forging.SIGNING_TIME, der.tlv(tag, text)))


CASES = {
    # what it is
    "empty file": (lambda: b"", refusals.NotSigned),
    "text": (lambda: b"hello", refusals.NotSigned),
    "PDF": (lambda: b"%PDF-1.7\n", refusals.NotSigned),
    "PEM": (lambda: b"-----BEGIN CMS-----\n", refusals.NotSigned),
    "only a certificate": (lambda: ADA.certificate_der, refusals.NotSigned),
    "enveloped data": (
        lambda: honest().replace(forging.SIGNED_DATA, der.oid("1.2.840.113549.1.7.3")),
        refusals.NotSigned,
    ),
    "too large": (lambda: bytes(MAX_BYTES + 1), refusals.SignedFileTooLarge),
    "trailing byte": (lambda: honest() + b"\x00", refusals.TrailingBytes),
    "second file behind": (lambda: honest() + honest(), refusals.TrailingBytes),
    "cut": (lambda: honest()[:-1], refusals.Truncated),
    "cut to its first two bytes": (lambda: honest()[:2], refusals.Truncated),
    # shape of SignedData
    "version 3": (lambda: shape(version=3), refusals.UnexpectedStructure),
    "timestamp content": (lambda: shape(content=forging.TST_INFO), refusals.WrongContentType),
    "no content": (lambda: signed_data(None, [signer_info(ADA, HONEST)], [ADA.certificate_der]), refusals.ContentMissing),
    "revocation lists": (lambda: shape(lists=der.tlv(0xA1)), refusals.UnexpectedStructure),
    "no signers": (lambda: signed_data(HELLO, [], [ADA.certificate_der]), refusals.NoSigner),
    "certificates only": (lambda: signed_data(None, [], [ADA.certificate_der], digests=[]), refusals.NoSigner),
    "two signers": (
        lambda: signed_data(HELLO, [signer_info(ADA, HONEST), signer_info(BOB, HONEST)], [ADA.certificate_der]),
        refusals.SeveralSigners,
    ),
    "the same signer twice": (
        lambda: signed_data(HELLO, [signer_info(ADA, HONEST)] * 2, [ADA.certificate_der]),
        refusals.SeveralSigners,
    ),
    "no certificate field": (lambda: shape(certificate_list=None), refusals.NoCertificate),
    "no certificate": (lambda: shape(certificate_list=[]), refusals.NoCertificate),
    "two certificates": (
        lambda: shape(certificate_list=[ADA.certificate_der, BOB.certificate_der]),
        refusals.SeveralCertificates,
    ),
    "attribute certificate": (
        lambda: shape(certificate_list=[b"\xa2" + ADA.certificate_der[1:]]),
        refusals.UnexpectedStructure,
    ),
    # signer
    "named by key identifier": (lambda: shape(signer_info(ADA, HONEST, version=3, sid=SKI_SID)), refusals.UnexpectedStructure),
    "names another certificate": (
        lambda: shape(signer_info(ADA, HONEST, certificate=BOB.certificate)),
        refusals.SignerIdentifierMismatch,
    ),
    "stripped of signed attributes": (lambda: shape(signer_info(ADA, None, payload=HELLO)), refusals.NoSignedAttributes),
    "empty signed attributes": (lambda: shape(signer_info(ADA, [])), refusals.NoSignedAttributes),
    # attributes
    "no content type": (lambda: without(forging.CONTENT_TYPE), refusals.MissingAttribute),
    "no message digest": (lambda: without(forging.MESSAGE_DIGEST), refusals.MissingAttribute),
    "no signing certificate": (lambda: without(forging.SIGNING_CERTIFICATE), refusals.MissingAttribute),
    "attribute twice": (lambda: with_attribute(HONEST[0]), refusals.DuplicateAttribute),
    "two message digests": (lambda: with_attribute(forging.message_digest(b"other")), refusals.DuplicateAttribute),
    "two values": (
        lambda: with_attributes(*HONEST[1:], forging.attribute(forging.CONTENT_TYPE, forging.DATA, forging.DATA)),
        refusals.DuplicateAttribute,
    ),
    "no value": (
        lambda: with_attributes(*HONEST[1:], forging.attribute(forging.CONTENT_TYPE)),
        refusals.UnexpectedStructure,
    ),
    "unknown attribute": (
        lambda: with_attribute(forging.attribute(der.oid("1.2.3.4"), b"\x05\x00")),
        refusals.UnexpectedAttribute,
    ),
    "Adobe revocation information": (lambda: with_attribute(REVOCATION), refusals.UnexpectedAttribute),
    "not in order": (lambda: with_attributes(*sorted(HONEST, reverse=True), in_order=False), refusals.SetNotSorted),
    "signed content type is another": (
        lambda: with_attributes(forging.content_type(forging.TST_INFO), *HONEST[1:]),
        refusals.WrongContentType,
    ),
    "content changed": (lambda: forge(ADA, b"other", attributes=HONEST), refusals.ContentChanged),
    "digest too short": (
        lambda: with_attributes(
            HONEST[0],
            forging.attribute(forging.MESSAGE_DIGEST, der.tlv(der.OCTET_STRING, hashlib.sha256(HELLO).digest()[:31])),
            HONEST[2],
        ),
        refusals.ContentChanged,
    ),
    "bound to another certificate": (lambda: ess(BOB.certificate.ess[0]), refusals.CertificateNotSigned),
    "bound with SHA-512": (lambda: ess(SHA512_ESS), refusals.CertificateNotSigned),
    "bound with the default digest written out": (lambda: ess(EXPLICIT_SHA256_ESS), refusals.CertificateNotSigned),
    "bound to two certificates": (lambda: ess(BOTH_ESS), refusals.CertificateNotSigned),
    # time
    "time without seconds": (lambda: time(der.UTC_TIME, b"2611220930Z"), refusals.BadSigningTime),
    "time in another zone": (lambda: time(der.UTC_TIME, b"261122093000+0100"), refusals.BadSigningTime),
    "time that does not exist": (lambda: time(der.UTC_TIME, b"261332093000Z"), refusals.BadSigningTime),
    "year 2026 in the later form": (lambda: time(der.GENERALIZED_TIME, b"20261122093000Z"), refusals.BadSigningTime),
    "time as text": (lambda: time(der.OCTET_STRING, b"261122093000Z"), refusals.BadSigningTime),
    # unsigned
    "countersignature": (lambda: forge(ADA, HELLO, unsigned=der.tlv(0xA1, COUNTERSIGNATURE)), refusals.UnexpectedUnsignedAttribute),
    "unsigned revocation": (lambda: forge(ADA, HELLO, unsigned=der.tlv(0xA1, REVOCATION)), refusals.UnexpectedUnsignedAttribute),
    "empty unsigned attributes": (lambda: forge(ADA, HELLO, unsigned=der.tlv(0xA1)), refusals.UnexpectedStructure),
    "something behind the signer": (lambda: forge(ADA, HELLO, unsigned=b"\x05\x00"), refusals.UnexpectedStructure),
}  # fmt: skip


@pytest.mark.attack("two signers in one act", refusal="SeveralSigners")
@pytest.mark.parametrize("case", CASES)
def test_another_shape_is_refused_by_name(case):
    make, refusal = CASES[case]

    with pytest.raises(refusal) as caught:
        cms.read(make())

    assert type(caught.value) is refusal
    assert "{" not in caught.value.sentence


def with_algorithms(key, digest, signature, used, *, listed=None, name="sha256", extra=()) -> bytes:
    attributes = [*honest_attributes(HELLO, key.certificate, digest=name), *extra]
    signer = signer_info(key, attributes, digest=digest, signature_algorithm=signature, signed_with=used)
    return signed_data(HELLO, [signer], [key.certificate_der], digests=[listed or digest])


def protection(digest: bytes, signature: bytes) -> bytes:
    return forging.attribute(forging.PROTECTION, der.tlv(der.SEQUENCE, digest, b"\xa1" + signature[1:]))


ALGORITHM_CASES: dict[str, tuple[Any, ...]] = {
    "SHA-1": ("p256", forging.SHA1, forging.ECDSA_SHA1, hashes.SHA1(), "sha1", {}, refusals.DigestNotAccepted),
    "MD5": ("rsa", forging.MD5, forging.RSA_MD5, hashes.MD5(), "md5", {}, refusals.DigestNotAccepted),
    "SHA-1 in the signature only": (
        "p256", forging.SHA256, forging.ECDSA_SHA1, hashes.SHA1(), "sha256", {}, refusals.SignatureAlgorithmNotAccepted,
    ),
    "RSA-PSS": (
        "rsa", forging.SHA256, forging.RSA_PSS, None, "sha256", {}, refusals.SignatureAlgorithmNotAccepted,
    ),
    "two digests": (
        "p256", forging.SHA256, forging.ECDSA_SHA256, hashes.SHA256(), "sha256", {"listed": forging.SHA512},
        refusals.AlgorithmsDisagree,
    ),
    "SHA-512 over the content, SHA-256 in the signature": (
        "p256", forging.SHA512, forging.ECDSA_SHA256, hashes.SHA256(), "sha512", {}, refusals.AlgorithmsDisagree,
    ),
    "RSA named, ECDSA made": (
        "p256", forging.SHA256, forging.RSA_SHA256, hashes.SHA256(), "sha256", {}, refusals.AlgorithmNotOfThisKey,
    ),
    "Ed25519 with SHA-256": (
        "ed25519", forging.SHA256, None, None, "sha256", {}, refusals.AlgorithmsDisagree,
    ),
    "protected digest is another": (
        "p256", forging.SHA256, forging.ECDSA_SHA256, hashes.SHA256(), "sha256",
        {"extra": [protection(forging.SHA512, forging.ECDSA_SHA256)]}, refusals.AlgorithmsDisagree,
    ),
    "protected signature is another": (
        "p256", forging.SHA256, forging.ECDSA_SHA256, hashes.SHA256(), "sha256",
        {"extra": [protection(forging.SHA256, forging.RSA_SHA256)]}, refusals.AlgorithmsDisagree,
    ),
    "signed with another digest than named": (
        "p256", forging.SHA256, forging.ECDSA_SHA256, hashes.SHA512(), "sha256", {}, refusals.SignatureInvalid,
    ),
}  # fmt: skip


@pytest.mark.attack("an act signed over SHA-1", refusal="DigestNotAccepted")
@pytest.mark.parametrize("case", ALGORITHM_CASES)
def test_another_algorithm_is_refused_by_name(key_of, case):
    kind, digest, signature, used, name, more, refusal = ALGORITHM_CASES[case]
    forged = with_algorithms(key_of(kind), digest, signature, used, name=name, **more)

    with pytest.raises(refusal) as caught:
        cms.read(forged)

    assert type(caught.value) is refusal


def test_rsa_without_a_digest_in_its_name_is_read_as_openssl_writes_it(rsa_2048):
    plain = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.1"), b"\x05\x00")

    forged = with_algorithms(rsa_2048, forging.SHA256, plain, hashes.SHA256())

    assert cms.read(forged).payload == HELLO


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), refusals.RsaKeyTooShort),
        (lambda: ec.generate_private_key(ec.SECP521R1()), refusals.CurveNotAccepted),
        (lambda: ec.generate_private_key(ec.BrainpoolP256R1()), refusals.CurveNotAccepted),
    ],
    ids=["RSA 1024", "P-521", "brainpool"],
)
def test_a_signature_by_a_key_of_another_kind_is_refused(make, refusal):
    stranger = certificate_of(make())
    swapped = signed_data(HELLO, [signer_info(ADA, HONEST)], [stranger])

    with pytest.raises(refusal):
        cms.read(swapped)


def certificate_of(private) -> bytes:
    return certificate(private).public_bytes(Encoding.DER)


def test_a_certificate_with_a_compressed_point_is_refused():
    key = ADA.certificate.key.key
    assert isinstance(key, ec.EllipticCurvePublicKey)
    plain = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    compressed = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    second_name = forging.rewrite(
        ADA.certificate_der,
        lambda element: der.tlv(der.BIT_STRING, b"\x00" + compressed) if element.endswith(plain) else element,
    )

    with pytest.raises(refusals.BadCertificate):
        certificates.read(second_name)


def test_a_key_for_pss_signatures_only_is_refused():
    private = subprocess.run(
        "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048".split(), capture_output=True, check=True
    ).stdout
    key = subprocess.run(
        "openssl pkey -pubout -outform DER".split(), input=private, capture_output=True, check=True
    ).stdout

    with pytest.raises(refusals.KeyTypeNotAccepted):
        algorithms.read_public_key(key)


def test_a_certificate_other_programs_cannot_read_is_refused():
    """Listed in a roster, it would make ``org.pem`` unreadable for openssl, for everybody."""
    version_30 = ADA.certificate_der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x1d")
    assert version_30 != ADA.certificate_der

    with pytest.raises(refusals.BadCertificate):
        certificates.read(version_30)


@pytest.mark.parametrize("number", [b"\x00", b"\x80", b"\xff"])
def test_a_certificate_with_a_serial_number_that_is_not_positive_is_refused(number):
    serial = ADA.certificate.sid[-18:]
    changed = forging.rewrite(
        ADA.certificate_der, lambda element: der.tlv(der.INTEGER, number) if element == serial else element
    )
    assert changed != ADA.certificate_der

    with pytest.raises(refusals.BadCertificate):
        certificates.read(changed)


def test_a_huge_certificate_is_refused():
    with pytest.raises(refusals.BadCertificate):
        certificates.read(bytes(20_000))


def ecdsa_values(r: int, s: int) -> dict[str, bytes]:
    one, two = integer(r), integer(s)
    return {
        "long length": b"\x30\x81" + bytes([len(one + two)]) + one + two,
        "padded number": der.tlv(der.SEQUENCE, der.tlv(der.INTEGER, b"\x00" + one[2:]), two),
        "trailing byte inside": der.tlv(der.SEQUENCE, one, two, b"\x00"),
        "trailing byte behind": der.tlv(der.SEQUENCE, one, two) + b"\x00",
        "negative": der.tlv(der.SEQUENCE, der.tlv(der.INTEGER, b"\x80" + bytes(31)), two),
        "plain r and s": r.to_bytes(32, "big") + s.to_bytes(32, "big"),
        "empty": b"",
        "three numbers": der.tlv(der.SEQUENCE, one, two, two),
    }


def integer(value: int) -> bytes:
    return der.tlv(der.INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


@pytest.mark.parametrize("case", ecdsa_values(1, 1))
def test_a_second_encoding_of_the_signature_value_is_refused(case):
    blob = honest()
    value = cms.read(blob).signature
    forged = forging.replace_signature(blob, value, ecdsa_values(*decode_dss_signature(value))[case])

    with pytest.raises(refusals.BadSignatureValue):
        cms.read(forged)


def test_an_rsa_value_of_another_length_is_refused(rsa_2048):
    blob = forge(rsa_2048, HELLO)
    value = cms.read(blob).signature

    with pytest.raises(refusals.BadSignatureValue):
        cms.read(forging.replace_signature(blob, value, b"\x00" + value))


def test_a_signature_by_another_key_is_refused():
    signer = signer_info(BOB, HONEST, certificate=ADA.certificate)

    with pytest.raises(refusals.SignatureInvalid):
        cms.read(signed_data(HELLO, [signer], [ADA.certificate_der]))
