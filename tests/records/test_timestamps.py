"""Level B-T: a timestamp in each signature, and every way a timestamp service can fail."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from asn1crypto import tsp

from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication
from intake.records.reading import structure
from intake.records.refusals import (
    SignatureTooLarge,
    TimestampDenied,
    TimestampFailed,
    TimestampUnreachable,
    TimestampUnusable,
)
from intake.records.signatures.timestamps import HttpTimestamps, Response, stamp
from intake.trust import cms
from tests.records import attacks
from tests.records.tsa import AT, Tsa, serving


@pytest.fixture
def tsa():
    return Tsa()


@pytest.fixture
def service(tsa):
    with serving(tsa) as address:
        yield HttpTimestamps(address, timeout=10)


@pytest.fixture
def stamped(installation, base, service):
    return installation.sign(installation.sign(base, "CISO", tsa=service), "CIO", tsa=service)


def test_both_signatures_carry_a_timestamp_and_pass(installation, base, tsa, stamped):
    verdict = validate_record(stamped, installation.evidence(base, timestamp_services=(tsa.certificate,)))

    assert verdict.passed
    assert [item.level for item in verdict.signatures] == ["B-T", "B-T"]
    assert [item.timestamp.at for item in verdict.signatures] == [AT, AT]
    assert all(item.timestamp.trusted for item in verdict.signatures)
    assert "Test timestamps" in verdict.signatures[0].timestamp.service
    assert tsa.asked == 2


def test_an_unknown_service_is_said_to_be_unknown(installation, base, stamped):
    unnamed = validate_record(stamped, installation.evidence(base))
    other = validate_record(stamped, installation.evidence(base, timestamp_services=(Tsa().certificate,)))

    assert [item.timestamp.trusted for item in unnamed.signatures] == [None, None]
    assert [item.timestamp.trusted for item in other.signatures] == [False, False]
    assert unnamed.passed
    assert other.passed


def test_one_office_online_and_one_offline(installation, base, service):
    pdf = installation.sign(installation.sign(base, "CIO"), "CISO", tsa=service)

    verdict = validate_record(pdf, installation.evidence(base))

    assert verdict.passed
    assert [item.level for item in verdict.signatures] == ["B-B", "B-T"]


@pytest.mark.attack("a timestamp moved to another signature", refusal="FORMAT_FAILURE")
def test_a_token_over_another_signature_does_not_pass(installation, base, stamped):
    """A timestamp moved from one signature to the other."""
    first, second = structure.scan(stamped).revisions
    token = cms.read(second.signature, detached_digest=lambda name: second.digest(stamped, name)).timestamp_token
    own = cms.read(first.signature, detached_digest=lambda name: first.digest(stamped, name)).timestamp_token
    assert token
    assert own

    moved = first.signature.replace(own, token)
    spelled = moved.hex().upper().encode()
    room = first.resume - first.hole - 2
    pdf = stamped[: first.hole + 1] + spelled.ljust(room, b"0")[:room] + stamped[first.resume - 1 :]

    verdict = validate_record(pdf[: first.end], installation.evidence(base))

    assert verdict.indication is Indication.FAILED
    assert verdict.sub_indication is SubIndication.FORMAT_FAILURE


@pytest.mark.attack("a changed timestamp", refusal="FORMAT_FAILURE")
def test_a_changed_token_does_not_pass(installation, base, stamped):
    """The token's own signature is the last thing in the CMS, and no digest of the record covers it."""
    last = structure.scan(stamped).revisions[-1]
    place = last.hole + 1 + 2 * len(last.signature) - 4
    digit = b"0" if stamped[place : place + 1] != b"0" else b"1"
    pdf = stamped[:place] + digit + stamped[place + 1 :]

    verdict = validate_record(pdf, installation.evidence(base))

    assert verdict.indication is Indication.FAILED
    assert verdict.sub_indication is SubIndication.FORMAT_FAILURE


@pytest.mark.attack("timestamps in the wrong order", refusal="TIMESTAMP_ORDER_FAILURE")
def test_timestamps_in_the_wrong_order(installation, base, tsa, service):
    first = installation.sign(base, "CIO", tsa=service)
    tsa.at = AT - timedelta(hours=1)

    verdict = validate_record(installation.sign(first, "CISO", tsa=service), installation.evidence(base))

    assert verdict.indication is Indication.FAILED
    assert verdict.sub_indication is SubIndication.TIMESTAMP_ORDER_FAILURE


@pytest.mark.parametrize("spelling", attacks.SPELLINGS)
def test_another_spelling_of_a_stamped_record(installation, base, stamped, spelling):
    assert not validate_record(attacks.SPELLINGS[spelling](stamped), installation.evidence(base)).passed


# ---------------------------------------------------------------------------------------------------------- failures
def test_a_service_that_is_not_there(installation, base):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/"

        with pytest.raises(TimestampUnreachable) as refused:
            installation.sign(base, "CIO", tsa=HttpTimestamps(address, timeout=5))

    assert "without a timestamp" in refused.value.next_step


def test_a_service_that_never_answers(installation, base):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        with pytest.raises(TimestampUnreachable):
            installation.sign(base, "CIO", tsa=HttpTimestamps(address, timeout=0.2))


@pytest.mark.parametrize("address", ["", "tsa.example", "file:///etc/passwd", "ftp://127.0.0.1/", "http://"])
def test_an_address_that_is_none(address):
    with pytest.raises(TimestampUnreachable):
        HttpTimestamps(address)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_a_service_that_refuses_by_status(tsa, service, status):
    tsa.status = status

    with pytest.raises(TimestampDenied):
        stamp(service, b"signature")


def test_a_service_that_refuses_in_words(tsa, service):
    tsa.answer = Response({"status": {"status": "rejection", "status_string": ["only for members"]}}).dump()

    with pytest.raises(TimestampDenied) as refused:
        stamp(service, b"signature")

    assert "only for members" in refused.value.what_happened


@pytest.mark.parametrize(
    "answer", [b"", b"\x30", b"<html>hello</html>", b"\x30\x80", b"\x30\x03\x02\x01\x00", b"\x00" * 60_000]
)
def test_an_answer_that_is_no_timestamp(tsa, service, answer):
    tsa.answer = answer

    with pytest.raises(TimestampFailed):
        stamp(service, b"signature")


def test_an_answer_to_another_request(tsa, service):
    tsa.answer = tsa.stamp(
        tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"\x07" * 32},
                "nonce": 5,
            }
        ).dump()
    )

    with pytest.raises(TimestampUnusable):
        stamp(service, b"signature", nonce=lambda: 6)
    with pytest.raises(TimestampUnusable):
        stamp(service, b"signature", nonce=lambda: 5)


def test_a_token_too_large_for_its_place(installation, base, service, monkeypatch):
    monkeypatch.setattr("intake.records.signatures.sign._ROOM_FOR_TIMESTAMP", 100)
    monkeypatch.setattr("intake.records.signatures.sign._ROOM_BESIDE_CERTIFICATE", 400)

    with pytest.raises(SignatureTooLarge):
        installation.sign(base, "CIO", tsa=service)
