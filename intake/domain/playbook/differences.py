"""What one playbook has that another has not: read by the administrator who accepts it, before use cases are asked and judged by it.

Items are compared as a whole, so a moved threshold is told as a change of every rule, threat or duty that rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.base.canonical import Json
from intake.domain.playbook.answers import Move
from intake.domain.playbook.whole import Playbook


class PlaybookPart(StrEnum):
    """What an item is, in the order in which people meet it."""

    QUESTION = "question"
    ROUTE = "screening result"
    RULE = "tier rule"
    PATH = "path of a tier"
    CLASSIFICATION = "classification"
    THREAT = "threat"
    CONTROL = "control"
    DUTY = "duty"
    CONTRADICTION = "contradiction"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class PlaybookDifference:
    """An item that was added, changed or removed. ``title`` is what people know it by, of the newer playbook if it can be."""

    part: PlaybookPart
    id: str
    title: str
    move: Move

    def as_json(self) -> dict[str, Json]:
        return {"part": self.part.value, "id": self.id, "title": self.title, "move": self.move.value}


Items = Mapping[str, tuple[str, object]]
"""By id what an item is called and the item itself."""


def playbook_differences(before: Playbook, after: Playbook) -> tuple[PlaybookDifference, ...]:
    """Every difference, by part and then in the order of the playbooks; none when both ask and judge the same."""
    return tuple(
        difference for part, items in _PARTS.items() for difference in _compared(part, items(before), items(after))
    )


def counted(differences: Iterable[PlaybookDifference]) -> Mapping[tuple[Move, PlaybookPart], int]:
    """How many of each, what was added first."""
    order = [(move, part) for move in Move for part in PlaybookPart]
    found = [(item.move, item.part) for item in differences]
    return {key: found.count(key) for key in order if key in found}


def _compared(part: PlaybookPart, before: Items, after: Items) -> Iterable[PlaybookDifference]:
    for name, (title, item) in after.items():
        if name not in before:
            yield PlaybookDifference(part, name, title, Move.ADDED)
        elif before[name][1] != item:
            yield PlaybookDifference(part, name, title, Move.CHANGED)
    for name, (title, _) in before.items():
        if name not in after:
            yield PlaybookDifference(part, name, title, Move.REMOVED)


_PARTS: Mapping[PlaybookPart, Callable[[Playbook], Items]] = {
    PlaybookPart.QUESTION: lambda playbook: {item.id: (item.label, item) for item in playbook.questions},
    PlaybookPart.ROUTE: lambda playbook: {item.id: (item.title, item) for item in playbook.routes},
    PlaybookPart.RULE: lambda playbook: {item.id: (item.sentence, item) for item in playbook.rules},
    PlaybookPart.PATH: lambda playbook: {item.tier.value: (item.label, item) for item in playbook.paths},
    PlaybookPart.CLASSIFICATION: lambda playbook: {item.id: (item.title, item) for item in playbook.classifications},
    PlaybookPart.THREAT: lambda playbook: {item.id: (item.title, item) for item in playbook.threats},
    PlaybookPart.CONTROL: lambda playbook: {item.id: (item.title, item) for item in playbook.controls},
    PlaybookPart.DUTY: lambda playbook: {item.id: (item.text, item) for item in playbook.duties},
    PlaybookPart.CONTRADICTION: lambda playbook: {item.id: (item.sentence, item) for item in playbook.contradictions},
    PlaybookPart.CHAPTER: lambda playbook: {item.id: (item.title, item) for item in playbook.chapters},
}
