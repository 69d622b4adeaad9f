"""The main journey, in one process, in many, and command by command as somebody at a terminal would walk it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from intake.domain.playbook.answers import Answer
from intake.records.proof.verdict import Indication
from intake.sample import journey
from intake.sample.content import read_content
from intake.sample.journey import FolderNotEmpty, walk
from intake.services.installation.workspace import Workspace
from intake.services.proving import verifying
from intake.trust.keys import create_key
from tests.commands.house import validator

pytestmark = pytest.mark.slow("one organisation lives through the whole journey")


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def walked(tmp_path_factory, told):
    root = tmp_path_factory.mktemp("journey")
    return walk(root, read=resources.read, names=resources.names, say=told.append)


# ------------------------------------------------------------------------------------------------ in one process
def test_the_journey_ends_with_a_record_that_both_signed(walked):
    assert walked.verdict == "TOTAL-PASSED"
    assert walked.record.read_bytes().startswith(b"%PDF-")
    assert json.loads((walked.record.parent / "summary.json").read_bytes())["case"] == walked.case
    assert (walked.record.parent / "org.pem").read_text().count("BEGIN CERTIFICATE") == 5


@pytest.mark.exhaustive
def test_it_tells_what_happens_step_by_step(walked, told):
    headings = [line for line in told if not line.startswith(" ")]

    assert headings == [f"{number}. {title}" for number, (title, _) in enumerate(journey.STEPS.values(), start=1)]
    assert any("users at most: 50 people becomes 25 people" in line for line in told)
    assert any("the record carries both signatures" in line for line in told)


def test_the_record_is_judged_by_nothing_but_files_and_the_name_of_the_organisation(walked):
    acts = sorted(walked.acts.iterdir())

    assert verifying.verify_beside(walked.record, walked.organisation, acts).indication is Indication.PASSED
    assert verifying.verify_beside(walked.record, "", acts).indication is Indication.INDETERMINATE
    assert not verifying.verify_beside(walked.record, walked.organisation, acts[1:2]).passed


@pytest.mark.parametrize("share", [0.001, 0.1, 0.35, 0.6, 0.85, 0.999])
def test_a_changed_byte_never_passes(walked, tmp_path, share):
    data = bytearray(walked.record.read_bytes())
    data[int(len(data) * share)] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)

    verdict = verifying.verify_beside(changed, walked.organisation, sorted(walked.acts.iterdir()))

    assert not verdict.passed


def test_the_installations_shared_nothing_but_files(walked):
    homes = [Workspace(path) for path in (walked.record.parent / "homes").iterdir()]

    assert len(homes) == 5
    assert all(len(home.key_files()) == 1 for home in homes)
    assert len({home.settings().key for home in homes}) == 5


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    with pytest.raises(FolderNotEmpty):
        walk(tmp_path, read=resources.read, names=resources.names)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


# ----------------------------------------------------------------------------------------------- in real processes
def run(*arguments: str | Path, expect: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "intake.cli", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=120,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.exhaustive  # the README's first command does the same
def test_the_demonstration_walks_it_in_a_process_for_each_step(tmp_path):
    found = json.loads(run("demo", "--headless", "--no-screens", "--out", tmp_path / "demo", "--json"))

    validator("demo").validate(found)
    assert found["verdict"] == "TOTAL-PASSED"
    assert Path(found["record"]).is_file()
    run("verify", "--org", found["organisation"], "--acts", found["acts"], found["record"])


class Terminal:
    """Somebody at a terminal with a separate data folder."""

    def __init__(self, root: Path, person: str) -> None:
        self.person = person
        self._home = root / person
        self._secret = root / "passphrase"

    def __call__(self, *arguments: str | Path, expect: int = 0) -> str:
        return run("--home", self._home, "--passphrase-file", self._secret, *arguments, expect=expect)


@pytest.mark.exhaustive
def test_the_journey_by_commands(tmp_path):
    (tmp_path / "passphrase").write_text("only for this test\n")
    ada, bob, eve = (Terminal(tmp_path, name) for name in ("ada", "bob", "eve"))
    shared, stick = tmp_path / "shared", tmp_path / "stick"
    shared.mkdir()
    stick.mkdir()
    eve("new-key", "Eve", "--person", "eve")
    for someone in (ada, bob):
        brought = stick / f"{someone.person}.p12"
        brought.write_bytes(create_key(someone.person, "only for this test", at=datetime.now(UTC), rounds=2000))
        someone("use-key", brought, "--person", someone.person)
    for someone in (ada, bob, eve):
        someone("enrol", "--name", someone.person.title(), "--out", stick / f"{someone.person}.p7m")

    # The organisation: Ada and Bob are administrators, and hold the two offices.
    ada("import", stick / "bob.p7m", stick / "eve.p7m")
    said = ada(
        "roster", "found", "Sample works", "--person", "ada=administrator,ciso", "--person", "bob=administrator,cio",
        "--person", "eve=owner", "--yes",
    )  # fmt: skip
    org = found_in(said, r"[0-9a-f]{64}")
    ada("sync", "--folder", shared)
    bob("roster", "accept", org, "--yes")
    bob("sync", "--folder", shared)
    assert "in force" in bob("roster", "endorse", org, "--yes")
    bob("sync")
    ada("sync")
    ada("export", stick / "organisation.countersign")

    # Eve is offline: everything comes and goes on the stick.
    content = read_content(resources.read, resources.names, today=datetime.now(UTC).date())
    case = next(item for item in content.cases if item.id == journey.CASE)
    answers = stick / "answers.json"
    answers.write_text(json.dumps({name: plain(answer) for name, answer in case.answers.items()}))
    evidence = stick / "test.csv"
    evidence.write_text("question;right\n")
    eve("roster", "accept", org, "--yes")
    eve("import", stick / "organisation.countersign")
    draft = found_in(eve("draft", answers, "--attach", f"evidence.other={evidence}"), r"[0-9a-f]{32}")
    assert "needs attention" not in eve("check", draft)
    filed = found_in(eve("file", draft), r"UC(?:-\w{4})+")
    eve("export", stick / "request.countersign", "--case", filed)

    # The CISO tightens and approves, the CIO countersigns.
    due = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    ada("import", stick / "request.countersign")
    assert "next: CIO" in ada("approve", filed, "--users", "20", "--condition", f"{due}|eve|Train everybody")
    ada("sync")
    bob("sync")
    assert "acceptance" in bob("approve", filed)
    bob("sync")

    # Eve reads what differs from what she filed, accepts it, and anybody can check it.
    eve("sync", "--folder", shared)
    assert "In force" not in eve("show", filed)
    accepted = eve("accept", filed)
    assert "Train everybody" in accepted
    assert "Accepted." in accepted
    shown = eve("show", filed)
    assert "In force: pilot" in shown
    assert "Train everybody" in shown
    record = tmp_path / "record.pdf"
    eve("record", filed, record)
    eve("acts", tmp_path / "acts")
    assert run("verify", "--org", org, "--acts", tmp_path / "acts", record).startswith("TOTAL-PASSED")
    record.write_bytes(record.read_bytes().replace(b"%%EOF", b"%%EOE", 1))
    run("verify", "--org", org, "--acts", tmp_path / "acts", record, expect=1)


def found_in(said: str, pattern: str) -> str:
    found = re.search(pattern, said)
    assert found, said
    return found.group()


def plain(answer: Answer) -> object:
    return list(answer.value) if isinstance(answer.value, tuple) else answer.value
