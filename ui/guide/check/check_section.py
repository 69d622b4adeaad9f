"""One part of the check page: its answers, or in one line that nothing in it has changed since the filed revision."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.playbook.questions import Question
from ui.guide.check.answer_row import AnswerRow
from ui.theme import sizes
from ui.widgets.boxes import ButtonRow, bare_column
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.links import LinkButton

Said = tuple[tuple[Question, str], ...]


class CheckSection(QWidget):
    """``unfolding`` comes when somebody wants to see unchanged answers all the same."""

    unfolding = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._box = bare_column(self, 0)
        self.title = heading(title, 2)
        self.title.setContentsMargins(0, s.l, 0, s.s)
        self._box.addWidget(self.title)
        self.words: Label | None = None
        self.link: LinkButton | None = None
        self.rows: tuple[AnswerRow, ...] = ()
        self._said: Said = ()

    @property
    def folded(self) -> tuple[str, ...]:
        """The questions kept back."""
        return tuple(question.id for question, _ in self._said)

    def fold(self, said: Said, revision: int) -> None:
        """Keep these back: they are as they were filed."""
        self._said = said
        words = self.tr("Unchanged since revision {number}: %Ln answers.", "", len(said))
        self.words = quiet(words.format(number=revision))
        self.words.setWordWrap(False)
        self.link = LinkButton(
            "", self.tr("Show them"), name=self.tr("Show the answers of: {part}").format(part=self.title.text())
        )
        self.link.clicked.connect(self.unfolding)
        self._box.addWidget(ButtonRow(self.words, self.link))

    def unfold(self) -> Said:
        """Give back what was kept, to be built."""
        said, self._said = self._said, ()
        for widget in (self.words, self.link):
            if widget is not None:
                widget.setVisible(False)
        return said

    def add(self, row: AnswerRow) -> None:
        self._box.addWidget(row)
        self.rows += (row,)
