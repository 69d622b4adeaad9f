"""How the differences between two playbooks are said: counted in a line, or as the name of a group."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.answers import Move
from intake.domain.playbook_differences import Difference, Part, counted
from ui.texts import Texts


def moves(differences: Iterable[Difference]) -> tuple[tuple[Move, str], ...]:
    """What happened to how many of each: ``(added, "2 questions, 1 tier rule")``."""
    found = counted(differences)
    said = {move: ", ".join(part_words(part, found[move, part]) for at, part in found if at is move) for move in Move}
    return tuple((move, words) for move, words in said.items() if words)


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


def part_words(part: Part, count: int) -> str:
    """“1 tier rule”, “3 questions”."""
    one, more = {
        Part.QUESTION: (PlaybookTexts.tr("{count} question"), PlaybookTexts.tr("{count} questions")),
        Part.ROUTE: (PlaybookTexts.tr("{count} screening result"), PlaybookTexts.tr("{count} screening results")),
        Part.RULE: (PlaybookTexts.tr("{count} tier rule"), PlaybookTexts.tr("{count} tier rules")),
        Part.PATH: (PlaybookTexts.tr("{count} path of a tier"), PlaybookTexts.tr("{count} paths of tiers")),
        Part.CLASSIFICATION: (PlaybookTexts.tr("{count} classification"), PlaybookTexts.tr("{count} classifications")),
        Part.THREAT: (PlaybookTexts.tr("{count} threat"), PlaybookTexts.tr("{count} threats")),
        Part.CONTROL: (PlaybookTexts.tr("{count} control"), PlaybookTexts.tr("{count} controls")),
        Part.DUTY: (PlaybookTexts.tr("{count} duty"), PlaybookTexts.tr("{count} duties")),
        Part.CONTRADICTION: (PlaybookTexts.tr("{count} contradiction"), PlaybookTexts.tr("{count} contradictions")),
        Part.CHAPTER: (PlaybookTexts.tr("{count} chapter"), PlaybookTexts.tr("{count} chapters")),
    }[part]
    return (one if count == 1 else more).format(count=count)


class PlaybookTexts(Texts):
    pass
