"""Commitments at the terminal: listed, reported with a file, sent back, reported again and confirmed."""

from __future__ import annotations

from pathlib import Path

from tests.commands.house import House
from tests.commands.stages import stage


@stage
def decided(house: House) -> str:
    case = house.file()
    house.sync("ada", "dan", "cleo")
    house.ask("dan", "approve", case, "--condition", "2027-03-01|ada|Train the team|The list of who came")
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "dan", "ada")
    return case


def test_a_commitment_is_reported_sent_back_and_confirmed(house: House, tmp_path: Path) -> None:
    case = decided(house)
    listed = house.ask("ada", "commitments", case)
    training = next(item for item in listed["commitments"] if item["source"] == "condition")
    assert (training["state"], training["office"], training["evidence"]) == ("open", "ciso", ["The list of who came"])
    assert (listed["settled"], training["may"]) == (0, ["report"])
    assert {item["source"] for item in listed["commitments"]} >= {"condition", "control"}
    name, paper = training["id"][:12], tmp_path / "list.txt"
    paper.write_text("Ada, Eve")
    said = house.run("ada", "commitments", case).output
    assert f"{name}  open  2027-03-01  Train the team" in said
    assert "condition, met by Ada, CISO confirms it" in said

    assert house.ask("dan", "confirm", case, name, expect=2)["refusal"]["code"] == "NothingReported"
    assert house.ask("cleo", "report", case, name, "--text", "x", expect=2)["refusal"]["code"] == "NotYoursToReport"
    assert house.ask("ada", "report", case, "f" * 64, "--text", "x", expect=2)["refusal"]["code"] == "NoSuchCommitment"
    assert house.ask("ada", "report", case, name, "--text", "Done.", "--attach", str(paper))["state"] == "reported"
    house.sync("ada", "dan", "cleo")
    assert house.ask("cleo", "confirm", case, name, expect=2)["refusal"]["code"] == "OtherOfficeAsked"
    shown = house.run("dan", "return", case, name, "--reason", "Eve is missing.").output
    assert "Done." in shown
    assert "list.txt" in shown
    house.sync("dan", "ada")
    back = next(item for item in house.ask("ada", "commitments", case)["commitments"] if item["id"] == training["id"])
    assert (back["state"], back["returned"]["text"]) == ("open", "Eve is missing.")
    assert house.ask("ada", "report", case, name, "--text", "Now all.")["state"] == "reported"
    house.sync("ada", "dan", "cleo")
    assert house.ask("dan", "confirm", case, name)["state"] == "confirmed"
    house.sync("dan", "ada")
    assert house.ask("ada", "commitments", case)["settled"] == 1
    assert (
        house.ask("ada", "report", case, name, "--text", "Again.", expect=2)["refusal"]["code"] == "CommitmentSettled"
    )
