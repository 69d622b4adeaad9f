"""Drives the window as a person at the keyboard does: Tab until there, then type. Waits on jobs, never on the clock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind
from ui.app import Desktop
from ui.guide.begin.drafts import DraftsPage
from ui.guide.page import GuidePage
from ui.page import Page
from ui.start.page import StartPage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Driver:
    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.window = desktop.window
        self.context = desktop.context
        self.qtbot = qtbot
        self.said: list[str] = []
        self.bugs: list[object] = []
        self.context.said.connect(self.said.append)
        self.context.jobs.bug.connect(self.bugs.append)

    def show(self) -> None:
        with self.qtbot.waitExposed(self.window):
            self.desktop.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        """Until no job runs and nothing waits to be saved."""
        self.qtbot.waitUntil(self._idle, timeout=20_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(self._idle, timeout=20_000)
        assert self.bugs == []

    def _idle(self) -> bool:
        page = self.window.pages.page
        return not self.desktop.jobs.busy and not (isinstance(page, GuidePage) and _working(page))

    @property
    def page(self) -> Page:
        page = self.window.pages.page
        assert page is not None
        return page

    @property
    def guide(self) -> GuidePage:
        assert isinstance(self.page, GuidePage)
        return self.page

    @property
    def drafts(self) -> DraftsPage:
        assert isinstance(self.page, DraftsPage)
        return self.page

    @property
    def start(self) -> StartPage:
        assert isinstance(self.page, StartPage)
        return self.page

    @property
    def focus(self) -> QWidget:
        if QApplication.focusWidget() is None:
            # Without a window manager nobody makes the window active again when its list of offers has closed.
            self.desktop.window.activateWindow()
            QApplication.processEvents()
        widget = QApplication.focusWidget() or QApplication.activePopupWidget()
        assert widget is not None
        return widget

    def go(self, place: str, argument: object = None) -> None:
        self.context.go(place, argument)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def tab_to(self, target: QWidget) -> None:
        """Press Tab until ``target`` has the keyboard; fails when Tab never comes there."""
        for _ in range(300):
            if QApplication.focusWidget() is target:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {target}: {target.accessibleName()}")

    def tab_to_back(self, target: QWidget) -> None:
        """The same, backwards."""
        for _ in range(300):
            if QApplication.focusWidget() is target:
                return
            self.press(Key.Key_Tab, SHIFT)
        raise AssertionError(f"Shift+Tab never comes to {target}: {target.accessibleName()}")

    def answer(self, question: Question, answer: Answer) -> None:
        """Give one answer on the page shown, by keyboard alone."""
        row = self.guide.questions.form.row(question.id)
        if answer.unknown:
            self.tab_to(row.unknown)
            self.press(Key.Key_Space)
            return
        field, value = row.field, answer.value
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.YES_NO:
                keys = (
                    ["yes", "no"]
                    if question.kind is QuestionKind.YES_NO
                    else [option.id for option in question.options]
                )
                wanted = {True: "yes", False: "no"}.get(value, value)  # type: ignore[call-overload]
                self._choose(list(field.parts()), keys.index(wanted))
            case QuestionKind.CHOICES:
                assert isinstance(value, tuple)
                ids = [option.id for option in question.options]
                for entry in value:
                    self.tab_to(list(field.parts())[ids.index(str(entry))])
                    self.press(Key.Key_Space)
            case _:
                self.tab_to(field.focus_widget())
                text = "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)
                self.type(text)

    def _choose(self, buttons: list[QWidget], wanted: int) -> None:
        # Tab comes to a group once; the arrows move inside it.
        for _ in range(300):
            if self.focus in buttons:
                break
            self.press(Key.Key_Tab)
        self.press(Key.Key_Space)
        while buttons.index(self.focus) != wanted:
            self.press(Key.Key_Down if buttons.index(self.focus) < wanted else Key.Key_Up)
            self.press(Key.Key_Space)


def _working(page: GuidePage) -> bool:
    return not (page.saver.idle and page.check.complete and page.questions.complete)
