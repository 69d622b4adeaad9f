"""A signer alone makes a file that reads well and fails its verdict: it neither becomes the record nor keeps others from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from intake.domain.acts.kinds import OPINION
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.records.proof import crossreading
from intake.records.proof.crossreading import ReadsDifferently
from intake.records.proof.findings import OTHER_PAGES
from intake.records.proof.verdict import Indication
from intake.services.deciding import deciding, recording
from intake.services.deciding.records_at_hand import at_hand
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.workspace import Workspace
from intake.services.proving import verifying
from intake.services.upkeep.diagnosing import diagnose
from intake.trust.keys import SigningKey
from tests.people import person
from tests.records import last_section
from tests.records.last_section import service_off_by
from tests.services.offices import Offices
from tests.services.patched import countersign
from tests.services.stages import filed_with_ciso
from tests.services.test_seals import first_signed, record_state

Patched = Callable[[bytes, SigningKey], bytes]


def odd_date(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.dated(pdf, key, b"D:2026112310596Z")


def broken_timestamp(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.stamped(pdf, key, last_section.broken)


def unbounded_measure(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.changed(pdf, key, rb"/Ascent \d+", b"/Ascent 9999999999")


def words_outside(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.changed(pdf, key, rb"53\.06 Tm", b"953.0 Tm")


def own_time(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.timed(pdf, key, datetime(1950, 1, 1, tzinfo=UTC))


def silent_form(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.without(pdf, key, rb"/SigFlags 3")


PATCHED = (odd_date, broken_timestamp, unbounded_measure, words_outside, own_time)


@pytest.mark.attack(
    "a second signer seals a file that reads well and fails its verdict",
    refusal="seal ignored; the honest copy becomes the record, doctor names the seal",
)
@pytest.mark.parametrize("patched", PATCHED)
def test_a_file_that_fails_its_verdict_is_no_record(offices: Offices, patched: Patched) -> None:
    case = first_signed(offices)
    honest, evil = [], []

    def sealed(finished: bytes) -> bytes:
        honest.append(finished)
        evil.append(patched(finished, person("cleo").key))
        return evil[0]

    countersign(offices, case, sealed)
    offices.travel("cleo", "dan", "bob")
    bob, dan = offices.installations["bob"], offices.installations["dan"]
    state = bob.state(case)
    (seal,) = [event for event in state.events if isinstance(event.body, SealedBody)]

    assert verifying.verify(bob, evil[0]).indication is Indication.FAILED
    assert seal.judgement.force is Force.IGNORED
    assert seal.judgement.reason is not None
    assert seal.judgement.reason.code == "SealedFileDiffers"
    assert state.phase is Phase.DECIDED
    assert record_state(offices, "bob", case) is RecordState.OPEN
    assert at_hand(bob, case, verifying.verify).data == honest[0]
    (alarm,) = [item for item in diagnose(Workspace(offices.root / "bob"), bob).findings if item.code == "alarms"]
    assert "a seal does not count" in alarm.sentence

    record = recording.complete(dan, offices.signer("dan"), case)
    offices.travel("dan", "bob")
    assert record_state(offices, "bob", case) is RecordState.SEALED
    assert at_hand(bob, case, verifying.verify).attachment.sha256 == record.sha256
    assert verifying.verify(bob, honest[0]).indication is Indication.PASSED


def future_timestamp(pdf: bytes, key: SigningKey) -> bytes:
    return last_section.stamped(pdf, key, tsa=service_off_by(timedelta(days=400)))


@pytest.mark.attack(
    "a first signer whose copy nobody can finish", refusal="not used; a fresh sheet, with a note that says why"
)
@pytest.mark.parametrize(
    ("patched", "code"),
    [
        (odd_date, "BrokenRecord"),
        (broken_timestamp, "CopySignatureFails"),
        (unbounded_measure, "ForeignChange"),
        (words_outside, "ForeignChange"),
        (silent_form, "ForeignChange"),
        (own_time, "CopySignatureFails"),
        (future_timestamp, "CopyStampedLater"),
    ],
)
def test_a_copy_that_nobody_can_finish_is_left_for_a_fresh_sheet(offices: Offices, patched: Patched, code: str) -> None:
    case = filed_with_ciso(offices)
    dan = offices.installations["dan"]
    prepared = deciding.prepare(dan, "dan", case, Position.APPROVE, given=offices.terms("dan", case))
    assert prepared.sheet is not None
    signed = recording.sign_sheet(dan, offices.signer("dan"), prepared.sheet, prepared.office, prepared.reason)
    copy = patched(signed, person("dan").key)
    sign(offices, case, prepared, copy)
    offices.travel("dan", "cleo")
    cleo = offices.installations["cleo"]

    ready = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=prepared.terms)

    assert ready.sheet is not None
    assert not ready.sheet.beside
    assert ready.sheet.note is not None
    assert ready.sheet.note.code == code, words(ready.sheet.note)
    deciding.give(cleo, offices.signer("cleo"), ready)
    assert cleo.state(case).phase is Phase.DECIDED
    assert record_state(offices, "cleo", case) is RecordState.OPEN
    offices.travel("cleo", "dan")
    recording.complete(dan, offices.signer("dan"), case)
    assert record_state(offices, "dan", case) is RecordState.SEALED


@pytest.mark.attack(
    "a first signer's copy that only a PDF library objects to", refusal="not used; CopyFails says what it objects to"
)
def test_a_copy_that_a_library_objects_to_is_left_for_a_fresh_sheet(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = first_signed(offices)
    cleo = offices.installations["cleo"]
    copies = [event.body.record for event in cleo.state(case).events if isinstance(event.body, OpinionBody)]
    assert copies[0] is not None
    copy = cleo.register.queries.blob(copies[0].sha256)

    def compare(pdf: bytes) -> None:
        if copy is not None and pdf.startswith(copy):
            raise ReadsDifferently(OTHER_PAGES())

    monkeypatch.setattr(crossreading, "compare", compare)

    ready = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))

    assert ready.sheet is not None
    assert not ready.sheet.beside
    assert ready.sheet.note is not None
    assert ready.sheet.note.code == "CopyFails"
    assert "it has other pages for another program" in words(ready.sheet.note)
    deciding.give(cleo, offices.signer("cleo"), ready)
    assert record_state(offices, "cleo", case) is RecordState.OPEN


def sign(offices: Offices, case: str, prepared: deciding.Prepared, copy: bytes) -> None:
    """Dan approves what was prepared, with ``copy`` as his signed pages."""
    assert prepared.sheet is not None
    writer = ActWriter(offices.installations["dan"], offices.signer("dan"))
    record = writer.attach(copy, "record.pdf", recording.PDF)
    body = OpinionBody(
        prepared.revision, prepared.office, Position.APPROVE, prepared.terms, prepared.playbook, prepared.assessment,
        prepared.sheet.base, record, "", deciding.ATTESTATIONS, "",
    )  # fmt: skip
    writer.write(OPINION, body, case=case, seen=prepared.seen)
    writer.store()
