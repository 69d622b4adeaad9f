"""Signed acts: what comes back is what was signed, and nothing that is not exactly an act comes back at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from intake.domain.acts import envelope as domain_acts
from intake.domain.base import canonical
from intake.trust import acts, cms, refusals, signed_data
from tests import people
from tests.trust import forging

ADA = people.person("ada")
BOB = people.person("bob")
HELLO = ADA.act("enrol", {"name": "Ada", "note": "żółw"})
PAYLOAD = forging.content(HELLO.blob)


def test_an_act_comes_back_as_it_was_signed():
    again = acts.verify_act(HELLO.blob)

    assert again == HELLO
    assert again.act.kind == "enrol"
    assert again.act.body == {"name": "Ada", "note": "żółw"}
    assert again.act.id == canonical.sha256(PAYLOAD)
    assert again.blob_id == canonical.sha256(HELLO.blob)
    assert again.certificate_der == ADA.certificate_der


def test_an_act_names_the_certificate_it_was_signed_with():
    assert HELLO.act.signer == ADA.fingerprint


def test_an_act_carries_its_time_in_the_text_only():
    assert cms.read(HELLO.blob).signing_time is None
    assert HELLO.act.at == people.NOON


def test_the_same_act_signed_again_has_the_same_id_and_another_blob():
    again = ADA.act("enrol", {"name": "Ada", "note": "żółw"})

    assert again.act == HELLO.act
    assert again.blob_id != HELLO.blob_id


@pytest.mark.attack("second valid signature for one act", refusal="HighSignatureValue")
@pytest.mark.parametrize("kind", ["p256", "p384"])
def test_the_second_value_that_fits_a_signature_is_refused(key_of, kind):
    key = key_of(kind)
    act = ADA.act("enrol", {"name": "Ada"}, key=key)

    with pytest.raises(refusals.HighSignatureValue):
        acts.verify_act(forging.twin(act.blob, key._private.curve))


@pytest.mark.parametrize("kind", ["p256", "p384"])
def test_our_own_signatures_have_the_smaller_value(key_of, kind):
    key = key_of(kind)
    for _ in range(40):
        value = key.sign(b"hello")
        assert decode_dss_signature(value)[1] <= key._private.curve.group_order // 2
        key.certificate.key.verify(value, b"hello", key.digest)


def test_an_act_that_names_another_certificate_is_refused():
    stolen = forging.forge(BOB.key, PAYLOAD)

    with pytest.raises(refusals.SignerNotNamed):
        acts.verify_act(stolen)


@pytest.mark.attack("the same name with another key", refusal="SignerNotNamed")
def test_the_same_name_with_another_key_is_refused():
    twin = people.person("ada", number=2)
    assert twin.key.common_name == ADA.key.common_name

    with pytest.raises(refusals.SignerNotNamed):
        acts.verify_act(forging.forge(twin.key, PAYLOAD))


def test_an_act_signed_with_a_signing_time_still_counts():
    built = cms.build(PAYLOAD, ADA.key.digest.new(PAYLOAD).digest(), ADA.key, at=people.NOON)

    assert acts.verify_act(built).act == HELLO.act


@pytest.mark.parametrize("payload", [b"", b"Dear Bob,\r\n", b"%PDF-1.7\n", b" {}", b"[]", b"null"])
def test_another_text_signed_by_the_same_key_is_not_an_act(payload):
    with pytest.raises(domain_acts.NotAnAct):
        acts.verify_act(forging.forge(ADA.key, payload))


def test_a_signed_object_of_another_format_is_not_an_act():
    with pytest.raises(domain_acts.NotAnAct):
        acts.verify_act(forging.forge(ADA.key, b'{"format":"countersign/manifest/1"}'))


@pytest.mark.attack("the signature of a PDF offered as an act", refusal="ContentMissing")
def test_a_detached_signature_such_as_a_pdf_holds_is_not_an_act():
    detached = cms.build(None, ADA.key.digest.new(PAYLOAD).digest(), ADA.key, at=None)

    with pytest.raises(refusals.ContentMissing):
        acts.verify_act(detached)


def altered(**changes) -> bytes:
    return canonical.dump({**json.loads(PAYLOAD), **changes})


@pytest.mark.attack("a duplicate key in JSON", refusal="NotCanonical")
@pytest.mark.parametrize(
    ("payload", "refusal"),
    [
        (PAYLOAD.replace(b'"app"', b' "app"'), canonical.NotCanonical),
        (PAYLOAD + b"\n", canonical.NotCanonical),
        (PAYLOAD.replace(b'"kind":"enrol"', b'"kind":"enrol","kind":"enrol"'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"seq":1', b'"seq":1.0'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"seq":1', b'"seq":1e999'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"seq":1', b'"seq":NaN'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"seq":1', b'"seq":' + b"9" * 5000), canonical.NotCanonical),
        (PAYLOAD.replace(b'"Ada"', b'"\\ud800"'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"Ada"', b'"\xe2\x80\xae"'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"Ada"', b'"\xff"'), canonical.NotCanonical),
        (PAYLOAD.replace(b'"Ada"', b"[" * 40 + b"]" * 40), canonical.NotCanonical),
        (PAYLOAD.replace(b'"Ada"', b"[" * 200_000 + b"]" * 200_000), canonical.NotCanonical),
        (altered(extra=1), domain_acts.MalformedAct),
        (altered(seq=0), domain_acts.MalformedAct),
        (altered(at="2026-02-30T00:00:00Z"), domain_acts.MalformedAct),
        (altered(signer="ADA"), domain_acts.MalformedAct),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value.__name__,
)
def test_a_signed_text_in_another_form_is_refused(payload, refusal):
    assert payload != PAYLOAD

    with pytest.raises(refusal):
        acts.verify_act(forging.forge(ADA.key, payload))


def test_an_act_of_one_mebibyte_is_read_and_one_byte_more_is_refused():
    room = canonical.MAX_BYTES - len(PAYLOAD) + len("Ada")
    largest = PAYLOAD.replace(b'"Ada"', b'"' + b"x" * room + b'"')
    assert len(largest) == canonical.MAX_BYTES

    assert acts.verify_act(forging.forge(ADA.key, largest)).act.kind == "enrol"
    with pytest.raises(canonical.TooLarge):
        acts.verify_act(forging.forge(ADA.key, largest.replace(b"xxx", b"xxxx", 1)))


def test_a_file_larger_than_any_act_is_refused_unread():
    with pytest.raises(refusals.SignedFileTooLarge):
        acts.verify_act(b"\x30" * (signed_data.MAX_BYTES + 1))


def test_what_cannot_be_an_act_is_never_signed():
    with pytest.raises(canonical.NotCanonical):
        ADA.act("comment", {"text": "\N{RIGHT-TO-LEFT OVERRIDE}"}, case="0" * 64)
    with pytest.raises(domain_acts.MalformedAct):
        ADA.act("comment", {}, case="not an id")


def test_moments_are_written_in_utc():
    act = ADA.act("enrol", {}, at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))

    assert b'"at":"2026-01-02T03:04:05Z"' in act.blob
