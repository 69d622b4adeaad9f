"""What became of each use case of a sheet: decided, or why not, and where what was signed is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.case.phases import Phase
from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.several.entries import ApartCard, CaseEntry
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label
from ui.widgets.panels import Card, NoticePanel
from ui.words import cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake.services.deciding.deciding import Given
    from intake.services.deciding.several import SetApart, SheetOfSeveral, SignedOne


class OutcomeOfSeveral(QWidget):
    """``opened`` carries the case whose page somebody wants. ``signed`` is what is known of those it came to.

    ``broken``: a bug ended it at the first use case of which nothing is known.
    """

    opened = Signal(str)

    def __init__(
        self,
        context: Context,
        sheet: SheetOfSeveral,
        signed: Sequence[SignedOne],
        *,
        broken: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = bare_column(self, sizes(self).l)
        given = sum(item.given is not None for item in signed)
        self.notice = self._summary(given, len(sheet.ready), broken=broken)
        column.addWidget(self.notice)
        self.said: dict[str, str] = {}
        for number, prepared in enumerate(sheet.ready):
            done = signed[number] if number < len(signed) else None
            words = self._became(done, doubtful=broken and number == len(signed))
            self.said[prepared.case] = words
            card = Card()
            entry = CaseEntry(prepared.case, f"{prepared.reference} {prepared.title}", Label(words))
            entry.add_link(self.tr("Open it"), prepared.reference).followed.connect(self.opened)
            card.box.addWidget(entry)
            column.addWidget(card)
            if done is not None and done.given is not None:
                column.addWidget(DeliveryLine(context, prepared.case))
        if sheet.apart:
            column.addWidget(self._left_out(sheet.apart))
        column.addStretch(1)

    def _left_out(self, apart: Sequence[SetApart]) -> Card:
        left = ApartCard(apart)
        left.opened.connect(self.opened)
        return left

    def _summary(self, given: int, total: int, *, broken: bool) -> NoticePanel:
        if given == total:
            return NoticePanel(
                self.tr("%Ln use cases signed", "", given), self.tr("What became of each is listed below."), Tone.GOOD
            )
        text = self.tr("%Ln were not signed; each says why.", "", total - given)
        if broken:
            text = self.tr(
                "Something went wrong inside Countersign. What was signed before stays; each says what is known."
            )
        return NoticePanel(self.tr("%Ln use cases signed, not all", "", given), text, Tone.BAD if broken else Tone.WARN)

    def _became(self, done: SignedOne | None, *, doubtful: bool) -> str:
        if done is None:
            if doubtful:
                return self.tr("It is not known whether this one was signed: open it and look.")
            return self.tr("Not signed: it was stopped before this one.")
        if done.given is not None:
            return self._led_to(done.given)
        assert done.refusal is not None
        words = self.tr("Not signed. {why}")
        return words.format(why=f"{done.refusal.what_happened} {done.refusal.next_step}".strip())

    def _led_to(self, given: Given) -> str:
        if given.sealed and given.phase is not Phase.ACCEPTANCE:
            return self.tr("Decided: both offices approve. The record carries both signatures and is sealed.")
        if given.phase is Phase.DECIDED:
            return self.tr("Decided: both offices approve. The record still lacks a signature.")
        if given.phase is Phase.ACCEPTANCE:
            return self.tr("Decided: both offices approve. It holds once the owner has accepted it.")
        return self.tr("Signed. {state}").format(state=cases.phase_words(given.phase.value))
