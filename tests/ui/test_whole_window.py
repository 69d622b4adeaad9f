"""The window with its real places over a real register: keys and letters that never collide, everything named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.sessions import Sessions
from tests.ui.shortcuts import shared_shortcuts
from tests.ui.walk import nameless
from ui.app import Desktop, Options, Wiring, default_wiring
from ui.companions.ticker import Ticker
from ui.places import places

PLACES = ("register", "records", "record", "people", "exchange", "settings", "help")


@pytest.fixture
def window(sessions: Sessions, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    session = sessions.session("bob")
    real = default_wiring()
    wiring = Wiring(
        places=places, open_installation=lambda _: session, companions=real.companions, first_place="register", heavy={}
    )
    desktop = Desktop(qapp, Options(session.workspace.root), wiring)
    desktop.show()
    yield desktop
    desktop.close()


@pytest.mark.exhaustive
def test_no_two_actions_share_a_key_or_a_letter_and_all_are_named(window: Desktop, qtbot: QtBot) -> None:
    for place in PLACES:
        window.window.go(place)
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)

        actions = [action for action in window.window.all_actions() if action.isVisible()]
        page = window.window.pages.page
        assert page is not None
        letters = [item.text().split("&", 1)[1][0].lower() for item in page.actions() if "&" in item.text()]
        assert shared_shortcuts(actions) == (), place
        assert sorted(letters) == sorted(set(letters)), place
        assert nameless(window.window) == [], place


def test_the_folder_is_tried_soon_after_the_start(window: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.window.status.folder.text() == "No exchange folder", timeout=30_000)


def test_no_exchange_is_tried_once_the_window_has_closed(window: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.window.findChild(Ticker) is not None)
    ticker = window.window.findChild(Ticker)

    window.close()

    assert not [timer for timer in ticker.findChildren(QTimer) if timer.isActive()]
