"""What terms lack, such as the pilot before scaled use or a commitment that is open, and the reason for which an office would do without it: a field for each, and nothing where nothing lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.visible import plain
from intake.domain.terms.waivers import MAX_WAIVER_REASON, Waiver
from ui.theme import sizes
from ui.widgets.boxes import clear
from ui.widgets.fields import LongTextField
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card


class WaiversEditor(Card):
    """``changed`` comes with every edit. A reason that is given waives what it stands beside; an empty one waives nothing.

    What is waived needlessly has a field too, for it may be taken back: the terms of the other office may begin with it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.addWidget(heading(self.tr("What these terms do without"), 2))
        self.box.addWidget(
            quiet(
                self.tr(
                    "Scaled use rests on a pilot, its evidence and commitments that are met, and terms carry on what is open. "
                    "Where both offices do without something, the record says why."
                )
            )
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes(self).m)
        self.box.addLayout(self._lines)
        self._shown: tuple[object, object] = ((), ())
        self.fields: dict[str, LongTextField] = {}
        self.hide()

    def show_waivers(
        self, missing: Sequence[tuple[str, str]], needless: Sequence[tuple[str, str]], reasons: Mapping[str, str]
    ) -> None:
        """``missing`` is what is missing with its words, ``needless`` what is waived and is not, ``reasons`` are those given by
        what they are for.
        """
        wanted = (tuple(missing), tuple(needless))
        if wanted != self._shown:
            self._shown = wanted
            self._build(missing, needless)
        for what in self.fields:
            # What is typed may differ from what it is signed as; set again, it would lose the place of the cursor.
            if self._reason(what) != reasons.get(what, ""):
                self.fields[what].set_value(reasons.get(what))
        self.setVisible(bool(self.fields))

    def waivers(self) -> tuple[Waiver, ...]:
        """What is waived by the reasons in the fields."""
        return tuple(sorted(Waiver(what, reason) for what in self.fields if (reason := self._reason(what))))

    def _reason(self, what: str) -> str:
        return plain(self.fields[what].value() or "")

    def flush(self) -> None:
        for field in self.fields.values():
            field.flush()

    def _build(self, missing: Sequence[tuple[str, str]], needless: Sequence[tuple[str, str]]) -> None:
        clear(self._lines)
        self.fields = {}
        for what, words in missing:
            self._add(what, self.tr("Why both do without it: {missing}").format(missing=words))
        for what, words in needless:
            self._add(what, self.tr("Not missing on these terms, so empty this: {missing}").format(missing=words))

    def _add(self, what: str, text: str) -> None:
        # Words of a playbook: neither markup nor a letter to press, which a label with a buddy would make of “&”.
        field = LongTextField(lines=2, longest=MAX_WAIVER_REASON)
        field.name(text, "")
        field.changed.connect(self.changed)
        self._lines.addWidget(Label(text))
        self._lines.addWidget(field)
        self.fields[what] = field
