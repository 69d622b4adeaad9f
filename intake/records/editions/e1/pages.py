"""The pages of a record: what goes where, from the letterhead to the last page that says how to check it.

First page: title, summary and, always at its foot, the signatures. Then the sections. Last: the check without this
app. The pages name offices; only signatures name people. A notice is one page, which says in short how to check it, unless its
reason is too long for that.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.records.content import TWIN_NAME, Heading, RecordContent, RecordKind, SignatureField
from intake.records.editions.e1 import appearance, ring, wording
from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1.sheets import Drawn, Sheets, fact
from intake.records.editions.e1.tags import Node, Widget
from intake.records.editions.e1.text import Style
from intake.records.fonts import PLACEHOLDERS, Fonts

_ABOVE_PANEL = 18.0
"""Between what is decided and the signatures, in points; here stands that it goes on."""


_CHECKED = (26, 74)
"""The widths of what is compared: what it is, and its SHA-256."""


def draw(content: RecordContent, fonts: Fonts, twin_sha256: str) -> Drawn:
    """Draw all pages of ``content``; ``twin_sha256`` is printed on the last one."""
    return _Record(content, fonts, twin_sha256).draw()


class _Record(Sheets):
    def __init__(self, content: RecordContent, fonts: Fonts, twin_sha256: str) -> None:
        footer = wording.FOOTER.format(organisation=content.organisation_name, reference=content.reference)
        floor = look.BOTTOM + look.PANEL_HEIGHT + _ABOVE_PANEL
        super().__init__(fonts, language=wording.LANGUAGE, footer=footer, floor=floor, paper=content.paper)
        self._content = content
        self._twin_sha256 = twin_sha256
        self._summing = False
        """Whether the summary is being set: what of it does not fit on the first page goes on on the next one."""
        self._goes_on = wording.GOES_ON

    def draw(self) -> Drawn:
        if self._first_page():
            return self._finished()
        for section in self._content.sections:
            self._section(section.title, least=look.SECTION.leading + 7 + self.start_of(section.blocks))
            self._blocks(section.blocks)
        self._check_page()
        return self._finished()

    # ------------------------------------------------------------------------------------------------ first page
    def _first_page(self) -> bool:
        """Gives whether it says how to check it, and is the only one."""
        content, canvas, flow, root = self._content, self._canvas, self._flow, self._root
        self._letterhead(wording.LETTERHEAD[content.kind], content.organisation_name)
        flow.text(root.add("H1"), content.title, look.TITLE)
        if content.subtitle:
            flow.y -= 5
            flow.text(root.add("P"), content.subtitle, look.SUBTITLE)
        flow.y -= 11
        signatures = root.add("Sect")
        # The panel is placed before the summary may turn the page, but read after it.
        self._panel(signatures)
        root.kids.remove(signatures)
        self._summing = True
        self._blocks(content.summary)
        whole = content.kind is RecordKind.NOTICE and canvas.sheet == 0 and self._short_check()
        if content.kind is RecordKind.NOTICE and canvas.sheet == 0 and not whole:
            self._goes_on = wording.CHECK_FOLLOWS
            flow.new_page()
        self._summing = False
        root.kids.append(signatures)
        if content.sections and canvas.sheet == 0:
            flow.new_page()
        return whole

    def _turn(self) -> None:
        if self._summing and self._canvas.sheet == 0:
            flow = self._flow
            flow.y = look.BOTTOM + look.PANEL_HEIGHT + _ABOVE_PANEL - 4
            self._place(self._root.add("P"), self._goes_on, look.SMALL, flow.sheet.left, look.WIDTH)
        super()._turn()

    def _panel(self, parent: Node) -> None:
        content, canvas, flow = self._content, self._canvas, self._flow
        here, top = flow.y, look.BOTTOM + look.PANEL_HEIGHT
        both = len(content.signers) == 2
        flow.y = top
        flow.rule(look.LINE)
        flow.y -= 7
        title = wording.SIGNATURES if both else wording.SIGNATURE
        self._place(parent.add("H2"), title, look.HEADING, flow.sheet.left, look.WIDTH)
        flow.y -= look.HEADING.leading - look.SMALL.leading
        said = wording.SIGNATURES_BOTH if both else wording.SIGNATURES_ONE
        beside = self._setter.width(title, look.HEADING) + 12
        self._place(parent.add("P"), said, look.SMALL, flow.sheet.left + beside, look.WIDTH - beside)
        centre = flow.sheet.left + look.WIDTH / 2
        bottom = look.BOTTOM + 18
        middle = bottom + appearance.HEIGHT / 2
        if SignatureField.OWNER not in content.signers:
            # The ring is the two offices'; what an owner signs closes none.
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
        flow = self._flow
        right = name is SignatureField.CISO
        start = centre if right else flow.sheet.left
        text = centre + 44 if right else flow.sheet.left
        width = look.WIDTH / 2 - 44
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

    # ------------------------------------------------------------------------------------------------- last page
    def _check_page(self) -> None:
        content, flow, root = self._content, self._flow, self._root
        if not flow.fresh:
            flow.new_page()
        # Set a little tighter than the rest, so that the whole check fits on one page.
        flow.row_air, flow.panel_air = 2.1, 5.5
        self._section(wording.CHECK)
        self._check_text(wording.CHECK_LEAD)
        if missing := self._missing():
            flow.panel(root.add("P"), missing, look.CHECK, bar=True)
            flow.space(6)
        self._blocks([Heading(wording.IDENTITY)])
        self._check_text(wording.IDENTITY_TEXT)
        flow.panel(root.add("P"), content.organisation_words, look.WORDS, bar=True)
        flow.space(4)
        self._digests([(wording.ORGANISATION_ID, content.organisation)])
        self._blocks([Heading(wording.RESTS_ON)])
        self._check_text(wording.RESTS_ON_TEXT)
        digests = [(item.label, item.sha256) for item in content.digests]
        self._digests([*digests, (wording.TWIN, self._twin_sha256)])
        self._blocks([Heading(wording.STEPS)])
        self._check_text(wording.UNKNOWN_SIGNERS)
        self._step(wording.STEP_LIST, wording.STEP_LIST_COMMAND)
        self._step(wording.STEP_TWIN, wording.STEP_TWIN_COMMAND.format(twin=TWIN_NAME))
        self._step(wording.STEP_SIGNATURE, wording.STEP_SIGNATURE_COMMAND)
        self._step(wording.STEP_KEY, wording.STEP_KEY_COMMAND)

    def _missing(self) -> str:
        """That something could not be drawn; empty where everything was."""
        count = len(self._setter.missing)
        if not count:
            return ""
        mark = next(char for char in PLACEHOLDERS if self._fonts.fallback(char) or char == PLACEHOLDERS[-1])
        return (wording.MISSING_GLYPHS if count > 1 else wording.MISSING_GLYPH).format(count=count, mark=mark)

    def _short_check(self) -> bool:
        """Say below the summary how to check a notice, if all of it fits there; gives whether it does."""
        content, flow = self._content, self._flow
        lead = " ".join(filter(None, (self._missing(), wording.NOTICE_CHECK_TEXT.format(twin=TWIN_NAME))))
        rows = [
            (wording.ORGANISATION_WORDS, content.organisation_words),
            (wording.ORGANISATION_ID, content.organisation),
            (wording.TWIN, self._twin_sha256),
        ]
        height = (
            *(look.HEADING.leading + 9, self._high(lead, look.SMALL) + 4),
            *(flow.row_height(fact(*row, look.SMALL), _CHECKED) for row in rows),
        )
        if flow.y - sum(height) < flow.floor:
            return False
        self._blocks([Heading(wording.NOTICE_CHECK)])
        flow.text(self._root.add("P"), lead, look.SMALL)
        flow.space(4)
        self._digests(rows)
        return True

    def _high(self, text: str, style: Style) -> float:
        return len(self._setter.lines(text, style, look.WIDTH)) * style.leading

    def _check_text(self, text: str) -> None:
        self._flow.text(self._root.add("P"), text, look.CHECK)
        self._flow.space(4)

    def _digests(self, rows: Sequence[tuple[str, str]]) -> None:
        self._flow.table(self._root, [fact(label, value, look.SMALL) for label, value in rows], _CHECKED)
        self._flow.space(5)

    def _step(self, text: str, command: str) -> None:
        flow = self._flow
        said = len(self._setter.lines(text, look.CHECK, look.WIDTH)) * look.CHECK.leading
        flow.need(said + 3 + (command.count("\n") + 1) * look.COMMAND.leading + 2 * flow.panel_air)
        flow.text(self._root.add("P"), text, look.CHECK)
        flow.space(3)
        flow.panel(self._root.add("P"), command, look.COMMAND, bar=False)
        flow.space(6)
