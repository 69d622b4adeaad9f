"""Parts of a page that scroll by themselves, or give way to the page."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from pytestqt.qtbot import QtBot

from ui.widgets.part_area import PartArea


def test_a_part_that_goes_is_hidden_once_more_and_nothing_is_wrong(qtbot: QtBot) -> None:
    part = PartArea()
    qtbot.addWidget(part)
    part.show()
    # As Python leaves it while Qt takes it down.
    vars(part).clear()

    part.hideEvent(QHideEvent())
