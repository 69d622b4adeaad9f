"""Where the window is: on the screen with all of itself, where it was, and its pages as wide as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.visiting import Visit, offices, visit
from ui.app import Desktop, Wiring
from ui.pictures.screenshots import grab
from ui.places import places
from ui.shell.placing import inside, keep_in_sight, put
from ui.theme import sizes

__all__ = ["offices", "visit"]

SCREEN = QRect(0, 0, 1366, 768)


def test_the_first_window_and_what_is_around_it_are_on_the_screen(
    desktop: Callable[..., Desktop], qtbot: QtBot
) -> None:
    made = desktop(Wiring(places=places))
    made.window.show()
    room = made.window.screen().availableGeometry()

    qtbot.waitUntil(lambda: room.contains(made.window.frameGeometry()))


def test_a_window_begins_no_larger_than_the_screen_and_its_title(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()

    put(window, None, QSize(5000, 5000))

    assert window.width() == room.width()
    assert room.height() - 60 < window.height() < room.height()


def test_a_window_comes_back_where_it_was(qtbot: QtBot) -> None:
    before, after = QWidget(), QWidget()
    for window in (before, after):
        qtbot.addWidget(window)
    before.setGeometry(120, 90, 400, 300)

    put(after, before.saveGeometry(), QSize(640, 480))

    assert after.geometry() == QRect(120, 90, 400, 300)


@pytest.mark.parametrize("kept", [b"", b"no geometry"])
def test_a_place_that_cannot_be_read_is_none(qtbot: QtBot, kept: bytes) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    put(window, kept, QSize(640, 480))

    assert window.size() == QSize(640, 480)


@pytest.mark.parametrize("at", [QPoint(-900, -900), QPoint(5000, 5000), QPoint(700, 700)])
def test_a_window_out_of_sight_is_brought_back(qtbot: QtBot, at: QPoint) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.move(at)
    window.show()

    keep_in_sight(window)

    assert window.screen().availableGeometry().contains(window.frameGeometry())
    assert window.size() == QSize(400, 300)


@pytest.mark.parametrize(
    ("frame", "corner"),
    [
        (QRect(0, 0, 1366, 768), (0, 0)),
        (QRect(200, 200, 1197, 600), (169, 168)),
        (QRect(-40, 30, 800, 600), (0, 30)),
        (QRect(100, 100, 2000, 2000), (0, 0)),
    ],
)
def test_the_corner_of_a_frame_that_lies_in_the_room(frame: QRect, corner: tuple[int, int]) -> None:
    assert inside(frame, SCREEN).toTuple() == corner


@pytest.mark.parametrize("across", [1280, 1920, 3840])
@pytest.mark.exhaustive
def test_all_pages_are_as_wide_as_the_window_up_to_one_measure(visit: Callable[[str], Visit], across: int) -> None:
    bob = visit("bob")
    bob.desktop.window.resize(across, 900)
    for place in ("home", "drafts", "inbox", "register", "records", "people", "exchange", "settings", "help"):
        page = bob.go(place)
        grab(bob.desktop.window)
        sheet = page.findChild(QScrollArea)
        column = page.body.parentWidget()
        s = sizes(page)

        # A page that scrolls has its bar beside it; the stretches at both sides take a pixel or two.
        room = sheet.viewport().width() - 2 * s.xl
        assert 0 <= min(room, s.chars(page.WIDEST)) - column.width() <= 4, place
        assert abs(column.mapTo(sheet.viewport(), QPoint(0, 0)).x() - s.xl - (room - column.width()) // 2) <= 2, place
