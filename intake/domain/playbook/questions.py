"""What a playbook asks: questions with their options, on pages, in sections; where they lead; and where each comes from.

Only the shape is here, as frozen data; it is read and checked in ``content`` and ``checks``. What is
judged from the answers is in ``judged``, the whole in ``whole``. Every question has a ``why`` and at
least one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.rules import Condition
from intake.domain.terms.boundaries import Value as Limit
from intake.domain.terms.terms import Stage

UNKNOWN_WORDS = "I don’t know"


class QuestionKind(StrEnum):
    """How a question is answered, and what value the answer has."""

    TEXT = "text"  # one line: str
    LONG_TEXT = "long text"  # several lines: str
    CHOICE = "choice"  # the id of one option: str
    CHOICES = "choices"  # ids of options in their order: tuple of str
    YES_NO = "yes or no"  # bool
    NUMBER = "number"  # a whole number: int
    MONEY = "money"  # an amount with its currency as EUR 20000: str
    DATE = "date"  # a day as 2026-11-22: str
    PERSON = "person"  # the name of a person or role: str
    TEXTS = "list of texts"  # a list of short texts: tuple of str
    FILES = "files"  # evidence: tuple of Attachment


class QuestionRole(StrEnum):
    """Questions that other rooms need to find whatever they are called in this playbook."""

    TITLE = "title"
    UNIT = "unit"
    STAGE = "stage"  # its options are "idea", "pilot" and "scaled", or some of them
    PROBLEM = "problem"
    PURPOSE = "purpose"
    INTENDED_USE = "intended_use"
    BENEFIT = "benefit"
    TOPIC = "topic"
    PEOPLE = "people"
    INFLUENCE = "influence"
    PROVIDER = "provider"
    MODEL = "model"
    VERSION = "version"
    LICENCE = "licence"
    HOSTING = "hosting"
    LIMITS = "limits"
    TRAINING_DATA = "training_data"
    MODEL_CARD = "model_card"  # a question for files
    SUPPLIER_DOCS = "supplier_docs"  # a question for files
    EVIDENCE = "evidence"  # a question for files that belong to no other question


Setting: TypeAlias = tuple[str, Limit]
"""A boundary field by its path, such as ``data_access.vendor_training``, and a value for it."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a framework: the framework's id here and its own reference, as in ("eu-ai-act", "Art. 26(2)")."""

    framework: str
    ref: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited place of a framework with its title."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """Something cited: a law, a standard, a catalogue. ``identifier`` names it without an address."""

    id: str
    title: str
    publisher: str
    version: str
    identifier: str
    refs: tuple[Reference, ...] = ()

    def titled(self, ref: str) -> str:
        """The title of one cited place. Raises KeyError."""
        return {item.ref: item.title for item in self.refs}[ref]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. ``sets`` are the boundary values it asks for; ``alone`` rules out choosing others too."""

    id: str
    label: str
    hint: str = ""
    alone: bool = False
    sets: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``label`` is its short name in tables, ``why`` one plain sentence that is always shown beside it.

    ``least`` and ``most`` bound a number, the characters of a text, or how many entries are given; ``item_most`` bounds
    the characters of each short text. ``boundary`` names the boundary field the answer asks for. ``required_if`` makes a
    question required only then; otherwise ``required`` says. ``needed`` is the stage from which on it is asked at all.
    ``expected_if`` says when files are expected: while they are missing that is an open point, and never a block.
    """

    id: str
    label: str
    text: str
    why: str
    kind: QuestionKind
    sources: tuple[Source, ...]
    help: str = ""
    example: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    required_if: Condition | None = None
    shown_if: Condition | None = None
    needed: Stage = Stage.IDEA
    expected_if: Condition | None = None
    may_be_unknown: bool = True
    least: int = 0
    most: int | None = None
    item_most: int = 200
    boundary: str = ""

    def option(self, name: str) -> Option | None:
        for option in self.options:
            if option.id == name:
                return option
        return None

    def said(self, answer: Answer) -> str:
        """The answer in plain words, the same on screen and in the record; several entries, one per line."""
        value = answer.value
        if value is None:
            return f"{UNKNOWN_WORDS} ({answer.ask} will know)" if answer.ask else UNKNOWN_WORDS
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, int):
            return f"{value} {self.unit}".strip()
        if isinstance(value, tuple):
            return "\n".join(self._worded(entry) if isinstance(entry, str) else entry.name for entry in value)
        return self._worded(value)

    def _worded(self, value: str) -> str:
        option = self.option(value) if self.options else None
        return option.label if option else value


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One to five related questions shown together."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class PlaybookSection:
    """One line of the task list."""

    id: str
    title: str
    intro: str
    pages: tuple[QuestionPage, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True, slots=True)
class Route:
    """Where the screening questions lead. The first route that holds is taken; the last one has no condition.

    ``stops`` ends the guide there; ``instead`` says what to do then. ``minutes`` is the expected time.
    """

    id: str
    title: str
    explanation: str
    instead: str = ""
    stops: bool = False
    minutes: int = 0
    have_ready: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    when: Condition | None = None
