"""The line below the window: what is said now is read whole, and the organisation makes room for it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.shell.status_line import StatusLine
from ui.theme import Theme

SAID = "Making the pages that you are going to sign…"


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_person("Daniel Whitcombe · CISO")
    line.set_organisation("An organisation of some length", "farmer iris pigeon pillow almond ribbon galaxy barley")
    line.set_folder("Sent and fetched 14:02")
    line.resize(900, 30)
    line.show()
    return line


def test_a_message_is_shown_whole_and_gives_its_room_back(line: StatusLine, qtbot: QtBot) -> None:
    line.say(SAID)
    qtbot.waitUntil(lambda: QLabel.text(line.message) == SAID)
    assert line.organisation.width() > 0

    line._clear()
    assert line.message.minimumWidth() == 0


def test_what_is_said_of_a_roster_is_shortened_and_never_makes_the_window_wider(line: StatusLine) -> None:
    line.set_unread("Roster version 2 cannot be read here, because its people are missing." * 3)
    line.say(SAID)

    assert line.unread.isVisible()
    assert line.minimumSizeHint().width() <= 900


def test_a_message_never_makes_the_window_wider(line: StatusLine) -> None:
    line.say(SAID * 9)

    assert line.minimumSizeHint().width() <= 900
