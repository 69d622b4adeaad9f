"""What the paper lane does for the record page: read a PDF, draw one page, take its text, judge it, write it somewhere.

Every file here is judged hostile. A document is opened anew for each answer and closed before it is given, so that
nothing of pdfium lives on another thread. Whatever pdfium stumbles over is a refusal in words.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.domain.refusals import Refusal
from ui.jobs import Task

if TYPE_CHECKING:
    from intake.records.verdict import Verdict
    from intake.services.workspace import Seat

MAX_PAGES = 500
MAX_PIXELS = 24_000_000
"""Of one picture: more than a page at the largest zoom on a fine screen; a hostile page size never fills the memory."""
MAX_TEXT = 200_000
"""Characters of one page that are shown."""


class UnreadablePdf(Refusal):
    what = "“{name}” cannot be shown as a PDF."
    why = "It is damaged, protected by a password, or something else under that name."
    next = "What could be checked is beside it. Ask the sender for the file again if it should be a record."


class PdfNotRead(Refusal):
    what = "The file “{name}” cannot be read: {detail}."
    why = "Your computer did not hand it over."
    next = "Check that it is still there and that you may read it."


class PdfNotSaved(Refusal):
    what = "“{name}” could not be saved: {detail}."
    why = "Your computer did not take the file; nothing half-written was left."
    next = "Choose another place, or free some space, and try again."


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF in memory. ``case`` is empty for a file from disk; ``pages`` are widths and heights in points.

    ``trouble`` says why no page can be shown, ``lacks`` what keeps it from being the sealed record. ``more`` pages lie behind those that are shown. ``standing`` is the row
    of the register: what is in force, which no file can say.
    """

    name: str
    data: bytes = field(repr=False)
    case: str = ""
    pages: tuple[tuple[float, float], ...] = ()
    more: int = 0
    trouble: Refusal | None = None
    lacks: str = ""
    title: str = ""
    reference: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the register's row: phase, turn and halves; whether the missing signature on the record is mine to add."""

    phase: str
    turn: tuple[str, ...]
    cio: str
    ciso: str
    may_complete: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: ``data`` holds 4 bytes per pixel (B, G, R, unused), ``stride`` bytes per row."""

    page: int
    width: int
    height: int
    stride: int
    data: bytes = field(repr=False)


def open_case(_: Task, seat: Seat, case: str) -> Opened:
    """The record of a use case. Raises NoRecord or NothingFiled."""
    from intake.services import recording

    found = recording.at_hand(seat.desk, case)
    may_complete = seat.desk.folded(case).completes(seat.person) is not None
    row = seat.desk.register.queries.row(case)
    standing = None
    if row is not None:
        standing = Standing(row.phase, row.turn, row.cio, row.ciso, may_complete)
    return _looked_at(
        found.attachment.name, found.data, case, lacks=found.words, title=row.title if row else "", reference=row.reference if row else "",
        standing=standing,
    )  # fmt: skip


def open_file(_: Task, __: Seat, path: Path) -> Opened:
    """A PDF from disk. Raises PdfNotRead or RecordTooLarge."""
    from intake.services.verifying import MAX_PDF, RecordTooLarge

    try:
        size = path.stat().st_size
        if size > MAX_PDF:
            raise RecordTooLarge(size=size >> 20)
        data = path.read_bytes()
    except OSError as error:
        raise PdfNotRead(name=path.name, detail=error.strerror or error) from error
    return _looked_at(path.name, data, "")


def judge(_: Task, seat: Seat, opened: Opened) -> Verdict:
    """The verdict of this register about the file."""
    from intake.services import verifying

    return verifying.verify(seat.desk, opened.data)


def draw(task: Task, opened: Opened, page: int, width: int) -> Picture:
    """One page, ``width`` pixels wide, with its signature appearances. Raises UnreadablePdf."""
    task.check()
    with _document(opened.name, opened.data) as document:
        document.init_forms()
        sheet = document[page]
        across, down = _size(*sheet.get_size())
        scale = min(width / across, (MAX_PIXELS / (across * down)) ** 0.5)
        bitmap = sheet.render(scale=scale, may_draw_forms=True, prefer_bgrx=True)
        made = Picture(page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        sheet.close()
        return made


def read(task: Task, opened: Opened) -> tuple[str, ...]:
    """The text of every shown page, for reading aloud and for searching."""
    texts = []
    with _document(opened.name, opened.data) as document:
        for number in range(len(opened.pages)):
            task.check()
            task.progress(number, len(opened.pages))
            sheet = document[number]
            layer = sheet.get_textpage()
            found = layer.get_text_bounded()[:MAX_TEXT]
            layer.close()
            sheet.close()
            texts.append(found.encode("utf-8", "replace").decode().replace("\r\n", "\n").strip())
    return tuple(texts)


def save(_: Task, opened: Opened, path: Path) -> Path:
    """Write the file, whole or not at all. Raises PdfNotSaved."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(opened.data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PdfNotSaved(name=path.name, detail=error.strerror or error) from error
    return path


def copy_for_viewer(_: Task, opened: Opened, folder: Path) -> Path:
    """A copy for another program, in a folder of its own: what that program changes is not the record."""
    name = "".join(char for char in opened.name if char.isalnum() or char in " .-_").strip(" .") or "record.pdf"
    try:
        place = Path(tempfile.mkdtemp(dir=folder))
    except OSError as error:
        raise PdfNotSaved(name=name, detail=error.strerror or error) from error
    return save(_, opened, place / (name if name.lower().endswith(".pdf") else f"{name}.pdf"))


def complete(_: Task, seat: Seat, passphrase: str, case: str) -> str:
    """Add the missing signature of this office to the record, and seal it."""
    from intake.services import recording

    recording.complete(seat.desk, seat.signer(passphrase), case)
    return case


def _looked_at(name: str, data: bytes, case: str, **more: Any) -> Opened:
    try:
        with _document(name, data) as document:
            count = len(document)
            pages = tuple(_size(*document.get_page_size(number)) for number in range(min(count, MAX_PAGES)))
    except UnreadablePdf as refusal:
        return Opened(name, data, case, trouble=refusal, **more)
    return Opened(name, data, case, pages=pages, more=count - len(pages), **more)


def _size(width: float, height: float) -> tuple[float, float]:
    """Points, within what can be shown: a page of no size, or of a mile, is drawn as something still."""
    return min(max(width, 1.0), 20_000.0), min(max(height, 1.0), 20_000.0)


@contextmanager
def _document(name: str, data: bytes) -> Iterator[Any]:
    import pypdfium2

    document = None
    try:
        document = pypdfium2.PdfDocument(data)
        yield document
    except Exception as error:
        # A hostile file may make pdfium or its binding stumble anywhere; for a person it is one and the same.
        if isinstance(error, Refusal) or type(error).__name__ == "Cancelled":
            raise
        raise UnreadablePdf(name=name) from error
    finally:
        if document is not None:
            document.close()
