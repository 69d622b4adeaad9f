"""Comparing and choosing at a terminal: the rows of the window, and the same refusals."""

from __future__ import annotations

import json
import shutil

import pytest

from intake.services.installation.workspace import Workspace
from tests.commands.house import House
from tests.services.competing import ONE, OTHER, PERSONAL, PROBLEM


def file_again(house: House, who: str, case: str, given: dict[str, str]) -> str:
    path = house.root / "again.json"
    path.write_text(json.dumps(given))
    draft = house.ask(who, "draft", path, "--case", case)["draft"]
    return str(house.ask(who, "file", draft)["revision"])


@pytest.fixture
def competing(house: House) -> tuple[str, str, str]:
    """A case with two revisions that Ada filed apart, at two desks; gives the case and both."""
    case = house.file()
    desk = house.home("ada-at-home")
    shutil.copytree(house.home("ada"), desk)
    here = file_again(house, "ada", case, {PROBLEM: ONE})
    there = file_again(house, "ada-at-home", case, {PROBLEM: OTHER, PERSONAL: "ordinary", "data.dpia": "unneeded"})
    house.sync("ada-at-home", "ada")
    assert Workspace(desk).settings().person == "ada"
    return case, here, there


@pytest.mark.exhaustive
def test_the_rows_are_printed_with_who_signed_each_and_when(house: House, competing: tuple[str, str, str]) -> None:
    case, here, there = competing

    found = house.ask("ada", "compare", case)

    assert found["competing"]
    assert {item["id"] for item in found["revisions"]} == {here, there}
    assert {item["name"] for item in found["revisions"]} == {"Ada"}
    row = next(item for item in found["differs"] if item["question"] == PROBLEM)
    order = [item["id"] for item in found["revisions"]]
    assert {revision: answer["said"] for revision, answer in zip(order, row["answers"], strict=True)} == {
        here: ONE,
        there: OTHER,
    }
    assert len(found["every"]) == 3
    printed = house.run("ada", "compare", case).stdout
    assert "These revisions compete" in printed
    assert f"  2 {here[:4]} {here[4:8]}: {ONE}" in printed
    assert f"same: {len(found['same'])}" in printed


@pytest.mark.exhaustive
def test_others_are_compared_by_number_and_by_id(house: House, competing: tuple[str, str, str]) -> None:
    case, here, _ = competing

    found = house.ask("ada", "compare", case, "--revision", "1", "--revision", here[:10])
    several = house.ask("ada", "compare", case, "--revision", "2", expect=2)
    nothing = house.ask("ada", "compare", house.file(), expect=2)

    assert [item["number"] for item in found["revisions"]] == [2, 1]
    assert [item["question"] for item in found["differs"]] == [PROBLEM]
    assert several["refusal"]["code"] == "SeveralRevisions"
    assert nothing["refusal"]["code"] == "OnlyOneRevision"


def test_answers_are_chosen_and_the_result_filed(house: House, competing: tuple[str, str, str]) -> None:
    case, here, there = competing
    draft = house.ask("ada", "draft", empty(house), "--case", case)["draft"]
    refused = house.ask("ada", "file", draft, expect=2)

    part = house.ask("ada", "keep", draft, "--question", "purpose")
    one = house.ask("ada", "choose", draft, "--revision", here[:12], "--question", PROBLEM)
    rest = house.ask("ada", "choose", draft, "--revision", there[:12])
    back = house.ask("ada", "choose", draft, "--revision", here[:12], "--question", PROBLEM)

    assert refused["refusal"]["code"] == "NotReadyToFile"
    assert part["kept"] == []
    assert one["chosen"] == [PROBLEM]
    assert PROBLEM not in one["left"]
    assert PERSONAL in one["left"]
    assert rest["left"] == back["left"] == []
    assert house.ask("ada", "file", draft)["number"] == 3
    assert not house.ask("ada", "compare", case)["competing"]


def test_a_draft_in_which_nothing_competes_is_refused(house: House) -> None:
    new = house.ask("ada", "draft", house.answers())["draft"]

    assert house.ask("ada", "choose", new, "--revision", "1", expect=2)["refusal"]["code"] == "NothingCompetes"


def empty(house: House):
    path = house.root / "none.json"
    path.write_text("{}")
    return path
