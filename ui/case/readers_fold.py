"""Who can read a use case: a line that opens to names, why each reads it, whether they have the key, and who gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.base.wording import sentence, words
from intake.domain.organisation.exchange_rule import Reading
from ui.texts import filled
from ui.theme import Tone
from ui.widgets.decision_facts import FactGrid
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import NoticePanel, action_button

if TYPE_CHECKING:
    from intake.services.confidential.readers import ReadersTold, ReaderTold


class ReadersFold(Fold):
    """``give`` is the action by which access is given; it is shown where somebody has none and the person here can give it."""

    def __init__(
        self, told: ReadersTold, give: QAction, parent: QWidget | None = None, *, is_open: bool = False
    ) -> None:
        super().__init__(self.tr("Who can read this"), *self._chip(told), parent, is_open=is_open)
        self._told, self._give = told, give
        self.fill_when_opened(_fill)

    def _chip(self, told: ReadersTold) -> tuple[str, Tone]:
        if told.reading is Reading.OPEN:
            return self.tr("open: everybody with the folder"), Tone.WARN
        waiting = sum(not item.has_key for item in told.readers)
        if waiting:
            return self.tr("%Ln people have no key yet", "", waiting), Tone.WARN
        return self.tr("%Ln people", "", len(told.readers)), Tone.NEUTRAL

    def fill(self) -> None:
        """What it opens to, made when it is first opened."""
        told = self._told
        if told.reading is Reading.OPEN:
            self.box.addWidget(NoticePanel(self.tr("The exchange is open"), sentence(told.exchange), Tone.WARN))
        else:
            self.box.addWidget(Label(sentence(told.exchange)))
        if told.readers:
            self.box.addWidget(FactGrid([(item.name, self._line(item)) for item in told.readers], self.inside))
        if not told.readers:
            self.box.addWidget(quiet(self.tr("Nobody yet: no revision of it counts.")))
        for note in told.notes:
            self.box.addWidget(quiet(sentence(note)))
        if self._give.isEnabled():
            row = FlowLayout(self.inside)
            row.addWidget(action_button(self._give))
            self.box.addLayout(row)

    def _line(self, item: ReaderTold) -> Label:
        """Why somebody reads it, whether they have the key, and who gave it."""
        why = words(item.why)
        if self._told.reading is Reading.OPEN:
            line = Label(why)
        else:
            parts = [why, words(item.state)]
            if item.given_by:
                own = item.given_by == item.name
                parts.append(self.tr("began it") if own else filled(self.tr("given by {name}"), name=item.given_by))
            line = Label(" · ".join(parts), tone=None if item.has_key else Tone.WARN if item.waits else Tone.BAD)
        line.setAccessibleName(f"{item.name}: {line.text()}")
        return line


def _fill(fold: Fold) -> None:
    if isinstance(fold, ReadersFold):
        fold.fill()
