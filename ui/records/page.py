"""Records: the cases that have a signed record, found by state and words, and the way to judge any PDF from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLabel

from ui.context import Context
from ui.formatting import day_words, number_words
from ui.jobs import JobTask
from ui.register.list_fetch import ListQuery, fetch_with
from ui.register.list_filters import FacetPicker
from ui.register.list_page import CaseListPage
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField
from ui.words import cases

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow, FacetCounts

WITH_RECORD = ("decided", "countersign", "declined", "withdrawn")
"""The phases in which somebody has signed a record of the newest revision."""


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of records, by the phase that is asked for."""
    return fetch_with(lambda row, _: show(row, sealed=_is_sealed(session, row)), session, request)


def _is_sealed(session: Session, row: CaseRow) -> bool:
    """Whether exactly one file is the record. An alarm may be about anything in the case, so with one the case is asked."""
    from intake.domain.case.phases import RecordState

    if row.phase != "decided" or row.turn or not row.alarms:
        return row.phase == "decided" and not row.turn
    decision = session.installation.folded(row.case).decision
    return decision is not None and decision.record_state is RecordState.SEALED


def show(row: CaseRow, *, sealed: bool) -> Row:
    if row.phase == "decided":
        said = RecordTexts.tr("Sealed") if sealed else RecordTexts.tr("See the alarm")
        record = cases.turn_words(row.turn) if row.turn else said
        tone = Tone.GOOD if sealed else Tone.WARN
    else:
        record, tone = cases.phase_words(row.phase), Tone.NEUTRAL
    return Row(
        row.case,
        (
            Cell(row.reference, quiet=True),
            Cell(row.title, tip=row.title, ring=cases.ring(row.cio, row.ciso)),
            Cell(record, tone=tone),
            Cell(day_words(row.decided), quiet=True),
            Cell(day_words(row.expires), quiet=True),
            Cell(row.unit, quiet=True, tip=row.unit),
        ),
    )


class RecordsPage(CaseListPage):
    PLACE = "record"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_action(self.tr("&Open the record"), self.open_current, "Ctrl+Return")
        verify = self.add_action(
            self.tr("Verif&y a file…"), self._verify, icon_name="check", button=True, primary=True,
            tip=self.tr("Judge any PDF on this computer; dropping it on the window does the same"),
        )  # fmt: skip
        self.set_lead(self.tr("Signed records. Drop any PDF on this window to check its signatures."))
        search = SearchField(self.tr("Search records"), self.tr("Search titles, answers, comments…"))
        self.state = FacetPicker(self.tr("Kind of record"), self.tr("Decided"), cases.phase_words)
        self.state.setItemData(0, "decided")
        self.state.setMinimumContentsLength(18)
        self.state.currentIndexChanged.connect(self.ask)
        table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            (
                Column("reference", self.tr("Reference"), 16, "reference", whole=True),
                Column("title", self.tr("Use case"), 0, "title"),
                Column("record", self.tr("Record"), 20, whole=True),
                Column("decided", self.tr("Decided"), 14, whole=True),
                Column("expires", self.tr("Expires"), 14, "expiry", whole=True),
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
        self.arrange(search, QLabel(self.tr("Sho&w")), self.state, table)

    def title(self) -> str:
        return self.tr("Records")

    def activated(self, argument: object) -> None:
        if isinstance(argument, str):
            self.state.choose(argument)
        self.ask()
        self.count()

    def ask(self, _: object = None) -> None:
        self.problem.setVisible(False)
        phase = self.state.value() or "decided"
        self.table.set_query(ListQuery(self.search.text().strip(), (("phase", phase),)))

    def show_counts(self, counts: FacetCounts) -> None:
        known = dict(counts.values.get("phase", ()))
        chosen = self.state.value()
        with QSignalBlocker(self.state):
            self.state.clear()
            for phase in WITH_RECORD:
                text = self.tr("{kind} ({count})").format(
                    kind=cases.phase_words(phase), count=number_words(known.get(phase, 0))
                )
                self.state.addItem(text, phase)
        self.state.choose(chosen)

    def tell_total(self, total: int) -> None:
        self.total.setText(self.tr("%Ln records", "", total))

    def _verify(self) -> None:
        self.context.ask("verify")


class RecordTexts(Texts):
    pass
