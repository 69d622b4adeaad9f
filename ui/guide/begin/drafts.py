"""My drafts: what I am writing, how far each is and when it was saved. Removing one can be undone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.formatting import recent_words
from ui.guide.begin.beginning import Beginning
from ui.guide.begin.earlier import EarlierDialog
from ui.jobs import JobLane, JobTask
from ui.page import Page
from ui.widgets.paged_model import Cell, Column, PageOfRows, PageRequest, Row, page_of
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import NoticePanel
from ui.words.drafts import draft_kind, draft_progress, draft_title, draft_tone

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation
    from intake.services.installation.workspace import Session
    from intake.services.lists.drafts import DraftRow


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of drafts, the one saved last first."""
    from intake.services.lists import drafts

    return page_of(task, request, drafts.listed(session.installation), partial(_row, session.installation))


def remove(_: JobTask, session: Session, draft: str) -> str:
    """Hide a draft; gives its title."""
    from intake.services.lists import drafts

    return _row(session.installation, drafts.remove(session.installation, draft)).cells[0].text


def undo_remove(_: JobTask, session: Session, draft: str) -> str:
    from intake.services.lists import drafts

    drafts.undo_remove(session.installation, draft)
    return draft


class DraftsPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._beginning = Beginning(context, self)
        self.new = self.add_action(self.tr("&New use case"), self.begin, button=True, primary=True, icon_name="")
        self.earlier = self.add_action(
            self.tr("&Start from an earlier use case…"), self.choose_earlier, "Ctrl+Shift+N", button=True
        )
        self.open = self.add_action(self.tr("&Open the draft"), self.open_current, "Ctrl+Return")
        self.remove = self.add_action(self.tr("&Remove the draft"), self.remove_current, "Del")
        self.undo = self.add_action(self.tr("&Undo removing"), self.undo_removing, "Ctrl+Z")
        self.undo.setEnabled(False)
        self._undo_button = QAction(self.tr("Undo"), self)
        self._undo_button.triggered.connect(self.undo_removing)
        self.removed = NoticePanel("", action=self._undo_button)
        self.removed.setVisible(False)
        self.body.addWidget(self.removed)
        self._gone: list[str] = []
        columns = (
            Column("title", self.tr("Use case")),
            Column("kind", self.tr("What it is"), 27, whole=True, fold=3),
            Column("progress", self.tr("Progress"), 22, whole=True, fold=1),
            Column("saved", self.tr("Saved"), 18, whole=True, fold=2),
        )
        self.table = PagedTable(
            context.jobs,
            context.with_installation(fetch),
            columns,
            name=self.tr("My drafts"),
            empty_title=self.tr("No drafts"),
            empty_text=self.tr(
                "A draft is a use case you have begun to describe and not filed yet. It stays on this computer, and nobody else "
                "sees it until you sign."
            ),
            empty_action=self.new,
        )
        self.table.opened.connect(self.open_draft)
        self.table.chosen.connect(self._on_chosen)
        self.table.model.arrived.connect(self._on_arrived)
        self.body.addWidget(self.table, 1)
        self._on_chosen("")

    def title(self) -> str:
        return self.tr("My drafts")

    def _on_arrived(self, total: int) -> None:
        # Enter opens the first at once, as in the inbox.
        if total and not self.table.view.currentIndex().isValid():
            self.table.view.selectRow(0)

    def activated(self, argument: object) -> None:
        self.set_lead(self.tr("Every answer is saved as you give it."))
        self.table.refresh()

    def refresh(self, changes: Changes) -> None:
        if changes.drafts or changes.everything:
            self.table.refresh()

    def begin(self) -> None:
        self.context.go("new")

    def choose_earlier(self) -> None:
        dialog = EarlierDialog(self.context, self)
        dialog.chosen.connect(self._beginning.like)
        dialog.open()

    def open_current(self) -> None:
        if self.table.current_key:
            self.open_draft(self.table.current_key)

    def open_draft(self, draft: str) -> None:
        self.context.go("guide", draft)

    def remove_current(self) -> None:
        """Remove the selected draft at once; the notice brings it back."""
        draft = self.table.current_key
        if draft:
            self._gone.append(draft)
            handle = self.context.run(JobLane.REGISTER, remove, draft, owner=self)
            handle.done.connect(self._on_removed)
            handle.refused.connect(self._on_not_removed)

    def undo_removing(self) -> None:
        if self._gone:
            handle = self.context.run(JobLane.REGISTER, undo_remove, self._gone.pop(), owner=self)
            handle.done.connect(self._on_back)

    def leaving(self) -> None:
        # Who goes on to other work has meant it; the drafts stay hidden, not lost, in the register.
        self._gone.clear()
        self._show_undo("")

    def _on_chosen(self, draft: str) -> None:
        self.open.setEnabled(bool(draft))
        self.remove.setEnabled(bool(draft))

    def _on_removed(self, title: object) -> None:
        self._show_undo(str(title))
        self.context.tell(Changes(drafts=frozenset(self._gone[-1:])))

    def _on_not_removed(self, _: Refusal) -> None:
        self._gone.pop()
        self.table.refresh()

    def _on_back(self, draft: object) -> None:
        self._show_undo("")
        self.undo.setEnabled(bool(self._gone))
        self.context.tell(Changes(drafts=frozenset({str(draft)})))

    def _show_undo(self, title: str) -> None:
        self.undo.setEnabled(bool(title))
        self.removed.set_words(self.tr("“{title}” was removed.").format(title=title))
        self.removed.setVisible(bool(title))


def _row(installation: Installation, row: DraftRow) -> Row:
    from intake.services.lists import drafts

    line = drafts.line(installation, row)
    return Row(
        row.id,
        (
            Cell(draft_title(line)),
            Cell(draft_kind(line), quiet=True),
            Cell(draft_progress(line), tone=draft_tone(line)),
            Cell(_when(row.changed), quiet=True),
        ),
    )


def _when(at: datetime) -> str:
    return recent_words(at, datetime.now(UTC))
