"""One key that takes the last step back: a confirmation on the check page, a choice where revisions compete."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from ui.guide.check.confirming import Confirming
from ui.guide.choose.choosing import Choosing
from ui.guide.choose.view import ChooseView


class GuideUndo(QObject):
    """``action`` is the one of the page that does it; what it does follows the view that is shown."""

    def __init__(self, views: QStackedWidget, confirming: Confirming, choosing: Choosing) -> None:
        super().__init__(views)
        self.action: QAction | None = None
        self._views = views
        self._confirming = confirming
        self._choosing = choosing

    def undo_last(self) -> None:
        (self._choosing if self._chooses else self._confirming).undo_last()

    def offer(self, *, confirms: bool) -> None:
        """Whether there is a last step; ``confirms`` is whether the check page is shown."""
        if self.action is None:
            return
        self.action.setText(self.tr("&Undo choosing") if self._chooses else self.tr("&Undo confirming"))
        there = self._choosing.can_undo if self._chooses else confirms and bool(self._confirming.sure())
        self.action.setEnabled(there)

    @property
    def _chooses(self) -> bool:
        return isinstance(self._views.currentWidget(), ChooseView)
