"""The conditions in force, each with who has to meet it, until when, and whether that day is past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from intake.domain.terms.terms import Condition
from ui.formatting import day_words
from ui.theme import Tone
from ui.widgets.blocks import LongWords
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import heading, quiet
from ui.widgets.panels import Card, Chip
from ui.words.cases import overdue_words
from ui.words.clocks import left_words


class ConditionsCard(Card):
    """The earliest first. ``names`` are people by id."""

    def __init__(
        self,
        conditions: Sequence[Condition],
        names: Mapping[str, str],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        top = FlowLayout(self)
        top.addWidget(heading(self.tr("Conditions in force"), 2))
        late = sum(item.due < today for item in conditions)
        if late:
            top.addWidget(Chip(overdue_words(late), Tone.BAD))
        self.box.addLayout(top)
        for item in sorted(conditions, key=lambda one: (one.due, one.text)):
            who = names.get(item.owner, item.owner)
            left, tone = left_words((item.due - today).days)
            self.box.addWidget(LongWords(item.text, self.tr("Condition of {who}").format(who=who)))
            line = FlowLayout(self)
            said = quiet(self.tr("{who} · by {day}").format(who=who, day=day_words(item.due)))
            said.setWordWrap(False)
            line.addWidget(said)
            line.addWidget(Chip(left, tone))
            self.box.addLayout(line)
