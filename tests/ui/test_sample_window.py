"""Opening the sample: its window makes it, says whose installation it found, and leaves nothing half made."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import resources
from intake.sample import content
from intake.sample.marker import is_installation_of_sample
from tests.ui.walk import nameless
from ui.jobs import Bug
from ui.start.sample_window import NobodyInTheSample, SampleWindow
from ui.theme import Theme

FEW = {"sample/people.toml", "sample/profiles.toml", "sample/statistics-and-archives.toml"}


@pytest.mark.slow("people sign records, one after the other")
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.exhaustive)])
@pytest.mark.exhaustive
def test_the_sample_is_made_once_and_opens_at_an_installation(
    whole: bool, qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not whole:
        every = resources.names
        monkeypatch.setattr(
            resources, "names", lambda folder: tuple(FEW) if folder == content.FOLDER else every(folder)
        )
    first = SampleWindow(tmp_path)
    bugs: list[Bug] = []
    first._jobs.bug.connect(bugs.append)
    qtbot.addWidget(first)
    first.show()
    assert nameless(first) == []
    # A busy computer takes minutes for the whole sample; a fault in making it ends the waiting at once.
    qtbot.waitUntil(lambda: bool(bugs) or not first.isVisible(), timeout=900_000)
    assert bugs == []

    again = SampleWindow(tmp_path, "olivia.grant")
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: not again.isVisible(), timeout=20_000)
    nobody = SampleWindow(tmp_path, "nobody")
    qtbot.addWidget(nobody)
    nobody.show()
    qtbot.waitUntil(lambda: not nobody.isVisible(), timeout=20_000)

    assert first.found is not None
    assert is_installation_of_sample(first.found)
    assert again.found == tmp_path / "installations" / "olivia.grant"
    assert nobody.found is None
    assert isinstance(nobody.refusal, NobodyInTheSample)


def test_closing_in_the_middle_leaves_nothing(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    window = SampleWindow(tmp_path / "sample")
    qtbot.addWidget(window)
    window.show()
    window.close()

    assert window.found is None
    assert not (tmp_path / "sample" / "sample.json").exists()


def test_a_real_register_is_no_sample(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"sample": false}')

    assert not is_installation_of_sample(tmp_path)
    assert not is_installation_of_sample(tmp_path / "elsewhere")
