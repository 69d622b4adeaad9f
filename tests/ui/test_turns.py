"""Work in turns: the first bit at once, the others one by one, all of them when somebody needs them."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.turns import Turns


@pytest.fixture
def turns(qapp: QObject) -> Turns:
    return Turns(qapp)


def test_only_the_first_bit_is_done_at_once(turns: Turns, qtbot: QtBot) -> None:
    done: list[str] = []
    with qtbot.waitSignal(turns.ended):
        turns.begin(partial(done.append, name) for name in "abc")
        assert done == ["a"]
        assert not turns.over
    assert done == ["a", "b", "c"]
    assert turns.over


def test_a_caller_that_needs_all_has_the_rest_done_now(turns: Turns) -> None:
    done: list[str] = []
    ended: list[bool] = []
    turns.ended.connect(lambda: ended.append(True))
    turns.begin(partial(done.append, name) for name in "abc")
    turns.finish()
    turns.finish()
    assert done == ["a", "b", "c"]
    assert ended == [True]


def test_what_waited_for_an_older_page_is_dropped(turns: Turns) -> None:
    done: list[str] = []
    turns.begin(partial(done.append, name) for name in "abc")
    turns.begin(partial(done.append, name) for name in "xy")
    turns.finish()
    assert done == ["a", "x", "y"]


def test_what_is_wanted_first_comes_before_what_waits_and_keeps_its_order(turns: Turns) -> None:
    done: list[str] = []
    turns.begin(partial(done.append, name) for name in "abc")
    turns.first(partial(done.append, name) for name in "xy")
    turns.finish()
    assert done == ["a", "x", "y", "b", "c"]


def test_nothing_to_do_is_over_at_once(turns: Turns) -> None:
    turns.begin(())
    assert turns.over


def test_a_bit_may_begin_something_new(turns: Turns) -> None:
    done: list[str] = []
    turns.begin([lambda: turns.begin([partial(done.append, "new")]), partial(done.append, "old")])
    turns.finish()
    assert done == ["new"]
