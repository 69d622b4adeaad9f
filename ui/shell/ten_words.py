"""The ten words of the organisation, whole: to be read out, and to be copied."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.words_label import WordsLabel


class TenWordsDialog(PlainDialog):
    def __init__(self, organisation: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        title = self.tr("The organisation in words")
        self.setWindowTitle(title)
        self.title.setText(title)
        self._words = words
        self.body.addWidget(strong(organisation))
        shown = WordsLabel()
        shown.set_words(words)
        self.body.addWidget(shown)
        self.body.addWidget(
            Label(self.tr("People who join compare these words with a colleague by voice: only they cannot be copied."))
        )
        self.said = quiet("")
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.copy = self.add_button(self.tr("Copy the words"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.said.setText(self.tr("Copied"))
