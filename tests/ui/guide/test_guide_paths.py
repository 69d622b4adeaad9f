"""A person who never saw it files a meeting-notes assistant: with keys only, in few pages, and with text twice as large."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.playbook.answers import Answer, Value
from intake.domain.playbook.questions import Question
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.filled import mild
from tests.ui.guide.drafting import answers
from tests.ui.guide.driver import CTRL, SHIFT, Driver, Key
from tests.ui.large import cut_off, twice
from tests.ui.sessions import PASSPHRASE
from ui.guide.begin.starting import StartingPage
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.stops import GuideStop, View
from ui.pictures.screenshots import grab

Drive = Callable[..., Driver]

__all__ = ["twice"]

FEW = 15
"""Pages a person may see at most before everything is filed: those with questions, and the check page."""

SAID: dict[str, Value] = {
    "purpose.title": "Minutes of the weekly treasury meeting",
    "purpose.unit": "Treasury",
    "purpose.owner": "Ada Lovelace",
    "purpose.problem": "Minutes are written by hand for two hours after each meeting, and half of them come late.",
    "purpose.benefit": "About six hours a week for other work, and minutes on the same day.",
    "data.dpia": "unneeded",
}


def walked(driver: Driver, ada: Session, draft: str, most: int) -> list[str]:
    """Answer page after page until the answers are checked, or ``most`` pages were seen; their titles."""
    pages: list[str] = []
    while len(pages) <= most and driver.guide.views.currentWidget() is not driver.guide.check:
        guide = driver.guide
        if guide.views.currentWidget() is guide.tasks:
            driver.press(Key.Key_Space)  # the keyboard is on what is to be done next
            driver.settle()
            continue
        pages.append(guide.title())
        answer_what_is_missing(driver, ada, draft)
        driver.press(Key.Key_Return, CTRL)
        driver.settle()
        assert guide.questions.summary.texts() == ()
    return [*pages, driver.guide.title()]


def sign(driver: Driver) -> None:
    """Sign and file with the keyboard."""
    driver.press(Key.Key_Return, CTRL | SHIFT)
    driver.settle()
    dialog = driver.guide.filing._dialog
    assert dialog is not None
    driver.qtbot.waitUntil(dialog.isActiveWindow)
    driver.type(PASSPHRASE)
    driver.press(Key.Key_Return)
    driver.settle()
    assert driver.guide.views.currentWidget() is driver.guide.filed


@pytest.mark.slow("a whole request, key by key")
@pytest.mark.exhaustive
def test_a_meeting_notes_assistant_is_filed_with_keys_only_in_few_pages(drive: Drive, ada: Session) -> None:
    driver = drive(ada)
    driver.press(Key.Key_N, CTRL)
    driver.settle()
    start = driver.page
    assert isinstance(start, StartingPage)
    driver.tab_to(next(button for button in start.templates.buttons if button.text() == "Meeting notes"))
    driver.press(Key.Key_Space)
    driver.settle()
    draft = ada.installation.register.drafts.listed()[0].id

    pages = walked(driver, ada, draft, FEW)

    assert len(pages) < FEW, pages
    sign(driver)
    (row,) = ada.installation.register.queries.page().rows
    assert row.title == SAID["purpose.title"]


def answer_what_is_missing(driver: Driver, ada: Session, draft: str) -> None:
    """Confirm what the template said, type what only the person knows."""
    view = driver.guide.questions
    for name in list(view._questions):
        guide = filing.view(ada.installation, draft).guide
        question, known = guide.playbook.question(name), guide.answers.get(name)
        if not view.has(name) or isinstance(view.form.row(name).field, EvidenceField):
            continue
        if known is None or name in SAID:
            clear(driver, question)
            driver.answer(question, Answer(SAID.get(name, mild(question))))
            driver.settle()


def clear(driver: Driver, question: Question) -> None:
    if not question.options and question.kind.value in {"text", "long text", "person"}:
        driver.tab_to(driver.guide.questions.form.row(question.id).field.focus_widget())
        driver.press(Key.Key_A, CTRL)
        driver.press(Key.Key_Delete)


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
def test_nothing_is_cut_off_when_text_is_twice_as_large(drive: Drive, ada: Session) -> None:
    template = next(item for item in ada.installation.templates if item.id == "meeting-notes")
    draft = filing.start_from_template(ada.installation, "ada", template.id)
    filing.put(ada.installation, draft, "data.training", Answer(None, ask="Grace Hopper"))
    filing.put(ada.installation, draft, "system.autonomy", "suggests")
    filing.put(ada.installation, draft, "system.access", "write")
    filing.put(ada.installation, draft, "purpose.problem", "n/a")
    driver = drive(ada)
    driver.window.resize(1280, 800)
    stops = [GuideStop(draft, View.TASKS), GuideStop(draft, View.CHECK)]
    guide = filing.view(ada.installation, draft).guide
    stops += [GuideStop(draft, View.QUESTIONS, page.id) for page in guide.pages]

    cut: list[str] = []
    for stop in stops:
        driver.go("guide", stop)
        if stop.view is View.QUESTIONS:
            # Once closed, once open.
            grab(driver.window)
            cut += [f"{stop.view} {stop.page}: {words}" for words in cut_off(driver.guide)]
            driver.guide.questions.live.fold.click()
            driver.settle()
        grab(driver.window)
        cut += [f"{stop.view} {stop.page}: {words}" for words in cut_off(driver.guide)]

    assert answers(ada, draft)
    assert cut == []


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
@pytest.mark.slow("a whole request, key by key")
def test_screening_of_applications_is_filed_with_keys_only_and_large_letters(drive: Drive, ada: Session) -> None:
    driver = drive(ada)
    driver.go("guide", filing.start_from_template(ada.installation, "ada", "cv-screening"))
    draft = ada.installation.register.drafts.listed()[0].id

    walked(driver, ada, draft, 40)

    sign(driver)
