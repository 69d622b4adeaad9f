"""What is looked up beside the writing: advice on vague answers, and what would lower the tier.

All of it comes from the register's lane and never holds up an answer; without it the guide works all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake.domain.playbook.answer_checks import Hint
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier
from ui.context import Context
from ui.guide.shown import ShownDraft
from ui.jobs import JobTask
from ui.newest import Newest

if TYPE_CHECKING:
    from intake.domain.assessment.lowering import Lowering
    from intake.services.installation.workspace import Session


def advise(_: JobTask, session: Session, draft: str) -> tuple[str, tuple[Hint, ...]]:
    from intake.services.filing.advice import advice

    return draft, tuple(advice(session.installation, draft))


def lower(_: JobTask, __: Session, playbook: Playbook, answers: Answers) -> tuple[Answers, tuple[Lowering, ...]]:
    from intake.domain.assessment.lowering import lowering

    return answers, tuple(lowering(playbook, answers))


class Advising(QObject):
    """``advised`` carries a draft and its hints, ``lowered`` answers and what would lower their tier."""

    advised = Signal(object)
    lowered = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._advice = Newest(context, advise, self, quietly=True)
        self._advice.found.connect(self.advised)
        self._lower = Newest(context, lower, self, quietly=True)
        self._lower.found.connect(self.lowered)

    def look(self, shown: ShownDraft) -> None:
        """Look up what can be said about the answers as they are stored now."""
        self._advice.ask(shown.draft)

    def lower(self, shown: ShownDraft) -> None:
        if shown.assessment.tier is not Tier.MINIMAL:
            self._lower.ask(shown.playbook, shown.guide.answers)
