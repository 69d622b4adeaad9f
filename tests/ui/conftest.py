"""What the tests of the interface share: one application in our theme, lanes that are shut down, a new window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.domain.base import wording
from tests.lending import lent_readers
from tests.printed import printed_once
from tests.services.offices import founded
from tests.ui.sessions import Sessions
from ui.app import Desktop, Options, Wiring
from ui.application import ARGUMENTS
from ui.context import Context, LazyInstallation, WindowSettings
from ui.formatting import day_words
from ui.jobs import Jobs
from ui.language import speak
from ui.theme import Scheme, Theme

__all__ = ["lent_readers", "printed_once"]

PATIENCE_MS = 30_000


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """As in the app, garbage is collected between events only.

    A test's window that nobody holds any more may be in a cycle; collected in the middle of its own paint event, it
    would take the program with it. What a test closed is deleted before the next one begins: a new window sets the
    style of the application, and every widget that is still there would be styled again.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def days() -> Iterator[None]:
    """As on screens; what a window of a test has set does not stay for the tests of other rooms."""
    wording.speak(wording.ENGLISH, day=day_words)
    yield
    wording.speak(wording.ENGLISH)


class PatientBot(QtBot):
    """Waits are for something to happen, never for time to pass; a busy machine may take its time over it."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return list(ARGUMENTS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def language(qapp: QApplication) -> None:
    """As in the app, the catalogue is loaded before anything is said."""
    speak(qapp)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


@pytest.fixture
def context(theme: Theme, jobs: Jobs, tmp_path: Path) -> Iterator[Context]:
    made = Context(jobs, theme, WindowSettings(tmp_path), LazyInstallation(dict), tmp_path)
    yield made
    made.readers.close()


@pytest.fixture
def desktop(qtbot: QtBot, theme: Theme, tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Desktop]]:
    """Makes a desktop with the wiring given; closed afterwards."""
    made: list[Desktop] = []

    def make(wiring: Wiring | None = None, *, sample: bool = False) -> Desktop:
        desktop = Desktop(qapp, Options(tmp_path, sample), wiring or Wiring())
        made.append(desktop)
        return desktop

    yield make
    for desktop in made:
        desktop.close()


@pytest.fixture
def sessions(theme: Theme, tmp_path: Path) -> Iterator[Sessions]:
    """A founded organisation of real installations; the lanes end before the registers close."""
    offices = founded(tmp_path)
    sessions = Sessions(offices, theme, Jobs())
    yield sessions
    sessions.close()
    offices.close()
