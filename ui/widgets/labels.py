"""Text on screen. Words written by other people are shown as plain text only: markup in them is never run.

``Label`` is for everything; ``heading`` and ``quiet`` make its two variations. There is no rich text in Countersign.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from intake.domain.base.directions import isolated_lines
from intake.domain.base.visible import uncovered
from ui.theme import Tone, colours
from ui.widgets.tips import plain_tip

_COLOURS_CHANGE = frozenset({QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange})
LETTERS_CHANGE = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


class Label(QLabel):
    """Plain text that can be selected, wraps by default, and can be cut short with the whole text as tooltip.

    What is drawn as nothing is shown as a placeholder: two texts that differ never look the same.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        elide: bool = False,
        selectable: bool = True,
        tone: Tone | None = None,
        quiet: bool = False,
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._heights: dict[int, int] = {}
        self._elide = elide
        self._tone = tone
        self._quiet = quiet
        self._colouring = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(not elide)
        self.setOpenExternalLinks(False)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._colour()
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self._show()

    def text(self) -> str:
        """The whole text, also when only a part of it is shown."""
        return self._whole

    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        self._heights.clear()

    def set_tone(self, tone: Tone | None) -> None:
        self._tone = tone
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        what = event.type()
        if what in _COLOURS_CHANGE:
            if not self._colouring:
                self._colour()
        elif what in LETTERS_CHANGE:
            self._heights.clear()
            if self._elide:
                self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._show()

    def heightForWidth(self, width: int) -> int:
        """As Qt finds it, which lays the text out each time it is asked; a page asks ten times for each width of each text."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 6, hint.height()) if self._elide else hint

    def _show(self) -> None:
        self._heights.clear()
        shown = isolated_lines(uncovered(self._whole))
        if self._elide:
            shown = QFontMetrics(self.font()).elidedText(
                " ".join(shown.split()), Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
            )
            self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
        super().setText(shown)
        self.setAccessibleName(self._whole)

    def _colour(self) -> None:
        if self._tone is None and not self._quiet:
            return
        c = colours(self.palette())
        wanted = c.tone(self._tone).text if self._tone is not None else c.quiet
        if self.palette().color(QPalette.ColorRole.WindowText) == wanted:
            return
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, wanted)
        palette.setColor(QPalette.ColorRole.Text, wanted)
        self._colouring = True
        self.setPalette(palette)
        self._colouring = False


def heading(text: str, level: int = 1, parent: QWidget | None = None) -> Label:
    """A heading: level 1 for the page, 2 for a section, 3 for a group."""
    label = Label(text, parent)
    label.setFont(heading_font(label.font(), level))
    return label


def heading_font(font: QFont, level: int) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * {1: 1.7, 2: 1.28, 3: 1.05}[level])
    larger.setWeight(QFont.Weight.DemiBold)
    return larger


def strong_font(font: QFont) -> QFont:
    """The font of what should be found first among its neighbours, of their size."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier


def quiet(text: str, parent: QWidget | None = None, *, elide: bool = False) -> Label:
    """Text of second rank: help, dates, who."""
    return Label(text, parent, quiet=True, elide=elide)


def strong(text: str, parent: QWidget | None = None, *, elide: bool = False) -> Label:
    """Text that should be found first among its neighbours."""
    label = Label(text, parent, elide=elide)
    label.setFont(strong_font(label.font()))
    return label


def digest(text: str, parent: QWidget | None = None, *, shown: int = 12) -> Label:
    """A digest: its first characters, the whole of it as tooltip and for copying by the screen reader."""
    label = Label(text[:shown], parent)
    font = QFont(label.font())
    font.setFamilies(["Noto Sans Mono", "DejaVu Sans Mono", "monospace"])
    label.setFont(font)
    label.setToolTip(plain_tip(text))
    label.setAccessibleName(text)
    return label
