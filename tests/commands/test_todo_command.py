"""What needs somebody, at the terminal and as a calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.house import House
from tests.commands.test_committing_command import decided


def kinds(house: House, name: str, *words: str) -> list[str]:
    return [item["kind"] for item in house.ask(name, "todo", *words)["items"]]


def test_everybody_is_told_what_is_theirs(house: House) -> None:
    assert house.run("dan", "todo").output.strip() == "Nothing needs you."
    case = house.file()
    house.sync("ada", "dan", "cleo")

    (item,) = house.ask("dan", "todo")["items"]
    assert (item["kind"], item["case"]) == ("decide", case)
    assert item["until"] > item["since"]
    assert kinds(house, "ada") == []
    assert kinds(house, "ada", "--as", "dan") == ["decide"]
    lines = house.run("dan", "todo").output
    assert "decide" in lines
    assert "It waits for the decision of your office" in lines

    house.ask("dan", "request-changes", case, "--reason", "Say more.")
    house.sync("dan", "ada")
    assert kinds(house, "ada") == ["changes-asked"]
    assert kinds(house, "dan") == []


@pytest.mark.exhaustive
def test_a_decision_is_news_until_its_page_is_looked_at(house: House) -> None:
    case = house.file()
    house.sync("ada", "dan", "cleo")
    house.ask("dan", "approve", case)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "ada")

    assert kinds(house, "ada") == kinds(house, "ada") == ["decided"]
    house.ask("ada", "case", "show", case)
    assert kinds(house, "ada") == []


def test_only_what_began_or_came_since_is_told_on_request(house: House) -> None:
    house.file()
    house.sync("ada", "dan")

    assert kinds(house, "dan", "--changed-since", "2020-01-01") == ["decide"]
    assert kinds(house, "dan", "--changed-since", "2100-01-01T00:00+01:00") == []
    assert house.run("dan", "todo", "--changed-since", "2100-01-01").output.strip() == "Nothing that needs you is new."
    assert house.ask("dan", "todo", "--changed-since", "soon", expect=2)["refusal"]["code"] == "NoDay"
    assert house.ask("dan", "todo", "--changed-since", "0001-01-01T00:00+14:00", expect=2)["refusal"]["code"] == "NoDay"


def test_the_days_are_written_for_a_calendar(house: House, tmp_path: Path) -> None:
    case = house.file()
    house.sync("ada", "dan")
    target = tmp_path / "due.ics"

    written = house.ask("dan", "todo", "--ics", target)

    assert written["written"] == 1
    assert f"UID:turn-{case[:40]}" in target.read_text("utf-8").replace("\r\n ", "")
    first = target.read_bytes()
    house.ask("dan", "todo", "--ics", target)
    assert target.read_bytes() == first


def test_what_was_promised_is_told_until_an_office_has_confirmed_it(house: House, tmp_path: Path) -> None:
    case = decided(house)
    name = next(
        item["id"] for item in house.ask("ada", "commitments", case)["commitments"] if item["source"] == "condition"
    )
    assert kinds(house, "ada") == ["accept"]
    assert "It holds once you accept it" in house.run("ada", "todo").output
    house.ask("ada", "accept", case)
    house.ask("ada", "report", case, name, "--text", "Done.")
    house.sync("ada", "dan", "cleo")

    (item,) = (item for item in house.ask("dan", "todo")["items"] if item["kind"] == "to-confirm")
    assert item["said"]["code"] == "ConfirmReport"
    assert "Ada reports that “Train the team” is met." in house.run("dan", "todo").output
    assert "to-confirm" not in kinds(house, "cleo")
    assert "to-confirm" in kinds(house, "dan", "--changed-since", "2020-01-01")

    house.ask("dan", "return", case, name, "--reason", "Eve is missing.")
    house.sync("dan", "ada")
    assert "sent-back" in kinds(house, "ada")
    assert "was sent back: “Eve is missing.”" in house.run("ada", "todo").output
    written = house.ask("ada", "todo", "--ics", tmp_path / "due.ics")["written"]
    assert written == 3, "the training, the report of users and cost, and the end"


@pytest.mark.exhaustive
def test_what_is_handed_over_waits_for_the_successor(house: House) -> None:
    case = decided(house)
    house.ask("ada", "accept", case)
    house.ask("ada", "hand-over", case, "--to", "bob", "--reason", "I move on.")
    house.sync("ada", "bob")

    assert kinds(house, "bob") == ["take-over"]
    assert "Ada hands it over to you: “I move on.”." in house.run("bob", "todo").output
