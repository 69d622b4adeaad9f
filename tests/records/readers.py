"""Other people's PDF readers: what each of them shows of a file, page by page, and what it finds attached."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from intake.records.content import TWIN_NAME
from intake.records.proof.crossreading import ReadsDifferently, page_texts

SECONDS = 60


@dataclass(frozen=True)
class Shown:
    """``pages`` and ``twin`` as one reader gives them; None where it gives nothing, or cannot read the file."""

    pages: tuple[str, ...] | None
    twin: bytes | None


def shown(pdf: bytes, folder: Path) -> dict[str, Shown]:
    """What poppler, MuPDF, qpdf and pdfium make of ``pdf``."""
    file = folder / "record.pdf"
    file.write_bytes(pdf)
    return {
        "poppler": Shown(_texts("pdftotext", "-enc", "UTF-8", file, "-"), _poppler_twin(file, folder)),
        "mupdf": Shown(_texts("mutool", "draw", "-q", "-F", "txt", file), _mupdf_twin(file, folder)),
        "qpdf": _qpdf(pdf, file),
        "pdfium": _pdfium(pdf),
    }


def _run(*command: str | Path, cwd: Path | None = None) -> bytes | None:
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=SECONDS, check=False, cwd=cwd)
    return done.stdout if done.returncode in {0, 3} else None  # qpdf answers 3 when it warns


def _texts(*command: str | Path) -> tuple[str, ...] | None:
    out = _run(*command)
    return None if out is None else tuple(out.decode("utf-8", "replace").split("\f"))


def _poppler_twin(file: Path, folder: Path) -> bytes | None:
    target = folder / "poppler.json"
    target.unlink(missing_ok=True)
    _run("pdfdetach", "-save", "1", "-o", target, file)
    return target.read_bytes() if target.exists() else None


def _mupdf_twin(file: Path, folder: Path) -> bytes | None:
    """MuPDF's own objects, followed from the root; older versions have no command for attachments."""
    path = "trailer/Root/Names/EmbeddedFiles/Names/2/EF/F"
    return _run("mutool", "show", "-b", file, path, cwd=folder)


def _qpdf(pdf: bytes, file: Path) -> Shown:
    """qpdf draws nothing; the bytes of its page contents are compared instead of words."""
    twin = _run("qpdf", f"--show-attachment={TWIN_NAME}", file)
    try:
        with pikepdf.Pdf.open(BytesIO(pdf), suppress_warnings=True) as opened:
            pages = tuple(page.Contents.read_bytes().decode("latin-1") for page in opened.pages)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError):
        return Shown(None, twin)
    return Shown(pages, twin)


def _pdfium(pdf: bytes) -> Shown:
    import pypdfium2

    try:
        pages = page_texts(pdf)
        document = pypdfium2.PdfDocument(pdf)
        try:
            twin = bytes(document.get_attachment(0).get_data())
        finally:
            document.close()
    except (ReadsDifferently, pypdfium2.PdfiumError):
        return Shown(None, None)
    return Shown(pages, twin)
