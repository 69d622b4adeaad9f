"""What every page with a list of use cases is made of: a search, an order, filters, saved views, how many there are, the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.page import Page
from ui.register.list_fetch import count
from ui.register.list_file import ListFile, Write
from ui.register.list_filters import FilterRow
from ui.register.order_picker import OrderPicker
from ui.register.saved_views import SavedView
from ui.register.view_picker import ViewNameDialog, ViewPicker
from ui.theme import Tone, sizes
from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_row
from ui.widgets.labels import quiet
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import NoticePanel, own_size_button
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from ui.register.list_fetch import ListFacts


class CaseListPage(Page):
    """Hand a search, an order, filters and a table to ``arrange``; say what is asked and what came. A row opens at ``PLACE``.

    ``KEY`` is under which the views of this list are kept.
    """

    PLACE: ClassVar[str]
    KEY: ClassVar[str]

    LOW = 26
    """Lines of text below which a window is low."""

    search: SearchField
    order: OrderPicker
    filters: FilterRow
    table: PagedTable

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.total = quiet("")
        self.total.setWordWrap(False)
        self.problem = NoticePanel("", tone=Tone.WARN)
        self.problem.setVisible(False)
        self.progress = ProgressPanel()
        self.views = ViewPicker(context.settings, self.KEY)
        self.views.chosen.connect(self._on_view)
        self.file = ListFile(context, self, self.progress)
        self.file.refused.connect(self._on_refused)

    def arrange(
        self, search: SearchField, order: OrderPicker, filters: FilterRow, table: PagedTable, *above: QWidget
    ) -> None:
        """``above`` are other widgets between the search and the table."""
        s = sizes(self)
        self.search, self.order, self.filters, self.table = search, order, filters, table
        label = QLabel(self.tr("Sort &by"))
        label.setBuddy(order)
        beside = QWidget()
        row = bare_row(beside, s.m)
        row.addWidget(self.total, 1)
        row.addWidget(label)
        row.addWidget(order)
        order.choose(table.model.order[0])
        order.currentIndexChanged.connect(self._on_order)
        filters.add(self.views)
        filters.changed.connect(self._on_asked)
        search.searched.connect(self._on_asked)
        # Enter goes on to what is found, and once more opens it.
        search.entered.connect(self.focus_first)
        table.opened.connect(self._open)
        table.refused.connect(self._on_refused)
        table.ordered.connect(self._on_ordered)
        table.model.arrived.connect(self.tell_total)
        self.body.setSpacing(s.m)
        self._narrowing = [beside, filters]
        self.unfold = own_size_button(self.tr("Filters and order"), role="link")
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._fit)
        self.body.addWidget(WrappingRow(search, self.unfold, beside, grows=True))
        for widget in (filters, *above, self.problem, self.progress):
            self.body.addWidget(widget)
        self.body.addWidget(table, 1)

        if self.views.unread:
            self.problem.set_words(
                self.tr("The saved views of this list cannot be read"),
                self.tr("They are kept aside in the preferences of this window; save the views you need again."),
                Tone.WARN,
            )
            self.problem.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the list comes first: what narrows it is one click away."""
        low = self.height() < sizes(self).line * self.LOW
        self.unfold.setVisible(low)
        for widget in self._narrowing:
            widget.setVisible(not low or self.unfold.isChecked())

    def add_list_actions(self) -> None:
        """The actions that every list has, behind the page's own."""
        self.add_action(self.tr("&Clear search and filters"), self.clear, "Ctrl+Shift+X")
        self.add_action(self.tr("O&rder of the list…"), self._on_order_menu, "Ctrl+Shift+O")
        self.add_action(self.tr("Save th&is view…"), self._on_save_view, "Ctrl+D")
        self.remove_view = self.add_action(self.tr("Re&move this view"), self._on_remove_view)
        self.add_action(
            self.tr("Save the list as a &file…"), self._on_file, "Ctrl+Shift+E",
            tip=self.tr("A CSV table for spreadsheets: exactly what is listed, in this order"),
        )  # fmt: skip

    def ask(self, _: object = None) -> None:
        """Give the table what is asked for now."""
        raise NotImplementedError

    def tell_total(self, total: int) -> None:
        """Say how many there are of what was asked for."""
        raise NotImplementedError

    def writing(self) -> Write:
        """What writes the list that is shown."""
        raise NotImplementedError

    def group(self) -> str:
        """The group that is shown, of a list that has several."""
        return ""

    def show_group(self, group: str) -> None:
        """Show another group, where there are several."""

    def show_counts(self, facts: ListFacts) -> None:
        """Say beside each choice how many there are of it."""
        self.filters.set_counts(facts.counts.values, facts.person)

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

    def clear(self) -> None:
        self.search.clear()
        self.filters.choose({})
        self._on_asked()

    def open_current(self) -> None:
        if self.table.current_key:
            self._open(self.table.current_key)

    def view_shown(self, name: str) -> SavedView:
        """What is shown now, under a name."""
        sort, descending = self.table.model.order
        text = self.search.text().strip()
        return SavedView(name, text, self.filters.filters(), sort, descending, self.group())

    def _on_view(self, view: SavedView) -> None:
        self.problem.setVisible(False)
        self.show_group(view.group)
        self.views.show_name(view.name)
        self.search.show_text(view.text)
        self.filters.choose(dict(view.filters))
        self.order.choose(view.sort)
        self.table.set_order(self.order.value(), descending=view.descending)
        self.ask()
        self._mark_views()

    def _on_asked(self, _: object = None) -> None:
        self.views.leave()
        self._mark_views()
        self.problem.setVisible(False)
        self.ask()

    def _on_order(self, _: int) -> None:
        self.views.leave()
        self._mark_views()
        self.table.set_order(self.order.value())

    def _on_ordered(self, order: str) -> None:
        self.views.leave()
        self._mark_views()
        self.order.choose(order)

    def _on_order_menu(self) -> None:
        self.table.ask_order()

    def _on_save_view(self) -> None:
        known = {view.name for view in self.views.views}
        dialog = ViewNameDialog(self.views.current, known.__contains__, self)
        dialog.named.connect(self.save_view)
        dialog.open()

    def save_view(self, name: str) -> None:
        if self.views.save(self.view_shown(name)):
            self.context.say(self.tr("View “{name}” saved").format(name=name))
        else:
            self.problem.set_words(
                self.tr("This view is not kept"),
                self.tr(
                    "There are too many, or its search is too long. Remove one that you do not need, or search for less."
                ),
                Tone.WARN,
            )
            self.problem.setVisible(True)
        self._mark_views()

    def _on_remove_view(self) -> None:
        name = self.views.remove()
        self.context.say(self.tr("View “{name}” removed").format(name=name))
        self._mark_views()

    def _mark_views(self) -> None:
        self.remove_view.setEnabled(bool(self.views.current))

    def _on_file(self) -> None:
        self.file.begin(self.writing(), self.KEY)

    def _open(self, case: str) -> None:
        self.context.go(self.PLACE, case)

    def _on_refused(self, refusal: Refusal) -> None:
        self.problem.tell(refusal)
