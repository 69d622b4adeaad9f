"""The guide: one draft from its first question to the signed revision. Views are beside this file; here they are joined.

Each view is a separate stop in the window's history. Answers go to the register as they are given (``saver``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.explain.words import of_question
from ui.guide.answer.questions import QuestionsView, whole_page
from ui.guide.answer.similar_cases import SimilarCases
from ui.guide.check.check import CheckView
from ui.guide.dropping import Dropping
from ui.guide.evidence.attaching import Attaching
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.filed.copy import ReadableCopy
from ui.guide.filed.filed import FiledView
from ui.guide.filed.signing import Filing
from ui.guide.next_stop import after, page_to_begin
from ui.guide.open_draft import OpenDraft
from ui.guide.shown import ShownDraft
from ui.guide.stops import GuideStop, View, stop_of
from ui.guide.tasks import CHECK, TasksView
from ui.guide.words import title_of
from ui.guide.work import Accepted, Done, OpenedDraft, accept, open_draft, use_newer
from ui.jobs import JobLane
from ui.page import Page
from ui.theme import Tone
from ui.widgets.panels import EmptyState, NoticePanel


class GuidePage(Page):
    """``go("guide", draft id)``, ``go("guide", Stop(…))``, or what was filed: ``go("guide", Done(…))``."""

    ready = Signal()
    """A view is shown and filled."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        self._stop: GuideStop | None = None
        self._title = ""
        self.draft = OpenDraft(context, self)
        self.draft.changed.connect(self._follow)
        self.draft.stored.connect(self._on_stored)
        self.saver = self.draft.saver
        self.saver.refused.connect(self._on_unsaved)
        self.filing = Filing(context, self)
        self.filing.filed.connect(self._on_filed)
        self.filing.confirmed.connect(self._on_looked)
        self.attaching = Attaching(context, self.draft, self)
        self.attaching.changed.connect(self.draft.take_stored)
        self.similar = SimilarCases(context, self)
        self.similar.carried.connect(self._on_carried)
        self.copies = ReadableCopy(context, self.draft, self)
        self._make_actions()
        self.unsaved = NoticePanel("", tone=Tone.BAD, action=self._retry)
        self.unsaved.setVisible(False)
        self.body.addWidget(self.unsaved)
        self.body.addWidget(self.attaching.progress)
        self.body.addWidget(self.copies.progress)
        self.views = QStackedWidget()
        self.body.addWidget(self.views, 1)
        self.tasks = TasksView(self._newer)
        self.tasks.chosen.connect(self._on_task)
        self.tasks.followed.connect(self._on_follow)
        self.questions = QuestionsView(self._continue)
        self.questions.answered.connect(self.draft.answer)
        self.questions.left.connect(self._on_left)
        self.questions.evidence.connect(self._on_evidence)
        self.questions.similar.connect(self.similar.serve)
        self.questions.followed.connect(self._on_follow)
        self.questions.explained.connect(self._on_explain)
        self.questions.back.connect(self.show_tasks)
        self.dropping = Dropping(self.draft, self.attaching, self.questions, self)
        self.dropping.chosen.connect(self._on_follow)
        self.check = CheckView(self._sign, self._enrol, self._copy)
        self.check.change.connect(self._on_change)
        self.check.back.connect(self.show_tasks)
        self.check.news.looking.connect(self.filing.look)
        self.check.news.seen.connect(self.filing.confirm)
        for panel in (self.tasks.live, self.questions.live, self.check.live):
            panel.opened.connect(self._look_lower)
        self.filed = FiledView(context)
        self.gone = EmptyState(
            self.tr("This draft is not here any more"),
            self.tr("It was filed or removed. What was filed is in the register."),
            action=self._drafts,
        )
        self.blank = EmptyState(self.tr("Opening the draft"), "")
        for view in (self.blank, self.tasks, self.questions, self.check, self.filed, self.gone):
            self.views.addWidget(view)

    @property
    def _shown(self) -> ShownDraft | None:
        return self.draft.shown

    def title(self) -> str:
        return self._title

    def activated(self, argument: object) -> None:
        if isinstance(argument, Done):
            self._stop = None
            self.filed.show_filed(argument)
            self._show(self.filed, "")
            return
        stop = stop_of(argument)
        if stop is None:
            self._show(self.gone, "")
            return
        self._stop = stop
        self.saver.open(stop.draft)
        if self._shown is None or self._shown.draft != stop.draft:
            self.draft.close()
            self._show(self.blank, "")
        handle = self.context.run(JobLane.REGISTER, open_draft, stop.draft, owner=self)
        handle.done.connect(self._on_opened)
        handle.refused.connect(self._on_gone)

    def refresh(self, changes: Changes) -> None:
        """Whether the person may sign can change with the roster and with the case; what is typed here changes only here."""
        if self._stop is not None and self._shown and changes.concern(self._shown.view.row.case):
            handle = self.context.run(JobLane.REGISTER, open_draft, self._stop.draft, owner=self)
            handle.done.connect(self._on_looked)

    def leaving(self) -> None:
        self.questions.flush()
        self.saver.flush()
        if self._stop is not None:
            self.context.tell(Changes(drafts=frozenset({self._stop.draft})))

    def focus_first(self) -> None:
        view = self.views.currentWidget()
        stop = self._stop
        if view is self.questions and stop is not None and stop.question:
            self.questions.focus_question(stop.question)
        elif view is self.check and stop is not None and stop.question:
            self.check.focus_question(stop.question)
        elif view is self.tasks or view is self.questions or view is self.check or view is self.filed:
            view.focus_first()
        else:
            super().focus_first()

    def wants_files(self) -> bool:
        return bool(self.dropping.wanted())

    def take_files(self, paths: Sequence[Path]) -> bool:
        return self.dropping.take(paths)

    def show_tasks(self) -> None:
        self._go(View.TASKS)

    def show_check(self) -> None:
        self._go(View.CHECK)

    def go_on(self) -> None:
        """Continue: take this page, then lead to the next one, or say what is wrong."""
        if self._stop is None or self.views.currentWidget() is not self.questions:
            return
        given = self.questions.given()
        self.saver.forget(*given)
        self.saver.flush()
        self._continue.setEnabled(False)
        handle = self.context.run(
            JobLane.REGISTER, accept, self._stop.draft, self._stop.page, given, owner=self, certain=True
        )
        handle.done.connect(self._on_accepted)
        handle.refused.connect(self._on_not_accepted)
        handle.finished.connect(self._on_finished)

    def sign(self) -> None:
        """Sign and file, from the check page."""
        if self._shown is not None and not self.check.holds(self._shown):
            self.filing.begin(self._shown)

    def _make_actions(self) -> None:
        self._continue = self.add_action(self.tr("&Continue"), self.go_on, "Ctrl+Return")
        self._all = self.add_action(self.tr("&All parts"), self.show_tasks, "Ctrl+Shift+A")
        self._check = self.add_action(self.tr("Check my ans&wers"), self.show_check, "Ctrl+Shift+C")
        self._sign = self.add_action(self.tr("&Sign and file…"), self.sign, "Ctrl+Shift+Return", icon_name="sign")
        self._copy = self.add_action(self.tr("Save a co&py as PDF…"), self.copies.ask, "Ctrl+P", icon_name="export")
        self._newer = self.add_action(self.tr("Use the &newer playbook"), self._use_newer)
        self._enrol = self.add_action(self.tr("Get &listed"), self._go_enrol)
        self._drafts = QAction(self.tr("Go to my drafts"), self)
        self._drafts.triggered.connect(self._go_drafts)
        self._retry = QAction(self.tr("Try again"), self)
        self._retry.triggered.connect(self.saver.flush)

    def _go(self, view: View, page: str = "", question: str = "", *, changing: bool = False) -> None:
        if self._stop is not None:
            self.context.go("guide", GuideStop(self._stop.draft, view, page, question, changing))

    def _on_opened(self, opened: object) -> None:
        if not isinstance(opened, OpenedDraft) or self._stop is None or opened.view.row.id != self._stop.draft:
            return
        self.draft.take(opened)
        self._show_stop(self._stop)
        self._look_beside()

    def _on_looked(self, opened: object) -> None:
        if isinstance(opened, OpenedDraft) and self._stop is not None and opened.view.row.id == self._stop.draft:
            self.draft.take(opened)
            self._follow()

    def _on_gone(self, refusal: Refusal) -> None:
        self._stop = None
        self.draft.close()
        self._show(self.gone, "")

    def _show_stop(self, stop: GuideStop) -> None:
        shown = self._shown
        if shown is None:
            return
        guide = shown.guide
        where = stop.view
        if where is View.GO_ON:
            where = View.TASKS if len(guide.answers) else View.QUESTIONS
        page = guide.page(stop.page) if stop.page else guide.next_page()
        if where is View.QUESTIONS and page is not None:
            whole = whole_page(guide, page.id)
            if whole is not None:
                self._stop = GuideStop(stop.draft, View.QUESTIONS, page.id, stop.question, stop.changing)
                self.questions.show_page(shown, whole)
                self._show(self.questions, page.title, self._lead(page.id))
                return
        if where is View.CHECK:
            self.check.follow(shown)
            self._show(self.check, self.tr("Check your answers"), self._draft_title())
            return
        self.tasks.follow(shown)
        lead = self.tr("Answer in any order. Everything is saved as you give it.")
        self._show(self.tasks, self._draft_title(), lead)

    def _show(self, view: QObject, title: str, lead: str = "") -> None:
        self._title = title
        self.retitle()
        self.set_lead(lead)
        for widget in (self.tasks, self.questions, self.check, self.filed, self.gone, self.blank):
            if widget is view:
                self.views.setCurrentWidget(widget)
        shown = self._shown if self._stop is not None else None
        self._continue.setEnabled(view is self.questions)
        self._all.setEnabled(shown is not None and view is not self.tasks)
        self._check.setEnabled(shown is not None and view is not self.check and view is not self.filed)
        self._sign.setEnabled(view is self.check and shown is not None and shown.opened.me.listed)
        self._copy.setEnabled(shown is not None)
        self._newer.setEnabled(view is self.tasks and shown is not None and bool(shown.view.newer))
        if view is not self.blank:
            self.focus_first()
            self.ready.emit()

    def _lead(self, page: str) -> str:
        if self._shown is None:
            return ""
        guide = self._shown.guide
        section = guide.section_of(page)
        pages = [item.id for item in section.pages if guide.page(item.id)]
        words = self.tr("{draft} · {section} · page {number} of {count}")
        number = pages.index(page) + 1 if page in pages else 1
        return words.format(draft=self._draft_title(), section=section.title, number=number, count=len(pages))

    def _draft_title(self) -> str:
        view = self._shown.view if self._shown is not None else None
        return (title_of(view.guide, view.row.title) if view is not None else "") or self.tr("New use case")

    def _follow(self) -> None:
        """Show what changed without touching what is being typed."""
        if self._shown is None:
            return
        view = self.views.currentWidget()
        if isinstance(view, TasksView | QuestionsView | CheckView):
            view.follow(self._shown)
        if view is self.questions:
            self.similar.follow(self._shown)
        if view is self.check:
            self._sign.setEnabled(self._shown.opened.me.listed)
        self._look_lower()

    def _look_beside(self) -> None:
        """Have looked up what the register knows about what is written."""
        self.draft.look()
        if self._shown is not None:
            self.similar.follow(self._shown)
        self._look_lower()

    def _look_lower(self) -> None:
        view = self.views.currentWidget()
        if isinstance(view, TasksView | QuestionsView | CheckView) and view.live.is_open:
            self.draft.look_lower()

    def _on_left(self, _: str) -> None:
        self.questions.flush()
        self.draft.leave()

    def _on_stored(self) -> None:
        self.unsaved.setVisible(False)

    def _on_carried(self, view: Any) -> None:
        self.draft.take_stored(view)
        if self._stop is not None:
            self._show_stop(self._stop)
            self.saver.tell_saved()

    def _on_unsaved(self, refusal: Refusal) -> None:
        self.unsaved.set_words(
            self.tr("Not saved: {what}").format(what=refusal.what_happened), f"{refusal.reason} {refusal.next_step}"
        )
        self.unsaved.setVisible(True)

    def _on_accepted(self, accepted: object) -> None:
        stop = self._stop
        if not isinstance(accepted, Accepted) or stop is None:
            return
        self.saver.tell_saved()
        self.draft.take_stored(accepted.view)
        step = accepted.step
        self.questions.set_problems(step.problems)
        if step.problems:
            return
        self._look_beside()
        shown = self._shown
        if shown is not None:
            guide = shown.guide
            screening = guide.playbook.screening
            ends = guide.section_of(stop.page) is screening and (
                step.page is None or guide.section_of(step.page.id) is not screening
            )
            self.context.go("guide", after(shown, stop, screening_done=ends))

    def _on_not_accepted(self, refusal: Refusal) -> None:
        self._on_unsaved(refusal)
        for name, value in self.questions.given().items():
            self.saver.put(name, value)

    def _on_finished(self) -> None:
        self._continue.setEnabled(self.views.currentWidget() is self.questions)

    def _on_task(self, key: str) -> None:
        if self._shown is None:
            return
        if key == CHECK:
            self.show_check()
            return
        page = page_to_begin(self._shown, key)
        if page:
            self._go(View.QUESTIONS, page)

    def _on_follow(self, question: str) -> None:
        """To a question somebody speaks of: on this page, or on its own one."""
        if self.views.currentWidget() is self.questions and self.questions.has(question):
            self.questions.focus_question(question)
        else:
            self._on_change(question, changing=self._stop is not None and self._stop.changing)

    def _on_explain(self, question: str) -> None:
        if self._shown is not None:
            self.context.go("explain", of_question(question, self._shown.playbook.digest))

    def _on_change(self, question: str, *, changing: bool = True) -> None:
        if self._shown is None:
            return
        pages = self._shown.guide.pages
        page = next((page for page in pages if question in {item.id for item in page.questions}), None)
        if page is not None:
            self._go(View.QUESTIONS, page.id, question, changing=changing)

    def _on_evidence(self, question: str, field: object) -> None:
        if isinstance(field, EvidenceField) and self._stop is not None:
            self.attaching.serve(self._stop.draft, question, field)

    def _on_filed(self, done: Done) -> None:
        self._stop = None
        self.draft.close()
        self.context.go("guide", done)

    def _use_newer(self) -> None:
        if self._stop is None:
            return
        handle = self.context.run(JobLane.REGISTER, use_newer, self._stop.draft, owner=self)
        handle.done.connect(self.draft.take_stored)

    def _go_enrol(self) -> None:
        self.context.go("start")

    def _go_drafts(self) -> None:
        self.context.go("drafts")
