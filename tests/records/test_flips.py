"""Every byte of a record matters: whichever is changed, it no longer passes and is never merely doubted."""

from __future__ import annotations

import pytest

from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication
from intake.records.reading import structure
from intake.records.refusals import NotARecord
from tests.records import contents

FLIPS = (0x01, 0x20, 0x80)
"""A neighbouring digit, another case, another alphabet."""


@pytest.fixture(scope="module")
def small(installation):
    """A short record and its evidence: fewer bytes to change."""
    base = installation.base(contents.decision(sections=(), summary=()))
    return installation.sign(installation.sign(base, "CISO"), "CIO"), installation.evidence(base)


def outcome(pdf: bytes, evidence) -> str:
    try:
        return validate_record(pdf, evidence).indication
    except NotARecord:
        return "unreadable"


def survivors(pdf: bytes, evidence, places, flips) -> list[tuple[int, int, str]]:
    found = []
    changed = bytearray(pdf)
    for place in places:
        for flip in flips:
            changed[place] ^= flip
            said = outcome(bytes(changed), evidence)
            changed[place] ^= flip
            if said not in (Indication.FAILED, "unreadable"):
                found.append((place, flip, said))
    return found


def delicate(pdf: bytes) -> set[int]:
    """Where a change is most likely to go unseen: both ends of each signature, each revision, and the padding."""
    places = set(range(32)) | set(range(len(pdf) - 64, len(pdf)))
    for revision in structure.scan(pdf).revisions:
        signature_end = revision.hole + 1 + 2 * len(revision.signature)
        for edge in (revision.start, revision.hole, signature_end, revision.resume, revision.end):
            places |= set(range(max(0, edge - 40), min(len(pdf), edge + 40)))
        places |= set(range(signature_end, revision.resume, 199))
    return places


def test_the_unchanged_record_passes(small):
    pdf, evidence = small

    assert outcome(pdf, evidence) == Indication.PASSED


@pytest.mark.attack("a flipped byte of a record", refusal="TOTAL-FAILED or unreadable")
def test_no_changed_byte_survives_sampled(small):
    pdf, evidence = small
    places = sorted(delicate(pdf) | set(range(0, len(pdf), 211)))[::4]

    assert [found for flip in range(3) for found in survivors(pdf, evidence, places[flip::3], (FLIPS[flip],))] == []


@pytest.mark.attack("a flipped byte of a record", refusal="TOTAL-FAILED or unreadable")
@pytest.mark.exhaustive
def test_no_change_of_a_delicate_byte_survives(small):
    pdf, evidence = small

    assert survivors(pdf, evidence, sorted(delicate(pdf)), FLIPS) == []


def test_no_changed_byte_of_a_signature_survives(small):
    pdf, evidence = small
    revision = structure.scan(pdf).revisions[0]
    places = range(revision.hole, revision.hole + 2 * len(revision.signature), 61)

    assert survivors(pdf, evidence, places, (0x01, 0x20)) == []


@pytest.mark.exhaustive
def test_no_changed_byte_of_a_signature_survives_in_short_steps(small):
    pdf, evidence = small
    revision = structure.scan(pdf).revisions[0]
    places = range(revision.hole, revision.hole + 2 * len(revision.signature), 5)

    assert survivors(pdf, evidence, places, (0x01, 0x20)) == []


@pytest.mark.attack("a flipped byte of a record", refusal="TOTAL-FAILED or unreadable")
@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(4))
def test_no_changed_byte_survives(small, part):
    """Every byte once, in four parts so that several workers can share them; delicate ones are tried above in every way."""
    pdf, evidence = small
    quarter = -(-len(pdf) // 4)
    places = sorted(set(range(part * quarter, min(len(pdf), (part + 1) * quarter))) - delicate(pdf))

    assert [found for flip in range(3) for found in survivors(pdf, evidence, places[flip::3], (FLIPS[flip],))] == []


def test_no_shortened_or_lengthened_record_survives(small):
    pdf, evidence = small
    ends = {item.end for item in structure.scan(pdf).revisions} | {structure.scan(pdf).base_length}

    for end in range(0, len(pdf), 1997):
        if end not in ends:
            assert outcome(pdf[:end], evidence) in (Indication.FAILED, "unreadable")
    for place in sorted(delicate(pdf))[::29]:
        assert outcome(pdf[:place] + b"\n" + pdf[place:], evidence) in (Indication.FAILED, "unreadable")
        assert outcome(pdf[:place] + pdf[place + 1 :], evidence) in (Indication.FAILED, "unreadable")
