"""Small parts that the cards of the people page share."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLabel, QPushButton

from ui.people.versions import VersionTold
from ui.texts import Texts
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import own_size_button

MOST_POINTS = 12
"""Changes of a version that a card shows: the page stays short, and nothing is signed on a card."""


def small_button(text: str, name: str) -> QPushButton:
    """``text`` may end in three dots where a dialog follows; ``name`` says the whole of it to a screen reader."""
    return own_size_button(text.rstrip("…"), name=name)


def point(text: str) -> QLabel:
    label = Label(f"•  {text}")
    label.setAccessibleName(text)
    return label


def points(told: VersionTold) -> Iterator[QLabel]:
    """What a version changes as a card says it: the first of it, and how much more its signing sheet says."""
    for line in told.lines[:MOST_POINTS]:
        yield point(line)
    if (more := len(told.lines) - MOST_POINTS) > 0:
        yield quiet(PieceTexts.tr("and %Ln more changes", "", more))


class PieceTexts(Texts):
    pass
