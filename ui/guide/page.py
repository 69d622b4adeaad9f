"""The guide: one draft from its first question to the signed revision. Views are beside this file; here they are joined.

Each view is a separate stop in the window's history. Answers go to the register as they are given (``saver``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Changes, Context
from ui.guide.answer.questions import QuestionsView, whole_page
from ui.guide.answer.similar_cases import SimilarCases
from ui.guide.check.check import CheckView
from ui.guide.check.confirming import Confirming
from ui.guide.choose.choosing import Choosing
from ui.guide.choose.view import ChooseView
from ui.guide.continuing import Continuing
from ui.guide.dropping import Dropping
from ui.guide.evidence.attaching import Attaching
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.filed.copy import ReadableCopy
from ui.guide.filed.filed import FiledView
from ui.guide.filed.signing import Filing
from ui.guide.navigation import GuideNavigation
from ui.guide.open_draft import OpenDraft
from ui.guide.shown import ShownDraft
from ui.guide.stops import GuideStop, View, stop_of
from ui.guide.tasks import TasksView
from ui.guide.undoing import GuideUndo
from ui.guide.unsaved import UnsavedNotice
from ui.guide.words import heading_of, page_lead
from ui.guide.work import Done
from ui.page import Page
from ui.widgets.panels import EmptyState


class GuidePage(Page):
    """``go("guide", draft id)``, ``go("guide", Stop(…))``, or what was filed: ``go("guide", Done(…))``."""

    ready = Signal()
    """A view is shown and filled."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._title = ""
        self.draft = OpenDraft(context, self)
        self.draft.opened.connect(self._on_opened)
        self.draft.gone.connect(self._on_gone)
        self.draft.changed.connect(self._follow)
        self.saver = self.draft.saver
        self.navigation = GuideNavigation(context, self.draft, self)
        self.filing = Filing(context, self)
        self.filing.filed.connect(self._on_filed)
        self.filing.confirmed.connect(self.draft.take_read)
        self.attaching = Attaching(context, self.draft, self)
        self.attaching.changed.connect(self.draft.take_stored)
        self.similar = SimilarCases(context, self)
        self.similar.carried.connect(self._on_carried)
        self.copies = ReadableCopy(context, self.draft, self)
        self._make_actions()
        self.unsaved = UnsavedNotice(self.draft)
        for widget in (self.unsaved, self.attaching.progress, self.copies.progress):
            self.body.addWidget(widget)
        self.views = QStackedWidget()
        self.body.addWidget(self.views, 1)
        self.tasks = TasksView(self._newer)
        self.tasks.chosen.connect(self.navigation.begin_section)
        self.tasks.followed.connect(self._on_follow)
        self.questions = QuestionsView(self._continue)
        self.questions.answered.connect(self.draft.answer)
        self.questions.left.connect(self._on_left)
        self.questions.evidence.connect(self._on_evidence)
        self.questions.similar.connect(self.similar.serve)
        self.questions.followed.connect(self._on_follow)
        self.questions.explained.connect(self.navigation.explain)
        self.questions.back.connect(self.navigation.show_tasks)
        self.continuing = Continuing(context, self.draft, self.questions, self.navigation, self)
        self.continuing.accepted.connect(self._look_beside)
        self.continuing.refused.connect(self.unsaved.say)
        self.continuing.ended.connect(self._on_continued)
        self.dropping = Dropping(self.draft, self.attaching, self.questions, self)
        self.dropping.chosen.connect(self._on_follow)
        self._add_check(context)
        for panel in (self.tasks.live, self.questions.live, self.check.live):
            panel.opened.connect(self._look_lower)
        self.filed = FiledView(context)
        self.gone = EmptyState(
            self.tr("This draft is not here any more"),
            self.tr("It was filed or removed. What was filed is in the register."),
            action=self._drafts,
        )
        self.blank = EmptyState(self.tr("Opening the draft"), "")
        for view in (self.blank, self.tasks, self.questions, self.check, self.choosing.view, self.filed, self.gone):
            self.views.addWidget(view)

    @property
    def _shown(self) -> ShownDraft | None:
        return self.draft.shown

    def title(self) -> str:
        return self._title

    def activated(self, argument: object) -> None:
        if isinstance(argument, Done):
            self.navigation.stop = None
            self.called = self.filed.show_filed(argument)
            self._show(self.filed, "")
            return
        stop = stop_of(argument)
        if stop is None:
            self._show(self.gone, "")
            return
        self.navigation.stop = stop
        self.draft.open(stop.draft)
        if self._shown is None:
            self._show(self.blank, "")

    def refresh(self, changes: Changes) -> None:
        """Whether the person may sign can change with the roster and with the case; what is typed here changes only here."""
        if self.navigation.stop is not None and self._shown and changes.concern(self._shown.view.row.case):
            self.draft.reread()

    def leaving(self) -> None:
        self.questions.flush()
        self.saver.flush()
        if self.navigation.stop is not None:
            self.context.tell(Changes(drafts=frozenset({self.navigation.stop.draft})))

    def focus_first(self) -> None:
        view = self.views.currentWidget()
        stop = self.navigation.stop
        if view is self.questions and stop is not None and stop.question:
            self.questions.focus_question(stop.question)
        elif isinstance(view, CheckView | ChooseView) and stop is not None and stop.question:
            view.focus_question(stop.question)
        elif isinstance(view, TasksView | QuestionsView | CheckView | ChooseView | FiledView):
            view.focus_first()
        else:
            super().focus_first()

    def take_files(self, paths: Sequence[Path]) -> bool:
        return self.dropping.take(paths)

    def go_on(self) -> None:
        """Continue: take this page, then lead to the next one, or say what is wrong."""
        if self.navigation.stop is not None and self.views.currentWidget() is self.questions:
            self._continue.setEnabled(False)
            self.continuing.begin()

    def sign(self) -> None:
        """Sign and file, from the check page."""
        if self._shown is not None and not self.check.holds(self._shown):
            self.filing.begin(self._shown)

    def _add_check(self, context: Context) -> None:
        self.check = CheckView(self._sign, self._enrol, self._copy)
        self.check.change.connect(self.navigation.change)
        self.check.back.connect(self.navigation.show_tasks)
        self.confirming = Confirming(context, self.draft, self.check, self)
        self.check.answers.choosing.connect(self.navigation.show_choose)
        self.confirming.confirmed.connect(self.check.go_on)
        self.choosing = Choosing(context, self.draft, self._check, self._all)
        self.tasks.competing.choose.followed.connect(self.navigation.show_choose)
        self.filing.serve(self.check.news, self.choosing.view.news)
        self.undoing = GuideUndo(self.views, self.confirming, self.choosing)
        self.undoing.action = self.add_action(self.tr("&Undo confirming"), self.undoing.undo_last, "Ctrl+Z")

    def _make_actions(self) -> None:
        self._continue = self.add_action(self.tr("&Continue"), self.go_on, "Ctrl+Return")
        self._all = self.add_action(self.tr("&All parts"), self.navigation.show_tasks, "Ctrl+Shift+A")
        self._check = self.add_action(self.tr("Check my ans&wers"), self.navigation.show_check, "Ctrl+Shift+C")
        self._sign = self.add_action(self.tr("&Sign and file…"), self.sign, "Ctrl+Shift+Return", icon_name="sign")
        self._copy = self.add_action(self.tr("Save a cop&y as PDF…"), self.copies.ask, "Ctrl+P", icon_name="export")
        self._newer = self.add_action(self.tr("Use the &newer playbook"), self.draft.use_newer)
        self._enrol = self.add_action(self.tr("Get &listed"), self.navigation.go_enrol)
        self._drafts = QAction(self.tr("Go to my drafts"), self)
        self._drafts.triggered.connect(self.navigation.go_drafts)

    def _on_opened(self) -> None:
        if self.navigation.stop is not None:
            self._show_stop(self.navigation.stop)
            self._look_beside()

    def _on_gone(self) -> None:
        self.navigation.stop = None
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
                self.navigation.stop = GuideStop(stop.draft, View.QUESTIONS, page.id, stop.question, stop.changing)
                self.questions.show_page(shown, whole)
                self._show(self.questions, page.title, page_lead(shown, page.id))
                return
        if where is View.CHECK:
            self.check.follow(shown, self.confirming.sure())
            self._show(self.check, self.tr("Check your answers"), heading_of(shown))
            return
        if where is View.CHOOSE:
            self.choosing.view.follow(shown)
            self._show(self.choosing.view, self.tr("Choose the answers"), heading_of(shown))
            return
        self.tasks.follow(shown)
        self._show(self.tasks, heading_of(shown), self.tr("Answer in any order. Everything is saved as you give it."))

    def _show(self, view: QWidget, title: str, lead: str = "") -> None:
        self._title = title
        self.retitle()
        self.set_lead(lead)
        self.views.setCurrentWidget(view)
        shown = self._shown if self.navigation.stop is not None else None
        self._continue.setEnabled(view is self.questions)
        self._all.setEnabled(shown is not None and view is not self.tasks)
        self._check.setEnabled(shown is not None and view is not self.check and view is not self.filed)
        self._sign.setEnabled(view is self.check and shown is not None and shown.opened.me.listed)
        self._copy.setEnabled(shown is not None)
        self.undoing.offer(confirms=view is self.check)
        self._newer.setEnabled(view is self.tasks and shown is not None and bool(shown.view.newer))
        if view is not self.blank:
            self.focus_first()
            self.ready.emit()

    def _follow(self) -> None:
        """Show what changed without touching what is being typed."""
        if self._shown is None:
            return
        view = self.views.currentWidget()
        if isinstance(view, TasksView | QuestionsView | ChooseView):
            view.follow(self._shown)
        if view is self.questions:
            self.similar.follow(self._shown)
        if view is self.check:
            self.check.follow(self._shown, self.confirming.sure())
            self._sign.setEnabled(self._shown.opened.me.listed)
        self.undoing.offer(confirms=view is self.check)
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

    def _on_carried(self, view: Any) -> None:
        self.draft.take_stored(view)
        if self.navigation.stop is not None:
            self._show_stop(self.navigation.stop)
            self.saver.tell_saved()

    def _on_continued(self) -> None:
        self._continue.setEnabled(self.views.currentWidget() is self.questions)

    def _on_follow(self, question: str) -> None:
        """To a question somebody speaks of: on this page, or on its own one."""
        if self.views.currentWidget() is self.questions and self.questions.has(question):
            self.questions.focus_question(question)
        else:
            self.navigation.follow(question)

    def _on_evidence(self, question: str, field: object) -> None:
        if isinstance(field, EvidenceField) and self.navigation.stop is not None:
            self.attaching.serve(self.navigation.stop.draft, question, field)

    def _on_filed(self, done: Done) -> None:
        self.navigation.stop = None
        self.draft.close()
        self.context.go("guide", done)
