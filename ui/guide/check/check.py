"""Check your answers: everything as it would be signed, a Change link beside each, and what deserves a second look.

The answers are built a few at a time, the first at once: the page is there before it is whole, and never freezes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.playbook.answer_checks import AnswerProblem
from intake.domain.playbook.questions import PlaybookSection, Question
from ui.formatting import size_words
from ui.guide.answer.answer_notes import NONE, Marks, doubt_notes, marks
from ui.guide.answer.unasked_answers import KeptNotice
from ui.guide.check.answer_row import AnswerRow
from ui.guide.check.check_section import CheckSection
from ui.guide.check.differences import DifferencesPart
from ui.guide.check.news import NewsPanel
from ui.guide.live.live import LivePanel
from ui.guide.sheet import GuideView, walk
from ui.guide.shown import ShownDraft
from ui.theme import Tone
from ui.turns import Bit, Turns
from ui.widgets.boxes import ButtonRow, clear
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.links import LinkButton
from ui.widgets.notes import Notes
from ui.widgets.panels import ActionButton, NoticePanel, action_button

Plan = tuple[tuple[PlaybookSection, tuple[tuple[Question, str], ...], bool], ...]
"""Sections with the questions asked and what was said, and whether the section is folded as unchanged."""

Line = tuple[CheckSection, Question, str]
"""A row to be made: where, for which question, and what was said."""


class CheckView(QWidget):
    """``change`` carries the question to go to."""

    change = Signal(str)
    back = Signal()

    AT_ONCE = 10
    """Rows made in one go: about a screen full, and well under what a person notices."""

    def __init__(self, sign: QAction, enrol: QAction, copy: QAction, parent: QWidget | None = None) -> None:
        """``sign`` signs and files, ``enrol`` leads to the first steps, ``copy`` saves the answers as PDF."""
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet = GuideView()
        outer.addWidget(self.sheet, 1)
        self._add_top()
        self._answers = QVBoxLayout()
        self._answers.setSpacing(0)
        self.sheet.box.addLayout(self._answers)
        self.listed = NoticePanel("", tone=Tone.INFO, action=enrol)
        self.sheet.box.addWidget(self.listed)
        self._add_buttons(sign, copy)
        self.sheet.box.addStretch(1)
        self._rows: dict[str, AnswerRow] = {}
        self._sections: dict[str, CheckSection] = {}
        self._plan: Plan | None = None
        self._shown: ShownDraft | None = None
        self._marks: Mapping[str, Marks] = {}
        self._troubles: Mapping[str, str] = {}
        self._changed: frozenset[str] = frozenset()
        self._turns = Turns(self)
        self._turns.ended.connect(self._walk)

    @property
    def complete(self) -> bool:
        """Whether every answer is on the page."""
        return self._turns.over

    def follow(self, shown: ShownDraft) -> None:
        self._shown = shown
        confirmed = self.news.seen_button.hasFocus()
        self.news.follow(shown)
        self._marks = marks(shown)
        self._troubles = {found.question: found.text for found in shown.problems}
        self._changed = frozenset(item.id for item in shown.changes)
        self.summary.set_errors({})
        self.doubts.set_notes(doubt_notes(shown))
        self.kept.say(shown, shown.hidden)
        self.differences.follow(shown)
        self.live.follow(shown)
        self._say_missing(shown.problems)
        self._say_thin(len({hint.question for hint in shown.hints}))
        self._say_listed(listed=shown.opened.me.listed)
        plan = self._planned(shown)
        if plan != self._plan:
            self._begin(plan)
        for name in self._rows:
            self._mark(name)
        if confirmed and self.news.news is None:
            self.focus_first()

    def row(self, name: str) -> AnswerRow:
        """The row of a question, built now if it was not yet. Raises KeyError."""
        for section in self._sections.values():
            if name in section.folded:
                self._unfold(section)
        while name not in self._rows and not self._turns.over:
            self._turns.step()
        return self._rows[name]

    def section(self, name: str) -> CheckSection:
        return self._sections[name]

    def holds(self, shown: ShownDraft) -> bool:
        """Whether something known keeps the draft from being signed; it is brought into sight then."""
        if shown.opened.news is not None:
            self.focus_first()
        elif shown.problems:
            self.show_problems(shown.problems)
        elif not shown.opened.me.listed:
            self.sheet.bring(self.listed)
        else:
            return False
        return True

    def show_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """What keeps the draft from being filed, in the words that are shown at each answer."""
        self.summary.set_errors({found.question: found.text for found in problems})
        # Now each is named, with a link to it.
        self.missing.setVisible(False)
        self.sheet.to_top()

    def focus_first(self) -> None:
        """At the top, where the page begins: with large letters the first answer would be out of sight."""
        self.sheet.to_top()
        first = self.first_missing if not self.missing.isHidden() else self.live.fold
        first = first if self.news.isHidden() else self.news.look
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, name: str) -> None:
        asked = self._shown is not None and name in {question.id for question in self._shown.guide.known.shown}
        if asked:
            row = self.row(name)
            self.sheet.bring(row)
            row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_top(self) -> None:
        box = self.sheet.box
        self.news = NewsPanel()
        box.addWidget(self.news)
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.change)
        box.addWidget(self.summary)
        self.missing = NoticePanel("", tone=Tone.WARN)
        self.first_missing = LinkButton(
            "", self.tr("Show the first"), name=self.tr("Show the first answer that is missing")
        )
        self.first_missing.followed.connect(self.focus_question)
        self.missing.words.addWidget(self.first_missing, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.missing)
        self.live = LivePanel(folding=True)
        self.live.followed.connect(self.change)
        box.addWidget(self.live)
        self.doubts = Notes()
        self.doubts.followed.connect(self.change)
        box.addWidget(self.doubts)
        self.thin = NoticePanel("", tone=Tone.WARN)
        box.addWidget(self.thin)
        self.kept = KeptNotice()
        box.addWidget(self.kept)
        self.differences = DifferencesPart()
        self.differences.followed.connect(self.change)
        box.addWidget(self.differences)

    def _add_buttons(self, sign: QAction, copy: QAction) -> None:
        self.sign_button = action_button(sign, primary=True)
        self.copy_button = action_button(copy)
        self._back = LinkButton("", self.tr("Back to all parts"))
        self._back.clicked.connect(self.back)
        self.sheet.box.addWidget(ButtonRow(self.sign_button, self.copy_button, self._back))

    def _planned(self, shown: ShownDraft) -> Plan:
        asked = {question.id for question in shown.guide.known.shown}
        revising = shown.revising
        made = []
        for section in shown.playbook.all_sections:
            said = tuple((item, _said(shown, item)) for item in section.questions if item.id in asked)
            folded = revising is not None and not revising.touched(shown.guide, section)
            if said:
                made.append((section, said, folded))
        return tuple(made)

    def _begin(self, plan: Plan) -> None:
        """Build again, the first rows at once."""
        self._plan = plan
        clear(self._answers)
        self._rows, self._sections = {}, {}
        waiting: list[Line] = []
        number = self._shown.revising.number if self._shown is not None and self._shown.revising is not None else 0
        for section, said, folded in plan:
            part = CheckSection(section.title)
            self._sections[section.id] = part
            self._answers.addWidget(part)
            if folded and not any(question.id in self._troubles for question, _ in said):
                part.fold(said, number)
                part.unfolding.connect(self._on_unfold)
            else:
                waiting += ((part, question, words) for question, words in said)
        self._turns.begin(self._bits(waiting))
        self._walk()

    def _bits(self, lines: Sequence[Line]) -> Iterator[Bit]:
        for start in range(0, len(lines), self.AT_ONCE):
            yield partial(self._build, lines[start : start + self.AT_ONCE])

    def _build(self, lines: Sequence[Line]) -> None:
        for section, question, said in lines:
            row = AnswerRow(question, said)
            row.change.connect(self.change)
            row.followed.connect(self.change)
            section.add(row)
            self._rows[question.id] = row
            self._mark(question.id)

    def _walk(self) -> None:
        """Tab goes down the page, whatever was made when."""
        stops: list[QWidget] = [
            self.news.look,
            self.news.seen_button,
            self.summary,
            self.first_missing,
            *self.live.stops,
            *self.doubts.links,
            self.kept.see,
        ]
        for section in self._sections.values():
            stops += [section.link] if section.link is not None and section.folded else []
            for row in section.rows:
                stops += row.stops()
        walk(*stops, *self.listed.findChildren(ActionButton), self.sign_button, self.copy_button, self._back)

    def _on_unfold(self) -> None:
        sender = self.sender()
        if isinstance(sender, CheckSection):
            first = next(iter(sender.folded), "")
            self._unfold(sender)
            if first:
                self.focus_question(first)

    def _unfold(self, section: CheckSection) -> None:
        """What was unchanged is shown after all, before whatever else still waits."""
        self._turns.first(self._bits([(section, question, said) for question, said in section.unfold()]))
        self._walk()

    def _mark(self, name: str) -> None:
        shown = self._shown
        if shown is None:
            return
        answer = shown.guide.answers.get(name)
        self._rows[name].set_marks(
            self._marks.get(name, NONE),
            trouble=self._troubles.get(name, ""),
            unknown=answer is not None and answer.unknown,
            changed=name in self._changed,
        )

    def _say_missing(self, problems: Sequence[AnswerProblem]) -> None:
        """Known before somebody tries to sign, and not only then."""
        self.missing.setVisible(bool(problems))
        if not problems:
            return
        self.first_missing.key = problems[0].question
        count = len(problems)
        self.missing.set_words(
            self.tr("%Ln answers are still to be given or confirmed", "", count),
            self.tr("They are marked below with what to do. Then you can sign and file.", "", count),
        )

    def _say_thin(self, count: int) -> None:
        self.thin.setVisible(bool(count))
        self.thin.set_words(
            self.tr("Worth a second look: %Ln answers say little", "", count),
            self.tr(
                "They are marked below. You may file all the same; fuller answers save you questions back.", "", count
            ),
        )

    def _say_listed(self, *, listed: bool) -> None:
        self.listed.setVisible(not listed)
        self.listed.set_words(
            self.tr("Ready to sign when listed"),
            self.tr(
                "The roster does not list you with your key yet. Everything you write is kept; you can sign as soon as "
                "an administrator has listed you."
            ),
        )


def _said(shown: ShownDraft, question: Question) -> str:
    answer = shown.guide.answers.get(question.id)
    if answer is None:
        return ""
    if answer.files:
        return "\n".join(f"{file.name} · {size_words(file.size)}" for file in answer.files)
    return question.said(answer)
