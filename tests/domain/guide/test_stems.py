"""Stems and kin: what two descriptions of one use have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.guide import stems
from intake.domain.guide.likeness import telling
from intake.domain.guide.stems import stem


@pytest.mark.parametrize(
    "same",
    [
        "transcribe transcribes transcribing transcription transcripts",
        "summarise summarize summary summaries summarization summarizing",
        "classify classifies classification classifying",
        "forecast forecasts forecasting forecasted",
        "translate translation translations translator",
        "detect detection detecting detected",
    ],
)
def test_the_forms_of_a_word_have_one_stem(same: str) -> None:
    assert len({stem(word) for word in telling(same)}) == 1


@pytest.mark.parametrize("word", ["ai", "cv", "議事", "überset", "gpt4", "face", "rail"])
def test_what_is_short_or_no_english_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


def test_kin_is_mutual_and_never_the_word_itself() -> None:
    for word in stems._kin_of():
        assert word not in stems.kin(word)
        assert all(word in stems.kin(other) for other in stems.kin(word))
    assert stem("transcript") in stems.kin(stem("minute"))


@given(st.text(max_size=60))
def test_any_word_has_a_stem_that_it_begins_with_or_a_turned_one(text: str) -> None:
    for word in telling(text):
        found = stem(word)
        assert found
        assert word.startswith(found) or found in stems._TURNED.values()
