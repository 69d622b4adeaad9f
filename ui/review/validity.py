"""The first card of the terms being edited: the stage granted, and the days from which and until which the approval holds."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.terms.terms import GRANTABLE
from ui.theme import sizes
from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_row
from ui.widgets.date_field import DateField
from ui.widgets.fields import Choice, PickField
from ui.widgets.labels import quiet
from ui.widgets.panels import Card
from ui.words.cases import stage_words


class ValidityCard(Card):
    """``stage``, ``begins`` and ``expires`` are its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        pairs = []
        self.stage = PickField([Choice(item.value, stage_words(item)) for item in GRANTABLE])
        self.begins, self.expires = DateField(), DateField()
        for text, field in (
            (self.tr("&Stage granted"), self.stage),
            (self.tr("&From"), self.begins),
            (self.tr("&Until"), self.expires),
        ):
            label = QLabel(text)
            label.setBuddy(field.focus_widget())
            field.name(text.replace("&", ""), "")
            pair = QWidget()
            line = bare_row(pair, s.m)
            line.addWidget(label)
            line.addWidget(field)
            pairs.append(pair)
        self.box.addWidget(WrappingRow(*pairs))
        self.box.addWidget(
            quiet(self.tr("On the last day the approval ends; both offices look again before it goes on."))
        )
