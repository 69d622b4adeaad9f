"""What the page of a use case shows below its lead, from top to bottom."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui.case.acceptance_cards import DecidedOtherwiseCard, PricesCard, acceptance_cards
from ui.case.acceptance_signing import AcceptanceSigning
from ui.case.cards import RevisionsCard, SealedCard, StandingCard, StatusCard, decision_cards, oddities
from ui.case.commitment_signing import CommitmentSigning
from ui.case.ending_cards import ending_cards
from ui.case.history import moments
from ui.case.lead import LeadActions, LeadCard
from ui.case.readers_fold import ReadersFold
from ui.case.work import CaseFacts
from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.page import Page
from ui.review.remark_signing import RemarkSigning
from ui.review.remarks import RemarkList
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside
from ui.widgets.boxes import clear
from ui.widgets.labels import heading
from ui.widgets.panels import ActionButton, Card, NoticePanel
from ui.widgets.timeline import Timeline
from ui.words.cases import open_words, unsigned_words


class CaseCards(QObject):
    """Made again whenever the use case was read. ``comparing`` carries a revision (act id) to compare with those before it."""

    comparing = Signal(str)

    def __init__(
        self,
        context: Context,
        page: Page,
        accepting: AcceptanceSigning,
        commitments: CommitmentSigning,
        remarks: RemarkSigning,
        give: QAction,
    ) -> None:
        """``give`` gives access to those who may read it and have no key."""
        super().__init__(page)
        self._give = give
        self.readers: ReadersFold | None = None
        self._context, self._page = context, page
        self._accepting, self._commitments, self._remarks = accepting, commitments, remarks
        self.lead: LeadCard | None = None
        self.otherwise: DecidedOtherwiseCard | None = None
        self.box = QVBoxLayout()
        self.box.setSpacing(sizes(page).l)
        self._before = ""

    def clear(self) -> None:
        clear(self.box)
        self.lead = self.otherwise = self.readers = None

    def open_readers(self) -> None:
        """Who can read it, opened, with the keyboard on its line."""
        if self.readers is not None:
            self.readers.head.setChecked(True)
            self.readers.head.setFocus()

    def show(self, sheet: CaseFacts, actions: LeadActions, compare: QAction) -> None:
        """``compare`` is for revisions that claim the same place."""
        were_open = self.readers is not None and self.readers.head.isChecked()
        self._before = self._held()
        self.clear()
        current = sheet.state.current
        if current is not None:
            self.lead = LeadCard(sheet, actions)
            self.box.addWidget(self.lead)
        for notice in oddities(sheet, compare):
            self.box.addWidget(notice)
        if sheet.unsigned.changes:
            said = self.tr("You changed the terms. Nobody else sees it until you sign.")
            self.box.addWidget(NoticePanel(unsigned_words(sheet.unsigned.changes), said, Tone.WARN))
        self.box.addWidget(StandingCard(sheet))
        self.box.addWidget(DeliveryLine(self._context, sheet.case))
        if current is not None:
            self._show_filed(sheet)
        if not all(item.in_force for item in sheet.sealed):
            self.box.addWidget(SealedCard(sheet))
        if sheet.readers is not None:
            self.readers = ReadersFold(sheet.readers, self._give, is_open=were_open)
            self.box.addWidget(self.readers)
        self.box.addWidget(heading(self.tr("What happened, newest first"), 2))
        timeline = Timeline(self.tr("History"))
        timeline.set_moments(moments(sheet.state, sheet.names, sheet.verbs))
        self.box.addWidget(timeline)

    def _show_filed(self, sheet: CaseFacts) -> None:
        prices = self._add_acceptance(sheet)
        if sheet.remarks:
            self.box.addWidget(self._remarks_card(sheet))
        revisions = RevisionsCard(sheet)
        revisions.comparing.connect(self.comparing)
        self.box.addWidget(Beside((StatusCard(sheet), revisions)))
        committed = self._commitments.card()
        for card in (
            *([committed] if committed else []),
            *ending_cards(sheet),
            *decision_cards(sheet),
            *([prices] if prices else []),
        ):
            self.box.addWidget(card)

    def _add_acceptance(self, sheet: CaseFacts) -> PricesCard | None:
        """Shows where the decision differs; gives what that cost, which belongs below the decision."""
        self.otherwise, prices = acceptance_cards(sheet)
        if self.otherwise is not None:
            self.otherwise.answering.connect(self._accepting.ask_answering)
            self.box.addWidget(self.otherwise)
        return prices

    def _remarks_card(self, sheet: CaseFacts) -> Card:
        card = Card(title=open_words(sum(item.open for item in sheet.remarks)))
        shown = RemarkList()
        shown.setAccessibleName(self.tr("Remarks, the open ones first"))
        shown.show_remarks(sheet.remarks, sheet.labels)
        shown.answering.connect(self._remarks.answer)
        shown.resolving.connect(self._remarks.resolve)
        card.box.addWidget(shown)
        return card

    def answer_a_point(self) -> None:
        """The only point at once; of several each has its own link, and the first takes the keyboard."""
        links = self.otherwise.links if self.otherwise is not None else []
        if len(links) == 1:
            links[0].click()
        elif links:
            links[0].setFocus()

    def take_keyboard(self) -> None:
        """New cards do not have the keyboard: give it to the button with the words of the one that had it, the next act, or the first action."""
        page = self._page
        held: QWidget | None = page.window().focusWidget()
        inside_already = held is not None and held is not page and page.isAncestorOf(held)
        if not page.isVisible() or inside_already:
            return
        inside = self.lead.findChildren(ActionButton) if self.lead is not None else []
        same = [button for button in self._buttons() if self._before and button.text() == self._before]
        # Of those of the page only what is seen: the cards that were here before are its children for a moment longer.
        shown = [button for button in page.findChildren(ActionButton) if button.isVisible()]
        for button in (*same, *inside, *shown):
            if button.isEnabled():
                button.setFocus()
                return

    def _held(self) -> str:
        """The words of the button here that has the keyboard."""
        held: QWidget | None = self._page.window().focusWidget()
        return next((button.text() for button in self._buttons() if button is held), "")

    def _buttons(self) -> list[QAbstractButton]:
        shown = [item.widget() for number in range(self.box.count()) if (item := self.box.itemAt(number)) is not None]
        return [button for card in shown if card is not None for button in card.findChildren(QAbstractButton)]
