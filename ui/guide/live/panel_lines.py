"""Short columns of words as data, and the widget that shows them: what the live panel and the cards are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.links import LinkButton


class LineLook(StrEnum):
    TEXT = "text"
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class PanelLine:
    """``question`` makes a link of it, or, with ``link``, puts a link with these words below it."""

    text: str
    look: LineLook = LineLook.TEXT
    question: str = ""
    link: str = ""


class Lines(QWidget):
    """``followed`` carries the question of the link chosen."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = bare_column(self, sizes(self).xs)
        self._shown: tuple[PanelLine, ...] = ()

    def set_lines(self, lines: Sequence[PanelLine]) -> None:
        wanted = tuple(lines)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._box)
        for line in wanted:
            if line.text and (line.link or not line.question):
                self._box.addWidget(_worded(line))
            if line.question:
                link = LinkButton(
                    line.question, line.link or line.text, name=f"{line.link}: {line.text}" if line.link else ""
                )
                link.followed.connect(self.followed)
                self._box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def _worded(line: PanelLine) -> Label:
    match line.look:
        case LineLook.STRONG:
            return strong(line.text)
        case LineLook.QUIET:
            return quiet(line.text)
        case LineLook.TEXT:
            return Label(line.text)
