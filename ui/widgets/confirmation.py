"""The lasting page after something that matters: what was done, its reference, what is next and who is next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import sizes
from ui.widgets.boxes import SideBySide, bare_column
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Card, action_button
from ui.widgets.ring import Ring
from ui.words.ring import RingState, ring_words


class Confirmation(QWidget):
    """``reference`` is large and can be copied; ``next_steps`` are sentences; the first action is the main one.

    ``delivery`` tells where what was signed is, and follows it.
    """

    def __init__(
        self,
        title: str,
        reference: str,
        state: RingState,
        next_steps: Sequence[str],
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
        *,
        delivery: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = bare_column(self, s.l)
        card = Card()
        said = QWidget()
        words = bare_column(said, s.s)
        words.addWidget(heading(title, 1))
        words.addWidget(quiet(self.tr("Reference")))
        number = Label(reference)
        font = QFont(number.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        number.setFont(font)
        number.setAccessibleName(self.tr("Reference {reference}").format(reference=reference))
        words.addWidget(number)
        words.addWidget(quiet(ring_words(state)))
        card.box.addWidget(_Head(Ring(state, lines=5.0), said))
        layout.addWidget(card)
        if delivery is not None:
            layout.addWidget(delivery)
        layout.addWidget(heading(self.tr("What happens next"), 2))
        for number_of_step, step in enumerate(next_steps, start=1):
            row = QHBoxLayout()
            row.setSpacing(s.m)
            count = strong(f"{number_of_step}.")
            count.setWordWrap(False)
            row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(step), 1)
            layout.addLayout(row)
        buttons = FlowLayout(self)
        buttons.setSpacing(s.m)
        self._buttons = [action_button(action, primary=order == 0) for order, action in enumerate(actions)]
        for button in self._buttons:
            buttons.addWidget(button)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def focus_main(self) -> None:
        """Put the keyboard on the main action, so that Enter goes on. Not on one of the line about delivery: it comes and goes."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


class _Head(SideBySide):
    """The ring beside the words, or above them when a long word would have no room."""

    LEAST = 60

    def __init__(self, ring: Ring, words: QWidget) -> None:
        super().__init__()
        self.box.setSpacing(sizes(self).xl)
        self.box.addWidget(ring, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.box.addWidget(words, 1)

    def room(self) -> int:
        return sizes(self).chars(self.LEAST)
