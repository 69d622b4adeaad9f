"""What scaled use lacks, and the reason for which an office would do without it: a field for each, and nothing where nothing lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from intake.domain.terms.waivers import MAX_WAIVER_REASON, Waiver
from ui.theme import sizes
from ui.widgets.boxes import clear
from ui.widgets.fields import LongTextField
from ui.widgets.labels import heading, quiet
from ui.widgets.panels import Card


class WaiversEditor(Card):
    """``changed`` comes with every edit. A reason that is given waives what it stands beside; an empty one waives nothing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.addWidget(heading(self.tr("What is missing for scaled use"), 2))
        self.box.addWidget(
            quiet(
                self.tr(
                    "Scaled use rests on a pilot and its papers. Where both offices do without one, the record says why."
                )
            )
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes(self).m)
        self.box.addLayout(self._lines)
        self.fields: dict[str, LongTextField] = {}
        self.hide()

    def show_missing(self, missing: Sequence[tuple[str, str]], reasons: Mapping[str, str]) -> None:
        """``missing`` are what is missing with its words, ``reasons`` those given by what they are for."""
        names = [what for what, _ in missing]
        if names != list(self.fields):
            self._build(missing)
        for what, field in self.fields.items():
            if (field.value() or "") != reasons.get(what, ""):
                field.set_value(reasons.get(what))
        self.setVisible(bool(missing))

    def waivers(self) -> tuple[Waiver, ...]:
        """What is waived by the reasons in the fields."""
        given = ((what, field.value()) for what, field in self.fields.items())
        return tuple(sorted(Waiver(what, reason) for what, reason in given if reason))

    def flush(self) -> None:
        for field in self.fields.values():
            field.flush()

    def _build(self, missing: Sequence[tuple[str, str]]) -> None:
        clear(self._lines)
        self.fields = {}
        for what, words in missing:
            label = QLabel(self.tr("{missing}: why both do without it").format(missing=words))
            label.setWordWrap(True)
            field = LongTextField(lines=2, longest=MAX_WAIVER_REASON)
            label.setBuddy(field.focus_widget())
            field.name(label.text(), "")
            field.changed.connect(self.changed)
            self._lines.addWidget(label)
            self._lines.addWidget(field)
            self.fields[what] = field
