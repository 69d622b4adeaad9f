"""The structure tree: what on a page is a heading, a cell, a list item, and what is only furniture (ISO 14289-1).

``TagCanvas`` brackets what is drawn; ``Node`` remembers it; ``attach`` writes the tree into the finished file.
Everything drawn outside a bracket would fail PDF/UA, so the layout draws through ``marked`` and ``artifact`` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas


@dataclass(slots=True, eq=False)
class Node:
    """A structure element. ``kids`` are nodes and drawn pieces as (page index, marked content id).

    ``scope`` is for header cells ("Row" or "Column"), ``alt`` describes a figure, ``box`` is its place in points.
    """

    role: str
    scope: str = ""
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    kids: list[Node | tuple[int, int]] = field(default_factory=list)

    def add(self, role: str, *, scope: str = "", alt: str = "") -> Node:
        kid = Node(role, scope, alt)
        self.kids.append(kid)
        return kid


@dataclass(frozen=True, slots=True)
class Widget:
    """A signature field on the page with index ``page``; ``box`` is (left, bottom, right, top) in points."""

    name: str
    label: str
    page: int
    box: tuple[float, float, float, float]
    parent: Node


class TagCanvas(Canvas):  # type: ignore[misc]
    """A canvas that counts marked content on each page."""

    def __init__(self, target: object, *, font: str, size: tuple[float, float], language: str) -> None:
        # Without initialFontName the canvas selects Helvetica, which is not embedded.
        super().__init__(
            target,
            pagesize=size,
            invariant=1,
            pageCompression=0,
            initialFontName=font,
            initialFontSize=10,
            lang=language,
        )
        self.sheet = 0
        self._marks = 0

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        super().showPage()
        self.sheet += 1
        self._marks = 0

    @contextmanager
    def marked(self, node: Node) -> Iterator[None]:
        """Everything drawn inside belongs to ``node``."""
        node.kids.append((self.sheet, self._marks))
        self._code.append(f"/{node.role} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Everything drawn inside is furniture: lines, tints, page numbers."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    @contextmanager
    def actual(self, text: str) -> Iterator[None]:
        """What is drawn inside reads as ``text``: joined letters, another direction, a placeholder."""
        spelled = text.encode("utf-16-be", "surrogatepass").hex().upper()
        self._code.append(f"/Span <</ActualText <FEFF{spelled}>>> BDC")
        yield
        self._code.append("EMC")


def attach(pdf: pikepdf.Pdf, root: Node, widgets: list[Widget]) -> None:
    """Write the structure tree of ``root`` and the signature fields into ``pdf``, whose pages were drawn with it."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf)
    tree.K = Array([writer.element(root, tree)])
    numbers: list[pikepdf.Object | int] = []
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = Name.S
        owners = writer.owners.get(index, {})
        numbers += [index, pdf.make_indirect(Array([owners[mark] for mark in sorted(owners)]))]
    key = len(pdf.pages)
    fields = []
    named: dict[str, pikepdf.Object] = {}
    for widget in widgets:
        annotation, element = writer.widget(widget, key)
        fields.append(annotation)
        named[widget.name] = element
        numbers += [key, element]
        key += 1
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = key
    pdf.Root.StructTreeRoot = tree
    if fields:
        # Names the Form elements. EU DSS reads this before the tree itself, and so meets a signature as what was added
        # to a form; through the tree it would call the second signature a change that the first one forbids.
        names = [entry for name in sorted(named) for entry in (String(name), named[name])]
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=0))


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._elements: dict[Node, pikepdf.Object] = {}
        self.owners: dict[int, dict[int, pikepdf.Object]] = {}

    def element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        made = self._pdf.make_indirect(Dictionary(S=Name("/" + node.role), P=parent))
        self._elements[node] = made
        if node.scope:
            made.A = Dictionary(O=Name.Table, Scope=Name("/" + node.scope))
        if node.alt:
            made.Alt = String(node.alt)
        if node.box:
            made.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([round(edge, 2) for edge in node.box]))
        home = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        if home is not None:
            made.Pg = self._pages[home]
        kids = [self._kid(kid, made, home) for kid in node.kids]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _kid(self, kid: Node | tuple[int, int], made: pikepdf.Object, home: int | None) -> pikepdf.Object | int:
        """An element, or a mark: a bare number on the element's own page, a reference on any other."""
        if isinstance(kid, Node):
            return self.element(kid, made)
        page, mark = kid
        self.owners.setdefault(page, {})[mark] = made
        return mark if page == home else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=mark)

    def widget(self, widget: Widget, key: int) -> tuple[pikepdf.Object, pikepdf.Object]:
        """The empty signature field and its Form element. pyHanko would not tag a field it adds itself."""
        left, bottom, right, top = (round(edge, 2) for edge in widget.box)
        page = self._pages[widget.page]
        look = self._pdf.make_stream(b"")
        look.Type, look.Subtype = Name.XObject, Name.Form
        # The look that signing brings has the same box: another one would be a change of the form.
        look.BBox = Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
        look.Resources = Dictionary()
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(widget.name),
                TU=String(widget.label),
                Rect=Array([left, bottom, right, top]),
                F=4,  # print
                P=page,
                StructParent=key,
                AP=Dictionary(N=look),
            )
        )
        holder = self._elements[widget.parent]
        element = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=holder,
                ID=String(widget.name),
                Alt=String(widget.label),
                K=Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page),
            )
        )
        holder.K.append(element)
        if Name.Annots not in page:
            page.Annots = Array([])
        page.Annots.append(annotation)
        return annotation, element
