"""Where a decision differs from what was asked, with what the owner’s side answered there; and what tightenings cost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.wording import shown
from intake.domain.case.acceptance import OwnerAnswer, TighteningPrice
from ui.case.acceptance_work import DecidedOtherwise
from ui.case.work import CaseFacts
from ui.formatting import day_words
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.blocks import LongWords
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, Chip


class DecidedOtherwiseCard(Card):
    """``answering`` carries the point that the owner’s side wants to answer; the link is there for those who may."""

    answering = Signal(str)

    def __init__(self, sheet: CaseFacts, decided: DecidedOtherwise, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Where the decision differs from what was asked"))
        self.links: list[LinkButton] = []
        may = sheet.may.answer is None and decided.acceptance.awaits
        for item in decided.points:
            line = QVBoxLayout()
            line.setSpacing(sizes(self).xs)
            label, said = shown(item.point.label), shown(item.point.said)
            line.addWidget(strong(label))
            line.addWidget(LongWords(said, label))
            answers = [one for one in decided.acceptance.answers if one.about == item.about]
            for one in answers:
                line.addWidget(quiet(_who(sheet, one)))
                line.addWidget(LongWords(one.text, label))
            if may:
                link = LinkButton(
                    item.about,
                    self.tr("Say what it costs…"),
                    name=self.tr("Say what “{point}” costs").format(point=label),
                )
                link.followed.connect(self.answering)
                self.links.append(link)
                line.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.box.addLayout(line)
        if not decided.points:
            # Somebody else filed it in the owner’s name.
            self.box.addWidget(Label(self.tr("Nothing differs; the owner did not sign what was filed for them.")))
        self.box.addWidget(quiet(self._days(decided)))

    def _days(self, decided: DecidedOtherwise) -> str:
        said = self.tr("Decided on {since}; it holds from {begins} until {ends}.").format(
            since=day_words(decided.acceptance.since),
            begins=day_words(decided.terms.begins),
            ends=day_words(decided.terms.expires),
        )
        if decided.acceptance.before is None:
            return said
        meanwhile = self.tr("Until it is accepted, what was in force before goes on inside both, until {day} at most.")
        return f"{said} {meanwhile.format(day=day_words(decided.acceptance.until))}"


class PricesCard(Card):
    """What the tightenings of the reader’s office cost: its reason, the owner’s words, and the days it took."""

    def __init__(self, sheet: CaseFacts, prices: tuple[TighteningPrice, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("What your tightenings cost"))
        numbers = {item.id: item.number for item in sheet.state.filed}
        for price in prices:
            head = self.tr("Revision {number}, decided on {day}").format(
                number=numbers.get(price.revision, "?"), day=day_words(price.since)
            )
            self.box.addWidget(strong(head))
            days = price.days
            took = self.tr("accepted after %Ln days", "", days) if days is not None else self.tr("not accepted")
            self.box.addWidget(
                Chip(took, Tone.NEUTRAL if days is not None else Tone.WARN), 0, Qt.AlignmentFlag.AlignLeft
            )
            if price.reason:
                self.box.addWidget(quiet(self.tr("Your reason")))
                self.box.addWidget(LongWords(price.reason, head))
            for one in price.answers:
                self.box.addWidget(quiet(_who(sheet, one)))
                self.box.addWidget(LongWords(one.text, head))


def acceptance_cards(sheet: CaseFacts) -> tuple[DecidedOtherwiseCard | None, PricesCard | None]:
    """The cards there are to show to who looks."""
    decided, office = sheet.decided, sheet.may.office
    prices = tuple(item for item in sheet.state.prices if item.office is office)
    return (
        DecidedOtherwiseCard(sheet, decided) if decided is not None else None,
        PricesCard(sheet, prices) if prices else None,
    )


def _who(sheet: CaseFacts, one: OwnerAnswer) -> str:
    return AcceptanceCardTexts.tr("{name} answered on {day}").format(
        name=sheet.names.get(one.person, one.person), day=day_words(one.day)
    )


class AcceptanceCardTexts(Texts):
    pass
