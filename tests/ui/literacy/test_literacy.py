"""The literacy screen: chapters read one by one, progress kept, signed at the end, shown to everybody, asked for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.playbook.reading.playbook import from_json
from intake.services.filing import filing
from intake.services.installation.installation import PlaybookShelf as Playbooks
from intake.services.organisation import literacy
from tests.filled import filled
from tests.services.offices import Offices
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.context import Changes
from ui.literacy.page import LiteracyPage, LiteracyView
from ui.literacy.work import SignedRecord
from ui.review import decide
from ui.review.page import ReviewPage
from ui.review.sections import TERMS
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]


def page(sitting: Visit, argument: object = None) -> LiteracyPage:
    shown = sitting.go("literacy", argument)
    assert isinstance(shown, LiteracyPage)
    return shown


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def read_all(sitting: Visit, shown: LiteracyPage) -> None:
    """Press “I have read this” until there is nothing left to read; the dialog to sign opens by itself."""
    for _ in range(len(literacy.chapters(sitting.offices.installations["ada"])) + 1):
        if shown.sign_action.isEnabled():
            return
        shown.read_action.trigger()
        sitting.settle()
    raise AssertionError("nothing to sign")


def waive_all(shown: ReviewPage) -> None:
    """Give a reason beside all that scaled use lacks, so that nothing but the training can be in the way."""
    editor = shown.terms.grant.waivers
    assert editor.fields
    for field in editor.fields.values():
        field.focus_widget().setPlainText("It ran elsewhere.")  # type: ignore[attr-defined]
    editor.flush()


def test_the_chapters_are_read_one_by_one_with_their_sources(visit: Open) -> None:
    sitting = visit("ada")
    chapters = literacy.chapters(sitting.offices.installations["ada"])

    shown = page(sitting)

    assert chapters[0].title in words(shown.chapter)
    assert chapters[0].text[0] in words(shown.chapter)
    assert f"0 of {len(chapters)} chapters read" in shown.lead.text()
    assert not shown.sign_action.isEnabled()
    assert nameless(shown) == []
    assert unreachable(shown) == []

    shown.read_action.trigger()
    sitting.settle()
    assert chapters[1].title in words(shown.chapter)
    assert f"1 of {len(chapters)} chapters read" in shown.lead.text()


@pytest.mark.exhaustive
def test_progress_is_kept_and_the_next_visit_goes_on_there(visit: Open) -> None:
    sitting = visit("ada")
    chapters = literacy.chapters(sitting.offices.installations["ada"])
    shown = page(sitting)
    shown.read_action.trigger()
    sitting.settle()

    sitting.desktop.context.settings.sync()
    again = visit("ada")
    shown = page(again)

    assert chapters[1].title in words(shown.chapter)


def test_everything_read_is_signed_and_stays_on_a_lasting_page(visit: Open) -> None:
    sitting = visit("ada")
    installation = sitting.offices.installations["ada"]
    shown = page(sitting)

    read_all(sitting, shown)
    dialog = sitting.dialog(SigningDialog)
    said = words(dialog)
    assert [chapter.title for chapter in literacy.chapters(installation) if chapter.title not in said] == []
    assert "scaled use may ask" in said
    sitting.sign()

    assert literacy.trained(installation, "ada")
    place, record = sitting.went[-1]
    assert place == "literacy"
    assert isinstance(record, SignedRecord)
    assert shown.views.currentWidget() is shown.signed
    assert "Your training record is signed" in words(shown.signed)
    assert record.act[:12] in words(shown.signed)
    assert nameless(shown) == []

    sitting.go("home")
    sitting.desktop.window.pages.back()
    sitting.settle()
    assert shown.views.currentWidget() is shown.signed

    page(sitting)
    assert not shown.sign_action.isEnabled()
    chapters = literacy.chapters(installation)
    assert chapters[0].title in words(shown.chapter)
    shown.read_action.trigger()
    sitting.settle()
    assert chapters[1].title in words(shown.chapter)


@pytest.mark.exhaustive
def test_a_wrong_passphrase_signs_nothing(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)
    read_all(sitting, shown)

    dialog = sitting.sign("not this one")

    assert dialog.isVisible()
    assert dialog.problem.title.text() == "The passphrase does not open this key file."
    assert literacy.records(sitting.offices.installations["ada"]) == ()


def test_everybody_sees_who_has_read_the_chapters(visit: Open) -> None:
    sitting = visit("ada")
    installation = sitting.offices.installations["ada"]
    chapters = [chapter.id for chapter in literacy.chapters(installation)]
    literacy.acknowledge(installation, sitting.offices.signer("ada"), chapters)

    shown = page(sitting, LiteracyView.WHO)

    model = shown.who.table.view.model()
    sitting.qtbot.waitUntil(lambda: model.rowCount() == 5)
    rows = {model.index(row, 0).data(): model.index(row, 2).data() for row in range(5)}
    assert rows["Ada"] == f"All {len(chapters)} chapters"
    assert rows["Cleo"] == "Not yet"
    assert nameless(shown) == []


def test_it_is_read_by_keyboard_alone(visit: Open) -> None:
    sitting = visit("ada")
    sitting.go("home")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(sitting.desktop.window, Qt.Key.Key_L, control | shift)
    sitting.settle()
    shown = sitting.page
    assert isinstance(shown, LiteracyPage)
    titles = [chapter.title for chapter in literacy.chapters(sitting.offices.installations["ada"])]

    QTest.keyClick(shown, Qt.Key.Key_Return, control)
    sitting.settle()
    assert titles[1] in words(shown.chapter)
    QTest.keyClick(shown, Qt.Key.Key_Up, control)
    sitting.settle()
    assert titles[0] in words(shown.chapter)


def test_a_playbook_without_chapters_says_that_nothing_is_to_be_read(offices: Offices, visit: Open) -> None:
    installation = offices.installations["ada"]
    bare = from_json(
        {name: value for name, value in installation.shelf.current.as_json().items() if name != "chapters"}
    )
    offices.installations["ada"] = replace(installation, shelf=Playbooks(bare))

    shown = page(visit("ada"))

    assert shown.views.currentWidget() is shown.nothing
    assert not shown.sign_action.isEnabled()


@pytest.mark.exhaustive
def test_an_approval_for_full_use_says_that_its_owner_has_no_training_record(visit: Open) -> None:
    dan = visit("dan")
    offices = dan.offices
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    guide = filled(installation.shelf.current, {"start.stage": "scaled"})
    installation.register.drafts.answers(draft, {key: answer.as_json() for key, answer in guide.answers.items()})
    case = filing.file(installation, offices.signer("ada"), draft).case
    offices.travel("ada", "dan", "cleo")

    shown = dan.go("review", case)

    assert isinstance(shown, ReviewPage)
    shown.tabs.show_section(TERMS)
    dan.settle()
    waive_all(shown)
    dan.settle()
    approve = shown.actions_of[decide.APPROVE]
    assert not approve.isEnabled()
    assert "Ada has no training record" in words(shown.bar)

    literacy.acknowledge(
        installation, offices.signer("ada"), [chapter.id for chapter in literacy.chapters(installation)]
    )
    offices.travel("ada", "dan")
    dan.desktop.context.tell(Changes(everything=True))
    dan.settle()
    assert "Ada has no training record" not in words(shown.bar)
    assert approve.isEnabled()


def test_the_people_page_says_who_is_trained(visit: Open) -> None:
    bob = visit("bob")
    installation = bob.offices.installations["bob"]
    chapters = [chapter.id for chapter in literacy.chapters(installation)]
    literacy.acknowledge(installation, bob.offices.signer("bob"), chapters)

    shown = bob.go("people", "bob")
    assert f"All {len(chapters)} chapters acknowledged" in words(shown)

    shown = bob.go("people", "ada")
    assert "No training record yet." in words(shown)


def test_the_keyboard_begins_at_the_words_and_comes_to_the_button_after_them(visit: Open) -> None:
    sitting = visit("ada")
    shown = page(sitting)
    button = shown.chapter.button
    assert button is not None
    assert shown.chapter.hasFocus()

    pages = 0
    while not button.hasFocus() and pages < 50:
        QTest.keyClick(shown.chapter, Qt.Key.Key_Space)
        pages += 1

    bar = shown.chapter.verticalScrollBar()
    assert 1 < pages < 50
    assert bar.value() == bar.maximum()
    assert not shown.progress.is_read(shown.school.chapters[0])  # type: ignore[union-attr]
