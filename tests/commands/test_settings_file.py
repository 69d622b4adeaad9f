"""A home whose settings cannot be read: every command says so, names the file, and leaves it as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.services.installation.workspace import Workspace
from tests.odd_files import at_once


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def content(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


ODD = {
    "nested": content(b'{"a":' * 100_000),
    "nested and closed": content(b'{"a":' * 30 + b"1" + b"}" * 30),
    "junk": content(os.urandom(200)),
    "cut short": content(b'{"person": "ada", "key"'),
    "empty": content(b""),
    "list": content(b"[]"),
    "number": content(b"1" * 1000),
    "wrong type": content(b'{"person": 5}'),
    "flag": content(b'{"sample": "yes"}'),
    "twice": content(b'{"person": "ada", "person": "bob"}'),
    "folder": Path.mkdir,
    "gigabytes": huge,
}
if hasattr(os, "mkfifo"):
    ODD["pipe"] = os.mkfifo


@pytest.mark.attack("settings nested without end, of gigabytes, or no file", refusal="SettingsUnreadable")
@pytest.mark.parametrize("make", ODD.values(), ids=ODD.keys())
def test_settings_that_cannot_be_read_are_refused_by_name(house, make: Callable[[Path], object]) -> None:
    path = house.home("ada") / "settings.json"
    path.unlink()
    make(path)
    before = path.lstat()

    with at_once(120):
        for words in (("inbox",), ("list",), ("doctor",), ("comment", "UC-0000-0000", "x")):
            refused = house.ask("ada", *words, expect=3)["refusal"]
            assert refused["code"] == "SettingsUnreadable"
            assert str(path) in refused["what"]
            assert "rename it away" in refused["next"]

    after = path.lstat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)


def test_settings_that_cannot_be_read_are_not_written_over(house) -> None:
    path = house.home("ada") / "settings.json"
    path.write_bytes(b"{")

    assert (
        house.ask("ada", "sync", "--folder", house.root / "other", expect=3)["refusal"]["code"] == "SettingsUnreadable"
    )
    assert path.read_bytes() == b"{"


def test_without_the_file_nothing_is_set(house) -> None:
    (house.home("ada") / "settings.json").unlink()

    house.run("ada", "list")
    assert house.ask("ada", "roster", "checkpoint", expect=2)["refusal"]["code"] == "NobodyNamed"


def test_what_another_version_set_is_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"person": "ada", "paper": {"size": 4}}')

    made = Workspace(tmp_path).change_settings(language="de")

    assert (made.person, made.language) == ("ada", "de")
    assert json.loads((tmp_path / "settings.json").read_text())["paper"] == {"size": 4}
