"""What is signed on the review screen: an opinion, a comment, the signature a record lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.directions import isolated
from intake.domain.case.naming import shown
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.records.paper_jobs import copy_to_complete
from ui.records.signed_pages import SignedPages, as_prepared
from ui.review import subjects, work
from ui.review.work import Looked, Ready
from ui.signing_job import Allowed, SigningFlow
from ui.widgets.signing_sheet import Subject


class ReviewSigning(QObject):
    """Lives with its page. ``given`` carries the opinion signed (a ``Given``), ``commented`` comes after a comment.

    ``moved`` when nothing was signed because the use case has changed since it was looked at.
    """

    given = Signal(object)
    commented = Signal()
    moved = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._case = ""

    def opinion(self, looked: Looked, ready: Ready) -> None:
        """Exactly what was prepared."""
        signing = self._sign(subjects.opinion(looked, ready), self._on_given, work.give, ready.prepared)
        SignedPages(self._context, signing, as_prepared, ready.prepared.pdf)

    def comment(self, looked: Looked, text: str, about: str) -> None:
        """``about`` is a question's id, or empty for the use case as a whole."""
        if not text:
            self._context.say(self.tr("Write something first."))
            return
        self._case = looked.view.state.case
        subject = subjects.comment(looked, text, about)
        self._sign(subject, self._on_commented, work.comment, self._case, text, about, first=work.check_commenting)

    def complete(self, looked: Looked) -> None:
        """The second signature on the record, when each office signed a separate copy."""
        self._case = looked.view.state.case
        view = looked.view
        called = f"{view.reference} {isolated(view.revision.body.title)}"
        subject = subjects.missing_signature(called, view.revision.number, looked.name, looked.fingerprint)
        seen = shown(looked.view.state)
        signing = self._sign(subject, self._on_completed, work.complete, self._case, seen, first=work.check_completing)
        SignedPages(self._context, signing, copy_to_complete, self._case)

    def _sign(self, subject: Subject, then: Callable[[object], None], *job: Any, first: Allowed = None) -> SigningFlow:
        # On the lane of paper: the record is printed and signed with the fonts of that lane.
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, *job, parent=self._page, closing=("CaseMoved",), allowed=first
        )
        signing.done.connect(then)
        signing.turned_away.connect(self._on_moved)
        return signing

    def _on_moved(self, _: object) -> None:
        self.moved.emit()

    def _on_given(self, given: object) -> None:
        self.given.emit(given)

    def _on_commented(self, _: object) -> None:
        self.commented.emit()
        self._context.say(self.tr("Comment added"))
        self._context.tell(Changes(cases=frozenset({self._case})))

    def _on_completed(self, _: object) -> None:
        self._context.say(self.tr("The record is sealed"))
        self._context.tell(Changes(cases=frozenset({self._case})))
