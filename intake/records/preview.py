"""What pdfium shows of a PDF: the sizes of its pages, one page as a picture, the text of some.

Every file here is hostile, and pdfium is a large program: it runs in a worker process only
(``services.outside``). Sizes and numbers are cut to what can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from intake.records.refusals import RecordRefused

MAX_PAGES = 500
MAX_PIXELS = 24_000_000
"""Of one picture: more than a page at the largest zoom on a fine screen; a hostile page size never fills the memory."""
MAX_TEXT = 200_000
"""Characters of one page that are shown."""


class NotShown(RecordRefused):
    what = "This file cannot be shown as a PDF."
    why = "It is damaged, protected by a password, or something else under that name."
    next = "What could be checked is beside it. Ask the sender for the file again if it should be a record."
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Pages:
    """``sizes`` are widths and heights in points; ``more`` pages follow those that are shown."""

    sizes: tuple[tuple[float, float], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: ``data`` holds 4 bytes per pixel (B, G, R, unused), ``stride`` bytes per row."""

    page: int
    width: int
    height: int
    stride: int
    data: bytes = field(repr=False)

    @property
    def is_sound(self) -> bool:
        """Whether the numbers fit each other and the data: what shows it reads ``stride * height`` bytes."""
        return (
            0 < self.width * self.height <= 2 * MAX_PIXELS
            and min(self.width, self.height) > 0
            and self.stride >= 4 * self.width
            and len(self.data) == self.stride * self.height
        )


def pages(pdf: bytes) -> Pages:
    """Raises NotShown."""
    with _document(pdf) as document:
        count = len(document)
        sizes = tuple(size(*document.get_page_size(number)) for number in range(min(count, MAX_PAGES)))
        return Pages(sizes, max(0, count - len(sizes)))


def draw(pdf: bytes, page: int, width: int) -> Picture:
    """One page, ``width`` pixels wide, with its signature appearances. Raises NotShown."""
    with _document(pdf) as document:
        document.init_forms()
        sheet = document[page]
        across, down = size(*sheet.get_size())
        scale = min(width / across, (MAX_PIXELS / (across * down)) ** 0.5)
        bitmap = sheet.render(scale=scale, may_draw_forms=True, prefer_bgrx=True)
        made = Picture(page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        sheet.close()
        return made


def text(pdf: bytes, first: int, count: int) -> tuple[str, ...]:
    """The text of ``count`` pages from ``first`` on, for reading aloud and for searching. Raises NotShown."""
    texts = []
    with _document(pdf) as document:
        for number in range(first, min(first + count, len(document))):
            sheet = document[number]
            layer = sheet.get_textpage()
            found = layer.get_text_bounded()[:MAX_TEXT]
            layer.close()
            sheet.close()
            texts.append(found.encode("utf-8", "replace").decode().replace("\r\n", "\n").strip())
    return tuple(texts)


def size(width: float, height: float) -> tuple[float, float]:
    """Points, within what can be shown: a page of no size, or of a mile, is drawn as something still."""
    return min(max(width, 1.0), 20_000.0), min(max(height, 1.0), 20_000.0)


@contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    document = None
    try:
        document = pypdfium2.PdfDocument(pdf)
        yield document
    except MemoryError:
        raise
    except Exception as error:
        # A hostile file may make pdfium or its binding stumble anywhere; for a person it is one and the same.
        raise NotShown from error
    finally:
        if document is not None:
            document.close()
