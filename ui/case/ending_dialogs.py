"""The dialogs in which somebody writes what becomes of a use that ends, and to whom a use case goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from intake.domain.acts.kinds.forms import MAX_TEXT
from intake.domain.acts.kinds.retire import LEFT_BEHIND
from intake.domain.base.visible import plain
from intake.domain.case.writing import LEFT, REASON_TO_HAND_OVER, REASON_TO_RETIRE
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import AnswerField, Choice, LongTextField, PickField
from ui.widgets.labels import Label
from ui.widgets.options import check_box


class _WritingDialog(PlainDialog):
    """``written`` carries each part as it is typed, so that nothing is lost with the window."""

    written = Signal(str, str)

    def __init__(self, title: str, consequence: str, parent: QWidget | None) -> None:
        super().__init__(title, parent)
        self.body.addWidget(Label(consequence))
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)

    def _finish(self, go_on: str, *, danger: bool) -> None:
        self.body.addWidget(self.problem)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        look = "danger" if danger else "primary"
        self.go_on = self.add_button(go_on, QDialogButtonBox.ButtonRole.AcceptRole, look=look)
        self.go_on.setDefault(True)

    def _row(self, layout: QVBoxLayout, text: str, field: AnswerField) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field.focus_widget())
        field.name(text.replace("&", ""), "")
        layout.addWidget(label)
        layout.addWidget(field)

    def _wrong(self, words: str, field: QWidget) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        field.setFocus(Qt.FocusReason.OtherFocusReason)


class RetireDialog(_WritingDialog):
    """``given`` carries the reason and what becomes of each thing the use leaves behind; empty is that there is nothing to do."""

    given = Signal(str, object)

    def __init__(self, words: Callable[[str], str], parent: QWidget | None = None) -> None:
        """``words`` are those that were written before, by part."""
        super().__init__(
            self.tr("Retire this use case"),
            self.tr(
                "The use ends at once. Say what becomes of each thing it leaves behind, or that there is nothing to do."
            ),
            parent,
        )
        layout = QVBoxLayout()
        self.reason = self._prose(layout, self.tr("&Why the use ends"), REASON_TO_RETIRE, words, lines=2)
        asked = EndingTexts.left_asked()
        self.left: dict[str, LongTextField] = {}
        self.nothing: dict[str, QCheckBox] = {}
        for name in LEFT_BEHIND:
            # Each box is made after its text: what reads the dialog aloud goes by the order in which they were made.
            self.left[name] = self._prose(layout, asked[name], f"{LEFT}{name}", words, lines=2)
            self.nothing[name] = box = check_box(EndingTexts.nothing_words(name))
            layout.addWidget(box)
            box.toggled.connect(lambda checked, name=name: self.left[name].setEnabled(not checked))
        self.body.addLayout(layout)
        self._finish(self.tr("Go on to sign"), danger=True)
        self.reason.focus_widget().setFocus()

    def _prose(
        self, layout: QVBoxLayout, text: str, part: str, words: Callable[[str], str], *, lines: int
    ) -> LongTextField:
        field = LongTextField(lines=lines, longest=MAX_TEXT)
        field.set_value(words(part))
        field.changed.connect(lambda: self.written.emit(part, field.value() or ""))
        self._row(layout, text, field)
        return field

    def accept(self) -> None:
        reason = plain(self.reason.value() or "")
        if not reason or self.reason.too_long:
            self._wrong(self.tr("Write why the use ends.") if not reason else "", self.reason.focus_widget())
            return
        left: dict[str, str] = {}
        for name in LEFT_BEHIND:
            field = self.left[name]
            left[name] = "" if self.nothing[name].isChecked() else plain(field.value() or "")
            if not left[name] and not self.nothing[name].isChecked():
                self._wrong(EndingTexts.missing_words(name), field.focus_widget())
                return
            if left[name] and field.too_long:
                self._wrong("", field.focus_widget())
                return
        self._flush()
        super().accept()
        self.given.emit(reason, left)

    def reject(self) -> None:
        self._flush()
        super().reject()

    def _flush(self) -> None:
        for field in (self.reason, *self.left.values()):
            field.flush()


class HandOverDialog(_WritingDialog):
    """``given`` carries the successor (a person id) and the reason."""

    given = Signal(str, str)

    def __init__(
        self, consequence: str, people: Sequence[Choice], words: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Hand this use case over"), consequence, parent)
        self.successor = PickField(people)
        self.reason = LongTextField(lines=4, longest=MAX_TEXT)
        self.reason.set_value(words(REASON_TO_HAND_OVER))
        self.reason.changed.connect(lambda: self.written.emit(REASON_TO_HAND_OVER, self.reason.value() or ""))
        self._row(self.body, self.tr("To &whom"), self.successor)
        self._row(self.body, self.tr("W&hy"), self.reason)
        self._finish(self.tr("Go on to sign"), danger=False)
        self.successor.focus_widget().setFocus()

    def accept(self) -> None:
        successor, reason = self.successor.value(), plain(self.reason.value() or "")
        if not successor:
            self._wrong(self.tr("Choose who is to answer for it."), self.successor.focus_widget())
            return
        if not reason or self.reason.too_long:
            missing = self.tr("Write one or two sentences: people follow what they understand.")
            self._wrong(missing if not reason else "", self.reason.focus_widget())
            return
        self.reason.flush()
        super().accept()
        self.given.emit(successor, reason)

    def reject(self) -> None:
        self.reason.flush()
        super().reject()


class EndingTexts(Texts):
    @staticmethod
    def left_asked() -> Mapping[str, str]:
        return {
            "data": EndingTexts.tr("What becomes of its &data"),
            "access": EndingTexts.tr("What becomes of who and what had &access"),
            "model": EndingTexts.tr("What becomes of its &model"),
            "contract": EndingTexts.tr("What becomes of its &contract"),
        }

    @staticmethod
    def nothing_words(name: str) -> str:
        return {
            "data": EndingTexts.tr("Nothing to do about data"),
            "access": EndingTexts.tr("Nothing to do about access"),
            "model": EndingTexts.tr("Nothing to do about the model"),
            "contract": EndingTexts.tr("Nothing to do about a contract"),
        }[name]

    @staticmethod
    def missing_words(name: str) -> str:
        return {
            "data": EndingTexts.tr("Say what becomes of its data, or that there is nothing to do."),
            "access": EndingTexts.tr("Say what becomes of access to it, or that there is nothing to do."),
            "model": EndingTexts.tr("Say what becomes of its model, or that there is nothing to do."),
            "contract": EndingTexts.tr("Say what becomes of its contract, or that there is nothing to do."),
        }[name]
