"""Where in a draft somebody is, and where what they follow in its views leads."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.context import Context
from ui.explain.words import of_question
from ui.guide.next_stop import page_to_begin
from ui.guide.open_draft import OpenDraft
from ui.guide.stops import GuideStop, View
from ui.guide.tasks import CHECK


class GuideNavigation(QObject):
    """``stop`` is the place in the draft that is open; None when none is. Where it leads is a stop in the window's history."""

    def __init__(self, context: Context, draft: OpenDraft, parent: QObject) -> None:
        super().__init__(parent)
        self.stop: GuideStop | None = None
        self._context = context
        self._draft = draft

    def go(self, stop: GuideStop) -> None:
        self._context.go("guide", stop)

    def show_tasks(self) -> None:
        self._go(View.TASKS)

    def show_check(self) -> None:
        self._go(View.CHECK)

    def show_choose(self, question: str = "") -> None:
        """To the choice between competing revisions, at a question."""
        self._go(View.CHOOSE, question=question)

    def begin_section(self, key: str) -> None:
        """To the page of a part where work waits, or to the check page."""
        shown = self._draft.shown
        if shown is None:
            return
        if key == CHECK:
            self.show_check()
            return
        page = page_to_begin(shown, key)
        if page:
            self._go(View.QUESTIONS, page)

    def follow(self, question: str) -> None:
        """To a question somebody speaks of, on its own page."""
        self._to_question(question, changing=self.stop is not None and self.stop.changing)

    def change(self, question: str) -> None:
        """To a question from the check page, where Continue leads back."""
        self._to_question(question, changing=True)

    def explain(self, question: str) -> None:
        shown = self._draft.shown
        if shown is not None:
            self._context.go("explain", of_question(question, shown.playbook.digest))

    def go_enrol(self) -> None:
        self._context.go("start")

    def go_drafts(self) -> None:
        self._context.go("drafts")

    def _to_question(self, question: str, *, changing: bool) -> None:
        shown = self._draft.shown
        if shown is None:
            return
        pages = shown.guide.pages
        page = next((page for page in pages if question in {item.id for item in page.questions}), None)
        if page is not None:
            self._go(View.QUESTIONS, page.id, question, changing=changing)

    def _go(self, view: View, page: str = "", question: str = "", *, changing: bool = False) -> None:
        if self.stop is not None:
            self.go(GuideStop(self.stop.draft, view, page, question, changing))
