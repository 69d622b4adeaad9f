"""Suspending and lifting at the terminal."""

from __future__ import annotations

from tests.commands.house import House
from tests.commands.stages import decided


def test_one_office_suspends_and_both_lift(house: House) -> None:
    case = decided(house)

    stopped = house.ask("dan", "suspend", case, "--reason", "It leaked.")
    house.sync("dan", "cleo", "ada")
    assert house.ask("ada", "show", case)["phase"] == "suspended"
    assert [item["waits_for"] for item in stopped["suspended_by"]] == [["cio", "ciso"]]
    assert house.ask("ada", "lift", case, "--reason", "x", expect=2)["refusal"]["code"] == "NotInOffice"

    half = house.run("dan", "lift", case, "--reason", "Mended.")
    assert f"{stopped['act']}  CISO: It leaked." in half.output
    assert "It stays suspended until the CIO has lifted it too." in half.output
    house.sync("dan", "cleo")
    whole = house.ask("cleo", "lift", case, "--reason", "Mended.", "--suspension", stopped["act"])
    assert whole["suspended_by"] == []
    house.sync("cleo", "ada")
    assert house.ask("ada", "show", case)["phase"] == "decided"


def test_suspending_again_in_the_same_words_signs_nothing(house: House) -> None:
    case = decided(house)
    first = house.ask("dan", "suspend", case, "--reason", "It leaked.")

    again = house.ask("dan", "suspend", case, "--reason", " It leaked. ")

    assert again["act"] == first["act"]
    assert again["already"]["code"] == "AlreadySuspended"
    assert [item["act"] for item in again["suspended_by"]] == [first["act"]]
    assert "nobody has lifted any of it" in house.run("dan", "suspend", case, "--reason", "It leaked.").output
    # Another reason is another suspension, and so is the same after somebody has lifted half of it.
    assert len(house.ask("dan", "suspend", case, "--reason", "It lies.")["suspended_by"]) == 2
    house.ask("dan", "lift", case, "--reason", "Mended.", "--suspension", first["act"])
    assert len(house.ask("dan", "suspend", case, "--reason", "It leaked.")["suspended_by"]) == 3
