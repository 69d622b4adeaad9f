"""Answers in words, as screens show them: what the domain says, and days as days are written here."""

from __future__ import annotations

from intake.domain.playbook.answer_checks import in_words
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind
from ui.formatting import day_words
from ui.typed_days import typed_day


def answer_words(question: Question, answer: Answer) -> str:
    """An answer; several entries, one per line."""
    return said_words(question, in_words(question, answer))


def said_words(question: Question | None, said: str) -> str:
    """What was said to a question, as ``Question.said`` gives it: a day as the field of that question shows it."""
    day = typed_day(said) if question is not None and question.kind is QuestionKind.DATE else None
    return said if day is None else day_words(day)
