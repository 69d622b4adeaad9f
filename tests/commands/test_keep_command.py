"""Confirming carried answers in a terminal: the same statuses and the same words as in the window."""

from __future__ import annotations

import resources
from intake.services.filing import filing
from intake.services.installation.workspace import Workspace, open_installation
from tests.commands.house import House


def begun(house: House) -> str:
    """A draft from a template, as somebody began it in the window."""
    installation = open_installation(Workspace(house.home("ada")), resources.read, resources.names)
    draft = filing.start_from_template(installation, "ada", "meeting-notes")
    installation.close()
    return draft


def test_what_is_to_check_is_listed_with_where_it_comes_from_and_confirmed_by_part(house: House) -> None:
    draft = begun(house)
    before = house.ask("ada", "check", draft)
    parts = {part["part"]: part for part in before["parts"]}
    assert parts["start"]["status"] == "to check"
    assert (parts["start"]["answered"], parts["start"]["to_check"], parts["start"]["asked"]) == (0, 5, 5)
    assert "It comes from the template “Meeting notes”." in before["to_check"][0]["text"]
    assert not {item["question"] for item in before["to_check"]} & {item["question"] for item in before["problems"]}
    assert "Before you start: to check, 0 of 5 answered, 5 to check" in house.run("ada", "check", draft).stdout

    done = house.ask("ada", "keep", draft, "--question", "start", "--question", "purpose.title")

    assert done["kept"] == [*(item["question"] for item in before["to_check"][:5]), "purpose.title"]
    assert done["left"] == len(before["to_check"]) - 6
    after = house.ask("ada", "check", draft)
    assert next(part["status"] for part in after["parts"] if part["part"] == "start") == "done"


def test_a_question_that_is_not_asked_anywhere_is_refused_and_nothing_confirmed(house: House) -> None:
    draft = begun(house)

    refused = house.run("ada", "keep", draft, "--question", "start", "--question", "nobody.asks", expect=2)

    assert "The playbook has no question called “nobody.asks”." in refused.output
    assert next(part["to_check"] for part in house.ask("ada", "check", draft)["parts"] if part["part"] == "start") == 5


def test_the_list_of_drafts_says_how_far_each_is(house: House) -> None:
    draft = begun(house)

    (row,) = [item for item in house.ask("ada", "drafts")["drafts"] if item["draft"] == draft]

    assert (row["title"], row["answered"], row["ready"]) == ("Minutes and task lists of internal meetings", 0, False)
    assert row["to_check"] > 20
    assert f"0 of {row['asked']} answered, {row['to_check']} to check" in house.run("ada", "drafts").stdout
