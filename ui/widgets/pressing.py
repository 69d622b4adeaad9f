"""Enter presses the button that has the keyboard, as Space does, on every page and in every dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget


def pressed_by_enter(window: QWidget, event: QKeyEvent) -> bool:
    """Press the focused button of a window if the key is Enter; for the window to ask with keys that nothing inside it took.

    A box is ticked by Space alone: in a form Enter goes on. A key held down presses once.
    """
    enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    # The keypad's Enter says so as a modifier.
    plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
    button = window.focusWidget()
    if (
        not enter
        or not plain
        or not isinstance(button, QAbstractButton)
        or isinstance(button, QCheckBox | QRadioButton)
    ):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
