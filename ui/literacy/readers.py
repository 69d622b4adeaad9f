"""Who has read the chapters: everybody on the roster, with what they have acknowledged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.literacy.work import fetch
from ui.theme import sizes
from ui.widgets.boxes import bare_column
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField


class ReadersView(QWidget):
    """A table that can be searched."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        box = bare_column(self, sizes(self).m)
        search = SearchField(self.tr("Search people"), self.tr("Search names, ids, units…"))
        box.addWidget(search)
        self.table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            (
                Column("name", self.tr("Name")),
                Column("unit", self.tr("Unit"), 26, whole=True, fold=3),
                Column("read", self.tr("Acknowledged"), 22, whole=True, fold=1),
                Column("signed", self.tr("Signed last"), 16, whole=True, fold=2),
            ),
            name=self.tr("Who has read the chapters"),
            empty_title=self.tr("Nobody is listed"),
            empty_text=self.tr("Everybody on the roster is listed here with the chapters they have acknowledged."),
        )
        search.searched.connect(self.table.set_query)
        box.addWidget(self.table, 1)

    def focus_first(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
