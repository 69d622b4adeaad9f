"""Continue: the answers of the page shown are stored and checked, and the guide leads on, or says what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.guide.answer.questions import QuestionsView
from ui.guide.navigation import GuideNavigation
from ui.guide.next_stop import after
from ui.guide.open_draft import OpenDraft
from ui.guide.work import Accepted, accept
from ui.jobs import JobLane


class Continuing(QObject):
    """``accepted`` when nothing on the page is missing; ``refused`` carries why its answers could not be stored.

    ``ended`` comes in every case.
    """

    accepted = Signal()
    refused = Signal(object)
    ended = Signal()

    def __init__(
        self, context: Context, draft: OpenDraft, questions: QuestionsView, navigation: GuideNavigation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = draft
        self._questions = questions
        self._navigation = navigation

    def begin(self) -> None:
        """Take the page shown."""
        stop = self._navigation.stop
        if stop is None:
            return
        given = self._questions.given()
        self._draft.saver.forget(*given)
        self._draft.saver.flush()
        handle = self._context.run(JobLane.REGISTER, accept, stop.draft, stop.page, given, owner=self, certain=True)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.finished.connect(self.ended)

    def _on_done(self, found: Accepted) -> None:
        stop = self._navigation.stop
        if stop is None:
            return
        self._draft.saver.tell_saved()
        self._draft.take_stored(found.view)
        self._questions.set_problems(found.step.problems)
        if found.step.problems:
            return
        self.accepted.emit()
        shown, following = self._draft.shown, found.step.page
        if shown is not None:
            guide = shown.guide
            screening = guide.playbook.screening
            ends = guide.section_of(stop.page) is screening and (
                following is None or guide.section_of(following.id) is not screening
            )
            self._navigation.go(after(shown, stop, screening_done=ends))

    def _on_refused(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)
        for name, value in self._questions.given().items():
            self._draft.saver.put(name, value)
