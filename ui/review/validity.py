"""The first card of the terms being edited: the stage granted, and the days from which and until which the approval holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.terms.edits import TermsEdits
from intake.domain.terms.stages import StageStep
from intake.domain.terms.terms import Stage, Terms
from ui.theme import sizes
from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_row
from ui.widgets.date_field import DateField
from ui.widgets.fields import Choice, PickField
from ui.widgets.labels import quiet
from ui.widgets.panels import Card
from ui.words.cases import stage_words


class ExpiryMissing(Refusal):
    what = "The terms have no day on which they end."
    why = "An approval that never ends is never looked at again."
    next = "Choose a day under “Until”."


class FirstDayMissing(Refusal):
    what = "The terms have no day from which they hold."
    why = "How long an approval may last counts from its first day."
    next = "Choose a day under “From”."


class StageMissing(Refusal):
    what = "The terms do not say which stage they grant."
    why = "A pilot and a scaled use are different decisions."
    next = "Choose a stage."


class ValidityCard(Card):
    """``stage``, ``begins`` and ``expires`` are its fields; ``changed`` comes when one of them was."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        pairs = []
        self.stage = PickField(())
        self.begins, self.expires = DateField(), DateField()
        for text, field in (
            (self.tr("&Stage granted"), self.stage),
            (self.tr("Fro&m"), self.begins),
            (self.tr("&Until"), self.expires),
        ):
            label = QLabel(text)
            label.setBuddy(field.focus_widget())
            field.name(text.replace("&", ""), "")
            field.changed.connect(self.changed)
            pair = QWidget()
            line = bare_row(pair, s.m)
            line.addWidget(label)
            line.addWidget(field)
            pairs.append(pair)
        self.box.addWidget(WrappingRow(*pairs))
        self._steps: tuple[StageStep, ...] = ()
        self.takes = quiet("")
        self.box.addWidget(self.takes)
        self.stage.changed.connect(self._tell)
        self.box.addWidget(
            quiet(self.tr("On the last day the approval ends; both offices look again before it goes on."))
        )

    def show_terms(self, base: Terms, edits: TermsEdits, steps: tuple[StageStep, ...]) -> None:
        """Fill the fields: with what was changed, and else with ``base``. Only these ``steps`` are offered."""
        self._steps = steps
        self.stage.set_choices([Choice(item.after.value, stage_words(item.after)) for item in steps])
        self.stage.set_value((edits.stage or base.stage).value)
        self.begins.set_value(edits.begins or base.begins)
        self.expires.set_value(edits.expires or base.expires)
        self._tell()

    def _tell(self) -> None:
        """Say what the chosen step takes."""
        chosen = self.stage.value()
        self.takes.setText("".join(words(item.said) for item in self._steps if item.after == chosen))

    def taken(self, base: Terms, edits: TermsEdits) -> TermsEdits:
        """``edits`` with what the fields say; an empty field is no change, and ``check`` tells of it."""
        chosen = self.stage.value()
        edits = edits.with_stage(base, Stage(chosen) if chosen else None)
        return edits.with_begins(base, self.begins.day).with_expires(base, self.expires.day)

    def check(self) -> None:
        """Raises StageMissing, FirstDayMissing or ExpiryMissing."""
        if not self.stage.value():
            raise StageMissing
        if not self.begins.day:
            raise FirstDayMissing
        if not self.expires.day:
            raise ExpiryMissing
