"""One person at a real window of the real app: clicking, typing and signing, on the registers of ``Offices``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.offices import Offices, founded
from tests.ui.sessions import PASSPHRASE, session
from ui.app import Desktop, Options, Wiring, _first_page
from ui.page import Page
from ui.theme import Theme
from ui.turns import Turns
from ui.widgets.signing import SigningDialog

D = TypeVar("D", bound=QDialog)


class Visit:
    """One person at a real window. Waits are for jobs to end, never for time to pass."""

    def __init__(self, qtbot: QtBot, desktop: Desktop, offices: Offices, name: str) -> None:
        self.qtbot, self.desktop, self.offices, self.name = qtbot, desktop, offices, name
        self.went: list[tuple[str, object]] = []
        self.bugs: list[object] = []
        desktop.context.went.connect(self._on_went)
        desktop.jobs.bug.connect(self.bugs.append)
        desktop.window.resize(1280, 800)
        desktop.window.show()

    def _on_went(self, place: str, argument: object) -> None:
        self.went.append((place, argument))

    @property
    def page(self) -> Page:
        found = self.desktop.window.pages.page
        assert found is not None
        return found

    def go(self, place: str, argument: object = None) -> Page:
        self.desktop.window.go(place, argument)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until no job is left, and what they brought is on screen and whole."""
        self.qtbot.waitUntil(self._idle, timeout=20_000)
        QCoreApplication.processEvents()
        assert not self.bugs, self.bugs

    def _idle(self) -> bool:
        return not self.desktop.jobs.busy and all(turns.over for turns in self.desktop.window.findChildren(Turns))

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        """The shown button with these words."""
        found = [
            item
            for item in (inside or self.page).findChildren(QAbstractButton)
            if item.text().replace("&", "") == words and item.isVisible()
        ]
        assert len(found) == 1, (words, len(found))
        return found[0]

    def dialog(self, kind: type[D]) -> D:
        """The open dialog of this kind."""
        found = [item for item in self.desktop.window.findChildren(kind) if item.isVisible()]
        assert len(found) == 1, (kind, len(found))
        return found[0]

    def sign(self, passphrase: str = PASSPHRASE) -> SigningDialog:
        """Attest to everything, type the passphrase and press the button of the signing dialog."""
        dialog = self.dialog(SigningDialog)
        for box in dialog.findChildren(QCheckBox):
            if box is not dialog.passphrase.show_text and not box.isChecked():
                # Not in the middle of the row: only the box and its words take a click.
                box.click()
        dialog.passphrase.line.setFocus()
        self.qtbot.keyClicks(dialog.passphrase.line, passphrase)
        self.click(dialog.sign)
        return dialog


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """A founded organisation with an installation for everybody."""
    made = founded(tmp_path / "organisation")
    yield made
    made.close()


@pytest.fixture
def visit(qtbot: QtBot, qapp: QApplication, offices: Offices, theme: Theme) -> Iterator[Callable[[str], Visit]]:
    """Opens the window of one person; closed before the installations are."""
    made: list[Desktop] = []

    def open_window(name: str) -> Visit:
        sitting = session(offices, name)
        wiring = Wiring(open_installation=lambda _: sitting, first_page=_first_page)
        desktop = Desktop(qapp, Options(offices.root / name), wiring)
        made.append(desktop)
        return Visit(qtbot, desktop, offices, name)

    yield open_window
    for desktop in made:
        desktop.close()
