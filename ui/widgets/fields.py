"""The kinds of answer a question can have, each a small widget with one value and one signal.

Values are plain data: ``str``, ``int``, ``bool``, ``date``, a tuple of keys, or None for "nothing given yet".
What a value means and whether it is allowed is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import sizes
from ui.widgets.labels import quiet
from ui.widgets.length_note import NO_END, LengthNote
from ui.widgets.options import check_box, radio
from ui.widgets.tips import plain_tip


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: ``key`` is stored, ``text`` shown, ``hint`` explains it below, ``tip`` is its tooltip."""

    key: str
    text: str
    hint: str = ""
    tip: str = ""


class AnswerField(QWidget):
    """Base of all fields. ``changed`` comes with every edit by the person, never from ``set_value``.

    A field listens to what its parts say of their state, not to clicks and keys: assistive technology sets the state.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = False
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(sizes(self).xs)

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def focus_widget(self) -> QWidget:
        """Where the keyboard goes, and what the label is buddy of."""
        raise NotImplementedError

    def parts(self) -> Sequence[QWidget]:
        """Every focusable part, to be named for screen readers."""
        return (self.focus_widget(),)

    def name(self, text: str, description: str) -> None:
        """Tell screen readers what is asked. A list of choices keeps each choice's own words."""
        for part in self.parts():
            if isinstance(part, QAbstractButton):
                part.setAccessibleName(f"{text}: {part.text()}")
            else:
                part.setAccessibleName(text)
            part.setAccessibleDescription(description)

    @contextmanager
    def _set(self) -> Iterator[None]:
        """Around what ``set_value`` does to the parts: it is no edit by the person."""
        before, self._setting = self._setting, True
        try:
            yield
        finally:
            self._setting = before

    def _on_edited(self, _: object = None) -> None:
        if not self._setting:
            self.changed.emit()

    def set_wrong(self, wrong: bool) -> None:
        for part in self.parts():
            part.setProperty("wrong", wrong)
            part.style().unpolish(part)
            part.style().polish(part)


class TextField(AnswerField):
    """One line. More than ``longest`` characters are kept, and ``too_long`` says so; 0 is for no limit of this field."""

    def __init__(self, parent: QWidget | None = None, *, longest: int = 0, placeholder: str = "") -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setMaxLength(NO_END)
        self._line.setPlaceholderText(placeholder)
        self._line.textChanged.connect(self._on_edited)
        self._length = LengthNote(longest)
        self._line.textChanged.connect(self._on_text)
        self.box.addWidget(self._line)
        self.box.addWidget(self._length)

    @property
    def too_long(self) -> str:
        """What to say of a text that is longer than allowed; empty when it is not."""
        return self._length.problem

    def value(self) -> str | None:
        return self._line.text().strip() or None

    def set_value(self, value: str | None) -> None:
        with self._set():
            self._line.setText(value or "")

    def focus_widget(self) -> QWidget:
        return self._line

    def _on_text(self, text: str) -> None:
        self._length.follow(len(text.strip()))


class _Prose(QPlainTextEdit):
    """Tab leaves the field: a form is walked with the keyboard."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _fit(self, _: object = None) -> None:
        # Grows with what is written, up to three times its size; then it scrolls.
        s = sizes(self)
        written = int(self.document().size().height())
        self.setFixedHeight(s.line * min(max(self._lines, written), self._lines * 3) + 2 * s.m)


class LongTextField(AnswerField):
    """Several lines. ``changed`` comes a moment after a key, at most once in that moment, or when the field is left.

    More than ``longest`` characters are kept, and ``too_long`` says so; 0 is for no limit of this field.
    """

    PAUSE_MS = 400

    def __init__(self, parent: QWidget | None = None, *, lines: int = 5, longest: int = 0) -> None:
        super().__init__(parent)
        self._length = LengthNote(longest)
        self._lines = lines
        self._text = _Prose(lines)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._text.textChanged.connect(self._on_changed)
        self._text.left.connect(self.flush)
        self.box.addWidget(self._text)
        self.box.addWidget(self._length)

    @property
    def too_long(self) -> str:
        """What to say of a text that is longer than allowed; empty when it is not."""
        return self._length.problem

    def value(self) -> str | None:
        return self._text.toPlainText().strip() or None

    def set_value(self, value: str | None) -> None:
        with self._set():
            self._text.setPlainText(value or "")
        if self._text.document().lineCount() <= self._lines:
            # Who comes back to words they began writes on; of a long text the beginning stays in sight.
            self._text.moveCursor(QTextCursor.MoveOperation.End)

    def focus_widget(self) -> QWidget:
        return self._text

    def flush(self) -> None:
        """Emit now what a pause would emit: called before the page is left."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()

    def _on_changed(self) -> None:
        self._length.follow(len(self._text.toPlainText().strip()))
        # Not started again with each key: who types without a pause is heard all the same.
        if not self._setting and not self._pause.isActive():
            self._pause.start()


class ChoiceField(AnswerField):
    """One of a few, all visible as radio buttons with their hints."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for choice in choices:
            button = radio(choice.text)
            button.setToolTip(plain_tip(choice.tip))
            self._group.addButton(button)
            self._buttons[choice.key] = button
            _add_choice(self, button, choice.hint)
        self._told = False
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttonClicked.connect(self._on_clicked)

    def value(self) -> str | None:
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        with self._set():
            self._group.setExclusive(False)
            for key, button in self._buttons.items():
                button.setChecked(key == value)
            self._group.setExclusive(True)
        self._lead_to_chosen()

    def focus_widget(self) -> QWidget:
        checked = self._group.checkedButton()
        return checked if checked is not None else next(iter(self._buttons.values()))

    def parts(self) -> Sequence[QWidget]:
        return tuple(self._buttons.values())

    def _on_toggled(self, _: QAbstractButton, checked: bool) -> None:
        if checked and not self._setting:
            self._told = True
            self._lead_to_chosen()
            self.changed.emit()

    def _lead_to_chosen(self) -> None:
        """Let Tab come to what is chosen; to the others go the arrows. Qt sees to it only once one has the keyboard."""
        chosen = self._group.checkedButton()
        for button in self._buttons.values():
            stops = chosen is None or button is chosen
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, _: QAbstractButton) -> None:
        # Clicking what was chosen before says that it is meant.
        told, self._told = self._told, False
        if not told:
            self.changed.emit()


class YesNoField(ChoiceField):
    """Yes or no, as ``True`` or ``False``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((Choice("yes", self.tr("Yes")), Choice("no", self.tr("No"))), parent)

    def value(self) -> bool | None:  # type: ignore[override]
        chosen = super().value()
        return None if chosen is None else chosen == "yes"

    def set_value(self, value: bool | None) -> None:  # type: ignore[override]
        super().set_value(None if value is None else ("yes" if value else "no"))


class ManyField(AnswerField):
    """Any number of a few, as a tuple of keys in the order they are shown."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        for choice in choices:
            box = check_box(choice.text)
            box.toggled.connect(self._on_toggled)
            self._boxes[choice.key] = box
            _add_choice(self, box, choice.hint)

    def value(self) -> tuple[str, ...] | None:
        return tuple(key for key, box in self._boxes.items() if box.isChecked()) or None

    def set_value(self, value: Sequence[str] | None) -> None:
        with self._set():
            for key, box in self._boxes.items():
                box.setChecked(key in (value or ()))

    def focus_widget(self) -> QWidget:
        return next(iter(self._boxes.values()))

    def parts(self) -> Sequence[QWidget]:
        return tuple(self._boxes.values())

    def _on_toggled(self, _: bool) -> None:
        self._on_edited()


def _add_choice(field: AnswerField, button: QAbstractButton, hint: str) -> None:
    field.box.addWidget(button)
    if hint:
        words = quiet(hint)
        # Nearer to its own words than to those of the next one.
        words.setContentsMargins(round(sizes(field).line * 1.35), 0, 0, sizes(field).s)
        button.setAccessibleDescription(hint)
        field.box.addWidget(words)


class _Combo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a long form must not change an answer on the way.
        event.ignore()


class PickField(AnswerField):
    """One of many, folded into a list. ``nothing`` is shown while none is chosen."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None, *, nothing: str = "") -> None:
        super().__init__(parent)
        self._combo = _Combo()
        self._nothing = nothing or self.tr("Choose…")
        self.set_choices(choices)
        self._told = False
        self._combo.currentIndexChanged.connect(self._on_chosen)
        self._combo.activated.connect(self._on_activated)
        self.box.addWidget(self._combo)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; what was chosen stays chosen where it is among them."""
        chosen = self.value()
        with self._set():
            self._combo.clear()
            self._combo.addItem(self._nothing, None)
            for choice in choices:
                self._combo.addItem(choice.text, choice.key)
        self.set_value(chosen)

    def value(self) -> str | None:
        return self._combo.currentData()

    def set_value(self, value: str | None) -> None:
        with self._set():
            self._combo.setCurrentIndex(max(0, self._combo.findData(value)))

    def focus_widget(self) -> QWidget:
        return self._combo

    def name(self, text: str, description: str) -> None:
        super().name(text, description)
        self._combo.view().setAccessibleName(text)

    def _on_chosen(self, _: int) -> None:
        if not self._setting:
            self._told = True
            self.changed.emit()

    def _on_activated(self, _: int) -> None:
        # Choosing what was chosen before says that it is meant.
        told, self._told = self._told, False
        if not told:
            self.changed.emit()


class LinesField(LongTextField):
    """One entry per line, as a tuple of texts."""

    def value(self) -> tuple[str, ...] | None:  # type: ignore[override]
        text = super().value() or ""
        return tuple(line.strip() for line in text.splitlines() if line.strip()) or None

    def set_value(self, value: Sequence[str] | None) -> None:
        super().set_value("\n".join(value or ()))
