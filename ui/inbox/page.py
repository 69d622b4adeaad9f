"""The inbox: what waits for me, what waits for others, what is due for another look. The most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabBar

from ui.context import Context
from ui.formatting import number_words
from ui.inbox.fetching import DUE, MINE, OTHERS, InboxAsked, InboxWriting, count, fetch
from ui.jobs import JobLane
from ui.register.list_file import Write
from ui.register.list_filters import FilterRow
from ui.register.list_page import CaseListPage
from ui.register.order_picker import OrderPicker
from ui.several.chosen import MOST, ChosenCases
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.services.lists.inbox import InboxCounts


@dataclass(frozen=True, slots=True)
class InboxList:
    """One of the three lists. ``without`` are the columns that say nothing in it."""

    key: str
    name: str
    lead: str
    without: tuple[str, ...]


class InboxPage(CaseListPage):
    """Three groups over one list; Enter opens the use case, where the next act leads."""

    PLACE = "case"
    KEY = "inbox"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._groups = (
            InboxList(
                MINE,
                self.tr("Your turn"),
                self.tr("Nothing moves on these use cases until you have looked. The most pressing first."),
                ("who",),
            ),
            InboxList(
                OTHERS,
                self.tr("Waiting for others"),
                self.tr("You have done your part; somebody else has the next word."),
                ("who",),
            ),
            InboxList(
                DUE,
                self.tr("Due for re-review"),
                self.tr("Approvals that end soon or have a commitment coming due, the most pressing first."),
                ("since",),
            ),
        )
        self.groups = QTabBar()
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        self.groups.setAccessibleName(self.tr("Groups of the inbox"))
        for number, group in enumerate(self._groups):
            self.groups.addTab(group.name)
            self.groups.setTabToolTip(number, f"Alt+{number + 1}")
        table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            self._columns(),
            name=self.tr("Use cases of this group"),
            empty_title=self.tr("Nothing waits here"),
            empty_text="",
            sort="pressing",
            several=True,
        )
        self.groups.currentChanged.connect(self._on_group)
        table.model.arrived.connect(self._on_arrived)
        self.add_action(self.tr("&Open the use case"), self.open_current, button=True, primary=True)
        self.together = self.add_action(
            self.tr("Sign the chosen to&gether…"), self.sign_together, "Ctrl+Shift+G", button=True,
            tip=self.tr("Choose several use cases with Shift or Ctrl: those with matching terms can be signed in one sheet"),
        )  # fmt: skip
        table.picked.connect(self._on_picked)
        self.add_action(self.tr("Show your turn"), self._show_mine, "Alt+1")
        self.add_action(self.tr("Show waiting for others"), self._show_others, "Alt+2")
        self.add_action(self.tr("Show due for re-review"), self._show_due, "Alt+3")
        self.body.addWidget(self.groups)
        self.arrange(
            SearchField(self.tr("Search the inbox"), self.tr("Search this group…")),
            OrderPicker(("pressing", "tier", "since", "newest", "title", "reference")),
            FilterRow("tier", "stage", "unit", counted=False),
            table,
        )
        self.add_list_actions()
        self._mark_views()
        self._on_picked()
        self._asked = False

    def title(self) -> str:
        return self.tr("Inbox")

    def activated(self, argument: object) -> None:
        if isinstance(argument, str):
            self.show_group(argument)
        if not self._asked:
            self._on_group(self.groups.currentIndex())
        else:
            self.table.refresh()
        self.count()

    def sign_together(self) -> None:
        """Look through the chosen use cases, to sign in one sheet those that can be."""
        count, keys = self.table.picked_count, self.table.picked_keys()
        if count > MOST or len(keys) < count:
            self.context.say(self.tr("At most %Ln use cases are looked through at once: choose fewer.", "", MOST))
            return
        self.context.go("several", ChosenCases(keys))

    def group(self) -> str:
        return self._groups[self.groups.currentIndex()].key

    def show_group(self, group: str) -> None:
        keys = [item.key for item in self._groups]
        if group in keys:
            self.groups.setCurrentIndex(keys.index(group))

    def query(self) -> InboxAsked:
        return InboxAsked(self.group(), self.search.text().strip(), self.filters.filters())

    def writing(self) -> Write:
        return InboxWriting(self.query(), *self.table.model.order)

    def ask(self, _: object = None) -> None:
        self.table.set_query(self.query())

    def count(self) -> None:
        super().count()
        handle = self.context.run(JobLane.REGISTER, count, owner=self)
        handle.done.connect(self._on_counted)

    def tell_total(self, total: int) -> None:
        self.total.setText(self.tr("%Ln use cases", "", total))
        if self.query().narrow:
            self.table.empty.title.setText(self.tr("Nothing matches"))
            self.table.empty.text.setText(self.tr("Nothing in this group has all of this. Take a filter away."))
        else:
            self.table.empty.title.setText(self.tr("Nothing waits here"))
            self.table.empty.text.setText(
                self.tr("A use case appears here when it is filed, when the other office signs, or when it ends soon.")
            )

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("title", self.tr("Use case"), 0, "title"),
            Column("tier", self.tr("Tier"), 12, "tier", whole=True, fold=1),
            Column("what", self.tr("What is due"), 12, whole=True, most=30, fold=6),
            Column("who", self.tr("Of whom"), 14, whole=True, fold=3),
            Column("turn", self.tr("Whose turn"), 14, whole=True, fold=5),
            Column("since", self.tr("Since"), 11, "since", whole=True, fold=4),
            Column("clock", self.tr("Until when"), 12, "pressing", whole=True),
        )

    def _on_counted(self, found: InboxCounts) -> None:
        self.together.setVisible(bool(found.office))
        for index, (group, total) in enumerate(zip(self._groups, (found.mine, found.others, found.due), strict=True)):
            self.groups.setTabText(index, f"{group.name} ({number_words(total)})" if total else group.name)

    def _on_group(self, number: int) -> None:
        group = self._groups[number]
        self._asked = True
        self.together.setEnabled(False)
        self.set_lead(group.lead, "")
        self.table.leave_out(*group.without)
        self.views.leave()
        self._mark_views()
        self.ask()

    def _on_arrived(self, total: int) -> None:
        # The first row is chosen, so that Enter works at once.
        if total and not self.table.view.currentIndex().isValid():
            self.table.view.selectRow(0)
        self._on_picked()

    def _on_picked(self, _: int = 0) -> None:
        # Nobody signs together what is not theirs to sign; of a single one its page is opened.
        self.together.setEnabled(self.group() == MINE and self.table.picked_count > 1)

    def _show_mine(self) -> None:
        self._show(0)

    def _show_others(self) -> None:
        self._show(1)

    def _show_due(self) -> None:
        self._show(2)

    def _show(self, number: int) -> None:
        self.groups.setCurrentIndex(number)
        self.table.setFocus()
