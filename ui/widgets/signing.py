"""The signing dialog: what exactly is being signed, as whom, and one passphrase for all of it.

It knows nothing about keys. It shows a ``Subject``, emits ``signing(passphrase)`` and stays open until the screen says
how it went: ``succeeded()`` closes it, ``failed(refusal)`` shows why and lets the person try again.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from intake.domain.base.refusals import Refusal
from ui.theme import Tone, sizes
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, digest, quiet, strong
from ui.widgets.panels import Card, NoticePanel
from ui.widgets.ring import Ring
from ui.words.ring import RingState


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One thing that is signed. ``is_digest`` shows it short, in a fixed-width font, whole as tooltip."""

    label: str
    value: str
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a signature is put under: ``title`` names the act, ``consequence`` says what follows from it."""

    title: str
    consequence: str
    signer: str
    fingerprint: str
    lines: tuple[SignedLine, ...]
    button: str
    attestations: tuple[str, ...] = ()
    ring_after: RingState | None = None
    warnings: tuple[str, ...] = ()


class PassphraseField(QWidget):
    """A passphrase, hidden unless shown. It never leaves by signal, setting or clipboard history of ours."""

    entered = Signal()
    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.show_text = QCheckBox(self.tr("Show"))
        self.show_text.setAccessibleName(self.tr("Show: {name}").format(name=name))
        self.show_text.toggled.connect(self._on_show)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_text)
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self._on_text)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        self.line.clear()

    def _on_show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_text(self, _: str) -> None:
        self.edited.emit()


class SigningDialog(PlainDialog):
    """Shows a ``Subject`` and asks for the passphrase of the key that signs it."""

    signing = Signal(str)

    def __init__(self, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(subject.title, parent)
        self._busy = False
        s = sizes(self)
        self.setMinimumWidth(s.chars(92))
        self.body.addWidget(Label(subject.consequence))
        for warning in subject.warnings:
            self.body.addWidget(NoticePanel(warning, tone=Tone.WARN))
        self.body.addWidget(strong(self.tr("This is what you sign")))
        self.body.addWidget(self._sheet(subject), 1)
        self._attestations: list[QCheckBox] = []
        for words in subject.attestations:
            box = QCheckBox(words)
            box.toggled.connect(self._check)
            self._attestations.append(box)
            self.body.addWidget(box)
        signer = QHBoxLayout()
        signer.setSpacing(s.s)
        name = strong(self.tr("Signing as {name}").format(name=subject.signer))
        name.setWordWrap(False)
        signer.addWidget(name)
        key = digest(subject.fingerprint)
        key.setAccessibleName(self.tr("Key {fingerprint}").format(fingerprint=subject.fingerprint))
        signer.addWidget(quiet(self.tr("key")))
        signer.addWidget(key, 1)
        self.body.addLayout(signer)
        label = QLabel(self.tr("&Passphrase of your key"))
        self.passphrase = PassphraseField(self.tr("Passphrase of your key"))
        label.setBuddy(self.passphrase.line)
        self.body.addWidget(label)
        self.body.addWidget(self.passphrase)
        self.problem = NoticePanel("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.cancel = self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.sign = self.add_button(subject.button, QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.sign.setDefault(True)
        self.passphrase.edited.connect(self._check)
        self._check()
        self.passphrase.setFocus()

    def succeeded(self) -> None:
        """It is signed and stored."""
        self._busy = False
        self.passphrase.clear()
        super().accept()

    def failed(self, refusal: Refusal) -> None:
        """It was refused; nothing was signed. The person may try again."""
        self._busy = False
        self.problem.tell(refusal)
        self.passphrase.setEnabled(True)
        self.passphrase.clear()
        self._check()
        self.passphrase.setFocus()

    def _sheet(self, subject: Subject) -> QWidget:
        s = sizes(self)
        card = Card(horizontal=True)
        card.box.setSpacing(s.xl)
        grid = QGridLayout()
        grid.setHorizontalSpacing(s.l)
        grid.setVerticalSpacing(s.s)
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(subject.lines):
            label = quiet(line.label)
            label.setWordWrap(False)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            value = digest(line.value) if line.is_digest else Label(line.value)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addLayout(grid)
        words.addStretch(1)
        card.box.addLayout(words, 1)
        if subject.ring_after is not None:
            card.box.addWidget(Ring(subject.ring_after, lines=4.0), 0, Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setProperty("bare", True)
        area.setWidgetResizable(True)
        area.setWidget(card)
        area.setAccessibleName(self.tr("What is signed"))
        # Everything that is signed is seen at once, unless somebody wrote a long reason; then it scrolls.
        area.setMinimumHeight(min(max(s.line * 9, card.sizeHint().height() + s.s), s.line * 16))
        area.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        return area

    def _check(self) -> None:
        ready = bool(self.passphrase.text()) and all(box.isChecked() for box in self._attestations)
        self.sign.setEnabled(ready and not self._busy)

    def accept(self) -> None:
        """Sign: the dialog stays until the screen says how it went."""
        if not self.sign.isEnabled():
            return
        self._busy = True
        self.problem.setVisible(False)
        self.passphrase.setEnabled(False)
        self._check()
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
