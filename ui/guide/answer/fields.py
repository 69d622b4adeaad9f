"""The field for each kind of question, and its answer as a field shows it.

Whatever is typed gets in and is kept, also when it is wrong: the words about it come from the domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget

from intake.domain.playbook.answer_checks import Typed, typed
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.services.lists.offered import PeopleOffered
from ui.formatting import day_words
from ui.guide.evidence.evidence import EvidenceField
from ui.texts import Texts
from ui.typed_days import typed_day
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
from ui.widgets.number_field import MoneyField, NumberField
from ui.widgets.offers import LineOffer, OfferField


def field_of(question: Question, playbook: Playbook, offered: PeopleOffered) -> AnswerField:
    """An empty field for a question. ``offered`` is what the roster knows of people and units."""
    if question.kind is QuestionKind.TEXT and question.id == playbook.role(QuestionRole.UNIT):
        words = FieldTexts.tr("Use your unit: {name}").format(name=offered.unit)
        return OfferField([LineOffer(name) for name in offered.units], offered.unit, words)
    return _of_kind(question, offered)


def _of_kind(question: Question, offered: PeopleOffered) -> AnswerField:
    match question.kind:
        case QuestionKind.PERSON:
            words = FieldTexts.tr("It is me: {name}").format(name=offered.name)
            return OfferField(people_offers(offered), offered.name, words)
        case QuestionKind.LONG_TEXT:
            return LongTextField(lines=5)
        case QuestionKind.CHOICE:
            return ChoiceField(_choices(question))
        case QuestionKind.CHOICES:
            alone = frozenset(option.id for option in question.options if option.alone)
            return AloneField(_choices(question), alone)
        case QuestionKind.YES_NO:
            return YesNoField()
        case QuestionKind.NUMBER:
            return NumberField(unit=question.unit)
        case QuestionKind.DATE:
            return DateField()
        case QuestionKind.TEXTS:
            return LinesField(lines=3)
        case QuestionKind.FILES:
            return EvidenceField()
        case QuestionKind.TEXT | QuestionKind.MONEY:
            return MoneyField() if question.kind is QuestionKind.MONEY else TextField()


def people_offers(offered: PeopleOffered) -> list[LineOffer]:
    """The people of the roster, to be offered where somebody is named."""
    return [LineOffer(name, unit) for name, unit in offered.people]


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
            QuestionKind.NUMBER
            | QuestionKind.MONEY
            | QuestionKind.TEXT
            | QuestionKind.LONG_TEXT
            | QuestionKind.PERSON
            | QuestionKind.CHOICE
        ):
            value = None if value is None or isinstance(value, tuple) else str(value)
    field.set_value(value)


class UnshownAnswers:
    """Stored answers that their field cannot show whole: not taken back by leaving the field as it is.

    One from a file, or of an earlier playbook, may be of another form: a day in words, an option that is gone.
    """

    def __init__(self) -> None:
        self._stored: dict[str, tuple[Answer, object]] = {}

    def look(self, field: AnswerField, question: Question, answer: Answer | None) -> None:
        """Remember an answer whose field, filled with it, would be read as another."""
        if answer is None or answer.value is None or question.kind is QuestionKind.FILES:
            return
        stored: Typed = answer.value
        if typed(question, field.value()) != typed(question, stored):
            self._stored[question.id] = (answer, field.value())

    def given(self, name: str, field: AnswerField) -> Typed | Answer:
        """What the field says, or the stored answer while it shows what it showed at first."""
        value: Typed = field.value()
        stored, shown = self._stored.get(name, (None, None))
        return Answer(stored.value) if stored is not None and value == shown else value

    def kept(self, name: str, field: AnswerField, answer: Answer | None) -> str:
        """The answer that is kept, on one line; empty where the field shows all there is."""
        if name not in self._stored or (answer, field.value()) != self._stored[name]:
            return ""
        value = self._stored[name][0].value
        entries = value if isinstance(value, tuple) else (value,)
        return ", ".join(" ".join(str(entry).split()) for entry in entries)


class AloneField(ManyField):
    """Any number of a few; “None of these” takes the others away, and they take it away."""

    def __init__(self, choices: Sequence[Choice], alone: frozenset[str], parent: QWidget | None = None) -> None:
        self._alone = alone
        super().__init__(choices, parent)

    def _on_toggled(self, checked: bool) -> None:
        sender = self.sender()
        if checked and not self._setting and isinstance(sender, QAbstractButton):
            ticked = next((key for key, box in self._boxes.items() if box is sender), "")
            with self._set():
                for key, box in self._boxes.items():
                    if key != ticked and (ticked in self._alone or key in self._alone):
                        box.setChecked(False)
        super()._on_toggled(checked)


def _choices(question: Question) -> tuple[Choice, ...]:
    return tuple(Choice(option.id, option.label, option.hint) for option in question.options)


def _day(value: object) -> date | str | None:
    if value is None or isinstance(value, tuple):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def help_words(question: Question) -> str:
    """What stands below a question: its help, and an example; a day as days are written here."""
    day = typed_day(question.example) if question.kind is QuestionKind.DATE else None
    said = day_words(day) if day is not None else question.example
    example = FieldTexts.tr("Example: {example}").format(example=said) if said else ""
    return "\n".join(part for part in (question.help, example) if part)


class FieldTexts(Texts):
    pass
