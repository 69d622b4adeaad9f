"""What leads the page of a use case: the next act of the person who looks, with one sentence why and one primary button."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class LeadActions:
    """``primary`` does the next act, None where there is nothing to press; ``others`` stand beside it.

    ``seldom`` are the ones that end the use case here or begin another; they stand apart, so that nobody picks one in passing.
    """

    primary: QAction | None
    others: tuple[QAction, ...] = ()
    seldom: tuple[QAction, ...] = ()


class LeadCard(Card):
    """Somebody with nothing to do reads who is next and until when."""

    def __init__(self, sheet: CaseFacts, actions: LeadActions, parent: QWidget | None = None) -> None:
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
        if actions.primary is not None:
            self.primary = action_button(actions.primary, primary=True)
            line.addWidget(self.primary)
        for action in actions.others:
            line.addWidget(action_button(action))
        self.box.addLayout(line)
        if actions.seldom:
            apart = FlowLayout(self)
            apart.setSpacing(sizes(self).m)
            for action in actions.seldom:
                button = action_button(action)
                button.setProperty("role", "link")
                apart.addWidget(button)
            self.box.addLayout(apart)

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
