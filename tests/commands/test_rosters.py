"""Which roster counts, at the command line: who is asked for a checkpoint, rivals, and the version that came too late."""

from __future__ import annotations

import pytest

from intake.domain.base.words import spoken
from tests.commands.house import House, settle_in
from tests.people import person


def second(house: House) -> str:
    """Version 2, endorsed by both administrators."""
    made = house.ask("bob", "roster", "grant-role", "ada", "auditor")
    house.sync("bob", "finn")
    house.ask("finn", "roster", "endorse", made["roster"], "--yes")
    house.sync("finn", "bob")
    return str(made["roster"])


def rivals(house: House) -> tuple[str, str]:
    """Bob and Finn each write a version 2 before they see the other's, and endorse both."""
    one = house.ask("bob", "roster", "grant-role", "ada", "auditor")["roster"]
    two = house.ask("finn", "roster", "grant-role", "cleo", "auditor")["roster"]
    house.sync("bob", "finn", "bob")
    house.ask("bob", "roster", "endorse", two, "--yes")
    house.ask("finn", "roster", "endorse", one, "--yes")
    house.sync("finn", "bob", "finn")
    return str(one), str(two)


def codes(house: House, who: str) -> list[str]:
    return [item["code"] for item in house.ask(who, "doctor", expect=1)["findings"]]


@pytest.mark.exhaustive
def test_a_new_version_needs_a_checkpoint_of_the_records_team(house: House) -> None:
    made = second(house)

    assert house.ask("finn", "roster", "show")["uncovered"] == [{"roster": made, "version": 2, "can_sign": ["bob"]}]
    assert "version 2 has no checkpoint of the records team; can sign: bob" in house.run("bob", "roster", "show").stdout
    assert "roster-not-covered" in codes(house, "finn")
    house.ask("bob", "roster", "checkpoint")
    house.sync("bob", "finn")

    assert house.ask("finn", "roster", "show")["uncovered"] == []
    assert house.ask("finn", "doctor")["findings"] == []


@pytest.mark.exhaustive
def test_the_records_team_tells_between_rivals(house: House) -> None:
    one, two = rivals(house)
    assert house.ask("bob", "roster", "show")["rivals"]
    assert "rivals" in codes(house, "bob")
    assert house.ask("finn", "roster", "checkpoint", "--for", one, expect=2)["refusal"]["code"] == "NotRecordsBefore"

    house.ask("bob", "roster", "checkpoint", "--for", one)
    house.sync("bob", "finn")

    shown = house.ask("finn", "roster", "show")
    assert shown["in_force"] == [one]
    assert [(item["roster"], item["behind"]) for item in shown["late"]] == [(two, one)]
    assert "came too late and does not count" in house.run("finn", "roster", "show").stdout
    assert house.ask("finn", "doctor")["findings"] == []


def test_a_checkpoint_for_nothing_to_tell_is_answered_in_words(house: House) -> None:
    found = house.ask("bob", "roster", "checkpoint", "--for", "0" * 64, expect=2)

    assert found["refusal"]["code"] == "NoRivals"


@pytest.mark.attack("a roster endorsed unseen at the terminal", refusal="VersionDeclined")
def test_what_a_version_changes_is_printed_and_asked_before_the_passphrase(house: House) -> None:
    settle_in(house.home("gina"), "gina")
    house.run("gina", "roster", "accept", house.org, "--yes")
    house.run("gina", "enrol", "--name", "Gina", "--out", house.root / "gina.p7m")
    house.run("bob", "import", house.root / "gina.p7m")
    made = house.ask("bob", "roster", "list-person", "gina", "--role", "ciso", "--yes")["roster"]
    house.sync("bob", "finn")

    refused = house.run("finn", "roster", "endorse", made, expect=2, typed="n\n")

    assert "Nothing was signed, because you said no." in refused.stderr
    assert "Gina (gina) becomes CISO everywhere, from " in refused.stderr
    assert f"Gina (gina) gets the key {spoken(person('gina').fingerprint)}." in refused.stderr
    assert f"  Gina (gina): {spoken(person('gina').fingerprint)}" in refused.stderr
    (waiting,) = house.ask("finn", "roster", "show")["pending"]
    assert waiting["missing"] == ["finn"]
    assert any("Gina (gina) becomes CISO" in line for line in waiting["changes"])
