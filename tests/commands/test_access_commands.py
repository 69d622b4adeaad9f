"""Who can read a use case, at the terminal: an organisation becomes confidential, and everybody who needs a case has it."""

from __future__ import annotations

import shutil

import pytest

from tests.commands.house import House


@pytest.fixture
def confidential(house: House) -> House:
    """Bob and Finn have decided that what travels is for readers only, and everybody has opened what was handed to them."""
    written = house.ask("bob", "roster", "exchange", "--to", "confidential")
    house.sync("bob", "finn")
    house.ask("finn", "roster", "endorse", written["change"]["roster"], "--yes")
    # What lies in the old folder is open: a new one begins with nothing that everybody can read.
    shutil.rmtree(house.shared)
    house.shared.mkdir()
    house.sync("finn")
    for who in ("bob", "ada", "cleo", "dan"):
        refused = house.run(who, "sync", "--folder", house.shared, expect=2)
        assert "your register would send what everybody can read" in refused.output
        house.ask(who, "access", "open")
        house.sync(who)
    return house


def test_an_organisation_says_how_it_exchanges(house: House) -> None:
    assert house.ask("dan", "roster", "exchange") == {"ok": True, "reading": "open", "change": None}

    written = house.ask("bob", "roster", "exchange", "--to", "confidential")
    house.sync("bob", "finn")
    assert "What travels between registers becomes “confidential”" in house.run(
        "finn", "roster", "show"
    ).output.replace('"', "“", 1).replace('"', "”", 1)
    house.ask("finn", "roster", "endorse", written["change"]["roster"], "--yes")

    assert house.ask("finn", "roster", "exchange")["reading"] == "confidential"


def test_readers_are_told_by_name_and_ground(confidential: House) -> None:
    case = confidential.file()

    told = confidential.ask("ada", "access", case)

    assert told["reading"] == "confidential"
    assert {item["person"]: item["grounds"] for item in told["readers"]} == {
        "ada": ["owner"], "bob": ["records"], "cleo": ["cio"], "dan": ["ciso"],
    }  # fmt: skip
    assert all(item["has_key"] and item["given_by"] == "Ada" for item in told["readers"])


def test_what_was_handed_over_is_opened_with_the_passphrase(confidential: House) -> None:
    case = confidential.file()
    confidential.sync("ada", "cleo")
    assert confidential.ask("cleo", "list")["cases"] == []

    opened = confidential.ask("cleo", "access", "open")

    assert (opened["keys"], opened["cases"]) == (1, [case])
    assert opened["new"] > 0
    assert [row["case"] for row in confidential.ask("cleo", "list")["cases"]] == [case]


def test_a_request_is_decided_where_nothing_can_be_read_on_the_way(confidential: House) -> None:
    case = confidential.file()
    confidential.sync("ada", "cleo", "dan")
    for who in ("cleo", "dan"):
        confidential.ask(who, "access", "open")
    confidential.run("dan", "approve", case)
    confidential.sync("dan", "cleo")
    confidential.run("cleo", "approve", case)
    confidential.sync("cleo", "ada", "bob")
    confidential.ask("bob", "access", "open")

    told = confidential.ask("ada", "case", "show", case)
    assert told["phase"] == "decided"
    shown = b"".join(path.read_bytes() for path in confidential.shared.rglob("*") if path.is_file())
    assert case.encode() not in shown
    assert told["title"].encode() not in shown
    # As acts write a name: three letters alone are somewhere in enough random bytes.
    assert b'"Ada"' not in shown


def test_access_is_given_to_those_who_may_read_only(confidential: House) -> None:
    case = confidential.file()

    refusal = confidential.ask("ada", "access", "grant", case, "--to", "finn", expect=2)["refusal"]
    given = confidential.ask("ada", "access", "grant", case, "--to", "cleo")

    assert refusal["code"] == "MayNotRead"
    assert given["keys"] == 0  # filing it gave them to everybody
    said = confidential.run("ada", "access", "grant", case, "--to", "cleo").output
    assert "Everybody who may read it has the key." in said


def test_nothing_has_to_be_given_where_the_exchange_is_open(house: House) -> None:
    case = house.file()

    assert house.ask("ada", "access", case)["reading"] == "open"
    refusal = house.ask("ada", "access", "grant", case, "--to", "cleo", expect=2)["refusal"]
    assert refusal["code"] == "OpenExchange"


def test_somebody_who_does_not_read_it_gives_no_access(confidential: House) -> None:
    case = confidential.file()
    confidential.sync("ada", "finn")

    assert confidential.ask("finn", "access", case, expect=2)["refusal"]["code"] == "NoSuchCase"
