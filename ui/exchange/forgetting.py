"""Removing many refused files at once: which, how many they are, and that this cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import sentence
from ui.exchange.work import ManyRefused
from ui.formatting import number_words
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import Choice, ChoiceField
from ui.widgets.labels import Label

_SHOWN = 48
"""Characters of a source, so that its line is one line."""


class ForgetDialog(PlainDialog):
    """``wanted`` carries the files that were counted and shown, and none that came after."""

    wanted = Signal(tuple)

    def __init__(self, kinds: tuple[ManyRefused, ...], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Remove refused files"), parent)
        self._kinds = kinds
        self.body.addWidget(
            Label(
                self.tr(
                    "Their bytes and their reasons are forgotten here, and this cannot be undone. What is still in the "
                    "exchange may come again. Acts that were sent away may be nowhere else."
                )
            )
        )
        self.which = ChoiceField(
            [Choice(str(place), self._words(kind), tip=self._tip(kind)) for place, kind in enumerate(kinds)]
        )
        self.which.name(self.tr("Which files"), "")
        self.which.changed.connect(self._check)
        self.body.addWidget(self.which)
        self.body.addStretch(1)
        self.add_button(self.tr("Keep things as they are"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        self.remove = self.add_button(self.tr("Remove"), QDialogButtonBox.ButtonRole.AcceptRole, look="danger")
        self._check()

    def accept(self) -> None:
        self.wanted.emit(self._kinds[int(self.which.value() or 0)].items)
        super().accept()

    def _check(self) -> None:
        chosen = self.which.value()
        self.remove.setEnabled(chosen is not None)
        if chosen is not None:
            count = number_words(len(self._kinds[int(chosen)].items))
            words = self.tr("Remove files: {count}").format(count=count)
            self.remove.setText(words)
            self.remove.setAccessibleName(words)

    def _words(self, kind: ManyRefused) -> str:
        count = number_words(len(kind.items))
        if kind.junk:
            return self.tr("Everything that can be no act: {count}").format(count=count)
        if kind.code:
            return self.tr("{reason} Refused for this: {count}").format(reason=sentence(Reason(kind.code)), count=count)
        # The end of a path says more than its beginning.
        source = kind.source if len(kind.source) <= _SHOWN else f"…{kind.source[-_SHOWN:]}"
        return self.tr("From {source}: {count}").format(source=source, count=count)

    def _tip(self, kind: ManyRefused) -> str:
        """What a helpdesk asks for."""
        return self.tr("Code: {code}").format(code=kind.code) if kind.code else kind.source
