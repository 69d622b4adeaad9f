"""The words for how long ago something was and how much time is left, the same on every screen."""

from __future__ import annotations

from datetime import timedelta

from ui.texts import Texts
from ui.theme import Tone

FRESH = timedelta(days=7)
"""How long a checkpoint counts as fresh before the word turns amber."""


def age_words(days: int) -> str:
    """How long ago, in days."""
    if days <= 0:
        return ClockTexts.tr("today")
    return ClockTexts.tr("yesterday") if days == 1 else ClockTexts.tr("%Ln days ago", "", days)


def left_words(days: int) -> tuple[str, Tone]:
    """How much time is left, and how pressing that is."""
    if days < 0:
        return ClockTexts.tr("%Ln days over", "", -days), Tone.BAD
    if days == 0:
        return ClockTexts.tr("due today"), Tone.WARN
    return ClockTexts.tr("%Ln days left", "", days), Tone.WARN if days <= 3 else Tone.NEUTRAL


class ClockTexts(Texts):
    pass
