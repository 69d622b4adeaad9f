"""The stack of pages: makes each on its first visit, tells it when it is shown, and what changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Changes, Context
from ui.page import Page
from ui.shell.history import History, Visit
from ui.shell.places import WindowPlace


class PageStack(QStackedWidget):
    """``shown`` carries the key of the place now shown."""

    shown = Signal(str)
    retitled = Signal()

    def __init__(self, context: Context, places: Sequence[WindowPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._places = {place.key: place for place in places}
        self._pages: dict[str, Page] = {}
        self._last: dict[str, Visit] = {}
        self._stale: dict[str, list[Changes]] = {}
        self.history = History()
        context.went.connect(self.go)
        context.changed.connect(self._on_changed)

    @property
    def page(self) -> Page | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, Page) else None

    @property
    def place(self) -> WindowPlace | None:
        visit = self.history.current
        return self._places.get(visit.place) if visit is not None else None

    def made(self) -> tuple[Page, ...]:
        """The pages that exist so far."""
        return tuple(self._pages.values())

    def go(self, key: str, argument: object = None) -> None:
        """Show a place. Raises KeyError for a place that does not exist: a bug of the caller."""
        visit = Visit(key, argument)
        self._places[key]
        self.history.visit(visit)
        # A page that is gone to again, also from elsewhere, begins at its top; where one is already, it stays as it is.
        self._show(visit, again=self.currentWidget() is not self._pages.get(key))

    def back(self) -> None:
        if (visit := self.history.back()) is not None:
            self._show(visit)

    def forward(self) -> None:
        if (visit := self.history.forward()) is not None:
            self._show(visit)

    def _show(self, visit: Visit, *, again: bool = False) -> None:
        before = self.page
        if before is not None:
            before.leaving()
        page = self._pages.get(visit.place)
        if page is None:
            page = self._places[visit.place].make(self._context)
            page.title_changed.connect(self.retitled)
            self._pages[visit.place] = page
            self.addWidget(page)
        self.setCurrentWidget(page)
        # Back and forward find the place; what is new begins at its top.
        if again or self._last.get(visit.place) != visit:
            page.to_top()
        self._last[visit.place] = visit
        page.retitle()
        page.activated(visit.argument)
        for changes in self._stale.pop(visit.place, []):
            page.refresh(changes)
        page.take_keyboard()
        self.shown.emit(visit.place)

    def _on_changed(self, changes: Changes) -> None:
        here = self.history.current
        for key, page in self._pages.items():
            if here is not None and key == here.place:
                page.refresh(changes)
            else:
                self._stale.setdefault(key, []).append(changes)
