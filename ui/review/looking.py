"""Remembers what somebody of an office has opened, so that it can be signed with others (``domain.case.together``).

A page reads its use case again whenever something comes, also in a window that nobody looks at. So only opening it shows all of
it; what comes while it is open is told, and seen when somebody goes to the place where it stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import sentence
from intake.domain.case.together import CaseLook, come_since_look, look_of
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.review.sections import COMMENTS, SUMMARY, TERMS, ReviewTabs
from ui.review.work import Looked
from ui.theme import Tone
from ui.widgets.panels import NoticePanel

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


def keep(_: JobTask, session: Session, case: str, look: CaseLook) -> None:
    """Raises DiskFull and its kin."""
    from intake.services.deciding import looks

    looks.keep(session.installation, session.person, case, look)


class LookKeeper(NoticePanel):
    """Told what is on screen, it remembers it for the offices, and says what came since; of others nothing is kept."""

    def __init__(self, context: Context, tabs: ReviewTabs, go_there: QAction) -> None:
        super().__init__("", tone=Tone.WARN, action=go_there)
        self._context, self._tabs = context, tabs
        self._looked: Looked | None = None
        self._now: CaseLook | None = None
        self._seen: CaseLook | None = None
        tabs.currentChanged.connect(self._on_section)
        self._go_there = go_there
        go_there.triggered.connect(self._on_go_there)
        self._say()

    def begin(self) -> None:
        """Somebody opens a use case: what is shown next is seen."""
        self._seen = self._now = None
        self._say()

    def show_case(self, looked: Looked) -> None:
        """This stands on the screen now. In a window that is put away nobody opens anything."""
        view = looked.view
        self._looked = looked
        self._now = look_of(view.state, view.office, looked.person) if view.office else None
        if self._now is not None and self._seen is None and not self.window().isMinimized():
            self._keep(self._now)
        self._say()

    def _since(self) -> Reason | None:
        office = self._looked.view.office if self._looked else None
        return come_since_look(self._seen, self._now, office) if self._seen and self._now and office else None

    def _say(self) -> None:
        found = self._since()
        self.set_words(sentence(found), self.tr("Go there to read it.") if found else "")
        self.setVisible(found is not None)
        self._go_there.setVisible(found is not None)

    def _on_section(self, number: int) -> None:
        """Somebody goes there: the summary has the terms too."""
        if self._seen is None or self._now is None:
            return
        if number in (SUMMARY, TERMS):
            self._keep(replace(self._seen, revision=self._now.revision, terms=self._now.terms))
        elif number == COMMENTS:
            self._keep(replace(self._seen, remarks=self._now.remarks))
        self._say()

    def _on_go_there(self) -> None:
        if self._seen is None or self._now is None:
            return
        terms = (self._seen.revision, self._seen.terms) != (self._now.revision, self._now.terms)
        number = TERMS if terms else COMMENTS
        self._tabs.show_section(number)
        self._on_section(number)

    def _keep(self, look: CaseLook) -> None:
        if look == self._seen or self._looked is None:
            return
        self._seen = look
        handle = self._context.run(JobLane.REGISTER, keep, self._looked.view.state.case, look, owner=self)
        handle.refused.connect(self._on_refused)

    def _on_refused(self, refusal: Refusal) -> None:
        self._context.say(refusal.what_happened)
