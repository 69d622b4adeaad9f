"""Joining at a terminal: an invitation, the words of the organisation, the enrolment, and the words of its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.services.installation.workspace import Workspace
from tests.commands.house import House, document, settle_in

MAIL = "bob@example.org"


@pytest.fixture
def invitation(house: House, tmp_path: Path) -> Path:
    house.ask("bob", "roster", "invite", tmp_path / "invitation.countersign", "--return-to", MAIL)
    return tmp_path / "invitation.countersign"


def enrolled(house: House, who: str) -> Path:
    house.run(who, "enrol", "--name", who.title(), "--out", house.root / f"{who}.p7m")
    return house.root / f"{who}.p7m"


def test_from_the_invitation_to_being_listed(house: House, invitation: Path) -> None:
    settle_in(house.home("gina"), "gina")

    accepted = house.ask("gina", "roster", "accept", invitation, "--yes")
    shown = house.ask("gina", "roster", "show")
    file = enrolled(house, "gina")
    imported = house.ask("bob", "import", file)["files"][0]
    words = house.ask("bob", "roster", "show")["asking"][0]["act"]
    listed = house.ask("bob", "roster", "list-person", "gina", "--role", "owner", "--yes")

    assert (accepted["organisation"], accepted["return_to"]) == (house.org, MAIL)
    assert shown["version"] == 1
    assert imported["asking"] == [words]
    assert imported["waiting"] == 0
    assert [item["text"] for item in imported["summary"]] == [
        "1 person asks to be listed: an administrator compares the words of the key and lists them."
    ]
    assert listed["missing"] == ["finn"]


def test_the_words_of_the_organisation_are_asked_for(house: House, invitation: Path) -> None:
    settle_in(house.home("gina"), "gina")

    said = house.run("gina", "roster", "accept", invitation, typed="n\n", expect=2)

    # Nothing that its writer chose to say stands beside the words while they are compared.
    assert "Bob" not in said.stderr + said.stdout
    assert "The organisation was not accepted" in said.stderr
    assert house.ask("gina", "roster", "show")["organisation"] == ""


def test_the_words_of_the_key_are_asked_for(house: House) -> None:
    settle_in(house.home("gina"), "gina")
    house.run("gina", "roster", "accept", house.org, "--yes")
    house.run("bob", "import", enrolled(house, "gina"))

    said = house.run("bob", "roster", "list-person", "gina", "--role", "owner", typed="n\n", expect=2)

    assert "Gina (gina) asks with this key: " in said.stderr
    assert "Gina was not listed" in said.stderr


@pytest.mark.attack(
    "an enrolment under the person id of somebody who enrolled too",
    refusal="SeveralEnrolments, until one is named by its id",
)
def test_two_enrolments_under_one_person_id(house: House) -> None:
    for who in ("gina", "mallory"):
        settle_in(house.home(who), who)
        house.run(who, "roster", "accept", house.org, "--yes")
        Workspace(house.home(who)).change_settings(person="gina")
        house.run("bob", "import", enrolled(house, who))
    asking = [item["act"] for item in house.ask("bob", "roster", "show")["asking"]]

    refused = house.ask("bob", "roster", "list-person", "gina", "--role", "owner", "--yes", expect=2)
    listed = house.ask("bob", "roster", "list-person", asking[0], "--role", "owner", "--yes")

    assert len(asking) == 2
    assert refused["refusal"]["code"] == "SeveralEnrolments"
    assert listed["missing"] == ["finn"]


def test_only_an_administrator_invites_and_is_told_so_before_the_passphrase(house: House, tmp_path: Path) -> None:
    words = ("roster", "invite", tmp_path / "invitation.countersign", "--return-to", MAIL)

    refused = document(house.run("ada", *words, "--json", expect=2, typed=""), *words)

    assert refused["refusal"]["code"] == "NotAnAdministrator"
    assert not (tmp_path / "invitation.countersign").exists()
