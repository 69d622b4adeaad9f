"""Use cases at the terminal, told apart by what both offices do without."""

from __future__ import annotations

import csv
import json

import pytest

import resources
from intake.services.installation.workspace import read_playbook
from tests.commands.house import House
from tests.filled import filled

WITHOUT = ("--waive", "pilot|It ran next door for a year.", "--waive", "evidence:evidence.pilot|It is kept next door.")


def scaled(house: House) -> str:
    """Scaled use that its owner asks for and both offices approve, with no pilot before it."""
    guide = filled(read_playbook(resources.read, resources.names), {"start.stage": "scaled"})
    path = house.root / "scaled.json"
    path.write_text(json.dumps({name: answer.value for name, answer in guide.answers.items()}))
    case = str(house.ask("ada", "file", house.ask("ada", "draft", path)["draft"])["case"])
    house.ask("ada", "literacy", "acknowledge", "--yes")  # scaled use asks for training
    house.sync("ada", "dan")
    house.ask("dan", "approve", case, *WITHOUT)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    return case


@pytest.mark.exhaustive
def test_what_runs_without_a_pilot_is_told_and_listed(house: House) -> None:
    other, case = house.file(), scaled(house)

    every = {row["case"]: row["waived"] for row in house.ask("cleo", "list")["cases"]}
    table = house.root / "list.csv"
    written = house.ask("cleo", "list", "--waived", "pilot", "--csv", table)

    assert every == {case: "pilot", other: ""}
    for words in (("--waived", "pilot"), ("--only", "waived=pilot"), ("--waived", "pilot", "--only", "phase=decided")):
        assert [row["case"] for row in house.ask("cleo", "list", *words)["cases"]] == [case]
    assert house.ask("cleo", "list", "--waived", "evidence")["cases"] == []
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["case"], row["waived"]) for row in csv.DictReader(file)] == [(case, "pilot")]
    assert written["written"] == 1
