"""Accepting what both offices decided at the terminal, and answering a point of it."""

from __future__ import annotations

import pytest

from tests.commands.house import House

CONDITION = "2027-01-15|ada|Train the users"


def decided(house: House, *, reason: str = "Nobody is trained yet.") -> str:
    """Both offices add a condition to what Ada filed, and Ada has it."""
    case = str(house.file())
    house.sync("ada", "dan", "cleo")
    house.ask("dan", "approve", case, "--condition", CONDITION, "--reason", reason)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "dan", "ada")
    return case


def test_the_owner_accepts_a_condition_and_only_then_it_runs(house: House) -> None:
    case = decided(house)

    shown = house.ask("ada", "show", case)
    assert (shown["phase"], shown["turn"], shown["may_run"], shown["in_force"]) == (
        "acceptance",
        ["owner"],
        False,
        None,
    )
    assert (shown["next"]["act"], shown["next"]["way"]) == ("accept", "accept")
    (point,) = shown["acceptance"]["points"]
    assert (point["asked"], point["decided"]) == ("", "Train the users (ada, 2027-01-15, CISO)")
    assert house.ask("dan", "accept", case, expect=2)["refusal"]["code"] == "NotYoursToAccept"

    done = house.run("ada", "accept", case)
    assert "1 Condition" in done.output
    assert "With your signature it holds, from" in done.output
    assert "Accepted." in done.output
    house.sync("ada", "dan")

    shown = house.ask("dan", "show", case)
    assert (shown["phase"], shown["turn"], shown["may_run"]) == ("decided", [], True)
    (price,) = shown["prices"]
    assert (price["office"], price["reason"], price["days"]) == ("ciso", "Nobody is trained yet.", 0)
    assert house.ask("ada", "accept", case, expect=2)["refusal"]["code"] == "NothingToAccept"


@pytest.mark.exhaustive
def test_an_answer_stands_at_its_point_and_asks_both(house: House) -> None:
    case = decided(house)

    refusal = house.ask("ada", "answer", case, "2", "--text", "x", expect=2)["refusal"]
    assert (refusal["code"], refusal["facts"]["points"]) == ("NoSuchPoint", "1 Condition")
    assert house.ask("ada", "answer", case, "1", "--text", " ", expect=2)["refusal"]["code"] == "CostMissing"
    answered = house.ask("ada", "answer", case, "1", "--text", "It costs us a month.")
    assert (answered["phase"], answered["turn"]) == ("acceptance", ["cio", "ciso"])
    house.sync("ada", "dan", "cleo")

    shown = house.ask("dan", "show", case)
    assert shown["next"]["act"] == "answer-owner"
    assert [(item["about"], item["text"]) for item in shown["acceptance"]["answers"]] == [
        (answered["about"], "It costs us a month.")
    ]
    assert "answered by ada" in house.run("dan", "show", case).output
    # On the same terms both answer it too.
    house.ask("dan", "approve", case)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "ada")
    assert house.ask("ada", "show", case)["turn"] == ["owner"]
    assert house.ask("ada", "accept", case)["phase"] == "decided"
