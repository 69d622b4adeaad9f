"""The two holes measured in other programs, built for real: they accept the forgery, and we name what is wrong.

Both are shown to work elsewhere first. If a later version refuses them, the test says so and the words in ``cms`` must
change; our own refusal stays.
"""

from __future__ import annotations

import asyncio
import subprocess
from datetime import timedelta

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from intake.trust import acts, certificates, refusals, signed_data
from intake.trust.keys import SigningKey
from tests import people
from tests.trust import forging

ADA = people.person("ada")
ENROL = ADA.act("enrol", {"name": "Ada"})


def pyhanko_accepts(blob: bytes, root: bytes) -> bool:
    """Whether pyHanko calls the signature in ``blob`` intact, valid and trusted with ``root`` as the only anchor."""
    context = ValidationContext(trust_roots=[asn1_x509.Certificate.load(root)], allow_fetching=False)
    status = asyncio.run(
        async_validate_cms_signature(
            asn1_cms.ContentInfo.load(blob)["content"],
            status_cls=StandardCMSSignatureStatus,
            validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage=set()),
        )
    )
    return bool(status.intact and status.valid and status.trusted)


def openssl_accepts(folder, blob: bytes, root: bytes) -> bool:
    (folder / "act.p7m").write_bytes(blob)
    (folder / "org.pem").write_text(certificates.pem(root))
    command = (
        "openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -CAfile org.pem -in act.p7m"
    )
    return subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode == 0


def stripped_of_signed_attributes() -> bytes:
    """An act whose text was never bound by signed attributes.

    The DER of signed attributes can be a text somebody signs, and the other way round: without a rule that they must be
    there, a signature over one is a signature over the other.
    """
    payload = forging.content(ENROL.blob)
    signer = forging.signer_info(ADA.key, None, payload=payload)
    return forging.signed_data(payload, [signer], [ADA.certificate_der])


@pytest.mark.attack("an act stripped of its signed attributes", refusal="NoSignedAttributes")
def test_an_act_stripped_of_its_signed_attributes_passes_pyhanko_and_openssl_but_not_here(tmp_path):
    stripped = stripped_of_signed_attributes()

    assert pyhanko_accepts(stripped, ADA.certificate_der)
    assert openssl_accepts(tmp_path, stripped, ADA.certificate_der)
    with pytest.raises(refusals.NoSignedAttributes):
        acts.verify_act(stripped)


@pytest.mark.attack("signed attributes replayed as content", refusal="NoSignedAttributes")
def test_signed_attributes_replayed_as_content_are_refused():
    """The classic of the hole: the signed attributes of a real act become the content of a forged file."""
    blob = ENROL.blob
    parts = signed_data.take_apart(blob)
    signer = signed_data.take_signer_apart(blob, *parts.signer)
    forged = forging.signed_data(
        signer.signed,
        [forging.signer_info(ADA.key, None, signature=signer.signature)],
        [ADA.certificate_der],
    )

    assert pyhanko_accepts(forged, ADA.certificate_der)
    with pytest.raises(refusals.NoSignedAttributes):
        acts.verify_act(forged)


def issued_by_ada() -> SigningKey:
    """Mallory's key with a certificate that Ada's key issued, although Ada's certificate says CA: false.

    Ada herself could make it, or a holder of her key when her period is over; it must never speak for anybody.
    """
    private = ec.derive_private_key(666, ec.SECP256R1())
    ada = x509.load_der_x509_certificate(ADA.certificate_der)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Grace, CISO")]))
        .issuer_name(ada.subject)
        .public_key(private.public_key())
        .serial_number(13)
        .not_valid_before(people.NOON - timedelta(days=4000))
        .not_valid_after(people.NOON + timedelta(days=9000))
        .sign(ADA.key._private, hashes.SHA256())
    )
    return SigningKey(private, made.public_bytes(Encoding.DER))


@pytest.mark.attack("a certificate issued by a pinned one", refusal="SignerNotNamed")
def test_a_certificate_issued_by_a_pinned_leaf_passes_pyhanko_but_cannot_sign_for_the_leaf():
    rogue = issued_by_ada()
    payload = forging.content(ENROL.blob)
    forged = forging.forge(rogue, payload)

    assert pyhanko_accepts(forged, ADA.certificate_der)
    with pytest.raises(refusals.SignerNotNamed):
        acts.verify_act(forged)


def test_a_certificate_issued_by_a_pinned_leaf_speaks_for_itself_alone():
    """Signed honestly it verifies, but under its own fingerprint, which no roster lists: the fold gives it no right."""
    rogue = issued_by_ada()

    act = ADA.act("enrol", {"name": "Grace"}, key=rogue)

    assert act.act.signer == rogue.fingerprint
    assert act.act.signer != ADA.fingerprint


@pytest.mark.attack("a certificate issued by a pinned one", refusal="SeveralCertificates")
def test_a_chain_below_a_pinned_leaf_is_refused():
    rogue = issued_by_ada()
    payload = forging.content(ENROL.blob)
    signer = forging.signer_info(rogue, forging.honest_attributes(payload, rogue.certificate))
    forged = forging.signed_data(payload, [signer], sorted([rogue.certificate_der, ADA.certificate_der]))

    assert pyhanko_accepts(forged, ADA.certificate_der)
    with pytest.raises(refusals.SeveralCertificates):
        acts.verify_act(forged)


@pytest.mark.attack("a certificate issued by a pinned one", refusal="CertificateNotSigned")
def test_a_rogue_signature_bound_to_the_certificate_of_somebody_else_is_refused():
    rogue = issued_by_ada()
    payload = forging.content(ENROL.blob)
    signer = forging.signer_info(rogue, forging.honest_attributes(payload, ADA.key.certificate))

    with pytest.raises(refusals.CertificateNotSigned):
        acts.verify_act(forging.signed_data(payload, [signer], [rogue.certificate_der]))


@pytest.mark.attack("another certificate for the same key", refusal="CertificateNotSigned")
def test_a_second_certificate_for_the_same_key_is_another_signer():
    """The key is the same, so the signature value fits; the binding of RFC 5035 tells the certificates apart."""
    renamed = people.loaded(ADA.key._private, "Grace", serial=99)
    payload = forging.content(ENROL.blob)
    signer = forging.signer_info(
        ADA.key, forging.honest_attributes(payload, ADA.key.certificate), certificate=renamed.certificate
    )

    with pytest.raises(refusals.CertificateNotSigned):
        acts.verify_act(forging.signed_data(payload, [signer], [renamed.certificate_der]))


@pytest.mark.attack("a signed mail offered as an act", refusal="UnexpectedAttribute")
def test_a_signed_mail_is_not_an_act():
    """What a mail program writes: S/MIME, content inside, by the same key."""
    ada = x509.load_der_x509_certificate(ADA.certificate_der)
    private = ADA.key._private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    mail = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(b"I approve.")
        .add_signer(ada, private, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )

    with pytest.raises(refusals.UnexpectedAttribute):
        acts.verify_act(mail)
