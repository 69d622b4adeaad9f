"""The register: every use case, searched, filtered and sorted in SQL, opened with Enter.

The page keeps no rows; the table holds the pages in sight. What a row says is made in ``list_fetch``.
"""

from __future__ import annotations

from collections.abc import Mapping

from ui.context import Context
from ui.register.list_fetch import ListQuery, ListWriting, fetch
from ui.register.list_file import Write
from ui.register.list_filters import FilterRow
from ui.register.list_page import CaseListPage
from ui.register.order_picker import OrderPicker
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField

SORTED = 1000
"""What is found by words is shown in any order up to here (``services.lists.cases``); more comes with what moved last first."""


class RegisterPage(CaseListPage):
    """``context.go("register", {"turn": "ciso"})`` opens it with these filters, a text opens it with this search."""

    PLACE = "case"
    KEY = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.open_action = self.add_action(self.tr("&Open the use case"), self.open_current, "Ctrl+Return")
        new = self.add_action(self.tr("&New use case"), self._new, icon_name="add", button=True, primary=True)
        table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            self._columns(),
            name=self.tr("Use cases"),
            empty_title=self.tr("No use cases yet"),
            empty_text="",
            empty_action=new,
            sort="pressing",
        )
        self.arrange(
            SearchField(self.tr("Search the register"), self.tr("Search titles, answers, comments…")),
            OrderPicker(("pressing", "newest", "tier", "since", "title", "reference", "owner", "due", "expiry")),
            FilterRow("owner", "phase", "turn", "tier", "stage", "waived", "unit"),
            table,
        )
        self.add_list_actions()
        self._mark_views()
        self._asked = False

    def title(self) -> str:
        return self.tr("Register")

    def activated(self, argument: object) -> None:
        if isinstance(argument, Mapping):
            self.search.show_text("")
            self.filters.choose({str(key): str(value) for key, value in argument.items()})
        elif isinstance(argument, str):
            self.search.show_text(argument)
            self.filters.choose({})
        if argument is not None:
            self.views.leave()
            self._mark_views()
        if not self._asked or argument is not None:
            self._asked = True
            self.ask()
        self.count()

    def query(self) -> ListQuery:
        return ListQuery(self.search.text().strip(), self.filters.filters())

    def writing(self) -> Write:
        return ListWriting(self.query(), *self.table.model.order)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", self.tr("Reference"), 14, "reference", whole=True, fold=5),
            Column("title", self.tr("Use case"), 0, "title"),
            Column("standing", self.tr("State"), 20, whole=True, fold=1),
            Column("tier", self.tr("Tier"), 12, "tier", whole=True, fold=2),
            Column("stage", self.tr("Stage"), 10, whole=True, fold=4),
            Column("owner", self.tr("Owner"), 14, "owner", whole=True, fold=6),
            Column("due", self.tr("Due"), 12, "pressing", whole=True),
        )

    def ask(self, _: object = None) -> None:
        self.table.set_query(self.query())

    def tell_total(self, total: int) -> None:
        words = self.tr("%Ln use cases", "", total)
        if self.query().text and total > SORTED:
            words = self.tr("%Ln use cases, last moved first: too many to sort", "", total)
        self.total.setText(words)
        if self.query().narrow:
            self.table.empty.title.setText(self.tr("Nothing matches"))
            self.table.empty.text.setText(
                self.tr("No use case has all of this. Take a filter away, or search for the beginning of a word.")
            )
        else:
            self.table.empty.title.setText(self.tr("No use cases yet"))
            self.table.empty.text.setText(
                self.tr("Every use case that is filed here, or arrives from the others, is listed on this page.")
            )

    def _new(self) -> None:
        self.context.ask("new-use-case")
