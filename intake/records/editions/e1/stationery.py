"""How the record looks: paper, margins, colours and type. One accent colour, one family, plenty of space.

Measures are PDF points (1/72 inch); colours are sRGB as six hexadecimal digits, each readable on white at 4.5:1.
"""

from __future__ import annotations

from functools import cache

from reportlab.lib.colors import Color, HexColor

from intake.records.editions.e1.text import Style

PAPER = "FFFFFF"
INK = "16202B"
QUIET = "5A6572"
ACCENT = "23507A"
LINE = "D5DBE0"
TINT = "F2F5F9"
DIFFERENT = "FBF4E4"

PAGE = (595.276, 841.89)  # A4
LEFT = 56.0
RIGHT = 56.0
TOP = 52.0
BOTTOM = 66.0
WIDTH = PAGE[0] - LEFT - RIGHT
PANEL_HEIGHT = 142.0
"""The signature panel at the foot of the first page."""

LETTERHEAD = Style(8.2, 12, ACCENT, bold=True, tracking=1.5)
ORGANISATION = Style(8.6, 12, QUIET)
TITLE = Style(21, 26, INK, bold=True)
SUBTITLE = Style(11.5, 17, QUIET)
SECTION = Style(13.5, 18, ACCENT, bold=True)
HEADING = Style(10.6, 15.5, INK, bold=True)
BODY = Style(9.2, 13.4, INK)
CELL = Style(8.6, 11.9, INK)
CELL_STRONG = Style(8.6, 11.9, INK, bold=True)
HEAD_CELL = Style(8.2, 11.9, QUIET, bold=True)
SMALL = Style(8.2, 12.2, QUIET)
COMMAND = Style(8.2, 12.0, INK)
CHECK = Style(9.0, 13.2, INK)
WORDS = Style(9.6, 14.0, INK, bold=True)
FOOTER = Style(7.6, 10, QUIET)


@cache
def colour(digits: str) -> Color:
    """One of the colours above as the canvas takes it."""
    return HexColor(f"#{digits}")
