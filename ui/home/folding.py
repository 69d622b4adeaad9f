"""What of all that needs somebody is shown at once: the most pressing, and of everything else what it is and how much."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from ui.home.first import HomeTexts, NeedCard
from ui.home.rows import Need

OF_ONE = 3
"""So many lines of a group are shown at once."""
AT_ONCE = 7
"""So many of all groups: about what a small screen has room for."""


def folded(cards: Iterable[NeedCard], opened: Collection[str]) -> tuple[NeedCard, ...]:
    """The first lines of the first groups, and one card that names the others; groups that are ``opened`` (titles) are whole."""
    found: list[NeedCard] = []
    later: list[NeedCard] = []
    left, every = AT_ONCE, [card for card in cards if card.needs]
    for place, card in enumerate(every):
        last = not later and place == len(every) - 1
        if card.title in opened:
            found.append(card)
        elif left > 0 or last:
            found.append(_shortened(card, max(1, min(OF_ONE, left))))
            left -= len(found[-1].needs)
        else:
            later.append(card)
    if later:
        found.append(NeedCard(HomeTexts.tr("And besides"), tuple(_named(card) for card in later)))
    return tuple(found)


def _shortened(card: NeedCard, lines: int) -> NeedCard:
    # To say that one line is not shown takes as much room as the line.
    whole = len(card.needs) <= lines + 1
    return card if whole else replace(card, needs=card.needs[:lines], key=card.title)


def _named(card: NeedCard) -> Need:
    """A group as one line, which opens it."""
    count = card.count or len(card.needs)
    first = card.needs[0]
    return Need(card.title, first.title, "", card.title, str(count), icon="next")
