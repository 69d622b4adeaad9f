"""Several sets of answers side by side, question by question and in words: what differs, and what is the same in all.

The comparison of revisions, the choice between two that compete, what changed since a reviewer’s last look and the sheet of
what is filed are all made of this. Where two answers differ, their words differ too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from intake.domain.acts.envelope import Attachment
from intake.domain.base.words import short
from intake.domain.playbook import answer_checks
from intake.domain.playbook.answers import Answer, differ
from intake.domain.playbook.questions import Question
from intake.domain.playbook.whole import Playbook


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Answers, and the playbook they were given by: its words are those that people read. None where it is not here."""

    answers: Mapping[str, Answer]
    playbook: Playbook | None


@dataclass(frozen=True, slots=True)
class AnswersBeside:
    """One question. ``given`` and ``said`` (the answers in words, empty for none) are in the order of the sets.

    ``question`` is that of the first set whose playbook has it; None where none has.
    """

    id: str
    question: Question | None
    given: tuple[Answer | None, ...]
    said: tuple[str, ...]
    differs: bool

    @property
    def label(self) -> str:
        return self.question.label if self.question else self.id

    @property
    def text(self) -> str:
        """What was asked, in full; empty where nobody here knows."""
        return self.question.text if self.question else ""


def side_by_side(sets: Sequence[AnswerSet]) -> tuple[AnswersBeside, ...]:
    """Every question that one of the sets answers, in the order of the guide; what no playbook here asks comes last."""
    places: dict[str, tuple[int, int]] = {}
    for number, one in enumerate(sets):
        for place, question in enumerate(one.playbook.questions if one.playbook else ()):
            places.setdefault(question.id, (number, place))
    names = {name for one in sets for name in one.answers}
    unasked = (len(sets), 0)
    return tuple(_beside(sets, name) for name in sorted(names, key=lambda name: (places.get(name, unasked), name)))


def _beside(sets: Sequence[AnswerSet], name: str) -> AnswersBeside:
    asked = [_question(one.playbook, name) for one in sets]
    given = [one.answers.get(name) for one in sets]
    said = [in_words(question, answer) for question, answer in zip(asked, given, strict=True)]
    pairs = list(combinations(range(len(sets)), 2))
    apart = [(one, other) for one, other in pairs if differ(given[one], given[other])]
    if any(said[one] == said[other] for one, other in apart):
        # The same words for different answers: another file of one name, another option under one label.
        said = [_exact(words, answer) for words, answer in zip(said, given, strict=True)]
    first = next((question for question in asked if question), None)
    return AnswersBeside(name, first, tuple(given), tuple(said), bool(apart))


def in_words(question: Question | None, answer: Answer | None) -> str:
    """An answer as people read it; empty for none. Of a question that no playbook here has, the bare value."""
    if answer is None:
        return ""
    if question is not None:
        return answer_checks.in_words(question, answer)
    value = answer.value
    if isinstance(value, tuple):
        return "\n".join(entry.name if isinstance(entry, Attachment) else entry for entry in value)
    return "" if value is None else str(value)


def _question(playbook: Playbook | None, name: str) -> Question | None:
    try:
        return playbook.question(name) if playbook is not None else None
    except KeyError:
        return None


def _exact(words: str, answer: Answer | None) -> str:
    """The words with what tells the answer from every other one."""
    if answer is None:
        return words
    if answer.files:
        return "\n".join(f"{file.name} ({file.size} bytes, {short(file.sha256)})" for file in answer.files)
    return f"{words} ({answer.value})"
