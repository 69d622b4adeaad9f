"""Records: the cases that have a signed record, found by state and words, and the way to judge any PDF from disk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from intake.domain.base.directions import isolated
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED, RecordGroup, phase_on
from ui.context import Context
from ui.formatting import day_words, number_words
from ui.jobs import JobTask
from ui.records.exporting import RecordsExport
from ui.records.printing import ListPrinting
from ui.records.stating import StatementSaver
from ui.records.verifying import VerifyingReport
from ui.register.list_fetch import ListQuery, ListWriting, fetch_with
from ui.register.list_filters import FacetPicker, FilterRow
from ui.register.list_page import CaseListPage
from ui.register.order_picker import OrderPicker
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField
from ui.words import cases

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow
    from ui.register.list_fetch import ListFacts, RowFacts

GROUPS = ("any", *(str(group) for group in RecordGroup if group))
"""All records, and what became of them."""


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of records, by the phase that is asked for."""
    return fetch_with(lambda row, facts: show(row, facts, sealed=_is_sealed(session, row)), session, request)


def _is_sealed(session: Session, row: CaseRow) -> bool:
    """Whether exactly one file is the record. An alarm may be about anything in the case, so with one the case is asked."""
    from intake.domain.case.phases import RecordState

    lacking = {"cio", "ciso"} & set(row.turn)
    if row.phase not in BOTH_SIGNED or lacking or not row.alarms:
        return row.phase in BOTH_SIGNED and not lacking
    decision = session.installation.folded(row.case).decision
    return decision is not None and decision.record_state is RecordState.SEALED


def show(row: CaseRow, facts: RowFacts, *, sealed: bool) -> Row:
    phase = phase_on(row, facts.today)
    over = phase == EXPIRED
    if over:
        record, tone = RecordTexts.tr("Expired on {day}").format(day=day_words(row.expires)), Tone.WARN
    elif row.phase in BOTH_SIGNED:
        said = RecordTexts.tr("Sealed") if sealed else RecordTexts.tr("See the alarm")
        record = cases.turn_words(row.turn) if row.turn else said
        tone = Tone.GOOD if sealed else Tone.WARN
    else:
        record, tone = cases.phase_words(phase), Tone.WARN if row.record == RecordGroup.ENDED else Tone.NEUTRAL
    if row.reference in facts.shared:
        record, tone = cases.shared_reference() + "; " + record, Tone.WARN
    return Row(
        row.case,
        (
            Cell(row.reference, quiet=True),
            Cell(row.title, tip=row.title, ring=cases.ring(row.cio, row.ciso, over=over)),
            Cell(record, tone=tone),
            Cell(cases.tier_words(row.tier), tone=cases.tier_tone(row.tier)),
            _decided(row.decided, facts.today),
            Cell(day_words(row.expires), quiet=True, folded=_expiry(row, over=over)),
            Cell(row.unit, quiet=True, tip=row.unit),
        ),
    )


def _decided(day: date | None, today: date) -> Cell:
    """The day of a decision. One that is still to come was written by a clock that is ahead, and nothing here tells the real one."""
    if day is None or day <= today:
        return Cell(day_words(day), quiet=True)
    return Cell(RecordTexts.tr("{day}, still to come").format(day=day_words(day)), tone=Tone.WARN)


def _expiry(row: CaseRow, *, over: bool) -> str:
    """A day alone, under a name, would not say of what it is."""
    if row.expires is None:
        return ""
    words = RecordTexts.tr("expired {day}") if over else RecordTexts.tr("expires {day}")
    return words.format(day=day_words(row.expires))


class RecordsPage(CaseListPage):
    PLACE = "record"
    KEY = "records"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_action(self.tr("&Open the record"), self.open_current, "Ctrl+Return")
        verify = self.add_action(
            self.tr("Verif&y a file…"), self._verify, icon_name="check", button=True, primary=True,
            tip=self.tr("Judge any PDF on this computer; dropping it on the window does the same"),
        )  # fmt: skip
        self.verify_chosen = self.add_action(
            self.tr("Verify &these records"), self._verify_these, "Ctrl+Shift+Y", button=True,
            tip=self.tr("Judge the chosen records, or all that are listed"),
        )  # fmt: skip
        self.export_chosen = self.add_action(
            self.tr("Copy these records into a fol&der…"), self._export_these, "Ctrl+Shift+K",
            tip=self.tr("Copies of the chosen records, or of all that are listed, with a manifest"),
        )  # fmt: skip
        self.state_record = self.add_action(
            self.tr("Save a statement of st&anding…"), self._state_record, "Ctrl+Shift+T",
            tip=self.tr("A signed file that says what became of the record, for people without a register"),
        )  # fmt: skip
        self.print_list = self.add_action(
            self.tr("Pri&nt the list…"), self._print_list, "Ctrl+P",
            tip=self.tr("Sets what is listed on pages and opens them in the system viewer, which prints"),
        )  # fmt: skip
        self.print_record = self.add_action(
            self.tr("&Print the record…"), self._print_record, "Ctrl+Shift+P",
            tip=self.tr("Opens a copy of the record in the system viewer, which prints"),
        )  # fmt: skip
        self.set_lead(self.tr("Signed records. Drop any PDF on this window to check its signatures."), "")
        table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            self._columns(),
            name=self.tr("Records"),
            empty_title="",
            empty_text="",
            empty_action=verify,
            sort="decided",
            several=True,
        )
        table.picked.connect(self._on_picked)
        self.state = FacetPicker(self.tr("Kind of record"), self.tr("Decided"), cases.record_group_words)
        self.state.setItemData(0, RecordGroup.DECIDED.value)
        self.state.setMinimumContentsLength(18)
        self.state.currentIndexChanged.connect(self._on_asked)
        self.report = VerifyingReport(context, self.progress, self.file)
        self.report.opened.connect(self._open)
        self.export = RecordsExport(context, self, self.progress)
        self.export.refused.connect(self._on_refused)
        self.stating = StatementSaver(context, self)
        self.printing = ListPrinting(context, self, self.progress)
        self.printing.refused.connect(self._on_refused)
        self.printing.no_viewer.connect(self._on_no_viewer)
        filters = FilterRow("year", "tier", "unit", "owner", "from", "to", counted=False, first=self.state)
        self.arrange(
            SearchField(self.tr("Search records"), self.tr("Search titles, answers, comments…")),
            OrderPicker(("decided", "expiry", "title", "reference", "tier", "newest")),
            filters,
            table,
            self.report,
            self.export.notice,
        )
        self.add_list_actions()
        self._mark_views()
        self._on_picked(0)

    def title(self) -> str:
        return self.tr("Records")

    def activated(self, argument: object) -> None:
        if isinstance(argument, str):
            self.state.choose(argument)
        self.ask()
        self.count()

    def ask(self, _: object = None) -> None:
        self.table.set_query(self.query())
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        """What to show when nothing is found: that there is none at all, or that none is as it was asked for."""
        text = self.search.text().strip()
        if not text and not self.filters.filters() and self.group() == GROUPS[0]:
            self.table.empty.title.setText(self.tr("No records here yet"))
            self.table.empty.text.setText(
                self.tr(
                    "When an office approves or declines, or the business withdraws, the signed PDF is listed here."
                )
            )
            return
        said = [self.tr("Kind of record: {kind}").format(kind=cases.record_group_words(self.group()))]
        said += [f"{name}: {value}" for name, value in self.filters.said().items()]
        if text:
            said.insert(0, self.tr("Search: “{text}”").format(text=isolated(text)))
        self.table.empty.title.setText(self.tr("No record is as you asked for"))
        self.table.empty.text.setText(
            "\n".join((*said, self.tr("Choose “All records”, clear the search or take a filter away to see more.")))
        )

    def query(self) -> ListQuery:
        return ListQuery(self.search.text().strip(), (("record", self.group()), *self.filters.filters()))

    def group(self) -> str:
        return self.state.value() or "decided"

    def show_group(self, group: str) -> None:
        if group in GROUPS:
            self.state.choose(group)

    def writing(self) -> ListWriting:
        """The chosen records; all that are listed when there is one or none."""
        count = self.table.picked_count
        several = 1 < count < self.table.model.total
        return ListWriting(self.query(), *self.table.model.order, chosen=self.table.picked_keys() if several else ())

    def show_counts(self, facts: ListFacts) -> None:
        super().show_counts(facts)
        known = dict(facts.counts.values.get("record", ()))
        chosen = self.state.value()
        with QSignalBlocker(self.state):
            self.state.clear()
            for group in GROUPS:
                text = self.tr("{kind} ({count})").format(
                    kind=cases.record_group_words(group), count=number_words(known.get(group, 0))
                )
                self.state.addItem(text, group)
        self.state.choose(chosen)

    def tell_total(self, total: int) -> None:
        self.total.setText(self.tr("%Ln records", "", total))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", self.tr("Reference"), 14, "reference", whole=True, fold=3),
            Column("title", self.tr("Use case"), 0, "title"),
            Column("record", self.tr("Record"), 14, whole=True, fold=1),
            Column("tier", self.tr("Tier"), 12, "tier", whole=True, fold=2),
            Column("decided", self.tr("Decided"), 12, "decided", whole=True),
            Column("expires", self.tr("Expires"), 12, "expiry", whole=True, fold=4),
            Column("unit", self.tr("Unit"), 16, whole=True, fold=5),
        )

    def _verify(self) -> None:
        self.context.ask("verify")

    def _verify_these(self) -> None:
        self.report.begin(self.writing())

    def _print_list(self) -> None:
        facts = {self.tr("Kind of record"): cases.record_group_words(self.group()), **self.filters.said()}
        if text := self.search.text().strip():
            facts[self.tr("Search")] = text
        self.printing.print_list(self.writing(), self.title(), facts)

    def _print_record(self) -> None:
        if self.table.current_key:
            self.printing.print_record(self.table.current_key)

    def _state_record(self) -> None:
        if self.table.current_key:
            self.stating.begin(self.table.current_key)

    def _on_no_viewer(self) -> None:
        self.problem.set_words(
            self.tr("No program on this computer opens PDF files."),
            self.tr("Save the list as a file, or copy the records into a folder, and print them where there is one."),
            Tone.WARN,
        )
        self.problem.setVisible(True)

    def _export_these(self) -> None:
        self.export.ask(self.writing())

    def _on_picked(self, count: int) -> None:
        self.verify_chosen.setText(
            self.tr("Verify %Ln c&hosen records", "", count) if count > 1 else self.tr("Verify &these records")
        )
        self.export_chosen.setText(
            self.tr("Copy %Ln chosen records into a fol&der…", "", count)
            if count > 1
            else self.tr("Copy these records into a fol&der…")
        )


class RecordTexts(Texts):
    pass
