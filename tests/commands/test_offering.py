"""What holds for every command: its options, its answer in JSON, and how a wrong call is answered."""

from __future__ import annotations

import json
import os
import stat
import sys

import pytest

import resources
from intake import __version__
from intake.commands.table import COMMANDS, offered
from tests.commands.house import PASSPHRASE, document, run, schema_of, validator

THREE = {"TooLargeToRead", "NoSuchFile", "NotAFile"}
"""Refusals of what cannot be read at all."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_common_options(name):
    options = {flag for item in offered(name).parameters for flag in item.flags}

    assert {"--home", "--json", "--as", "--passphrase-file"} <= options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_schema(name):
    schema = validator(schema_of(*name.split())).schema

    assert schema["title"] == f"countersign {name} --json"
    assert schema["description"]


def test_there_is_no_schema_without_a_command():
    stored = {name.removeprefix("schema/").removesuffix(".json") for name in resources.names("schema")}

    assert stored - {"refusal"} == {schema_of(*name.split()) for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_a_secret(name):
    for item in offered(name).parameters:
        assert item.name == "passphrase_file" or "pass" not in item.name


def test_help_and_version_answer_at_once():
    assert "--home" in run("verify", "--help").stdout
    assert run("--version").stdout.strip() == __version__


# --------------------------------------------------------------------------------------------------- the wrong call
@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("roster", "nonsense"),
        ("verify",),
        ("list", "--nonsense"),
        ("list", "--limit", "many"),
        ("roster",),
    ],
)
def test_a_wrong_call_is_told_from_a_verdict(words):
    result = run(*words, expect=64)

    assert not result.stdout.startswith("{")
    assert result.output.strip()


@pytest.mark.parametrize("words", [("nonsense",), ("verify",), ("list", "--limit", "many"), ("roster",), ()])
def test_a_wrong_call_is_one_document_too(words):
    result = run("--json", *words, expect=64)

    found = json.loads(result.stdout)
    validator("refusal").validate(found)
    assert found["refusal"]["code"] == "NotUnderstood"


def test_a_refusal_is_three_sentences_on_the_error_stream(house):
    result = house.run("ada", "show", "UC-0000-0000", expect=2)

    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "There is no use case called UC-0000-0000 here.",
        "Only what has arrived in this register can be shown.",
        "Run: countersign list. Fetch from the exchange if it should be there.",
    ]


def test_the_same_refusal_is_one_document(house):
    found = house.ask("ada", "show", "UC-0000-0000", expect=2)

    assert found["refusal"]["code"] == "NoSuchCase"
    assert found["refusal"]["what"] == "There is no use case called UC-0000-0000 here."


# ------------------------------------------------------------------------------------------------------ passphrases
def test_a_passphrase_is_typed_unseen_where_no_file_holds_it(house):
    result = house.run("ada", "roster", "checkpoint", typed=PASSPHRASE + "\n")

    assert result.stdout.strip().startswith("Checkpoint")
    assert PASSPHRASE not in result.output


def test_the_environment_is_never_asked_for_a_passphrase(house, monkeypatch):
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE_FILE", str(house.passphrase))

    result = house.run("ada", "roster", "checkpoint", expect=2, typed="")

    assert "Nothing was typed" in result.stderr


def test_nobody_at_the_terminal_is_a_refusal_in_json_too(house):
    result = house.run("ada", "roster", "checkpoint", "--json", expect=2, typed="")

    assert document(result, "roster", "checkpoint")["refusal"]["code"] == "NothingTyped"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("wrong\n", "WrongPassphrase"),
        ("", "PassphraseFileUnusable"),
        ("\nsecond line", "PassphraseFileUnusable"),
        (b"\xff\xfe\x00", "PassphraseFileUnusable"),
        ("long" * 100_000, "TooLargeToRead"),
        (None, "NoSuchFile"),
        ("folder", "NotAFile"),
    ],
)
@pytest.mark.exhaustive
def test_an_unusable_passphrase_file_is_refused(house, content, code):
    house.passphrase.unlink()
    if content == "folder":
        house.passphrase.mkdir()
    elif content is not None:
        house.passphrase.write_bytes(content if isinstance(content, bytes) else content.encode())

    result = house.run("ada", "roster", "checkpoint", "--json", expect=3 if code in THREE else 2)

    assert document(result, "roster", "checkpoint")["refusal"]["code"] == code


def test_a_windows_line_end_is_no_part_of_a_passphrase(house):
    house.passphrase.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\nremark")

    house.ask("ada", "roster", "checkpoint")


def test_a_home_is_for_its_owner_only(tmp_path):
    run("list", "--home", tmp_path / "home")

    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")

    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        for words in (("list",), ("doctor",), ("verify", tmp_path / "file")):
            result = run(*words, "--home", home, "--json", expect=3)
            assert document(result, *words)["refusal"]["code"] == "HomeUnusable"
    assert (tmp_path / "file").read_text() == "mine"


def test_the_default_home_is_the_user_s_data_folder():
    from intake.commands.context import data_folder

    assert str(data_folder()).startswith(os.environ["XDG_DATA_HOME" if sys.platform == "linux" else "HOME"])
