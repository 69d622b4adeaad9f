"""Every command answers with one JSON document its schema describes; ``House.ask`` holds each against it."""

from __future__ import annotations

import pytest

from intake.services.installation.workspace import Workspace
from tests.commands.house import House, document, run, settle_in
from tests.people import person


def test_keys_and_enrolment(house, tmp_path):
    new = House(house.root, house.org)
    (house.root / "homes" / "gina").mkdir()

    made = new.ask("gina", "new-key", "Gina Gold", "--person", "gina")
    asked = new.ask("gina", "enrol", "--name", "Gina Gold", "--out", tmp_path / "gina.p7m")
    file = Workspace(house.home("gina")).keys / f"{made['fingerprint']}.p12"
    used = new.ask("hans", "use-key", file, "--person", "hans")

    assert made["fingerprint"] == used["fingerprint"] == asked["fingerprint"]
    assert (tmp_path / "gina.p7m").is_file()
    assert len(asked["words"].split()) == 10


def test_founding_an_organisation(house, tmp_path):
    homes = House(tmp_path, "")
    (tmp_path / "passphrase").write_bytes(house.passphrase.read_bytes())
    for who in ("bob", "finn"):
        settle_in(homes.home(who), who)
        homes.ask(who, "enrol", "--name", who.title(), "--unit", "IT", "--out", tmp_path / f"{who}.p7m")

    homes.ask("bob", "import", tmp_path / "finn.p7m")
    roles = ["--person", "bob=administrator,cio", "--person", "finn=administrator,ciso"]
    found = homes.ask("bob", "roster", "found", "New Works", *roles, "--yes")
    homes.ask("bob", "export", tmp_path / "organisation.countersign")
    joined = homes.ask("finn", "roster", "accept", tmp_path / "organisation.countersign", "--yes")
    homes.ask("finn", "import", tmp_path / "organisation.countersign")
    endorsed = homes.ask("finn", "roster", "endorse", found["roster"], "--yes")

    assert not found["in_force"]
    assert found["missing"] == ["finn"]
    assert joined["organisation"] == found["organisation"]
    assert joined["words"] == found["words"]
    assert endorsed["in_force"]
    assert homes.ask("finn", "roster", "show")["name"] == "New Works"


def test_keeping_a_roster(house):
    settle_in(house.home("gina"), "gina")
    house.run("gina", "roster", "accept", house.org, "--yes")
    house.run("gina", "enrol", "--name", "Gina", "--out", house.root / "gina.p7m")
    house.run("bob", "import", house.root / "gina.p7m")

    asking = house.ask("bob", "roster", "show")["asking"]
    listed = house.ask("bob", "roster", "list-person", "gina", "--role", "auditor", "--yes")
    house.sync("bob", "finn")
    house.ask("finn", "roster", "endorse", listed["roster"], "--yes")
    house.sync("finn", "bob")
    granted = house.ask("bob", "roster", "grant-role", "gina", "records")
    house.sync("bob", "finn")
    house.run("finn", "roster", "endorse", granted["roster"], "--yes")
    house.sync("finn", "bob")
    ended = house.ask("bob", "roster", "end-role", "gina", "auditor")
    house.sync("bob", "finn")
    house.run("finn", "roster", "endorse", ended["roster"], "--yes")
    cut = house.ask("finn", "roster", "cut-off", person("gina").fingerprint)
    house.sync("finn", "bob")
    house.run("bob", "roster", "endorse", cut["roster"], "--yes")
    house.ask("bob", "roster", "checkpoint")

    assert [item["person"] for item in asking] == ["gina"]
    shown = house.ask("bob", "roster", "show")
    assert shown["version"] == 5
    gina = next(item for item in shown["people"] if item["person"] == "gina")
    assert gina["roles"] == ["records"]


def test_settling_without_rivals_is_answered_in_words(house):
    found = house.ask("bob", "roster", "settle", expect=2)

    assert found["refusal"]["code"] == "NoRivals"


def test_drafts_and_filing(house):
    questions = house.ask("ada", "questions")["questions"]
    evidence = next(item["id"] for item in questions if item["kind"] == "files")
    (house.root / "test.csv").write_text("question;right\n")

    attached = house.ask("ada", "draft", house.answers(), "--attach", f"{evidence}={house.root / 'test.csv'}")
    again = house.ask("ada", "draft", house.answers(), "--into", attached["draft"])
    checked = house.ask("ada", "check", attached["draft"])
    listed = house.ask("ada", "drafts")["drafts"]
    filed = house.ask("ada", "file", attached["draft"])

    assert again["draft"] == attached["draft"]
    assert again["open"] == 0
    assert checked["problems"] == []
    assert [item["draft"] for item in listed] == [attached["draft"]]
    assert filed["number"] == 1
    assert house.ask("ada", "drafts")["drafts"] == []
    assert house.ask("ada", "withdraw", filed["reference"], "--reason", "Not needed.")["case"] == filed["case"]


def test_lists_cases_and_opinions(house):
    case = house.file()
    house.sync("ada", "dan", "cleo")

    house.ask("dan", "comment", case, "Who checks the output?")
    house.ask("dan", "request-changes", case, "--reason", "Say who checks the output.")
    house.ask("cleo", "decline", case, "--reason", "Not now.")
    house.sync("dan", "cleo", "dan", "ada")

    assert house.ask("ada", "list")["cases"][0]["case"] == case
    assert house.ask("ada", "list", "nothing", "like", expect=64)["refusal"]["code"] == "NotUnderstood"
    assert house.ask("ada", "list", "surely-not-there")["cases"] == []
    assert house.ask("dan", "inbox")["office"] == "ciso"
    shown = house.ask("dan", "show", case)
    assert [item["position"] for item in shown["offices"]] == ["decline", "changes"]


@pytest.mark.exhaustive
def test_a_list_as_a_file_for_spreadsheets(house, tmp_path):
    case = house.file()
    house.sync("ada", "dan")
    target = tmp_path / "list.csv"

    written = house.ask("dan", "list", "--csv", target)
    waits = house.ask("dan", "inbox", "--csv", tmp_path / "inbox.csv")
    none = house.ask("dan", "list", "--only", "phase=declined", "--only", "turn=records", "--sort", "title")

    assert case in target.read_text("utf-8-sig")
    assert written["written"] == len(house.ask("dan", "list", "--limit", "1000")["cases"])
    assert (tmp_path / "inbox.csv").read_bytes().count(b"\r\n") == waits["written"] + 1
    assert none["cases"] == []
    (listed,) = (item for item in house.ask("dan", "list")["cases"] if item["case"] == case)
    assert (listed["due"]["what"], listed["due"]["of"]) == ("opinion", ["cio", "ciso"])


@pytest.mark.exhaustive
def test_records_and_the_acts_beside_them(decided):
    house, case = decided

    saved = house.ask("bob", "record", case, house.root / "again.pdf")
    written = house.ask("bob", "acts", house.root / "again")
    verdict = house.ask("bob", "verify", house.root / "again.pdf", *sorted((house.root / "again").glob("*.p7m")))
    completed = house.ask("dan", "complete", case, expect=2)

    assert verdict["indication"] == "TOTAL-PASSED"
    assert verdict["files"][0]["sha256"] == saved["sha256"]
    assert len(verdict["files"]) == written["acts"] + 1
    assert completed["refusal"]["code"] == "NothingToSign"


@pytest.mark.exhaustive
def test_exchange_and_upkeep(house):
    house.file()
    sent = house.ask("ada", "sync", "--folder", house.shared)
    quiet = house.ask("ada", "sync")
    packed = house.ask("ada", "export", house.root / "all.countersign")
    (house.root / "broken.countersign").write_bytes(b"PK\x03\x04 broken")
    both = house.ask("dan", "import", house.root / "broken.countersign", house.root / "all.countersign", expect=3)
    (house.shared / house.org / "stray.txt").write_text("not ours")
    strange = house.ask("dan", "sync", "--folder", house.shared)

    assert sent["sent"] > 0
    assert [item["text"] for item in quiet["summary"]] == ["Nothing new on either side."]
    assert packed["acts"] > 5
    assert both["files"][0]["refusal"] == both["refusal"]
    assert [item["indication"] for item in both["files"]] == ["UNREADABLE", "TOTAL-PASSED"]
    assert both["files"][1]["new"] == 1
    assert strange["problems"][0]["code"] == "UnknownFile"
    assert house.ask("dan", "quarantine")["total"] == 1
    assert house.ask("dan", "rebuild", "--check")["identical"]
    assert house.ask("dan", "rebuild")["identical"]
    assert house.ask("dan", "backup", house.root / "backup.sqlite")["file"].endswith("backup.sqlite")


@pytest.mark.exhaustive
def test_the_self_test_without_its_window():
    found = document(run("selftest", "--no-window", "--json"), "selftest")

    assert len(found["steps"]) == 5


@pytest.mark.exhaustive
def test_a_step_of_the_demonstration(tmp_path):
    (tmp_path / "stick").mkdir()

    found = document(run("demo", "--step", "enrol", "--out", tmp_path, "--json"), "demo")

    assert len(found["lines"]) == 5
    assert document(run("demo", "--step", "dance", "--json", expect=1), "demo")["refusal"]["code"] == "StepFailed"


# ------------------------------------------------------------------------------------------------------ joining
def test_the_words_are_compared_before_an_organisation_is_accepted(house, tmp_path):
    home = ("--home", tmp_path / "home")

    refused = run("roster", "accept", house.org, *home, expect=2, typed="n\n")
    taken = run("roster", "accept", house.org, *home, typed="y\n")

    assert "words were not confirmed" in refused.stderr
    words = house.ask("bob", "roster", "show")["words"]
    assert words in refused.stderr
    assert words in taken.stdout


def test_nobody_to_confirm_is_a_refusal(house, tmp_path):
    result = run("roster", "accept", house.org, "--home", tmp_path / "home", "--json", expect=2, typed="")

    assert document(result, "roster", "accept")["refusal"]["code"] == "NothingTyped"


@pytest.mark.parametrize("name", ["Test Works", "12", "../somewhere"])
def test_an_organisation_is_accepted_by_its_id_only(tmp_path, name):
    result = run("roster", "accept", name, "--home", tmp_path / "home", "--json", expect=2)

    assert document(result, "roster", "accept")["refusal"]["code"] == "NotAnOrganisation"


def test_what_is_no_package_names_no_organisation(tmp_path):
    other = tmp_path / "letter.countersign"
    other.write_bytes(b"hello")

    result = run("roster", "accept", other, "--home", tmp_path / "home", "--json", expect=2)

    assert document(result, "roster", "accept")["refusal"]["code"] == "NotAPackage"
