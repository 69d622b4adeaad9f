"""What stands above the terms that an office would sign: what they are, and from where else they can begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from intake.domain.acts.kinds import Office
from ui.widgets.blocks import WrappingRow
from ui.widgets.labels import heading
from ui.widgets.panels import action_button


class MyTermsHead(WrappingRow):
    """``taken_over`` asks for the terms of the other office, ``started`` for what the playbook proposes."""

    taken_over = Signal()
    started = Signal()

    def __init__(self) -> None:
        self._title, self._start, self._take_over = heading("", 2), QAction(), QAction()
        super().__init__(self._title, action_button(self._start), action_button(self._take_over), grows=True)
        self._title.setText(self.tr("The terms you would sign"))
        self._start.setText(self.tr("Start from what the playbook proposes"))
        self._take_over.setText(self.tr("Take the other office’s terms over"))
        self._take_over.triggered.connect(self.taken_over)
        self._start.triggered.connect(self.started)
        self.offer(None)

    def offer(self, other: Office | None) -> None:
        """Offer to take the terms of ``other`` over; None where it holds none."""
        self._take_over.setVisible(other is not None)
        if other is not None:
            self._take_over.setText(self.tr("&Take the {office}’s terms over").format(office=other.label))
