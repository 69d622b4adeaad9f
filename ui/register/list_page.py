"""What every page with a list of use cases is made of: a search, one picker, how many there are, and the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.page import Page
from ui.register.list_fetch import count
from ui.theme import Tone, sizes
from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_row
from ui.widgets.labels import quiet
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import NoticePanel
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.services.lists.cases import FacetCounts


class CaseListPage(Page):
    """Hand a search, a picker and a table to ``arrange``; say what is asked and what came. A row opens at ``PLACE``."""

    PLACE: ClassVar[str]

    search: SearchField
    table: PagedTable

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.total = quiet("")
        self.total.setWordWrap(False)
        self.problem = NoticePanel("", tone=Tone.WARN)
        self.problem.setVisible(False)

    def arrange(
        self, search: SearchField, label: QLabel, picker: QComboBox, table: PagedTable, *above: QWidget
    ) -> None:
        """``label`` is the picker's; ``above`` are the other widgets that narrow the table."""
        s = sizes(self)
        self.search, self.table = search, table
        label.setBuddy(picker)
        beside = QWidget()
        order = bare_row(beside, s.m)
        order.addWidget(self.total, 1)
        order.addWidget(label)
        order.addWidget(picker)
        search.searched.connect(self.ask)
        table.opened.connect(self._open)
        table.refused.connect(self._on_refused)
        table.model.arrived.connect(self.tell_total)
        self.body.setSpacing(s.m)
        self.body.addWidget(WrappingRow(search, beside, grows=True))
        for widget in (*above, self.problem):
            self.body.addWidget(widget)
        self.body.addWidget(table, 1)

    def ask(self, _: object = None) -> None:
        """Give the table what is asked for now."""
        raise NotImplementedError

    def tell_total(self, total: int) -> None:
        """Say how many there are of what was asked for."""
        raise NotImplementedError

    def show_counts(self, counts: FacetCounts) -> None:
        """Say beside each choice how many there are of it."""
        raise NotImplementedError

    def refresh(self, changes: Changes) -> None:
        if changes.any_case:
            self.table.refresh()
            self.count()

    def focus_first(self) -> None:
        # The list, not the search: arrows and Enter work at once, Ctrl+F goes to the search.
        self.table.view.setFocus()

    def count(self) -> None:
        handle = self.context.run(JobLane.REGISTER, count, owner=self)
        handle.done.connect(self.show_counts)

    def open_current(self) -> None:
        if self.table.current_key:
            self._open(self.table.current_key)

    def _open(self, case: str) -> None:
        self.context.go(self.PLACE, case)

    def _on_refused(self, refusal: Refusal) -> None:
        self.problem.tell(refusal)
