"""Choosing between competing revisions, answer by answer: what is open in a draft, and what was chosen.

A draft that takes the place of several revisions holds one answer where they differ, marked “check this” with the origin
``COMPETING``; the mark goes when somebody chooses, and a marked answer cannot be filed. What was chosen is not stored a second
time: it follows from the answer that is there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.guide.side_by_side import AnswersBeside
from intake.domain.playbook.answers import Answer, Carried, Origin, differ


class ChoiceState(StrEnum):
    """What became of a question to which competing revisions gave different answers."""

    OPEN = "open"
    CHOSEN = "chosen"
    OWN = "own answer"
    """What the draft says is what none of them said."""
    NOT_ASKED = "not asked"
    """The other answers of the draft do not call for it, so nothing of it is filed."""


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """``row`` has the answers of the competing revisions; ``side`` is the place in it of what the draft says, None for none.

    While the choice is open it is only what stands there until somebody chooses.
    """

    row: AnswersBeside
    state: ChoiceState
    side: int | None


def is_to_choose(answer: Answer | None) -> bool:
    """Whether an answer waits for a choice between competing revisions."""
    return (
        answer is not None and answer.check and answer.carried is not None and answer.carried.origin is Origin.COMPETING
    )


def choices(
    rows: Iterable[AnswersBeside], answers: Mapping[str, Answer], asked: Container[str]
) -> tuple[AnswerChoice, ...]:
    """What became of each row in a draft with these answers, in which the questions in ``asked`` are asked now."""
    return tuple(_choice(row, answers.get(row.id), asked=row.id in asked) for row in rows)


def begun(rows: Iterable[AnswersBeside], names: Sequence[str]) -> dict[str, Answer]:
    """The answers to choose of a draft that begins with competing revisions: of the first that has one, each to be chosen.

    ``names`` are the people who filed, in the order of the sets of ``rows``.
    """
    found: dict[str, Answer] = {}
    for row in rows:
        place = next(number for number, answer in enumerate(row.given) if answer is not None)
        found[row.id] = _to_choose(row.given[place], names[place])
    return found


def reopened(
    rows: Iterable[AnswersBeside], names: Sequence[str], answers: Mapping[str, Answer], come: Container[int]
) -> dict[str, Answer]:
    """What becomes to choose in a draft as some of the competing revisions come to it, those at the places ``come``.

    What the draft says stays, and is to choose wherever one of them says something else.
    """
    found: dict[str, Answer] = {}
    for row in rows:
        own = answers.get(row.id)
        if any(differ(answer, own) for place, answer in enumerate(row.given) if place in come):
            place = next((place for place, answer in enumerate(row.given) if not differ(answer, own)), None)
            if own is not None:
                found[row.id] = _to_choose(own, "" if place is None else names[place])
            else:
                found |= begun([row], names)
    return found


def _choice(row: AnswersBeside, answer: Answer | None, *, asked: bool) -> AnswerChoice:
    side = next((place for place, given in enumerate(row.given) if not differ(given, answer)), None)
    if not asked:
        return AnswerChoice(row, ChoiceState.NOT_ASKED, side)
    if is_to_choose(answer):
        return AnswerChoice(row, ChoiceState.OPEN, side)
    return AnswerChoice(row, ChoiceState.OWN if side is None else ChoiceState.CHOSEN, side)


def _to_choose(answer: Answer | None, name: str) -> Answer:
    assert answer is not None  # the callers have looked
    return replace(answer, check=True, carried=Carried(Origin.COMPETING, name))
