"""The base of every screen: a title, a body to fill, its own actions, and when to look again.

A page is made once, on its first visit, and lives as long as the window. It reads nothing by itself: ``activated`` is
where it submits jobs, ``refresh`` is where it asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.context import Changes, Context
from ui.icons import icon
from ui.own_font import set_own_font
from ui.theme import sizes
from ui.widgets.boxes import KEEPS_KEYBOARD, bare_column
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import heading, heading_font, quiet
from ui.widgets.panels import ActionButton, action_button
from ui.widgets.part_area import LOW, PartArea
from ui.widgets.tips import plain_tip

_STEPS = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
}


class PageArea(QScrollArea):
    """Stays at its top from ``begin`` until the person scrolls or walks it: what is hidden with the keyboard on it, and what comes in
    above, moves nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._at_top = False
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        # By the wheel, a drag or a key; not where Qt itself follows the keyboard.
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def begin(self) -> None:
        self._at_top = True
        self.verticalScrollBar().setValue(0)

    def ensureWidgetVisible(self, widget: QWidget, xmargin: int = 50, ymargin: int = 50) -> None:
        # Asked for by our own code alone: Qt does not ask a subclass.
        self._at_top = False
        super().ensureWidgetVisible(widget, xmargin, ymargin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that scrolls moves the part that fills the page while it can move: nothing in it may take the keyboard."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            shown = [part for part in self.findChildren(QScrollArea) if part.isVisible() and part.property("bare")]
            for part in sorted(shown, key=lambda part: -part.viewport().width() * part.viewport().height()):
                bar = part.verticalScrollBar()
                before = bar.value()
                bar.triggerAction(step)
                if bar.value() != before:
                    return
        super().keyPressEvent(event)

    def _on_scrolled(self, _: int) -> None:
        self._at_top = False

    def _on_moved(self, value: int) -> None:
        if self._at_top and value:
            self.verticalScrollBar().setValue(0)


class _PageSheet(QWidget):
    """``laid`` whenever something in it came or went."""

    laid = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid.emit()
        return done


class Page(QWidget):
    """Fill ``body`` in the constructor; override ``title``, ``activated`` and ``refresh``."""

    title_changed = Signal()

    LOW = 28
    """Lines: a page that is less high, as with large letters on a small screen, has a smaller head and smaller margins."""

    WIDEST = 210
    """Characters: what every page grows to with the window. Of a larger one the page is in the middle."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty(KEEPS_KEYBOARD, True)
        self.called = ""
        """What is shown where the page has no title of its own, as its body says one."""
        s = sizes(self)
        outer = bare_column(self, 0)
        sheet = _PageSheet()
        sheet.laid.connect(self._on_laid)
        self._edges = columns = QHBoxLayout(sheet)
        columns.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        content = QWidget()
        content.setMaximumWidth(s.chars(self.WIDEST))
        columns.addStretch(1)
        columns.addWidget(content, 1000)
        columns.addStretch(1)
        self._column = bare_column(content, s.l)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(s.m)
        words = QVBoxLayout()
        words.setSpacing(s.xs)
        self.heading = heading("", 1)
        self.lead = quiet("")
        self.lead.setVisible(False)
        self._leads = ("", "")
        words.addWidget(self.heading)
        words.addWidget(self.lead)
        self._top.addLayout(words, 1)
        self._beside: list[QWidget] = []
        inside, buttons = QWidget(), QWidget()
        self._top_buttons = FlowLayout(self, buttons)
        self._top_buttons.setSpacing(s.m)
        self._column.addLayout(self._top)
        self.body = bare_column(inside, s.l)
        self._column.addWidget(inside, 1)
        # Seen beside the title, read after what they are about: put in last, they come last for a screen reader.
        buttons.setProperty("read-last", True)
        self._top.addWidget(buttons)
        # A page whose list scrolls itself is as high as the window while there is room for a few of its rows.
        area = PageArea()
        area.setProperty("bare", True)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # The page's own fields take the focus; the area only follows it.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        outer.addWidget(area)
        self._area = area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shrink_head()
        # The buttons are beside the title, and below it when they would squeeze it, as large letters do.
        shown = [button.sizeHint().width() + self._top.spacing() for button in self._beside if not button.isHidden()]
        # The page's own width: what is in it is given its own only afterwards.
        room = self.width() - 2 * sizes(self).xl
        least = 20 if self.height() < sizes(self).line * self.LOW else 34
        wide = not shown or room >= sum(shown) + sizes(self).chars(least)
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _shrink_head(self) -> None:
        """What is read needs the room more than what it is called."""
        s = sizes(self)
        low = self.height() < s.line * self.LOW
        if self.property(LOW) is not low:
            self.setProperty(LOW, low)
            for part in self.findChildren(PartArea):
                part.give_way(low)
        font = heading_font(self.font(), 3 if low else 1)
        if self.heading.font().pointSizeF() != font.pointSizeF():
            set_own_font(self.heading, font)
        told = self._leads[low]
        if self.lead.text() != told:
            self.lead.setText(told)
            self.lead.setToolTip(plain_tip(self._leads[0]) if low else "")
        if self.lead.isHidden() is bool(told):
            self.lead.setVisible(bool(told))
        sides = s.m if low else s.xl
        edges = QMargins(sides, s.s, sides, s.s) if low else QMargins(sides, sides, sides, s.l)
        if self._edges.contentsMargins() != edges:
            self._edges.setContentsMargins(edges)
            self._column.setSpacing(s.s if low else s.l)

    def to_top(self) -> None:
        """Show the page from its beginning, as one that is opened."""
        self._area.begin()

    def title(self) -> str:
        """What the page is called now; shown as heading, in the window title and in the history."""
        return ""

    def window_title(self) -> str:
        """What the window is called while the page is shown."""
        return self.title() or self.called

    def activated(self, argument: object) -> None:
        """The page is being shown, with the argument of ``go``: begin to load."""

    def refresh(self, changes: Changes) -> None:
        """Something was stored. Called for the shown page at once, for others when they are shown again."""

    def leaving(self) -> None:
        """Another page will be shown: emit what still waits, such as a text being typed."""

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Take files dropped on the window; False leaves them to the window."""
        return False

    def focus_first(self) -> None:
        """Put the keyboard where work begins: by default the first thing of the body that takes it."""
        # WORKAROUND: not by nextInFocusChain(): PySide takes what it returns for a child of the widget asked, and when
        # that one is deleted, wrappers of quite other widgets (a menu of the window) are dead with it.
        for candidate in self.findChildren(QWidget):
            if (
                candidate.focusPolicy() & Qt.FocusPolicy.TabFocus
                and candidate.isVisibleTo(self)
                and candidate.isEnabled()
                and not isinstance(candidate, ActionButton)
            ):
                candidate.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def take_keyboard(self) -> None:
        """The page is shown: its first thing takes the keyboard, and until there is one the page keeps it.

        Left to Qt it would go to the first button of the window, which Enter would press.
        """
        self.focus_first()
        held: QWidget | None = self.window().focusWidget()
        if held is None or not self.isAncestorOf(held):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_laid(self) -> None:
        if self.isVisible() and self.window().focusWidget() is self:
            # Something came in; it may be what the keyboard waits for.
            self.focus_first()

    def add_action(
        self,
        text: str,
        slot: Callable[..., object],
        shortcut: str = "",
        *,
        icon_name: str = "",
        tip: str = "",
        button: bool = False,
        primary: bool = False,
    ) -> QAction:
        """An action of this page: it is in the menu "Page", in the palette and on the sheet of keys.

        ``slot`` must be a bound method. ``button`` also shows it at the top right.
        """
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        if shortcut:
            action.setShortcuts(QKeySequence.listFromString(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setStatusTip(tip)
        action.setToolTip(plain_tip(_tip(text, tip, action.shortcut())))
        action.triggered.connect(slot)
        self.addAction(action)
        if button:
            made = action_button(action, primary=primary)
            self._top_buttons.addWidget(made)
            self._beside.append(made)
        return action

    def set_lead(self, text: str, short: str | None = None) -> None:
        """One quiet sentence under the title; ``short`` is what is left of it where the page is low, and the rest stands on it too.

        An empty ``short`` leaves that room to what the page is about.
        """
        self._leads = (text, text if short is None else short)
        self._shrink_head()

    def retitle(self) -> None:
        """Say that ``title()`` changed."""
        self.heading.setText(self.title())
        self.heading.setVisible(bool(self.title()))
        self.title_changed.emit()


def _tip(text: str, tip: str, shortcut: QKeySequence) -> str:
    said = tip or text.replace("&", "").rstrip("…")
    keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
    return f"{said} ({keys})" if keys else said
