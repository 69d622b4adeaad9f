"""Many items in one test: none is left out, and each that fails is named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.each import each


def test_every_item_is_tried_and_all_that_fail_are_named() -> None:
    tried: list[int] = []

    @each("number", [1, 2, 3, 4], ids=lambda number: f"n{number}")
    def rule(number: int) -> None:
        tried.append(number)
        assert number != 2
        if number == 3:
            raise KeyError("three")

    with pytest.raises(pytest.fail.Exception) as failed:
        rule()

    assert tried == [1, 2, 3, 4]
    said = str(failed.value)
    assert said.startswith("2 of 4 fail:")
    assert "[n2] line" in said
    assert "AssertionError" in said
    assert "KeyError: 'three'" in said
    assert "[n1]" not in said


@each(("left", "right"), [("a", 1), pytest.param("b", 2, id="second")])
def test_fixtures_are_given_beside_the_items(left: Any, right: Any, request: pytest.FixtureRequest) -> None:
    assert (left, right) in {("a", 1), ("b", 2)}
    assert request.node.name == "test_fixtures_are_given_beside_the_items"


@pytest.mark.parametrize(("names", "values"), [("one", []), (("one", "two"), [(1,)])])
def test_nothing_to_try_is_a_mistake(names: Any, values: Any) -> None:
    with pytest.raises(ValueError, match="need values of as many parts"):
        each(names, values)
