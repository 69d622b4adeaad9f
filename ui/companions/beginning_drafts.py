"""Answers the window's commands that begin a draft: ``new-use-case``, ``new-use-case-like`` and ``revise`` (with a case id).

Made with the window, so nothing of the guide is imported before somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Context

if TYPE_CHECKING:
    from ui.guide.begin.beginning import Beginning


class DraftCommands(QObject):
    def __init__(self, context: Context, window: QObject) -> None:
        super().__init__(window)
        self._context = context
        self._begun: Beginning | None = None
        context.asked.connect(self._on_asked)

    @property
    def _beginning(self) -> Beginning:
        if self._begun is None:
            from ui.guide.begin.beginning import Beginning

            self._begun = Beginning(self._context, self)
        return self._begun

    def _on_asked(self, command: str, argument: object) -> None:
        match command:
            case "new-use-case":
                self._context.go("new")
            case "new-use-case-like":
                self._beginning.like(str(argument))
            case "revise":
                self._beginning.revise(str(argument))
