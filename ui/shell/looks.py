"""How the window looks: its colours and the size of its text, by commands of the menu "View", kept for the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.context import Context
from ui.shell.commands import Commands
from ui.theme import TEXT_SIZES, Scheme

_STEPS = {"text-larger": 1, "text-smaller": -1}


class Looks(QObject):
    """Marks the commands as the theme is, also when it was changed elsewhere."""

    def __init__(self, context: Context, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._commands = commands
        context.theme.changed.connect(self._mark)
        self._mark()

    def do(self, key: str) -> None:
        """Do one of these commands: ``look-…`` a palette, ``text-…`` a size of text."""
        theme, settings = self._context.theme, self._context.settings
        if key.startswith("look-"):
            settings.scheme = Scheme(key.removeprefix("look-"))
            theme.set_scheme(settings.scheme)
            # Setting the same again changes nothing, but a menu has taken the tick away.
            self._mark()
            return
        settings.text_size = self._wanted(key)
        theme.set_text_size(settings.text_size)
        self._context.say(self.tr("Text at {percent} %").format(percent=settings.text_size))

    def _wanted(self, key: str) -> int:
        if key == "text-normal":
            return TEXT_SIZES[0]
        here = TEXT_SIZES.index(self._context.theme.text_size) + _STEPS[key]
        return TEXT_SIZES[min(max(here, 0), len(TEXT_SIZES) - 1)]

    def _mark(self) -> None:
        theme = self._context.theme
        for scheme in Scheme:
            self._commands.action(f"look-{scheme.value}").setChecked(theme.scheme is scheme)
        self._commands.action("text-larger").setEnabled(theme.text_size < TEXT_SIZES[-1])
        self._commands.action("text-smaller").setEnabled(theme.text_size > TEXT_SIZES[0])
        self._commands.action("text-normal").setEnabled(theme.text_size != TEXT_SIZES[0])
