"""The answers on the check page, by part: each with a Change link, what the owner was told about it, and what is missing.

They are built a few at a time, the first at once: the page is there before it is whole, and never freezes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.wording import words
from intake.domain.guide.carried import carried_from
from intake.domain.playbook.questions import PlaybookSection, Question
from ui.formatting import size_words
from ui.guide.answer.answer_notes import NONE, Marks, marks
from ui.guide.check.answer_row import AnswerRow
from ui.guide.check.check_section import CheckSection
from ui.guide.shown import ShownDraft
from ui.turns import Bit, Turns
from ui.widgets.boxes import bare_column, clear
from ui.words.answers import answer_words

Plan = tuple[tuple[PlaybookSection, tuple[tuple[Question, str], ...], bool], ...]
"""Sections with the questions asked and what was said, and whether the section is folded as unchanged."""

Line = tuple[CheckSection, Question, str]
"""A row to be made: where, for which question, and what was said."""


class CheckedAnswers(QObject):
    """``sheet`` belongs on the page. ``change`` carries the question to go to, ``grown`` comes when there are more rows.

    ``unfolded`` carries the first question of a part that was shown after all. ``confirming`` carries the questions whose
    answers somebody confirms as they stand, ``undoing`` those of which that is taken back; ``choosing`` one whose answer is chosen
    between those of competing revisions.
    """

    change = Signal(str)
    confirming = Signal(object)
    undoing = Signal(object)
    choosing = Signal(str)
    grown = Signal()
    unfolded = Signal(str)

    AT_ONCE = 10
    """Rows made in one go: about a screen full, and well under what a person notices."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # A widget: what is made late in it is read before the buttons below it.
        self.sheet = QWidget()
        self.box = bare_column(self.sheet, 0)
        self._rows: dict[str, AnswerRow] = {}
        self._sections: dict[str, CheckSection] = {}
        self._plan: Plan | None = None
        self._shown: ShownDraft | None = None
        self._marks: Mapping[str, Marks] = {}
        self._troubles: Mapping[str, str] = {}
        self._changed: frozenset[str] = frozenset()
        self._to_check: tuple[str, ...] = ()
        self._to_choose: frozenset[str] = frozenset()
        self._sure: frozenset[str] = frozenset()
        self._turns = Turns(parent)
        self._turns.ended.connect(self.grown)

    @property
    def complete(self) -> bool:
        """Whether every answer is on the page."""
        return self._turns.over

    def follow(self, shown: ShownDraft, sure: frozenset[str] = frozenset()) -> None:
        """Show these; what is built already is only marked when nothing else is asked or answered.

        ``sure`` are the questions whose answers were confirmed on this visit, which can be taken back.
        """
        self._shown = shown
        self._marks = marks(shown)
        self._troubles = {found.question: found.text for found in shown.guide.wrong}
        self._to_check = tuple(question.id for question in shown.guide.to_check)
        there = {choice.row.id for choice in shown.choices}
        self._to_choose = frozenset(question.id for question in shown.guide.to_choose if question.id in there)
        self._sure = sure
        self._changed = frozenset(item.id for item in shown.changes)
        plan = self._planned(shown)
        if plan != self._plan:
            self._begin(shown, plan)
        for name in self._rows:
            self._mark(name)
        self._mark_sections()
        # A link made for what is to check has its place in the order of Tab.
        self.grown.emit()

    def next_to_check(self, after: str) -> str:
        """The question below ``after`` whose answer waits to be confirmed; the first of all when none is below, or ""."""
        order = [question.id for _, said, _ in self._plan or () for question, _ in said]
        waiting = [name for name in order if name in self._to_check and name != after]
        place = order.index(after) if after in order else 0
        return next((name for name in waiting if order.index(name) > place), waiting[0] if waiting else "")

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

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, from the top down."""
        stops: list[QWidget] = []
        for section in self._sections.values():
            stops += [section.link] if section.link is not None and section.folded else []
            for row in section.rows:
                stops += row.stops()
            stops += [section.all] if section.all is not None else []
        return stops

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

    def _begin(self, shown: ShownDraft, plan: Plan) -> None:
        """Build again, the first rows at once."""
        self._plan = plan
        clear(self.box)
        self._rows, self._sections = {}, {}
        waiting: list[Line] = []
        number = shown.revising.number if shown.revising is not None else 0
        for section, said, folded in plan:
            part = CheckSection(section.title)
            self._sections[section.id] = part
            part.confirmed.connect(self.confirming)
            part.undone.connect(self.undoing)
            self.box.addWidget(part)
            spoken_of = {*self._troubles, *self._to_check}
            if folded and not any(question.id in spoken_of for question, _ in said):
                part.fold(said, number)
                part.unfolding.connect(self._on_unfold)
            else:
                waiting += ((part, question, text) for question, text in said)
        self._turns.begin(self._bits(waiting))
        self.grown.emit()

    def _bits(self, lines: Sequence[Line]) -> Iterator[Bit]:
        for start in range(0, len(lines), self.AT_ONCE):
            yield partial(self._build, lines[start : start + self.AT_ONCE])

    def _build(self, lines: Sequence[Line]) -> None:
        for section, question, said in lines:
            row = AnswerRow(question, said)
            row.change.connect(self.change)
            row.followed.connect(self.change)
            row.confirmed.connect(self._on_confirmed)
            row.undone.connect(self._on_undone)
            row.choosing.connect(self.choosing)
            section.add(row)
            self._rows[question.id] = row
            self._mark(question.id)

    def _on_unfold(self) -> None:
        sender = self.sender()
        if isinstance(sender, CheckSection):
            first = next(iter(sender.folded), "")
            self._unfold(sender)
            if first:
                self.unfolded.emit(first)

    def _unfold(self, section: CheckSection) -> None:
        """What was unchanged is shown after all, before whatever else still waits."""
        self._turns.first(self._bits([(section, question, said) for question, said in section.unfold()]))
        self.grown.emit()

    def _mark_sections(self) -> None:
        for section, said, _ in self._plan or ():
            names = [question.id for question, _ in said]
            self._sections[section.id].set_to_check(
                [name for name in names if name in self._to_check and name not in self._to_choose],
                [name for name in names if name in self._sure],
            )

    def _on_confirmed(self, name: str) -> None:
        self.confirming.emit((name,))

    def _on_undone(self, name: str) -> None:
        self.undoing.emit((name,))

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
            source=words(carried_from(answer)) if answer is not None and name in self._to_check else "",
            sure=name in self._sure,
            competes=name in self._to_choose,
        )


def _said(shown: ShownDraft, question: Question) -> str:
    answer = shown.guide.answers.get(question.id)
    if answer is None:
        return ""
    if answer.files:
        return "\n".join(f"{file.name} · {size_words(file.size)}" for file in answer.files)
    return answer_words(question, answer)
