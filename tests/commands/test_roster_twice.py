"""A change of the roster asked for twice is one version."""

from __future__ import annotations

import pytest

from tests.commands.house import House


@pytest.mark.parametrize(
    "words", [("roster", "grant-role", "ada", "auditor"), ("roster", "exchange", "--to", "confidential")]
)
def test_the_same_version_is_not_written_twice(house: House, words: tuple[str, ...]) -> None:
    house.ask("bob", *words)

    refused = house.ask("bob", *words, expect=2)["refusal"]

    assert refused["code"] == "AlreadyWritten"
    assert len(house.ask("bob", "roster", "show")["pending"]) == 1
