"""The inbox: what waits for me, what waits for others, what is due for another look. With age and clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabBar

from ui.context import Changes, Context
from ui.formatting import number_words
from ui.inbox.fetching import DUE, MINE, OTHERS, count, fetch
from ui.jobs import JobLane
from ui.page import Page
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from intake.services.lists.inbox import InboxCounts


@dataclass(frozen=True, slots=True)
class InboxList:
    """One of the three lists."""

    key: str
    name: str
    lead: str


class InboxPage(Page):
    """Three groups over one list; Enter opens the review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._groups = (
            InboxList(MINE, self.tr("Your turn"), self.tr("Nothing moves on these use cases until you have looked.")),
            InboxList(
                OTHERS,
                self.tr("Waiting for others"),
                self.tr("You have done your part; somebody else has the next word."),
            ),
            InboxList(
                DUE,
                self.tr("Due for re-review"),
                self.tr("Approvals that end soon or have a condition coming due, the most pressing first."),
            ),
        )
        self.groups = QTabBar()
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        self.groups.setAccessibleName(self.tr("Groups of the inbox"))
        for number, group in enumerate(self._groups):
            self.groups.addTab(group.name)
            self.groups.setTabToolTip(number, f"Alt+{number + 1}")
        self.table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            (
                Column("title", self.tr("Use case")),
                Column("tier", self.tr("Tier"), 18, whole=True),
                Column("turn", self.tr("Whose turn"), 26, whole=True),
                Column("age", self.tr("Since"), 16, whole=True),
                Column("clock", self.tr("Clock"), 17, whole=True),
            ),
            name=self.tr("Use cases of this group"),
            empty_title=self.tr("Nothing waits here"),
            empty_text=self.tr(
                "A use case appears here when it is filed, when the other office signs, or when it ends soon."
            ),
        )
        self.groups.currentChanged.connect(self._on_group)
        self.table.opened.connect(self._open)
        self.table.model.arrived.connect(self._on_arrived)
        self.body.addWidget(self.groups)
        self.body.addWidget(self.table, 1)
        self.add_action(self.tr("&Open for review"), self.open_current, button=True, primary=True)
        self.add_action(self.tr("Show your turn"), self._show_mine, "Alt+1")
        self.add_action(self.tr("Show waiting for others"), self._show_others, "Alt+2")
        self.add_action(self.tr("Show due for re-review"), self._show_due, "Alt+3")
        self._asked = False

    def title(self) -> str:
        return self.tr("Inbox")

    def activated(self, argument: object) -> None:
        keys = [group.key for group in self._groups]
        if argument in keys:
            self.groups.setCurrentIndex(keys.index(str(argument)))
        if not self._asked:
            self._on_group(self.groups.currentIndex())
        self._reload()

    def refresh(self, changes: Changes) -> None:
        if changes.any_case or changes.drafts:
            self._reload()

    def focus_first(self) -> None:
        self.table.setFocus()

    def open_current(self) -> None:
        if self.table.current_key:
            self._open(self.table.current_key)

    def _reload(self) -> None:
        self.table.refresh()
        handle = self.context.run(JobLane.REGISTER, count, owner=self)
        handle.done.connect(self._on_counted)

    def _on_counted(self, found: InboxCounts) -> None:
        for index, (group, total) in enumerate(zip(self._groups, (found.mine, found.others, found.due), strict=True)):
            self.groups.setTabText(index, f"{group.name} ({number_words(total)})" if total else group.name)

    def _on_group(self, number: int) -> None:
        group = self._groups[number]
        self._asked = True
        self.set_lead(group.lead)
        self.table.set_query(group.key)

    def _on_arrived(self, total: int) -> None:
        # The first row is chosen, so that Enter works at once.
        if total and not self.table.view.currentIndex().isValid():
            self.table.view.selectRow(0)

    def _open(self, case: str) -> None:
        self.context.go("review", case)

    def _show_mine(self) -> None:
        self._show(0)

    def _show_others(self) -> None:
        self._show(1)

    def _show_due(self) -> None:
        self._show(2)

    def _show(self, number: int) -> None:
        self.groups.setCurrentIndex(number)
        self.table.setFocus()
