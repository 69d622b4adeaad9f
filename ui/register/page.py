"""The register: every use case, searched, filtered and sorted in SQL, opened with Enter.

The page keeps no rows; the table holds the pages in sight. What a row says is made in ``list_fetch``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel

from ui.context import Context
from ui.register.list_fetch import ListQuery, fetch
from ui.register.list_filters import FilterRow
from ui.register.list_page import CaseListPage
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.services.lists.cases import FacetCounts


class RegisterPage(CaseListPage):
    """``context.go("register", {"turn": "ciso"})`` opens it with these filters, a text opens it with this search."""

    PLACE = "case"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.open_action = self.add_action(self.tr("&Open the use case"), self.open_current, "Ctrl+Return")
        self.add_action(self.tr("&Clear search and filters"), self.clear, "Ctrl+Shift+X")
        new = self.add_action(self.tr("&New use case"), self._new, icon_name="add", button=True, primary=True)
        search = SearchField(self.tr("Search the register"), self.tr("Search titles, answers, comments…"))
        self.order = _OrderPicker()
        self.order.currentIndexChanged.connect(self._on_order)
        self.filters = FilterRow()
        self.filters.changed.connect(self.ask)
        table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            self._columns(),
            name=self.tr("Use cases"),
            empty_title=self.tr("No use cases yet"),
            empty_text="",
            empty_action=new,
            sort="newest",
        )
        table.ordered.connect(self.order.choose)
        self.arrange(search, QLabel(self.tr("Sort &by")), self.order, table, self.filters)
        self._asked = False

    def title(self) -> str:
        return self.tr("Register")

    def activated(self, argument: object) -> None:
        if isinstance(argument, Mapping):
            self.search.setText("")
            self.filters.choose({str(key): str(value) for key, value in argument.items()})
        elif isinstance(argument, str):
            self.search.setText(argument)
            self.filters.choose({})
        if not self._asked or argument is not None:
            self._asked = True
            self.ask()
        self.count()

    def clear(self) -> None:
        self.search.clear()
        self.filters.choose({})
        self.ask()

    def query(self) -> ListQuery:
        return ListQuery(self.search.text().strip(), self.filters.filters())

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", self.tr("Reference"), 16, "reference", whole=True),
            Column("title", self.tr("Use case"), 0, "title"),
            Column("standing", self.tr("Where it stands"), 24, whole=True),
            Column("tier", self.tr("Tier"), 12, whole=True),
            Column("stage", self.tr("Stage"), 9, whole=True),
            Column("owner", self.tr("Owner"), 16, "owner"),
            Column("due", self.tr("Due"), 13, "due", whole=True),
        )

    def ask(self, _: object = None) -> None:
        query = self.query()
        self.problem.setVisible(False)
        # What is found by words comes newest first: other orders would need every hit.
        self.order.setEnabled(not query.text)
        self.order.setToolTip(self.tr("What is found by words is shown newest first") if query.text else "")
        self.table.set_query(query)

    def _on_order(self, _: int) -> None:
        self.table.set_order(self.order.value())

    def show_counts(self, counts: FacetCounts) -> None:
        self.filters.set_counts(counts.values)

    def tell_total(self, total: int) -> None:
        words = self.tr("%Ln use cases", "", total)
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


class _OrderPicker(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sort by"))
        self.view().setAccessibleName(self.tr("Sort by"))
        for key, text in (
            ("newest", self.tr("Newest first")),
            ("reference", self.tr("Reference")),
            ("title", self.tr("Title")),
            ("owner", self.tr("Owner")),
            ("due", self.tr("Due first")),
            ("expiry", self.tr("Expiry first")),
        ):
            self.addItem(text, key)

    def value(self) -> str:
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Show an order without ``currentIndexChanged``."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(key)))
