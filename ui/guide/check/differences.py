"""What the draft changes of the revision that is filed: before and now, in words, one fold for each answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.guide.guide import Compared
from intake.domain.playbook.answers import Move
from ui.guide.live.panel_lines import LineLook, Lines, PanelLine
from ui.guide.shown import ShownDraft
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.fold import Fold
from ui.widgets.labels import heading, quiet
from ui.words.answers import said_words
from ui.words.revisions import revision_names


class DifferencesPart(QWidget):
    """Hidden unless the draft is to become a next revision. ``followed`` carries a question."""

    followed = Signal(str)

    FEW = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = bare_column(self, sizes(self).s)
        self.title = heading("", 2)
        box.addWidget(self.title)
        self.none = quiet(self.tr("Nothing differs yet. Change what the reviewers asked about, then sign."))
        box.addWidget(self.none)
        self._folds = QVBoxLayout()
        self._folds.setSpacing(0)
        box.addLayout(self._folds)
        self.folds: tuple[Fold, ...] = ()
        self._told: tuple[Compared, ...] | None = None
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        revising = shown.revising
        if revising is None:
            self.hide()
            return
        if shown.changes != self._told:
            self._told = shown.changes
            words = self.tr("What differs from revision {number}").format(number=revising.number)
            if revising.competing is not None:
                # Several share the number: it is the first of those that are chosen between.
                name = revision_names(revising.competing.sides)[0]
                words = self.tr("What differs from: {revision}").format(revision=name)
            self.title.setText(words)
            self.none.setVisible(not shown.changes)
            clear(self._folds)
            self.folds = tuple(self._fold(item, few=len(shown.changes) <= self.FEW) for item in shown.changes)
            for fold in self.folds:
                self._folds.addWidget(fold)
        self.show()

    def _fold(self, item: Compared, *, few: bool) -> Fold:
        words = {Move.ADDED: self.tr("new"), Move.CHANGED: self.tr("changed"), Move.REMOVED: self.tr("gone")}
        fold = Fold(item.question.label if item.question else item.id, words[item.move], Tone.INFO, is_open=few)
        lines = Lines()
        told = [
            PanelLine(self.tr("Before"), LineLook.QUIET),
            PanelLine(said_words(item.question, item.before) or "–"),
            PanelLine(self.tr("Now"), LineLook.QUIET),
            PanelLine(said_words(item.question, item.after) or "–"),
        ]
        if item.question is not None and item.move is not Move.REMOVED:
            told.append(PanelLine("", question=item.id, link=self.tr("Change")))
        lines.set_lines(told)
        lines.followed.connect(self.followed)
        fold.box.addWidget(lines)
        return fold
