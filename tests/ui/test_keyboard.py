"""What a keyboard does everywhere: Enter presses the button it stands on, and a key has one meaning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QTabBar, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.visiting import Visit, offices, visit
from ui.shell.palette import KeyOverview
from ui.theme import Theme
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.fields import LongTextField
from ui.widgets.fold import Fold
from ui.widgets.reading_order import reading_order

__all__ = ["offices", "visit"]


@pytest.fixture
def bob(visit: Callable[[str], Visit], qtbot: QtBot) -> Visit:
    made = visit("bob")
    made.desktop.window.activateWindow()
    qtbot.waitUntil(made.desktop.window.isActiveWindow)
    made.go("settings")
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_keyboard(bob: Visit, qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    plain, fold = QPushButton("a button"), Fold("a line that opens")
    for widget in (plain, fold):
        bob.page.body.addWidget(widget)
        widget.show()
    for button in (plain, fold.head, bob.desktop.window.navigation.buttons()[0]):
        words = button.text()
        button.clicked.connect(lambda *_, words=words: pressed.append(words))
        button.setFocus()

        qtbot.keyClick(button, key)

    assert pressed == ["a button", "a line that opens", "Home"]


def test_enter_ticks_no_box_and_is_not_pressed_again_by_a_key_held_down(bob: Visit, qtbot: QtBot) -> None:
    box, button = QCheckBox("a box"), QPushButton("a button")
    pressed: list[bool] = []
    button.clicked.connect(lambda *_: pressed.append(True))
    for widget in (box, button):
        bob.page.body.addWidget(widget)
        widget.show()
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Return)

    QApplication.sendEvent(
        button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    )

    assert not box.isChecked()
    assert pressed == [True]


def test_enter_with_another_key_presses_nothing(bob: Visit, qtbot: QtBot) -> None:
    button = QPushButton("a button")
    pressed: list[bool] = []
    button.clicked.connect(lambda *_: pressed.append(True))
    bob.page.body.addWidget(button)
    button.show()
    button.setFocus()

    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert pressed == []


def test_enter_on_a_line_that_opens_is_no_answer_to_the_dialog_around_it(bob: Visit, qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Remove it?", "It is gone then.", "Remove", bob.desktop.window)
    fold = Fold("What goes")
    dialog.body.addWidget(fold)
    dialog.show()
    fold.head.setFocus()

    with qtbot.assertNotEmitted(dialog.finished):
        qtbot.keyClick(fold.head, Qt.Key.Key_Return)

    assert fold.head.isChecked()
    dialog.reject()


def test_the_sheet_of_keys_lists_each_key_once_on_the_page_that_had_two(bob: Visit) -> None:
    bob.go("playbook")
    bob.desktop.window.commands.action("keys").trigger()
    sheet = bob.dialog(KeyOverview)

    groups = bob.desktop.window._key_groups()
    keys = [item.toString() for _, actions in groups for action in actions for item in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert {"Ctrl+O", "F5", "Ctrl++"} <= set(keys)
    sheet.reject()


def test_reading_goes_down_the_layouts_whatever_was_made_when(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    last, first, inner = QPushButton("last"), QPushButton("first"), QVBoxLayout()
    hidden, off = QPushButton("hidden"), QPushButton("off")
    column.addLayout(inner)
    column.addWidget(last)
    for widget in (first, hidden, off):
        inner.addWidget(widget)
    hidden.hide()
    off.setEnabled(False)

    assert reading_order(page) == [first, last]


def test_the_arrows_of_a_row_of_tabs_are_no_stop(qtbot: QtBot) -> None:
    tabs, after = QTabBar(), QPushButton("after")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(tabs)
    column.addWidget(after)
    for number in range(12):
        tabs.addTab(f"A section {number}")
    window.resize(300, 100)
    window.show()
    assert any(arrow.isVisible() for arrow in tabs.findChildren(QToolButton))

    assert reading_order(window) == [tabs, after]


def test_who_comes_back_to_words_they_began_writes_on(qtbot: QtBot, theme: Theme) -> None:
    field = LongTextField(lines=4)
    qtbot.addWidget(field)

    field.set_value("Two tests are done")
    qtbot.keyClicks(field.focus_widget(), ", one is left")

    assert field.value() == "Two tests are done, one is left"
