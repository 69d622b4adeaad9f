"""What a change makes of the two offices, at the terminal: before it is signed, to who endorses it, and while it is so."""

from __future__ import annotations

from tests.commands.house import House


def test_it_is_said_before_signing_to_endorsers_and_of_each_use_case(house: House) -> None:
    case = house.file()
    house.sync("ada", "bob", "finn")

    signed = house.run("bob", "roster", "grant-role", "cleo", "ciso")
    assert "Note: Cleo then holds both offices for everything." in signed.stderr
    house.sync("bob", "finn")
    (waiting,) = house.ask("finn", "roster", "show")["pending"]
    assert any(line.startswith("Cleo then holds both offices") for line in waiting["changes"])
    asked = house.run("finn", "roster", "endorse", waiting["roster"], typed="y\n", expect=2)
    assert "Note: Cleo then holds both offices" in asked.output
    house.run("finn", "roster", "endorse", waiting["roster"], "--yes")
    house.sync("finn", "bob")
    ended = house.run("bob", "roster", "end-role", "dan", "ciso")
    assert "Note: Cleo then alone holds both offices for the unit" in ended.stderr
    house.sync("bob", "finn")
    (waiting,) = house.ask("finn", "roster", "show")["pending"]
    house.run("finn", "roster", "endorse", waiting["roster"], "--yes")
    house.sync("finn", "ada")

    assert [item["code"] for item in house.ask("ada", "roster", "show")["offices"]] == ["OnePersonIsInBoth"]
    assert "Cleo alone holds both offices for it" in house.run("ada", "show", case).stdout
    (row,) = house.ask("ada", "list")["cases"]
    assert row["stuck"]["code"] == "OnePersonInBothOffices"
    assert "it takes two people to decide" in house.run("ada", "list").stdout


def test_an_office_left_empty_is_said_where_a_use_case_waits(house: House) -> None:
    house.file()
    house.sync("ada", "bob")

    said = house.run("bob", "roster", "end-role", "dan", "ciso").stderr

    assert "Note: Nobody then holds the office of the CISO for everything, where a use case waits." in said
