"""How the differences between two playbooks are said: counted in a line, or as the name of a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.domain.playbook.answers import Move
from intake.domain.playbook.differences import PlaybookDifference, PlaybookPart, counted
from ui.texts import Texts


def moves(differences: Iterable[PlaybookDifference]) -> tuple[tuple[Move, str], ...]:
    """What happened to how many of each: ``(added, "2 questions, 1 tier rule")``."""
    found = counted(differences)
    said = {move: ", ".join(part_words(part, found[move, part]) for at, part in found if at is move) for move in Move}
    return tuple((move, words) for move, words in said.items() if words)


def named_moves(differences: Sequence[PlaybookDifference]) -> tuple[tuple[str, str], ...]:
    """What changes by name, for a sheet that is signed: what happened to how many of which, and the name of each."""
    found = []
    for move, part in counted(differences):
        names = [item.title for item in differences if (item.move, item.part) == (move, part)]
        what = PlaybookTexts.tr("{move}: {items}").format(move=move_words(move), items=part_words(part, len(names)))
        found.append((what, "\n".join(names)))
    return tuple(found)


def moved(move: Move, words: str) -> str:
    """One sentence for a list of changes: “It adds 2 questions, 1 tier rule.”"""
    sentences = {
        Move.ADDED: PlaybookTexts.tr("It adds {items}."),
        Move.CHANGED: PlaybookTexts.tr("It changes {items}."),
        Move.REMOVED: PlaybookTexts.tr("It takes out {items}."),
    }
    return sentences[move].format(items=words)


def move_words(move: Move) -> str:
    return {
        Move.ADDED: PlaybookTexts.tr("Added"),
        Move.CHANGED: PlaybookTexts.tr("Changed"),
        Move.REMOVED: PlaybookTexts.tr("Taken out"),
    }[move]


def part_words(part: PlaybookPart, count: int) -> str:
    """“1 tier rule”, “3 questions”."""
    match part:
        case PlaybookPart.QUESTION:
            return PlaybookTexts.tr("%Ln questions", "", count)
        case PlaybookPart.ROUTE:
            return PlaybookTexts.tr("%Ln screening results", "", count)
        case PlaybookPart.RULE:
            return PlaybookTexts.tr("%Ln tier rules", "", count)
        case PlaybookPart.PATH:
            return PlaybookTexts.tr("%Ln paths of tiers", "", count)
        case PlaybookPart.CLASSIFICATION:
            return PlaybookTexts.tr("%Ln classifications", "", count)
        case PlaybookPart.THREAT:
            return PlaybookTexts.tr("%Ln threats", "", count)
        case PlaybookPart.CONTROL:
            return PlaybookTexts.tr("%Ln controls", "", count)
        case PlaybookPart.DUTY:
            return PlaybookTexts.tr("%Ln duties", "", count)
        case PlaybookPart.CONTRADICTION:
            return PlaybookTexts.tr("%Ln contradictions", "", count)
        case PlaybookPart.CHAPTER:
            return PlaybookTexts.tr("%Ln chapters", "", count)


class PlaybookTexts(Texts):
    pass
