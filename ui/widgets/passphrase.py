"""A passphrase typed by a person, and in the sample the one that everybody there has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from ui.widgets.blocks import WrappingRow
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label
from ui.widgets.panels import own_size_button


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


class SamplePassphrase(QWidget):
    """Says the passphrase of the sample, which is public, and fills it into a field. ``filled`` comes after that."""

    filled = Signal()

    def __init__(self, passphrase: str, field: PassphraseField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passphrase, self._field = passphrase, field
        words = Label(self.tr("Passphrase in the sample: {passphrase}").format(passphrase=passphrase))
        self.button = own_size_button(self.tr("Fill in the sample’s passphrase"), role="link")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_clicked)
        bare_column(self, 0).addWidget(WrappingRow(words, self.button, grows=True))

    def _on_clicked(self) -> None:
        self._field.line.setText(self._passphrase)
        self.filled.emit()
