"""Choosing an earlier use case to begin a new one with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui.context import Context
from ui.jobs import JobTask
from ui.theme import sizes
from ui.widgets import on_screen
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row, page_of
from ui.widgets.paged_table import PagedTable
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow

_MOST = 200


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """The newest filed use cases that match; who looks for an old one types a word of it."""
    from intake.services.lists import cases

    text = request.query if isinstance(request.query, str) else ""
    found = cases.search(session.installation, text, limit=_MOST)
    return page_of(task, request, found, _row)


def _row(found: CaseRow) -> Row:
    return Row(found.case, (Cell(found.title), Cell(found.unit, quiet=True), Cell(found.reference, quiet=True)))


class EarlierDialog(PlainDialog):
    """``chosen`` carries the case."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, title="")
        self.setWindowTitle(self.tr("Start from an earlier use case"))
        self.title.setText(self.windowTitle())
        self.body.addWidget(
            Label(
                self.tr(
                    "Its answers are copied into a new draft, each marked “check this”. Files are not copied. The "
                    "earlier use case stays as it is."
                )
            )
        )
        search = SearchField(self.tr("Search earlier use cases"), self.tr("A word of its title or its answers"))
        self.body.addWidget(search)
        self.table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            (
                Column("title", self.tr("Use case")),
                Column("unit", self.tr("Unit"), 20, whole=True, fold=1),
                Column("reference", self.tr("Reference"), 14, whole=True, fold=2),
            ),
            name=self.tr("Earlier use cases"),
            empty_title=self.tr("Nothing found"),
            empty_text=self.tr("Here are the use cases that were filed or have arrived. Try another word."),
        )
        self.table.setMinimumHeight(sizes(self).line * 6)
        self.body.addWidget(self.table, 1)
        # Wide enough for three columns, and never wider than the screen, however large the letters are.
        wanted = QSize(sizes(self).chars(110), sizes(self).line * 28)
        self.resize(wanted.boundedTo(on_screen.room(self)))
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.use = self.add_button(self.tr("Start from this"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.use.setEnabled(False)
        search.searched.connect(self.table.set_query)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.set_query("")
        search.setFocus()

    def accept(self) -> None:
        if self.table.current_key:
            self.chosen.emit(self.table.current_key)
            super().accept()

    def _on_chosen(self, case: str) -> None:
        self.use.setEnabled(bool(case))

    def _on_opened(self, _: str) -> None:
        self.accept()
