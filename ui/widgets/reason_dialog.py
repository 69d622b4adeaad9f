"""A dialog that asks for words before something is signed: a reason, an explanation. The words are handed on, kept or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from intake.domain.acts.kinds.forms import MAX_TEXT
from intake.domain.base.visible import plain
from ui.theme import Tone
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import LongTextField
from ui.widgets.labels import Label


class ReasonDialog(PlainDialog):
    """``given`` carries the words; ``written`` what the field holds, as it is typed and when the dialog closes, also by Cancel."""

    given = Signal(str)
    written = Signal(str)

    def __init__(
        self,
        title: str,
        consequence: str,
        question: str,
        go_on: str,
        parent: QWidget | None = None,
        *,
        text: str = "",
        required: bool = True,
        danger: bool = False,
    ) -> None:
        super().__init__(title, parent)
        self._required = required
        self.body.addWidget(Label(consequence))
        label = QLabel(question)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.text = LongTextField(lines=5, longest=MAX_TEXT)
        self.text.set_value(text)
        label.setBuddy(self.text.focus_widget())
        self.text.changed.connect(self._on_typed)
        self.text.name(question.replace("&", ""), consequence)
        self.body.addWidget(label)
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.text)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on = self.add_button(
            go_on, QDialogButtonBox.ButtonRole.AcceptRole, look="danger" if danger else "primary"
        )
        self.go_on.setDefault(True)
        self.text.focus_widget().setFocus()

    def _on_typed(self) -> None:
        self.written.emit(self.text.value() or "")

    def accept(self) -> None:
        text = self.text.value() or ""
        missing = self.tr("Write one or two sentences: people follow what they understand.")
        blank = self._required and not plain(text)
        if blank or self.text.too_long:
            # A text that is too long says so itself.
            self.problem.setText(missing if blank else "")
            self.problem.setVisible(blank)
            self.text.focus_widget().setFocus()
            return
        self.written.emit(text)
        super().accept()
        self.given.emit(text)

    def reject(self) -> None:
        self.written.emit(self.text.value() or "")
        super().reject()
