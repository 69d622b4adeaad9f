"""A folder with a playbook: what cannot be read is refused by name, and what was checked is what is accepted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import resources
from intake.services.installation.playbook_files import core_files, read_playbook
from intake.services.organisation.playbook_folder import (
    MAX_FILE,
    MAX_FILES,
    NoPlaybookThere,
    PlaybookFileNotRead,
    TooManyPlaybookFiles,
    checked,
    files_in,
)

EXAMPLE = Path(resources.__file__).parent / "playbook/overlay-example"
META = 'extends = "core-2026"\nid = "house"\nversion = "1"\ntitle = "Our house"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "meta.toml").write_text(META, encoding="utf-8")
    return tmp_path


@pytest.mark.exhaustive
def test_the_example_is_compared_with_the_playbook_in_use() -> None:
    core = core_files(resources.read, resources.names)
    current = read_playbook(resources.read, resources.names)

    found = checked(core, files_in(EXAMPLE), against=current)

    assert found.playbook is not None
    assert not found.problems
    assert not found.unreachable
    assert {item.move.value for item in found.differences} == {"added", "changed"}


def test_with_problems_there_is_nothing_to_accept(folder: Path) -> None:
    (folder / "rules.toml").write_text("rules = 3\n", encoding="utf-8")

    core = core_files(resources.read, resources.names)
    found = checked(core, files_in(folder), against=read_playbook(resources.read, resources.names))

    assert found.playbook is None
    assert [(item.place.file, item.place.line) for item in found.problems if item.place] == [("rules.toml", 1)]


def test_a_folder_without_meta_is_none(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("", encoding="utf-8")

    with pytest.raises(NoPlaybookThere):
        files_in(tmp_path)
    with pytest.raises(NoPlaybookThere):
        files_in(tmp_path / "gone")
    with pytest.raises(NoPlaybookThere):
        files_in(tmp_path / "rules.toml")


def test_a_heap_of_files_is_not_the_folder_meant(folder: Path) -> None:
    for number in range(MAX_FILES):
        (folder / f"{number}.toml").touch()

    with pytest.raises(TooManyPlaybookFiles):
        files_in(folder)


def test_a_file_that_is_none_or_too_large_is_named(folder: Path) -> None:
    (folder / "rules.toml").mkdir()
    with pytest.raises(PlaybookFileNotRead, match=r"rules\.toml"):
        files_in(folder)

    (folder / "rules.toml").rmdir()
    with (folder / "rules.toml").open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    with pytest.raises(PlaybookFileNotRead, match="larger than 4 megabytes"):
        files_in(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are a thing of POSIX systems")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "rules.toml")

    with pytest.raises(PlaybookFileNotRead, match="it is not a file"):
        files_in(folder)


def test_other_files_beside_them_are_left_alone(folder: Path) -> None:
    (folder / "notes.txt").write_bytes(b"\xff")

    assert list(files_in(folder)) == ["meta.toml"]
