"""The page of one use case, for everybody and from every way in: led by the next act of the person who looks.

Below it stand the phase, whether it may run, the decision on one page, remarks, and everything that happened. Reading all of
it, and deciding, is one act away: the review.
"""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.base.directions import isolated
from intake.domain.base.wording import words
from intake.domain.case.next_verbs import ActWay, NextVerb
from ui.case import work as case_work
from ui.case.acceptance_signing import AcceptanceSigning
from ui.case.ending import CaseEnding
from ui.case.lead import LeadActions
from ui.case.page_cards import CaseCards
from ui.case.signing import CaseSigning
from ui.case.work import CaseFacts
from ui.compare.target import CompareTarget
from ui.context import Changes, Context
from ui.guide.filed.copy import FiledCopy
from ui.inbox.next_case import NextCase
from ui.jobs import JobLane
from ui.page import Page
from ui.review.remark_signing import RemarkPlace, RemarkSigning
from ui.widgets.panels import EmptyState


class CasePage(Page):
    """Shown by ``context.go("case", case_id)``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case = ""
        self._sheet: CaseFacts | None = None
        self.signing = CaseSigning(context, self)
        self.signing.moved.connect(self._load)
        self.accepting = AcceptanceSigning(context, self.signing.keeper, self)
        self.accepting.moved.connect(self._load)
        self.review = self.add_action(
            self.tr("R&eview"),
            self._on_review,
            "Ctrl+Return",
            tip=self.tr("Answers, tier, threats, terms and comments"),
        )
        self.complete = self.add_action(self.tr("Add my signature to the record…"), self.signing.ask_completing)
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
        self.suspend = self.add_action(
            self.tr("S&uspend…"), self.signing.ask_suspension, tip=self.tr("Stop it at once; only both offices lift it")
        )
        self.lift = self.add_action(
            self.tr("&Lift the suspension…"),
            self.signing.ask_lift,
            tip=self.tr("Your half; the other office lifts it too"),
        )
        self.signing.add_commitments(self)
        self.figures = self.add_action(self.tr("Report users and cos&t…"), self.signing.ask_figures)
        self.accept = self.add_action(
            self.tr("&Accept what was decided…"),
            self.accepting.ask_accepting,
            tip=self.tr("Every difference from what was asked, before you sign"),
        )
        self.answer = self.add_action(
            self.tr("Say &what a point costs…"),
            self._on_answer,
            tip=self.tr("Both offices are asked for another word; nothing is taken back"),
        )
        self.ending = CaseEnding(context, self, self.signing)
        self.compare = self.add_action(
            self.tr("C&ompare revisions"),
            self._on_compare,
            "Ctrl+Shift+R",
            tip=self.tr("Where they differ, answer by answer"),
        )
        self.remarks = RemarkSigning(context, self.signing.keeper, self)
        self.remarks.moved.connect(self._load)
        self.next = NextCase(context, self)
        self.add_action(self.tr("Ne&xt use case that waits for me"), self.go_next, "Ctrl+J")
        self.add_action(self.tr("Use case &before it"), self.go_back, "Ctrl+Shift+J")
        self.copies = FiledCopy(context, self)
        self.copy = self.add_action(
            self.tr("Save a cop&y of the answers…"),
            self._on_copy,
            "Ctrl+P",
            tip=self.tr("The answers as PDF, not signed"),
        )
        self.readers = self.add_action(
            self.tr("W&ho can read this"),
            self._on_readers,
            tip=self.tr("Names, why, and whether they have the key"),
        )
        self.give = self.add_action(
            self.tr("Give access…"),
            self.signing.ask_access,
            tip=self.tr("The key for everybody who may read it and has none"),
        )
        self.body.addWidget(self.copies.progress)
        self.cards = CaseCards(context, self, self.accepting, self.signing.commitments, self.remarks, self.give)
        self.cards.comparing.connect(self._on_compare_one)
        self.body.addLayout(self.cards.box)
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
            self.accepting.follow(None)
            self.remarks.follow(None)
            self.cards.clear()
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
        handle.refused.connect(self.waiting.tell)

    def _show(self, sheet: CaseFacts) -> None:
        if sheet.case != self._case:
            return
        fresh = self._sheet is None
        self._sheet = sheet
        self.signing.follow(sheet)
        self.accepting.follow(sheet)
        called = f"{sheet.reference} {isolated(sheet.title)}"
        self.remarks.follow(RemarkPlace(sheet.case, called, sheet.name, sheet.fingerprint))
        self.waiting.setVisible(False)
        current = sheet.state.current
        owner = sheet.names.get(current.owner, current.owner) if current else ""
        parts = [sheet.reference, current.body.unit if current else "", owner]
        self.set_lead(" · ".join(part for part in parts if part), sheet.reference)
        self.retitle()
        self._enable()
        self.cards.show(sheet, self._leading(sheet), self.compare)
        if fresh or self.window().focusWidget() is self:
            self.cards.take_keyboard()
        if sheet.news:
            self.context.tell(Changes())  # nothing of the case: only what waits to be looked at is one less

    def _on_copy(self) -> None:
        current = self._sheet.state.current if self._sheet is not None else None
        if self._sheet is not None and current is not None:
            self.copies.ask(self._sheet.case, current.id, self._sheet.reference)

    def _leading(self, sheet: CaseFacts) -> LeadActions:
        """What can be done, by how near it is to the next act; the menu has all of them."""
        ways = {
            ActWay.FILE_AGAIN: self.again,
            ActWay.REVIEW: self.review,
            ActWay.COMPLETE: self.complete,
            ActWay.LIFT: self.lift,
            **self.signing.commitments.ways,
            ActWay.FIGURES: self.figures,
            ActWay.ACCEPT: self.accept,
            **self.ending.ways,
        }
        first = ways.get(sheet.next.way)
        if first is not None and not first.isEnabled():
            first = None
        others = (
            self.answer,
            self.review,
            self.lift,
            self.figures,
            self.again,
            self.suspend,
            *self.ending.offered,
        )
        seldom = (self.similar, *self.ending.seldom, self.withdraw)

        def offered(actions: tuple[QAction, ...]) -> tuple[QAction, ...]:
            return tuple(action for action in actions if action is not first and action.isEnabled())

        return LeadActions(first, offered(others), offered(seldom))

    def _enable(self) -> None:
        sheet = self._sheet
        filed = sheet is not None and sheet.state.current is not None
        self.review.setEnabled(filed)
        self.review.setText(self._review_words(sheet))
        self.complete.setVisible(sheet is not None and sheet.next.way is ActWay.COMPLETE)
        self.record.setEnabled(sheet is not None and sheet.has_record)
        self.comment.setEnabled(filed)
        self.similar.setEnabled(filed)
        self.copy.setEnabled(filed)
        self.again.setEnabled(sheet is not None and sheet.can_file_again)
        self.suspend.setEnabled(sheet is not None and sheet.can_suspend)
        self.lift.setEnabled(sheet is not None and sheet.can_lift)
        self.figures.setEnabled(sheet is not None and sheet.can_report)
        self.accept.setEnabled(sheet is not None and sheet.may.accept is None)
        self.answer.setEnabled(sheet is not None and sheet.can_answer)
        self.withdraw.setEnabled(sheet is not None and sheet.can_withdraw)
        self.ending.follow(sheet)
        self.readers.setEnabled(sheet is not None)
        self.give.setEnabled(sheet is not None and sheet.can_give)
        self.compare.setEnabled(sheet is not None and len(sheet.state.revisions) > 1)

    def _review_words(self, sheet: CaseFacts | None) -> str:
        """What reading it is for: the next act where that is to decide, else what an office or everybody does there."""
        if sheet is not None and sheet.next.way is ActWay.REVIEW and sheet.next.verb is not NextVerb.STOP:
            return words(sheet.next.call).replace("&", "&&")
        office = sheet is not None and sheet.may.office is not None
        return self.tr("R&eview") if office else self.tr("Read the &use case")

    # ----------------------------------------------------------------------------------------------------- actions
    def go_next(self) -> None:
        self.next.beside(self._case, 1)

    def go_back(self) -> None:
        self.next.beside(self._case, -1)

    def _on_review(self) -> None:
        self.context.go("review", self._case)

    def _on_answer(self) -> None:
        self.cards.answer_a_point()

    def _on_readers(self) -> None:
        self.cards.open_readers()

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
        self.context.run(JobLane.REGISTER, case_work.file_again, self._case, owner=self).done.connect(self._on_drafted)

    def _on_similar(self) -> None:
        begun = self.context.run(JobLane.REGISTER, case_work.start_similar, self._case, owner=self)
        begun.done.connect(self._on_drafted)

    def _on_drafted(self, draft: str) -> None:
        self.context.tell(Changes(drafts=frozenset({draft})))
        self.context.go("guide", draft)

    def parts(self) -> list[QWidget]:
        """The cards now shown, from top to bottom."""
        items = [self.cards.box.itemAt(number) for number in range(self.cards.box.count())]
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]
