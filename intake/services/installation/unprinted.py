"""What the pages of a record cannot show: characters that no font of this program has are printed as an empty box.

Said before anything is signed, with the answers in which they are. What is signed holds them exactly, and so does the data that is
attached to a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question
from intake.records.editions.printer import Printer


@dataclass(frozen=True, slots=True)
class Unprinted:
    """An answer with ``characters`` that are not printed, each once."""

    question: Question
    characters: tuple[str, ...]


def unprinted(printer: Printer, asked: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[Unprinted, ...]:
    """The answers to the questions asked that the newest edition cannot print whole."""
    said = [(question, _text(answers[question.id])) for question in asked if question.id in answers]
    beyond = [(question, text) for question, text in said if not text.isascii()]
    if not beyond:
        return ()  # and no font is read
    glyphs = printer.glyphs(printer.newest)
    return tuple(Unprinted(question, found) for question, text in beyond if (found := glyphs.lacking(text)))


def _text(answer: Answer) -> str:
    value = answer.value
    if isinstance(value, tuple):
        return "".join([*(entry for entry in value if isinstance(entry, str)), *(file.name for file in answer.files)])
    return f"{value}{answer.ask}" if isinstance(value, str) else answer.ask
