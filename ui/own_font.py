"""A font that a widget keeps for itself, whatever the style sheet of the application is set to."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget


def set_own_font(widget: QWidget, font: QFont) -> None:
    """Give a widget that was shown already a font that stays."""
    widget.setFont(font)
    # WORKAROUND: a style sheet of the whole application keeps the font a widget had when it was first shown, here, and puts
    # it back whenever the sheet is set again. QWidget.setFont tells only the sheet of the widget itself.
    widget.setProperty("_q_styleSheetWidgetFont", font)
