"""What is signed on the review screen: an opinion, a comment, the signature a record lacks."""

from __future__ import annotations

from PySide6.QtCore import Signal

from intake.domain.base.directions import isolated
from intake.domain.case.naming import shown
from ui.case_signer import CaseSigner
from ui.records.paper_jobs import check_completing, complete, copy_to_complete
from ui.records.signed_pages import SignedPages, as_prepared
from ui.review import subjects, work
from ui.review.work import Looked, Ready


class ReviewSigning(CaseSigner):
    """``given`` carries the opinion signed (a ``Given``), ``commented`` comes after a comment. What ``moved`` is said by the page."""

    given = Signal(object)
    commented = Signal()

    def opinion(self, looked: Looked, ready: Ready) -> None:
        """Exactly what was prepared."""
        signing = self.ask_signature(subjects.opinion(looked, ready), None, work.give, ready.prepared)
        signing.done.connect(self.given)
        SignedPages(self._context, signing, as_prepared, ready.prepared.pdf)

    def comment(self, looked: Looked, text: str, about: str) -> None:
        """``about`` is a question's id, or empty for the use case as a whole."""
        if not text:
            self._context.say(self.tr("Write something first."))
            return
        case, subject, said = looked.view.state.case, subjects.comment(looked, text, about), self.tr("Comment added")
        signing = self.sign_about(case, subject, work.check_commenting, work.comment, text, about, said=said)
        signing.done.connect(self._on_commented)

    def complete(self, looked: Looked) -> None:
        """The second signature on the record, when each office signed a separate copy."""
        view = looked.view
        case, said = view.state.case, self.tr("The record is sealed")
        called = f"{view.reference} {isolated(view.revision.body.title)}"
        subject = subjects.missing_signature(called, view.revision.number, looked.name, looked.fingerprint)
        signing = self.sign_about(case, subject, check_completing, complete, shown(view.state), said=said)
        SignedPages(self._context, signing, copy_to_complete, case)

    def _on_moved(self, _: object) -> None:
        self.moved.emit()

    def _on_commented(self, _: object) -> None:
        self.commented.emit()
