"""The status line about access: that the exchange is open, that keys wait; and ``open-keys``, which asks for the passphrase."""

from __future__ import annotations

from PySide6.QtCore import QObject

from intake.domain.organisation.exchange_rule import Reading
from ui.context import Context
from ui.exchange.access_watch import access_watch
from ui.exchange.access_words import handed_words, reading_sentence
from ui.shell.window import Window


class AccessTold(QObject):
    """Made with the window."""

    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._watch = access_watch(context)
        self._watch.changed.connect(self._show)
        window.status.opening.connect(self._on_opening)
        context.asked.connect(self._on_asked)
        self._show()

    def _show(self) -> None:
        facts, status = self._watch.facts, self._window.status
        is_open = facts.reading is Reading.OPEN
        status.set_open_exchange(self.tr("Open exchange") if is_open else "", reading_sentence(Reading.OPEN))
        status.set_handed(handed_words(facts.handed) if facts.handed else "")

    def _on_opening(self) -> None:
        self._context.ask("open-keys")

    def _on_asked(self, command: str, _: object) -> None:
        if command == "open-keys":
            from ui.exchange.opening_keys import OpenKeysDialog

            OpenKeysDialog(self._context, self._window).open()
