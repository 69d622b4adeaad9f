"""Answers of several revisions as a column: what differs, question by question, and what is the same behind one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.guide.side_by_side import AnswersBeside
from ui.theme import sizes
from ui.turns import Bit, Turns
from ui.widgets.answers_beside import AnswersBesideRow
from ui.widgets.blocks import LongWords
from ui.widgets.boxes import bare_column, clear
from ui.widgets.decision_facts import FactGrid
from ui.widgets.fold import Fold
from ui.widgets.labels import quiet


class AnswersBesideSheet(QWidget):
    """Built a few rows at a time. ``taken`` carries a question and the place of the side whose answer is taken.

    ``grown`` comes when every row is there.
    """

    taken = Signal(str, int)
    grown = Signal()

    OPEN = 12
    """So many questions are shown open; with more of them each is one line at first."""
    AT_ONCE = 6

    def __init__(self, parent: QWidget | None = None, *, choosing: bool = False) -> None:
        super().__init__(parent)
        self._choosing = choosing
        self.box = bare_column(self, sizes(self).s)
        self.rows: dict[str, AnswersBesideRow] = {}
        self.same: Fold | None = None
        self._turns = Turns(self)
        self._turns.ended.connect(self.grown)

    @property
    def complete(self) -> bool:
        return self._turns.over

    def show_rows(self, rows: Sequence[AnswersBeside], same: Sequence[AnswersBeside], names: Sequence[str]) -> None:
        """Start again with these. ``names`` are what the sides are called."""
        clear(self.box)
        self.rows, self.same = {}, None
        few = len(rows) <= self.OPEN
        bits: list[Bit] = [
            partial(self._add, rows[start : start + self.AT_ONCE], tuple(names), few)
            for start in range(0, len(rows), self.AT_ONCE)
        ]
        self._turns.begin([partial(self._nothing, bool(rows)), *bits, partial(self._add_same, tuple(same))])

    def row(self, question: str) -> AnswersBesideRow:
        """The row of a question, built now if it was not yet. Raises KeyError."""
        if question not in self.rows:
            self._turns.finish()
        return self.rows[question]

    def _nothing(self, there: bool) -> None:
        if not there:
            self.box.addWidget(quiet(self.tr("No answer differs.")))

    def _add(self, rows: Sequence[AnswersBeside], names: Sequence[str], is_open: bool) -> None:
        for item in rows:
            row = AnswersBesideRow(item, names, is_open=is_open, choosing=self._choosing)
            row.taken.connect(self.taken)
            self.rows[item.id] = row
            self.box.addWidget(row)

    def _add_same(self, same: Sequence[AnswersBeside]) -> None:
        if same:
            self.same = Fold(self.tr("%Ln answers are the same", "", len(same)))
            self.same.fill_when_opened(partial(_write_same, same))
            self.box.addWidget(self.same)


def _write_same(same: Sequence[AnswersBeside], fold: Fold) -> None:
    fold.box.addWidget(FactGrid((row.label, LongWords(row.said[0] or "–", row.label)) for row in same))
