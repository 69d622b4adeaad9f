"""One byte grammar: whatever two readers could read differently is no record, whoever signed it."""

from __future__ import annotations

import pytest

from intake.records import structure
from intake.records.refusals import BrokenRecord
from intake.records.validate import validate_record
from intake.records.verdict import Indication, SubIndication
from tests.records import attacks_structure as attacks
from tests.records import sections
from tests.records.attacks_structure import REFUSALS, Trick


def named(trick: Trick) -> str:
    return trick.__name__


def tampered(pdf: bytes, trick: Trick, key) -> bytes:
    """``pdf`` with ``trick`` in its last section, signed again so that nothing else is wrong."""
    made = trick(sections.draft(pdf), attacks.target(pdf))
    return sections.resigned(made, key) if isinstance(made, bytes) else made.signed(key)


def test_a_record_is_written_again_from_its_pieces(both):
    assert sections.draft(both).written() == both


def test_signing_again_without_a_trick_passes(desk, base, both):
    again = sections.draft(both).signed(desk.keys["cio"])

    assert again != both
    assert validate_record(again, desk.evidence(base)).passed


def test_what_a_stream_holds_is_read_by_its_length(desk, base, both):
    pdf = tampered(both, attacks.harmless, desk.keys["cio"])

    assert validate_record(pdf, desk.evidence(base)).passed


@pytest.mark.attack(
    "section that two readers read differently, by the second signer", refusal="FORMAT_FAILURE: its own detail"
)
@pytest.mark.parametrize("trick", REFUSALS, ids=named)
def test_a_trick_of_the_second_signer(desk, base, both, trick):
    verdict = validate_record(tampered(both, trick, desk.keys["cio"]), desk.evidence(base))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
    assert REFUSALS[trick] in verdict.sentence


@pytest.mark.attack(
    "section that two readers read differently, by the first signer", refusal="BrokenRecord before countersigning"
)
@pytest.mark.parametrize("trick", [trick for trick in REFUSALS if trick is not attacks.skips_a_revision], ids=named)
def test_a_trick_of_the_first_signer_is_refused_before_anybody_countersigns(desk, first, trick):
    pdf = tampered(first, trick, desk.keys["ciso"])

    with pytest.raises(BrokenRecord) as refused:
        desk.sign(pdf, "CIO")
    assert REFUSALS[trick] in refused.value.what_happened


@pytest.mark.parametrize("trick", REFUSALS, ids=named)
def test_each_trick_changes_something(both, trick):
    made = trick(sections.draft(both), attacks.target(both))

    assert (made if isinstance(made, bytes) else made.written()) != both


def test_a_signature_belongs_to_the_field_that_points_to_it(both):
    assert [revision.field.value for revision in structure.scan(both).revisions] == ["CISO", "CIO"]
