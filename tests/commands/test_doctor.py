"""The doctor: plain words, and exit code 1 as soon as something needs attention."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from intake.register import migrations
from intake.services.installation.workspace import Workspace
from tests.commands.house import document, run, settle_in, text_of


def codes(house, who, *words, expect=1):
    return {item["code"] for item in house.ask(who, "doctor", *words, expect=expect)["findings"]}


def test_a_healthy_installation(house):
    house.sync("bob")

    said = house.run("bob", "doctor", "--thorough").stdout
    facts = {text_of(item["label"]): text_of(item["value"]) for item in house.ask("bob", "doctor")["facts"]}

    assert said.rstrip().endswith("All is well.")
    assert facts["Roster"].startswith("version 1, good until ")
    assert "journal" in facts["SQLite"]
    assert facts["Register"].startswith("format {}.{}".format(*migrations.HEAD))
    assert facts["Exchange folder"].endswith("readable and writable")
    assert facts["Person"] == "bob, administrator, records"


def test_a_fresh_home_needs_an_organisation_and_a_key(tmp_path):
    found = document(run("doctor", "--home", tmp_path / "home", "--json", expect=1), "doctor")

    assert {item["code"] for item in found["findings"]} == {"no-organisation", "no-key"}
    assert all(item["said"]["text"] and item["next"]["text"] for item in found["findings"])


@pytest.mark.parametrize("gone", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_register_that_has_gone(house, gone):
    package = house.root / "everything.countersign"
    house.run("ada", "export", package)
    gone(Workspace(house.home("bob")).register)

    assert codes(house, "bob") == {"register-lost", "no-organisation"}
    # What others have comes back, and then nothing is missing.
    house.run("bob", "roster", "accept", house.org, "--yes")
    house.run("bob", "import", package)
    assert house.run("bob", "doctor").output.rstrip().endswith("All is well.")


def test_a_folder_that_has_gone(house):
    house.sync("bob")
    shutil.rmtree(house.shared)

    assert codes(house, "bob") == {"folder"}


def test_a_key_that_is_not_listed(house):
    settle_in(house.home("bob"), "mallory")

    assert codes(house, "bob") == {"key-not-listed"}


def test_a_key_file_that_has_gone(house):
    shutil.rmtree(Workspace(house.home("bob")).keys)

    assert codes(house, "bob") == {"key-missing"}


def test_what_lies_in_quarantine(house):
    (house.root / "bad.p7m").write_bytes(b"0")
    (house.shared / house.org / "ev").mkdir(parents=True)
    (house.shared / house.org / "ev" / "bad.p7m").write_bytes(b"0")
    house.sync("bob")

    assert codes(house, "bob") == {"quarantine"}
