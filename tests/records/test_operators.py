"""Two drawings are the same when they say the same, and only spaces and digits that change no value may differ."""

import pytest

from intake.records.reading.operators import same_drawing

DRAWN = b"q .9 w\n0 1 0 RG BT /F1+0 11.6 Tf 1 0 0 1 44 36.34 Tm (\\001 \\002) Tj ET B*\nQ"


@pytest.mark.parametrize(
    "other",
    [
        DRAWN.replace(b" Tj", b"\nTj").replace(b"1 0 0 1", b"1\n0\n0\n1"),
        DRAWN.replace(b"\n", b"  \n ") + b"\n",
        DRAWN.replace(b"11.6", b"11.60"),
        DRAWN.replace(b".9 w", b"0.900 w"),
        DRAWN.replace(b"44", b"44.0"),
        DRAWN.replace(b"(\\001 \\002)", b"<012002>"),
    ],
)
def test_other_spaces_and_digits_draw_the_same(other):
    assert other != DRAWN
    assert same_drawing(DRAWN, other)


@pytest.mark.parametrize(
    "other",
    [
        DRAWN.replace(b"\\002", b"\\003"),
        DRAWN.replace(b"(\\001 \\002)", b"(\\001  \\002)"),
        DRAWN.replace(b"F1+0", b"F2+0"),
        DRAWN.replace(b"11.6", b"11.61"),
        DRAWN.replace(b"36.34", b"-36.34"),
        DRAWN.replace(b"0 1 0 RG", b"1 0 0 RG"),
        DRAWN.replace(b"0 1 0 RG", b"0 1 0 rg"),
        DRAWN.replace(b"B*", b"B"),
        DRAWN.replace(b"Tj", b"/Tj"),
        DRAWN.replace(b"Q", b"Q q Q"),
        DRAWN.replace(b"ET", b"%ET\nET"),
        DRAWN.replace(b" Tj", b"Tj"),
        DRAWN.replace(b"44 36", b"44\x0036"),
        DRAWN[:-2],
        b"",
    ],
)
def test_any_other_difference_is_seen(other):
    assert not same_drawing(DRAWN, other)


def test_a_drawing_that_no_record_has_is_compared_to_the_byte():
    odd = b"BI /W 1 ID \xff EI"
    assert same_drawing(odd, odd)
    assert not same_drawing(odd, odd + b" ")
