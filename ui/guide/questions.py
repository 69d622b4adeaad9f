"""One page of questions: why beside each, errors in the words of the summary, answers handed on as they are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.answer_checks import Problem, Typed
from intake.domain.answers import DONT_KNOW, Answer
from intake.domain.guide import Guide
from intake.domain.playbook_content import Kind, Page, Question
from intake.domain.playbook_whole import Playbook
from ui.guide.evidence import EvidenceField
from ui.guide.fields import field_for, show_answer
from ui.guide.live import LivePanel
from ui.guide.sheet import Sheet, walk
from ui.theme import sizes
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import LongTextField
from ui.widgets.labels import Label
from ui.widgets.panels import action_button
from ui.widgets.why_row import QuestionForm

if TYPE_CHECKING:
    from intake.services.filing import DraftView


class QuestionsView(QWidget):
    """``answered`` carries a question and what was given; ``evidence`` a question and its field, once per field."""

    answered = Signal(str, object)
    evidence = Signal(str, object)
    back = Signal()

    def __init__(self, go_on: QAction, parent: QWidget | None = None) -> None:
        """``go_on`` is the action Continue."""
        super().__init__(parent)
        s = sizes(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(s.m)
        self.sheet = Sheet()
        outer.addWidget(self.sheet, 1)
        self._back = QPushButton(self.tr("Back to all parts"))
        self._back.setProperty("role", "link")
        self._back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._back.clicked.connect(self.back)
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.focus_question)
        self.sheet.box.addWidget(self.summary)
        self.intro = Label("")
        self.intro.setContentsMargins(s.l, 0, 0, 0)
        self.sheet.box.addWidget(self.intro)
        self._place = QVBoxLayout()
        self.sheet.box.addLayout(self._place)
        self.form = QuestionForm()
        self._place.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.setSpacing(s.l)
        buttons.setContentsMargins(s.l, 0, 0, 0)
        self.continue_button = action_button(go_on, primary=True)
        buttons.addWidget(self.continue_button)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        self.sheet.box.addLayout(buttons)
        self.sheet.box.addStretch(1)
        self.live = LivePanel(folding=True)
        outer.addWidget(self.live)
        self._playbook: Playbook | None = None
        self._questions: dict[str, Question] = {}

    def show_page(self, view: DraftView, page: Page) -> None:
        """Build the page anew. ``page`` has every question of it; those not asked now stay hidden."""
        playbook = view.guide.playbook
        self._playbook = playbook
        self._questions = {question.id: question for question in page.questions}
        self.summary.set_errors({})
        self.intro.setText(page.intro)
        self.intro.setVisible(bool(page.intro))
        old = self.form
        self.form = QuestionForm()
        self.form.changed.connect(self._on_changed)
        for question in page.questions:
            self._add(playbook, question, view.guide.answers.get(question.id))
        # WORKAROUND: not replaceWidget(), after which PySide 6.11 forgets wrappers of quite other objects (a menu).
        self._place.removeWidget(old)
        self._place.addWidget(self.form)
        # A layout shows what it was given only later, and what is not shown cannot take the keyboard.
        self.form.show()
        old.hide()
        old.deleteLater()
        self._order()
        self.follow(view)
        self.sheet.to_top()

    def follow(self, view: DraftView) -> None:
        """Show what the answers lead to: questions that came or went, marks, the tier so far. Typed text stays."""
        shown = {question.id for question in view.guide.known.shown}
        for name, question in self._questions.items():
            row = self.form.row(name)
            row.setVisible(name in shown)
            optional = not view.guide.known.required(question)
            words = self.tr("{question} (optional)") if optional else "{question}"
            row.label.setText(words.format(question=question.text))
            answer = view.guide.answers.get(name)
            check = answer is not None and answer.check
            row.set_flag(self.tr("Check this: it comes from an earlier request") if check else "")
            if question.kind is Kind.FILES and not row.is_unknown():
                show_answer(row.field, question, answer)
        # Before anything is known, “minimal” would only be a guess.
        self.live.setVisible(view.guide.route is not None or bool(view.assessment.fired))
        self.live.set_assessment(view.guide.playbook, view.assessment)

    def given(self) -> dict[str, Typed | Answer]:
        """What stands in the fields now, of the questions asked now."""
        return {name: self._given(name) for name in self._questions if not self.form.row(name).isHidden()}

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """The same words in the summary and at each field; the summary takes the focus."""
        errors: Mapping[str, str] = {found.question: found.text for found in problems}
        self.form.set_errors(errors)
        self.summary.set_errors(errors)
        if errors:
            self.sheet.to_top()

    def flush(self) -> None:
        """Hand on what a field still holds back."""
        for row in self.form.rows():
            if isinstance(row.field, LongTextField):
                row.field.flush()

    def focus_question(self, name: str) -> None:
        if name in self._questions:
            row = self.form.row(name)
            self.sheet.bring(row)
            row.focus_field()

    def focus_first(self) -> None:
        """The first question asked now."""
        name = next((name for name in self._questions if not self.form.row(name).isHidden()), "")
        if name:
            self.form.row(name).focus_field()

    def _add(self, playbook: Playbook, question: Question, answer: Answer | None) -> None:
        field = field_for(question)
        row = self.form.add_row(
            question.id,
            question.text,
            field,
            why=question.why,
            source="\n".join(playbook.cited(source) for source in question.sources),
            help=self._help(question),
            # Whoever has no file leaves the question open: there is nothing to know about it.
            may_not_know=question.may_be_unknown and question.kind is not Kind.FILES,
        )
        show_answer(field, question, answer)
        row.set_unknown(answer is not None and answer.unknown)
        if isinstance(field, EvidenceField):
            field.spoke.connect(self._on_spoke)
            self.evidence.emit(question.id, field)

    def _help(self, question: Question) -> str:
        example = self.tr("Example: {example}").format(example=question.example) if question.example else ""
        return "\n".join(part for part in (question.help, example) if part)

    def _given(self, name: str) -> Typed | Answer:
        row = self.form.row(name)
        if row.is_unknown():
            return DONT_KNOW
        value: Typed = row.field.value()
        return value

    def _order(self) -> None:
        """The form is made anew for each page, and Tab still goes from its last field to Continue."""
        stops: list[QWidget] = [self.summary]
        for row in self.form.rows():
            stops += [*row.field.parts(), row.unknown, row.panel.fold]
        walk(*stops, self.continue_button, self._back, self.live.fold)

    def _on_spoke(self) -> None:
        sender = self.sender()
        if isinstance(sender, EvidenceField):
            self.sheet.bring(sender)

    def _on_changed(self, name: str) -> None:
        self.answered.emit(name, self._given(name))


def whole_page(guide: Guide, name: str) -> Page | None:
    """The page with all its questions, asked now or not; None when the playbook has no such page."""
    pages = (page for section in guide.playbook.all_sections for page in section.pages)
    return next((page for page in pages if page.id == name), None)
