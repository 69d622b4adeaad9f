"""What is kept as it is written, when the disk is full for one part of it and has room for the next."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from intake.domain.playbook.answers import Answer
from intake.register.refusals import DiskFull
from ui.guide.saver import Saver
from ui.review.unsigned import UnsignedKeeper


class Held(QObject):
    """A job that ends when the test says so."""

    done = Signal(object)
    refused = Signal(object)
    failed = Signal(object)


class Lanes(QObject):
    """Takes jobs and runs none; ``given`` has what each was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[tuple[Held, tuple[Any, ...]]] = []

    def run(self, _lane: object, _job: object, *args: Any, **_more: object) -> Held:
        self.given.append((Held(self), args))
        return self.given[-1][0]

    def say(self, text: str) -> None:
        pass


@pytest.fixture
def lanes(qapp: object) -> Lanes:
    return Lanes()


def full() -> DiskFull:
    return DiskFull(path="/home")


@pytest.mark.parametrize("second", ["stored", "refused"])
def test_older_words_of_a_reviewer_do_not_come_back_over_newer_ones(lanes: Lanes, second: str) -> None:
    keeper = UnsignedKeeper(lanes, lanes)  # type: ignore[arg-type]
    keeper.open("a" * 64)
    keeper.write("words.comment", "first")
    keeper.write("words.comment", "second")
    keeper.write("words.approve", "why")
    keeper.flush()
    (one, _), (two, _) = lanes.given

    one.refused.emit(full())
    two.done.emit(None) if second == "stored" else two.refused.emit(full())
    keeper.flush()

    after = [args[0].parts for _, args in lanes.given[2:]]
    assert all(parts.get("words.comment", "second") == "second" for parts in after)
    assert (second == "stored") is not any("words.comment" in parts for parts in after)
    assert keeper.words("words.comment") == "second"


def test_words_of_another_use_case_are_tried_again_with_the_next(lanes: Lanes) -> None:
    keeper = UnsignedKeeper(lanes, lanes)  # type: ignore[arg-type]
    keeper.open("a" * 64)
    keeper.write("words.comment", "left behind")
    keeper.open("b" * 64)
    lanes.given[0][0].refused.emit(full())
    assert not keeper.all_kept

    keeper.write("words.comment", "new")

    assert {args[0].case for _, args in lanes.given[1:]} == {"a" * 64, "b" * 64}


@pytest.mark.parametrize("second", ["stored", "refused"])
def test_older_answers_do_not_come_back_over_newer_ones(lanes: Lanes, second: str) -> None:
    saver = Saver(lanes, lanes)  # type: ignore[arg-type]
    saver.open("draft")
    saver.put("title", Answer("first"))
    saver.flush()
    saver.put("title", Answer("second"))
    saver.put("unit", Answer("Finance"))
    saver.flush()
    (one, _), (two, _) = lanes.given

    one.refused.emit(full())
    two.done.emit(None) if second == "stored" else two.refused.emit(full())
    saver.flush()

    after = [args[1] for _, args in lanes.given[2:]]
    assert all(given.get("title", Answer("second")) == Answer("second") for given in after)
    assert (second == "stored") is not any("title" in given for given in after)


def test_answers_of_another_draft_are_tried_again(lanes: Lanes) -> None:
    saver = Saver(lanes, lanes)  # type: ignore[arg-type]
    saver.open("one")
    saver.put("title", Answer("left behind"))
    saver.open("two")
    lanes.given[0][0].refused.emit(full())

    saver.flush()

    assert [args for _, args in lanes.given[1:]] == [("one", {"title": Answer("left behind")})]
