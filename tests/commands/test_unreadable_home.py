"""A home, a register, a file or a folder that is closed to the person who names it: refused as what it is, never as a wrong call."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from intake.commands.table import COMMANDS, offered
from tests.account import as_account, open_place
from tests.commands import accounts

as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can act as two accounts; the whole check runs as root"
)


@as_root
@pytest.mark.slow("starts a program for each thing that is closed, as another account")
@pytest.mark.exhaustive
def test_what_is_closed_is_said_to_be_closed(decided) -> None:
    house, _ = decided
    with open_place() as place:
        root = place / "house"
        shutil.copytree(house.root, root)
        (root / "closed").mkdir()
        (root / "empty").mkdir()
        (root / "closed acts").mkdir()
        shutil.copy(root / "record.pdf", root / "closed.pdf")
        for path in (root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.copytree(root, place / "warm-knock")
        for name in ("closed", "closed.pdf", "closed acts", "homes/ada/register.sqlite"):
            (root / name).chmod(0)

        said = as_account(place, 34567, accounts.knock, root, "ada").split("; ")

    assert said == [
        "list 3 HomeUnusable",
        "list 3 HomeUnusable",
        "list 3 UnreachablePlace",
        "doctor 3 HomeUnusable",
        "doctor 3 UnreachablePlace",
        "verify 3 HomeUnusable",
        "new-key 3 HomeUnusable",
        # The second may be read, but this account may not start what reads it; it has a verdict all the same.
        "verify 3 UNREADABLE+UNREADABLE",
        "verify 3 FolderNotRead",
        "playbook 3 FolderNotRead",
    ]


def test_a_path_is_taken_as_it_is_written_and_read_only_by_its_command() -> None:
    paths = [
        item for name in COMMANDS for item in offered(name).parameters if "PATH" in item.value or "DIR" in item.value
    ]

    assert len(paths) > 90
    assert {item.read for item in paths} == {Path}
