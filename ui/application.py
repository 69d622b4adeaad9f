"""The one Qt application of this process, in the style that the theme is drawn for."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

ARGUMENTS = ("countersign-desk", "-style", "Fusion")
"""What Qt is started with. Asked for by argument, a style is only loaded; ``QApplication.setStyle`` also hands it back, and
to describe it in Python costs as much as the first page."""


def application() -> QApplication:
    """The application, made at the first call."""
    app = QApplication.instance() or QApplication(list(ARGUMENTS))
    assert isinstance(app, QApplication)
    return app
