"""What each office has said so far: the two halves of the ring, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.texts import Texts


class Half(StrEnum):
    """What one office has said so far."""

    OPEN = "open"
    FILLED = "filled"
    DECLINED = "declined"
    CHANGES = "changes"
    SUSPENDS = "suspends"
    OUTDATED = "outdated"
    OTHER = "other"
    """It signed other terms than those that are on the table now."""


@dataclass(frozen=True, slots=True)
class RingState:
    """Both halves. ``cio`` is drawn left, ``ciso`` right. ``over``: both signed, and what they signed has ended, or (``left``)
    something else took its place or ended it.
    """

    cio: Half = Half.OPEN
    ciso: Half = Half.OPEN
    over: bool = False
    left: bool = False

    @property
    def closed(self) -> bool:
        return self.cio is Half.FILLED and self.ciso is Half.FILLED


def ring_words(state: RingState) -> str:
    """The ring in words, for screen readers, tooltips and the text beside it."""
    if state.closed and state.left:
        return RingTexts.tr("Signed by both, CIO and CISO; not in force now")
    if state.closed and state.over:
        return RingTexts.tr("Signed by both, CIO and CISO; expired")
    if state.closed:
        return RingTexts.tr("Signed by both: CIO and CISO")
    return RingTexts.tr("CIO: {cio}. CISO: {ciso}.").format(cio=half_words(state.cio), ciso=half_words(state.ciso))


def half_words(half: Half) -> str:
    """What one half means, in one or two words."""
    match half:
        case Half.OPEN:
            return RingTexts.tr("not signed yet")
        case Half.FILLED:
            return RingTexts.tr("signed")
        case Half.DECLINED:
            return RingTexts.tr("declined")
        case Half.CHANGES:
            return RingTexts.tr("asks for changes")
        case Half.SUSPENDS:
            return RingTexts.tr("suspends it")
        case Half.OUTDATED:
            return RingTexts.tr("signed an earlier revision")
        case Half.OTHER:
            return RingTexts.tr("signed other terms")


class RingTexts(Texts):
    pass
