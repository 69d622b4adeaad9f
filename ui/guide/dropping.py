"""Files dropped anywhere on the window while a draft is open: they are evidence, and the question names their kind.

On a page with one place for evidence they go there; otherwise the person says for which question they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from intake.domain.playbook.questions import Question, QuestionKind
from ui.guide.answer.questions import QuestionsView
from ui.guide.evidence.attaching import Attaching
from ui.guide.open_draft import OpenDraft
from ui.theme import sizes
from ui.widgets.chosen_row import ChosenRow
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label
from ui.widgets.tips import plain_tip

CARRIED = frozenset({".countersign", ".p7m"})
"""What others sent is for the exchange, also while a draft is open."""


class Dropping(QObject):
    """``chosen`` carries the question the files are for, when it is not on the page shown; they wait there."""

    chosen = Signal(str)

    def __init__(self, draft: OpenDraft, attaching: Attaching, questions: QuestionsView, screen: QWidget) -> None:
        super().__init__(screen)
        self._draft = draft
        self._attaching = attaching
        self._questions = questions
        self._screen = screen
        self._paths: tuple[Path, ...] = ()

    def wanted(self) -> tuple[Question, ...]:
        """The questions evidence can be attached to now."""
        shown = self._draft.shown
        if shown is None or shown.stopped:
            return ()
        return tuple(question for question in shown.guide.known.shown if question.kind is QuestionKind.FILES)

    def take(self, paths: Sequence[Path]) -> bool:
        """Attach these, or ask for which question they are; False when they are not for here."""
        wanted = self.wanted()
        if not wanted or not paths or any(path.suffix.casefold() in CARRIED for path in paths):
            return False
        here = [question for question in wanted if self._questions.isVisible() and self._questions.has(question.id)]
        self._paths = tuple(paths)
        if len(here) == 1:
            self._on_chosen(here[0].id)
        else:
            dialog = WhichQuestion(here or wanted, len(paths), self._screen)
            dialog.chosen.connect(self._on_chosen)
            dialog.open()
        return True

    def _on_chosen(self, question: str) -> None:
        self._attaching.hand_over(question, self._paths)
        if not (self._questions.isVisible() and self._questions.has(question)):
            self.chosen.emit(question)


class WhichQuestion(PlainDialog):
    """For which question the files are; ``chosen`` carries it."""

    chosen = Signal(str)

    def __init__(self, questions: Sequence[Question], count: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("What are these files evidence for?"))
        self.title.setText(self.windowTitle())
        words = self.tr("%Ln files were dropped. The question says what kind of evidence they are.", "", count)
        self.body.addWidget(Label(words))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Questions that take files"))
        self.list.setWordWrap(True)
        self.list.setSpacing(sizes(self).xs)
        for question in questions:
            item = QListWidgetItem(question.label)
            item.setToolTip(plain_tip(question.text))
            item.setData(Qt.ItemDataRole.UserRole, question.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setMinimumHeight(sizes(self).line * 8)
        ChosenRow(self.list)
        self.list.itemActivated.connect(self._on_activated)
        self.body.addWidget(self.list, 1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        use = self.add_button(self.tr("Attach here"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        use.setDefault(True)
        self.list.setFocus()

    def accept(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
            super().accept()

    def _on_activated(self, _: QListWidgetItem) -> None:
        self.accept()
