"""The paper of an organisation’s records, chosen by its administrators, and what is printed on it."""

from __future__ import annotations

from tests.commands.house import House


def test_two_administrators_choose_the_paper_of_what_is_filed_next(house: House) -> None:
    assert house.ask("dan", "roster", "paper") == {"ok": True, "paper": "a4", "change": None}

    written = house.ask("bob", "roster", "paper", "--to", "letter")
    assert (written["paper"], written["change"]["in_force"]) == ("letter", False)
    assert house.ask("bob", "roster", "paper")["paper"] == "a4"
    house.sync("bob", "finn")
    assert 'New records are laid out for the paper "letter".' in house.run("finn", "roster", "show").output
    house.ask("finn", "roster", "endorse", written["change"]["roster"], "--yes")
    house.sync("finn", "dan", "bob")

    assert house.ask("dan", "roster", "paper")["paper"] == "letter"
    assert "newer version" not in house.run("dan", "roster", "show").output


def test_another_paper_is_no_choice(house: House) -> None:
    refusal = house.ask("bob", "roster", "paper", "--to", "foolscap", expect=64)["refusal"]

    assert (refusal["code"], refusal["facts"]["detail"]["facts"]["problem"]["code"]) == ("NotUnderstood", "TakesOneOf")
