"""The base: the unsigned record, a tagged PDF/A-3a and PDF/UA-1 file with its empty signature fields.

The same content gives the same bytes on every rebuild, so an office can make the base again before it signs. Nothing
in it depends on the clock, and every stream is written uncompressed, so no compressor's version shows in the bytes;
library versions that could change them stand in the twin.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pikepdf
import reportlab
from pikepdf import Name

from intake.domain.canonical import sha256
from intake.records.content import TWIN_NAME, RecordContent, twin
from intake.records.editions.e1 import metadata, pages, tags, wording
from intake.records.editions.e1.finishing import describe, intend_colour, written
from intake.records.fonts import Fonts

LAYOUT = "2"
"""Raised whenever the same content would be drawn differently."""


def build_base(
    content: RecordContent, *, fonts: Fonts, icc: bytes, made_with_others: Mapping[str, str] | None = None
) -> bytes:
    """Make the unsigned PDF. ``icc`` is an sRGB profile. Raises canonical.NotCanonical for unstorable text.

    ``made_with_others`` stands in the twin instead of our own versions when a base of other versions is compared.
    """
    data = twin(content, made_with_others or made_with(fonts))
    drawn = pages.draw(content, fonts, sha256(data))
    with pikepdf.Pdf.open(BytesIO(drawn.pdf)) as pdf:
        tags.attach(pdf, drawn.root, drawn.widgets)
        title = wording.DOCUMENT_TITLE.format(reference=content.reference, title=content.title)
        describe(pdf, title, content.language, content.dated)
        intend_colour(pdf, icc)
        _attach_twin(pdf, data, content)
        return written(pdf)


def made_with(fonts: Fonts) -> dict[str, str]:
    """What the bytes of a base depend on beside its content."""
    return {
        "layout": LAYOUT,
        "fonts": fonts.digest,
        "reportlab": str(reportlab.__version__),
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
    }


def _attach_twin(pdf: pikepdf.Pdf, data: bytes, content: RecordContent) -> None:
    date = metadata.pdf_date(content.dated)
    pdf.attachments[TWIN_NAME] = pikepdf.AttachedFileSpec(
        pdf,
        data,
        filename=TWIN_NAME,
        mime_type="application/json",
        description="The record as data, for programs",
        relationship=Name.Data,  # type: ignore[call-arg]  # missing in the stub of pikepdf 10.17
        creation_date=date,
        mod_date=date,
    )
