"""What all parts of a page share that sign about one use case: the flow of a signature, and what becomes of the page.

Nothing is signed of a use case that has changed since it was shown: the refusal is told, and the page reads it again.
"""

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

    def flow(self, subject: Subject, allowed: Allowed, job: Callable[..., str], *given: object) -> SigningFlow:
        """Ask for the signature; ``job`` is called with ``given`` once the passphrase is there, after ``allowed``."""
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, job, *given, parent=self._page, closing=("CaseMoved",), allowed=allowed
        )  # fmt: skip
        signing.turned_away.connect(self.turn_away)
        return signing

    def turn_away(self, refusal: Refusal) -> None:
        """Say why nothing was signed, and let the page read the use case again."""
        show_refusal(refusal, self._page)
        self.moved.emit()

    def finish(self, case: str, words: str) -> None:
        """Say what was signed, and tell everybody who shows this use case."""
        self._context.say(words)
        self._context.tell(Changes(cases=frozenset({case})))
