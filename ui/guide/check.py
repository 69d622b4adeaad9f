"""Check your answers: everything as it would be signed, a Change link beside each, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.answer_checks import Problem
from intake.domain.playbook_content import Question
from ui.guide.evidence import size_words
from ui.guide.live import LivePanel
from ui.guide.sheet import Sheet, clear, walk
from ui.theme import Tone, colours, sizes
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.labels import Label, heading, strong
from ui.widgets.panels import ActionButton, Chip, Notice, action_button

if TYPE_CHECKING:
    from intake.services.filing import DraftView

W = TypeVar("W", bound=QWidget)


class CheckView(QWidget):
    """``change`` carries the question to go to."""

    change = Signal(str)
    back = Signal()

    def __init__(self, sign: QAction, enrol: QAction, parent: QWidget | None = None) -> None:
        """``sign`` is the action that signs and files; ``enrol`` leads to the first steps."""
        super().__init__(parent)
        s = sizes(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet = Sheet()
        outer.addWidget(self.sheet, 1)
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.change)
        self.sheet.box.addWidget(self.summary)
        self.live = LivePanel(folding=True)
        self.sheet.box.addWidget(self.live)
        self.thin = Notice("", tone=Tone.WARN)
        self.sheet.box.addWidget(self.thin)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(0)
        self.sheet.box.addLayout(self._answers)
        self.listed = Notice("", tone=Tone.INFO, action=enrol)
        self.sheet.box.addWidget(self.listed)
        buttons = QHBoxLayout()
        buttons.setSpacing(s.l)
        self.sign_button = action_button(sign, primary=True)
        buttons.addWidget(self.sign_button)
        self._back = QPushButton(self.tr("Back to all parts"))
        self._back.setProperty("role", "link")
        self._back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._back.clicked.connect(self.back)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        self.sheet.box.addLayout(buttons)
        self.sheet.box.addStretch(1)
        self._rows: dict[str, AnswerRow] = {}

    def follow(self, view: DraftView, *, listed: bool) -> None:
        guide = view.guide
        problems = {found.question: found.text for found in guide.problems}
        hints = {hint.question: hint.text for hint in guide.hints}
        self.summary.set_errors({})
        clear(self._answers)
        self._rows = {}
        shown = {question.id for question in guide.known.shown}
        for section in guide.playbook.all_sections:
            asked = [question for question in section.questions if question.id in shown]
            if not asked:
                continue
            title = heading(section.title, 2)
            title.setContentsMargins(0, sizes(self).l, 0, sizes(self).s)
            self._answers.addWidget(title)
            for question in asked:
                row = AnswerRow(question, self._said(view, question))
                row.set_trouble(problems.get(question.id, ""), hints.get(question.id, ""))
                answer = guide.answers.get(question.id)
                if answer is not None and answer.unknown:
                    row.set_open()
                row.change.connect(self.change)
                self._rows[question.id] = row
                self._answers.addWidget(row)
        stops = [part for row in self._rows.values() for part in row.stops()]
        walk(
            self.summary, self.live.fold, *stops, *self.listed.findChildren(ActionButton), self.sign_button, self._back
        )
        self.live.set_assessment(guide.playbook, view.assessment)
        self._say_thin(len(hints))
        self._say_listed(listed=listed)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What keeps the draft from being filed, in the words that stand at each answer."""
        self.summary.set_errors({found.question: found.text for found in problems})
        self.sheet.to_top()

    def focus_first(self) -> None:
        self.sheet.to_top()
        row = next(iter(self._rows.values()), None)
        if row is not None:
            row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, name: str) -> None:
        if name in self._rows:
            row = self._rows[name]
            self.sheet.bring(row)
            row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self, view: DraftView, question: Question) -> str:
        answer = view.guide.answers.get(question.id)
        if answer is None:
            return ""
        if answer.files:
            return "\n".join(f"{file.name} · {size_words(file.size)}" for file in answer.files)
        return question.said(answer)

    def _say_thin(self, count: int) -> None:
        self.thin.setVisible(bool(count))
        if count == 1:
            title = self.tr("Worth a second look: one answer says little")
            text = self.tr("It is marked below. You may file all the same; a fuller answer saves you a question back.")
        else:
            title = self.tr("Worth a second look: {count} answers say little").format(count=count)
            text = self.tr("They are marked below. You may file all the same; fuller answers save you questions back.")
        self.thin.set_words(title, text)

    def _say_listed(self, *, listed: bool) -> None:
        self.listed.setVisible(not listed)
        self.listed.set_words(
            self.tr("Ready to sign when listed"),
            self.tr(
                "The roster does not list you with your key yet. Everything you write is kept; you can sign as soon as "
                "an administrator has listed you."
            ),
        )


class AnswerRow(QFrame):
    """One question and its answer. A very long answer shows its beginning until somebody wants all of it."""

    change = Signal(str)

    LONG = 600

    def __init__(self, question: Question, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._question = question.id
        self._said = said
        self.more: QPushButton | None = None
        self.trouble: Label | None = None
        self.hint: Label | None = None
        self.open: Chip | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, s.s, 0, s.s)
        line.setSpacing(s.l)
        # The link has a frame for its focus; this puts all three texts on one line.
        frame = s.xs + 1
        label = strong(question.label)
        label.setToolTip(question.text)
        label.setContentsMargins(0, frame, 0, 0)
        line.addWidget(label, 3, Qt.AlignmentFlag.AlignTop)
        words = self._words = QVBoxLayout()
        words.setSpacing(s.xs)
        self.answer = Label(said)
        self.answer.setContentsMargins(0, frame, 0, 0)
        words.addWidget(self.answer)
        words.addStretch(1)
        line.addLayout(words, 7)
        self.button = QPushButton(self.tr("Change"))
        self.button.setProperty("role", "link")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.setAccessibleName(self.tr("Change: {question}").format(question=question.label))
        self.button.setAccessibleDescription(said[:300])
        self.button.clicked.connect(self._on_change)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        if not said:
            self.answer.setText(self.tr("Not answered"))
            self.answer.setEnabled(False)
        elif len(said) > self.LONG:
            self.answer.setText(said[: self.LONG].rstrip() + " …")
            self.more = self._add_more(question.label)

    def set_trouble(self, trouble: str, hint: str) -> None:
        if trouble:
            self.trouble = self._add(Label(trouble, tone=Tone.BAD))
        if hint:
            self.hint = self._add(Label(hint, tone=Tone.WARN))

    def set_open(self) -> None:
        """Mark an answer that is not known."""
        self.open = self._add(Chip(self.tr("Open point for the reviewers"), Tone.INFO))

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.more, self.button) if self.more is not None else (self.button,)

    def _add_more(self, label: str) -> QPushButton:
        more = QPushButton(self.tr("Show all {count} characters").format(count=f"{len(self._said):,}"))
        more.setProperty("role", "link")
        more.setAccessibleName(self.tr("Show the whole answer: {question}").format(question=label))
        more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        more.clicked.connect(self._show_all)
        return self._add(more)

    def _add(self, widget: W) -> W:
        # Most answers need none of these, and a page of them is built at once: they are made only where needed.
        self._words.insertWidget(self._words.count() - 1, widget)
        return widget

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colours(self.palette()).hair, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _on_change(self) -> None:
        self.change.emit(self._question)

    def _show_all(self) -> None:
        self.answer.setText(self._said)
        if self.more is not None:
            self.more.setVisible(False)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
