"""Right-to-left text: levels, visual order and joined letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.records.editions.e1 import bidi


def shown(text: str) -> str:
    levels = bidi.levels(text)
    return "".join(
        bidi.mirrored(text[index]) if levels[index] % 2 else text[index] for index in bidi.visual_order(levels[:-1])
    )


@pytest.mark.parametrize(
    ("logical", "visual"),
    [
        ("plain text", "plain text"),
        ("אבג", "גבא"),
        ("car אבג car", "car גבא car"),
        ("אבג car דהו", "והד car גבא"),
        ("אבג 123 דהו", "והד 123 גבא"),
        ("אבג (דה) ו", "ו (הד) גבא"),
        ("price אבג 25% end", "price 25% גבא end"),
        ("אבג 1,234.5", "1,234.5 גבא"),
        ("ابج 12 د", "د 12 جبا"),
    ],
)
def test_visual_order(logical, visual):
    assert shown(logical) == visual


@pytest.mark.parametrize(
    ("text", "base"),
    [("אבג abc", 1), ("abc אבג", 0), ("... אבג", 1), ("123", 0), ("", 0)],
)
def test_the_first_strong_character_sets_the_direction(text, base):
    assert bidi.levels(text)[-1] == base


def test_letters_take_their_joined_forms():
    assert bidi.shaped("سلم") == ["\ufeb3", "\ufee0", "\ufee2"]


def test_a_letter_that_does_not_join_forward_stands_isolated_after_itself():
    assert bidi.shaped("دار") == ["\ufea9", "\ufe8d", "\ufead"]


def test_lam_and_alef_become_one_ligature():
    assert bidi.shaped("سلا") == ["\ufeb3", "\ufefc", ""]
    assert bidi.shaped("لا") == ["\ufefb", ""]


@given(st.text(alphabet="ab אבגسلام()[]12.,%-‏‎" + "\u0301", max_size=40))
def test_every_character_is_kept_exactly_once(text):
    levels = bidi.levels(text)

    order = bidi.visual_order(levels[:-1])

    assert sorted(order) == list(range(len(text)))
    assert len(levels) == len(text) + 1
    assert len(bidi.shaped(text)) == len(text)


@given(st.text(max_size=60))
def test_any_text_at_all_has_an_order(text):
    assert sorted(bidi.visual_order(bidi.levels(text)[:-1])) == list(range(len(text)))
    assert len(bidi.shaped(text)) == len(text)
