"""Somebody takes the people of the newest roster out of the shared folder: every command that signs in favour says so."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.organisation.people import write_people
from intake.services.installation.workspace import Workspace, open_installation
from tests.commands.house import House
from tests.people import person
from tests.services.offices import READ, resources

SAID = "Roster version 2 cannot be read here, because its people are missing: nothing new can be approved."


def take_out_the_people(house: House) -> bytes:
    """Of the newest roster of Bob, out of the folder; gives them."""
    installation = open_installation(Workspace(house.home("bob")), READ, resources.names)
    assert installation.rosters.newest is not None
    data = write_people(installation.rosters.newest.people)
    installation.register.close()
    (place,) = house.shared.rglob(PeopleFile.of(data).sha256)
    place.unlink()
    return data


@pytest.mark.attack("the people of a newer roster taken out of the exchange folder", refusal="RosterUnread")
@pytest.mark.exhaustive
def test_who_lacks_the_people_of_a_newer_roster_is_told_and_approves_nothing(house) -> None:
    case = house.file()
    house.sync("ada", "dan")
    cut = house.ask("bob", "roster", "cut-off", person("cleo").fingerprint)["roster"]
    house.sync("bob", "finn")
    house.run("finn", "roster", "endorse", cut, "--yes")
    house.sync("finn", "bob")
    take_out_the_people(house)
    house.sync("dan")

    refused = house.ask("dan", "approve", case, expect=2)["refusal"]
    shown = house.ask("dan", "roster", "show")
    waiting = house.run("dan", "inbox").stdout
    found = {item["code"]: item for item in house.ask("dan", "doctor", expect=1)["findings"]}

    assert (refused["code"], refused["what"]) == ("RosterUnread", SAID)
    assert [item["may_count"] for item in shown["unread"]] == [True]
    assert SAID in house.run("dan", "roster", "show").stdout
    assert SAID in waiting
    assert found["roster-awaited"]["said"]["text"] == SAID
    assert house.ask("dan", "decline", case, "--reason", "No.")["phase"] == "declined"

    house.run("bob", "export", house.root / "all.countersign")
    house.run("dan", "import", house.root / "all.countersign")
    assert SAID not in house.run("dan", "roster", "show").stdout
