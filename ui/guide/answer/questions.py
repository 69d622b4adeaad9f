"""One page of questions: why beside each, errors in the words of the summary, answers handed on as they are given.

The first questions are there at once and the others in the turns that follow: the window never freezes for a page.
A caller that needs them all, to read the page or to lead to one of them, has the rest made at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.wording import words
from intake.domain.guide.carried import check_this
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answer_checks import AnswerProblem, Typed
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionPage
from ui.guide.answer.answer_notes import NONE, Marks, marks
from ui.guide.answer.fields import UnshownAnswers, field_of, help_words, people_offers, show_answer
from ui.guide.answer.left_fields import LeftFields
from ui.guide.answer.similar_card import SimilarCard, described_by
from ui.guide.answer.unasked_answers import KeptNotice
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.live.live import LivePanel
from ui.guide.sheet import GuideView, walk
from ui.guide.shown import ShownDraft
from ui.theme import sizes
from ui.turns import Turns
from ui.widgets.boxes import ButtonRow, bare_column
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import LongTextField
from ui.widgets.labels import Label
from ui.widgets.links import LinkButton
from ui.widgets.panels import action_button
from ui.widgets.why_row import QuestionForm, WhyRow


class QuestionsView(QWidget):
    """``answered`` carries a question and what was given, ``left`` a question the keyboard has left.

    ``evidence`` carries a question and its field, once per field, ``followed`` a question that a note leads to.
    ``similar`` carries the card for similar use cases once it is there, and None when the page of the last one goes;
    ``explained`` carries a question whose reasons and sources are wanted.
    """

    answered = Signal(str, object)
    left = Signal(str)
    evidence = Signal(str, object)
    similar = Signal(object)
    followed = Signal(str)
    explained = Signal(str)
    back = Signal()

    def __init__(self, go_on: QAction, parent: QWidget | None = None) -> None:
        """``go_on`` is the action Continue."""
        super().__init__(parent)
        s = sizes(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(s.m)
        self.sheet = GuideView()
        outer.addWidget(self.sheet, 1)
        self._back = LinkButton("", self.tr("Back to all parts"))
        self._back.clicked.connect(self.back)
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.focus_question)
        self.sheet.box.addWidget(self.summary)
        self.intro = Label("")
        self.intro.setContentsMargins(s.l, 0, 0, 0)
        self.sheet.box.addWidget(self.intro)
        # In a widget: the form is made again for each page, and a screen reader comes to it before the buttons all the same.
        self.sheet.box.addWidget(place := QWidget())
        self._place = bare_column(place, 0)
        self.form = QuestionForm()
        self._place.addWidget(self.form)
        self.continue_button = action_button(go_on, primary=True)
        self.sheet.box.addWidget(buttons := ButtonRow(self.continue_button, self._back))
        buttons.setContentsMargins(s.l, 0, 0, 0)
        self.sheet.box.addStretch(1)
        # Outside the sheet: said where it is seen, and nothing that is being typed moves.
        self.kept = KeptNotice()
        outer.addWidget(self.kept)
        self.live = LivePanel(folding=True, docked=True)
        self.live.followed.connect(self.followed)
        outer.addWidget(self.live)
        self._shown: ShownDraft | None = None
        self._similar: SimilarCard | None = None
        self._asked: frozenset[str] = frozenset()
        self._marks: Mapping[str, Marks] = {}
        self._turns = Turns(self)
        self._questions: dict[str, Question] = {}
        self._unshown = UnshownAnswers()
        self._hidden_before: frozenset[str] = frozenset()
        self._left: set[str] = set()
        self._fields = LeftFields(self, self._row_of)
        self._fields.left.connect(self._on_left)

    def show_page(self, shown: ShownDraft, page: QuestionPage) -> None:
        """Build the page again. ``page`` has every question of it; those not asked now stay hidden."""
        self._questions = {question.id: question for question in page.questions}
        self._unshown = UnshownAnswers()
        self._hidden_before = frozenset(question.id for question in shown.hidden)
        # What was answered on an earlier visit was left then.
        self._left = {name for name in self._questions if name in shown.guide.answers}
        self._fields.forget()
        self.summary.set_errors({})
        self.intro.setText(page.intro)
        self.intro.setVisible(bool(page.intro))
        old = self.form
        self.form = QuestionForm(explains=True)
        self.form.changed.connect(self._on_changed)
        self.form.explained.connect(self.explained)
        self.form.followed.connect(self.followed)
        # WORKAROUND: not replaceWidget(), after which PySide 6.11 forgets wrappers of quite other objects (a menu).
        self._place.removeWidget(old)
        self._place.addWidget(self.form)
        self.form.show()
        old.hide()
        old.deleteLater()
        self._similar = None
        self.similar.emit(None)
        self._look(shown)
        self._turns.begin([*(partial(self._add, question) for question in page.questions), self._end])
        self.sheet.to_top()

    @property
    def complete(self) -> bool:
        """Whether every question of the page is there."""
        return self._turns.over

    def follow(self, shown: ShownDraft) -> None:
        """Show what the answers lead to: questions that came or went, marks, the tier so far. Typed text stays."""
        self._look(shown)
        for row in self.form.rows():
            self._follow(row)

    def given(self) -> dict[str, Typed | Answer]:
        """What the fields hold now, of the questions asked now."""
        self._turns.finish()
        return {name: self._given(name) for name in self._questions if name in self._asked}

    def has(self, question: str) -> bool:
        """Whether a question is on this page and is asked now."""
        return question in self._questions and question in self._asked

    def set_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """The same words in the summary and at each field; the summary takes the focus."""
        self._turns.finish()
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
            self._turns.finish()
            row = self.form.row(name)
            self.sheet.bring(row)
            row.focus_field()

    def focus_first(self) -> None:
        """The first question asked now."""
        while not (found := [row for row in self.form.rows() if row.key in self._asked]) and not self._turns.over:
            self._turns.step()
        if found:
            found[0].focus_field()
            # With large letters the first field can be below the edge.
            self.sheet.bring(found[0].field.focus_widget())

    def _look(self, shown: ShownDraft) -> None:
        """Take what the answers lead to now, and say what is said for the whole page."""
        self._shown = shown
        self._asked = frozenset(question.id for question in shown.guide.known.shown)
        self._marks = marks(shown)
        self.kept.say(shown, [question for question in shown.hidden if question.id not in self._hidden_before])
        # Before anything is known, “minimal” would only be a guess.
        self.live.setVisible(shown.route is not None or bool(shown.assessment.fired))
        self.live.follow(shown)

    def _follow(self, row: WhyRow) -> None:
        shown, name, question = self._shown, row.key, self._questions[row.key]
        if shown is None:
            return
        if row.isHidden() == (name in self._asked):
            row.setVisible(name in self._asked)
        optional = not shown.guide.known.required(question)
        text = self.tr("{question} (optional)") if optional else "{question}"
        row.label.setText(text.format(question=question.text))
        answer = shown.guide.answers.get(name)
        flag = words(check_this(answer))
        if kept := self._unshown.kept(name, row.field, answer):
            flag = self.tr("Kept until you answer: {answer}").format(answer=kept)
        row.set_flag(flag)
        if question.kind is QuestionKind.FILES and not row.is_unknown():
            show_answer(row.field, question, answer)
        mark = self._marks.get(name, NONE)
        row.set_notes(mark.remarks, (*mark.doubts, *(mark.thin if name in self._left else ())))

    def _add(self, question: Question) -> None:
        shown = self._shown
        if shown is None:
            return
        answer = shown.guide.answers.get(question.id)
        field = field_of(question, shown.playbook, shown.opened.offered)
        # A person without the file leaves the question open: “I don't know” would say nothing about it.
        knows = question.may_be_unknown and question.kind is not QuestionKind.FILES
        row = self.form.add_row(
            question.id,
            question.text,
            field,
            why=question.why,
            source="\n".join(shown.playbook.cited(source) for source in question.sources),
            help=help_words(question),
            may_not_know=knows,
            asks=knows,
            people=people_offers(shown.opened.offered) if knows else (),
        )
        show_answer(field, question, answer)
        self._unshown.look(field, question, answer)
        if answer is not None and answer.unknown:
            row.set_unknown(True, answer.ask)
        if isinstance(field, EvidenceField):
            field.spoke.connect(self._on_spoke)
            self.evidence.emit(question.id, field)
        # A layout shows what it was given only later, and what is not shown cannot take the keyboard.
        row.setVisible(question.id in self._asked)
        self._follow(row)

    def _end(self) -> None:
        """What needs all questions. Similar cases are shown below them, so that no question moves while they come."""
        described = [name for name in self._questions if self._shown and name in described_by(self._shown.playbook)]
        if described:
            card = self._similar = SimilarCard()
            self.form.row(described[-1]).add_beside(card.line)
            self.form.add_below(card)
            card.wanted.connect(self._on_similar)
            self.similar.emit(card)
        self._order()

    def _given(self, name: str) -> Typed | Answer:
        row = self.form.row(name)
        if row.is_unknown():
            return Answer(None, ask=row.asked())
        return self._unshown.given(name, row.field)

    def _order(self) -> None:
        """The form is made again for each page, and Tab still goes from its last field to Continue."""
        stops: list[QWidget] = [self.summary]
        card = self._similar
        for row in self.form.rows():
            stops += row.stops()
            if card is not None and row.isAncestorOf(card.line):
                stops.append(card.line)
        stops += [card.end] if card is not None else []
        walk(*stops, self.continue_button, self._back, self.kept.see, *self.live.stops)

    def _on_similar(self) -> None:
        if self._similar is not None and self._similar.links:
            self.sheet.bring(self._similar)
            self._similar.links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_spoke(self) -> None:
        if isinstance(sender := self.sender(), EvidenceField):
            self.sheet.bring(sender)

    def _on_changed(self, name: str) -> None:
        self.answered.emit(name, self._given(name))

    def _on_left(self, name: str) -> None:
        self._left.add(name)
        self.left.emit(name)

    def _row_of(self, widget: QWidget) -> str:
        return next((row.key for row in self.form.rows() if row.isAncestorOf(widget)), "")


def whole_page(guide: Guide, name: str) -> QuestionPage | None:
    """The page with all its questions, asked now or not; None when the playbook has no such page."""
    pages = (page for section in guide.playbook.all_sections for page in section.pages)
    return next((page for page in pages if page.id == name), None)
