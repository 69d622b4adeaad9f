"""Key files: what the app makes, what people bring, and what is refused, each by its name."""

from __future__ import annotations

import pickle
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import core
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.name import _ASN1Type
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.trust import algorithms, certificates, keyfile, keys, refusals
from intake.trust.keys import KeyAlgorithm
from tests import people
from tests.trust.forging import certificate

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DER = serialization.Encoding.DER
SECRET = "correct horse"
COMPOSED = "Z\u00fcrich-S\u00fcd"
DECOMPOSED = "Zu\u0308rich-Su\u0308d"
FEW = 2_000
"""Rounds for key files that protect nothing: tests make many."""


def brought(private, found, *, others=None, secret=SECRET):
    protection = serialization.BestAvailableEncryption(secret.encode())
    return pkcs12.serialize_key_and_certificates(b"key", private, found, others, protection)


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_a_new_key_opens_with_its_passphrase(algorithm):
    made = keys.create_key("Ada Lovelace", SECRET, at=AT, algorithm=algorithm, rounds=FEW)

    key = keys.open_keys(made, SECRET).signing

    assert key.common_name == "Ada Lovelace"
    assert key.label == algorithm.value
    key.certificate.key.verify(key.sign(b"data"), b"data", key.digest)


def test_a_new_certificate_is_for_signing_only_and_says_nothing_but_the_name():
    key = keys.open_keys(keys.create_key("Ada Lovelace", SECRET, at=AT, rounds=FEW), SECRET).signing

    found = x509.load_der_x509_certificate(key.certificate_der)

    assert found.subject.rfc4514_string() == "CN=Ada Lovelace"
    usage = found.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert found.not_valid_before_utc == datetime(2026, 11, 22, tzinfo=UTC)
    assert found.not_valid_after_utc == datetime(2036, 11, 22, tzinfo=UTC)


def test_two_new_keys_differ():
    first = keys.open_keys(keys.create_key("Ada", SECRET, at=AT, rounds=FEW), SECRET).signing
    second = keys.open_keys(keys.create_key("Ada", SECRET, at=AT, rounds=FEW), SECRET).signing

    assert first.fingerprint != second.fingerprint


def test_guessing_at_the_integrity_value_costs_as_much_as_guessing_at_the_key():
    made = keys.create_key("Ada", SECRET, at=AT, rounds=5_000)

    file = asn1_pkcs12.Pfx.load(made)

    assert file["mac_data"]["iterations"].native == 10_000
    encrypted = file.authenticated_safe[0]["content"]["encrypted_content_info"]["content_encryption_algorithm"]
    assert encrypted.kdf_iterations == 5_000
    assert encrypted.encryption_cipher == "aes"
    assert keyfile.ROUNDS >= 200_000


@pytest.mark.parametrize("secret", ["żółty-ąęś", "\N{HORSE FACE}" * 8, "spaces and \t tabs", "x" * 200])
def test_any_passphrase_opens_here_and_in_openssl(secret, tmp_path):
    made = keys.create_key("Ada", secret, at=AT, rounds=FEW)
    (tmp_path / "key.p12").write_bytes(made)
    (tmp_path / "secret").write_text(secret, encoding="utf-8")

    command = ["openssl", "pkcs12", "-in", "key.p12", "-noout", "-passin", "file:secret"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert keys.open_keys(made, secret).signing.common_name == "Ada"


def test_a_passphrase_typed_decomposed_opens_a_key_made_composed():
    made = keys.create_key("Ada", COMPOSED, at=AT, rounds=FEW)

    assert keys.open_keys(made, DECOMPOSED).signing.common_name == "Ada"


def test_a_brought_key_opens_with_a_passphrase_that_is_not_normalised():
    private = ec.generate_private_key(ec.SECP256R1())
    file = brought(private, certificate(private), secret=DECOMPOSED)

    assert keys.open_keys(file, DECOMPOSED).signing.common_name == "Brought"


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "tab\there", "Ada\N{RIGHT-TO-LEFT OVERRIDE}ecila"])
def test_a_name_no_certificate_should_hold_is_refused(name):
    with pytest.raises(refusals.NameNotUsable):
        keys.create_key(name, SECRET, at=AT, rounds=FEW)


def test_a_short_passphrase_is_refused():
    with pytest.raises(refusals.PassphraseTooShort):
        keys.create_key("Ada", "1234567", at=AT, rounds=FEW)


@pytest.mark.attack("the wrong passphrase", refusal="WrongPassphrase")
def test_a_wrong_passphrase_is_told_from_a_wrong_file():
    made = keys.create_key("Ada", SECRET, at=AT, rounds=FEW)

    with pytest.raises(refusals.WrongPassphrase):
        keys.open_keys(made, "correct donkey")
    with pytest.raises(refusals.WrongPassphrase):
        keys.open_keys(made, "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"\x30\x80\x00\x00",
        b"-----BEGIN PRIVATE KEY-----\n",
        b"\x89PNG\r\n" + bytes(2000),
        b"\x30\x03\x02\x01\x03",
        bytes(2 << 20),
    ],
)
def test_what_is_not_a_key_file_is_refused_before_the_passphrase_matters(data):
    with pytest.raises(refusals.NotAKeyFile):
        keys.open_keys(data, SECRET)


def test_a_file_without_a_key_is_refused():
    private = ec.generate_private_key(ec.SECP256R1())

    with pytest.raises(refusals.NoKeyInFile):
        keys.open_keys(brought(None, None, others=[certificate(private)]), SECRET)


def test_a_key_without_a_certificate_is_refused():
    with pytest.raises(refusals.NoCertificateInFile):
        keys.open_keys(brought(ec.generate_private_key(ec.SECP256R1()), None), SECRET)


def test_a_key_beside_the_certificate_of_another_key_is_refused():
    private = ec.generate_private_key(ec.SECP256R1())
    stranger = certificate(ec.generate_private_key(ec.SECP256R1()))

    with pytest.raises(refusals.CertificateOfAnotherKey):
        keys.open_keys(brought(private, None, others=[stranger]), SECRET)


def test_a_loaded_key_never_takes_the_certificate_of_another_key():
    private = ec.generate_private_key(ec.SECP256R1())

    with pytest.raises(refusals.CertificateOfAnotherKey):
        keys.SigningKey(private, people.person("ada").certificate_der)


def two(first: ec.EllipticCurvePrivateKey, second: ec.EllipticCurvePrivateKey) -> bytes:
    """A key file with two keys that sign."""
    mine, other = (keys.self_signed(key, "Ada", at=AT) for key in (first, second))
    return keyfile.write(first, mine, SECRET, second=(second, other), rounds=FEW)


def test_a_key_file_holds_a_key_that_signs_and_one_that_decrypts():
    opened = keys.open_keys(keys.create_key("Ada Lovelace", SECRET, at=AT, rounds=FEW), SECRET)

    assert opened.reader is not None
    assert opened.reader.fingerprint != opened.signing.fingerprint
    shown = certificates.read(opened.reader.certificate_der).appearance
    assert (shown.common_name, shown.signing) == ("Ada Lovelace", False)


def test_a_key_that_decrypts_is_never_taken_for_one_that_signs():
    reader = keys.open_keys(keys.create_key("Ada", SECRET, at=AT, rounds=FEW), SECRET).reader
    assert reader is not None

    with pytest.raises(refusals.CertificateNotForSigning):
        keys.SigningKey(reader._private, reader.certificate_der)


def test_openssl_reads_both_keys(tmp_path):
    (tmp_path / "keys.p12").write_bytes(keys.create_key("Ada", SECRET, at=AT, rounds=FEW))
    (tmp_path / "secret").write_text(SECRET)

    shown = subprocess.run(
        "openssl pkcs12 -in keys.p12 -passin file:secret -nodes".split(),
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip

    assert shown.stdout.count(b"BEGIN PRIVATE KEY") == 2
    assert shown.stdout.count(b"BEGIN CERTIFICATE") == 2


def test_both_keys_of_a_file_are_equally_hard_to_guess():
    file = asn1_pkcs12.Pfx.load(keys.create_key("Ada", SECRET, at=AT, rounds=FEW))
    rounds = {
        bag["bag_value"]["encryption_algorithm"].kdf_iterations
        for safe in file.authenticated_safe
        if safe["content_type"].native == "data"
        for bag in asn1_pkcs12.SafeContents.load(safe["content"].native)
    }

    assert rounds == {FEW}


def test_a_brought_key_gets_a_reader_key_beside_it():
    private = ec.generate_private_key(ec.SECP256R1())
    brought_file = brought(private, certificate(private))
    before = keys.open_keys(brought_file, SECRET)

    made = keys.with_reader_key(brought_file, SECRET, at=AT, rounds=FEW)

    after = keys.open_keys(made, SECRET)
    assert before.reader is None
    assert after.reader is not None
    assert after.signing.fingerprint == before.signing.fingerprint
    assert keys.with_reader_key(made, SECRET, at=AT) == made


def test_a_file_with_two_keys_that_sign_is_refused():
    file = two(ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1()))

    with pytest.raises(refusals.SeveralKeysInFile):
        keys.open_keys(file, SECRET)


def test_a_file_with_one_key_twice_is_refused():
    private = ec.generate_private_key(ec.SECP256R1())

    with pytest.raises(refusals.SeveralKeysInFile):
        keys.open_keys(two(private, private), SECRET)


def test_a_second_key_without_its_certificate_is_refused():
    first, second, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    file = keyfile.write(
        first,
        keys.self_signed(first, "Ada", at=AT),
        SECRET,
        second=(second, keys.self_signed(other, "Eve", at=AT, decrypts=True)),
        rounds=FEW,
    )

    with pytest.raises(refusals.CertificateOfAnotherKey):
        keys.open_keys(file, SECRET)


def test_a_file_with_three_keys_is_refused_before_it_is_opened():
    private = ec.generate_private_key(ec.SECP256R1())
    file = asn1_pkcs12.Pfx.load(brought(private, certificate(private)))
    safes = list(file.authenticated_safe)
    at, with_key = next((n, safe) for n, safe in enumerate(safes) if safe["content_type"].native == "data")
    bags = asn1_pkcs12.SafeContents.load(with_key["content"].native)
    trebled = asn1_pkcs12.SafeContents([*bags, *bags, *bags]).dump()
    safes[at] = asn1_cms.ContentInfo({"content_type": "data", "content": core.OctetString(trebled)})
    file["auth_safe"] = asn1_cms.ContentInfo(
        {"content_type": "data", "content": core.OctetString(asn1_pkcs12.AuthenticatedSafe(safes).dump())}
    )

    with pytest.raises(refusals.SeveralKeysInFile):
        keys.open_keys(file.dump(force=True), SECRET)


@pytest.mark.attack("a key file that takes hours to open", refusal="KeyFileTooCostly")
def test_a_file_that_would_keep_the_app_busy_for_hours_is_refused():
    private = ec.generate_private_key(ec.SECP256R1())
    file = asn1_pkcs12.Pfx.load(brought(private, certificate(private)))
    file["mac_data"]["iterations"] = 2_000_000_000

    with pytest.raises(refusals.KeyFileTooCostly):
        keys.open_keys(file.dump(), SECRET)


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(65537, 2048),
        lambda: ec.generate_private_key(ec.SECP256R1()),
        lambda: ec.generate_private_key(ec.SECP384R1()),
    ],
    ids=["RSA 2048", "P-256", "P-384"],
)
def test_a_brought_key_of_an_accepted_kind_opens(make):
    private = make()

    key = keys.open_keys(brought(private, certificate(private)), SECRET).signing

    key.certificate.key.verify(key.sign(b"data"), b"data", key.digest)


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), refusals.RsaKeyTooShort),
        (lambda: ec.generate_private_key(ec.SECP521R1()), refusals.CurveNotAccepted),
        (lambda: ec.generate_private_key(ec.SECP256K1()), refusals.CurveNotAccepted),
        (ed448.Ed448PrivateKey.generate, refusals.KeyTypeNotAccepted),
        (lambda: dsa.generate_private_key(2048), refusals.KeyTypeNotAccepted),
        (ed25519.Ed25519PrivateKey.generate, refusals.NotVerifiableElsewhere),
    ],
    ids=["RSA 1024", "P-521", "secp256k1", "Ed448", "DSA", "Ed25519"],
)
@pytest.mark.exhaustive
def test_a_brought_key_of_another_kind_is_refused(make, refusal):
    private = make()

    with pytest.raises(refusal):
        keys.open_keys(brought(private, certificate(private)), SECRET)


def by_openssl(folder, algorithm: str, *options: str) -> bytes:
    """A key file made by openssl alone."""
    for line in (
        f"openssl genpkey -algorithm {algorithm} -out key.pem",
        "openssl req -new -x509 -key key.pem -subj /CN=Brought -days 365 -out own.pem",
        f"openssl pkcs12 -export -inkey key.pem -in own.pem -out key.p12 -passout file:secret {' '.join(options)}",
    ):
        (folder / "secret").write_text(SECRET)
        subprocess.run(line.split(), cwd=folder, capture_output=True, check=True)
    return (folder / "key.p12").read_bytes()


P256 = "EC -pkeyopt ec_paramgen_curve:P-256"


@pytest.mark.parametrize(
    "options",
    [[], ["-nomac"], ["-legacy"], ["-certpbe", "NONE"], ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES"]],
    ids=["today", "without integrity value", "before 2021", "certificate in the open", "3DES"],
)
def test_key_files_of_openssl_open(tmp_path, options):
    assert keys.open_keys(by_openssl(tmp_path, P256, *options), SECRET).signing.common_name == "Brought"


@pytest.mark.parametrize("algorithm", ["SM2", "EC -pkeyopt ec_paramgen_curve:brainpoolP256t1"])
def test_a_kind_of_key_the_library_does_not_know_is_refused(tmp_path, algorithm):
    with pytest.raises(refusals.UnsuitableKey):
        keys.open_keys(by_openssl(tmp_path, algorithm), SECRET)


@pytest.mark.parametrize(("bits", "exponent"), [(9000, 65537), (2048, (1 << 40) + 1)])
def test_a_public_key_that_takes_long_to_check_is_refused(bits, exponent):
    public = rsa.RSAPublicNumbers(exponent, (1 << (bits - 1)) + 1).public_key()

    with pytest.raises(refusals.RsaKeyTooLong):
        algorithms.accept(public)


def test_a_certificate_that_is_not_for_signing_is_refused():
    private = ec.generate_private_key(ec.SECP256R1())
    only_agreement = x509.KeyUsage(False, False, False, False, True, False, False, False, False)

    with pytest.raises(refusals.CertificateNotForSigning):
        keys.open_keys(brought(private, certificate(private, usage=only_agreement)), SECRET)


def test_a_company_key_with_its_chain_opens_and_only_its_own_certificate_counts():
    private = ec.generate_private_key(ec.SECP256R1())
    authority = certificate(ec.generate_private_key(ec.SECP384R1()), "Company CA")
    own = certificate(private)

    key = keys.open_keys(brought(private, own, others=[authority]), SECRET).signing

    assert key.certificate_der == own.public_bytes(serialization.Encoding.DER)


def test_a_key_shows_no_secret_and_is_never_pickled():
    key = people.person("ada").key

    assert key.fingerprint[:16] in repr(key)
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(key)


def test_a_certificate_in_pem_reads_back():
    der = people.person("ada").certificate_der

    again = x509.load_pem_x509_certificate(certificates.pem(der).encode())

    assert again.public_bytes(serialization.Encoding.DER) == der


def test_hostile_names_in_a_certificate_are_shown_harmlessly():
    private = ec.generate_private_key(ec.SECP256R1())
    der = certificate(private, "Ada\N{RIGHT-TO-LEFT OVERRIDE}\n<b>").public_bytes(serialization.Encoding.DER)

    assert certificates.read(der).appearance.common_name == "Ada\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}<b>"


def test_a_certificate_that_does_not_cover_the_day_says_so():
    shown = certificates.read(certificate(ec.generate_private_key(ec.SECP256R1())).public_bytes(DER)).appearance

    assert shown.note(shown.not_before) is None
    assert shown.note(shown.not_after) is None
    assert words(shown.note(shown.not_after + timedelta(days=1))).startswith(
        f"Its certificate ended on {shown.not_after:%Y-%m-%d}."
    )
    assert words(shown.note(shown.not_before - timedelta(days=1))).startswith(
        f"Its certificate begins on {shown.not_before:%Y-%m-%d}."
    )


def named(*attributes: tuple[x509.ObjectIdentifier, str, _ASN1Type | None]) -> bytes:
    """The DER of a certificate with these attributes in its name, in this order."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(kind, text, code) for kind, text, code in attributes])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    dated = builder.serial_number(1).not_valid_before(AT).not_valid_after(AT + timedelta(days=1))
    return dated.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


CN, DC, ORG = x509.NameOID.COMMON_NAME, x509.NameOID.DOMAIN_COMPONENT, x509.NameOID.ORGANIZATION_NAME


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ([(DC, "corp", None), (CN, "Users", None), (CN, "Rosa Muster", None)], "Rosa Muster"),
        ([(CN, "Users", None), (CN, "Rosa Muster", None), (DC, "corp", None)], "Rosa Muster"),
        ([(ORG, "Muster AG", None)], "Muster AG"),
        ([(CN, "Rosa Müster", _ASN1Type.BMPString)], "Rosa Müster"),
        ([(CN, "Rosa Müster", _ASN1Type.UniversalString)], "Rosa Müster"),
        ([], ""),
    ],
)
def test_a_name_is_the_most_specific_one_in_any_code(attributes, shown):
    assert certificates.read(named(*attributes)).appearance.common_name == shown


@pytest.mark.parametrize("written", ["Rosa Müster".encode(), "Rosa Müster".encode("latin-1")])
def test_a_name_in_the_code_of_old_directories_is_read(written):
    """T61String, tag 0x14, which the library calls damaged."""
    text = "R" * len(written)
    der = named((CN, text, _ASN1Type.UTF8String))

    old = der.replace(bytes((0x0C, len(written))) + text.encode(), bytes((0x14, len(written))) + written)

    assert old != der
    assert certificates.read(old).appearance.common_name == "Rosa Müster"
    assert certificates.read(old).appearance.issuer == "Rosa Müster"


@given(st.integers(min_value=0, max_value=900), st.integers(min_value=1, max_value=255))
def test_a_damaged_key_file_is_refused_or_still_the_same_key(at, change):
    damaged = bytearray(_SAMPLE)
    damaged[at % len(damaged)] ^= change

    try:
        key = keys.open_keys(bytes(damaged), SECRET).signing
    except Refusal:
        return
    assert key.fingerprint == _SAMPLE_FINGERPRINT


_SAMPLE = keys.create_key("Ada", SECRET, at=AT, rounds=50)
_SAMPLE_FINGERPRINT = keys.open_keys(_SAMPLE, SECRET).signing.fingerprint
