"""Comparing and choosing with text at 200 % in the smallest window: nothing scrolls sideways, and no word is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from intake.services.filing import filing
from tests.services.competing import Competing
from tests.services.offices import Offices
from tests.ui.large import cut_off, twice
from tests.ui.shown import squeezed
from tests.ui.visiting import Visit
from ui.compare.target import CompareTarget
from ui.guide.stops import GuideStop, View
from ui.pictures.screenshots import grab

__all__ = ["twice"]

SMALL = QSize(1280, 720)

pytestmark = pytest.mark.exhaustive


@pytest.mark.usefixtures("twice")
def test_every_word_has_its_room(ada: Visit, at: Competing, offices: Offices) -> None:
    draft = filing.start(offices.installations["ada"], "ada", case=at.case)
    stops = {
        "case": at.case,
        "compare": CompareTarget(at.case),
        "the list of parts": GuideStop(draft, View.TASKS),
        "choosing": GuideStop(draft, View.CHOOSE),
        "checking": GuideStop(draft, View.CHECK),
    }
    cut: dict[str, list[str]] = {}
    for name, argument in stops.items():
        ada.go("guide" if isinstance(argument, GuideStop) else name, argument)
        grab(ada.desktop.window, SMALL)
        found = [*cut_off(ada.page), *squeezed(ada.page)]
        if found:
            cut[name] = found

    assert cut == {}
