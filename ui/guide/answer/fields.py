"""The field for each kind of question, and its answer as a field shows it.

Whatever is typed gets in and is kept, also when it is wrong: the words about it come from the domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QLineEdit, QWidget

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind
from ui.guide.evidence.evidence import EvidenceField
from ui.theme import sizes
from ui.widgets.date_field import DateField
from ui.widgets.fields import (
    AnswerField,
    Choice,
    ChoiceField,
    LinesField,
    LongTextField,
    ManyField,
    TextField,
    YesNoField,
)
from ui.widgets.labels import quiet

LONGEST = 1_000_000
"""Characters a field takes before it stops taking any: far more than is allowed, so that nothing pasted is cut off."""


def field_for(question: Question) -> AnswerField:
    """An empty field of the right kind."""
    match question.kind:
        case QuestionKind.LONG_TEXT:
            return LongTextField(lines=5, longest=LONGEST)
        case QuestionKind.CHOICE:
            return ChoiceField(_choices(question))
        case QuestionKind.CHOICES:
            alone = frozenset(option.id for option in question.options if option.alone)
            return AloneField(_choices(question), alone)
        case QuestionKind.YES_NO:
            return YesNoField()
        case QuestionKind.NUMBER:
            return FigureField(unit=question.unit)
        case QuestionKind.DATE:
            return DateField()
        case QuestionKind.TEXTS:
            return LinesField(lines=3, longest=LONGEST)
        case QuestionKind.FILES:
            return EvidenceField()
        case QuestionKind.TEXT | QuestionKind.PERSON:
            return TextField(longest=LONGEST)


def show_answer(field: AnswerField, question: Question, answer: Answer | None) -> None:
    """Put a stored answer into its field, also one of a form the field would not have given."""
    value: Any = None if answer is None else answer.value
    match question.kind:
        case QuestionKind.YES_NO:
            value = value if isinstance(value, bool) else None
        case QuestionKind.DATE:
            value = _day(value)
        case QuestionKind.CHOICES | QuestionKind.TEXTS:
            value = tuple(str(entry) for entry in value) if isinstance(value, tuple) else None
        case QuestionKind.FILES:
            value = answer.files if answer is not None else ()
        case (
            QuestionKind.NUMBER | QuestionKind.TEXT | QuestionKind.LONG_TEXT | QuestionKind.PERSON | QuestionKind.CHOICE
        ):
            value = None if value is None or isinstance(value, tuple) else str(value)
    field.set_value(value)


class FigureField(AnswerField):
    """A whole number as it is typed: “1,500” is understood later, and “many” is kept and spoken about."""

    def __init__(self, parent: QWidget | None = None, *, unit: str = "") -> None:
        super().__init__(parent)
        s = sizes(self)
        self._line = QLineEdit()
        self._line.setMaxLength(LONGEST)
        self._line.setFixedWidth(s.chars(20))
        self._line.textEdited.connect(self._on_edited)
        row = QHBoxLayout()
        row.setSpacing(s.s)
        row.addWidget(self._line)
        row.addWidget(quiet(unit), 1)
        self.box.addLayout(row)

    def value(self) -> str | None:
        return self._line.text().strip() or None

    def set_value(self, value: object) -> None:
        self._line.setText("" if value is None else str(value))

    def focus_widget(self) -> QWidget:
        return self._line

    def _on_edited(self, _: str) -> None:
        self.changed.emit()


class AloneField(ManyField):
    """Any number of a few; “None of these” takes the others away, and they take it away."""

    def __init__(self, choices: Sequence[Choice], alone: frozenset[str], parent: QWidget | None = None) -> None:
        self._alone = alone
        super().__init__(choices, parent)

    def _on_clicked(self, checked: bool) -> None:
        sender = self.sender()
        if checked and isinstance(sender, QAbstractButton):
            clicked = next((key for key, box in self._boxes.items() if box is sender), "")
            for key, box in self._boxes.items():
                if key != clicked and (clicked in self._alone or key in self._alone):
                    _uncheck(box)
        super()._on_clicked(checked)


def _uncheck(box: QCheckBox) -> None:
    if box.isChecked():
        box.setChecked(False)


def _choices(question: Question) -> tuple[Choice, ...]:
    return tuple(Choice(option.id, option.label, option.hint) for option in question.options)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value is not None else None
    except ValueError:
        return None
