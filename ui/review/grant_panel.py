"""Below what is changed: what the edited terms amount to, how they are judged beside what was asked, and what scaled use lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.terms.terms import Terms
from intake.domain.terms.waivers import Waiver
from ui.review.judged_card import JudgedCard
from ui.review.waivers import WaiversEditor
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.panels import NoticePanel

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView


class GrantPanel(QWidget):
    """``waived`` carries everything that is waived, whenever that changed."""

    waived = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = NoticePanel("", tone=Tone.INFO)
        self.state.hide()
        self.judged, self.waivers = JudgedCard(), WaiversEditor()
        self.waivers.changed.connect(self._on_waivers)
        column = bare_column(self, sizes(self).l)
        column.addWidget(self.state)
        column.addWidget(self.judged)
        column.addWidget(self.waivers)

    def show_terms(self, view: CaseView, given: Terms | None) -> None:
        """Nothing is shown of terms that cannot be read yet."""
        self.judged.show_terms(view, given)
        if given is not None:
            reasons = {item.what: item.reason for item in given.waivers}
            self.waivers.show_waivers(view.missing(given), view.needless(given), reasons)

    def say(self, text: str, tone: Tone) -> None:
        """What signing the edited terms would do."""
        self.state.set_words(text, "", tone)
        self.state.show()

    def flush(self) -> None:
        """Take what is being typed this moment."""
        self.waivers.flush()

    def _on_waivers(self) -> None:
        found: tuple[Waiver, ...] = self.waivers.waivers()
        self.waived.emit(found)
