from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.services.installation.workspace import Session
from tests.services.offices import Offices, founded
from tests.ui.guide.driver import Driver
from tests.ui.sessions import session
from ui.app import Desktop, Wiring
from ui.companions.beginning_drafts import DraftCommands
from ui.places import places

MakeDesktop = Callable[..., Desktop]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Offices]:
    """A founded organisation: Ada owns, Cleo is CIO, Dan is CISO, Bob and Finn administer."""
    made = founded(tmp_path / "house")
    yield made
    made.close()


@pytest.fixture
def ada(house: Offices) -> Session:
    return session(house, "ada")


@pytest.fixture
def drive(desktop: MakeDesktop, qtbot: QtBot, qapp: QApplication) -> Callable[..., Driver]:
    """Opens the window for a session, at the drafts."""

    def make(session: Session, place: str = "drafts") -> Driver:
        wiring = Wiring(
            places=places, open_installation=lambda _: session, first_place=place, companions=(DraftCommands,)
        )
        driver = Driver(desktop(wiring), qtbot)
        driver.show()
        return driver

    return make
