"""Looking at a folder before it is chosen."""

from __future__ import annotations

import pytest

from intake.exchange.folder.folder import FOUNDING, FolderCarrier
from intake.exchange.folder.health import inspect, organisations_in
from intake.exchange.refusals import FolderMissing, NotAFolder
from tests.exchange.helpers import ORG, act


def test_an_empty_folder_is_fine_and_stays_empty(tmp_path):
    health = inspect(tmp_path)

    assert (health.readable, health.writable, health.trouble) == (True, True, None)
    assert (health.organisations, health.founding, health.synced_by, health.notes) == ((), False, "", ())
    assert health.free_bytes
    assert not list(tmp_path.iterdir())


def test_organisations_inside_are_listed(tmp_path):
    for org in (ORG, "1" * 64, ""):
        FolderCarrier(tmp_path, org).send([act(1)])
    (tmp_path / ("2" * 64)).write_text("a file is no organisation")
    (tmp_path / "holiday").mkdir()

    health = inspect(tmp_path)

    assert health.organisations == organisations_in(tmp_path) == tuple(sorted(["1" * 64, ORG]))
    assert health.founding
    assert (tmp_path / FOUNDING).is_dir()


def test_choosing_the_folder_inside_is_noticed(tmp_path):
    FolderCarrier(tmp_path, ORG).send([act(1)])

    health = inspect(tmp_path / ORG)

    assert health.inside == ORG
    assert "Choose the folder above it" in health.notes[0]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive - Contoso", "OneDrive"),
        ("Dropbox (Team)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Papers", ""),
    ],
)
def test_a_synchronised_folder_is_recognised_by_its_path(tmp_path, name, program):
    folder = tmp_path / name / "exchange"
    folder.mkdir(parents=True)

    assert inspect(folder).synced_by == program


def test_a_syncthing_folder_is_recognised_by_its_marker(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "exchange").mkdir()

    health = inspect(tmp_path / "exchange")

    assert health.synced_by == "Syncthing"
    assert "keep its files on this device" in health.notes[0]


def test_a_missing_folder(tmp_path):
    health = inspect(tmp_path / "gone")

    assert type(health.trouble) is FolderMissing
    assert not health.readable
    assert not (tmp_path / "gone").exists()


def test_a_file(tmp_path):
    (tmp_path / "file").write_text("")

    assert type(inspect(tmp_path / "file").trouble) is NotAFolder
