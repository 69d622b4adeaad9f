"""A home that cannot be written can be read: shown, verified and its records saved; what would be kept in it is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.register.store import backup
from intake.register.store.connecting import connect
from intake.register.views.first_page import first_page
from intake.services.installation.workspace import Workspace
from tests.account import as_account, open_place
from tests.commands import accounts
from tests.commands.conftest import copied
from tests.commands.house import House, document, run
from tests.mounts import read_only

as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can act as two accounts; the whole check runs as root"
)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def sealed(decided, tmp_path) -> Iterator[tuple[House, str]]:
    """Ada's home after everything was decided, on a disk that can only be read."""
    house, case = copied(decided[0], tmp_path / "house"), decided[1]
    house.sync("ada")
    with read_only(house.home("ada")):
        before = everything(house.home("ada"))
        yield house, case
        assert everything(house.home("ada")) == before


@pytest.mark.exhaustive
def test_it_is_listed_shown_verified_and_records_are_saved(sealed):
    house, case = sealed

    assert case in {item["case"] for item in house.ask("ada", "list")["cases"]}
    assert house.ask("ada", "show", case)["case"] == case
    house.run("ada", "record", case, house.root / "again.pdf")
    assert house.ask("ada", "verify", house.root / "again.pdf")["files"][0]["indication"] == "TOTAL-PASSED"
    house.run("ada", "acts", house.root / "acts again")
    house.run("ada", "backup", house.root / "copy.sqlite")
    house.run("ada", "quarantine")
    assert (house.root / "again.pdf").read_bytes() == (house.root / "record.pdf").read_bytes()
    assert backup.check(house.root / "copy.sqlite") == ""
    assert first_page(Workspace(house.home("ada")).register) is not None


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "{answers}"),
        ("withdraw", "{case}", "--reason", "It is over"),
        ("comment", "{case}", "Seen"),
        ("enrol", "--name", "Ada"),
        ("new-key", "Ada", "--person", "ada"),
        ("sync", "--folder", "{shared}"),
        ("import", "{package}"),
        ("rebuild",),
    ],
    ids=lambda words: words[0],
)
def test_what_would_be_kept_in_it_is_refused_in_one_way(sealed, words):
    house, case = sealed
    filled = {
        "case": case,
        "answers": house.answers(),
        "shared": house.shared,
        "package": house.root / "all.countersign",
    }

    refusal = house.ask("ada", *(word.format(**filled) for word in words), expect=2)["refusal"]

    assert refusal["code"] == "HomeReadOnly"
    assert "copy the home" in refusal["next"]


def test_the_doctor_says_it(sealed):
    house, _ = sealed

    assert "home-read-only" in {item["code"] for item in house.ask("ada", "doctor", expect=1)["findings"]}


def test_a_register_of_a_fixed_sqlite_is_read_without_its_companions(house):
    """In WAL mode a reader makes a shared index beside the file, and here it cannot."""
    register = Workspace(house.home("ada")).register
    with sqlite3.connect(register) as plain:
        assert plain.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    plain.close()
    assert not list(register.parent.glob("*-wal"))

    with read_only(register.parent):
        assert house.ask("ada", "roster", "show")["version"] == 1


def test_pages_that_are_still_in_a_log_are_never_left_out(house):
    """A copy of a home that was open: the log beside it holds newer pages, and reading without it would show old ones."""
    register = Workspace(house.home("ada")).register
    plain = sqlite3.connect(register)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("UPDATE installation SET value = value")
    plain.commit()
    kept = {path: path.read_bytes() for path in register.parent.glob("register.sqlite*")}
    plain.close()
    for path, data in kept.items():
        if not path.name.endswith("-shm"):
            path.write_bytes(data)
    register.with_name("register.sqlite-shm").unlink(missing_ok=True)

    with read_only(register.parent):
        assert house.ask("ada", "list", expect=2)["refusal"]["code"] == "NeedsWriting"


def test_an_interrupted_step_is_undone_before_anything_is_shown(house):
    register = Workspace(house.home("ada")).register
    plain = connect(register)
    plain.execute("PRAGMA cache_size = 1")
    plain.execute("PRAGMA cache_spill = 1")
    plain.execute("BEGIN IMMEDIATE")
    plain.execute(
        "CREATE TABLE half AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT i FROM n"
    )
    kept = {path: path.read_bytes() for path in register.parent.glob("register.sqlite*")}
    plain.execute("ROLLBACK")
    plain.close()
    assert register.with_name("register.sqlite-journal") in kept
    for path, data in kept.items():
        path.write_bytes(data)

    with read_only(register.parent):
        assert house.ask("ada", "list", expect=2)["refusal"]["code"] == "NeedsWriting"
    house.run("ada", "list")


def test_an_older_register_is_not_read_before_it_is_brought_up_to_date(house):
    register = Workspace(house.home("ada")).register
    plain = sqlite3.connect(register)
    plain.execute("UPDATE installation SET value = '0' WHERE name = 'projections'")
    plain.commit()
    plain.close()

    with read_only(register.parent):
        assert house.ask("ada", "list", expect=2)["refusal"]["code"] == "NeedsWriting"


def test_a_register_is_not_made_where_it_cannot_be_written(tmp_path, house):
    (tmp_path / "empty").mkdir()

    with read_only(tmp_path / "empty"):
        refused = document(run("list", "--home", tmp_path / "empty", "--json", expect=2), "list")

    assert refused["refusal"]["code"] == "ReadOnlyPlace"


@as_root
@pytest.mark.parametrize("seen", [accounts.glance, pytest.param(accounts.audit, marks=pytest.mark.exhaustive)])
@pytest.mark.slow("starts programs as another account")
@pytest.mark.exhaustive
def test_another_account_reads_a_home_that_was_opened_to_it(decided, seen):
    """By rights of files this time, not by the disk: an auditor is given a home to read."""
    house, case = decided
    with open_place() as place:
        root = place / "house"
        shutil.copytree(house.root, root)
        for path in (root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

        assert as_account(place, 34567, seen, root, "ada", case) == "HomeReadOnly"
