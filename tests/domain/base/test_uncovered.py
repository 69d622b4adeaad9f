"""What is drawn as nothing is seen; what shapes its neighbours is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base import visible
from intake.domain.base.visible import hidden_in, told_apart, uncovered


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("pay\xadroll", "pay▯roll"),
        ("a\u2060b", "a▯b"),
        ("a\u200bb", "a▯b"),
        ("a\u200db", "a▯b"),
        ("a\u200fb", "a▯b"),
        ("a\ufe0fb", "a▯b"),
        ("a\U000e0100b", "a▯b"),
        ("שלום\na\u200fb", "שלום\na▯b"),
    ],
)
@pytest.mark.attack("letters that are there and are drawn as nothing", refusal="a placeholder stands for each")
def test_what_is_drawn_as_nothing_is_seen(text: str, seen: str) -> None:
    assert uncovered(text) == seen
    assert hidden_in(text) == tuple(char for char in text if char not in seen)


@pytest.mark.parametrize(
    "text", ["plain", "می\u200cروم", "👩\u200d👧", "✓\ufe0f 1\ufe0f\u20e3", "א\u200f (a)", "naïve – “x”"]
)
def test_what_shapes_its_neighbours_stays(text: str) -> None:
    assert uncovered(text) == text
    assert hidden_in(text) == ()


@given(st.text(alphabet="ab, “”\xad\u200b", min_size=1))
def test_two_texts_that_differ_in_what_is_seen_never_become_one(text: str) -> None:
    assert len(uncovered(text)) == len(text)
    assert uncovered(text).replace("▯", "") == text.replace("\xad", "").replace("\u200b", "")


@pytest.mark.parametrize("entry", ["a, b", "a، b", "a，b", "“a”", "a\u200b", "a\nb", "a; b"])
def test_an_entry_that_could_be_taken_for_two_is_not_put_in_a_line(entry: str) -> None:
    assert not told_apart([entry])
    assert told_apart(["Customer data", "SAP R/3 (test)"])


@pytest.mark.parametrize("shown", [uncovered, hidden_in])
def test_each_line_is_asked_once_which_way_it_runs(
    shown: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment may hold thousands of marks, and is shown by the thread that draws the window."""
    asked: list[str] = []
    ways = visible._runs_leftward

    def counted(line: str) -> bool:
        asked.append(line)
        return ways(line)

    monkeypatch.setattr(visible, "_runs_leftward", counted)
    marks = "\u200e" * 10_000
    shown(f"a{marks}\nb{marks}\nno marks é\xad")

    assert len(asked) == 2
