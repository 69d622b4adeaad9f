"""Acts checked by openssl: the exact line anybody can use, for every kind of key the app signs with."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from intake.records.editions.e1 import wording
from intake.trust import acts, certificates, cms, keys, refusals
from tests import people
from tests.trust import forging

LINE = "openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -CAfile org.pem"

ADA = people.person("ada")
BOB = people.person("bob")


def ask_openssl(folder, blob: bytes, *roster: bytes) -> subprocess.CompletedProcess[bytes]:
    (folder / "org.pem").write_text("".join(certificates.pem(der) for der in roster))
    return subprocess.run(LINE.split(), cwd=folder, input=blob, capture_output=True, check=False)


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_openssl_verifies_an_act_and_gives_back_its_text(key_of, kind, tmp_path):
    key = key_of(kind)
    act = ADA.act("enrol", {"name": "Ada"}, key=key)

    result = ask_openssl(tmp_path, act.blob, BOB.certificate_der, key.certificate_der)

    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout == forging.content(act.blob)


def test_openssl_verifies_an_act_decades_later(tmp_path):
    """The certificate says ten years; the roster says how long the key counts, and the line asks nobody else."""
    private = ec.generate_private_key(ec.SECP256R1())
    ended = keys.self_signed(private, "Ada", at=datetime(2005, 1, 1, tzinfo=UTC)).public_bytes(Encoding.DER)
    act = ADA.act("enrol", {"name": "Ada"}, key=keys.SigningKey(private, ended))

    assert ask_openssl(tmp_path, act.blob, ended).returncode == 0
    with_time = [word for word in LINE.split() if word != "-no_check_time"]
    asked = subprocess.run(with_time, cwd=tmp_path, input=act.blob, capture_output=True, check=False)
    assert b"certificate has expired" in asked.stderr


def test_the_line_is_the_one_that_people_are_given():
    root = Path(__file__).parents[2]

    assert f"{LINE} -in ACT.p7m" in (root / "README.md").read_text()
    assert "-CAfile org.pem -purpose any -partial_chain -no_check_time" in wording.STEP_SIGNATURE_COMMAND


def test_openssl_refuses_an_act_of_somebody_not_in_the_roster(tmp_path):
    act = ADA.act("enrol", {"name": "Ada"})

    assert ask_openssl(tmp_path, act.blob, BOB.certificate_der).returncode != 0


def test_openssl_refuses_a_changed_act(tmp_path):
    act = ADA.act("enrol", {"name": "Ada"})

    assert ask_openssl(tmp_path, act.blob.replace(b"Ada", b"Bob"), ADA.certificate_der).returncode != 0


def test_openssl_cannot_check_ed25519_which_is_why_such_keys_do_not_sign(key_of, tmp_path):
    """When this fails, openssl has learned it: look again at ``keys`` and at NotVerifiableElsewhere."""
    key = key_of("ed25519")
    act = ADA.act("enrol", {"name": "Edda"}, key=key)

    assert ask_openssl(tmp_path, act.blob, key.certificate_der).returncode != 0
    assert acts.verify_act(act.blob).act.signer == key.fingerprint


def signed_by_openssl(folder, key, digest: str) -> bytes:
    private = key._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private)
    (folder / "own.pem").write_text(certificates.pem(key.certificate_der))
    line = f"openssl cms -sign -cades -nodetach -binary -nosmimecap -md {digest} -signer own.pem -inkey key.pem"
    command = [*line.split(), "-outform", "DER"]
    return subprocess.run(command, cwd=folder, input=b"hello", capture_output=True, check=True).stdout


@pytest.mark.parametrize("kind", ["p256", "p384", "rsa"])
def test_what_openssl_signs_as_cades_we_read(key_of, kind, tmp_path):
    key = key_of(kind)

    found = cms.read(forging.lowered(signed_by_openssl(tmp_path, key, "sha256"), key))

    assert found.payload == b"hello"
    assert found.fingerprint == key.fingerprint
    assert found.signing_time is not None


def test_a_certificate_bound_by_another_digest_than_its_fingerprint_is_refused(tmp_path):
    """openssl binds the certificate with the digest of the signature; the roster knows certificates by SHA-256."""
    with pytest.raises(refusals.CertificateNotSigned):
        cms.read(signed_by_openssl(tmp_path, ADA.key, "sha384"))
