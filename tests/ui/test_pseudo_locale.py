"""Every screen in a language 40 % longer than English, in both themes: nothing untranslated, nothing cut."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog

import resources
from intake.domain.acts.kinds import Office
from intake.domain.base import wording
from intake.domain.playbook.questions import UNKNOWN_WORDS
from intake.records.proof.verdict import Indication
from intake.sample.building import PASSPHRASE, build_sample
from intake.sample.promises import LEFT
from intake.sample.story import STRANGE_KIND
from tests.languages import MadeUp
from tests.ui.large import cut_off
from tests.ui.plain import Plain, content
from tests.ui.pseudo import OPEN, Pseudo, pseudo
from tests.ui.shown import squeezed, texts
from ui.app import Desktop, Options, default_wiring
from ui.pictures.demo import _owner_stops, _reviewer_stops
from ui.pictures.screenshots import grab
from ui.pictures.tour import PictureStop, settle
from ui.places import places
from ui.theme import Scheme, Theme

SIZE = QSize(1280, 720)

# One group: the tour is made once for all of these.
pytestmark = pytest.mark.exhaustive

AS_SIGNED = ("services/deciding/attestations.py",)
"""What is signed word for word, and so is shown as it will stand in the act."""


@dataclass
class Tour:
    """What was seen: each text and each cut with the stops where it was."""

    places: set[str] = field(default_factory=set)
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cut: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@pytest.fixture(scope="module")
def tour(qapp: QApplication, theme: Theme, language: None, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    root = tmp_path_factory.mktemp("pseudo")
    sample = build_sample(
        root / "sample",
        read=resources.read,
        names=resources.names,
        clock=lambda: datetime.now(UTC).replace(microsecond=0),
    )
    visits = (
        (sample.installation, tuple(_reviewer_stops(sample.installation))),
        (sample.people[sample.owner], _owner_stops(sample)),
        (
            root / "new",
            (
                PictureStop("start", "start"),
                PictureStop("join", "start", "join"),
                PictureStop("found", "start", "found"),
            ),
        ),
    )
    made, speaker, scheme = Tour(), Pseudo(), theme.scheme
    qapp.installTranslator(speaker)
    wording.speak(MadeUp(pseudo))
    gc.disable()
    try:
        for folder, stops in visits:
            _visit(qapp, made, folder, stops)
    finally:
        gc.enable()
        qapp.removeTranslator(speaker)
        wording.speak(wording.ENGLISH)
        theme.set_scheme(scheme)
    return made


def _visit(app: QApplication, tour: Tour, root: Path, stops: Sequence[PictureStop]) -> None:
    desktop = Desktop(app, Options(root, sample=True), replace(default_wiring(), first_place=stops[0].place))
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        settle(desktop)
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            desktop.theme.set_scheme(scheme)
            for stop in stops:
                _look(desktop, tour, stop, f"{stop.name}-{scheme.value}")
    finally:
        desktop.close()


def _look(desktop: Desktop, tour: Tour, stop: PictureStop, name: str) -> None:
    desktop.context.go(stop.place, stop.argument)
    settle(desktop)
    page = desktop.window.pages.page
    assert page is not None
    tour.places.add(stop.place)
    if stop.action:
        (action,) = [item for item in page.actions() if _plain(item.text()) == _plain(pseudo(stop.action))]
        action.trigger()
        settle(desktop)
    dialog = next((item for item in desktop.window.findChildren(QDialog) if item.isVisible()), None)
    assert (dialog is not None) is stop.action.endswith("…"), stop.name
    shown = dialog or desktop.window
    for text in _elided(lambda: grab(shown, None if dialog else SIZE)):
        tour.cut[f"elided {text!r}"].add(name)
    for text in texts(shown):
        tour.said[text].add(name)
    for text in (*cut_off(shown), *squeezed(shown)):
        tour.cut[text].add(name)
    if dialog is not None:
        dialog.reject()


def _plain(text: str) -> str:
    return text.replace("&", "")


def _elided(draw: Callable[[], object]) -> set[str]:
    """The translated texts that were shortened while drawing: cells, rows and lines that screens paint themselves."""
    found = set()
    whole = QFontMetrics.elidedText

    def shorten(metrics: QFontMetrics, text: str, *rest: object) -> str:
        shown: str = whole(metrics, text, *rest)
        if shown != text and OPEN in text and not _is_refusal(text):
            found.add(text)
        return shown

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFontMetrics, "elidedText", shorten)
        draw()
    return found


@cache
def _refused(_known: int) -> re.Pattern[str]:
    what = (pseudo(text) for key, text in wording.sources().items() if key.endswith(".what"))
    # One that is nothing but facts would be any text.
    what = (text for text in what if OPEN in text)
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)) for text in what), re.DOTALL)


def _is_refusal(text: str) -> bool:
    """A refusal in a list gives way as what people wrote: it has a tooltip, and stands in full beside the list."""
    return _refused(len(wording.sources())).fullmatch(text) is not None


def test_every_place_is_seen(tour: Tour) -> None:
    assert tour.places == {place.key for place in places()}


def test_nothing_untranslated_is_shown(tour: Tour) -> None:
    plain = Plain(
        (*content(), *filter(None, LEFT.values()), STRANGE_KIND, "Shared folder", PASSPHRASE, UNKNOWN_WORDS),
        AS_SIGNED,
        (*(item.label for item in Office), *Indication),
    )

    unknown = {found: sorted(where)[:3] for text, where in tour.said.items() for found in plain.left(text)}

    assert unknown == {}
    assert set(AS_SIGNED) == plain.used, "take out what is translated now"


def test_nothing_is_cut(tour: Tour) -> None:
    assert {text: sorted(where)[:3] for text, where in tour.cut.items()} == {}
