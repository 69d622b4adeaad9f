"""The dialogs that speak about trouble and about what cannot be undone.

A refusal shows what happened, why, and what to do next. A bug shows the crash dialog with its details to copy. Foreign
words in either are plain text.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake.domain.base.refusals import Refusal
from ui.icons import svg_pixmap
from ui.jobs import Bug
from ui.theme import Tone, colours, sizes
from ui.widgets import on_screen
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.middle import MiddleArea, fit, page_on
from ui.widgets.pressing import pressed_by_enter
from ui.widgets.reading_order import as_read, go_on, reading_order


class PlainDialog(QDialog):
    """A dialog that is freed when it closes, with a title, a body to fill and a row of buttons.

    It is never larger than the screen: the body scrolls then, and the buttons stay. With ``scrolls`` turned off a dialog has a
    part in its body that does so, and sees to its size.
    """

    CHARS = 72
    """Characters across at least, where the screen has room for them."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        icon: str = "",
        tone: Tone = Tone.INFO,
        scrolls: bool = True,
    ) -> None:
        super().__init__(parent)
        s = sizes(self)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if scrolls:
            self.setMinimumWidth(min(s.chars(self.CHARS), on_screen.room(self).width()))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        outer.setSpacing(s.l)
        top = QHBoxLayout()
        top.setSpacing(s.l)
        if icon:
            sign = QLabel()
            sign.setPixmap(svg_pixmap(icon, s.line * 2, colours(self.palette()).tone(tone).strong, 2.0))
            top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.middle: MiddleArea | None = None
        if scrolls:
            inside = QWidget()
            self.body = QVBoxLayout(inside)
            # Room for the ring around a focused field, which would be cut at the edge.
            self.body.setContentsMargins(2, 2, 2, 2)
            self.middle = MiddleArea(inside)
            self.middle.bare()
            self.middle.wanting.connect(self._grow)
            top.addWidget(self.middle, 1)
        else:
            self.body = QVBoxLayout()
            top.addLayout(self.body, 1)
        self.body.setSpacing(s.m)
        self.title = heading(title, 2)
        self.body.addWidget(self.title)
        outer.addLayout(top, 1)
        self.buttons = QDialogButtonBox()
        outer.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        application = QApplication.instance()
        if scrolls and isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def add_button(
        self, text: str, role: QDialogButtonBox.ButtonRole, *, look: str = "", name: str = ""
    ) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name or text)
        if look:
            # Before it is in the box, which gives a button its style as it takes it.
            button.setProperty("role", look)
        self.buttons.addButton(button, role)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        # Before Qt puts it over its window.
        if not event.spontaneous() and self.middle is not None:
            if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
                self.resize(self.size().boundedTo(on_screen.room(self)))
            else:
                fit(self, self.middle, max(self.minimumWidth(), self.sizeHint().width()))
        super().showEvent(event)
        # What is above is the last of the children: a screen reader comes to the buttons after what they are about.
        self.buttons.raise_()
        for button in as_read(self.buttons):
            button.raise_()
        if not event.spontaneous():
            self._focus_default()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        return go_on(self, self, forward=next)

    def _focus_default(self) -> None:
        """Where the keyboard is on nothing, or would come to a button first, it is on the one that Enter is meant for.

        Left alone, it comes to what is read first: of the buttons that may be one that cannot be taken back.
        """
        buttons = self.buttons.findChildren(QPushButton)
        main = [button for button in buttons if button.isDefault()]
        # The box itself chooses one that accepts only later, when it is shown.
        main = main or [button for button in buttons if button.property("role") == "primary"]
        if not main:
            return
        main[0].setDefault(True)
        stops = reading_order(self)
        held: QWidget | None = self.focusWidget()
        here = held if held is not None else next(iter(stops), None)
        if here is None or isinstance(here, QPushButton):
            main[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _grow(self) -> None:
        """More is said than when it was opened: as long as the screen has room for it, nothing scrolls."""
        middle = self.middle
        if middle is not None and self.isVisible():
            more = middle.wish(middle.width()) - middle.height()
            if more > 0:
                self.resize(self.width(), min(on_screen.room(self).height(), self.height() + more))

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if self.middle is not None and now is not None and self.middle.isAncestorOf(now):
            self.middle.ensureWidgetVisible(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.middle is not None and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            # Wherever the keyboard is, what is said can be read on.
            page_on(self.middle, down=event.key() == Qt.Key.Key_PageDown)
            return
        # Asked first: Enter on a line that opens must not press the button of the whole dialog.
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class RefusalDialog(PlainDialog):
    """What happened, why we refuse, what to do next."""

    def __init__(self, refusal: Refusal, parent: QWidget | None = None) -> None:
        super().__init__(refusal.what_happened, parent, icon="info", tone=Tone.WARN)
        self.setWindowTitle(self.tr("Not done"))
        for title, text in ((self.tr("Why"), refusal.reason), (self.tr("What to do next"), refusal.next_step)):
            if text:
                self.body.addWidget(strong(title))
                self.body.addWidget(Label(text))
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)


class CrashDialog(PlainDialog):
    """A bug: nothing is lost, here is what to send."""

    def __init__(self, bug: Bug, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Something went wrong inside Countersign"), parent, icon="warning", tone=Tone.BAD)
        self.setWindowTitle(self.tr("An error in Countersign"))
        self.body.addWidget(
            Label(
                self.tr(
                    "This is our mistake, not yours. Nothing signed and no answer is lost. You can go on; if it "
                    "happens again, please send us the details below. Read them first: they may contain file names."
                )
            )
        )
        self.body.addWidget(quiet(bug.summary))
        self._details = QPlainTextEdit(bug.details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._details.setMinimumHeight(sizes(self).line * 9)
        self.body.addWidget(self._details, 1)
        copy = self.add_button(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        self.add_button(self.tr("Go on"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())


class ConfirmDialog(PlainDialog):
    """For what cannot be undone, and only for that. ``accepted`` is emitted when the person means it."""

    def __init__(
        self, title: str, consequence: str, do: str, parent: QWidget | None = None, *, danger: bool = True
    ) -> None:
        super().__init__(title, parent, icon="warning" if danger else "info", tone=Tone.WARN)
        self.body.addWidget(Label(consequence))
        self.body.addStretch(1)
        self.add_button(self.tr("Keep things as they are"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        self.add_button(do, QDialogButtonBox.ButtonRole.AcceptRole, look="danger" if danger else "primary")


def show_refusal(refusal: Refusal, parent: QWidget | None) -> RefusalDialog:
    """Open the refusal over ``parent`` without blocking; it frees itself."""
    dialog = RefusalDialog(refusal, parent)
    dialog.open()
    return dialog
