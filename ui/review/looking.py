"""Remembers what somebody of an office has opened, so that it can be signed with others (``domain.case.together``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake.domain.base.refusals import Refusal
from intake.domain.case.together import CaseLook, look_of
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.review.work import Looked

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


def keep(_: JobTask, session: Session, case: str, look: CaseLook) -> None:
    """Raises DiskFull and its kin."""
    from intake.services.deciding import looks

    looks.keep(session.installation, session.person, case, look)


class LookKeeper(QObject):
    """Told what is on screen, it remembers it for the offices; of others nothing is kept."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def seen(self, looked: Looked) -> None:
        """This stands on the screen now."""
        view = looked.view
        if view.office is None:
            return
        look = look_of(view.state, view.office)
        handle = self._context.run(JobLane.REGISTER, keep, view.state.case, look, owner=self)
        handle.refused.connect(self._on_refused)

    def _on_refused(self, refusal: Refusal) -> None:
        self._context.say(refusal.what_happened)
