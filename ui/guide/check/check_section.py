"""One part of the check page: its answers, or in one line that nothing in it has changed since the filed revision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.playbook.questions import Question
from ui.guide.check.answer_row import AnswerRow
from ui.theme import sizes
from ui.widgets.boxes import ButtonRow, bare_column
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.links import LinkButton

Said = tuple[tuple[Question, str], ...]


class CheckSection(QWidget):
    """``unfolding`` comes when somebody wants to see unchanged answers all the same.

    ``confirmed`` carries the questions of all that is to check here, ``undone`` those of all that was confirmed here. The
    button for it comes after the answers: they are read first.
    """

    unfolding = Signal()
    confirmed = Signal(object)
    undone = Signal(object)

    FEW = 2
    """From so many on, one button for all saves something."""

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
        self._to_check: tuple[str, ...] = ()
        self._sure: tuple[str, ...] = ()
        self.all: LinkButton | None = None

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
        self._box.insertWidget(self._box.count() - (self.all is not None), row)
        self.rows += (row,)

    def set_to_check(self, to_check: Sequence[str], sure: Sequence[str]) -> None:
        """``to_check`` are the questions whose answers wait to be confirmed, ``sure`` those confirmed on this visit."""
        self._to_check, self._sure = tuple(to_check), tuple(sure)
        undoes = not to_check
        count = len(sure) if undoes else len(to_check)
        if self.all is None:
            if count < self.FEW:
                return
            self.all = LinkButton("", "")
            self.all.clicked.connect(self._on_all)
            self._box.addWidget(self.all, 0, Qt.AlignmentFlag.AlignRight)
        said = (
            self.tr("Undo confirming %Ln answers of this part", "", count)
            if undoes
            else self.tr("Confirm all %Ln of this part", "", count)
        )
        self.all.setText(said)
        self.all.setAccessibleName(self.tr("{words}: {part}").format(words=said, part=self.title.text()))
        self.all.setVisible(count >= self.FEW)

    def _on_all(self) -> None:
        if self._to_check:
            self.confirmed.emit(self._to_check)
        else:
            self.undone.emit(self._sure)
