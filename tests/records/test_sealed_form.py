"""What the fold takes for a record, a verdict does not fail for its form, a date, a timestamp or a signature.

Who signs last decides alone what is in the last section, so each file here is signed again after it was changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from intake.domain.base.refusals import Refusal
from intake.domain.case.seals import BLANK, RecordFile
from intake.records.editions.printer import Printer
from intake.records.proof import seals
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication, VerifierKnowledge
from intake.records.reading import structure
from intake.records.refusals import BrokenRecord, ForeignChange
from intake.trust import certificates, cms, refusals
from intake.trust.keys import SigningKey, create_key, open_keys
from tests.records import attacks_structure, contents
from tests.records.conftest import AT, NAMES, Installation
from tests.records.last_section import broken, changed, dated, service_off_by, stamped, token_again
from tests.records.refused import code_of
from tests.records.sections import Draft, draft
from tests.records.tsa import Tsa


def broken_by(pdf: bytes) -> str:
    with pytest.raises(BrokenRecord) as refused:
        structure.scan(pdf)
    return code_of(refused.value)


def failed(pdf: bytes, evidence: VerifierKnowledge) -> SubIndication | None:
    verdict = validate_record(pdf, evidence)
    assert verdict.indication is Indication.FAILED
    return verdict.sub_indication


@pytest.mark.attack(
    "a date of a signature that readers take apart differently", refusal="BrokenRecord; the seal is no good"
)
@pytest.mark.parametrize(
    "said",
    [
        b"D:2026112310596Z", b"D:202611231059 6Z", b"D:20261123105960Z", b"D:20261323105900Z", b"D:99991231235959Z",
        b"D:00011123105900Z", b"D:20261123105900", b"D:20261123105900+01'00'", b"D:20261123105900Z ", b"20261123105900Z",
    ],
)  # fmt: skip
def test_a_date_with_a_digit_less_is_none(installation, base, both, keys, said):
    pdf = dated(both, keys["cio"], said)

    assert broken_by(pdf) == "StructureASignatureDoesNotSayWhenItWas"
    assert seals.record_file(pdf) == BLANK
    assert failed(pdf, installation.evidence(base)) is SubIndication.FORMAT_FAILURE


def test_another_honest_date_is_taken(installation, base, both, keys):
    pdf = dated(both, keys["cio"], b"D:20261123105906Z")

    assert len(seals.record_file(pdf).keys) == 2
    assert validate_record(pdf, installation.evidence(base)).passed


@pytest.mark.attack(
    "a sealed file with a timestamp whose own signature was changed", refusal="BadTimestamp; the seal is no good"
)
def test_a_timestamp_is_asked_for_its_own_signature(installation, base, both, keys):
    assert len(seals.record_file(stamped(both, keys["cio"])).keys) == 2
    pdf = stamped(both, keys["cio"], broken)
    last = structure.scan(pdf).revisions[-1]

    with pytest.raises(refusals.BadTimestamp) as refused:
        cms.read(last.signature, detached_digest=lambda name: last.digest(pdf, name))

    assert code_of(refused.value) == "StampBroken"
    assert seals.record_file(pdf) == BLANK
    assert failed(pdf, installation.evidence(base)) is SubIndication.FORMAT_FAILURE


@pytest.mark.attack("a second signature with a timestamp before the first, sealed", refusal="the seal is no good")
def test_a_second_timestamp_before_the_first_is_no_good_for_a_seal(installation, base, keys):
    first = stamped(installation.sign(base, "CISO"), keys["ciso"])
    signed = installation.sign(first, "CIO")
    early = stamped(signed, keys["cio"], tsa=service_off_by(-timedelta(hours=1)))
    near = stamped(signed, keys["cio"], tsa=service_off_by(-timedelta(minutes=4)))

    assert seals.record_file(early) == BLANK
    assert failed(early, installation.evidence(base)) is SubIndication.TIMESTAMP_ORDER_FAILURE
    assert len(seals.record_file(near).keys) == 2
    assert validate_record(near, installation.evidence(base)).passed


@pytest.mark.attack(
    "a record signed with a certificate that other programs cannot read", refusal="BadCertificate; the seal is no good"
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\x0c\x0bAda Okonkwo", b"\x0c\x0bAda Ok\xffnkwo"),  # no UTF-8
        (b"\x0c\x0bAda Okonkwo", b"\x17\x0bAda Okonkwo"),  # a time in the place of a name
        (b"\x06\x03\x55\x04\x03\x0c\x0b", b"\x06\x02\x55\x04\x03\x0c\x0b"),  # bits in the place of a name
    ],
)
def test_a_certificate_that_others_cannot_read_is_no_good_for_a_seal(installation, base, both, keys, old, new):
    """Acts take it, for nothing in them rests on a name; whoever has it listed makes such records alone."""
    assert old in keys["cio"].certificate_der
    odd = with_certificate(keys["cio"], keys["cio"].certificate_der.replace(old, new))
    room = draft(changed(both, keys["cio"], rb"/Contents <[0-9A-F]+>", b"/Contents <" + b"0" * 4_000 + b">"))
    pdf = room.signed(odd)

    with pytest.raises(refusals.BadCertificate) as refused:
        seals.signature_of(pdf, structure.scan(pdf).revisions[-1])

    assert code_of(refused.value) == "CertificateUnreadElsewhere"
    assert seals.record_file(pdf) == BLANK
    assert failed(pdf, installation.evidence(base, keys=())) is SubIndication.FORMAT_FAILURE


def with_certificate(key: SigningKey, certificate_der: bytes) -> SigningKey:
    """The same key with another certificate, as its holder may write one."""
    made = object.__new__(SigningKey)
    made._private, made.certificate = key._private, certificates.read(certificate_der)
    return made


@pytest.mark.attack(
    "a measure or a name in a look that readers cannot hold", refusal="ForeignChange; the seal is no good"
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/Ascent \d+", b"/Ascent 9999999999"),
        (rb"/StemV \d+", b"/StemV -9999999999"),
        (rb"/Widths \[ [0-9.]+ ", b"/Widths [ 9999999999 "),
        (rb"/FirstChar \d+", b"/FirstChar 256"),
        (rb"/LastChar \d+", b"/LastChar -1"),
        (rb"/Length1 \d+", b"/Length1 -1"),
        (rb"/Name /F1\+0", b"/Name /F1#ff"),
        (rb"/BaseFont /[A-Z]", b"/BaseFont /#20"),
        (rb"/F1\+0(?= \d+ 0 R)", b"/F1#e9"),
    ],
)
def test_what_readers_cannot_hold_is_no_part_of_a_look(installation, base, both, keys, old, new):
    pdf = changed(both, keys["cio"], old, new)

    with pytest.raises(ForeignChange):
        structure.scan(pdf)
    assert seals.record_file(pdf) == BLANK
    assert failed(pdf, installation.evidence(base)) is SubIndication.FORMAT_FAILURE


@pytest.mark.parametrize(
    "twin", [b"{}", b'{"format":"countersign/record/1"}', b'{"format":"countersign/record/1","organisation":7}']
)
def test_data_that_name_no_organisation_are_no_good_for_a_seal(installation, base, twin):
    body = b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(twin), twin)
    other = draft(base).with_object(attacks_structure.twin_number(base), body).written()
    pdf = installation.sign(installation.sign(base, "CISO"), "CIO")

    assert seals.organisation_of(structure.scan(other).twin) is None
    assert seals.organisation_of(structure.scan(pdf).twin) == contents.ORGANISATION
    assert seals.record_file(other) == BLANK


# ------------------------------------------------------------------------------------- any other change, signed again
@cache
def honest() -> tuple[Installation, bytes, Draft, SigningKey, Tsa]:
    """A place to judge at, its base, the second section of a record with both signatures, its signer, and a service."""
    keys = {
        name: open_keys(create_key(NAMES[name], "correct horse", at=AT, rounds=1000), "correct horse").signing
        for name in ("cio", "ciso")
    }
    installation = Installation(Printer(resources.read), keys)
    base = installation.base(contents.decision(sections=(), summary=()))
    tsa = Tsa()
    first = stamped(installation.sign(base, "CISO"), keys["ciso"], tsa=tsa)
    return installation, base, draft(installation.sign(first, "CIO")), keys["cio"], tsa


NUMBER = re.compile(rb"(?<=[ \n])-?(?:\d+(?:\.\d+)?|\.\d+)(?=[ \n])")
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9+-]*")
NUMBERS = st.one_of(
    st.integers(-(10**10), 10**10).map(lambda number: b"%d" % number),
    st.decimals(-(10**9), 10**9, places=6, allow_nan=False).map(lambda number: format(number, "f").encode()),
)
NAMES_OF_PDF = st.binary(min_size=0, max_size=12).map(lambda name: b"/" + name)
DATES = st.one_of(
    st.integers(0, 221_000_000_000).map(
        lambda seconds: f"{AT.replace(year=1970) + timedelta(seconds=seconds):D:%Y%m%d%H%M%SZ}".encode()
    ),
    st.from_regex(rb"D:2[0-9]{12,14}Z?", fullmatch=True),
)
PLACES = st.integers(0, 1 << 20)
CHANGES = st.one_of(
    st.tuples(st.just("number"), PLACES, PLACES, NUMBERS),
    st.tuples(st.just("name"), PLACES, PLACES, NAMES_OF_PDF),
    st.tuples(st.just("stream"), PLACES, PLACES, st.binary(max_size=60)),
    st.tuples(st.just("byte"), PLACES, PLACES, st.binary(max_size=2)),
)
"""What is exchanged, in which object, where, and for what. Places are taken modulo of what there is."""
TOKENS = st.tuples(st.booleans(), PLACES, st.integers(0, 2), st.binary(max_size=4))
"""Whether the service signs the token again, where it is changed, how many bytes go, and what comes in their place."""


def made(
    changes: list[tuple[str, int, int, bytes]], date: bytes | None, token: tuple[bool, int, int, bytes] | None
) -> bytes:
    """The record with its last section changed, and signed by who signed that section."""
    _, _, section, key, tsa = honest()
    for kind, which, where, new in changes:
        section = with_change(section, kind, which % len(section.objects), where, new)
    pdf = section.signed(key)
    try:
        pdf = pdf if date is None else dated(pdf, key, date)
        if token is not None:
            again, at, span, new = token
            pdf = stamped(pdf, key, lambda given: exchanged_token(tsa, given, again, at, span, new), tsa=tsa)
    except (Refusal, StopIteration, AssertionError, ValueError):
        pass  # what is broken already gets neither
    return pdf


def with_change(section: Draft, kind: str, which: int, where: int, new: bytes) -> Draft:
    number, raw = section.objects[which]
    head = raw.index(b"\nstream\n") if b"\nstream\n" in raw else len(raw)
    if kind in ("number", "name"):
        places = list((NUMBER if kind == "number" else NAME).finditer(raw, 0, head))
        if places:
            place = places[where % len(places)]
            raw = raw[: place.start()] + new + raw[place.end() :]
    elif kind == "stream" and head < len(raw):
        raw = re.sub(rb"/Length \d+", b"/Length %d" % len(new), raw[:head]) + b"\nstream\n" + new
        raw += b"\nendstream\nendobj\n"
    elif kind == "byte" and b"/Contents" not in raw:
        raw = exchanged(raw, where, new, 1)
    return replace(section, objects=(*section.objects[:which], (number, raw), *section.objects[which + 1 :]))


def exchanged_token(tsa: Tsa, token: bytes, again: bool, at: int, span: int, new: bytes) -> bytes:
    """A timestamp with something else in it; a service that anybody can make signs it again."""
    if again:
        return token_again(tsa, token, lambda part: exchanged(part, at, new, span))
    return exchanged(token, at, new, span)


def exchanged(part: bytes, at: int, new: bytes, span: int) -> bytes:
    at %= len(part)
    return part[:at] + new + part[at + span :]


def agrees(pdf: bytes) -> RecordFile:
    """What the fold takes ``pdf`` for; a verdict does not fail it then, for whatever reason."""
    installation, base, *_ = honest()
    found = seals.record_file(pdf)
    if found != BLANK:
        verdict = validate_record(pdf, installation.evidence(base))
        assert verdict.indication is not Indication.FAILED, (verdict.sub_indication, verdict.sentence)
    return found


SECTIONS = (st.just([]) | st.lists(CHANGES, max_size=2), st.none() | DATES, st.none() | TOKENS)


@settings(max_examples=100)
@given(*SECTIONS)
def test_what_the_fold_takes_for_a_record_no_verdict_fails(changes, date, token) -> None:
    agrees(made(changes, date, token))


@pytest.mark.exhaustive
@pytest.mark.slow("two thousand files are signed and judged")
@settings(max_examples=2_000)
@given(*SECTIONS)
def test_what_the_fold_takes_for_a_record_no_verdict_fails_however_often(changes, date, token) -> None:
    agrees(made(changes, date, token))
