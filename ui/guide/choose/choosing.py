"""Choosing answers of competing revisions in the open draft, and taking the last choice back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.context import Context
from ui.guide.choose.view import ChooseView
from ui.guide.open_draft import OpenDraft
from ui.guide.work import choose, take_back
from ui.jobs import JobLane

if TYPE_CHECKING:
    from intake.services.filing.choosing import Chosen


class Choosing(QObject):
    """Serves ``view``. What was chosen on this visit can be taken back, the last first."""

    def __init__(self, context: Context, draft: OpenDraft, check: QAction, parts: QAction) -> None:
        """``check`` leads to the check page, ``parts`` to the list of parts."""
        super().__init__(draft)
        self._context = context
        self._draft = draft
        self._made: list[Chosen] = []
        self._of = ""
        self.view = ChooseView(check, parts)
        self.view.taken.connect(self.choose)

    @property
    def can_undo(self) -> bool:
        shown = self._draft.shown
        return shown is not None and shown.draft == self._of and bool(self._made)

    def choose(self, revision: str, questions: Sequence[str]) -> None:
        """Take the answers of a revision to these questions; without any to all that differ."""
        shown = self._draft.shown
        if shown is None:
            return
        if shown.draft != self._of:
            self._of, self._made = shown.draft, []
        # What was typed a moment ago is stored before it is chosen over.
        self._draft.saver.flush()
        handle = self._context.run(
            JobLane.REGISTER, choose, shown.draft, revision, tuple(questions), owner=self, certain=True
        )
        handle.done.connect(self._on_chosen)

    def undo_last(self) -> None:
        """Take the last choice back."""
        if self.can_undo:
            made = self._made.pop()
            self._draft.saver.flush()
            handle = self._context.run(JobLane.REGISTER, take_back, self._of, made, owner=self, certain=True)
            handle.done.connect(self._draft.take_stored)

    def _on_chosen(self, made: Chosen) -> None:
        if made.view.row.id == self._of:
            self._made.append(made)
        self._draft.saver.tell_saved()
        self._draft.take_stored(made.view)
