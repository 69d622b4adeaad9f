"""Sheets of our stationery: blocks of content poured down tagged pages, with the same furniture on each.

What a document says first and last is up to the module that makes it: ``pages`` for records, ``copies`` for copies of the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile

from intake.domain.organisation.paper import Paper
from intake.records.content import (
    Block,
    Bullets,
    Comparison,
    Heading,
    KeyValues,
    Paragraph,
    PrintedNotice,
    PrintedTable,
)
from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1 import wording
from intake.records.editions.e1.flow import Flow, TableCell, TableRow
from intake.records.editions.e1.tags import Node, TagCanvas, Widget
from intake.records.editions.e1.text import Style, TextLine, Typesetter
from intake.records.fonts import Fonts

_NUMBER = "page-{}"
_FACTS = (27, 73)
_PAIRS = (24, 27, 24, 27)
_ONE_OF_MANY = (24, 83.5)
"""Of facts among pairs, so that their labels and values begin where those of pairs do."""
_FEW = 3
"""Lines of a paragraph that stay together; a shorter one before a table introduces it, and is not left behind."""
_START = 4
"""So many rows tell how many of them stay together."""
_LONG, _MANY = 300, 8
"""Characters and line ends of a cell from which on its row may be too tall for a table."""
_QUIET = Style(look.CELL.size, look.CELL.leading, look.QUIET)
WITH_SECTION = look.SECTION.leading + 9 * look.BODY.leading
"""What must fit below the start of a section whose first blocks are not known: a table's header and two rows."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawn pages (a PDF without tree, metadata or fields yet) and what belongs to them."""

    pdf: bytes
    root: Node
    widgets: list[Widget] = field(default_factory=list)


class Sheets:
    """``footer`` is at the foot of every page, ``floor`` is where the first page ends."""

    def __init__(
        self, fonts: Fonts, *, language: str, footer: str, floor: float = look.BOTTOM, paper: Paper = Paper.A4
    ) -> None:
        self._fonts = fonts
        self._footer_words = footer
        self._target = BytesIO()
        sheet = look.SHEETS[paper]
        size = (sheet.width, sheet.height)
        self._canvas = TagCanvas(self._target, font=fonts.regular.name, size=size, language=language)
        self._setter = Typesetter(fonts)
        self._flow = Flow(self._canvas, self._setter, self._turn, floor=floor, sheet=sheet)
        self._root = Node("Document")
        self._widgets: list[Widget] = []
        self._heading = "H2"
        """The level of a heading inside a section; before the first section there is none above it but the title."""

    def _finished(self) -> Drawn:
        self._footer()
        self._numbers()
        self._canvas.showPage()
        self._canvas.save()
        return Drawn(self._target.getvalue(), self._root, self._widgets)

    def _letterhead(self, words: str, owner: str) -> None:
        """What kind of paper this is at the left, whose it is at the right, and a line under both."""
        flow, root = self._flow, self._root
        head = root.add("P")
        top = flow.y
        with self._canvas.marked(head):
            flow.draw(
                self._setter.lines(words, look.LETTERHEAD, look.WIDTH),
                look.LETTERHEAD, flow.sheet.left, top, look.WIDTH,
            )  # fmt: skip
        # One line: a second one could be read as something the paper says of itself.
        line = self._one_line(owner, look.ORGANISATION, look.WIDTH / 2)
        line_of_owner = root.add("P")
        with self._canvas.marked(line_of_owner):
            flow.draw([line], look.ORGANISATION, flow.sheet.left + look.WIDTH - line.width, top, line.width)
        flow.y = top - 18
        flow.rule(look.ACCENT, weight=0.9)
        flow.y -= 15

    def _one_line(self, text: str, style: Style, width: float) -> TextLine:
        """As much of a text as one line holds; an ellipsis tells that there is more."""
        first, *more = self._setter.lines(text, style, width)
        end = len(text)
        while more and end:
            end -= 1
            first, *more = self._setter.lines(text[:end].rstrip() + "…", style, width)
        return first

    # -------------------------------------------------------------------------------------------------- sections
    def _section(self, title: str, *, least: float = WITH_SECTION) -> None:
        flow = self._flow
        flow.space(13)
        flow.need(least)
        flow.text(self._root.add("H2"), title, look.SECTION)
        self._heading = "H3"
        flow.y -= 5

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for place, block in enumerate(blocks):
            if isinstance(block, Heading):
                # Never alone at the foot of a page: what it heads begins below it.
                self._flow.space(6)
                self._flow.need(self.start_of(blocks[place:]))
            self._block(block)

    def start_of(self, blocks: Sequence[Block]) -> float:
        """How many points the first of these blocks takes at least before a page may turn; of headings, with what they head."""
        if not blocks:
            return 0.0
        flow = self._flow
        match blocks[0]:
            case Heading():
                return look.HEADING.leading + 3 + self.start_of(blocks[1:])
            case KeyValues(rows, many):
                if many and (pairs := self._pairs(rows)[0]):
                    return flow.table_start(pairs, _PAIRS, None)
                widths = _ONE_OF_MANY if many else _FACTS
                return self._table_start([fact(label, value) for label, value in rows[:_START]], widths, None)
            case PrintedTable(header, rows, widths):
                return self._table_start(_body(header, rows[:_START]), _widths(header, rows, widths), _head(header))
            case Paragraph(text):
                lines = len(self._setter.lines(text, look.BODY, look.WIDTH))
                introduces = lines < _FEW and isinstance(next(iter(blocks[1:]), None), PrintedTable)
                return min(lines, _FEW) * look.BODY.leading + (6 + self.start_of(blocks[1:]) if introduces else 0)
            case _:
                return 3 * look.BODY.leading

    def _block(self, block: Block) -> None:
        flow, root = self._flow, self._root
        match block:
            case Heading(text):
                flow.text(root.add(self._heading), text, look.HEADING)
                flow.space(3)
            case Paragraph(text):
                flow.text(root.add("P"), text, look.BODY)
                flow.space(6)
            case Bullets(items):
                flow.listing(root, items, look.BODY)
                flow.space(6)
            case KeyValues(rows, many):
                pairs, rest = self._pairs(rows) if many else ([], rows)
                if pairs:
                    flow.table(root, pairs, _PAIRS)
                self._table([fact(label, value) for label, value in rest], _ONE_OF_MANY if many else _FACTS)
                flow.space(6)
            case PrintedTable(header, rows, widths):
                self._table(_body(header, rows), _widths(header, rows, widths), header=_head(header))
                flow.space(6)
            case Comparison():
                self._comparison(block)
            case PrintedNotice(text):
                flow.space(4)
                flow.panel(root.add("P"), text, look.BODY, bar=True)
                flow.space(13)

    def _pairs(self, rows: Sequence[tuple[str, str]]) -> tuple[list[TableRow], list[tuple[str, str]]]:
        """Facts whose label and value fit on half a line, two in a row, and the facts that are left."""
        line = self._flow.row_height(_beside(("", ""), ("", "")), _PAIRS)
        short = [row for row in rows if self._flow.row_height(_beside(row, ("", "")), _PAIRS) <= line]
        short = short[: len(short) // 2 * 2]
        pairs = [_beside(one, other) for one, other in zip(short[::2], short[1::2], strict=True)]
        return pairs, [row for row in rows if row not in short]

    def _table(self, rows: Sequence[TableRow], widths: Sequence[float], *, header: TableRow | None = None) -> None:
        """A table whose rows never break: one that is too tall for it is set as text below its name, between two tables."""
        flow, start = self._flow, 0
        for place, row in enumerate(rows):
            if self._is_tall(row, widths):
                if start < place:
                    flow.table(self._root, rows[start:place], widths, header=header)
                self._stacked(row, header)
                start = place + 1
        if start < len(rows):
            flow.table(self._root, rows[start:], widths, header=header)

    def _table_start(self, rows: Sequence[TableRow], widths: Sequence[float], header: TableRow | None) -> float:
        """What ``start_of`` is of a table with these first rows."""
        if self._is_tall(rows[0], widths):
            return 3 + 4 * look.CELL.leading
        together = list(takewhile(lambda row: not self._is_tall(row, widths), rows))
        return self._flow.table_start(together, widths, header)

    def _is_tall(self, row: TableRow, widths: Sequence[float]) -> bool:
        long = any(len(cell.text) > _LONG or cell.text.count("\n") > _MANY for cell in row.cells)
        return long and self._flow.row_height(row, widths) > self._flow.sheet.room / 3

    def _stacked(self, row: TableRow, header: TableRow | None) -> None:
        flow, root = self._flow, self._root
        first, *rest = row.cells
        flow.space(3)
        flow.need(4 * look.CELL.leading)
        flow.text(root.add("P"), first.text, look.CELL_STRONG)
        heads = [f"{cell.text}: " for cell in header.cells[1:]] if header else [""] * len(rest)
        for head, cell in zip(heads, rest, strict=True):
            flow.text(root.add("P"), f"{head}{cell.text}", look.CELL)
        flow.space(3)
        flow.rule(look.LINE)

    def _comparison(self, block: Comparison) -> None:
        head = TableRow(
            tuple(TableCell(text, look.HEAD_CELL, "TH", "Column") for text in (block.label, block.left, block.right))
        )
        body = []
        for label, left, right in block.rows:
            different = left != right
            # Colour alone would not reach everybody, so the word is beside it.
            name = f"{label} ({wording.DIFFERS})" if different else label
            style = look.CELL_STRONG if different else look.CELL
            cells = (TableCell(name, style, "TH", "Row"), TableCell(left, look.CELL), TableCell(right, look.CELL))
            body.append(TableRow(cells, tint=look.DIFFERENT if different else ""))
        self._table(body, (26, 37, 37), header=head)
        self._flow.space(13)

    # ------------------------------------------------------------------------------------------------- furniture
    def _turn(self) -> None:
        self._footer()
        self._canvas.showPage()

    def _footer(self) -> None:
        style, flow = look.FOOTER, self._flow
        top = look.BOTTOM - 13
        with self._canvas.artifact():
            lines = self._setter.lines(self._footer_words, style, look.WIDTH - 90)[:1]
            for line in lines:
                flow.draw([line], style, flow.sheet.left, top, look.WIDTH)
            self._canvas.saveState()
            self._canvas.translate(flow.sheet.left + look.WIDTH, top)
            # How many pages there are is known at the end, so the number is a form that is drawn last.
            self._canvas.doForm(_NUMBER.format(self._canvas.sheet + 1))
            self._canvas.restoreState()

    def _numbers(self) -> None:
        """What stands at the right of each foot, up to the margin."""
        canvas, style = self._canvas, look.FOOTER
        count = canvas.sheet + 1
        for number in range(1, count + 1):
            (line,) = self._setter.lines(wording.PAGE.format(number=number, count=count), style, look.WIDTH)
            canvas.beginForm(_NUMBER.format(number), -90, -style.leading, 0, 4)
            self._flow.draw([line], style, -line.width, 0, line.width)
            canvas.endForm()


def _head(header: Sequence[str]) -> TableRow | None:
    """The header of a table; None where its rows are headed by their first cells."""
    return TableRow(tuple(TableCell(text, look.HEAD_CELL, "TH", "Column") for text in header)) if header else None


def _body(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[TableRow]:
    plain = [tuple(TableCell(text, look.CELL) for text in row) for row in rows]
    if header:
        return [TableRow(cells) for cells in plain]
    return [TableRow((TableCell(first.text, _QUIET, "TH", "Row"), *rest)) for first, *rest in plain]


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Sequence[float]:
    return widths or (1,) * max([len(header), *map(len, rows[:1])])


def fact(label: str, value: str, style: Style = look.CELL) -> TableRow:
    """A label and its value as a row of a table of facts."""
    head = Style(style.size, style.leading, look.QUIET)
    return TableRow((TableCell(label, head, "TH", "Row"), TableCell(value, Style(style.size, style.leading, look.INK))))


def _beside(one: tuple[str, str], other: tuple[str, str]) -> TableRow:
    return TableRow((*fact(*one).cells, *fact(*other).cells))
