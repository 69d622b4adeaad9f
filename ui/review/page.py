"""The review screen: one use case, one revision, one person of an office. The summary first, details one key away.

The page arranges the sections, prepares what an action would sign and shows how it went. What is being edited stays
through reloads and visits to other places until it is signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from intake.domain.terms.terms import Terms
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.page import Page
from ui.review import decide, subjects, work
from ui.review.decide import DecideBar, Offer, is_proposal, offers
from ui.review.files import FileKeeper
from ui.review.outcome import confirmation
from ui.review.sections import ANSWERS, COMMENTS, RISK, SUMMARY, TERMS, ReviewTabs
from ui.review.status_strip import StatusStrip
from ui.review.work import Looked, Ready
from ui.signing_job import Allowed, SigningFlow
from ui.theme import Tone
from ui.widgets.dialogs import show_refusal
from ui.widgets.panels import EmptyState, NoticePanel
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import Subject

if TYPE_CHECKING:
    from intake.services.deciding.deciding import Given


@dataclass(slots=True)
class UnsignedWriting:
    """What a person wrote about one case and has not signed yet."""

    terms: Terms | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    comment: str = ""


class ReviewPage(Page):
    """Shown by ``context.go("review", case_id)``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, wide=True)
        self._case = ""
        self._looked: Looked | None = None
        self._kept: dict[str, UnsignedWriting] = {}
        self._pending: tuple[str, str] = ("", "")
        self._files = FileKeeper(self)
        self._make_actions()
        self._arrange()

    # ------------------------------------------------------------------------------------------------------- shape
    def title(self) -> str:
        return self._looked.view.revision.body.title if self._looked else self.tr("Review")

    def _make_actions(self) -> None:
        self.actions_of = {
            decide.APPROVE: self.add_action(self.tr("&Approve these terms…"), self._on_approve, "Ctrl+Shift+A"),
            decide.PROPOSE: self.add_action(self.tr("Propose &other terms…"), self._on_propose, "Ctrl+Shift+P"),
            decide.CHANGES: self.add_action(self.tr("&Request changes…"), self._on_changes, "Ctrl+Shift+R"),
            decide.DECLINE: self.add_action(self.tr("&Decline…"), self._on_decline, "Ctrl+Shift+D"),
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
        self.history = self.add_action(self.tr("History of this use case"), self.open_history, "Ctrl+H", button=True)
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
        self.tabs = ReviewTabs()
        self.terms, self.comments = self.tabs.terms, self.tabs.comments
        self.bar = DecideBar(self.actions_of)
        self.tabs.risk.explained.connect(self.context.went)
        self.tabs.answers.save.connect(self._files.save)
        self.terms.changed.connect(self._on_edited)
        self.comments.commenting.connect(self._on_commenting)
        work_sheet = QWidget()
        column = QVBoxLayout(work_sheet)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.strip, self.notice, self.missing):
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
        self._keep()
        if case != self._case:
            self._case = case
            self._looked = None
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
            self._keep()
            self._load()

    def leaving(self) -> None:
        self._keep()

    def _load(self) -> None:
        handle = self.context.run(JobLane.REGISTER, work.look, self._case, owner=self)
        handle.done.connect(self._on_looked)
        handle.refused.connect(self._on_unreadable)

    def _on_looked(self, looked: Looked) -> None:
        if looked.view.state.case != self._case:
            return
        self._looked = looked
        view = looked.view
        self.set_lead(f"{view.reference} · {view.revision.body.unit} · {looked.owner}")
        self.retitle()
        self.strip.show_case(looked)
        self.missing.setVisible(looked.can_complete)
        self.add_signature.setVisible(looked.can_complete)
        kept = self._of()
        self.tabs.show_case(looked, terms=kept.terms, comment=kept.comment)
        self.bar.setVisible(view.office is not None)
        self._enable()
        if self._stack.currentWidget() is self._waiting:
            self._stack.setCurrentWidget(self._work)
            self.tabs.tabBar().setFocus()

    def _on_unreadable(self, refusal: Refusal) -> None:
        self._stack.setCurrentWidget(self._waiting)
        self._waiting.tell(refusal)

    def _of(self) -> UnsignedWriting:
        return self._kept.setdefault(self._case, UnsignedWriting())

    def _keep(self) -> None:
        if self._looked is not None and self._case:
            kept = self._of()
            kept.terms = self.terms.touched()
            kept.comment = self.comments.text.value() or ""

    # ------------------------------------------------------------------------------------------------------ offers
    def _on_edited(self) -> None:
        self._enable()

    def _edited(self) -> Terms | Refusal:
        try:
            return self.terms.edited()
        except Refusal as refusal:
            return refusal

    def _enable(self) -> None:
        looked = self._looked
        mine = looked is not None and looked.view.office is not None
        for action in self.actions_of.values():
            action.setVisible(mine)
            action.setEnabled(mine)
        if looked is None or not mine:
            return
        edited = self._edited()
        found = offers(looked.view, edited)
        self.bar.set_offers(found)
        self._say_terms(found, edited)

    def _say_terms(self, found: tuple[Offer, ...], edited: Terms | Refusal) -> None:
        """Above the editor: what these terms amount to."""
        assert self._looked is not None
        view = self._looked.view
        if isinstance(edited, Refusal):
            self.terms.say(edited.sentence, Tone.BAD)
        elif is_proposal(view, edited):
            self.terms.say(
                self.tr("You changed these terms. Signing them proposes them to the other office."), Tone.WARN
            )
        else:
            self.terms.say(next(offer.blocked or offer.consequence for offer in found), Tone.INFO)

    # ----------------------------------------------------------------------------------------------------- actions
    def _on_approve(self) -> None:
        self._prepare(decide.APPROVE, "")

    def _on_propose(self) -> None:
        edited = self._edited()
        if self._looked is None or isinstance(edited, Refusal):
            self.terms.check()
            return
        if not is_proposal(self._looked.view, edited):
            self.tabs.setCurrentIndex(TERMS)
            self.terms.focus_editor()
            return
        self._ask(
            decide.PROPOSE,
            self.tr("Propose other terms"),
            self.tr("&Why these terms (optional): the other office reads it"),
            required=False,
        )

    def _on_changes(self) -> None:
        self._ask(decide.CHANGES, self.tr("Request changes"), self.tr("&What has to change, and why"))

    def _on_decline(self) -> None:
        self._ask(decide.DECLINE, self.tr("Decline"), self.tr("&Why it is declined"), danger=True)

    def _ask(self, key: str, title: str, question: str, *, required: bool = True, danger: bool = False) -> None:
        assert self._looked is not None
        consequence = next(item.consequence for item in offers(self._looked.view, self._edited()) if item.key == key)
        self._asking = key
        self.asking = ReasonDialog(
            title,
            consequence,
            question,
            self.tr("Go on to sign"),
            self.window(),
            text=self._of().reasons.get(key, ""),
            required=required,
            danger=danger,
        )
        self.asking.written.connect(self._on_written)
        self.asking.given.connect(self._on_reason)
        self.asking.open()

    def _on_written(self, text: str) -> None:
        self._of().reasons[self._asking] = text

    def _on_reason(self, text: str) -> None:
        self._prepare(self._asking, text)

    def _prepare(self, key: str, reason: str) -> None:
        if self._looked is None:
            return
        edited = self._edited() if key in (decide.APPROVE, decide.PROPOSE) else None
        if isinstance(edited, Refusal):
            self.terms.check()
            show_refusal(edited, self)
            return
        self._pending = (key, reason)
        position = decide.APPROVE if key == decide.PROPOSE else key
        for action in self.actions_of.values():
            action.setEnabled(False)
        self.context.say(self.tr("Making the pages to sign…"))
        handle = self.context.run(JobLane.PAPER, work.prepare, self._case, position, edited, reason, owner=self)
        handle.done.connect(self._on_ready)
        handle.refused.connect(self._on_not_ready)
        handle.finished.connect(self._enable)

    def _on_not_ready(self, refusal: Refusal) -> None:
        show_refusal(refusal, self)
        self._load()

    def _on_ready(self, ready: Ready) -> None:
        prepared = ready.prepared
        if self._looked is None or prepared.case != self._case:
            return
        if prepared.revision != self._looked.view.revision.id:
            # The register moved between the look and the preparation: what was prepared has not been seen.
            self._on_moved()
            return
        self._sign(subjects.opinion(self._looked, ready, self._pending[0]), self._on_given, work.give, prepared)

    def _sign(self, subject: Subject, then: Callable[..., None], *job: Any, first: Allowed = None) -> None:
        # On the lane of paper: the record is printed and signed with the fonts of that lane.
        moved = ("CaseMoved",)
        signing = SigningFlow(self.context, subject, JobLane.PAPER, *job, parent=self, closing=moved, allowed=first)
        signing.done.connect(then)
        signing.turned_away.connect(self._on_moved)

    # ---------------------------------------------------------------------------------------------------- endings
    def _on_given(self, given: Given) -> None:
        assert self._looked is not None
        view, key = self._looked.view, self._pending[0]
        self._kept.pop(self._case, None)
        self._looked = None
        self._show_end(confirmation(self, view, key, given))
        self.context.tell(Changes(cases=frozenset({self._case})))

    def _on_moved(self, _: Refusal | None = None) -> None:
        self._keep()
        self.notice.set_words(
            self.tr("This use case has changed while you were looking at it"),
            self.tr("You sign only what you have seen. It has been read again; what you wrote is kept."),
            Tone.WARN,
        )
        self.notice.setVisible(True)
        self._load()

    def _show_end(self, end: QWidget) -> None:
        if self._end is not None:
            self._stack.removeWidget(self._end)
            self._end.deleteLater()
        self._end = end
        self._stack.addWidget(end)
        self._stack.setCurrentWidget(end)
        for action in self.actions_of.values():
            action.setEnabled(False)
        self.focus_first()

    def _on_commenting(self, text: str, about: str) -> None:
        if self._looked is None or not text:
            self.context.say(self.tr("Write something first."))
            return
        subject = subjects.comment(self._looked, text, about)
        self._sign(subject, self._on_commented, work.comment, self._case, text, about, first=work.check_commenting)

    def _on_commented(self, _: object) -> None:
        self.comments.text.set_value("")
        self.comments.about.set_value(None)
        self._of().comment = ""
        self.context.say(self.tr("Comment added"))
        self.context.tell(Changes(cases=frozenset({self._case})))

    def _on_complete(self) -> None:
        if self._looked is None:
            return
        subject, first = subjects.missing_signature(self._looked), work.check_completing
        self._sign(subject, self._on_completed, work.complete, self._case, first=first)

    def _on_completed(self, _: object) -> None:
        self.context.say(self.tr("The record is sealed"))
        self.context.tell(Changes(cases=frozenset({self._case})))

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

    def open_history(self) -> None:
        self.context.go("case", self._case)

    def open_record(self) -> None:
        self.context.go("record", self._case)

    def open_inbox(self) -> None:
        self.context.go("inbox")

    def end_action(self, text: str, slot: object, parent: QWidget) -> QAction:
        """An action of the confirmation; it lives as long as the confirmation does."""
        action = QAction(text, parent)
        action.triggered.connect(slot)
        return action
