"""One byte grammar: whatever two readers could read differently is no record, even when it is signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication
from intake.records.reading import structure
from intake.records.refusals import BrokenRecord, ForeignChange
from tests.records import attacks_structure as attacks
from tests.records import sections
from tests.records.attacks_structure import BASE_REFUSALS, REFUSALS, Trick, tampered


def named(trick: Trick) -> str:
    return trick.__name__


def test_a_record_is_written_again_from_its_pieces(both):
    assert sections.draft(both).written() == both


def test_signing_again_without_a_trick_passes(installation, base, both):
    again = sections.draft(both).signed(installation.keys["cio"])

    assert again != both
    assert validate_record(again, installation.evidence(base)).passed


def test_what_a_stream_holds_is_read_by_its_length(installation, base, both):
    pdf = tampered(both, attacks.harmless, installation.keys["cio"])

    assert validate_record(pdf, installation.evidence(base)).passed


@pytest.mark.attack(
    "two tables or two trailers in one section", refusal="its table of contents does not end as it should"
)
@pytest.mark.attack("one number twice in one table", refusal="its table of contents does not list exactly its objects")
@pytest.mark.attack("one object written twice", refusal="its objects are not in order")
@pytest.mark.attack(
    "an object the table does not list", refusal="its table of contents does not list exactly its objects"
)
@pytest.mark.attack("an object of the base replaced by a section", refusal="more was changed than one signature field")
@pytest.mark.attack("an object freed, or of another generation", refusal="BrokenRecord with its own detail")
@pytest.mark.attack("a table that leads past a revision", refusal="a revision does not follow the one before it")
@pytest.mark.attack("tables and objects in streams", refusal="its table of contents is hidden in a stream")
@pytest.mark.attack("a packed stream, or one outside the file", refusal="a stream is packed, or is outside the file")
@pytest.mark.attack("a trailer with another root, title, identity or size", refusal="BrokenRecord with its own detail")
@pytest.mark.attack("one key twice in a dictionary", refusal="a dictionary that says one thing twice")
@pytest.mark.attack("a name with an escaped letter", refusal="a name that hides a letter behind its number")
@pytest.mark.attack("comments and other white space", refusal="BrokenRecord with its own detail")
@pytest.mark.attack(
    "a number kept free for a later section", refusal="the new objects are not numbered one after the other"
)
@pytest.mark.attack("a look that draws the page, or over it", refusal="ForeignChange with its own detail")
@pytest.mark.parametrize("trick", REFUSALS, ids=named)
def test_a_trick_of_the_second_signer(installation, base, both, trick):
    verdict = validate_record(tampered(both, trick, installation.keys["cio"]), installation.evidence(base))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
    assert REFUSALS[trick] in verdict.sentence


@pytest.mark.attack(
    "a section two readers read differently, by the first signer", refusal="BrokenRecord before countersigning"
)
@pytest.mark.parametrize("trick", [trick for trick in REFUSALS if trick is not attacks.skips_a_revision], ids=named)
def test_a_trick_of_the_first_signer_is_refused_before_anybody_countersigns(installation, first, trick):
    pdf = tampered(first, trick, installation.keys["ciso"])

    with pytest.raises(BrokenRecord) as refused:
        installation.sign(pdf, "CIO")
    assert REFUSALS[trick] in refused.value.what_happened


@pytest.mark.attack("a base two readers read differently", refusal="BrokenRecord with its own detail")
@pytest.mark.parametrize("trick", BASE_REFUSALS, ids=named)
def test_a_trick_with_the_base_is_refused_before_anybody_signs(installation, base, trick):
    made = trick(sections.draft(base), attacks.target_of_base(base))
    pdf = made if isinstance(made, bytes) else made.written()

    with pytest.raises(BrokenRecord) as refused:
        installation.sign(pdf, "CIO")
    assert BASE_REFUSALS[trick] in refused.value.what_happened


@pytest.mark.parametrize(
    "change", [(b"/Marked true", b"/Marked /true"), (b"/SigFlags 3", b"/SigFlags 3.0"), (b"/P 2\n", b"/P 2.0\n")]
)
def test_a_value_of_another_type_is_another_value(first, installation, change):
    made = sections.draft(first)
    old, new = change
    changed = tuple((number, raw.replace(old, new)) for number, raw in made.objects)
    assert changed != made.objects

    with pytest.raises(ForeignChange):
        structure.scan(replace(made, objects=changed).signed(installation.keys["ciso"]))


@pytest.mark.parametrize("trick", REFUSALS, ids=named)
def test_each_trick_changes_something(both, trick):
    made = trick(sections.draft(both), attacks.target(both))

    assert (made if isinstance(made, bytes) else made.written()) != both


def test_a_signature_belongs_to_the_field_that_points_to_it(both):
    assert [revision.field.value for revision in structure.scan(both).revisions] == ["CISO", "CIO"]
