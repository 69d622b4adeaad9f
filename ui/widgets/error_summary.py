"""The list of what is wrong, at the top of a page, in the very words shown at the fields (GOV.UK pattern)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Tone, colours, sizes
from ui.widgets.labels import heading


class ErrorSummary(QFrame):
    """Hidden while nothing is wrong; takes the focus when shown. ``chosen`` carries the key of the error clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(s.l, s.l, s.l, s.l)
        self._box.setSpacing(s.xs)
        self._title = heading(self.tr("There is a problem"), 2)
        self._box.addWidget(self._title)
        self._links: dict[str, QPushButton] = {}
        self._errors: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._title.text())
        self.setVisible(False)

    def texts(self) -> tuple[str, ...]:
        return tuple(self._errors.values())

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Show the errors by key, in order, and move the focus here; an empty mapping hides the summary."""
        for link in self._links.values():
            self._box.removeWidget(link)
            link.deleteLater()
        self._links = {}
        self._errors = dict(errors)
        before: QWidget = self
        for key, text in errors.items():
            link = QPushButton()
            link.setProperty("role", "link")
            link.setProperty("key", key)
            link.setAccessibleName(text)
            # The words break where the page does; a button by itself would make the page wider instead.
            link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            link.clicked.connect(self._on_clicked)
            self._box.addWidget(link)
            self._links[key] = link
            # Made after the fields below, but walked before them.
            QWidget.setTabOrder(before, link)
            before = link
        self._break()
        self.setAccessibleDescription("\n".join(errors.values()))
        self.setVisible(bool(errors))
        if errors:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        margins = self._box.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for key, link in self._links.items():
            # An ampersand in somebody's words is no shortcut.
            link.setText(broken(self._errors[key], link.fontMetrics(), room).replace("&", "&&"))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.property("key"))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.tone(Tone.BAD).strong, 3))
        painter.setBrush(c.card)
        radius = sizes(self).radius
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
        painter.end()


def broken(text: str, metrics: QFontMetrics, room: int) -> str:
    """The words on lines no wider than ``room``, for what cannot wrap by itself."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
