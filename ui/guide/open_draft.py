"""The draft that is open: what was given, what is stored of it, and what is known beside it, in one ``ShownDraft``.

An answer counts at once and is stored a moment later; whatever comes back from the register never undoes what was given
since. No widget is known here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from intake.domain.playbook.answer_checks import Hint, Typed
from intake.domain.playbook.answers import Answer, Answers
from ui.context import Context
from ui.guide.advising import Advising
from ui.guide.saver import Saver
from ui.guide.shown import ShownDraft, bears_on_others
from ui.guide.work import OpenedDraft, open_draft, use_newer
from ui.jobs import JobLane


class OpenDraft(QObject):
    """``changed`` comes when ``shown`` is another one, ``stored`` before it when that was kept in the register.

    ``opened`` when the draft asked for is here, ``gone`` when there is none.
    """

    changed = Signal()
    stored = Signal()
    opened = Signal()
    gone = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = ""
        self.shown: ShownDraft | None = None
        self.saver = Saver(context, self)
        self.saver.saved.connect(self.take_stored)
        self._advising = Advising(context, self)
        self._advising.advised.connect(self._on_advised)
        self._advising.lowered.connect(self._on_lowered)
        self._unread = False
        self._left = False

    def open(self, draft: str) -> None:
        """Begin with a draft, or look at the open one again; another one is closed at once."""
        self.saver.open(draft)
        if self.shown is not None and self.shown.draft != draft:
            self.close()
        self._draft = draft
        handle = self._context.run(JobLane.REGISTER, open_draft, draft, owner=self)
        handle.done.connect(self._on_opened)
        handle.refused.connect(self._on_gone)

    def reread(self) -> None:
        """What is known beside the answers may have changed."""
        if self._draft:
            handle = self._context.run(JobLane.REGISTER, open_draft, self._draft, owner=self)
            handle.done.connect(self.take_read)

    def take_read(self, opened: OpenedDraft) -> None:
        """The open draft as it was just read."""
        if opened.view.row.id == self._draft:
            self._take(opened)
            self.changed.emit()

    def use_newer(self) -> None:
        """Go on with the newer playbook."""
        if self._draft:
            handle = self._context.run(JobLane.REGISTER, use_newer, self._draft, owner=self)
            handle.done.connect(self.take_stored)

    def close(self) -> None:
        self._draft = ""
        self.shown = None

    def answer(self, question: str, given: Typed | Answer) -> None:
        """Somebody gave an answer."""
        self.saver.put(question, given)
        self._unread = True
        shown = self.shown
        if shown is not None and (isinstance(given, Answer) or bears_on_others(shown.playbook.question(question))):
            # What this brings or hides is seen at once; that it is stored is said a moment later.
            self._show(shown.given({question: given}))

    def leave(self) -> None:
        """Who goes on to the next question has said what there was to say: it is kept and looked at."""
        if self.shown is not None:
            self._left = True
            self._show(self.shown.given(self.saver.pending))
            self.saver.flush()
            self._look_again()

    def take_stored(self, view: Any) -> None:
        """The draft as it is after something was stored (a ``DraftView``)."""
        self.stored.emit()
        if self.shown is None or self.shown.draft != view.row.id:
            return
        self._show(self.shown.with_view(view).given(self.saver.pending))
        self._look_again()

    def look(self) -> None:
        """Have looked up what the register knows about what is written."""
        if self.shown is not None:
            self._advising.look(self.shown)

    def look_lower(self) -> None:
        """Have worked out what would lower the tier."""
        if self.shown is not None:
            self._advising.lower(self.shown)

    def _on_opened(self, opened: OpenedDraft) -> None:
        if opened.view.row.id == self._draft:
            self._take(opened)
            self.opened.emit()

    def _on_gone(self, _: object) -> None:
        self.close()
        self.gone.emit()

    def _take(self, opened: OpenedDraft) -> None:
        before = self.shown
        advice = before.advice if before is not None and before.draft == opened.view.row.id else ()
        self.shown = ShownDraft(opened, advice).given(self.saver.pending)

    def _look_again(self) -> None:
        """Once everything is stored and somebody has gone on, what is new is read."""
        if self._left and self._unread and self.saver.idle:
            self._left = self._unread = False
            self.look()

    def _show(self, shown: ShownDraft) -> None:
        self.shown = shown
        self.changed.emit()

    def _on_advised(self, found: tuple[str, tuple[Hint, ...]]) -> None:
        draft, hints = found
        if self.shown is not None and self.shown.draft == draft and hints != self.shown.advice:
            self._show(replace(self.shown, advice=hints))

    def _on_lowered(self, found: tuple[Answers, tuple[Any, ...]]) -> None:
        answers, lowering = found
        shown = self.shown
        if shown is not None and shown.guide.answers == answers and lowering != shown.lowering:
            self._show(replace(shown, lowering=lowering))
