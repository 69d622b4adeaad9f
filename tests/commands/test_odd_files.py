"""What is no file, given to every command that reads one: refused plainly, at once, and the others are judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.house import complete_answers, document, run
from tests.odd_files import KERNEL_LOG, NO_FILES, POSIX, at_once

pytestmark = POSIX
MAKERS = pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
ENDINGS = ("odd.pdf", "odd.p7m", "odd.countersign", "odd")


@pytest.mark.attack("a pipe, a device or a socket given to verify", refusal="UNREADABLE: not a file")
@MAKERS
def test_verify_says_what_it_is_and_judges_the_others(decided, tmp_path: Path, make) -> None:
    house, _ = decided
    odd = [tmp_path / name for name in ENDINGS]
    for path in odd:
        make(path)

    with at_once(60):
        found = house.ask("ada", "verify", *odd, house.root / "record.pdf", expect=3)["files"]

    assert [item["indication"] for item in found] == ["UNREADABLE"] * len(odd) + ["TOTAL-PASSED"]
    assert all("not a file" in item["said"]["text"] for item in found[:-1])


@pytest.mark.attack("a link to the kernel’s log given to verify", refusal="UNREADABLE")
@pytest.mark.parametrize("name", ENDINGS)
def test_verify_does_not_wait_for_a_file_the_system_makes_up(decided, tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(KERNEL_LOG)

    with at_once(60):
        found = decided[0].ask("ada", "verify", tmp_path / name, expect=3)["files"]

    assert [item["indication"] for item in found] == ["UNREADABLE"]


@pytest.mark.attack("pipes and devices among the acts to judge by", refusal="left out")
def test_among_the_acts_they_are_left_out(decided, tmp_path: Path) -> None:
    house, _ = decided
    (people,) = (house.root / "acts").glob("*.people")
    for number, make in enumerate(NO_FILES.values()):
        make(tmp_path / f"{number}.p7m")
        # Beside the file that an act names, under a name that promises the same.
        make(tmp_path / f"0 {people.stem} ({number}).people")
    (tmp_path / "log.p7m").symlink_to(KERNEL_LOG)
    for path in (house.root / "acts").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())

    with at_once(60):
        result = run("verify", house.root / "record.pdf", "--org", house.org, "--acts", tmp_path, "--json")

    assert document(result, "verify")["indication"] == "TOTAL-PASSED"


@pytest.mark.attack("a pipe, a device or a socket given to import", refusal="NotAFile")
@MAKERS
def test_import_refuses_them(house, tmp_path: Path, make) -> None:
    odd = [tmp_path / name for name in ENDINGS]
    for path in odd:
        make(path)

    with at_once(60):
        found = house.ask("ada", "import", *odd, expect=3)

    assert [item["refusal"]["code"] for item in found["files"]] == ["NotAFile"] * len(odd)


@pytest.mark.attack("a pipe or a device as answers, evidence or passphrase", refusal="NotAFile")
@MAKERS
def test_answers_evidence_and_passphrases_are_files(house, tmp_path: Path, make) -> None:
    make(tmp_path / "odd")
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(complete_answers()))
    question = next(iter(complete_answers()))

    with at_once(60):
        for words in (
            ("draft", tmp_path / "odd"),
            ("draft", answers, "--attach", f"{question}={tmp_path / 'odd'}"),
            ("use-key", tmp_path / "odd", "--person", "ada"),
        ):
            assert house.ask("ada", *words, expect=3)["refusal"]["code"] == "NotAFile"
        new = ("new-key", "Ada", "--person", "ada", "--passphrase-file", tmp_path / "odd", "--home", tmp_path / "new")
        assert document(run(*new, "--json", expect=3), "new-key")["refusal"]["code"] == "NotAFile"
    assert house.ask("ada", "drafts")["drafts"] == []


@pytest.mark.attack("a pipe or a device in a folder of a playbook", refusal="PlaybookFileNotRead")
@MAKERS
def test_a_playbook_is_made_of_files(house, tmp_path: Path, make) -> None:
    (tmp_path / "meta.toml").write_text('id = "own"\n')
    make(tmp_path / "rules.toml")

    with at_once(60):
        refused = house.ask("ada", "playbook", "check", tmp_path, expect=3)["refusal"]

    assert (refused["code"], "it is not a file" in refused["what"]) == ("PlaybookFileNotRead", True)


@pytest.mark.attack("a pipe or a device in place of a register", refusal="NotADatabase")
@MAKERS
def test_a_register_is_a_file(house, make) -> None:
    register = house.home("ada") / "register.sqlite"
    register.unlink()
    make(register)

    with at_once(60):
        code = house.ask("ada", "list", expect=2)["refusal"]["code"]

    assert code == ("FolderInTheWay" if make is Path.mkdir else "NotADatabase")
