"""Two programs on one home that change different settings: both changes stay, and nobody waits for a program that is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.alone import alone
from intake.files import NotWritten
from intake.services.installation import settings_file
from intake.services.installation.settings_file import LOCK, SETTINGS, SettingsHeld
from intake.services.installation.workspace import InstallationSettings, Workspace

ROOT = Path(__file__).parents[2]
TIMES = 60


def program(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.attack(
    "two programs change different settings at the same moment", refusal="one after the other: both stay"
)
@pytest.mark.exhaustive
def test_two_programs_that_change_different_settings_lose_none(tmp_path: Path) -> None:
    Workspace(tmp_path).change_settings(person="ada")
    running = [
        program("-m", "tests.services.changing", str(tmp_path), name, str(TIMES)) for name in ("folder", "tsa", "key")
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()

    assert [process.communicate(timeout=120)[0] for process in running] == ["done\n"] * 3
    last = TIMES - 1
    assert Workspace(tmp_path).settings() == InstallationSettings(
        person="ada", folder=f"folder {last}", tsa=f"tsa {last}", key=f"key {last}"
    )
    assert (tmp_path / LOCK).read_bytes() == b""


def test_who_holds_the_settings_is_waited_for_and_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace(tmp_path).change_settings(person="ada")
    before = (tmp_path / SETTINGS).read_bytes()
    monkeypatch.setattr(settings_file, "_HOLDS", 0.1)

    with alone(tmp_path / LOCK, seconds=0), pytest.raises(SettingsHeld):
        Workspace(tmp_path).change_settings(person="bob")

    assert (tmp_path / SETTINGS).read_bytes() == before
    assert Workspace(tmp_path).change_settings(person="bob").person == "bob"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_lock_that_is_a_link_to_a_good_file_is_not_called_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.write_text("kept")
    (home / LOCK).symlink_to(other)

    with pytest.raises(NotWritten) as refused:
        Workspace(home).change_settings(person="ada")

    assert "it is a link where a file itself is needed" in refused.value.what_happened
    assert other.read_text() == "kept"


def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    holding = program(
        "-c",
        "import sys; from pathlib import Path; from intake.alone import alone\n"
        "with alone(Path(sys.argv[1]), seconds=0): print('held', flush=True); sys.stdin.read()",
        str(tmp_path / LOCK),
    )
    assert holding.stdout
    assert holding.stdout.readline() == "held\n"
    with pytest.raises(TimeoutError), alone(tmp_path / LOCK, seconds=0):
        pass

    holding.kill()
    holding.communicate()

    with alone(tmp_path / LOCK, seconds=5):
        pass


def test_a_lock_that_cannot_be_made_refuses_and_leaves_the_settings(tmp_path: Path) -> None:
    Workspace(tmp_path).change_settings(person="ada")
    (tmp_path / LOCK).unlink()
    (tmp_path / LOCK).mkdir()

    with pytest.raises(NotWritten):
        Workspace(tmp_path).change_settings(person="bob")

    assert json.loads((tmp_path / SETTINGS).read_text())["person"] == "ada"
