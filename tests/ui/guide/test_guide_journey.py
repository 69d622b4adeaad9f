"""The whole way by keyboard: from an empty list of drafts to a signed revision and its confirmation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.case.phases import Phase
from intake.services.installation.workspace import Session
from tests.filled import filled
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.sessions import PASSPHRASE
from ui.guide.stops import View
from ui.widgets.confirmation import Confirmation

Drive = Callable[..., Driver]

TITLE = "Summaries of maintenance reports"


@pytest.mark.slow("a whole request, key by key")
def test_a_request_is_begun_answered_checked_signed_and_filed_by_keyboard_alone(drive: Drive, ada: Session) -> None:
    driver = drive(ada)
    wanted = filled(ada.installation.shelf.current, {"purpose.title": TITLE})
    questions = {question.id: question for question in ada.installation.shelf.current.questions}

    driver.press(Key.Key_N, CTRL)
    driver.settle()
    driver.press(Key.Key_Return)  # the keyboard is on the empty form
    driver.settle()
    for _ in range(60):
        guide = driver.guide
        stop = guide.navigation.stop
        assert stop is not None
        if guide.views.currentWidget() is guide.check:
            break
        if guide.views.currentWidget() is guide.tasks:
            driver.press(Key.Key_Space)  # the keyboard is on the next part to do
            driver.settle()
            continue
        assert stop.view is View.QUESTIONS
        for name in list(guide.questions._questions):
            if guide.questions.form.row(name).isHidden() or name not in wanted.answers:
                continue
            driver.answer(questions[name], wanted.answers[name])
            if questions[name].options:
                driver.settle()  # a choice may bring further questions
        driver.press(Key.Key_Return, CTRL)
        driver.settle()
        assert guide.questions.summary.texts() == ()

    guide = driver.guide
    assert guide.views.currentWidget() is guide.check
    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    dialog = guide.filing._dialog
    assert dialog is not None
    driver.qtbot.waitUntil(dialog.isActiveWindow)
    driver.type(PASSPHRASE)
    driver.press(Key.Key_Return)
    driver.settle()

    confirmation = driver.guide.filed.findChild(Confirmation)
    assert confirmation is not None
    row = ada.installation.register.queries.page().rows[0]
    assert row.title == TITLE
    assert row.turn == ("cio", "ciso")
    assert ada.installation.state(row.case).phase is Phase.REVIEW
    assert ada.installation.register.drafts.listed() == ()
    shown = " ".join(label.text() for label in confirmation.findChildren(type(driver.guide.heading)))
    assert row.reference in shown
    assert "CIO (Cleo) and CISO (Dan)" in shown
