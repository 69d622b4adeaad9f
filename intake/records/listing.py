"""A list of use cases on paper: tagged pages like a record's, unsigned, saying what was listed, by whom it was asked and on which day.

It is not a record: nothing in it is checked later, and it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf

from intake.domain.organisation.paper import Paper
from intake.records.content import KeyValues, PrintedNotice, PrintedTable
from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1 import tags
from intake.records.editions.e1.finishing import describe, intend_colour, written
from intake.records.editions.e1.sheets import Drawn, Sheets
from intake.records.fonts import Fonts

LETTERHEAD = "LIST OF USE CASES"
FOOTER = "A list, not a decision"
NOTICE = (
    "A list of what one register held at that moment. Nobody has signed these pages; whether a use case may run is in its record, "
    "which both offices have signed."
)

PLACEHOLDERS = (
    "Some characters of names could not be drawn, because no font of this program has them, and an empty box is shown instead. The "
    "register and the records hold them exactly."
)


@dataclass(frozen=True, slots=True)
class ListContent:
    """``placeholders`` tells that a name has characters that no font here has. ``facts`` say what was listed, ``widths`` are relative. ``dated`` is the only time in the file."""

    title: str
    organisation_name: str
    dated: datetime
    facts: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    placeholders: bool = False
    language: str = "en-GB"
    paper: Paper = Paper.A4


def build_listing(content: ListContent, *, fonts: Fonts, icc: bytes) -> bytes:
    """Make the PDF/A-3a and PDF/UA-1 file; ``icc`` is an sRGB profile. Equal content gives equal bytes."""
    drawn = _Listing(content, fonts).draw()
    with pikepdf.Pdf.open(BytesIO(drawn.pdf)) as pdf:
        tags.attach(pdf, drawn.root, drawn.widgets)
        describe(pdf, content.title, content.language, content.dated)
        intend_colour(pdf, icc)
        return written(pdf)


class _Listing(Sheets):
    def __init__(self, content: ListContent, fonts: Fonts) -> None:
        super().__init__(fonts, language=content.language, footer=FOOTER, paper=content.paper)
        self._content = content

    def draw(self) -> Drawn:
        content, flow, root = self._content, self._flow, self._root
        self._letterhead(LETTERHEAD, content.organisation_name)
        flow.text(root.add("H1"), content.title, look.TITLE)
        flow.y -= 12
        self._block(PrintedNotice(NOTICE))
        if content.placeholders:
            self._block(PrintedNotice(PLACEHOLDERS))
        self._block(KeyValues(content.facts))
        self._block(PrintedTable(content.header, content.rows, content.widths))
        return self._finished()
