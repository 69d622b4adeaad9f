"""Pages of a record read back: what each element of the structure tree holds, and on which pages it is drawn.

The tree is read by one library (pikepdf) and the drawn text by another (pdfium), so neither is asked about itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name


@dataclass(frozen=True)
class Element:
    """``pages`` are those it is drawn on, from 0; ``text`` is everything drawn in it."""

    role: str
    pages: tuple[int, ...]
    text: str
    kids: tuple[Element, ...] = ()

    def all(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.all()


@dataclass(frozen=True)
class ReadRecord:
    pdf: bytes = field(repr=False)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page with what signatures show, every run of space one space."""
        document = pypdfium2.PdfDocument(self.pdf)
        document.init_forms()
        texts = []
        for number in range(len(document)):
            page = document[number]
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
            # What was flattened is seen once the page is opened again.
            again = document[number]
            texts.append(" ".join(again.get_textpage().get_text_bounded().split()))
        document.close()
        return texts

    @property
    def headings(self) -> list[Element]:
        return [item for item in self.tree.all() if item.role in ("H1", "H2", "H3")]

    @property
    def rows(self) -> list[Element]:
        return [item for item in self.tree.all() if item.role == "TR"]

    def after(self, heading: Element) -> Element:
        """What stands next to a heading in the order of reading."""
        flat = [item for item in self.tree.all() if item.role in ("H1", "H2", "H3", "P", "TR", "LI")]
        return flat[next(place for place, item in enumerate(flat) if item is heading) + 1]

    @cached_property
    def tree(self) -> Element:
        with pikepdf.Pdf.open(BytesIO(self.pdf)) as pdf:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
            (root,) = pdf.Root.StructTreeRoot.K
            return self._element(root, numbers, self._drawn())

    def _element(self, node: pikepdf.Object, numbers: dict[tuple[int, int], int], drawn: _Drawn) -> Element:
        own = numbers.get(node.Pg.objgen, 0) if Name.Pg in node else 0
        marks: list[tuple[int, int]] = []
        kids: list[Element] = []
        for kid in self._kids(node):
            if isinstance(kid, Dictionary) and Name.S in kid:
                kids.append(self._element(kid, numbers, drawn))
            elif isinstance(kid, Dictionary) and Name.MCID in kid:
                marks.append((numbers[kid.Pg.objgen], int(kid.MCID)))
            elif not isinstance(kid, Dictionary):
                marks.append((own, int(kid)))
        pages = {page for page, _ in marks} | {page for kid in kids for page in kid.pages}
        text = " ".join([*(drawn.get(mark, "") for mark in marks), *(kid.text for kid in kids)])
        return Element(str(node.S)[1:], tuple(sorted(pages)), " ".join(text.split()), tuple(kids))

    @staticmethod
    def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
        found = node.get(Name.K)
        if found is None:
            return []
        return list(found) if isinstance(found, Array) else [found]

    def _drawn(self) -> _Drawn:
        """What is drawn in each marked piece, by page and number."""
        found: dict[tuple[int, int], str] = {}
        document = pypdfium2.PdfDocument(self.pdf)
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
                if mark >= 0:
                    found[number, mark] = f"{found.get((number, mark), '')} {_text(item, layer)}"
        document.close()
        return found


_Drawn = dict[tuple[int, int], str]


def _text(item: pypdfium2.PdfObject, layer: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(item, layer, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(item, layer, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]
