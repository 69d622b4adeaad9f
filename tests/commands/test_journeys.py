"""The ways to a decision, typed command by command: both orders of signing, both first, by folder and by package."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.commands.house import run


def approve(house, who, case, *words):
    return house.ask(who, "approve", case, *words)


def passes(house, case, *, by="ada"):
    """The record as one person has it, judged by nothing but files."""
    record, acts = house.root / f"{by}.pdf", house.root / f"acts-{by}"
    house.run(by, "record", case, record)
    house.run(by, "acts", acts, "--case", case)
    return run("verify", "--org", house.org, "--acts", acts, record).stdout.startswith("TOTAL-PASSED")


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(("dan", "cleo"), id="ciso-first", marks=pytest.mark.exhaustive),  # as the sample and most tests do
        pytest.param(("cleo", "dan"), id="cio-first"),
    ],
)
def test_either_office_may_sign_first(house, order):
    first, second = order
    case = house.file()
    house.sync("ada", first)

    proposed = approve(house, first, case, "--users", "20")
    house.sync(first, second)
    decided = approve(house, second, case)
    house.sync(second, "ada", "bob")

    assert (proposed["phase"], proposed["sealed"]) == ("countersign", False)
    assert (decided["phase"], decided["sealed"]) == ("decided", True)
    assert proposed["terms"] == decided["terms"]
    shown = house.ask("ada", "show", case)
    assert shown["may_run"]
    assert shown["in_force"]["boundaries"]["user_permissions"]["max_users"] == 20
    assert passes(house, case)


@pytest.mark.exhaustive
def test_both_offices_sign_first_and_one_completes_the_record(house):
    case = house.file()
    house.sync("ada", "dan", "cleo")

    alone = [approve(house, who, case) for who in ("dan", "cleo")]
    house.sync("dan", "cleo", "dan", "bob")
    turn = house.ask("bob", "show", case)
    (waiting,) = turn["turn"]
    sealed = house.ask({"cio": "cleo", "ciso": "dan"}[waiting], "complete", case)
    assert house.ask({"cio": "cleo", "ciso": "dan"}[waiting], "complete", case) == sealed
    house.sync("cleo", "dan", "ada")

    assert [found["phase"] for found in alone] == ["countersign", "countersign"]
    assert turn["phase"] == "decided"
    assert house.ask("ada", "show", case)["turn"] == []
    assert passes(house, case)


@pytest.mark.exhaustive
def test_approving_again_says_that_it_is_said_and_signs_nothing(house):
    case = house.file()
    house.sync("ada", "dan")
    approve(house, "dan", case)
    waiting = approve(house, "dan", case)
    house.sync("dan", "cleo")
    approve(house, "cleo", case)

    typed = house.run("cleo", "approve", case)
    again = approve(house, "cleo", case)

    assert "You have approved these terms already" in typed.stdout
    assert "Nothing needs to be done." in typed.stdout
    assert (again["already"]["code"], again["phase"], again["turn"]) == ("AlreadyApproved", "decided", [])
    assert (waiting["phase"], waiting["already"]["next"]) == ("countersign", "It is the turn of the CIO.")
    seen = house.ask("cleo", "show", case)
    saved = house.ask("cleo", "record", case, house.root / "again.pdf")
    assert [item["sha256"] for item in seen["record"].pop("sealed")] == [saved["sha256"]]
    assert seen["record"] == {"state": "sealed", "sha256": saved["sha256"], "rivals": []}
    assert seen["set_aside"] == []
    assert saved["state"] == "sealed"


@pytest.mark.exhaustive
def test_the_package_route_needs_no_folder(house):
    stick = house.root / "stick"
    stick.mkdir()
    case = house.file()

    house.run("ada", "export", stick / "request.countersign", "--case", case)
    took = house.ask("dan", "import", stick / "request.countersign")
    approve(house, "dan", case, "--users", "10")
    house.run("dan", "export", stick / "approved.countersign", "--case", case)
    house.run("cleo", "import", stick / "approved.countersign")
    decided = approve(house, "cleo", case)
    house.run("cleo", "export", stick / "decided.countersign", "--case", case)
    back = house.ask("ada", "import", stick / "decided.countersign")

    assert took["files"][0]["new"] == 1
    assert decided["sealed"]
    assert back["files"][0]["new"] == 3
    assert back["files"][0]["refused"] == 0
    house.run("ada", "accept", case)
    assert passes(house, case)


@pytest.mark.exhaustive
def test_other_terms_make_it_the_first_office_s_turn_again(house):
    case = house.file()
    house.sync("ada", "dan")
    approve(house, "dan", case, "--users", "10")
    house.sync("dan", "cleo")

    due = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    countered = approve(house, "cleo", case, "--condition", f"{due}|ada|Train everybody")
    house.sync("cleo", "dan")
    seen = house.ask("dan", "show", case)
    agreed = approve(house, "dan", case)
    house.sync("dan", "ada")

    assert (countered["phase"], countered["turn"]) == ("terms-differ", ["ciso"])
    assert [item["label"] for item in seen["differences"]] == ["Condition"]
    assert agreed["sealed"]
    house.run("ada", "accept", case)
    assert passes(house, case)


@pytest.mark.exhaustive
def test_terms_printed_and_edited_are_the_terms_that_are_signed(house):
    case = house.file()
    house.sync("ada", "dan")
    terms = json.loads(house.run("dan", "show", case, "--terms").stdout)
    terms["boundaries"]["model_scope"]["model"] = "Another model"
    (house.root / "terms.json").write_text(json.dumps(terms))

    approve(house, "dan", case, "--terms", house.root / "terms.json", "--reason", "The other one is gone.")

    assert house.ask("dan", "show", case)["proposal"] == terms


def test_a_declined_case_has_a_record_of_one_signature(house):
    case = house.file()
    house.sync("ada", "cleo")

    declined = house.ask("cleo", "decline", case, "--reason", "The provider keeps the prompts.")
    house.sync("cleo", "ada")

    assert declined["phase"] == "declined"
    assert passes(house, case)


@pytest.mark.exhaustive
def test_a_withdrawn_case_has_a_record_of_its_owner(house):
    case = house.file()

    house.ask("ada", "withdraw", case, "--reason", "The team was dissolved.")

    assert house.ask("ada", "show", case)["phase"] == "withdrawn"
    assert passes(house, case)


@pytest.mark.exhaustive
def test_changes_are_asked_for_and_a_second_revision_is_decided(house):
    case = house.file()
    house.sync("ada", "dan")
    house.ask("dan", "request-changes", case, "--reason", "Say who checks the output.")
    house.sync("dan", "ada")
    mine = house.ask("ada", "inbox")["cases"]

    assert house.file(case=case) == case
    house.sync("ada", "dan")
    approve(house, "dan", case)
    house.sync("dan", "cleo")
    decided = approve(house, "cleo", case)

    assert [row["case"] for row in mine] == [case]
    assert decided["sealed"]
    assert house.ask("cleo", "show", case)["number"] == 2
