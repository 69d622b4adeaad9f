"""Every screen with text at 200 % in the smallest window: nothing scrolls sideways, and no word is cut."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog

import resources
from intake.sample.building import build_sample
from tests.ui.large import cut_off, twice
from tests.ui.shown import squeezed
from ui.app import Desktop, Options, default_wiring
from ui.pictures.demo import _owner_stops, _reviewer_stops
from ui.pictures.screenshots import grab
from ui.pictures.tour import PictureStop, settle
from ui.widgets import on_screen

__all__ = ["twice"]

SIZE = QSize(1280, 720)

pytestmark = pytest.mark.exhaustive


@pytest.mark.usefixtures("twice", "language")
def test_every_screen_has_room_for_its_words(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A dialog is bounded by the screen; the one of the tests is another than the smallest we promise to fit.
    monkeypatch.setattr(on_screen, "room", lambda _: SIZE)
    sample = build_sample(
        tmp_path / "sample",
        read=resources.read,
        names=resources.names,
        clock=lambda: datetime.now(UTC).replace(microsecond=0),
    )
    start = (
        PictureStop("start", "start"),
        PictureStop("join", "start", "join"),
        PictureStop("found", "start", "found"),
    )
    cut: dict[str, set[str]] = defaultdict(set)
    gc.disable()
    try:
        _visit(qapp, cut, sample.installation, tuple(_reviewer_stops(sample.installation)))
        _visit(qapp, cut, sample.people[sample.owner], _owner_stops(sample))
        _visit(qapp, cut, tmp_path / "new", start)
    finally:
        gc.enable()

    assert cut == {}


def _visit(app: QApplication, cut: dict[str, set[str]], root: Path, stops: Sequence[PictureStop]) -> None:
    desktop = Desktop(app, Options(root, sample=True), replace(default_wiring(), first_place=stops[0].place))
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        settle(desktop)
        for stop in stops:
            if found := _cut(desktop, stop):
                cut[stop.name] = found
    finally:
        desktop.close()


def _cut(desktop: Desktop, stop: PictureStop) -> set[str]:
    desktop.context.go(stop.place, stop.argument)
    settle(desktop)
    page = desktop.window.pages.page
    assert page is not None
    if stop.action:
        (action,) = [item for item in page.actions() if item.text().replace("&", "") == stop.action]
        action.trigger()
        settle(desktop)
    dialog = next((item for item in desktop.window.findChildren(QDialog) if item.isVisible()), None)
    shown = dialog or desktop.window
    picture = grab(shown, None if dialog else SIZE)
    # Tabs have arrows then, the hint of a field is its name too, and a list keeps its columns.
    gives_way = ("tabs", "hint", "_View scrolls")
    found = {text for text in (*cut_off(shown), *squeezed(shown)) if not text.startswith(gives_way)}
    if picture.width() > SIZE.width() or picture.height() > SIZE.height():
        found.add(f"{type(shown).__name__} is {picture.width()} by {picture.height()}")
    if dialog is not None:
        dialog.reject()
    return found
