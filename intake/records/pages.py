"""The pages of a record: what stands where, from the letterhead to the last page that says how to check it.

First page: title, summary and, always at its foot, the signatures. Then the sections. Last: the check without this
app. The pages name offices; only signatures name people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from intake.records import appearance, ring, wording
from intake.records import stationery as look
from intake.records.content import (
    TWIN_NAME,
    Block,
    Bullets,
    Comparison,
    Heading,
    KeyValues,
    Notice,
    Paragraph,
    RecordContent,
    SignatureField,
    Table,
)
from intake.records.flow import Cell, Flow, Row
from intake.records.fonts import PLACEHOLDERS, Fonts
from intake.records.tags import Node, TagCanvas, Widget
from intake.records.text import Style, Typesetter

_TOTAL = "total"
_WITH_HEADING = look.HEADING.leading + 6 * look.BODY.leading
_WITH_SECTION = look.SECTION.leading + 9 * look.BODY.leading
"""What must fit below the start of a heading, so that it never stands alone: a table's header and two rows."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawn pages (a PDF without tree, metadata or fields yet) and what belongs to them."""

    pdf: bytes
    root: Node
    widgets: list[Widget] = field(default_factory=list)


def draw(content: RecordContent, fonts: Fonts, twin_sha256: str) -> Drawn:
    """Draw all pages of ``content``; ``twin_sha256`` is printed on the last one."""
    return _Record(content, fonts, twin_sha256).draw()


class _Record:
    def __init__(self, content: RecordContent, fonts: Fonts, twin_sha256: str) -> None:
        self._content = content
        self._twin_sha256 = twin_sha256
        self._fonts = fonts
        self._target = BytesIO()
        self._canvas = TagCanvas(self._target, font=fonts.regular.name, size=look.PAGE, language=content.language)
        self._setter = Typesetter(fonts)
        self._flow = Flow(self._canvas, self._setter, self._turn, floor=look.BOTTOM + look.PANEL_HEIGHT + 18)
        self._root = Node("Document")
        self._widgets: list[Widget] = []

    def draw(self) -> Drawn:
        self._first_page()
        for section in self._content.sections:
            self._section(section.title)
            self._blocks(section.blocks)
        self._check_page()
        self._footer()
        self._total()
        self._canvas.showPage()
        self._canvas.save()
        return Drawn(self._target.getvalue(), self._root, self._widgets)

    # ------------------------------------------------------------------------------------------------ first page
    def _first_page(self) -> None:
        content, flow, root = self._content, self._flow, self._root
        head = root.add("P")
        top = flow.y
        with self._canvas.marked(head):
            flow.draw(
                self._setter.lines(wording.LETTERHEAD[content.kind], look.LETTERHEAD, look.WIDTH),
                look.LETTERHEAD, look.LEFT, top, look.WIDTH,
            )  # fmt: skip
        name = self._setter.lines(content.organisation_name, look.ORGANISATION, look.WIDTH / 2)[:2]
        owner = root.add("P")
        with self._canvas.marked(owner):
            for index, line in enumerate(name):
                flow.draw([line], look.ORGANISATION, look.LEFT + look.WIDTH - line.width, top - 12 * index, line.width)
        flow.y = top - 18 - 12 * (len(name) - 1)
        flow.rule(look.ACCENT, weight=0.9)
        flow.y -= 34
        flow.text(root.add("H1"), content.title, look.TITLE)
        if content.subtitle:
            flow.y -= 5
            flow.text(root.add("P"), content.subtitle, look.SUBTITLE)
        flow.y -= 16
        signatures = root.add("Sect")
        # The panel is placed before the summary may turn the page, but read after it.
        self._panel(signatures)
        root.kids.remove(signatures)
        self._blocks(content.summary)
        root.kids.append(signatures)
        if content.sections:
            flow.new_page()

    def _panel(self, parent: Node) -> None:
        content, canvas, flow = self._content, self._canvas, self._flow
        here, top = flow.y, look.BOTTOM + look.PANEL_HEIGHT
        both = len(content.signers) == 2
        flow.y = top
        flow.rule(look.LINE)
        flow.y -= 10
        self._place(
            parent.add("H2"), wording.SIGNATURES if both else wording.SIGNATURE, look.HEADING, look.LEFT, look.WIDTH
        )
        flow.y -= 16
        said = wording.SIGNATURES_BOTH if both else wording.SIGNATURES_ONE
        self._place(parent.add("P"), said, look.SMALL, look.LEFT, look.WIDTH)
        centre = look.LEFT + look.WIDTH / 2
        bottom = look.BOTTOM + 18
        middle = bottom + appearance.HEIGHT / 2
        figure = parent.add("Figure", alt=wording.RING_ALT)
        figure.box = (centre - 32, middle - 32, centre + 32, middle + 32)
        with canvas.marked(figure):
            ring.draw_half(canvas, centre, middle, left=True, filled=False)
            ring.draw_half(canvas, centre, middle, left=False, filled=False)
        for name in content.signers:
            self._field(parent, name, centre, bottom)
        flow.y = here

    def _field(self, parent: Node, name: SignatureField, centre: float, bottom: float) -> None:
        """One half of the panel: the place to sign, the line under it and the office under the line."""
        right = name is SignatureField.CISO
        start = centre if right else look.LEFT
        text = centre + 44 if right else look.LEFT
        width = look.WIDTH / 2 - 44
        flow = self._flow
        with self._canvas.artifact():
            self._canvas.setStrokeColor(look.colour(look.QUIET))
            self._canvas.setLineWidth(0.6)
            self._canvas.line(text, bottom, text + width, bottom)
        flow.y = bottom - 3
        office = wording.SIGNERS[name]
        self._place(parent.add("P"), office, look.SMALL, text, width)
        box = (start, bottom + 1, start + look.WIDTH / 2, bottom + 1 + appearance.HEIGHT)
        self._widgets.append(Widget(name.value, wording.FIELD_LABEL.format(office=office), 0, box, parent))

    def _place(self, node: Node, text: str, style: Style, x: float, width: float) -> None:
        with self._canvas.marked(node):
            self._flow.draw(self._setter.lines(text, style, width), style, x, self._flow.y, width)

    # -------------------------------------------------------------------------------------------------- sections
    def _section(self, title: str) -> None:
        flow = self._flow
        flow.space(24)
        flow.need(_WITH_SECTION)
        flow.text(self._root.add("H2"), title, look.SECTION)
        flow.y -= 7

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        flow, root = self._flow, self._root
        match block:
            case Heading(text):
                flow.space(10)
                flow.need(_WITH_HEADING)
                flow.text(root.add("H3"), text, look.HEADING)
                flow.space(3)
            case Paragraph(text):
                flow.text(root.add("P"), text, look.BODY)
                flow.space(8)
            case Bullets(items):
                flow.listing(root, items, look.BODY)
                flow.space(6)
            case KeyValues(rows):
                flow.table(root, [_fact(label, value) for label, value in rows], (30, 70))
                flow.space(13)
            case Table(header, rows, widths):
                head = Row(tuple(Cell(text, look.HEAD_CELL, "TH", "Column") for text in header))
                body = [Row(tuple(Cell(text, look.CELL) for text in row)) for row in rows]
                flow.table(root, body, widths or (1,) * len(header), header=head)
                flow.space(13)
            case Comparison():
                self._comparison(block)
            case Notice(text):
                flow.space(4)
                flow.panel(root.add("P"), text, look.BODY, bar=True)
                flow.space(13)

    def _comparison(self, block: Comparison) -> None:
        head = Row(tuple(Cell(text, look.HEAD_CELL, "TH", "Column") for text in (block.label, block.left, block.right)))
        body = []
        for label, left, right in block.rows:
            different = left != right
            # Colour alone would not reach everybody, so the word stands beside it.
            name = f"{label} ({wording.DIFFERS})" if different else label
            style = look.CELL_STRONG if different else look.CELL
            cells = (Cell(name, style, "TH", "Row"), Cell(left, look.CELL), Cell(right, look.CELL))
            body.append(Row(cells, tint=look.DIFFERENT if different else ""))
        self._flow.table(self._root, body, (26, 37, 37), header=head)
        self._flow.space(13)

    # ------------------------------------------------------------------------------------------------- last page
    def _check_page(self) -> None:
        content, flow, root = self._content, self._flow, self._root
        if not flow.fresh:
            flow.new_page()
        # Set a little tighter than the rest, so that the whole check stands on one page.
        flow.row_air, flow.panel_air = 2.6, 7.0
        self._section(wording.CHECK)
        self._check_text(wording.CHECK_LEAD)
        if self._setter.missing:
            mark = next(char for char in PLACEHOLDERS if self._fonts.fallback(char) or char == PLACEHOLDERS[-1])
            flow.panel(
                root.add("P"),
                wording.MISSING_GLYPHS.format(count=len(self._setter.missing), mark=mark),
                look.CHECK,
                bar=True,
            )
            flow.space(6)
        self._block(Heading(wording.IDENTITY))
        self._check_text(wording.IDENTITY_TEXT)
        flow.panel(root.add("P"), content.organisation_words, look.WORDS, bar=True)
        flow.space(4)
        self._digests([(wording.ORGANISATION_ID, content.organisation)])
        self._block(Heading(wording.STANDS_ON))
        self._check_text(wording.STANDS_ON_TEXT)
        digests = [(item.label, item.sha256) for item in content.digests]
        self._digests([*digests, (wording.TWIN, self._twin_sha256)])
        self._block(Heading(wording.STEPS))
        self._check_text(wording.UNKNOWN_SIGNERS)
        self._step(wording.STEP_LIST, wording.STEP_LIST_COMMAND)
        self._step(wording.STEP_TWIN, wording.STEP_TWIN_COMMAND.format(twin=TWIN_NAME))
        self._step(wording.STEP_SIGNATURE, wording.STEP_SIGNATURE_COMMAND)
        self._step(wording.STEP_KEY, wording.STEP_KEY_COMMAND)

    def _check_text(self, text: str) -> None:
        self._flow.text(self._root.add("P"), text, look.CHECK)
        self._flow.space(5)

    def _digests(self, rows: Sequence[tuple[str, str]]) -> None:
        self._flow.table(self._root, [_fact(label, value, look.SMALL) for label, value in rows], (26, 74))
        self._flow.space(5)

    def _step(self, text: str, command: str) -> None:
        flow = self._flow
        flow.need(3 * look.CHECK.leading + (command.count("\n") + 2) * look.COMMAND.leading)
        flow.text(self._root.add("P"), text, look.CHECK)
        flow.space(3)
        flow.panel(self._root.add("P"), command, look.COMMAND, bar=False)
        flow.space(8)

    # ------------------------------------------------------------------------------------------------- furniture
    def _turn(self) -> None:
        self._footer()
        self._canvas.showPage()

    def _footer(self) -> None:
        content, style, flow = self._content, look.FOOTER, self._flow
        said = wording.FOOTER.format(organisation=content.organisation_name, reference=content.reference)
        number = self._setter.lines(wording.PAGE.format(number=self._canvas.sheet + 1).rstrip(), style, look.WIDTH)
        top = look.BOTTOM - 26
        with self._canvas.artifact():
            lines = self._setter.lines(said, style, look.WIDTH - 90)[:1]
            for line in lines:
                flow.draw([line], style, look.LEFT, top, look.WIDTH)
            right = look.LEFT + look.WIDTH - 5
            flow.draw(number, style, right - number[0].width - 2.5, top, look.WIDTH)
            self._canvas.saveState()
            self._canvas.translate(right, top)
            # How many pages there are is known at the end, so the number is a form that is drawn last.
            self._canvas.doForm(_TOTAL)
            self._canvas.restoreState()

    def _total(self) -> None:
        canvas = self._canvas
        count = self._setter.lines(str(canvas.sheet + 1), look.FOOTER, look.WIDTH)
        canvas.beginForm(_TOTAL, 0, -look.FOOTER.leading, 30, 4)
        self._flow.draw(count, look.FOOTER, 0, 0, 30)
        canvas.endForm()


def _fact(label: str, value: str, style: Style = look.CELL) -> Row:
    head = Style(style.size, style.leading, look.QUIET)
    return Row((Cell(label, head, "TH", "Row"), Cell(value, Style(style.size, style.leading, look.INK))))
