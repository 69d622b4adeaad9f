"""The review screen: one use case, one revision, one person of an office. The summary first, details one key away.

The page arranges the sections, says which actions are possible and shows how they went (``giving``, ``signing``). What is being edited stays
through reloads and visits to other places until it is signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from intake.domain.base.directions import isolated
from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.inbox.next_case import NextCase
from ui.jobs import JobLane
from ui.page import Page
from ui.review import decide, work
from ui.review.decide import DecideBar, offers, what_terms_amount_to
from ui.review.files import FileKeeper
from ui.review.giving import OpinionGiving
from ui.review.looking import LookKeeper
from ui.review.outcome import confirmation
from ui.review.remark_signing import RemarkPlace, RemarkSigning
from ui.review.sections import ANSWERS, COMMENTS, RISK, SUMMARY, TERMS, ReviewTabs
from ui.review.signing import ReviewSigning
from ui.review.status_strip import StatusStrip
from ui.review.work import Looked
from ui.review.writing import ReviewWriting
from ui.theme import Tone
from ui.widgets.confirmation import Confirmation
from ui.widgets.panels import EmptyState, NoticePanel

if TYPE_CHECKING:
    from intake.services.deciding.deciding import Given


class ReviewPage(Page):
    """Shown by ``context.go("review", case_id)``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case = ""
        self._looked: Looked | None = None
        self._files = FileKeeper(self)
        self.tabs = ReviewTabs()
        self.terms, self.comments = self.tabs.terms, self.tabs.comments
        self.signing = ReviewSigning(context, self)
        self.signing.commented.connect(self._on_commented)
        self.signing.moved.connect(self._on_moved)
        self.writing = ReviewWriting(context, self.tabs, self)
        self.writing.changed.connect(self._enable)
        self.remarks = RemarkSigning(context, self.writing.keeper, self)
        self.remarks.moved.connect(self._on_moved)
        self.comments.said.answering.connect(self.remarks.answer)
        self.comments.said.resolving.connect(self.remarks.resolve)
        self.giving = OpinionGiving(context, self.tabs, self.signing, self.writing.keeper, self)
        self.giving.preparing.connect(self._hold_actions)
        self.giving.ended.connect(self._enable)
        self.giving.given.connect(self._on_given)
        self.giving.moved.connect(self._on_moved)
        self.giving.refused.connect(self._load)
        self._make_actions()
        self.looks = LookKeeper(context, self.tabs, QAction(self.tr("Show what came since"), self))
        self._arrange()

    # ------------------------------------------------------------------------------------------------------- shape
    def title(self) -> str:
        return self._looked.view.revision.body.title if self._looked else self.tr("Review")

    def _make_actions(self) -> None:
        self.actions_of = {
            decide.APPROVE: self.add_action(self.tr("&Approve these terms…"), self.giving.approve, "Ctrl+Shift+A"),
            decide.PROPOSE: self.add_action(self.tr("Propose &other terms…"), self.giving.propose, "Ctrl+Shift+P"),
            decide.CHANGES: self.add_action(self.tr("&Request changes…"), self.giving.request_changes, "Ctrl+Shift+R"),
            decide.DECLINE: self.add_action(self.tr("&Decline…"), self.giving.decline, "Ctrl+Shift+D"),
        }
        self.sections = [
            self.add_action(text, slot, f"Alt+{number}")
            for number, (text, slot) in enumerate(
                (
                    (self.tr("Show the summary"), self._show_summary),
                    (self.tr("Show tier, threats and controls"), self._show_risk),
                    (self.tr("Show answers and evidence"), self._show_answers),
                    (self.tr("Show terms and boundaries"), self._show_terms),
                    (self.tr("Show comments"), self._show_comments),
                ),
                start=1,
            )
        ]
        self.history = self.add_action(self.tr("To the us&e case"), self.open_history, "Ctrl+H", button=True)
        self.next = NextCase(self.context, self)
        self.add_action(self.tr("&Next use case that waits for me"), self.go_next, "Ctrl+J")
        self.add_action(self.tr("Use case &before it"), self.go_back, "Ctrl+Shift+J")
        self.add_signature = self.add_action(self.tr("Add my signature to the record…"), self._on_complete)
        self.add_signature.setVisible(False)

    def _arrange(self) -> None:
        self.strip = StatusStrip()
        self.notice = NoticePanel("", tone=Tone.WARN)
        self.notice.setVisible(False)
        self.missing = NoticePanel(
            self.tr("Decided, and the record still lacks your signature"),
            self.tr("Both offices signed at the same time, on two copies. Yours is needed on the other one."),
            Tone.WARN,
            action=self.add_signature,
        )
        self.missing.setVisible(False)
        self.bar = DecideBar(self.actions_of)
        self.tabs.risk.explained.connect(self.context.went)
        self.tabs.answers.save.connect(self._files.save)
        self._files.doubted.connect(self.tabs.answers.show_doubts)
        self.comments.commenting.connect(self._on_commenting)
        work_sheet = QWidget()
        column = QVBoxLayout(work_sheet)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.strip, self.writing.unsaved, self.notice, self.looks, self.missing):
            column.addWidget(widget)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.bar)
        self._work = work_sheet
        self._waiting = EmptyState(self.tr("Reading the use case…"), "")
        self._end: QWidget | None = None
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._work)
        self.body.addWidget(holder, 1)

    # ---------------------------------------------------------------------------------------------------- loading
    def activated(self, argument: object) -> None:
        case = argument if isinstance(argument, str) else self._case
        if not case:
            self._waiting.title.setText(self.tr("No use case is chosen"))
            self._waiting.text.setText(self.tr("Open one from the inbox or the register."))
            return
        self.writing.leave()
        self.looks.begin()
        if case != self._case:
            self._case = case
            self.writing.open(case)
            self._look_at(None)
            self.notice.setVisible(False)
            self.tabs.setCurrentIndex(SUMMARY)
            self._waiting.title.setText(self.tr("Reading the use case…"))
            self._waiting.text.setText("")
            self._stack.setCurrentWidget(self._waiting)
            self.set_lead("")
            self.retitle()
            self._enable()
        elif self._looked is not None:
            self._stack.setCurrentWidget(self._work)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if self._case and changes.concern(self._case):
            self._load()

    def leaving(self) -> None:
        self.writing.leave()

    def _load(self) -> None:
        # What is written is stored before it is read again.
        self.writing.leave()
        handle = self.context.run(JobLane.REGISTER, work.look, self._case, owner=self)
        handle.done.connect(self._on_looked)
        handle.refused.connect(self._on_unreadable)

    def _on_looked(self, looked: Looked) -> None:
        if looked.view.state.case != self._case:
            return
        self._look_at(looked)
        view = looked.view
        called = f"{view.reference} {isolated(view.revision.body.title)}"
        self.remarks.follow(RemarkPlace(view.state.case, called, looked.name, looked.fingerprint))
        self.set_lead(f"{view.reference} · {view.revision.body.unit} · {looked.owner}", view.reference)
        self.retitle()
        self.strip.show_case(looked)
        self.missing.setVisible(looked.can_complete)
        self.add_signature.setVisible(looked.can_complete)
        self.writing.show_case(looked)
        self.tabs.show_case(looked)
        self._files.look_into(item.file for item in looked.evidence if item.here)
        self.bar.setVisible(view.office is not None)
        self._enable()
        if self._stack.currentWidget() is self._waiting:
            self._stack.setCurrentWidget(self._work)
            self.tabs.tabBar().setFocus()
        if self._work.isVisible():
            self.looks.show_case(looked)

    def _look_at(self, looked: Looked | None) -> None:
        self._looked = looked
        self.giving.follow(looked)

    def _on_unreadable(self, refusal: Refusal) -> None:
        self._stack.setCurrentWidget(self._waiting)
        self._waiting.tell(refusal)

    # ------------------------------------------------------------------------------------------------------ offers
    def _hold_actions(self) -> None:
        for action in self.actions_of.values():
            action.setEnabled(False)

    def _enable(self) -> None:
        looked = self._looked
        mine = looked is not None and looked.view.office is not None
        for action in self.actions_of.values():
            action.setVisible(mine)
            action.setEnabled(mine)
        if looked is None or not mine:
            return
        edited = self.giving.edited()
        found = offers(looked.view, edited)
        self.bar.set_offers(found)
        self.terms.say(*what_terms_amount_to(looked.view, edited, found))

    # ---------------------------------------------------------------------------------------------------- endings
    def _on_given(self, given: Given) -> None:
        assert self._looked is not None
        view = self._looked.view
        self._look_at(None)
        self._show_end(confirmation(self.context, view, given))
        self.context.tell(Changes(cases=frozenset({self._case})))

    def _on_moved(self) -> None:
        self.notice.set_words(
            self.tr("This use case has changed while you were looking at it"),
            self.tr("You sign only what you have seen. It has been read again; what you wrote is kept."),
            Tone.WARN,
        )
        self.notice.setVisible(True)
        self._load()

    def _show_end(self, end: Confirmation) -> None:
        if self._end is not None:
            self._stack.removeWidget(self._end)
            self._end.deleteLater()
        self._end = end
        self._stack.addWidget(end)
        self._stack.setCurrentWidget(end)
        self._hold_actions()
        end.focus_main()

    def _on_commenting(self, text: str, about: str) -> None:
        if self._looked is not None:
            self.signing.comment(self._looked, text, about)

    def _on_commented(self) -> None:
        self.comments.text.set_value("")
        self.comments.about.set_value(None)

    def _on_complete(self) -> None:
        if self._looked is not None:
            self.signing.complete(self._looked)

    # -------------------------------------------------------------------------------------------------- navigation
    def _show_summary(self) -> None:
        self.tabs.show_section(SUMMARY)

    def _show_risk(self) -> None:
        self.tabs.show_section(RISK)

    def _show_answers(self) -> None:
        self.tabs.show_section(ANSWERS)

    def _show_terms(self) -> None:
        self.tabs.show_section(TERMS)

    def _show_comments(self) -> None:
        self.tabs.show_section(COMMENTS)

    def go_next(self) -> None:
        self.next.beside(self._case, 1)

    def go_back(self) -> None:
        self.next.beside(self._case, -1)

    def open_history(self) -> None:
        self.context.go("case", self._case)
