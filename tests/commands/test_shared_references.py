"""At the terminal one reference of two use cases is refused with both ids, and the lists show the ids to choose by."""

from __future__ import annotations

import pytest

from intake.domain.case import summary

SAID = "UC-0000-0000-0000"


@pytest.mark.attack("two use cases with one reference made on purpose", refusal="SeveralCases")
def test_a_command_asks_which_of_two_is_meant(house, monkeypatch):
    monkeypatch.setattr(summary, "_SAID", "0" * 32)
    made = [house.file(), house.file()]

    refusal = house.ask("ada", "show", SAID.lower(), expect=2)["refusal"]
    listed = house.run("ada", "list").stdout
    chosen = house.ask("ada", "show", made[1])

    assert refusal["code"] == "SeveralCases"
    assert refusal["facts"]["count"] == 2
    assert all(case in refusal["what"] for case in made)
    assert all(f"The whole id of this one: {case}" in listed for case in made)
    assert chosen["case"] == made[1]
