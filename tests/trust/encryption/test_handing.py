"""Handing a case key to a reader: openssl opens it with the reader's key, and nobody else learns whose it is."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from intake.trust import keys
from intake.trust.encryption import aes, handing, limits
from intake.trust.encryption.case_key import CaseKey
from intake.trust.encryption.reader_key import PrivateReaderKey, ReaderKey
from intake.trust.encryption.refusals import (
    EncryptedTooLarge,
    EncryptionRefused,
    HandedKeyChanged,
    KeyDoesNotDecrypt,
    KeyForSomebodyElse,
    KeyOfAnotherOrganisation,
    NotEncrypted,
)
from intake.trust.refusals import CertificateOfAnotherKey

AT = datetime(2026, 1, 1, tzinfo=UTC)
ORG, CASE = "ab" * 32, "cd" * 32
KEY = CaseKey(bytes(range(32)), ORG, CASE)
PRIVATE: dict[str, Callable[[], PrivateReaderKey]] = {
    "EC P-256": lambda: ec.derive_private_key(11, ec.SECP256R1()),
    "EC P-384": lambda: ec.derive_private_key(12, ec.SECP384R1()),
    "RSA 2048": lambda: rsa.generate_private_key(65537, 2048),
}


def certified(private: PrivateReaderKey | ed25519.Ed25519PrivateKey) -> bytes:
    return keys.self_signed(private, "Ada", at=AT).public_bytes(serialization.Encoding.DER)


@pytest.fixture(scope="module")
def reader_of() -> Callable[[str], tuple[PrivateReaderKey, ReaderKey]]:
    made = {name: make() for name, make in PRIVATE.items()}
    return lambda name: (made[name], ReaderKey(made[name], certified(made[name])))


ADA = ReaderKey(PRIVATE["EC P-256"](), certified(PRIVATE["EC P-256"]()))
BOB = ReaderKey(ec.derive_private_key(21, ec.SECP256R1()), certified(ec.derive_private_key(21, ec.SECP256R1())))
HANDED = handing.hand(KEY, ADA.certificate_der)


@pytest.mark.parametrize("name", PRIVATE)
def test_openssl_gives_the_case_key_to_its_reader(reader_of, name, tmp_path):
    private, reader = reader_of(name)
    handed = handing.hand(KEY, reader.certificate_der)
    (tmp_path / "key.p7m").write_bytes(handed)
    (tmp_path / "reader.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

    opened = subprocess.run(
        "openssl cms -decrypt -inform DER -in key.p7m -inkey reader.pem".split(),
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip

    assert opened.stdout == KEY.secret + bytes.fromhex(ORG + CASE)
    assert handing.take(handed, reader, ORG) == KEY


def test_the_key_of_the_organisation_comes_out_without_a_case():
    of_all = CaseKey(KEY.secret, ORG, "")

    assert handing.take(handing.hand(of_all, ADA.certificate_der), ADA, ORG) == of_all


def test_a_reader_recognises_what_is_meant_for_them():
    assert handing.is_for(HANDED, ADA.fingerprint)
    assert not handing.is_for(HANDED, BOB.fingerprint)
    with pytest.raises(KeyForSomebodyElse):
        handing.take(HANDED, BOB, ORG)


def test_nothing_shows_that_two_keys_are_for_one_reader():
    # Of six, because two random numbers that begin with the same byte are no sign of a reader.
    shared = set.intersection(*(_pieces(handing.hand(KEY, ADA.certificate_der)) for _ in range(6)))

    # What they share is what every handed key shares.
    assert shared <= _pieces(handing.hand(CaseKey.new(ORG), BOB.certificate_der))


def _pieces(raw: bytes) -> set[bytes]:
    return {raw[at : at + 8] for at in range(len(raw) - 7)}


def test_a_key_of_another_organisation_is_refused():
    with pytest.raises(KeyOfAnotherOrganisation):
        handing.take(HANDED, ADA, CASE)


def test_the_reader_cannot_be_swapped():
    # The name of Bob on what was encrypted for Ada: he recognises it, and it opens nothing.
    found, named = aes.take_apart(HANDED), aes.take_apart(handing.hand(KEY, BOB.certificate_der))
    name = _name_in(named.recipient)
    swapped = aes.Envelope(
        found.recipient.replace(_name_in(found.recipient), name), found.nonce, found.content, found.code
    ).der

    assert handing.is_for(swapped, BOB.fingerprint)
    with pytest.raises(HandedKeyChanged):
        handing.take(swapped, BOB, ORG)


def test_the_key_inside_cannot_be_swapped():
    found, other = aes.take_apart(HANDED), aes.take_apart(handing.hand(CaseKey.new(ORG), ADA.certificate_der))

    swapped = aes.Envelope(found.recipient, found.nonce, other.content, other.code).der

    with pytest.raises(HandedKeyChanged):
        handing.take(swapped, ADA, ORG)


def test_no_byte_can_be_changed():
    for at in range(len(HANDED)):
        changed = bytearray(HANDED)
        changed[at] ^= 1
        with pytest.raises(EncryptionRefused):
            handing.take(bytes(changed), ADA, ORG)


def test_a_point_that_is_on_no_curve_is_refused():
    at = HANDED.index(b"\x03\x42\x00\x04") + 4
    changed = HANDED[:at] + b"\x01" * 64 + HANDED[at + 64 :]

    with pytest.raises(HandedKeyChanged):
        handing.take(changed, ADA, ORG)


def test_something_else_inside_is_refused():
    content_key, nonce = bytes(32), bytes(12)
    found = aes.take_apart(HANDED)

    with pytest.raises(NotEncrypted):
        handing.take(aes.encrypt(b"short", content_key, nonce, found.recipient), ADA, ORG)


def test_a_large_one_is_refused_before_it_is_looked_at():
    with pytest.raises(EncryptedTooLarge):
        handing.is_for(HANDED + bytes(limits.MAX_HANDED), ADA.fingerprint)


def test_what_is_for_an_elliptic_curve_key_is_nothing_for_an_rsa_key(reader_of):
    rosa = reader_of("RSA 2048")[1]
    found, named = aes.take_apart(HANDED), aes.take_apart(handing.hand(KEY, rosa.certificate_der))
    swapped = found.recipient.replace(_name_in(found.recipient), _transport_name(named.recipient))

    with pytest.raises(HandedKeyChanged):
        handing.take(aes.Envelope(swapped, found.nonce, found.content, found.code).der, rosa, ORG)


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_there_is_a_refusal(data):
    with pytest.raises(EncryptionRefused):
        handing.take(data, ADA, ORG)


def test_a_key_that_only_signs_is_refused():
    with pytest.raises(KeyDoesNotDecrypt, match="Ed25519"):
        handing.hand(KEY, certified(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))))


def test_a_reader_has_the_certificate_of_the_own_key():
    with pytest.raises(CertificateOfAnotherKey):
        ReaderKey(PRIVATE["EC P-256"](), BOB.certificate_der)


def test_a_reader_key_does_not_leave_the_process():
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(ADA)


def _name_in(recipient: bytes) -> bytes:
    """The element that names the reader of an elliptic curve key."""
    at = recipient.index(b"\xa0\x16\x04\x14") + 2
    return recipient[at : at + 22]


def _transport_name(recipient: bytes) -> bytes:
    at = recipient.index(b"\x80\x14") + 2
    return b"\x04\x14" + recipient[at : at + 20]
