"""Signatures as a PDF holds them: detached, made by pyHanko or by us, read by both, with and without a timestamp."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from intake.trust import certificates, cms, der, refusals, timestamps
from tests import people
from tests.trust import forging

RANGES = b"everything in the file but the signature itself"
ADA = people.person("ada").key


def digest_of(name: str) -> bytes:
    return hashlib.new(name, RANGES).digest()


def detached(key) -> bytes:
    return cms.build(None, digest_of(key.digest.name), key, at=None)


def by_pyhanko(key, *, name: str = "sha256") -> bytes:
    private = key._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.certificate_der),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    made = asyncio.run(signer.async_sign(digest_of(name), name, use_pades=True))
    dumped: bytes = made.dump()
    return dumped


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_a_detached_signature_of_ours_is_read_with_the_digest_of_the_ranges(key_of, kind):
    key = key_of(kind)

    signed = cms.read(detached(key), detached_digest=digest_of)

    assert signed.payload is None
    assert signed.fingerprint == key.fingerprint
    assert signed.signing_time is None


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_a_signature_by_pyhanko_is_read(key_of, kind):
    key = key_of(kind)

    signed = cms.read(forging.lowered(by_pyhanko(key), key), detached_digest=digest_of)

    assert signed.fingerprint == key.fingerprint
    assert signed.message_digest == digest_of("sha256")


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_pyhanko_validates_a_signature_of_ours(key_of, kind):
    key = key_of(kind)
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(key.certificate_der)],
        allow_fetching=False,
        moment=people.NOON + timedelta(days=1),
    )

    status = asyncio.run(
        async_validate_detached_cms(
            RANGES,
            asn1_cms.ContentInfo.load(detached(key))["content"],
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
        )
    )

    assert status.intact
    assert status.valid
    assert status.trusted


def test_a_detached_signature_over_other_ranges_is_refused():
    with pytest.raises(refusals.ContentChanged):
        cms.read(detached(ADA), detached_digest=lambda name: hashlib.new(name, b"other").digest())


@pytest.mark.attack("the other value that fits a signature in a record", refusal="HighSignatureValue")
def test_the_second_value_that_fits_a_detached_signature_is_refused():
    with pytest.raises(refusals.HighSignatureValue):
        cms.read(forging.twin(detached(ADA)), detached_digest=digest_of)


@pytest.mark.attack("an act offered as the signature of a PDF", refusal="ContentUnexpected")
def test_an_act_offered_as_a_pdf_signature_is_refused():
    act = people.person("ada").act("enrol", {"name": "Ada"})

    with pytest.raises(refusals.ContentUnexpected):
        cms.read(act.blob, detached_digest=lambda name: hashlib.new(name, forging.content(act.blob)).digest())


def test_zero_padding_is_the_matter_of_the_caller():
    with pytest.raises(refusals.TrailingBytes):
        cms.read(detached(ADA) + bytes(100), detached_digest=digest_of)


def test_a_digest_of_another_size_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="sha256"):
        cms.build(None, bytes(48), ADA, at=None)


# ----------------------------------------------------------------------------------------------------- timestamps


@pytest.fixture(scope="session")
def stamp(tmp_path_factory):
    """A timestamp service by openssl: gives the token over some bytes."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\nsigner_digest = sha256\n"
        "default_policy = 1.2.3.4.1\ndigests = sha1, sha256, sha384, sha512\nordering = yes\ntsa_name = yes\n"
        "ess_cert_id_chain = no\ness_cert_id_alg = sha256\n[ext]\nextendedKeyUsage = critical,timeStamping\n"
        "[req]\ndistinguished_name = dn\n[dn]\n"
    )
    (folder / "serial").write_text("01\n")

    def run(line: str, data: bytes = b"") -> bytes:
        return subprocess.run(line.split(), cwd=folder, input=data, capture_output=True, check=True).stdout

    run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tsa.key")
    run("openssl req -new -x509 -key tsa.key -subj /CN=TSA -days 30 -config tsa.cnf -extensions ext -out tsa.pem")

    def token(over: bytes, name: str = "sha256") -> bytes:
        run(f"openssl ts -query -digest {hashlib.new(name, over).hexdigest()} -{name} -cert -out query.tsq")
        return run("openssl ts -reply -queryfile query.tsq -signer tsa.pem -inkey tsa.key -config tsa.cnf -token_out")

    return token


def test_a_timestamp_is_added_and_read_back(stamp):
    plain = detached(ADA)
    token = stamp(cms.read(plain, detached_digest=digest_of).signature)

    stamped = cms.with_timestamp(plain, token)

    signed = cms.read(stamped, detached_digest=digest_of)
    assert signed.timestamp_token == token
    claimed = timestamps.check(token, over=signed.signature)
    assert claimed.digest_algorithm == "sha256"
    assert abs(claimed.at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_timestamp_leaves_everything_else_as_it_was(stamp):
    act = people.person("ada").act("enrol", {"name": "Ada"})
    before = cms.read(act.blob)

    after = cms.read(cms.with_timestamp(act.blob, stamp(before.signature)))

    assert after.payload == before.payload
    assert after.signature == before.signature


def test_openssl_verifies_a_stamped_act(stamp, tmp_path):
    act = people.person("ada").act("enrol", {"name": "Ada"})
    stamped = cms.with_timestamp(act.blob, stamp(cms.read(act.blob).signature))
    (tmp_path / "org.pem").write_text(certificates.pem(act.certificate_der))
    line = "openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -CAfile org.pem"

    result = subprocess.run(line.split(), cwd=tmp_path, input=stamped, capture_output=True, check=False)

    assert result.returncode == 0, result.stderr.decode()


def stamped_with(token: bytes, *more: bytes) -> bytes:
    """A fresh detached signature carrying ``token`` and ``more`` as unsigned attributes, nothing checked."""
    attributes = forging.honest_attributes(RANGES, ADA.certificate)
    unsigned = der.tlv(0xA1, forging.attribute(forging.TIMESTAMP, token), *more)
    return forging.signed_data(None, [forging.signer_info(ADA, attributes, unsigned=unsigned)], [ADA.certificate_der])


def test_a_timestamp_of_another_signature_is_refused(stamp):
    token = stamp(b"another signature")

    with pytest.raises(refusals.BadTimestamp):
        cms.with_timestamp(detached(ADA), token)
    with pytest.raises(refusals.BadTimestamp):
        cms.read(stamped_with(token), detached_digest=digest_of)


@pytest.mark.attack(
    "a time in the signature of a PDF beside that of the document", refusal="SigningTimeBesideTheDocument"
)
def test_a_time_in_the_signature_itself_is_refused():
    made = cms.build(None, digest_of(ADA.digest.name), ADA, at=people.NOON)

    with pytest.raises(refusals.SigningTimeBesideTheDocument):
        cms.read(made, detached_digest=digest_of)


def test_a_second_timestamp_is_refused(stamp):
    plain = detached(ADA)
    token = stamp(cms.read(plain, detached_digest=digest_of).signature)
    stamped = cms.with_timestamp(plain, token)

    with pytest.raises(refusals.UnexpectedUnsignedAttribute):
        cms.with_timestamp(stamped, token)
    with pytest.raises(refusals.UnexpectedUnsignedAttribute):
        cms.read(
            stamped_with(token, forging.attribute(forging.TIMESTAMP, token)),
            detached_digest=digest_of,
        )


def test_two_tokens_in_one_timestamp_are_refused(stamp):
    token = stamp(b"x")

    with pytest.raises(refusals.UnexpectedUnsignedAttribute):
        cms.read(stamped_with(token + token), detached_digest=digest_of)


def test_a_timestamp_with_sha1_is_refused(stamp):
    plain = detached(ADA)
    token = stamp(cms.read(plain, detached_digest=digest_of).signature, "sha1")

    with pytest.raises(refusals.DigestNotAccepted):
        cms.with_timestamp(plain, token)


@pytest.mark.parametrize(
    ("token", "refusal"),
    [
        (b"\x30\x80\x00\x00", refusals.IndefiniteLength),
        (b"\x30\x81\x01\x00", refusals.LengthNotMinimal),
        (der.tlv(der.SEQUENCE, b"\x24\x00"), refusals.ConstructedString),
        (der.tlv(der.SEQUENCE), refusals.BadTimestamp),
        (der.tlv(der.SEQUENCE, forging.SIGNED_DATA), refusals.BadTimestamp),
        (b"\x02\x01\x01", refusals.BadTimestamp),
        (der.tlv(der.OCTET_STRING, bytes(timestamps.MAX_BYTES)), refusals.BadTimestamp),
    ],
)
def test_what_is_not_a_timestamp_is_refused(token, refusal):
    with pytest.raises(refusal):
        cms.read(stamped_with(token), detached_digest=digest_of)


def test_an_act_offered_as_its_own_timestamp_is_refused():
    act = people.person("ada").act("enrol", {"name": "Ada"})

    with pytest.raises(refusals.BadTimestamp):
        cms.with_timestamp(act.blob, act.blob)


def test_a_key_of_a_company_signs_a_pdf_too():
    private = ec.generate_private_key(ec.SECP256R1())
    issued = people.loaded(private, "Grace Hopper")

    assert cms.read(detached(issued), detached_digest=digest_of).fingerprint == issued.fingerprint
