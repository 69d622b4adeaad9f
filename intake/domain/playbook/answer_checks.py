"""Whether an answer suits its question, and what a person can do about it.

``typed`` turns what was typed into an answer and keeps it even when it is wrong, so nothing typed is lost. ``problem``
says what must be corrected. Whether an answer says enough is advice and is given in ``vague``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import MAX_INTEGER, clean
from intake.domain.base.money import money, typed_money
from intake.domain.base.numbers import whole_number
from intake.domain.base.reasons import Reason
from intake.domain.base.visible import is_blank, is_line
from intake.domain.base.wording import Caption, Sentence, in_figures, worded, words
from intake.domain.playbook.answers import Answer, Value
from intake.domain.playbook.questions import Question, QuestionKind

Typed: TypeAlias = None | bool | int | str | date | Sequence[str] | Sequence[Attachment]
"""What a screen or a spreadsheet hands in: text as typed, an option id, several of these, or files."""

MAX_LINE = 300
MAX_LONG_TEXT = 10_000
MAX_ENTRIES = 60
MISFIT_WORDS = "Not a valid answer: “{said}”"


class Fault(StrEnum):
    """What is wrong with an answer, exactly."""

    NOT_GIVEN = "not given"
    UNKNOWN_NOT_ALLOWED = "must be known"
    CHECK_THIS = "check this"
    NOT_A_TEXT = "not a text"
    TOO_LONG = "too long"
    TOO_SHORT = "too short"
    NOT_AN_OPTION = "not an option"
    NOT_YES_OR_NO = "not yes or no"
    NOT_A_NUMBER = "not a number"
    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    NOT_MONEY = "not money"
    NOT_A_DATE = "not a date"
    TOO_FEW = "too few"
    TOO_MANY = "too many"
    ENTRY_TOO_LONG = "entry too long"
    REPEATED_ENTRY = "repeated entry"
    NOT_ALONE = "not alone"
    NOT_FILES = "not files"
    HIDDEN_CHARACTERS = "hidden characters"


Found: TypeAlias = tuple[Fault, Reason] | None
"""A fault and what to do about it, or nothing."""

_ABOUT = Sentence("AnswerProblem", "{label}: {said}")
_GIVE = Sentence("AnswerToGive", "{act}.")
_GIVE_OR_UNKNOWN = Sentence("AnswerToGiveOrUnknown", "{act}, or say that you do not know.")
_ENTER = Caption("AnswerEnter", "Enter an answer")
_ACTS = worded(
    Caption,
    {
        QuestionKind.CHOICE: ("AnswerChooseOne", "Choose one answer"),
        QuestionKind.CHOICES: ("AnswerChoose", "Choose at least one answer"),
        QuestionKind.YES_NO: ("AnswerChooseYesOrNo", "Choose yes or no"),
        QuestionKind.NUMBER: ("AnswerEnterNumber", "Enter a number"),
        QuestionKind.MONEY: ("AnswerEnterMoney", "Enter an amount"),
        QuestionKind.DATE: ("AnswerEnterDay", "Enter a day"),
        QuestionKind.PERSON: ("AnswerEnterName", "Enter a name"),
        QuestionKind.FILES: ("AnswerAttach", "Attach at least one file"),
    },
)
_MUST_BE_KNOWN = Sentence("AnswerMustBeKnown", "This must be known before the use case can be filed.")
_NOT_LISTED = Sentence("AnswerNotListed", "Choose one of the answers listed.")
_YES_OR_NO = Sentence("AnswerYesOrNo", "Choose yes or no.")
_NO_TEXT = Sentence("AnswerNoText", "Enter a text.")
_HIDDEN = Sentence("AnswerHidden", "Remove the spaces around the text and any hidden characters.")
_TOO_LONG = Sentence("AnswerTooLong", "Use at most {most} characters; these are {now}.")
_TOO_SHORT = Sentence("AnswerTooShort", "Use at least {least} characters.")
_NO_NUMBER = Sentence("AnswerNoNumber", "Enter a whole number in figures, such as 30.")
_OR_MORE = Sentence("AnswerOrMore", "Enter {least} or more.")
_OR_LESS = Sentence("AnswerOrLess", "Enter {most} or less.")
_NOT_MONEY = Sentence(
    "AnswerNoMoney", "Enter a whole amount with the three letters of its currency, such as EUR 20000."
)
_NO_DAY = Sentence("AnswerNoDay", "Enter a day that exists, such as 2026-11-22.")
_FILES_HERE = Sentence("AnswerFilesHere", "Attach files here.")
_TEXTS_HERE = Sentence("AnswerTextsHere", "Enter texts here; files go under the evidence.")
_AT_LEAST = Sentence("AnswerAtLeast", "Give at least {least}.")
_AT_MOST = Sentence("AnswerAtMost", "Give at most {most}; these are {now}.")
_ONCE = Sentence("AnswerNamedTwice", "Name each only once.")
_NOT_AMONG = Sentence("AnswersNotListed", "Choose from the answers listed.")
_NOT_ALONE = Sentence("AnswerNotAlone", "“{option}” cannot be chosen together with other answers.")
_HIDDEN_ENTRY = Sentence("AnswerEntryHidden", "Remove empty lines, spaces around an entry and hidden characters.")
_ENTRY_TOO_LONG = Sentence("AnswerEntryTooLong", "Use at most {most} characters for each entry.")


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Something to correct: ``label`` is what the question is called, ``said`` what to do.

    ``text`` is shown in the summary and at the field, word for word the same.
    """

    question: str
    fault: Fault
    label: str
    said: Reason

    @property
    def told(self) -> Reason:
        """What to do, and about which question."""
        return _ABOUT(label=self.label, said=self.said)

    @property
    def text(self) -> str:
        return words(self.told)


@dataclass(frozen=True, slots=True)
class Hint:
    """An answer that says little, pointed out before signing; or, ``on_paper``, one that the pages cannot show whole."""

    question: str
    said: Reason
    on_paper: bool = False

    @property
    def text(self) -> str:
        return words(self.said)


def typed(question: Question, raw: Typed) -> Answer | None:
    """The answer somebody gave, cleaned; None when nothing was given. What does not fit is kept as it was typed."""
    if raw is None:
        return None
    if isinstance(raw, bool | int):
        return Answer(raw)
    if isinstance(raw, date):
        return Answer(raw.isoformat())
    if isinstance(raw, str):
        return _typed_text(question, clean(raw).strip())
    return _typed_entries(question, raw)


def fits(question: Question, value: Value) -> bool:
    """Whether ``value`` has nothing wrong with it."""
    return _fault(question, value) is None


def in_words(question: Question, answer: Answer) -> str:
    """An answer as it is shown: in plain words, and never like an answer when nothing counts it as one."""
    said = question.said(answer)
    if problem(question, answer, required=False) is None:
        return said
    return MISFIT_WORDS.format(said="; ".join(said.split("\n")))


def problem(question: Question, answer: Answer | None, *, required: bool) -> AnswerProblem | None:
    """What is wrong with an answer, or nothing."""
    if answer is None:
        return _problem(question, _not_given(question)) if required else None
    if answer.value is None:
        if question.may_be_unknown:
            return None
        return _problem(question, (Fault.UNKNOWN_NOT_ALLOWED, _MUST_BE_KNOWN()))
    return _problem(question, _fault(question, answer.value))


def _typed_text(question: Question, text: str) -> Answer | None:
    if not text:
        return None
    if question.kind is QuestionKind.NUMBER:
        number = whole_number(text)
        return Answer(text if number is None else number)
    if question.kind is QuestionKind.MONEY:
        amount = typed_money(text)
        return Answer(amount) if amount else None
    if question.kind is QuestionKind.YES_NO and text.casefold() in {"yes", "no"}:
        return Answer(text.casefold() == "yes")
    if question.kind in {QuestionKind.TEXT, QuestionKind.PERSON}:
        return Answer(" ".join(text.split()))
    if question.kind is QuestionKind.TEXTS:
        return _typed_entries(question, text.split("\n"))
    if question.kind is QuestionKind.CHOICES:
        return _typed_entries(question, [text])
    return Answer(text)


def _typed_entries(question: Question, raw: Sequence[str] | Sequence[Attachment]) -> Answer | None:
    files = tuple(dict.fromkeys(entry for entry in raw if isinstance(entry, Attachment)))
    if files:
        return Answer(files)
    texts = [" ".join(clean(entry).split()) for entry in raw if isinstance(entry, str)]
    kept = list(dict.fromkeys(text for text in texts if text))
    if question.kind is QuestionKind.CHOICES:
        order = [option.id for option in question.options]
        kept.sort(key=lambda text: order.index(text) if text in order else len(order))
    return Answer(tuple(kept)) if kept else None


def _problem(question: Question, found: Found) -> AnswerProblem | None:
    return AnswerProblem(question.id, found[0], question.label, found[1]) if found else None


def _not_given(question: Question) -> tuple[Fault, Reason]:
    return Fault.NOT_GIVEN, _asked_for(question.kind, question.may_be_unknown)


@lru_cache
def _asked_for(kind: QuestionKind, may_be_unknown: bool) -> Reason:
    """Said of nearly every question of a new draft."""
    return (_GIVE_OR_UNKNOWN if may_be_unknown else _GIVE)(act=_ACTS.get(kind, _ENTER)())


def _fault(question: Question, value: Value) -> Found:
    return _FAULTS[question.kind](question, value)


def _choice_fault(question: Question, value: Value) -> Found:
    if isinstance(value, str) and question.option(value) is not None:
        return None
    return Fault.NOT_AN_OPTION, _NOT_LISTED()


def _yes_no_fault(_question: Question, value: Value) -> Found:
    return None if isinstance(value, bool) else (Fault.NOT_YES_OR_NO, _YES_OR_NO())


def _text_fault(question: Question, value: Value) -> Found:
    limit = MAX_LONG_TEXT if question.kind is QuestionKind.LONG_TEXT else MAX_LINE
    limit = min(limit, question.most or limit)
    if not isinstance(value, str) or is_blank(value):
        return Fault.NOT_A_TEXT, _NO_TEXT()
    if clean(value).strip() != value or (question.kind is not QuestionKind.LONG_TEXT and not is_line(value)):
        return Fault.HIDDEN_CHARACTERS, _HIDDEN()
    if len(value) > limit:
        return Fault.TOO_LONG, _TOO_LONG(most=in_figures(limit), now=in_figures(len(value)))
    if len(value) < question.least:
        return Fault.TOO_SHORT, _TOO_SHORT(least=question.least)
    return None


def _number_fault(question: Question, value: Value) -> Found:
    if not isinstance(value, int) or isinstance(value, bool):
        return Fault.NOT_A_NUMBER, _NO_NUMBER()
    most = MAX_INTEGER if question.most is None else question.most
    if value < question.least:
        return Fault.TOO_SMALL, _OR_MORE(least=in_figures(question.least))
    if value > most:
        return Fault.TOO_LARGE, _OR_LESS(most=in_figures(most))
    return None


def _money_fault(_question: Question, value: Value) -> Found:
    return None if isinstance(value, str) and money(value) else (Fault.NOT_MONEY, _NOT_MONEY())


def _date_fault(_question: Question, value: Value) -> Found:
    try:
        good = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        good = False
    return None if good else (Fault.NOT_A_DATE, _NO_DAY())


def _entries_fault(question: Question, value: Value) -> Found:
    if not isinstance(value, tuple) or not value:
        return _not_given(question)
    files = question.kind is QuestionKind.FILES
    if any(isinstance(entry, Attachment) != files for entry in value):
        return Fault.NOT_FILES, _FILES_HERE() if files else _TEXTS_HERE()
    most = min(MAX_ENTRIES, question.most or MAX_ENTRIES)
    if len(value) < question.least:
        return Fault.TOO_FEW, _AT_LEAST(least=question.least)
    if len(value) > most:
        return Fault.TOO_MANY, _AT_MOST(most=most, now=len(value))
    if len(set(value)) != len(value):
        return Fault.REPEATED_ENTRY, _ONCE()
    return None if files else _texts_fault(question, tuple(str(entry) for entry in value))


def _texts_fault(question: Question, entries: tuple[str, ...]) -> Found:
    if question.kind is QuestionKind.CHOICES:
        if any(question.option(entry) is None for entry in entries):
            return Fault.NOT_AN_OPTION, _NOT_AMONG()
        alone = next((option for option in question.options if option.alone and option.id in entries), None)
        if alone and len(entries) > 1:
            return Fault.NOT_ALONE, _NOT_ALONE(option=alone.label)
        return None
    if any(not is_line(entry) or is_blank(entry) for entry in entries):
        return Fault.HIDDEN_CHARACTERS, _HIDDEN_ENTRY()
    if any(len(entry) > question.item_most for entry in entries):
        return Fault.ENTRY_TOO_LONG, _ENTRY_TOO_LONG(most=question.item_most)
    return None


# By kind, because a comparison with one kind after the other takes longer than the check.
_FAULTS: Mapping[QuestionKind, Callable[[Question, Value], Found]] = {
    QuestionKind.TEXT: _text_fault,
    QuestionKind.PERSON: _text_fault,
    QuestionKind.LONG_TEXT: _text_fault,
    QuestionKind.CHOICE: _choice_fault,
    QuestionKind.YES_NO: _yes_no_fault,
    QuestionKind.NUMBER: _number_fault,
    QuestionKind.MONEY: _money_fault,
    QuestionKind.DATE: _date_fault,
    QuestionKind.CHOICES: _entries_fault,
    QuestionKind.TEXTS: _entries_fault,
    QuestionKind.FILES: _entries_fault,
}
