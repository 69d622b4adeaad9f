"""Filing a draft at a terminal after something has come to its use case: look first, then say so."""

from __future__ import annotations

import pytest

from tests.commands.house import House, document


@pytest.fixture
def stale(filed: tuple[House, str]) -> tuple[House, str, str]:
    """A draft of the next revision, and a request for changes that came after it was begun."""
    house, case = filed
    draft = str(house.ask("ada", "draft", house.answers(), "--case", case)["draft"])
    house.run("dan", "request-changes", case, "--reason", "Say who may read it.")
    house.sync("dan", "ada")
    return house, case, draft


@pytest.mark.exhaustive
def test_a_draft_is_refused_before_a_passphrase_while_something_was_not_seen(stale: tuple[House, str, str]) -> None:
    house, case, draft = stale

    found = document(house.run("ada", "file", draft, "--json", expect=2, typed=""), "file")

    assert found["refusal"]["code"] == "NotSeenYet"
    told = house.run("ada", "file", draft, expect=2, typed="")
    assert told.stdout.endswith(f"then: countersign file {draft} --seen\n")
    assert "Dan (CISO) requested changes to revision 1 since you began this draft." in told.stderr
    (happened,) = house.ask("ada", "check", draft)["not_seen"]
    assert (happened["code"], happened["text"]) == (
        "NewsAskedForChanges",
        "Dan (CISO) requested changes to revision 1",
    )
    assert "not seen yet: Dan (CISO) requested changes to revision 1" in house.run("ada", "check", draft).stdout
    assert house.ask("ada", "show", case)["number"] == 1


@pytest.mark.exhaustive
def test_the_draft_of_another_persons_use_case_is_refused_before_a_passphrase(stale: tuple[House, str, str]) -> None:
    house, _, draft = stale

    found = document(house.run("ada", "file", draft, "--as", "eve", "--json", expect=2, typed=""), "file")

    assert found["refusal"]["code"] == "NotYours"


def test_what_was_seen_is_listed_and_the_draft_is_filed(stale: tuple[House, str, str]) -> None:
    house, case, draft = stale

    said = house.run("ada", "file", draft, "--seen").stdout

    assert said.startswith("Seen: Dan (CISO) requested changes to revision 1.\n")
    assert house.ask("ada", "show", case)["number"] == 2


def test_without_anything_new_nobody_is_asked(filed: tuple[House, str]) -> None:
    house, case = filed
    draft = house.ask("ada", "draft", house.answers(), "--case", case)["draft"]

    assert house.ask("ada", "check", draft)["not_seen"] == []
    assert house.ask("ada", "file", draft)["number"] == 2


@pytest.mark.exhaustive
def test_to_have_seen_it_is_not_enough_for_what_comes_later(stale: tuple[House, str, str]) -> None:
    house, _, draft = stale
    document(house.run("ada", "file", draft, "--seen", "--json", expect=2, typed=""), "file")
    house.run("dan", "decline", house.ask("ada", "list")["cases"][0]["case"], "--reason", "No.")
    house.sync("dan", "ada")

    found = document(house.run("ada", "file", draft, "--json", expect=2, typed=""), "file")

    assert found["refusal"]["code"] == "NotSeenYet"
    assert found["refusal"]["what"].startswith("Dan (CISO) declined revision 1 since")
