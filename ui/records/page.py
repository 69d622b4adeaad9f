"""Records: the cases that have a signed paper, found by state and words, and the way to judge any PDF from disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel

from intake.domain.refusals import Refusal
from ui import words
from ui.context import Changes, Context
from ui.jobs import Lane, Task
from ui.page import Page
from ui.register.list_fetch import FacetCounts, ListQuery, count, fetch_with
from ui.register.list_filters import FacetPicker
from ui.theme import Tone, sizes
from ui.widgets.labels import quiet
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import Notice
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.register.rows import CaseRow
    from intake.services.workspace import Seat

WITH_PAPER = ("decided", "countersign", "declined", "withdrawn")
"""The phases in which somebody has signed a paper about the newest revision."""


def fetch(_: Task, seat: Seat, request: PageRequest) -> PageOfRows:
    """One page of records, by the phase that is asked for."""
    return fetch_with(show, seat, request)


def show(row: CaseRow, _: Mapping[str, str]) -> Row:
    if row.phase == "decided":
        sealed = not row.turn
        paper = words.turn_words(row.turn) if row.turn else QCoreApplication.translate("Records", "Sealed")
        tone = Tone.GOOD if sealed else Tone.WARN
    else:
        paper, tone = words.phase_words(row.phase), Tone.NEUTRAL
    return Row(
        row.case,
        (
            Cell(row.reference, quiet=True),
            Cell(row.title, tip=row.title, ring=words.ring(row.cio, row.ciso)),
            Cell(paper, tone=tone),
            Cell(words.day_words(row.decided), quiet=True),
            Cell(words.day_words(row.expires), quiet=True),
            Cell(row.unit, quiet=True, tip=row.unit),
        ),
    )


class RecordsPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False, wide=True)
        s = sizes(self)
        self.add_action(self.tr("&Open the record"), self._open_current, "Ctrl+Return")
        verify = self.add_action(
            self.tr("&Verify a file…"), self._verify, icon_name="check", button=True, primary=True,
            tip=self.tr("Judge any PDF on this computer; dropping it on the window does the same"),
        )  # fmt: skip
        self.set_lead(self.tr("Signed papers. Drop any PDF on this window to check its signatures."))
        self.search = SearchField(self.tr("Search records"), self.tr("Search titles, answers, comments…"))
        self.search.searched.connect(self._ask)
        self.state = FacetPicker(self.tr("Kind of record"), self.tr("Decided"), words.phase_words)
        self.state.setItemData(0, "decided")
        self.state.activated.connect(self._ask)
        label = QLabel(self.tr("Sho&w"))
        label.setBuddy(self.state)
        self.total = quiet("")
        self.total.setWordWrap(False)
        top = QHBoxLayout()
        top.setSpacing(s.m)
        top.addWidget(self.search, 1)
        top.addWidget(self.total)
        top.addSpacing(s.m)
        top.addWidget(label)
        top.addWidget(self.state)
        self.state.setMinimumContentsLength(18)
        self.problem = Notice("", tone=Tone.WARN)
        self.problem.setVisible(False)
        self.table = PagedTable(
            context.jobs,
            context.with_desk(fetch),
            (
                Column("reference", self.tr("Reference"), 16, "reference"),
                Column("title", self.tr("Use case"), 0, "title"),
                Column("paper", self.tr("Record"), 20),
                Column("decided", self.tr("Decided"), 14),
                Column("expires", self.tr("Expires"), 14, "expiry"),
                Column("unit", self.tr("Unit"), 22),
            ),
            name=self.tr("Records"),
            empty_title=self.tr("No records here yet"),
            empty_text=self.tr(
                "When an office approves or declines, or the business withdraws, the signed PDF is listed here."
            ),
            empty_action=verify,
            sort="newest",
        )
        self.table.opened.connect(self._open)
        self.table.refused.connect(self._on_refused)
        self.table.model.arrived.connect(self._on_arrived)
        self.body.setSpacing(s.m)
        self.body.addLayout(top)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.table, 1)

    def title(self) -> str:
        return self.tr("Records")

    def activated(self, argument: object) -> None:
        if isinstance(argument, str):
            self.state.choose(argument)
        self._ask()
        self._count()

    def refresh(self, changes: Changes) -> None:
        if changes.any_case:
            self.table.refresh()
            self._count()

    def focus_first(self) -> None:
        self.table.view.setFocus()

    def _ask(self, _: object = None) -> None:
        self.problem.setVisible(False)
        phase = self.state.value() or "decided"
        self.table.set_query(ListQuery(self.search.text().strip(), (("phase", phase),)))

    def _count(self) -> None:
        handle = self.context.run(Lane.REGISTER, count, owner=self)
        handle.done.connect(self._show_counts)

    def _show_counts(self, counts: FacetCounts) -> None:
        known = dict(counts.values.get("phase", ()))
        chosen = self.state.value()
        self.state.clear()
        for phase in WITH_PAPER:
            text = self.tr("{kind} ({count})").format(kind=words.phase_words(phase), count=f"{known.get(phase, 0):,}")
            self.state.addItem(text, phase)
        self.state.choose(chosen)

    def _on_arrived(self, total: int) -> None:
        self.total.setText(self.tr("1 record") if total == 1 else self.tr("{count} records").format(count=f"{total:,}"))

    def _on_refused(self, refusal: Refusal) -> None:
        self.problem.tell(refusal)

    def _open(self, case: str) -> None:
        self.context.go("record", case)

    def _open_current(self) -> None:
        if self.table.current_key:
            self._open(self.table.current_key)

    def _verify(self) -> None:
        self.context.ask("verify")
