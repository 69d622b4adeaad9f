"""The conditions in force, each with who has to meet it, until when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from intake.domain.base.wording import shown
from intake.domain.case.carrying import Tracked
from intake.domain.case.commitment import condition_of
from intake.domain.terms.terms import Condition
from intake.services.deciding.commitment_lines import PROGRESS
from ui.formatting import day_words
from ui.theme import Tone
from ui.widgets.blocks import LongWords
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import heading, quiet
from ui.widgets.panels import Card, Chip
from ui.words.cases import overdue_words
from ui.words.clocks import left_words


class ConditionsCard(Card):
    """The earliest first. ``names`` are people by id, ``commitments`` what became of those of the case: what somebody reported in time
    is late no more.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        commitments: Sequence[Tracked],
        names: Mapping[str, str],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        top = FlowLayout(self)
        top.addWidget(heading(self.tr("Conditions in force"), 2))
        known = {item.commitment.id: item for item in commitments}
        tracked = {item: known.get(condition_of(item).id) for item in conditions}
        late = sum(found.overdue(today) for found in tracked.values() if found is not None)
        if late:
            top.addWidget(Chip(overdue_words(late), Tone.BAD))
        self.box.addLayout(top)
        for item in sorted(conditions, key=lambda one: (one.due, one.text)):
            who = names.get(item.owner, item.owner)
            self.box.addWidget(LongWords(item.text, self.tr("Condition of {who}").format(who=who)))
            line = FlowLayout(self)
            said = quiet(self.tr("{who} · by {day}").format(who=who, day=day_words(item.due)))
            said.setWordWrap(False)
            line.addWidget(said)
            found = tracked[item]
            if found is None or found.waits_for_report:
                line.addWidget(Chip(*left_words((item.due - today).days)))
            else:
                line.addWidget(Chip(shown(PROGRESS[found.progress]()), Tone.NEUTRAL))
            self.box.addLayout(line)
