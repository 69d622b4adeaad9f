"""The page of one use case, for everybody: its phase, whether it may run, its terms, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.case import work as case_work
from ui.case.cards import RevisionsCard, SealedCard, StandingCard, StatusCard, TermsCard, oddities
from ui.case.history import moments
from ui.case.work import CaseFacts
from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.guide.filed.copy import FiledCopy
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.review import work
from ui.signing_job import Allowed, SigningFlow
from ui.theme import sizes
from ui.widgets.blocks import Beside, stacked
from ui.widgets.boxes import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import heading
from ui.widgets.panels import ActionButton, EmptyState, action_button
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SignedLine, Subject
from ui.widgets.timeline import Timeline


class CasePage(Page):
    """Shown by ``context.go("case", case_id)``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case = ""
        self._sheet: CaseFacts | None = None
        self._words: dict[str, str] = {}
        self._asking = ""
        self.asking: ReasonDialog | None = None
        self.review = self.add_action(
            self.tr("Re&view"),
            self._on_review,
            "Ctrl+Return",
            tip=self.tr("Look at it for your office"),
            button=True,
            primary=True,
        )
        self.record = self.add_action(self.tr("Open the &record"), self._on_record, "Ctrl+Shift+O", button=True)
        self.again = self.add_action(
            self.tr("File a&gain…"), self._on_again, tip=self.tr("Begin the next revision with these answers")
        )
        self.similar = self.add_action(
            self.tr("Start a &similar use case…"),
            self._on_similar,
            tip=self.tr("A new use case; every answer is to be checked"),
        )
        self.comment = self.add_action(self.tr("&Comment…"), self._on_comment, "Ctrl+Shift+M", button=True)
        self.withdraw = self.add_action(
            self.tr("&Withdraw…"), self._on_withdraw, tip=self.tr("The business no longer wants it")
        )
        self.copies = FiledCopy(context, self)
        self.copy = self.add_action(
            self.tr("Save a co&py of the answers…"),
            self._on_copy,
            "Ctrl+P",
            tip=self.tr("The answers as PDF, not signed"),
        )
        self.body.addWidget(self.copies.progress)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(sizes(self).l)
        self.body.addLayout(self._shown)
        self.body.addStretch(1)
        self.waiting = EmptyState(self.tr("Reading the use case…"), "")
        self.body.insertWidget(0, self.waiting)
        self._enable()

    def title(self) -> str:
        return self._sheet.title if self._sheet else self.tr("Use case")

    def activated(self, argument: object) -> None:
        if isinstance(argument, str) and argument != self._case:
            self._case, self._sheet = argument, None
            clear(self._shown)
            self.waiting.title.setText(self.tr("Reading the use case…"))
            self.waiting.text.setText("")
            self.waiting.setVisible(True)
            self.set_lead("")
            self.retitle()
            self._enable()
        if self._case:
            self._load()

    def refresh(self, changes: Changes) -> None:
        if self._case and changes.concern(self._case):
            self._load()

    def _load(self) -> None:
        handle = self.context.run(JobLane.REGISTER, case_work.read, self._case, owner=self)
        handle.done.connect(self._show)
        handle.refused.connect(self._on_unreadable)

    def _on_unreadable(self, refusal: Refusal) -> None:
        self.waiting.tell(refusal)

    def _show(self, sheet: CaseFacts) -> None:
        if sheet.case != self._case:
            return
        fresh = self._sheet is None
        self._sheet = sheet
        self.waiting.setVisible(False)
        current = sheet.state.current
        owner = sheet.names.get(current.body.owner, current.body.owner) if current else ""
        parts = [sheet.reference, current.body.unit if current else "", owner]
        self.set_lead(" · ".join(part for part in parts if part))
        self.retitle()
        self._enable()
        clear(self._shown)
        for notice in oddities(sheet):
            self._shown.addWidget(notice)
        self._shown.addWidget(StandingCard(sheet))
        self._shown.addWidget(DeliveryLine(self.context, sheet.case))
        if current is not None:
            self._shown.addLayout(self._buttons())
            status, revisions = StatusCard(sheet), RevisionsCard(sheet)
            if sheet.terms is None:
                self._shown.addWidget(Beside((status, revisions)))
            else:
                self._shown.addWidget(Beside((stacked(status, revisions), TermsCard(sheet))))
        if not all(item.in_force for item in sheet.sealed):
            self._shown.addWidget(SealedCard(sheet))
        self._shown.addWidget(heading(self.tr("What happened, newest first"), 2))
        timeline = Timeline(self.tr("History"))
        timeline.set_moments(moments(sheet.state, sheet.names))
        self._shown.addWidget(timeline)
        if fresh:
            self._take_keyboard()

    def _on_copy(self) -> None:
        current = self._sheet.state.current if self._sheet is not None else None
        if self._sheet is not None and current is not None:
            self.copies.ask(self._sheet.case, current.id, self._sheet.reference)

    def _take_keyboard(self) -> None:
        """While the case was read there was nothing here to hold the keyboard; the first action takes it now."""
        held: QWidget | None = self.window().focusWidget()
        if not self.isVisible() or (held is not None and self.isAncestorOf(held)):
            return
        for button in self.findChildren(ActionButton):
            if button.isEnabled():
                button.setFocus()
                return

    def _buttons(self) -> FlowLayout:
        """What an owner can do from here; the menu has it too."""
        line = FlowLayout(self)
        line.setSpacing(sizes(self).m)
        for action in (self.again, self.similar, self.withdraw):
            if action.isEnabled():
                button = action_button(action)
                if action is self.withdraw:
                    button.setProperty("role", "danger")
                line.addWidget(button)
        return line

    def _enable(self) -> None:
        sheet = self._sheet
        filed = sheet is not None and sheet.state.current is not None
        self.review.setEnabled(filed)
        self.review.setText(
            self.tr("Re&view") if sheet is not None and sheet.may.office is not None else self.tr("Read the &use case")
        )
        self.record.setEnabled(sheet is not None and sheet.has_record)
        self.comment.setEnabled(filed)
        self.similar.setEnabled(filed)
        self.copy.setEnabled(filed)
        self.again.setEnabled(sheet is not None and sheet.can_file_again)
        self.withdraw.setEnabled(sheet is not None and sheet.can_withdraw)

    # ----------------------------------------------------------------------------------------------------- actions
    def _on_review(self) -> None:
        self.context.go("review", self._case)

    def _on_record(self) -> None:
        self.context.go("record", self._case)

    def _on_again(self) -> None:
        self._draft(self.context.run(JobLane.REGISTER, case_work.file_again, self._case, owner=self))

    def _on_similar(self) -> None:
        self._draft(self.context.run(JobLane.REGISTER, case_work.start_similar, self._case, owner=self))

    def _draft(self, handle: JobHandle[str]) -> None:
        handle.done.connect(self._on_drafted)

    def _on_drafted(self, draft: str) -> None:
        self.context.tell(Changes(drafts=frozenset({draft})))
        self.context.go("guide", draft)

    def _on_comment(self) -> None:
        self._ask(
            "comment",
            self.tr("Comment"),
            self.tr("Everybody with this use case can read it. It cannot be taken back."),
            self.tr("&Your comment"),
        )

    def _on_withdraw(self) -> None:
        self._ask(
            "withdraw",
            self.tr("Withdraw this use case"),
            self.tr("The use case ends here and must not run. A record says why. It can be filed again later."),
            self.tr("&Why the business no longer wants it"),
            danger=True,
        )

    def _ask(self, key: str, title: str, consequence: str, question: str, *, danger: bool = False) -> None:
        self._asking = key
        self.asking = ReasonDialog(
            title,
            consequence,
            question,
            self.tr("Go on to sign"),
            self.window(),
            text=self._words.get(f"{key} {self._case}", ""),
            danger=danger,
        )
        self.asking.written.connect(self._on_written)
        self.asking.given.connect(self._on_reason)
        self.asking.open()

    def _on_written(self, text: str) -> None:
        # Kept until it is signed, so that a wrong passphrase or a cancelled dialog costs no words.
        self._words[f"{self._asking} {self._case}"] = text

    def _on_reason(self, text: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        withdrawing = self._asking == "withdraw"
        current = sheet.state.current
        lines = [SignedLine(self.tr("Use case"), f"{sheet.reference} {sheet.title}")]
        if current is not None:
            lines.append(SignedLine(self.tr("Revision"), str(current.number)))
        lines.append(SignedLine(self.tr("Reason") if withdrawing else self.tr("Comment"), text))
        subject = Subject(
            title=self.tr("Withdraw this use case") if withdrawing else self.tr("Comment"),
            consequence=self.tr("The use case ends here and must not run.")
            if withdrawing
            else self.tr("Everybody with this use case can read it. It cannot be taken back."),
            signer=sheet.name,
            fingerprint=sheet.fingerprint,
            lines=tuple(lines),
            button=self.tr("Sign and withdraw") if withdrawing else self.tr("Sign and add"),
        )
        if withdrawing:
            signing = self._signing(subject, case_work.withdraw, text, case_work.check_withdrawing)
            signing.done.connect(self._on_withdrawn)
        else:
            signing = self._signing(subject, work.comment, text, work.check_commenting)
            signing.done.connect(self._on_commented)

    def _signing(self, subject: Subject, job: Callable[..., str], text: str, allowed: Allowed) -> SigningFlow:
        return SigningFlow(self.context, subject, JobLane.PAPER, job, self._case, text, parent=self, allowed=allowed)

    def _on_withdrawn(self, _: object) -> None:
        self._done(self.tr("Withdrawn"))

    def _on_commented(self, _: object) -> None:
        self._done(self.tr("Comment added"))

    def _done(self, words: str) -> None:
        self._words.pop(f"{self._asking} {self._case}", None)
        self.context.say(words)
        self.context.tell(Changes(cases=frozenset({self._case})))

    def parts(self) -> list[QWidget]:
        """The cards now shown, from top to bottom."""
        items = [self._shown.itemAt(number) for number in range(self._shown.count())]
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]
