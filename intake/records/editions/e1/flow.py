"""Blocks poured down pages: text, lists and tables that break where a page ends, each piece under its own tag.

The flow owns the vertical position and turns pages; it knows shapes, not records. What a record holds, and in
which order, is ``pages``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1.tags import Node, TagCanvas
from intake.records.editions.e1.text import Style, TextLine, Typesetter

_CELL_GAP = 12.0
_MARK_WIDTH = 15.0


@dataclass(frozen=True, slots=True)
class TableCell:
    text: str
    style: Style
    role: str = "TD"
    scope: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[TableCell, ...]
    tint: str = ""


class Flow:
    """Draws blocks from ``y`` downwards until ``floor``, then calls ``turn`` and goes on at the top of a new page."""

    def __init__(
        self, canvas: TagCanvas, setter: Typesetter, turn: Callable[[], None], *, floor: float, sheet: look.Sheet
    ) -> None:
        self.canvas = canvas
        self.setter = setter
        self.sheet = sheet
        self.y = sheet.top
        self.floor = floor
        self.row_air = 1.7
        self.panel_air = 9.0
        self._turn = turn

    @property
    def fresh(self) -> bool:
        """Whether nothing was drawn on this page yet."""
        return self.y >= self.sheet.top

    def new_page(self) -> None:
        self._turn()
        self.y = self.sheet.top
        self.floor = look.BOTTOM

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` points are left."""
        if self.y - height < self.floor and not self.fresh:
            self.new_page()

    def space(self, height: float) -> None:
        if not self.fresh:
            self.y -= height

    def text(self, node: Node, text: str, style: Style, *, indent: float = 0.0, width: float = look.WIDTH) -> None:
        """A paragraph; it breaks between lines, never leaving one alone."""
        lines = self.setter.lines(text, style, width - indent)
        while lines:
            count = self._fitting(len(lines), style)
            with self.canvas.marked(node):
                self.draw(lines[:count], style, self.sheet.left + indent, self.y, width - indent)
            self.y -= count * style.leading
            lines = lines[count:]
            if lines:
                self.new_page()

    def _fitting(self, count: int, style: Style) -> int:
        room = int((self.y - self.floor) / style.leading)
        if room < min(2, count) and not self.fresh:
            self.new_page()
            room = int((self.y - self.floor) / style.leading)
        if count - room == 1 and room > 2:
            room -= 1
        return min(count, max(room, 1))

    def listing(self, parent: Node, items: Sequence[str], style: Style, *, numbered: bool = False) -> None:
        """Bullets, or numbers."""
        whole = parent.add("L")
        for index, item in enumerate(items, start=1):
            entry = whole.add("LI")
            label, body = entry.add("Lbl"), entry.add("LBody").add("P")
            self.need(2 * style.leading)
            mark = self.setter.lines(f"{index}." if numbered else "•", style, look.WIDTH)
            with self.canvas.marked(label):
                self.draw(mark, Style(style.size, style.leading, look.ACCENT), self.sheet.left, self.y, _MARK_WIDTH)
            self.text(body, item, style, indent=_MARK_WIDTH)
            self.space(3)

    def panel(self, node: Node, text: str, style: Style, *, bar: bool) -> None:
        """Tinted text, with an accent bar for a notice and without for a command."""
        inset = 12.0
        lines = self.setter.lines(text, style, look.WIDTH - 2 * inset)
        while lines:
            air = self.panel_air
            self.need(2 * style.leading + 2 * air)
            count = max(1, min(len(lines), int((self.y - self.floor - 2 * air) / style.leading)))
            height = count * style.leading + 2 * air
            with self.canvas.artifact():
                self.fill(self.sheet.left, self.y - height, look.WIDTH, height, look.TINT)
                if bar:
                    self.fill(self.sheet.left, self.y - height, 2.2, height, look.ACCENT)
            with self.canvas.marked(node):
                self.draw(lines[:count], style, self.sheet.left + inset, self.y - air, look.WIDTH - 2 * inset)
            self.y -= height
            lines = lines[count:]
            if lines:
                self.new_page()

    def table(
        self, parent: Node, rows: Sequence[TableRow], widths: Sequence[float], *, header: TableRow | None = None
    ) -> None:
        """Rows of cells. A row stays on one page, unless no page could hold it, and the first two and the last two stay together;
        where a page ends between two of them the header is drawn again as furniture.
        """
        whole = parent.add("Table")
        edges = _edges(widths)
        self.need(self.table_start(rows, widths, header))
        if header:
            self._row(whole, header, edges, None, line=look.ACCENT)
        for place, row in enumerate(rows):
            last = self._row_height(rows[-1], edges) if place == len(rows) - 2 else 0.0
            self._row(whole, row, edges, header, line=look.LINE, below=last)

    def table_start(self, rows: Sequence[TableRow], widths: Sequence[float], header: TableRow | None) -> float:
        """How many points the header and the first rows take, which stay together; at most a page of them."""
        edges = _edges(widths)
        # Of three rows the second belongs to the first and to the last.
        together = rows[:3] if len(rows) == 3 else rows[:2]
        first = [item for item in (header, *together) if item is not None]
        return min(sum(self._row_height(item, edges) for item in first), self.sheet.room)

    def row_height(self, row: TableRow, widths: Sequence[float]) -> float:
        """How high a row is, in points."""
        return self._row_height(row, _edges(widths))

    def _row_height(self, row: TableRow, edges: Sequence[tuple[float, float]]) -> float:
        lines = max(len(self._cell_lines(cell, edge)) for cell, edge in zip(row.cells, edges, strict=True))
        return lines * row.cells[0].style.leading + 2 * self.row_air

    def _row(
        self,
        table: Node,
        row: TableRow,
        edges: Sequence[tuple[float, float]],
        header: TableRow | None,
        *,
        line: str,
        below: float = 0.0,
    ) -> None:
        """``below`` is how much is kept with it."""
        holder = table.add("TR")
        cells = [
            (holder.add(cell.role, scope=cell.scope), cell.style, self._cell_lines(cell, edge))
            for cell, edge in zip(row.cells, edges, strict=True)
        ]
        left = max(len(lines) for _, _, lines in cells)
        leading = row.cells[0].style.leading
        done = 0
        height = left * leading + 2 * self.row_air
        head = self._row_height(header, edges) if header else 0.0
        whole = height + below if height + below <= self.sheet.room - head else height
        if whole <= self.sheet.room - head and self.y - whole < self.floor and not self.fresh:
            self._turn_table(header, edges)
        while left > 0:
            room = int((self.y - self.floor - 2 * self.row_air) / leading)
            if room < min(2, left) and not self.fresh:
                self._turn_table(header, edges)
                room = int((self.y - self.floor - 2 * self.row_air) / leading)
            count = min(left, max(room, 1))
            self._slice(cells, row, edges, done, count)
            done, left = done + count, left - count
            if left:
                self._turn_table(header, edges)
        self.rule(line)

    def _turn_table(self, header: TableRow | None, edges: Sequence[tuple[float, float]]) -> None:
        self.new_page()
        if header is None:
            return
        with self.canvas.artifact():
            for cell, (start, width) in zip(header.cells, edges, strict=True):
                lines = self._cell_lines(cell, (start, width))
                self.draw(lines, cell.style, self.sheet.left + start, self.y - self.row_air, width)
        height = max(len(self._cell_lines(cell, edge)) for cell, edge in zip(header.cells, edges, strict=True))
        self.y -= height * header.cells[0].style.leading + 2 * self.row_air
        self.rule(look.ACCENT)

    def _slice(
        self,
        cells: Sequence[tuple[Node, Style, list[TextLine]]],
        row: TableRow,
        edges: Sequence[tuple[float, float]],
        done: int,
        count: int,
    ) -> None:
        height = count * row.cells[0].style.leading + 2 * self.row_air
        if row.tint:
            with self.canvas.artifact():
                self.fill(self.sheet.left - 6, self.y - height, look.WIDTH + 12, height, row.tint)
        for (node, style, lines), (start, width) in zip(cells, edges, strict=True):
            if piece := lines[done : done + count]:
                with self.canvas.marked(node):
                    self.draw(piece, style, self.sheet.left + start, self.y - self.row_air, width)
        self.y -= height

    def _cell_lines(self, cell: TableCell, edge: tuple[float, float]) -> list[TextLine]:
        return self.setter.lines(cell.text, cell.style, edge[1])

    def rule(self, colour: str, *, width: float = look.WIDTH, weight: float = 0.6) -> None:
        """A horizontal line at the present position."""
        with self.canvas.artifact():
            self.canvas.setStrokeColor(look.colour(colour))
            self.canvas.setLineWidth(weight)
            self.canvas.line(self.sheet.left, self.y, self.sheet.left + width, self.y)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.canvas.setFillColor(look.colour(colour))
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def draw(self, lines: Sequence[TextLine], style: Style, x: float, top: float, width: float) -> None:
        """Draw set lines downwards from ``top``; right-to-left lines are set on the right edge of ``width``."""
        canvas = self.canvas
        canvas.setFillColor(look.colour(style.colour))
        # Half the leading down to the middle of the line, then a third of the size to the baseline.
        y = top - style.leading / 2 - style.size * 0.35
        plain: list[tuple[float, TextLine]] = []
        for line in lines:
            if line.actual:
                self._strings(plain, style, x, width)
                plain = []
                with canvas.actual(line.actual):
                    self._strings([(y, line)], style, x, width)
            else:
                plain.append((y, line))
            y -= style.leading
        self._strings(plain, style, x, width)

    def _strings(self, lines: Sequence[tuple[float, TextLine]], style: Style, x: float, width: float) -> None:
        if not lines:
            return
        text = self.canvas.beginText()
        font = ""
        if style.tracking:
            text.setCharSpace(style.tracking)
        for y, line in lines:
            text.setTextOrigin(x if line.rightward else x + width - line.width, y)
            for run in line.runs:
                if run.font != font:
                    text.setFont(run.font, style.size, style.leading)
                    font = run.font
                text.textOut(run.text)
        if style.tracking:
            text.setCharSpace(0)
        self.canvas.drawText(text)


def _edges(widths: Sequence[float]) -> list[tuple[float, float]]:
    """(start, width) of each column in points, from relative widths."""
    total = look.WIDTH - _CELL_GAP * (len(widths) - 1)
    unit = total / sum(widths)
    edges, start = [], 0.0
    for share in widths:
        edges.append((start, share * unit))
        start += share * unit + _CELL_GAP
    return edges
