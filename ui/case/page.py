"""The page of one use case, for everybody: its phase, whether it may run, its terms, and everything that happened."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.case import work as case_work
from ui.case.cards import RevisionsCard, SealedCard, StandingCard, StatusCard, decision_cards, oddities
from ui.case.history import moments
from ui.case.signing import CaseSigning
from ui.case.work import CaseFacts
from ui.compare.target import CompareTarget
from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.guide.filed.copy import FiledCopy
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside
from ui.widgets.boxes import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import heading
from ui.widgets.panels import ActionButton, EmptyState, NoticePanel, action_button
from ui.widgets.timeline import Timeline
from ui.words.cases import unsigned_words


class CasePage(Page):
    """Shown by ``context.go("case", case_id)``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case = ""
        self._sheet: CaseFacts | None = None
        self.signing = CaseSigning(context, self)
        self.signing.moved.connect(self._load)
        self.review = self.add_action(
            self.tr("R&eview"),
            self._on_review,
            "Ctrl+Return",
            tip=self.tr("Look at it for your office"),
            button=True,
            primary=True,
        )
        self.record = self.add_action(self.tr("Open the &record"), self._on_record, "Ctrl+Shift+O", button=True)
        self.again = self.add_action(
            self.tr("File agai&n…"), self._on_again, tip=self.tr("Begin the next revision with these answers")
        )
        self.similar = self.add_action(
            self.tr("Start a &similar use case…"),
            self._on_similar,
            tip=self.tr("A new use case; every answer is to be checked"),
        )
        self.comment = self.add_action(self.tr("&Comment…"), self.signing.ask_comment, "Ctrl+Shift+M", button=True)
        self.withdraw = self.add_action(
            self.tr("&Withdraw…"), self.signing.ask_withdrawal, tip=self.tr("The business no longer wants it")
        )
        self.compare = self.add_action(
            self.tr("C&ompare revisions"),
            self._on_compare,
            "Ctrl+Shift+R",
            tip=self.tr("Where they differ, answer by answer"),
        )
        self.copies = FiledCopy(context, self)
        self.copy = self.add_action(
            self.tr("Save a cop&y of the answers…"),
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
            self.signing.follow(None)
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
        if self._case and (changes.concern(self._case) or self._case in changes.drafts):
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
        self.signing.follow(sheet)
        self.waiting.setVisible(False)
        current = sheet.state.current
        owner = sheet.names.get(current.body.owner, current.body.owner) if current else ""
        parts = [sheet.reference, current.body.unit if current else "", owner]
        self.set_lead(" · ".join(part for part in parts if part), sheet.reference)
        self.retitle()
        self._enable()
        clear(self._shown)
        for notice in oddities(sheet, self.compare):
            self._shown.addWidget(notice)
        if sheet.unsigned.changes:
            self._shown.addWidget(
                NoticePanel(
                    unsigned_words(sheet.unsigned.changes),
                    self.tr("You changed the terms. Nobody else sees it until you sign."),
                    Tone.WARN,
                )
            )
        self._shown.addWidget(StandingCard(sheet))
        self._shown.addWidget(DeliveryLine(self.context, sheet.case))
        if current is not None:
            self._shown.addLayout(self._buttons())
            revisions = RevisionsCard(sheet)
            revisions.comparing.connect(self._on_compare_one)
            self._shown.addWidget(Beside((StatusCard(sheet), revisions)))
            for card in decision_cards(sheet):
                self._shown.addWidget(card)
        if not all(item.in_force for item in sheet.sealed):
            self._shown.addWidget(SealedCard(sheet))
        self._shown.addWidget(heading(self.tr("What happened, newest first"), 2))
        timeline = Timeline(self.tr("History"))
        timeline.set_moments(moments(sheet.state, sheet.names, sheet.verbs))
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
            self.tr("R&eview") if sheet is not None and sheet.may.office is not None else self.tr("Read the &use case")
        )
        self.record.setEnabled(sheet is not None and sheet.has_record)
        self.comment.setEnabled(filed)
        self.similar.setEnabled(filed)
        self.copy.setEnabled(filed)
        self.again.setEnabled(sheet is not None and sheet.can_file_again)
        self.withdraw.setEnabled(sheet is not None and sheet.can_withdraw)
        self.compare.setEnabled(sheet is not None and len(sheet.state.revisions) > 1)

    # ----------------------------------------------------------------------------------------------------- actions
    def _on_review(self) -> None:
        self.context.go("review", self._case)

    def _on_record(self) -> None:
        self.context.go("record", self._case)

    def _on_compare(self) -> None:
        self.context.go("compare", CompareTarget(self._case))

    def _on_compare_one(self, revision: str) -> None:
        """A revision with those it took the place of."""
        if self._sheet is not None:
            known = {item.id for item in self._sheet.state.revisions}
            before = [name for name in self._sheet.state.revision(revision).body.revises if name in known]
            self.context.go("compare", CompareTarget(self._case, (revision, *before)))

    def _on_again(self) -> None:
        self._draft(self.context.run(JobLane.REGISTER, case_work.file_again, self._case, owner=self))

    def _on_similar(self) -> None:
        self._draft(self.context.run(JobLane.REGISTER, case_work.start_similar, self._case, owner=self))

    def _draft(self, handle: JobHandle[str]) -> None:
        handle.done.connect(self._on_drafted)

    def _on_drafted(self, draft: str) -> None:
        self.context.tell(Changes(drafts=frozenset({draft})))
        self.context.go("guide", draft)

    def parts(self) -> list[QWidget]:
        """The cards now shown, from top to bottom."""
        items = [self._shown.itemAt(number) for number in range(self._shown.count())]
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]
