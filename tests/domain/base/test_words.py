"""Digests read aloud."""

from __future__ import annotations

from intake.domain.base import words


def test_every_byte_has_a_word_of_its_own() -> None:
    spoken = words.spoken(bytes(range(256)).hex(), count=256).split()

    assert len(spoken) == len(set(spoken)) == 256


def test_ten_words_stand_for_eighty_bits() -> None:
    assert len(words.spoken("ab" * 32).split()) == 10
    assert words.spoken("00" * 32) != words.spoken("00" * 9 + "01" + "00" * 22)
