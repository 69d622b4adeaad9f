"""Small files of evidence for the sample, made when they are needed: a text, a table, or a PDF of one page."""

from __future__ import annotations

from pathlib import PurePath

from intake.sample.content import SampleFile

MEDIA_TYPES = {".csv": "text/csv", ".pdf": "application/pdf", ".txt": "text/plain"}


def made(file: SampleFile) -> tuple[str, bytes]:
    """Media type and bytes. Raises KeyError for a kind of file not listed here."""
    media_type = MEDIA_TYPES[PurePath(file.name).suffix]
    if media_type == "application/pdf":
        return media_type, _pdf(file.text)
    return media_type, ("\r\n".join(file.text) + "\r\n").encode()


def _pdf(lines: tuple[str, ...]) -> bytes:
    """One page A4 with a heading and lines under it, as plain as ISO 32000 allows. Latin letters only."""
    shown = [f"BT /F1 16 Tf 72 770 Td ({_escaped(lines[0])}) Tj ET"]
    shown += [f"BT /F1 11 Tf 72 {740 - 18 * row} Td ({_escaped(line)}) Tj ET" for row, line in enumerate(lines[1:])]
    content = "\n".join(shown).encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
