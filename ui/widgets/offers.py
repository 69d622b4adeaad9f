"""A line that offers what is known, such as the people of the roster, and takes everything else as well.

What fits is shown in a list below while somebody types, and on Down in an empty line. Nothing is ever put into the line
that was not chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from intake.domain.base.visible import as_sought
from ui.widgets.fields import TextField
from ui.widgets.links import LinkButton

_NAME = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class LineOffer:
    """Something to choose: ``name`` is what goes into the line, ``about`` is only shown beside it."""

    name: str
    about: str = ""


class Offering(QObject):
    """Offers ``offers`` at a line, for as long as the line lives: those that hold every word typed, in the order given."""

    SEEN = 8

    def __init__(self, line: QLineEdit, offers: Sequence[LineOffer]) -> None:
        super().__init__(line)
        self._line = line
        self._offers = offers
        self._folded: tuple[str, ...] = ()
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionRole(_NAME)
        # The few that fit are found here: a roster may list tens of thousands, and no model of them is made for a field.
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(self.SEEN)
        line.textChanged.connect(self._look)
        line.setCompleter(self.completer)
        line.installEventFilter(self)
        # What is chosen in the list counts as typed.
        self.completer.activated.connect(self._on_chosen)

    def fitting(self, text: str) -> tuple[LineOffer, ...]:
        """What is offered for ``text``, at most ``SEEN``."""
        if not self._folded:
            self._folded = tuple(as_sought(f"{offer.name} {offer.about}") for offer in self._offers)
        asked = as_sought(text).split()
        found = (
            offer
            for offer, folded in zip(self._offers, self._folded, strict=True)
            if all(part in folded for part in asked)
        )
        few = tuple(islice(found, self.SEEN))
        # What stands there already needs no offer.
        return () if len(few) == 1 and few[0].name == text else few

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._look(self._line.text())
            self.completer.complete()
            return True
        return super().eventFilter(watched, event)

    def _look(self, text: str) -> None:
        self._model.clear()
        for offer in self.fitting(text):
            item = QStandardItem(f"{offer.name} · {offer.about}" if offer.about else offer.name)
            item.setData(offer.name, _NAME)
            self._model.appendRow(item)

    def _on_chosen(self, text: str) -> None:
        self._line.setText(text)


class OfferField(TextField):
    """One line with offers. ``mine`` is the likeliest one, offered by a link below while the line is empty."""

    def __init__(
        self,
        offers: Sequence[LineOffer],
        mine: str = "",
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``words`` are those of the link, which says what it fills in."""
        super().__init__(parent)
        self._mine = mine
        self.link = LinkButton(mine, words)
        self.link.followed.connect(self._on_mine)
        self.box.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.textChanged.connect(self._follow)
        Offering(self._line, offers)
        self._follow(self._line.text())

    def parts(self) -> Sequence[QWidget]:
        return (*super().parts(), self.link)

    def _follow(self, text: str) -> None:
        self.link.setVisible(bool(self._mine) and not text)

    def _on_mine(self, mine: str) -> None:
        self._line.setText(mine)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
