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
from pikepdf import Array, Dictionary, Name, String

from intake.domain.canonical import sha256
from intake.records import metadata, pages, tags, wording
from intake.records.content import TWIN_NAME, RecordContent, twin
from intake.records.fonts import Fonts

LAYOUT = "1"
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
        _describe(pdf, content)
        _intend_colour(pdf, icc)
        _attach_twin(pdf, data, content)
        target = BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            min_version="1.7",
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def made_with(fonts: Fonts) -> dict[str, str]:
    """What the bytes of a base depend on beside its content."""
    return {
        "layout": LAYOUT,
        "fonts": fonts.digest,
        "reportlab": str(reportlab.__version__),
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
    }


def _describe(pdf: pikepdf.Pdf, content: RecordContent) -> None:
    title = wording.DOCUMENT_TITLE.format(reference=content.reference, title=content.title)
    packet = pdf.make_stream(metadata.xmp(title, content.language, content.dated))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(content.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseNone
    date = metadata.pdf_date(content.dated)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=title, Producer=metadata.PRODUCER, Creator=metadata.PRODUCER, CreationDate=date, ModDate=date)
    )
    for page in pdf.pages:
        if Name.Trans in page.obj:  # ReportLab writes an empty transition, which PDF/A does not know
            del page.obj.Trans


def _intend_colour(pdf: pikepdf.Pdf, icc: bytes) -> None:
    profile = pdf.make_stream(icc)
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"), DestOutputProfile=profile
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


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
