"""The look of a signature stays in its field, whichever reader draws it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.case.seals import BLANK
from intake.records.content import SignatureField
from intake.records.editions.edition import Signing
from intake.records.proof import seals
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication
from intake.records.reading import structure
from intake.records.reading.drawings import LOOK, is_drawing
from intake.records.reading.font_widths import are_its_own
from intake.records.refusals import ForeignChange
from tests.records import attacks
from tests.records.conftest import AT
from tests.records.refused import code_of
from tests.records.sections import draft

HONEST = b"1 0 0 1 0 0 cm \n.9 w\nBT 1 0 0 1 44 36.34 Tm /F1+0 11.6 Tf 16 TL (\\001 \\002) Tj ET\n \n"


def redrawn(pdf: bytes, key, name: bytes, data: bytes) -> bytes:  # type: ignore[no-untyped-def]
    """The record whose last signature shows ``data`` as its look or its drawing, signed again."""
    made = draft(pdf)
    number = next(
        number
        for number, raw in made.objects
        if b"/Subtype /Form" in raw and (b"/Appearance Do" in raw) is (name == b"look")
    )
    raw = next(raw for one, raw in made.objects if one == number)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(data), raw[: raw.index(b"\nstream\n")])
    spelled = head + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    return replace(made, objects=tuple((n, spelled if n == number else item) for n, item in made.objects)).signed(key)


@pytest.mark.attack("a look flattened, turned or stretched, to draw outside its field", refusal="ForeignChange")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        (b"look", b"q q /BackgroundGS gs q 1 0 0 0 0 10 cm /Appearance Do Q Q Q"),
        (b"look", LOOK.replace(b"1 0 0 1 0 0 cm", b"1 0 0 0 0 72 cm")),
        (b"look", LOOK.replace(b"1 0 0 1 0 0 cm", b"9 0 0 9 0 0 cm")),
        (b"look", LOOK.replace(b"1 0 0 1 0 0 cm", b"1 0 0 1 0 20 cm")),
        (b"look", b"0 0 9 9 re f " + LOOK),
        (b"look", b""),
        (b"drawing", HONEST.replace(b"1 0 0 1 0 0 cm", b"1 0 0 0 0 0 cm")),
        (b"drawing", HONEST.replace(b"1 0 0 1 44", b"1 0 0 0 44")),
        (b"drawing", HONEST.replace(b"1 0 0 1 44", b"0 1 -1 0 44")),
        (b"drawing", HONEST.replace(b"1 0 0 1 44", b"1e9 0 0 1 44")),
        (b"drawing", HONEST.replace(b" 44 36.34", b" 4400000 36.34")),
        (b"drawing", HONEST + b"Q Q q\n"),
        (b"drawing", HONEST + b"/Appearance Do\n"),
        (b"drawing", HONEST + b"BI /W 1 /H 1 ID x EI\n"),
        (b"drawing", HONEST + b"0 0 9 9 re W n\n"),
        (b"drawing", HONEST + b"% words\n"),
    ],
)
def test_a_look_that_draws_otherwise_is_refused(installation, base, both, keys, name, data):
    pdf = redrawn(both, keys["cio"], name, data)

    with pytest.raises(ForeignChange) as refused:
        structure.scan(pdf)

    assert code_of(refused.value) == "IncrementsTheLookOfASignatureDrawsOtherwise"
    assert seals.record_file(pdf) == BLANK
    verdict = validate_record(pdf, installation.evidence(base))
    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)


@pytest.mark.parametrize("data", [HONEST, HONEST.replace(b"11.6", b"11.60"), HONEST.replace(b" 44 ", b" 44.0 ")])
def test_what_stays_in_its_box_is_read(both, keys, data):
    assert len(seals.record_file(redrawn(both, keys["cio"], b"drawing", data)).keys) == 2


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from(SignatureField))
def test_whatever_somebody_is_called_stays_in_its_box(name: str, field: SignatureField) -> None:
    printer = attacks.printer()
    look = printer.look(printer.newest, field, Signing(name, "ab" * 32, AT))
    with pikepdf.Pdf.open(BytesIO(look.pdf)) as pdf:
        assert is_drawing(pdf.pages[0].Contents.read_bytes())


@pytest.mark.attack("a look in letters of another width or of a font that is not there", refusal="ForeignChange")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/Widths \[ 0 (\d+)", rb"/Widths [ 0 1\1"),
        (rb"/Widths \[ 0 (\d)", rb"/Widths [ 0 -\1"),
        (rb"/LastChar \d+", rb"/LastChar 200"),
        (rb"/FirstChar 0", rb"/FirstChar 1"),
        (rb"/F(\d)\+0 (\d+) 0 R", rb"/endstreamF\1+0 \2 0 R"),
        (rb"/F(\d)\+0 (\d+) 0 R", rb"/F\1+9 \2 0 R"),
    ],
)
def test_a_look_has_the_letters_of_its_own_fonts(both, keys, old, new):
    """Readers differ where words are placed by other widths than the letters have, and where a font is missing."""
    made = draft(both)
    spelled = tuple((number, re.sub(old, new, raw, count=1)) for number, raw in made.objects)
    assert spelled != made.objects

    with pytest.raises(ForeignChange) as refused:
        structure.scan(replace(made, objects=spelled).signed(keys["cio"]))

    assert code_of(refused.value) == "IncrementsTheFontsOfASignatureAreNotIn"


@pytest.mark.parametrize("program", [b"", b"\x00\x01\x00\x00\x00\x01", b"\x00\x01\x00\x00\xff\xff" + b"x" * 99])
def test_a_font_in_another_form_has_no_widths(program):
    assert not are_its_own([500], program, 0)
