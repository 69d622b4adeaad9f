"""What home shows at its first paint, before anything else is known: the newest cases of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from intake.domain.case.phases import EXPIRED, phase_on
from ui.home.rows import Need
from ui.texts import Texts
from ui.words.cases import phase_tone, phase_words, ring
from ui.words.clocks import age_words
from ui.words.ring import RingState

if TYPE_CHECKING:
    from intake.services.lists.cases import CaseRow

SHOWN = 5
"""Lines per group; the place behind it has the rest."""


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A card of the page. ``count`` is how much there is of it, 0 where that says nothing; ``key`` names it while some of its lines are
    not shown (``folded``).
    """

    title: str
    needs: tuple[Need, ...]
    count: int = 0
    key: str = ""


def lately(rows: tuple[CaseRow, ...], today: date) -> NeedCard:
    """The newest cases of the register: all that the first paint knows."""
    lines = tuple(
        Need(
            row.title,
            f"{row.reference} · {row.unit} · {age_words((today - row.newest.date()).days)}",
            "case",
            row.case,
            phase_words(phase_on(row, today)),
            phase_tone(phase_on(row, today)),
            ring=ring_of(row, today),
        )
        for row in rows[:SHOWN]
    )
    return NeedCard(HomeTexts.tr("Newest in the register"), lines)


def ring_of(row: CaseRow, today: date) -> RingState:
    return ring(row.cio, row.ciso, over=phase_on(row, today) == EXPIRED)


class HomeTexts(Texts):
    pass
