"""The line below the window: what is said now is read whole, and the organisation makes room for it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.shell.status_line import StatusLine
from ui.shell.ten_words import TenWordsDialog
from ui.theme import Theme
from ui.widgets.words_label import WordsLabel

WORDS = "farmer iris pigeon pillow almond ribbon galaxy barley meadow violin"
SAID = "Making the pages that you are going to sign…"


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_person("Daniel Whitcombe · CISO")
    line.set_organisation("An organisation of some length", WORDS)
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


def test_a_word_about_work_stays_as_long_as_the_work_and_no_longer(line: StatusLine) -> None:
    line.work(SAID)
    assert not line._forget.isActive()
    line.over("Something else…")
    assert line.message.text() == SAID

    line.over(SAID)

    assert line.message.text() == ""
    assert line.message.isHidden()


def test_what_is_said_meanwhile_is_not_taken_away_by_the_end_of_work(line: StatusLine) -> None:
    line.work(SAID)
    line.say("Saved 14:02")

    line.over(SAID)

    assert line.message.text() == "Saved 14:02"
    assert line._forget.isActive()


def test_the_ten_words_are_shown_whole_by_a_click_and_can_be_copied(line: StatusLine) -> None:
    line.resize(400, 30)

    line.ten_words.click()

    (dialog,) = line.window().findChildren(TenWordsDialog)
    (shown,) = dialog.findChildren(WordsLabel)
    assert QLabel.text(shown).split() == WORDS.split()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == WORDS
    assert dialog.said.text() == "Copied"
    dialog.reject()
    line.set_organisation("An organisation", "")
    assert line.ten_words.isHidden()
