"""Files under the key of a use case: one form each, which openssl opens and nobody without the key can try."""

from __future__ import annotations

import hashlib
import random
import subprocess
import tarfile
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import keywrap
from hypothesis import given
from hypothesis import strategies as st

from intake.trust import der
from intake.trust.encryption import aes, case_key, container
from intake.trust.encryption.case_key import CaseKey
from intake.trust.encryption.refusals import (
    EncryptedContentChanged,
    EncryptedTooLarge,
    EncryptionRefused,
    NotEncrypted,
    OtherKey,
)

ORG, CASE = "ab" * 32, "cd" * 32
KEY = CaseKey(bytes(range(32)), ORG, CASE)
NAME = f"ev/ab/{'ab' * 32}.p7m"
FILE = case_key.encrypt(KEY, NAME, b"signed")


@given(st.binary(max_size=30_000))
def test_one_file_has_one_encrypted_form(data):
    made = case_key.encrypt(KEY, NAME, data)

    assert made == case_key.encrypt(KEY, NAME, data)
    assert case_key.tag_of(made) == KEY.tag
    assert case_key.decrypt(KEY, made) == (NAME, data)


def test_openssl_opens_it_with_the_key_of_the_case(tmp_path):
    (tmp_path / "file").write_bytes(FILE)

    opened = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", "file", "-secretkey", KEY.secret.hex()],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip

    with tarfile.open(fileobj=BytesIO(opened.stdout)) as archive:
        assert archive.getnames() == [NAME]
        file = archive.extractfile(NAME)
        assert file is not None
        assert file.read() == b"signed"


def test_openssl_refuses_a_changed_byte(tmp_path):
    changed = bytearray(FILE)
    changed[-40] ^= 1
    (tmp_path / "file").write_bytes(changed)

    opened = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", "file", "-secretkey", KEY.secret.hex()],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip

    assert opened.returncode != 0


def test_under_another_key_everything_is_different():
    other = CaseKey.new(ORG, CASE)

    assert case_key.encrypt(other, NAME, b"signed")[-8000:] != FILE[-8000:]
    with pytest.raises(OtherKey):
        case_key.decrypt(other, FILE)


def test_a_key_is_bound_to_what_it_is_for():
    # Planted under the tag of one use case, a key of another is none.
    tags = {
        CaseKey(KEY.secret, ORG, CASE).tag,
        CaseKey(KEY.secret, ORG, "").tag,
        CaseKey(KEY.secret, ORG, "ef" * 32).tag,
        CaseKey(KEY.secret, CASE, ORG).tag,
    }

    assert len(tags) == 4


def test_the_hash_of_a_guess_is_nowhere():
    # Who guesses a file must not be able to see that it is there.
    guesses = {hashlib.sha256(b"signed").digest(), hashlib.sha256(container.pack(NAME, b"signed")).digest()}

    assert not [guess for guess in guesses if guess in FILE or guess.hex().encode() in FILE]
    assert NAME.encode() not in FILE


def test_a_tampered_file_under_the_right_tag_is_refused_at_every_byte():
    random.seed(7)
    places = [*range(200), *random.sample(range(200, len(FILE)), 300), *range(len(FILE) - 40, len(FILE))]

    for at in places:
        changed = bytearray(FILE)
        changed[at] ^= 1 << random.randrange(8)
        with pytest.raises(EncryptionRefused):
            case_key.decrypt(KEY, bytes(changed))


@pytest.mark.parametrize("cut", [0, 1, 2, 100, 4096, len(FILE) - 1])
def test_a_cut_file_is_recognised_without_any_key(cut):
    with pytest.raises(NotEncrypted):
        case_key.tag_of(FILE[:cut])


@pytest.mark.parametrize(
    "made",
    [FILE + b"\0", b"\x30\x80" + FILE[4:] + b"\0\0", FILE.replace(b"\x02\x01\x04", b"\x02\x01\x05", 1)],
    ids=["longer", "indefinite length", "other version"],
)
def test_another_form_is_recognised_without_any_key(made):
    with pytest.raises(NotEncrypted):
        case_key.tag_of(made)


def test_a_length_that_is_no_step_is_recognised_without_any_key():
    found = aes.take_apart(FILE)
    made = aes.Envelope(found.recipient, found.nonce, found.content[:-512], found.code).der

    with pytest.raises(NotEncrypted):
        case_key.tag_of(made)


def test_somebody_with_the_key_cannot_make_a_second_form():
    archive = container.pack(NAME, b"signed")
    content_key, nonce = bytes(32), bytes(12)
    wrapped = keywrap.aes_key_wrap(KEY.secret, content_key)
    identifier = der.tlv(der.SEQUENCE, der.tlv(der.OCTET_STRING, bytes.fromhex(KEY.tag)))
    recipient = der.tlv(0xA2, b"\x02\x01\x04", identifier, aes.WRAP, der.tlv(der.OCTET_STRING, wrapped))

    second = aes.encrypt(archive, content_key, nonce, recipient)

    assert case_key.tag_of(second) == KEY.tag
    with pytest.raises(EncryptedContentChanged):
        case_key.decrypt(KEY, second)


def test_a_wrapped_key_of_another_is_refused():
    found = aes.take_apart(FILE)
    stranger = keywrap.aes_key_wrap(bytes(32), bytes(32))
    made = aes.Envelope(found.recipient[:-40] + stranger, found.nonce, found.content, found.code).der

    with pytest.raises(EncryptedContentChanged):
        case_key.decrypt(KEY, made)


def test_too_much_is_refused_before_it_is_looked_at(monkeypatch):
    monkeypatch.setattr(case_key, "MAX_ENCRYPTED", len(FILE) - 1)

    with pytest.raises(EncryptedTooLarge):
        case_key.tag_of(FILE)


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_there_is_a_refusal(data):
    with pytest.raises(EncryptionRefused):
        case_key.decrypt(KEY, data)


def test_a_key_says_nothing_of_itself():
    assert KEY.secret.hex() not in repr(KEY)


@pytest.mark.parametrize("wrong", [(b"short", ORG, CASE), (bytes(32), "", CASE), (bytes(32), ORG, "x")])
def test_a_key_without_its_place_is_a_mistake_of_ours(wrong):
    with pytest.raises(ValueError, match="32 bytes"):
        CaseKey(*wrong)
