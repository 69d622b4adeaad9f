"""The signing dialog: what exactly is being signed, as whom, and one passphrase for all of it.

It knows nothing about keys. It shows a ``Subject``, emits ``signing(passphrase)`` and stays open until the screen says
how it went: ``succeeded()`` closes it, ``failed(refusal)`` shows why and lets the person try again.

It is never higher than the screen: what is signed scrolls; the boxes, the passphrase and the buttons stay where they are. Where
they would leave too little room for what is signed, as with large letters on a small screen, the boxes scroll with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QWidget

from intake.domain.base.refusals import Refusal
from ui.theme import Tone, sizes
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import digest, quiet, strong
from ui.widgets.middle import fit, page_on
from ui.widgets.options import WrappingCheck
from ui.widgets.passphrase import PassphraseField, SamplePassphrase
from ui.widgets.signing_sheet import SigningSheet, Subject


class SigningDialog(PlainDialog):
    """Shows a ``Subject`` and asks for the passphrase of the key that signs it.

    ``looking`` asks for the pages that will carry the signature. ``sample`` is the passphrase of the sample, and empty
    everywhere else.
    """

    signing = Signal(str)
    looking = Signal()

    LEAST_READ = 7
    """Lines of what is signed that are in sight at least, before the boxes give their place to it."""

    WIDE = 140
    """Characters across, where the screen has room for them."""

    def __init__(self, subject: Subject, parent: QWidget | None = None, *, sample: str = "") -> None:
        super().__init__(subject.title, parent, scrolls=False)
        self._busy = False
        s = sizes(self)
        self.body.setSpacing(s.xs)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(s.l, s.m, s.l, s.m)
            outer.setSpacing(s.s)
        self.sheet = SigningSheet(subject, self.title, self)
        self.body.addWidget(self.sheet, 1)
        self.attestations = [WrappingCheck(words) for words in subject.attestations]
        for box in self.attestations:
            box.toggled.connect(self._on_changed)
            self.body.addWidget(box)
        self.problem = self.sheet.problem
        self._add_passphrase(subject, sample)
        self._add_buttons(subject)
        self.passphrase.edited.connect(self._on_changed)
        self._offer()
        self._first_open().setFocus()

    def succeeded(self) -> None:
        """It is signed and stored."""
        self._busy = False
        self.passphrase.clear()
        super().accept()

    def failed(self, refusal: Refusal) -> None:
        """It was refused; nothing was signed. The person may try again."""
        self._busy = False
        self._offer()
        self.passphrase.clear()
        self.sheet.tell(refusal.what_happened, f"{refusal.reason} {refusal.next_step}".strip(), Tone.BAD)
        self.passphrase.line.setAccessibleDescription(refusal.sentence)
        self.passphrase.setFocus()
        self._fit()

    def accept(self) -> None:
        """Sign, or say what is missing: the dialog stays until the screen says how it went."""
        if self._busy:
            return
        if self._missing():
            self._say_missing()
            return
        self._busy = True
        self.problem.setVisible(False)
        self._offer()
        self.signing.emit(self.passphrase.text())

    def reject(self) -> None:
        # Between the keystroke and the stored act there is nothing to cancel that would be honest to offer.
        if not self._busy:
            self.passphrase.clear()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        # Before Qt puts it over its window.
        if not event.spontaneous():
            self._fit()
            self._give_room()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Wherever the keyboard is, what is signed can be read on.
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            page_on(self.sheet, down=event.key() == Qt.Key.Key_PageDown)
            return
        super().keyPressEvent(event)

    def _add_passphrase(self, subject: Subject, sample: str) -> None:
        s = sizes(self)
        key = digest(subject.fingerprint)
        key.setAccessibleName(self.tr("Key {fingerprint}").format(fingerprint=subject.fingerprint))
        signer = strong(self.tr("Signing as {name}").format(name=subject.signer))
        said = quiet(self.tr("key"))
        for part in (said, key):
            # The name gives way, not these: they have one line each.
            part.setWordWrap(False)
        line = QHBoxLayout()
        line.setSpacing(s.s)
        line.addWidget(signer, 1)
        line.addWidget(said)
        line.addWidget(key)
        self.body.addLayout(line)
        label = QLabel(self.tr("&Passphrase of your key"))
        self.passphrase = PassphraseField(self.tr("Passphrase of your key"))
        label.setBuddy(self.passphrase.line)
        row = QHBoxLayout()
        row.setSpacing(s.m)
        row.addWidget(label)
        row.addWidget(self.passphrase, 1)
        self.body.addLayout(row)
        self.sample: SamplePassphrase | None = None
        if sample:
            self.sample = SamplePassphrase(sample, self.passphrase)
            self.sample.filled.connect(self._on_filled)
            self.body.addWidget(self.sample)

    def _add_buttons(self, subject: Subject) -> None:
        self.pages: QPushButton | None = None
        if subject.has_pages:
            self.pages = self.add_button(
                self.tr("&Look at the pages"),
                QDialogButtonBox.ButtonRole.ResetRole,  # apart from the two that end the dialog, on every platform
                name=self.tr("Look at the pages that are signed"),
            )
            self.pages.clicked.connect(self.looking)
        self.cancel = self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.sign = self.add_button(subject.button, QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.sign.setDefault(True)

    def _missing(self) -> list[tuple[QWidget, str]]:
        """What is still open, each with what there is to do."""
        found: list[tuple[QWidget, str]] = [
            (box, self.tr("Tick “{words}”").format(words=box.text()))
            for box in self.attestations
            if not box.isChecked()
        ]
        if not self.passphrase.text():
            found.append((self.passphrase.line, self.tr("Enter the passphrase of your key")))
        return found

    def _first_open(self) -> QWidget:
        missing = self._missing()
        return missing[0][0] if missing else self.sign

    def _say_missing(self) -> None:
        missing = self._missing()
        words = " · ".join(words for _, words in missing)
        self.sheet.tell(self.tr("Nothing is signed yet. Still missing:"), words, Tone.WARN)
        first = missing[0][0]
        first.setAccessibleDescription(words)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()
        if self.sheet.isAncestorOf(first):
            self.sheet.ensureWidgetVisible(first)

    def _on_changed(self) -> None:
        # What was missing, or wrong, is being put right.
        if not self.problem.isHidden() and self.passphrase.text() and not self._missing():
            self.problem.setVisible(False)

    def _on_filled(self) -> None:
        self._first_open().setFocus()

    def _offer(self) -> None:
        for widget in (self.passphrase, self.sign, self.cancel, *self.attestations):
            widget.setEnabled(not self._busy)
        if self.sample is not None:
            self.sample.setEnabled(not self._busy)

    def _fit(self) -> None:
        """As high as everything needs, and never larger than the screen: then the sheet scrolls."""
        fit(self, self.sheet, sizes(self).chars(self.WIDE))

    def _give_room(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        if not self._too_little():
            return
        for box in self.attestations:
            self.body.removeWidget(box)
            self.sheet.add_last(box)
            box.show()
        self._fit()
        if not self.passphrase.text():
            # Read first: the boxes come where it ends.
            self.sheet.setFocus()

    def _too_little(self) -> bool:
        """Whether less of what is signed is in sight than is read at a time."""
        seen = self.sheet.height()
        return seen < self.sheet.wish(self.sheet.width()) and seen < sizes(self).line * self.LEAST_READ
