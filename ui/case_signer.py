"""Signatures about a use case, asked for on a page that shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.signing_job import Allowed, SigningFlow
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing_sheet import Subject


class CaseSigner(QObject):
    """Lives with its page. ``moved`` when nothing was signed because the use case has changed since it was shown."""

    moved = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask_signature(
        self, subject: Subject, allowed: Allowed, job: Callable[..., object], *args: object
    ) -> SigningFlow:
        """Ask for one signature; nothing is told when it is done."""
        # On the lane of paper: a record is printed and signed with the fonts of that lane.
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, job, *args, parent=self._page, closing=("CaseMoved",), allowed=allowed
        )  # fmt: skip
        signing.turned_away.connect(self._on_moved)
        return signing

    def sign_about(
        self,
        case: str,
        subject: Subject,
        allowed: Allowed,
        job: Callable[..., object],
        *given: object,
        said: str,
    ) -> SigningFlow:
        """The same of a job that is given the use case first; ``said`` is told when it is done, and that the use case changed."""
        signing = self.ask_signature(subject, allowed, job, case, *given)
        signing.done.connect(lambda _: self._done(case, said))
        return signing

    def _on_moved(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)
        self.moved.emit()

    def _done(self, case: str, said: str) -> None:
        self._context.say(said)
        self._context.tell(Changes(cases=frozenset({case})))
