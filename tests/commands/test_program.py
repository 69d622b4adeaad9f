"""The program around its commands: which one is meant, what its help says, what it loads, and how it ends early."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake import __version__
from intake.commands.table import COMMANDS, GROUPS, below, offered
from intake.domain.base.reasons import of_object
from intake.domain.base.wording import words as words_of
from tests.commands.house import called, document, run, validator

PROGRAM = (sys.executable, "-m", "intake.cli")


# --------------------------------------------------------------------------------------------------------------- help
@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_says_all_it_takes(name):
    said = run(*name.split(), "--help").stdout

    command = offered(name)
    title, _, rows = said.partition("\nOptions:\n")
    assert title.startswith(f"Usage: countersign {name} [OPTIONS]")
    assert " ".join(command.does.split()) in " ".join(title.split())
    told = [line.split() for line in rows.splitlines() if line.startswith("  --")]
    shown = [item for item in command.parameters if item.flags and not item.hidden]
    assert [words[0] for words in told] == [*(item.flags[0] for item in shown), "--help"]
    for item in shown:
        assert set(item.flags) <= set(rows.split())
    for item in command.parameters:
        assert item.help or item.hidden
        assert item.flags or f"\n  {item.value}" in title or f"\n  [{item.value}" in title
        assert item.hidden or " ".join(item.help.split()) in " ".join(said.split())


@pytest.mark.parametrize("name", ["", *GROUPS, *COMMANDS])
def test_help_fits_a_terminal_of_80_columns_and_a_narrow_one(name, monkeypatch):
    for columns in (200, 80, 60):
        monkeypatch.setenv("COLUMNS", str(columns))

        said = run(*name.split(), "--help").stdout

        assert max(map(len, said.splitlines())) <= min(columns, 80)
        assert said == "\n".join(line.rstrip() for line in said.splitlines()) + "\n"


def listed(said: str) -> list[str]:
    rows = said.partition("\nCommands:\n")[2].splitlines()
    return [line[2:].partition("  ")[0] for line in rows if line[2] != " "]


def test_the_help_lists_every_command_in_its_order():
    assert listed(run("--help").stdout) == [*below(), "case", "roster", "playbook", "literacy"]
    for group, about in GROUPS.items():
        said = run(group, "--help").stdout
        assert listed(said) == list(below(group))
        assert about in said
    assert below()[:3] == ("new-key", "use-key", "enrol")
    assert {*below(), *(f"{group} {name}" for group in GROUPS for name in below(group))} == {*COMMANDS}


def test_without_a_word_help_is_shown_and_nothing_was_done():
    assert run(expect=64).stdout == run("--help").stdout
    assert run("roster", expect=64).stdout == run("roster", "--help").stdout


# ------------------------------------------------------------------------------------------------------ what is meant
@pytest.mark.parametrize(
    ("words", "said", "see"),
    [
        (("lsit",), "There is no command “lsit”. Did you mean list?", "countersign"),
        (("rooster", "show"), "There is no command “rooster”. Did you mean roster?", "countersign"),
        (("roster", "shwo"), "There is no command “shwo”. Did you mean show?", "countersign roster"),
        (("roster", "--version"), "There is no option “--version”.", "countersign roster"),
        (("new", "-key"), "There is no command “new”. Did you mean new-key?", "countersign"),
        (("roster show",), "There is no command “roster show”. Did you mean roster?", "countersign"),
        (("",), "There is no command “”.", "countersign"),
        (("--",), "The name of a command is missing.", "countersign"),
        (("--hom", "x", "list"), "There is no option “--hom”. Did you mean --home?", "countersign"),
        (("--home",), "--home needs a value. One that begins with a dash is written --home=VALUE.", "countersign"),
        (("--as", "ada"), "The name of a command is missing.", "countersign"),
        (("roster", "--as", "ada"), "The name of a command is missing.", "countersign roster"),
        (("list", "--version"), "There is no option “--version”.", "countersign list"),
    ],
)
def test_a_wrong_call_is_answered_with_what_was_probably_meant(words, said, see):
    people = called(*words)
    program = called("--json", *words)

    assert people.exit_code == program.exit_code == 64
    why = "The command line was not understood, so nothing was done."
    assert people.stdout == ""
    assert people.stderr.splitlines() == [said, why, f"See: {see} --help."]
    found = json.loads(program.stdout)
    validator("refusal").validate(found)
    facts = found["refusal"].pop("facts")
    assert found["refusal"] == {"code": "NotUnderstood", "what": said, "why": why, "next": f"See: {see} --help."}
    assert (words_of(of_object(facts["detail"])), facts["command"]) == (said, see)


def test_options_of_every_command_are_understood_before_and_behind_its_name(tmp_path):
    near, far = tmp_path / "near", tmp_path / "far"

    document(run("--home", near, "--json", "roster", "show"), "roster", "show")
    document(run("roster", "--home", near, "--json", "show"), "roster", "show")
    document(run("--home", far, "roster", "--home", far, "show", "--home", near, "--json"), "roster", "show")

    assert near.is_dir()
    assert not far.exists()


def test_the_version_is_told_whatever_follows():
    assert run("--version", "--home", "x", "no", "such").stdout == f"{__version__}\n"


def test_two_dashes_before_the_name_change_nothing(tmp_path):
    wrong = ("list", "--nonsense", "--home", tmp_path, "--json")

    assert run("--", *wrong, expect=64) == run(*wrong, expect=64)
    assert run("--", "list", "--home", tmp_path).stdout == run("list", "--home", tmp_path).stdout


def test_what_is_behind_two_dashes_does_not_ask_for_json(tmp_path):
    result = run("list", "--home", tmp_path, "--", "--json", "more", expect=64)

    assert result.stdout == ""
    assert result.stderr.startswith("“more” is one word too many.")


# ------------------------------------------------------------------------------------------------------------- loading
@pytest.mark.parametrize("words", ["--version", "doctor --help", "list --nonsense", "new-key --help"])
def test_a_command_loads_no_other(words):
    probe = (
        "import sys; from intake.cli import run\n"
        "run(sys.argv[1:])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('intake.commands.') or name in "
        "('PySide6', 'sqlalchemy', 'reportlab', 'intake.domain.acts.kinds', 'intake.domain.playbook.whole')))"
    )

    done = subprocess.run([sys.executable, "-c", probe, *words.split()], capture_output=True, text=True, check=True)

    around = {
        "context",
        "files",
        "helping",
        "offering",
        "parameters",
        "parsing",
        "program",
        "saying",
        "table",
        "terminal",
    }
    loaded = {name.removeprefix("intake.commands.") for name in done.stdout.splitlines()[-1].split()}
    wanted = {"doctor": {"doctor"}, "list": {"listing", "intake.domain.acts.kinds"}, "new-key": {"keys"}}
    assert loaded - around <= wanted.get(words.split()[0], set())


# -------------------------------------------------------------------------------------------------------------- ending
def test_nobody_reads_any_more(house):
    """As with ``head``: the program ends without a word."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, "list", "--home", house.home("ada")], stdout=write, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(write)

    assert (done.returncode, done.stderr) == (141, b"")


def test_a_bug_is_shown_and_is_no_verdict():
    """Python itself ends with 1, which a script reads as TOTAL-FAILED."""
    bug = "import sys; from intake import cli; cli.run = lambda words: 1 / 0; sys.argv[1:] = ['verify']; cli.main()"

    done = subprocess.run([sys.executable, "-c", bug], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("name", "shown", "detail"),
    [
        ("~nobody-of-this-name/x", "~nobody-of-this-name/x", "this computer knows no user of that name"),
        (b"/tmp/caf\xe9", "/tmp/caf?", "its name is not text in the encoding of this system"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ("list", "--home"),
        pytest.param(("drafts", "--home"), marks=pytest.mark.exhaustive),
        ("demo", "--headless", "--out"),
        pytest.param(("sync", "--folder"), marks=pytest.mark.exhaustive),
    ],
)
def test_a_folder_that_has_no_name_is_refused(words, name, shown, detail, tmp_path):
    own = [] if "--home" in words else ["--home", tmp_path]

    done = subprocess.run([*PROGRAM, *own, *words, name], capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == f"“{shown}” is the name of no folder that can be used: {detail}."
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [("--version",), ("verify", "--help"), ("show", "--json")])
def test_an_answer_that_cannot_be_written_is_refused_as_that(words):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 3
    assert done.stderr.decode().splitlines()[0] == "The answer cannot be written: its disk is full."
    assert len(done.stderr.splitlines()) == 3
