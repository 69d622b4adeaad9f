"""Setting text: lines, fonts, placeholders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from intake.domain.base.visible import uncovered
from intake.records.editions.e1.edition import E1
from intake.records.editions.e1.stationery import BODY, TITLE
from intake.records.editions.e1.text import Typesetter
from intake.records.fonts import Glyphs
from tests.records import contents


@pytest.fixture
def setter(fonts):
    return Typesetter(fonts)


def drawn(lines) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines]


def test_words_stay_whole_and_no_line_is_too_wide(setter):
    text = "The assistant drafts and never sends, and a clerk reads every letter before it leaves the house. " * 4

    lines = setter.lines(text, BODY, 200)

    assert " ".join(drawn(lines)).split() == text.split()
    assert max(line.width for line in lines) <= 200


def test_line_ends_are_kept(setter):
    assert drawn(setter.lines("one\n\ntwo\r\nthree", BODY, 200)) == ["one", "", "two", "three"]


def test_a_word_longer_than_the_line_is_broken_and_nothing_is_lost(setter):
    lines = setter.lines("x" * 500, BODY, 120)

    assert "".join(drawn(lines)) == "x" * 500
    assert max(line.width for line in lines) <= 120


@pytest.mark.parametrize("text", contents.HOSTILE)
def test_markup_is_only_text(setter, text):
    lines = setter.lines(text, BODY, 10_000)

    read = "\n".join(line.actual or "".join(run.text for run in line.runs) for line in lines)
    assert read == "\n".join(uncovered(text).expandtabs(4).splitlines())


def test_a_character_no_font_has_is_shown_as_a_box_and_remembered(setter):
    (line,) = setter.lines("before 😀 after", BODY, 500)

    assert drawn([line]) == ["before ▯ after"]
    assert line.actual == "before 😀 after"
    assert setter.missing == {"😀"}


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "Zürich – Ελλάδα, Привет",
        "受信した手紙を分類",
        "आने वाले 👨\u200d👩\u200d👧\ufe0f",
        "ሰላም",
        "שלום عربي ไทย ქარ Ա ≤ ✓",
        "a\u2063b\u00adc\u200bd\u2028e\tf\ng",
        "\ufffd and \u25af",
    ],
)
def test_what_will_be_a_box_is_known_before_anything_is_printed(setter, text):
    setter.lines(text, BODY, 10_000)

    assert set(Glyphs(resources.read, E1.font_files).lacking(text)) == setter.missing


@pytest.mark.attack("letters that are there and are drawn as nothing", refusal="a placeholder stands for each")
def test_what_is_drawn_as_nothing_is_a_box_and_remembered(setter):
    (line,) = setter.lines("a\u2063b\ufe0fc\u00ad", BODY, 500)

    assert drawn([line]) == ["a▯b▯c▯"]
    assert setter.missing == {"\u2063", "\ufe0f", "\u00ad"}


def test_what_shapes_its_neighbours_is_not_a_box(setter):
    (line,) = setter.lines("رو\u200cم ✓\ufe0f א\u200f", BODY, 500)

    assert "▯" not in "".join(drawn([line]))
    assert setter.missing == set()


def test_each_script_comes_from_a_font_that_has_it(setter, fonts):
    (line,) = setter.lines("Latin Ελλ Рус שלום ไทย ქარ ≤ ✓", TITLE, 2000)

    assert len({run.font for run in line.runs}) >= 5
    assert setter.missing == set()


def test_right_to_left_text_stands_on_the_right_and_keeps_its_logical_text(setter):
    (line,) = setter.lines("שלום", BODY, 500)

    assert not line.rightward
    assert drawn([line]) == ["םולש"]
    assert line.actual == "שלום"


@given(st.text(max_size=200), st.floats(min_value=5, max_value=400))
def test_any_text_is_set_within_the_width(fonts, text, width):
    setter = Typesetter(fonts)

    lines = setter.lines(text, BODY, width)

    assert lines
    # One character may be wider than the narrowest column.
    assert all(line.width <= max(width, 30) for line in lines)
