"""What leads the page of a use case: the next act of the person who looks, with one sentence why and one primary button."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from intake.domain.base.wording import shown
from intake.domain.case.next_verbs import NextVerb
from ui.case.work import CaseFacts
from ui.formatting import day_words
from ui.theme import Tone, sizes
from ui.widgets.blocks import LongWords
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, Chip, action_button
from ui.words.clocks import age_words, left_words


class LeadCard(Card):
    """``primary`` is the action that does it, None where there is nothing to press; ``others`` stand beside it.

    Somebody with nothing to do reads who is next and until when.
    """

    def __init__(
        self, sheet: CaseFacts, primary: QAction | None, others: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        found = sheet.next
        stop = found.verb is NextVerb.STOP
        title = heading(shown(found.call), 2)
        title.set_tone(Tone.BAD if stop else None)
        self.box.addWidget(title)
        self.why = Label(shown(found.why))
        self.box.addWidget(self.why)
        for item in found.asked:
            who = f"{item.office.label} · {sheet.names.get(item.person, item.person)} · {day_words(item.day)}"
            self.box.addWidget(quiet(who))
            self.box.addWidget(LongWords(item.text, who))
        chips = FlowLayout(self)
        chips.setSpacing(sizes(self).s)
        for text, tone in self._clock(sheet):
            chips.addWidget(Chip(text, tone))
        self.box.addLayout(chips)
        self.primary: QPushButton | None = None
        line = FlowLayout(self)
        line.setSpacing(sizes(self).m)
        if primary is not None:
            self.primary = action_button(primary, primary=True)
            line.addWidget(self.primary)
        for action in others:
            line.addWidget(action_button(action))
        self.box.addLayout(line)

    def _clock(self, sheet: CaseFacts) -> list[tuple[str, Tone]]:
        """Until when, and since when it is waited for."""
        found, chips = sheet.next, []
        if found.until is not None:
            left, tone = left_words((found.until - sheet.today).days)
            chips.append((self.tr("{left}, by {day}").format(left=left, day=day_words(found.until)), tone))
        if found.since is not None and found.of:
            age = age_words((sheet.today - found.since).days)
            chips.append((self.tr("since {day}, {age}").format(day=day_words(found.since), age=age), Tone.NEUTRAL))
        return chips
