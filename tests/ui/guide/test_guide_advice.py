"""The notes beside the answers: who will know, what comes later, what does not fit, what says little. Never a block."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.playbook.answers import Answer
from intake.domain.terms.terms import Stage
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.ui.guide.drafting import answers, complete
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.sessions import PASSPHRASE
from tests.ui.walk import nameless, unreachable
from ui.guide.shown import ShownDraft
from ui.guide.stops import GuideStop, View
from ui.widgets.confirmation import Confirmation
from ui.widgets.why_row import WhyRow

Drive = Callable[..., Driver]


@pytest.fixture
def draft(ada: Session) -> str:
    """A whole request with restricted data."""
    made = filing.start(ada.installation, "ada")
    complete(ada, made, start__data="restricted")
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def shown(driver: Driver) -> ShownDraft:
    found = driver.guide.draft.shown
    assert found is not None
    return found


def page_of(session: Session, draft: str, question: str) -> str:
    guide = filing.view(session.installation, draft).guide
    return next(page.id for page in guide.pages if question in {item.id for item in page.questions})


def unfold(driver: Driver, key: str) -> str:
    """Open a part of the live panel on a question page, and read it."""
    live = driver.guide.questions.live
    if not live.fold.isChecked():
        live.fold.click()
    part = live.part(key)
    if not part.head.isChecked():
        part.head.click()
    driver.settle()
    return words(part.lines)


# Who will know


@pytest.mark.exhaustive
def test_who_will_know_is_asked_saved_and_shown_until_the_request_is_filed(
    drive: Drive, ada: Session, draft: str
) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "data.training")))
    row = driver.guide.questions.form.row("data.training")

    driver.tab_to(row.unknown)
    driver.press(Key.Key_Space)
    driver.press(Key.Key_Tab)
    driver.type("Grace  Hopper ")
    driver.settle()

    assert answers(ada, draft)["data.training"] == Answer(None, ask="Grace Hopper")
    assert "Training by the provider: Grace Hopper will know" in [
        line.text for line in driver.guide.questions.live.part("open").now
    ]
    assert any("Grace Hopper" in line.text for line in driver.guide.questions.live.part("asks").now)

    driver.go("guide", GuideStop(draft, View.TASKS))
    hints = [driver.guide.tasks.list.row(task.section.id).accessibleDescription() for task in shown(driver).tasks]
    assert any("Training by the provider: Grace Hopper will know" in hint for hint in hints)

    driver.go("guide", GuideStop(draft, View.CHECK))
    check = driver.guide.check.answers.row("data.training")
    assert check.open is not None
    assert check.answer.text() == "I don’t know (Grace Hopper will know)"

    driver.guide.sign()
    driver.settle()
    dialog = driver.guide.filing._dialog
    assert dialog is not None
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.accept()
    driver.settle()
    confirmation = driver.guide.filed.findChild(Confirmation)
    assert confirmation is not None
    assert "Training by the provider: Grace Hopper will know" in words(confirmation)


@pytest.mark.exhaustive
def test_an_open_point_without_a_name_says_so_and_a_known_answer_forgets_the_name(
    drive: Drive, ada: Session, draft: str
) -> None:
    filing.put(ada.installation, draft, "data.training", Answer(None, ask="Grace"))
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "data.training"), "data.training"))
    row = driver.guide.questions.form.row("data.training")
    assert row.ask is not None
    assert row.ask.name() == "Grace"

    row.ask.line.clear()
    row.ask.line.textEdited.emit("")
    driver.settle()
    assert driver.guide.questions.live.part("open").now[0].text == "Training by the provider: nobody is named yet"

    driver.tab_to(row.unknown)
    driver.press(Key.Key_Space)
    assert row.ask.isHidden()
    driver.answer(shown(driver).playbook.question("data.training"), Answer(False))
    driver.settle()
    assert answers(ada, draft)["data.training"] == Answer(False)


# What comes later


@pytest.mark.exhaustive
def test_what_later_stages_ask_is_told_on_the_list_of_parts_and_nowhere_asked(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, start__stage="idea")
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.TASKS))

    later = dict(shown(driver).guide.later)
    told = [fold.head.text() for fold in driver.guide.tasks.later.folds]
    assert told == [
        f"Before a pilot ({len(later[Stage.PILOT])})",
        f"Before scaled use ({len(later[Stage.SCALED])})",
    ]
    driver.guide.tasks.later.folds[0].head.click()
    assert later[Stage.PILOT][0].label in words(driver.guide.tasks.later)
    for page in shown(driver).guide.pages:
        driver.go("guide", GuideStop(draft, View.QUESTIONS, page.id))
        asked = {name for name in driver.guide.questions._questions if driver.guide.questions.has(name)}
        assert asked <= {question.id for question in shown(driver).guide.known.shown}
        assert not driver.guide.questions.form.findChildren(type(driver.guide.tasks.later))


# Paths that turn at once


@pytest.mark.exhaustive
def test_a_question_that_comes_appears_below_and_neither_focus_nor_words_are_lost(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, people__influence="none")
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "people.influence")))
    view = driver.guide.questions
    came = view.form.row("people.decides")
    assert came.isHidden()

    question = shown(driver).playbook.question("people.influence")
    driver.answer(question, Answer(question.options[-1].id))

    # At once: no job has run yet.
    assert not came.isHidden()
    assert driver.focus in view.form.row("people.influence").field.parts()
    driver.settle()
    assert not came.isHidden()
    assert driver.focus in view.form.row("people.influence").field.parts()


@pytest.mark.exhaustive
def test_words_being_typed_outlive_an_answer_that_turns_the_path(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, system__access="none")
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "system.access")))
    view = driver.guide.questions
    access = shown(driver).playbook.question("system.access")
    driver.answer(access, Answer(access.options[-1].id))
    systems = view.form.row("system.systems")
    driver.tab_to(systems.field.focus_widget())
    driver.type("The mail server")

    autonomy = shown(driver).playbook.question("system.autonomy")
    view.form.row("system.autonomy").set_value(autonomy.options[-1].id)
    view.form.row("system.autonomy").field.changed.emit()

    assert systems.field.value() == ("The mail server",)
    assert systems.field.focus_widget().hasFocus()
    # What is being typed is handed on a moment later, or when the field is left.
    driver.press(Key.Key_Tab)
    driver.settle()
    assert systems.field.value() == ("The mail server",)
    assert answers(ada, draft)["system.systems"] == Answer(("The mail server",))


@pytest.mark.exhaustive
def test_answers_that_a_change_hides_are_said_to_be_kept_and_not_filed(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, people__influence="decides", people__decides=("staff",))
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "people.influence")))
    view = driver.guide.questions
    assert view.kept.isHidden()
    question = shown(driver).playbook.question("people.influence")

    driver.answer(question, Answer("none"))

    hidden = shown(driver).hidden
    label = shown(driver).labels["people.decides"]
    assert label in [item.label for item in hidden]
    assert not view.kept.isHidden()
    assert "kept in this draft and will not be filed" in view.kept.notice.title.text()
    assert label in view.kept.notice.title.text()
    driver.settle()
    driver.tab_to(view.kept.see)
    driver.press(Key.Key_Space)
    said = next(item.label for item in shown(driver).playbook.question("people.decides").options if item.id == "staff")
    assert said in words(view.kept.lines)

    driver.go("guide", GuideStop(draft, View.CHECK))
    assert not driver.guide.check.kept.isHidden()
    assert nameless(driver.guide) == []
    assert unreachable(driver.guide) == []
    assert "people.decides" in answers(ada, draft)
    assert "people.decides" not in shown(driver).guide.filed()


# What does not fit together


@pytest.mark.exhaustive
def test_answers_that_do_not_fit_are_pointed_out_at_both_and_lead_to_each_other(drive: Drive, ada: Session) -> None:
    draft = filing.start(ada.installation, "ada")
    complete(ada, draft, system__autonomy="suggests", system__access="write")
    guide = filing.view(ada.installation, draft).guide
    (found,) = [item for item in guide.contradictions if item.contradiction.id == "suggests-but-writes"]
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "system.access")))
    view = driver.guide.questions

    notes = {name: view.form.row(name).advice for name in ("system.autonomy", "system.access")}
    for name, other in (("system.autonomy", "system.access"), ("system.access", "system.autonomy")):
        assert any(found.contradiction.sentence in note.text for note in notes[name].shown)
        assert [link.key for link in notes[name].links] == [other]
    assert not view.live.odd.isHidden()
    assert found.contradiction.sentence in unfold(driver, "doubts")
    driver.tab_to(notes["system.access"].links[0])
    driver.press(Key.Key_Space)
    assert view._row_of(driver.focus) == "system.autonomy"

    driver.go("guide", GuideStop(draft, View.CHECK))
    check = driver.guide.check
    assert any(found.contradiction.sentence in note.text for note in check.doubts.shown)
    assert {link.key for link in check.doubts.links} >= {"system.autonomy", "system.access"}
    assert check.sign_button.isEnabled()
    check.doubts.links[0].click()
    driver.settle()
    assert driver.guide.views.currentWidget() is driver.guide.questions


# What says little


def said(row: WhyRow) -> list[str]:
    """What is advised at a question now."""
    return [note.text for note in row.advice.shown]


@pytest.mark.exhaustive
def test_a_thin_answer_is_pointed_out_after_leaving_it_and_not_before(drive: Drive, ada: Session, draft: str) -> None:
    filing.put(ada.installation, draft, "purpose.problem", None)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "purpose.problem")))
    row = driver.guide.questions.form.row("purpose.problem")
    driver.tab_to(row.field.focus_widget())

    driver.type("n/a")
    driver.settle()
    assert said(row) == []

    driver.tab_to(driver.guide.questions.continue_button)
    assert "tells the reviewers nothing" in said(row)[0]
    driver.settle()
    assert "tells the reviewers nothing" in said(row)[0]

    driver.tab_to_back(row.field.focus_widget())
    driver.press(Key.Key_A, CTRL)
    driver.type("Notes are written by hand for two hours after each meeting, and half of them come too late.")
    driver.tab_to(driver.guide.questions.continue_button)
    driver.settle()
    assert row.advice.shown == ()


@pytest.mark.exhaustive
def test_what_the_register_knows_of_an_answer_is_pointed_out_too(drive: Drive, ada: Session, draft: str) -> None:
    for role, said in (("title", None), ("provider", "Contoso"), ("model", "Scribe")):
        name = next(name for known, name in ada.installation.shelf.current.roles if known.value == role)
        filing.put(ada.installation, draft, name, said)
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "purpose.title")))
    row = driver.guide.questions.form.row("purpose.title")
    driver.tab_to(row.field.focus_widget())
    driver.type("Contoso Scribe")
    driver.settle()
    assert row._advice is None

    driver.tab_to(driver.guide.questions.continue_button)
    driver.settle()
    assert ["only the name of a product" in note.text for note in row.advice.shown] == [True]

    driver.go("guide", GuideStop(draft, View.CHECK))
    hint = driver.guide.check.answers.row("purpose.title").hint
    assert hint is not None
    assert "only the name of a product" in hint.text()
    assert driver.guide.check.sign_button.isEnabled()


# What would lower the tier


@pytest.mark.exhaustive
def test_what_drives_the_tier_and_what_would_lower_it(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "data.training")))

    drivers = unfold(driver, "drivers")
    driver.settle()

    fired = shown(driver).assessment.fired
    assert fired[0].rule.sentence in drivers
    assert shown(driver).lowering
    other = shown(driver).lowering[0].changes[0].label
    assert other in unfold(driver, "lower")


@pytest.mark.exhaustive
def test_the_panel_stays_closed_and_small_until_somebody_opens_it(drive: Drive, ada: Session, draft: str) -> None:
    driver = drive(ada)

    driver.go("guide", GuideStop(draft, View.QUESTIONS, page_of(ada, draft, "data.training")))

    live = driver.guide.questions.live
    assert live.height() < driver.guide.height() / 6
    live.fold.click()
    driver.settle()
    assert live.height() < driver.window.height() / 2
