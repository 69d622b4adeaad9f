"""The base: the unsigned record, a tagged PDF/A-3a and PDF/UA-1 file with its empty signature fields.

The same content gives the same bytes on every rebuild, so an office can make the base again before it signs. Nothing
in it depends on the clock, and every stream is written uncompressed, so no compressor's version shows in the bytes;
library versions that could change them are in the twin.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from io import BytesIO

import pikepdf
import reportlab
from pikepdf import Name

from intake.domain.base.canonical import sha256
from intake.records.content import TWIN_NAME, RecordContent, RecordKind
from intake.records.editions.e1 import metadata, pages, tags, wording
from intake.records.editions.e1.finishing import describe, intend_colour, written
from intake.records.editions.e1.twin import twin
from intake.records.fonts import Fonts


def build_base(
    content: RecordContent, *, edition: int, made_with: Mapping[str, str], fonts: Fonts, icc: bytes
) -> bytes:
    """Make the unsigned PDF. ``icc`` is an sRGB profile. Raises canonical.NotCanonical for unstorable text.

    ``edition`` and ``made_with`` are in the twin; the number is another when a later edition shares this layout.
    """
    data = twin(content, edition=edition, made_with=made_with)
    drawn = pages.draw(content, fonts, sha256(data))
    with pikepdf.Pdf.open(BytesIO(drawn.pdf)) as pdf:
        tags.attach(pdf, drawn.root, drawn.widgets)
        words = wording.NOTICE_TITLE if content.kind is RecordKind.NOTICE else wording.DOCUMENT_TITLE
        title = words.format(reference=content.reference, title=content.title)
        describe(pdf, title, wording.LANGUAGE, content.dated)
        intend_colour(pdf, icc)
        _attach_twin(pdf, data, content)
        return written(pdf)


def made_with(fonts: Fonts) -> dict[str, str]:
    """What the bytes of a base depend on beside its content and its edition.

    How letters join and which way they run is what the interpreter's own table of characters says (``unicode``).
    """
    return {
        "fonts": fonts.digest,
        "reportlab": str(reportlab.__version__),
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
        "unicode": unicodedata.unidata_version,
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
