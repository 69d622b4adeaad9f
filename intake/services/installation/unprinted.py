"""What the pages of a record cannot show: characters that no font of this program has are printed as an empty box.

Said before anything is signed, with the places in which they are: answers, reasons, conditions, limits, comments, names. What is
signed holds them exactly, and so does the data that is attached to a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Sentence, enumerated, said
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question
from intake.records.editions.printer import Printer

_BOXES = Sentence(
    "PaperShowsBoxes",
    "On paper an empty box stands for characters that cannot be drawn here, in: {where}. What is signed holds them exactly.",
)


@dataclass(frozen=True, slots=True)
class Unprinted:
    """An answer with ``characters`` that are not printed, each once."""

    question: Question
    characters: tuple[str, ...]


def places(printer: Printer, texts: Iterable[tuple[Fact, str]]) -> tuple[Fact, ...]:
    """Of texts, each with what its place is called, the places that the newest edition cannot print whole, each once."""
    beyond = [(place, text) for place, text in texts if not text.isascii()]
    if not beyond:
        return ()  # and no font is read
    glyphs = printer.glyphs(printer.newest)
    found = {said(place): place for place, text in beyond if glyphs.lacking(text)}
    return tuple(found.values())


def on_paper(printer: Printer, texts: Iterable[tuple[Fact, str]]) -> Reason | None:
    """What to say of such places before their texts are signed; None when all of them can be printed."""
    found = places(printer, texts)
    return _BOXES(where=enumerated(found)) if found else None


def unprinted(printer: Printer, asked: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[Unprinted, ...]:
    """The answers to the questions asked that the newest edition cannot print whole."""
    given = [(question, _text(answers[question.id])) for question in asked if question.id in answers]
    beyond = [(question, text) for question, text in given if not text.isascii()]
    if not beyond:
        return ()  # and no font is read
    glyphs = printer.glyphs(printer.newest)
    return tuple(Unprinted(question, found) for question, text in beyond if (found := glyphs.lacking(text)))


def _text(answer: Answer) -> str:
    value = answer.value
    if isinstance(value, tuple):
        return "".join([*(entry for entry in value if isinstance(entry, str)), *(file.name for file in answer.files)])
    return f"{value}{answer.ask}" if isinstance(value, str) else answer.ask
