"""How the differences between two playbooks are said: counted in a line, or as the name of a group."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from intake.domain.answers import Move
from intake.domain.playbook_differences import Difference, Part, counted


def moves(differences: Iterable[Difference]) -> tuple[tuple[Move, str], ...]:
    """What happened to how many of each: ``(added, "2 questions, 1 tier rule")``."""
    found = counted(differences)
    said = {move: ", ".join(part_words(part, found[move, part]) for at, part in found if at is move) for move in Move}
    return tuple((move, words) for move, words in said.items() if words)


def moved(move: Move, words: str) -> str:
    """One sentence for a list of changes: “It adds 2 questions, 1 tier rule.”"""
    sentences = {
        Move.ADDED: _t("It adds {items}."),
        Move.CHANGED: _t("It changes {items}."),
        Move.REMOVED: _t("It takes out {items}."),
    }
    return sentences[move].format(items=words)


def move_words(move: Move) -> str:
    return {Move.ADDED: _t("Added"), Move.CHANGED: _t("Changed"), Move.REMOVED: _t("Taken out")}[move]


def part_words(part: Part, count: int) -> str:
    """“1 tier rule”, “3 questions”."""
    one, more = {
        Part.QUESTION: (_t("{count} question"), _t("{count} questions")),
        Part.ROUTE: (_t("{count} screening result"), _t("{count} screening results")),
        Part.RULE: (_t("{count} tier rule"), _t("{count} tier rules")),
        Part.PATH: (_t("{count} path of a tier"), _t("{count} paths of tiers")),
        Part.CLASSIFICATION: (_t("{count} classification"), _t("{count} classifications")),
        Part.THREAT: (_t("{count} threat"), _t("{count} threats")),
        Part.CONTROL: (_t("{count} control"), _t("{count} controls")),
        Part.DUTY: (_t("{count} duty"), _t("{count} duties")),
        Part.CONTRADICTION: (_t("{count} contradiction"), _t("{count} contradictions")),
        Part.CHAPTER: (_t("{count} chapter"), _t("{count} chapters")),
    }[part]
    return (one if count == 1 else more).format(count=count)


def _t(text: str) -> str:
    return QCoreApplication.translate("Playbook", text)
