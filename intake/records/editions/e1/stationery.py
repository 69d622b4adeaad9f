"""How the record looks: paper, margins, colours and type. One accent colour, one family, plenty of space.

Measures are PDF points (1/72 inch); colours are sRGB as six hexadecimal digits, each readable on white at 4.5:1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from reportlab.lib.colors import Color, HexColor

from intake.domain.organisation.paper import Paper
from intake.records.editions.e1.text import Style

PAPER = "FFFFFF"
INK = "16202B"
QUIET = "5A6572"
ACCENT = "23507A"
LINE = "D5DBE0"
TINT = "F2F5F9"
DIFFERENT = "FBF4E4"

WIDTH = 483.276
"""Of what is set, on every paper: lines break alike on all of them, and a signature looks the same."""
BOTTOM = 58.0
PANEL_HEIGHT = 152.0
"""The signature panel at the foot of the first page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper. What is set stands in its middle, between ``top`` and ``BOTTOM``."""

    width: float
    height: float

    @property
    def left(self) -> float:
        return (self.width - WIDTH) / 2

    @property
    def top(self) -> float:
        return self.height - 48

    @property
    def room(self) -> float:
        """How high a whole page of content is."""
        return self.top - BOTTOM


SHEETS: Mapping[Paper, Sheet] = MappingProxyType({Paper.A4: Sheet(595.276, 841.89), Paper.LETTER: Sheet(612, 792)})

LETTERHEAD = Style(8.2, 12, ACCENT, bold=True, tracking=1.5)
ORGANISATION = Style(8.6, 12, QUIET)
TITLE = Style(21, 26, INK, bold=True)
SUBTITLE = Style(11.5, 17, QUIET)
SECTION = Style(13.5, 18, ACCENT, bold=True)
HEADING = Style(10.2, 14.4, INK, bold=True)
BODY = Style(9.0, 12.8, INK)
CELL = Style(8.4, 11.3, INK)
CELL_STRONG = Style(8.4, 11.3, INK, bold=True)
HEAD_CELL = Style(8.0, 11.3, QUIET, bold=True)
SMALL = Style(8.2, 12.2, QUIET)
COMMAND = Style(8.2, 12.0, INK)
CHECK = Style(8.8, 12.6, INK)
WORDS = Style(9.6, 14.0, INK, bold=True)
FOOTER = Style(7.6, 10, QUIET)


@cache
def colour(digits: str) -> Color:
    """One of the colours above as the canvas takes it."""
    return HexColor(f"#{digits}")
