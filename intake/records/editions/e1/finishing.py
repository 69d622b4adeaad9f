"""What makes drawn and tagged pages a PDF/A-3a and PDF/UA-1 file, and how it is written: the same bytes every time."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from intake.records.editions.e1 import metadata


def describe(pdf: pikepdf.Pdf, title: str, language: str, dated: datetime) -> None:
    """Metadata, language and title; ``dated`` is the only time in the file."""
    packet = pdf.make_stream(metadata.xmp(title, language, dated))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseNone
    date = metadata.pdf_date(dated)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=title, Producer=metadata.PRODUCER, Creator=metadata.PRODUCER, CreationDate=date, ModDate=date)
    )
    for page in pdf.pages:
        if Name.Trans in page.obj:  # ReportLab writes an empty transition, which PDF/A does not know
            del page.obj.Trans


def intend_colour(pdf: pikepdf.Pdf, icc: bytes) -> None:
    """Say that colours are sRGB. ``icc`` is the profile."""
    profile = pdf.make_stream(icc)
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"), DestOutputProfile=profile
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def written(pdf: pikepdf.Pdf) -> bytes:
    """The file. Every stream is uncompressed, so no compressor's version shows in the bytes."""
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
