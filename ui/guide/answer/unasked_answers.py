"""Answers that are kept in the draft and will not be filed, because nothing asks for them now: said, and shown on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.playbook.questions import Question
from ui.guide.live.panel_lines import LineLook, Lines, PanelLine
from ui.guide.shown import ShownDraft
from ui.theme import Tone, sizes
from ui.widgets.panels import NoticePanel, own_size_button
from ui.words.answers import answer_words


class KeptNotice(QWidget):
    """Hidden while there is nothing to say."""

    NAMED = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.notice = NoticePanel("", tone=Tone.INFO)
        self.see = own_size_button(
            self.tr("Show them"), name=self.tr("Show the answers that will not be filed"), role="link"
        )
        self.see.setCheckable(True)
        self.see.toggled.connect(self._on_see)
        self.lines = Lines()
        self.lines.hide()
        # Without an alignment the narrow link would hold the words above it to its own width.
        self.notice.words.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self.notice.words.addWidget(self.lines)
        self.notice.words.setSpacing(sizes(self).xs)
        box.addWidget(self.notice)
        self.hide()

    def say(self, shown: ShownDraft, questions: Sequence[Question]) -> None:
        """Say that the answers to these questions are kept; nothing when there are none."""
        later = {question.id for question in shown.guide.known.later}
        gone = [question for question in questions if question.id not in later]
        wait = [question for question in questions if question.id in later]
        self.lines.set_lines(
            (
                *self._lines(shown, self.tr("Not asked any more"), gone),
                *self._lines(shown, self.tr("Asked at a later stage"), wait),
            )
        )
        labels = ", ".join(question.label for question in questions[: self.NAMED])
        left = len(questions) - self.NAMED
        if left > 0:
            labels = self.tr("{labels} and %Ln more", "", left).format(labels=labels)
        words = self.tr("%Ln answers are kept in this draft and will not be filed: {labels}", "", len(questions))
        self.notice.set_words(words.format(labels=labels))
        if questions or not self.isHidden():
            self.setVisible(bool(questions))

    def _lines(self, shown: ShownDraft, why: str, questions: Sequence[Question]) -> tuple[PanelLine, ...]:
        """The reason once, and below it what was said, one answer on each line."""
        if not questions:
            return ()
        words = self.tr("{label}: {said}")
        answers = shown.guide.answers
        said = (
            (question.label, answer_words(question, answers[question.id]).replace("\n", "; ")) for question in questions
        )
        return (
            PanelLine(why, LineLook.STRONG),
            *(PanelLine(words.format(label=label, said=text), LineLook.QUIET) for label, text in said),
        )

    def _on_see(self, shown: bool) -> None:
        self.lines.setVisible(shown)
        self.see.setText(self.tr("Hide them") if shown else self.tr("Show them"))
