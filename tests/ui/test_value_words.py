"""Values of the domain have one wording on every screen, and one of a newer version is shown as it is."""

from __future__ import annotations

import pytest

from intake.domain.case.phases import Phase
from ui.theme import Tone
from ui.words.cases import phase_sentence, phase_tone, phase_words, tier_words, turn_words


def test_every_phase_has_words_and_a_sentence_that_no_other_has() -> None:
    assert len({phase_words(phase) for phase in Phase}) == len(Phase)
    assert len({phase_sentence(phase) for phase in Phase}) == len(Phase)
    assert all(phase_words(phase) != phase.value and phase_sentence(phase) for phase in Phase)


def test_a_value_of_a_newer_version_is_shown_as_it_is() -> None:
    assert (phase_words("parked"), phase_tone("parked"), phase_sentence("parked")) == ("parked", Tone.NEUTRAL, "")
    assert (tier_words("severe"), tier_words("")) == ("severe", "Not assessed")
    assert turn_words(("board",)) == "Turn of board"


@pytest.mark.parametrize(
    ("turn", "mine", "said"),
    [
        ((), (), "Nobody’s turn"),
        (("ciso",), (), "CISO’s turn"),
        (("ciso",), ("ciso",), "Your turn"),
        (("cio", "ciso"), (), "Both offices’ turn"),
        (("cio", "ciso"), ("cio",), "You and the CISO"),
        (("owner", "cio", "ciso"), (), "Turn of the owner, the CIO and the CISO"),
        (("owner", "cio", "ciso"), ("owner",), "You and the CIO and the CISO"),
    ],
)
def test_whose_turn_it_is(turn: tuple[str, ...], mine: tuple[str, ...], said: str) -> None:
    assert turn_words(turn, mine) == said
