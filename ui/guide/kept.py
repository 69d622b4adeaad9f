"""Answers that are kept in the draft and will not be filed, because nothing asks for them now: said, and shown on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.playbook_content import Question
from ui.guide.lines import Line, Lines, Look
from ui.guide.shown import Shown
from ui.theme import Tone, sizes
from ui.widgets.panels import Notice


class KeptNotice(QWidget):
    """Hidden while there is nothing to say."""

    NAMED = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.notice = Notice("", tone=Tone.INFO)
        self.see = QPushButton(self.tr("Show them"))
        self.see.setProperty("role", "link")
        self.see.setCheckable(True)
        self.see.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.see.setAccessibleName(self.tr("Show the answers that will not be filed"))
        self.see.toggled.connect(self._on_see)
        self.lines = Lines()
        self.lines.hide()
        self.notice.words.addWidget(self.see)
        self.notice.words.addWidget(self.lines)
        self.notice.words.setSpacing(sizes(self).xs)
        box.addWidget(self.notice)
        self.hide()

    def say(self, shown: Shown, questions: Sequence[Question]) -> None:
        """Say that the answers to these questions are kept; nothing when there are none."""
        later = {question.id for question in shown.guide.known.later}
        lines: list[Line] = []
        for question in questions:
            lines.append(Line(self._why(question.label, later=question.id in later), Look.STRONG))
            lines.append(Line(question.said(shown.guide.answers[question.id]), Look.QUIET))
        self.lines.set_lines(lines)
        labels = ", ".join(question.label for question in questions[: self.NAMED])
        more = self.tr("{labels} and {count} more").format(labels=labels, count=len(questions) - self.NAMED)
        named = more if len(questions) > self.NAMED else labels
        if len(questions) == 1:
            words = self.tr("1 answer is kept in this draft and will not be filed: {labels}")
        else:
            words = self.tr("{count} answers are kept in this draft and will not be filed: {labels}")
        self.notice.set_words(words.format(count=len(questions), labels=named))
        if questions or not self.isHidden():
            self.setVisible(bool(questions))

    def _why(self, label: str, *, later: bool) -> str:
        words = self.tr("{label} (asked at a later stage)") if later else self.tr("{label} (not asked any more)")
        return words.format(label=label)

    def _on_see(self, shown: bool) -> None:
        self.lines.setVisible(shown)
        self.see.setText(self.tr("Hide them") if shown else self.tr("Show them"))
