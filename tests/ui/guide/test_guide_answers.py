"""Answers: kept as they are typed, wrong ones with words beside them, and nothing lost when the window or the program ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from intake.domain.playbook.answers import DONT_KNOW, Answer, Value
from intake.register.refusals import RegisterBusy
from intake.register.store.drafts import Drafts
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.services.offices import Offices
from tests.ui.guide.drafting import answers, complete
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.guide.test_guide_advice import page_of
from tests.ui.walk import nameless, unreachable
from ui.guide.stops import GuideStop, View
from ui.pictures.screenshots import grab, is_blank
from ui.theme import Scheme, Theme

Drive = Callable[..., Driver]

MIXED = "Zusammenfassung 🗂️ לסיכום الملخص 要約 \u202eabc\u202c " + "wörter " * 1_420


def test_a_fresh_draft_opens_at_the_screening(drive: Drive, ada: Session) -> None:
    driver = drive(ada)

    driver.go("guide", filing.start(ada.installation, "ada"))

    assert driver.guide.views.currentWidget() is driver.guide.questions
    assert driver.guide.title() == ada.installation.shelf.current.screening.pages[0].title
    assert driver.guide.questions.live.isHidden()


def test_what_is_typed_is_saved_without_leaving_the_field_and_said_so(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))

    driver.tab_to(driver.guide.questions.form.row("purpose.title").field.focus_widget())
    driver.press(Key.Key_A, CTRL)
    driver.type("Reply to letters")
    driver.settle()

    assert answers(ada, draft)["purpose.title"] == Answer("Reply to letters")
    assert any(text.startswith("Saved ") and text[-1].isdigit() for text in driver.said), QLocale().name()


@pytest.mark.exhaustive
def test_continue_before_the_page_is_whole_takes_every_answer_of_it(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    before = answers(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.TASKS))

    with driver.qtbot.waitSignal(driver.guide.ready):
        driver.context.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    assert not driver.guide.questions.complete
    driver.guide.go_on()
    driver.settle()

    assert answers(ada, draft) == before
    assert driver.guide.title() == filing.view(ada.installation, draft).guide.next_page("purpose.what").title


@pytest.mark.exhaustive
def test_continue_puts_the_same_words_in_the_summary_and_at_the_field_and_moves_there(
    drive: Drive, ada: Session
) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "data.where"))
    questions = driver.guide.questions
    row = questions.form.row("data.prompts")
    driver.tab_to(row.field.focus_widget())
    driver.press(Key.Key_A, CTRL)
    driver.type("as long as needed")

    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    assert questions.summary.texts() == (row.error.text(),)
    assert row.error.text() == "Prompts kept for: Enter a whole number in figures, such as 30."
    assert questions.summary.hasFocus()
    assert row.field.value() == "as long as needed"
    assert answers(ada, draft)["data.prompts"] == Answer("as long as needed")

    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Space)

    assert row.field.focus_widget().hasFocus()


@pytest.mark.parametrize(
    ("stored", "shown", "said"),
    [
        ({"purpose.start": "1995-03-01"}, date(1995, 3, 1), ""),
        ({"purpose.start": "0099-12-31"}, date(99, 12, 31), ""),
        ({"purpose.frequency": "now and\nthen"}, None, "Kept until you answer: now and then"),
        ({"purpose.consulted": ("experts", "a body of an older playbook")}, ("experts",), "Kept until you answer: "),
        ({"purpose.consulted": "everybody"}, None, "Kept until you answer: everybody"),
    ],
)
@pytest.mark.exhaustive
def test_what_a_field_cannot_show_is_said_and_kept_when_the_page_is_left(
    drive: Drive, ada: Session, stored: dict[str, Value], shown: object, said: str
) -> None:
    ((name, value),) = stored.items()
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, start__stage="pilot", start__data="confidential")
    ada.installation.register.drafts.answers(draft, {name: Answer(value).as_json()})
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.when"))
    questions = driver.guide.questions
    row = questions.form.row(name)
    assert questions.has(name)
    assert row.field.value() == shown
    assert (row.flag.text() if said else "").startswith(said)

    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    assert answers(ada, draft)[name] == Answer(value)
    assert bool(questions.summary.texts()) is bool(said)


@pytest.mark.exhaustive
def test_a_stored_answer_that_is_no_day_is_shown_as_it_is_and_gives_way_to_a_new_one(
    drive: Drive, ada: Session
) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, start__stage="pilot", start__data="confidential")
    ada.installation.register.drafts.answers(draft, {"purpose.start": Answer("01/1998").as_json()})
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.when"))
    row = driver.guide.questions.form.row("purpose.start")
    assert row.field.value() == "01/1998"

    driver.press(Key.Key_Return, CTRL)
    driver.settle()
    assert answers(ada, draft)["purpose.start"] == Answer("01/1998")
    assert driver.guide.questions.summary.texts()

    driver.tab_to(row.field.focus_widget())
    driver.type("1998-01-02")
    driver.settle()

    assert answers(ada, draft)["purpose.start"] == Answer("1998-01-02")
    assert row.flag.isHidden()


def test_i_do_not_know_is_an_answer_and_becomes_an_open_point(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, start__data="restricted")
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "data.where"))

    driver.tab_to(driver.guide.questions.form.row("data.training").unknown)
    driver.press(Key.Key_Space)
    driver.settle()

    assert answers(ada, draft)["data.training"] == DONT_KNOW
    assert "Training by the provider" in " ".join(
        label.text() for label in driver.guide.questions.live.reasons.findChildren(type(driver.guide.heading))
    )
    driver.go("guide", GuideStop(draft, View.CHECK))
    assert driver.guide.check.answers.row("data.training").open is not None


@pytest.mark.exhaustive
def test_none_of_these_takes_the_others_away(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, start__area=("employment", "education"))
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "start.risk"))

    boxes = list(driver.guide.questions.form.row("start.area").field.parts())
    driver.tab_to(boxes[-1])
    driver.press(Key.Key_Space)
    driver.settle()

    assert answers(ada, draft)["start.area"] == Answer(("none",))


@pytest.mark.exhaustive
def test_a_long_answer_of_many_scripts_is_kept_to_the_letter_and_shown_shortened(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.why"))
    question = next(name for name, item in driver.guide.questions._questions.items() if item.kind.value == "long text")
    row = driver.guide.questions.form.row(question)

    row.field.focus_widget().setPlainText(MIXED)  # type: ignore[attr-defined]
    driver.go("guide", GuideStop(draft, View.CHECK))

    kept = answers(ada, draft)[question].value
    assert isinstance(kept, str)
    assert 9_900 < len(kept) <= 10_000
    assert kept.startswith("Zusammenfassung 🗂️ לסיכום الملخص 要約")
    shown = driver.guide.check.answers.row(question)
    assert shown.more is not None
    shown.more.click()
    assert shown.answer.text() == kept


def test_a_stop_is_explained_with_what_to_do_instead(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    filing.put(ada.installation, draft, "start.practices", ("scoring",))
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))

    tasks = driver.guide.tasks
    assert tasks.stop.title.text() == "This practice is forbidden"
    assert tasks.instead.text().startswith("Do not build, buy or try it.")
    assert driver.focus is tasks.list.row("start")


@pytest.mark.exhaustive
def test_a_carried_answer_is_marked_until_it_is_confirmed(drive: Drive, ada: Session, house: Offices) -> None:
    case = house.file("ada")
    draft = filing.start_from(ada.installation, "ada", case)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    assert not driver.guide.questions.form.row("purpose.title").flag.isHidden()

    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    kept = answers(ada, draft)
    assert not kept["purpose.title"].check
    assert kept["purpose.problem"].check


def test_change_from_the_check_page_returns_there(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))

    driver.tab_to(driver.guide.check.answers.row("purpose.unit").button)
    driver.press(Key.Key_Space)
    driver.settle()
    assert driver.guide.questions.form.row("purpose.unit").field.focus_widget().hasFocus()
    driver.press(Key.Key_Return, CTRL)
    driver.settle()

    assert driver.guide.views.currentWidget() is driver.guide.check
    assert driver.guide.check.answers.row("purpose.unit").button.hasFocus()


@pytest.mark.exhaustive
def test_signing_too_early_leads_to_what_is_missing_in_the_words_at_the_answer(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    filing.put(ada.installation, draft, "purpose.unit", None)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.CHECK))

    driver.guide.sign()
    driver.settle()

    check = driver.guide.check
    assert check.summary.texts() == ("Unit: Enter an answer.",)
    trouble = check.answers.row("purpose.unit").trouble
    assert trouble is not None
    assert trouble.text() == "Unit: Enter an answer."
    assert driver.guide.filing._dialog is None


def test_thin_answers_are_pointed_out_and_stop_nobody(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    filing.put(ada.installation, draft, "purpose.problem", "n/a")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.CHECK))

    hint = driver.guide.check.answers.row("purpose.problem").hint
    assert hint is not None
    assert "tells the reviewers nothing" in hint.text()
    assert driver.guide.check.sign_button.isEnabled()


@pytest.mark.exhaustive
def test_who_is_not_listed_can_write_everything_and_is_told_when_signing_begins(drive: Drive, house: Offices) -> None:
    from intake.services.installation.workspace import Workspace

    stranger = Session(Workspace(house.root / "ada"), house.installations["ada"])
    stranger.workspace.change_settings(person="eve")
    draft = filing.start(stranger.installation, "eve")
    complete(stranger, draft)
    driver = drive(stranger)

    driver.go("guide", GuideStop(draft, View.CHECK))

    assert not driver.guide.check.listed.isHidden()
    assert driver.guide.check.listed.title.text() == "Ready to sign when listed"
    assert not driver.guide.check.sign_button.isEnabled()


def test_closing_the_window_in_the_middle_of_a_word_keeps_it(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.why"))
    driver.tab_to(driver.guide.questions.form.row("purpose.problem").field.focus_widget())
    driver.press(Key.Key_A, CTRL)

    driver.type("Half a sente")
    driver.desktop.close()

    assert answers(ada, draft)["purpose.problem"] == Answer("Half a sente")


@pytest.mark.exhaustive
def test_what_could_not_be_stored_is_kept_said_and_stored_with_the_next_try(
    drive: Drive, ada: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))

    def busy(*_: object) -> None:
        raise RegisterBusy(path="register.sqlite", seconds=5)

    with monkeypatch.context() as patch:
        # The disk is what fails here; everything of ours is real.
        patch.setattr(Drafts, "answers", busy)
        driver.tab_to(driver.guide.questions.form.row("purpose.title").field.focus_widget())
        driver.press(Key.Key_A, CTRL)
        driver.type("Never lost")
        driver.qtbot.waitUntil(lambda: not driver.guide.unsaved.isHidden())
        driver.qtbot.waitUntil(lambda: not driver.desktop.jobs.busy)
    driver.guide.unsaved.retry.trigger()
    driver.settle()

    assert driver.guide.unsaved.isHidden()
    assert answers(ada, draft)["purpose.title"] == Answer("Never lost")


@pytest.mark.kill
@pytest.mark.exhaustive
def test_kill_9_in_the_middle_of_typing_loses_nothing_that_was_said_to_be_saved(ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    home = ada.workspace.root
    ada.installation.register.close()
    script = Path(__file__).with_name("typist.py")
    typist = subprocess.Popen(
        [sys.executable, str(script), str(home), draft],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert typist.stdout is not None

    saved = [typist.stdout.readline().strip() for _ in range(4)]
    typist.send_signal(signal.SIGKILL)
    typist.wait()
    typist.stdout.close()

    import resources
    from intake.services.installation.workspace import open_installation

    again = Session(ada.workspace, open_installation(ada.workspace, resources.read, resources.names))
    kept = str(answers(again, draft)["purpose.title"].value)
    again.installation.register.close()
    assert saved[-1]
    assert kept.startswith(saved[-1])


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, pytest.param(Scheme.DARK, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize("view", [View.TASKS, View.QUESTIONS, View.CHECK])
@pytest.mark.exhaustive
def test_every_view_is_painted_named_and_reached_by_keyboard(
    view: View, scheme: Scheme, drive: Drive, ada: Session, theme: Theme
) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, view))
    theme.set_scheme(scheme)

    assert not is_blank(grab(driver.guide))
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []
    theme.set_scheme(Scheme.LIGHT)


def test_advice_on_an_answer_does_not_move_the_question_that_is_being_clicked(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "purpose.problem"), "purpose.problem"))
    questions = driver.guide.questions
    first = questions.form.row("purpose.problem")
    following = next(row for row in questions.form.rows() if row is not first and row.isVisible())
    said: list[str] = []
    questions.left.connect(said.append)
    first.field.focus_widget().setFocus()
    target = following.field.focus_widget()

    QTest.mousePress(target, Qt.MouseButton.LeftButton)
    pressed = list(said)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton)
    driver.settle()

    assert pressed == []
    assert said == ["purpose.problem"]
