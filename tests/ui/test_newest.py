"""A question of which only the newest answer matters: what is run, what is passed over, what is told."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.jobs import JobTask
from ui.newest import Newest


class Asked:
    """Answers with what it was asked, and keeps the list."""

    def __init__(self, context: Context) -> None:
        self.asked: list[str] = []
        self.found: list[object] = []
        self.newest = Newest(context, self.look, context)
        self.newest.found.connect(self.found.append)

    def look(self, _: JobTask, __: object, text: str = "") -> str:
        self.asked.append(text)
        return text


def settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_what_is_asked_meanwhile_is_asked_once_afterwards_and_every_answer_is_shown(
    context: Context, qtbot: QtBot
) -> None:
    asked = Asked(context)

    for _ in range(3):
        asked.newest.ask_again("same")
    settle(context, qtbot)

    assert asked.asked == ["same", "same"]
    assert asked.found == ["same", "same"]


def test_of_different_questions_the_last_alone_is_answered(context: Context, qtbot: QtBot) -> None:
    asked = Asked(context)

    for text in ("one", "two", "three"):
        asked.newest.ask(text)
    settle(context, qtbot)

    assert asked.asked == ["one", "three"]
    assert asked.found == ["three"]


def test_what_is_under_way_is_not_asked_twice(context: Context, qtbot: QtBot) -> None:
    asked = Asked(context)

    for text in ("one", "two", "one"):
        asked.newest.ask(text)
    settle(context, qtbot)

    assert asked.asked == ["one"]
    assert asked.found == ["one"]
