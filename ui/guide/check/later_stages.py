"""What later stages will ask: listed before anything is answered, and asked only then."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.playbook.questions import Question
from intake.domain.terms.terms import Stage
from ui.guide.shown import ShownDraft
from ui.texts import Texts
from ui.theme import sizes
from ui.widgets.boxes import clear
from ui.widgets.fold import Fold
from ui.widgets.labels import quiet, strong


class LaterPart(QWidget):
    """One fold for each later stage; hidden when nothing is left for later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, sizes(self).s, 0, 0)
        box.setSpacing(sizes(self).xs)
        box.addWidget(strong(self.tr("Asked later")))
        self.about = quiet(
            self.tr(
                "Nothing of this is needed now; good to know who could answer it. Some answers call for a few questions more."
            )
        )
        box.addWidget(self.about)
        self._folds = QVBoxLayout()
        self._folds.setSpacing(0)
        box.addLayout(self._folds)
        self.folds: tuple[Fold, ...] = ()
        self._told: tuple[tuple[Stage, tuple[Question, ...]], ...] = ()
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        later = shown.guide.later
        if later != self._told:
            self._told = later
            clear(self._folds)
            self.folds = tuple(self._fold(stage, questions) for stage, questions in later)
            for fold in self.folds:
                self._folds.addWidget(fold)
        if later or not self.isHidden():
            self.setVisible(bool(later))

    def _fold(self, stage: Stage, questions: tuple[Question, ...]) -> Fold:
        fold = Fold(later_words(stage, len(questions)))
        fold.box.addWidget(quiet(" · ".join(question.label for question in questions)))
        return fold


def later_words(stage: Stage, count: int) -> str:
    """Before which step so many questions will be asked."""
    match stage:
        case Stage.PILOT:
            words = LaterTexts.tr("Before a pilot ({count})")
        case Stage.SCALED:
            words = LaterTexts.tr("Before scaled use ({count})")
        case _:
            words = LaterTexts.tr("Later ({count})")
    return words.format(count=count)


class LaterTexts(Texts):
    pass
