"""The page of a use case as somebody sees it, for the tests of what is done there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.visiting import Visit
from ui.case.page import CasePage


def words(widget: QWidget) -> str:
    """Everything its labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def page_of(person: Visit, case: str) -> CasePage:
    """The page, once everything on it is read."""
    page = person.go("case", case)
    assert isinstance(page, CasePage)
    person.settle()
    return page
