"""What the page of a use case says of its end: what becomes of what the use leaves behind, and which office has read it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake.services.filing.retiring import retired
from ui.case.ending_subjects import left_behind
from ui.case.work import CaseFacts
from ui.formatting import day_words
from ui.texts import Texts
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Card


def ending_cards(sheet: CaseFacts) -> list[QWidget]:
    """What is said of the end of a use; nothing while it is not retired."""
    return [RetiredCard(sheet)] if sheet.state.closing.retirement else []


class RetiredCard(Card):
    """Of a use case whose use its owner has ended."""

    def __init__(self, sheet: CaseFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=EndingCardTexts.tr("What the use leaves behind"))
        body = retired(sheet.state)
        assert body is not None  # only a retired use case has this card
        self.box.addWidget(Label(body.reason))
        for line in left_behind(body):
            self.box.addWidget(strong(line.label))
            self.box.addWidget(Label(line.value))
        for office, name in sheet.state.closing.acknowledged:
            act = sheet.state.event(name).act
            said = EndingCardTexts.tr("Acknowledged by the {office}: {name}, {day}")
            who = sheet.names.get(act.person, act.person)
            self.box.addWidget(quiet(said.format(office=office.label, name=who, day=day_words(act.at.date()))))


class EndingCardTexts(Texts):
    pass
