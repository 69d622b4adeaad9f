"""Rules that hold on every screen, for a keyboard, for a screen reader and for whatever sets a box without a click."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)

from tests.services.offices import Offices
from tests.ui.every_screen import TOURS, Screen, Tour, in_the_middle, screens_of
from tests.ui.visiting import offices
from tests.ui.walk import focusable, nameless
from ui.places import places

__all__ = ["offices"]


# ------------------------------------------------------------------------------------------------------------- rules
def tab_and_tree_differ(screen: Screen) -> Iterator[str]:
    """Tab goes through a page as a screen reader reads it, and the buttons of the page come after what they are about."""
    page, window = screen.dialog or screen.page, screen.root
    stops = set(focusable(page))
    read = [item for item in _tree(page) if item in stops and not _beside_the_chosen(item)]
    for before, after in zip(read, _tabbed(window, read), strict=False):
        if before is not after:
            yield f"reads {_say(before)}, Tab comes to {_say(after)}"
            return
    buttons = [item for item in read if item in (page.buttons.buttons() if screen.dialog else page._beside)]
    if buttons and read[-len(buttons) :] != buttons:
        yield f"{_say(buttons[0])} comes before {_say(read[-1])}"


def keys_are_shared(screen: Screen) -> Iterator[str]:
    """No page takes a key of the window: of a menu, of the letter of a menu, or of another action of the page."""
    window, page = screen.desktop.window, screen.page
    keys: dict[str, list[str]] = defaultdict(list)
    for action in (*window.commands.actions(), *page.actions()):
        for sequence in action.shortcuts():
            keys[sequence.toString()].append(action.text())
    for menu in window.commands.menus():
        keys[QKeySequence.mnemonic(menu.title()).toString()].append(menu.title())
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.window() is window:
            letter = _letter(widget)
            if letter:
                keys[letter].append(_say(widget))
    for key, whose in keys.items():
        # The same button may be beside the title and where it is needed: both do the same.
        if key and len({text.replace("…", "") for text in whose}) > 1:
            yield f"{key}: {whose}"


def names_are_missing(screen: Screen) -> Iterator[str]:
    yield from nameless(screen.root)


def signals_of_a_hand_are_awaited(screen: Screen) -> Iterator[str]:
    """What has a state is heard when its state changes, not when it is clicked or typed into: nobody may have."""
    for widget in _tree(screen.root):
        if isinstance(widget, QToolButton) and isinstance(widget.parent(), QLineEdit):
            # A sign inside a field; Qt makes a button of its action, and one to empty the field of nothing.
            continue
        if isinstance(widget, QRadioButton) and widget.group() is not None:
            group = widget.group()
            if not group.receivers(SIGNAL("buttonToggled(QAbstractButton*,bool)")):
                yield f"{_say(widget)}: only clicks on it are heard"
        elif isinstance(widget, QAbstractButton) and widget.isCheckable():
            if not widget.receivers(SIGNAL("toggled(bool)")) and not isinstance(widget.parent(), QDialog):
                yield f"{_say(widget)}: only clicks on it are heard"
        elif isinstance(widget, QAbstractButton):
            if not widget.receivers(SIGNAL("clicked(bool)")) and not widget.receivers(SIGNAL("clicked()")):
                yield f"{_say(widget)} does nothing"
        elif isinstance(widget, QLineEdit) and widget.receivers(SIGNAL("textEdited(QString)")):
            yield f"{_say(widget)}: only what is typed is heard"
        elif isinstance(widget, QComboBox) and not widget.receivers(SIGNAL("currentIndexChanged(int)")):
            yield f"{_say(widget)}: only what is chosen by hand is heard"


def toggling_does_nothing(screen: Screen) -> Iterator[str]:
    """Every box and every line that opens can be set through assistive technology, and back."""
    for widget in [item for item in _tree(screen.page) if isinstance(item, QAbstractButton) and item.isCheckable()]:
        if not widget.isEnabled() or isinstance(widget, QRadioButton):
            continue
        actions = _interface(widget).actionInterface()
        if "Toggle" not in actions.actionNames():
            yield f"{_say(widget)} cannot be toggled"
            continue
        before = widget.isChecked()
        actions.doAction("Toggle")
        changed = widget.isChecked() is not before
        actions.doAction("Toggle")
        if not changed or widget.isChecked() is not before:
            yield f"{_say(widget)} does not follow"


def pressing_is_not_offered(screen: Screen) -> Iterator[str]:
    """Every other button offers to be pressed."""
    for widget in _tree(screen.root):
        if isinstance(widget, QAbstractButton) and not widget.isCheckable() and widget.isEnabled():
            actions = _interface(widget).actionInterface()
            if "Press" not in actions.actionNames():
                yield f"{_say(widget)} cannot be pressed"


RULES: tuple[Callable[[Screen], Iterator[str]], ...] = (
    tab_and_tree_differ,
    keys_are_shared,
    names_are_missing,
    signals_of_a_hand_are_awaited,
    toggling_does_nothing,
    pressing_is_not_offered,
)


# -------------------------------------------------------------------------------------------------------------- test
@pytest.mark.usefixtures("theme", "language")
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.__name__)
def test_the_rules_hold_on_every_screen(qapp: QApplication, offices: Offices, tmp_path: Path, tour: Tour) -> None:
    broken: list[str] = []

    for screen in screens_of(qapp, tour, offices, tmp_path / "new"):
        broken += [f"{screen.name}, {rule.__name__}: {what}" for rule in RULES for what in rule(screen)]

    assert not broken, "\n".join(broken)


def test_no_place_is_left_out(offices: Offices) -> None:
    cases = in_the_middle(offices)

    seen = {place for tour in TOURS for place, *_ in tour(offices, cases)[1]}

    assert seen == {place.key for place in places()}


def _interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def _tree(root: QWidget) -> list[QWidget]:
    """The visible widgets of the accessibility tree, in its order."""
    found: list[QWidget] = []
    waiting = [_interface(root)]
    while waiting:
        here = waiting.pop()
        widget = here.object()
        if isinstance(widget, QWidget) and (widget is root or widget.isVisible()):
            found.append(widget)
        if isinstance(widget, QWidget) and (widget is root or widget.isVisible()):
            inner = [here.child(number) for number in range(here.childCount())] if not _is_list(widget) else []
            waiting += [item for item in reversed(inner) if item.isValid()]
    return found


def _is_list(widget: QWidget) -> bool:
    """Rows of a list are no widgets, and there may be many."""
    return widget.inherits("QAbstractItemView") or isinstance(widget, QComboBox)


def _tabbed(window: QWidget, stops: list[QWidget]) -> list[QWidget]:
    """Where Tab goes from the first of these, as often as there are stops."""
    if not stops:
        return []
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    walked = [stops[0]]
    for _ in stops[1:]:
        window.focusNextPrevChild(True)
        walked.append(window.focusWidget())
    return walked


def _beside_the_chosen(widget: QWidget) -> bool:
    """Whether the keyboard comes to this choice by arrows: from the one that is chosen, or from the first."""
    group = widget.group() if isinstance(widget, QRadioButton) else None
    return group is not None and widget is not (group.checkedButton() or group.buttons()[0])


def _letter(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton):
        return widget.shortcut().toString()
    if isinstance(widget, QLabel) and widget.buddy() is not None:
        return QKeySequence.mnemonic(widget.text()).toString()
    return ""


def _say(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return text or f"{type(widget).__name__} {widget.accessibleName()}"
