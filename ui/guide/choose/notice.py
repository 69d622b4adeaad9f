"""That a draft takes the place of revisions that compete, with the way to choose between their answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake.domain.guide.choosing import ChoiceState
from ui.guide.shown import ShownDraft
from ui.theme import Tone
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel


class CompetingNotice(NoticePanel):
    """Hidden while nothing competes. ``choose`` is the link there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone=Tone.WARN, parent=parent)
        self.choose = LinkButton("", self.tr("Compare and choose"), name=self.tr("Compare the revisions and choose"))
        self.words.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def follow(self, shown: ShownDraft) -> None:
        found = shown.revising.competing if shown.revising is not None else None
        if found is not None:
            left = sum(choice.state is ChoiceState.OPEN for choice in shown.choices)
            title = self.tr("%Ln revisions compete", "", len(found.sides))
            told = self.tr("%Ln answers are still to be chosen", "", left) if left else self.tr("Everything is chosen")
            words = self.tr("{told}. What you file takes the place of all of them.").format(told=told)
            self.set_words(title, words, Tone.WARN if left else Tone.INFO)
        if found is not None or not self.isHidden():
            self.setVisible(found is not None)
