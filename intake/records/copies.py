"""A copy of the answers for the owner's own files: tagged pages like a record's, but unsigned, and it says so everywhere.

It is not a record: nothing in it is checked later, it carries no data for programs and has no place to sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf

from intake.domain.organisation.paper import Paper
from intake.records.content import Block, KeyValues, Paragraph, PrintedNotice, RecordSection
from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1 import tags
from intake.records.editions.e1.finishing import describe, intend_colour, written
from intake.records.editions.e1.sheets import WITH_SECTION, Drawn, Sheets, fact
from intake.records.fonts import Fonts

LETTERHEAD = "COPY OF THE ANSWERS"
TITLE = "Copy of the answers: {title}"
FOOTER = "Copy of the answers, not a decision"
FOOTER_FILED = "Copy of the answers, not a decision · {reference}"
NOTICE = (
    "Copy of the answers, not a decision. Nobody has signed these pages; whether the use case may run is decided by both "
    "offices, in a record that both have signed."
)

PLACEHOLDERS_IN = (
    "Some characters could not be drawn, because no font of this program has them, and an empty box is shown instead. They are in: "
    "{where}. What is stored and signed holds them exactly."
)

_SUMMARY = (26, 74)
"""A digest fits on one line."""
_ANSWERS = (38, 62)
"""Questions are whole sentences, longer than the labels of a record."""
_SENTENCE = 160


@dataclass(frozen=True, slots=True)
class CopyContent:
    """What a copy says. ``reference`` is empty while nothing is filed; ``dated`` is the only time in the file.

    ``placeholders`` are what the places are called in which characters are that no font here has.
    """

    title: str
    subtitle: str
    reference: str
    organisation_name: str
    dated: datetime
    summary: tuple[Block, ...]
    sections: tuple[RecordSection, ...]
    placeholders: tuple[str, ...] = ()
    language: str = "en-GB"
    paper: Paper = Paper.A4


def build_copy(content: CopyContent, *, fonts: Fonts, icc: bytes) -> bytes:
    """Make the PDF/A-3a and PDF/UA-1 file; ``icc`` is an sRGB profile. Equal content gives equal bytes."""
    drawn = _Copy(content, fonts).draw()
    with pikepdf.Pdf.open(BytesIO(drawn.pdf)) as pdf:
        tags.attach(pdf, drawn.root, drawn.widgets)
        title = TITLE.format(title=content.title)
        describe(pdf, title, content.language, content.dated)
        intend_colour(pdf, icc)
        return written(pdf)


class _Copy(Sheets):
    def __init__(self, content: CopyContent, fonts: Fonts) -> None:
        words = FOOTER_FILED if content.reference else FOOTER
        super().__init__(
            fonts, language=content.language, footer=words.format(reference=content.reference), paper=content.paper
        )
        self._content = content

    def draw(self) -> Drawn:
        content, flow, root = self._content, self._flow, self._root
        self._letterhead(LETTERHEAD, content.organisation_name)
        flow.text(root.add("H1"), content.title, look.TITLE)
        if content.subtitle:
            flow.y -= 5
            flow.text(root.add("P"), content.subtitle, look.SUBTITLE)
        flow.y -= 12
        self._block(PrintedNotice(NOTICE))
        if content.placeholders:
            self._block(PrintedNotice(PLACEHOLDERS_IN.format(where=", ".join(content.placeholders))))
        for block in content.summary:
            self._facts(block, _SUMMARY)
        for section in content.sections:
            self._section(section.title, least=_least(section))
            for block in section.blocks:
                self._facts(block, _ANSWERS)
        return self._finished()

    def _facts(self, block: Block, widths: tuple[int, int]) -> None:
        """Facts in separate columns, everything else as on any sheet."""
        if not isinstance(block, KeyValues):
            self._block(block)
            return
        self._table([fact(label, value) for label, value in block.rows], widths)
        self._flow.space(13)


def _least(section: RecordSection) -> float:
    """What must fit below the start of a section: of a sentence, the sentence."""
    match section.blocks:
        case (Paragraph(text),) if len(text) < _SENTENCE:
            return look.SECTION.leading + 3 * look.BODY.leading
        case _:
            return WITH_SECTION
