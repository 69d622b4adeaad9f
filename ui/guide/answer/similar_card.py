"""What others have filed that reads alike: a quiet card below the questions, and one line that says so beside them.

The card is as high as it likes without moving a question; the line beside the last one that describes leads down to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.base.wording import words
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.whole import Playbook
from ui.guide.sheet import walk
from ui.theme import sizes
from ui.widgets.boxes import SideBySide, bare_column, clear
from ui.widgets.labels import quiet, strong
from ui.widgets.links import LinkButton
from ui.words.cases import tier_words

if TYPE_CHECKING:
    from intake.services.filing.similar import Similar

DESCRIBING = (QuestionRole.TITLE, QuestionRole.PROBLEM, QuestionRole.PURPOSE)


class SimilarCard(QWidget):
    """Hidden until something is found. ``opened`` and ``used`` carry a case; ``wanted`` comes when the line is followed.

    ``line`` belongs beside a question.
    """

    wanted = Signal()
    opened = Signal(str)
    used = Signal(str)

    SHOWN = 3
    CONDITIONS = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(s.l, 0, s.l, 0)
        self._box.setSpacing(s.s)
        self.title = strong(self.tr("Similar use cases"))
        self._box.addWidget(self.title)
        self._box.addWidget(quiet(self.tr("What was decided there may be decided here; start from one to save time.")))
        self._cases = _Entries()
        self._box.addWidget(self._cases)
        self.end = QWidget()
        """Takes the place of the links: Tab comes to them in their place, though they are made later."""
        self.end.setFixedHeight(0)
        self._box.addWidget(self.end)
        self.cases: tuple[Similar, ...] = ()
        self.links: tuple[LinkButton, ...] = ()
        self.line = LinkButton("", self.title.text())
        self.line.clicked.connect(self.wanted)
        self.line.hide()
        self.hide()

    def set_cases(self, cases: Sequence[Similar]) -> None:
        """Show the best few; the same ones are left alone, so that the keyboard is not taken from them."""
        wanted = tuple(cases)[: self.SHOWN]
        if wanted == self.cases:
            return
        self.cases = wanted
        clear(self._cases.box)
        self.links = ()
        for case in wanted:
            self._cases.box.addWidget(self._entry(case), 1, Qt.AlignmentFlag.AlignTop)
        walk(self.end, *self.links)
        self.line.setText(self.tr("%Ln similar use cases below", "", len(wanted)))
        self.line.setAccessibleName(self.line.text())
        for widget in (self, self.line):
            if wanted or not widget.isHidden():
                widget.setVisible(bool(wanted))

    def _entry(self, case: Similar) -> QWidget:
        s = sizes(self)
        entry = QWidget()
        box = bare_column(entry, s.xs)
        box.addWidget(strong(case.title))
        box.addWidget(quiet(" · ".join(part for part in (case.unit, tier_words(case.tier)) if part)))
        box.addWidget(quiet(words(case.became)))
        for condition in case.conditions[: self.CONDITIONS]:
            box.addWidget(quiet(self.tr("Condition: {words}").format(words=condition)))
        left = len(case.conditions) - self.CONDITIONS
        if left > 0:
            box.addWidget(quiet(self.tr("and %Ln more conditions", "", left)))
        line = QHBoxLayout()
        line.setSpacing(s.m)
        look = LinkButton(case.case, self.tr("Open"), name=self.tr("Open {title}").format(title=case.title))
        look.followed.connect(self.opened)
        use = LinkButton(
            case.case, self.tr("Use as a start…"), name=self.tr("Use {title} as a start").format(title=case.title)
        )
        use.followed.connect(self.used)
        for each in (look, use):
            line.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
            self.links += (each,)
        line.addStretch(1)
        box.addLayout(line)
        return entry


class _Entries(SideBySide):
    """Cases side by side where there is room for all."""

    def room(self) -> int:
        return sizes(self).chars(28) * SimilarCard.SHOWN


def described_by(playbook: Playbook) -> tuple[str, ...]:
    """The questions whose answers say what the use case is."""
    return tuple(name for role in DESCRIBING if (name := playbook.role(role)))
