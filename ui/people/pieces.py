"""Small parts that the cards of the people page share."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from ui.widgets.labels import Label
from ui.widgets.panels import own_size_button


def small_button(text: str, name: str) -> QPushButton:
    """``text`` may end in three dots where a dialog follows; ``name`` says the whole of it to a screen reader."""
    return own_size_button(text.rstrip("…"), name=name)


def point(text: str) -> QLabel:
    label = Label(f"•  {text}")
    label.setAccessibleName(text)
    return label
