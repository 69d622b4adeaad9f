"""Evidence: attached by button, drop and paste; shown, refused in words, removed and put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.filled import filled
from tests.services.offices import Offices
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.walk import nameless
from ui.guide.dropping import WhichQuestion
from ui.guide.evidence.attaching import Served
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.stops import GuideStop, View

Drive = Callable[..., Driver]
QUESTION = "evidence.other"


@pytest.fixture
def driver(drive: Drive, ada: Session) -> Driver:
    draft = filing.start(ada.installation, "ada")
    guide = filled(ada.installation.shelf.current)
    ada.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    driver = drive(ada)
    page = next(page.id for page in guide.pages if QUESTION in {question.id for question in page.questions})
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page))
    return driver


def field(driver: Driver) -> EvidenceField:
    found = driver.guide.questions.form.row(QUESTION).field
    assert isinstance(found, EvidenceField)
    return found


def names(driver: Driver, ada: Session) -> list[str]:
    draft = ada.installation.register.drafts.listed()[0].id
    answer = filing.view(ada.installation, draft).guide.answers.get(QUESTION)
    return [file.name for file in answer.files] if answer else []


@pytest.mark.exhaustive
def test_a_dropped_file_is_attached_with_its_type_and_size(driver: Driver, ada: Session, tmp_path: Path) -> None:
    report = tmp_path / "نتائج الاختبار 🧪.pdf"
    report.write_bytes(b"%PDF" + b"x" * 2_000)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])

    field(driver).dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    driver.settle()

    shown = " ".join(label.text() for label in field(driver).findChildren(type(driver.guide.heading)))
    assert names(driver, ada) == [report.name]
    assert report.name in shown
    assert "PDF · 2.0 kB" in shown
    assert nameless(driver.guide) == []


@pytest.mark.exhaustive
def test_a_pasted_picture_is_attached_as_png(driver: Driver, ada: Session) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    driver.tab_to(field(driver).attach)

    driver.press(Key.Key_V, CTRL)
    driver.settle()

    (name,) = names(driver, ada)
    assert name.endswith(".png")
    draft = ada.installation.register.drafts.listed()[0].id
    attachment = field(driver).value()[0]  # type: ignore[index]
    assert ada.installation.register.drafts.file(draft, attachment.sha256).startswith(b"\x89PNG")


def test_what_cannot_be_attached_is_refused_by_name_and_the_rest_is_taken(
    driver: Driver, ada: Session, tmp_path: Path
) -> None:
    empty, large, good = tmp_path / "empty.txt", tmp_path / "large.bin", tmp_path / "good.txt"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(filing.MAX_FILE + 1)
    good.write_text("good")

    field(driver).offered.emit((empty, large, tmp_path / "gone.txt", tmp_path, good))
    driver.settle()

    said = field(driver).trouble.title.text()
    assert names(driver, ada) == ["good.txt"]
    assert filing.EmptyFile(name="empty.txt").what_happened in said
    assert filing.FileTooLarge(name="large.bin", size=21, limit=20).what_happened in said
    assert "“gone.txt” could not be read: it is not there." in said
    assert "could not be read: it is not a file" in said


@pytest.mark.exhaustive
def test_a_removed_file_comes_back_whole_with_undo(driver: Driver, ada: Session, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("the whole report")
    field(driver).offered.emit((report,))
    driver.settle()

    driver.tab_to(field(driver).rows[0].remove_button)
    driver.press(Key.Key_Space)
    driver.settle()
    assert names(driver, ada) == []
    assert field(driver).removed.title.text() == "“report.txt” was removed."

    field(driver)._undo.trigger()
    driver.settle()
    assert names(driver, ada) == ["report.txt"]
    assert field(driver).removed.isHidden()


def test_pasting_nothing_says_so(driver: Driver, ada: Session) -> None:
    QGuiApplication.clipboard().setText("words")

    field(driver).paste()

    assert field(driver).trouble.title.text() == "There is no file or picture to paste."
    assert names(driver, ada) == []


def drop(driver: Driver, *paths: Path) -> None:
    """Drop files anywhere on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    here, action, button = QPointF(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(here.toPoint(), action, data, button, Qt.KeyboardModifier.NoModifier)
    driver.window.dragEnterEvent(entering)
    assert entering.isAccepted()
    driver.window.dropEvent(QDropEvent(here, action, data, button, Qt.KeyboardModifier.NoModifier))
    driver.settle()


def words(driver: Driver) -> str:
    return "\n".join(label.text() for label in field(driver).findChildren(QLabel) if label.isVisible())


def test_limits_are_said_before_anything_is_attached(driver: Driver) -> None:
    assert "At most 20 MB each and 40 files in all" in words(driver)
    assert "No programs, scripts or macros" in words(driver)


@pytest.mark.exhaustive
def test_the_hash_is_shown_short_and_copied_whole(driver: Driver, ada: Session, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("the whole report")
    field(driver).offered.emit((report,))
    driver.settle()
    whole = field(driver).value()[0].sha256  # type: ignore[index]

    driver.tab_to(field(driver).rows[0].copy_button)
    driver.press(Key.Key_Space)
    driver.settle()

    assert whole[:12] in words(driver)
    assert whole not in words(driver)
    assert QGuiApplication.clipboard().text() == whole
    assert "SHA-256 copied" in driver.said


@pytest.mark.exhaustive
def test_a_copy_of_a_file_is_saved_byte_for_byte(driver: Driver, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(b"the whole report")
    field(driver).offered.emit((report,))
    driver.settle()
    served = field(driver).findChild(Served)
    assert served is not None

    field(driver).rows[0].save_button.click()
    served.save_to(str(tmp_path / "copy.txt"))
    driver.settle()

    assert (tmp_path / "copy.txt").read_bytes() == b"the whole report"


@pytest.mark.exhaustive
def test_the_same_file_again_is_said_and_kept_once(driver: Driver, ada: Session, tmp_path: Path) -> None:
    for name in ("report.txt", "again.txt"):
        (tmp_path / name).write_text("the same words")
        field(driver).offered.emit((tmp_path / name,))
        driver.settle()

    assert len(names(driver, ada)) == 1
    assert field(driver).told.title.text() == "“again.txt” is attached here already."


@pytest.mark.exhaustive
def test_the_same_file_elsewhere_is_said_at_the_file(
    driver: Driver, ada: Session, house: Offices, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("the same words")
    installation = house.installations["ada"]
    earlier = filing.start(installation, "ada")
    given = filled(installation.shelf.current, {installation.shelf.current.role("title"): "Letters of last year"})  # type: ignore[arg-type]
    installation.register.drafts.answers(earlier, {name: answer.as_json() for name, answer in given.answers.items()})
    filing.attach(installation, earlier, QUESTION, "report.txt", "text/plain", report.read_bytes())
    filed = filing.file(installation, house.signer("ada"), earlier)

    field(driver).offered.emit((report,))
    driver.settle()

    assert f"The same file is part of {filed.reference}, “Letters of last year”." in words(driver)


@pytest.mark.exhaustive
def test_a_program_is_refused_with_the_reason(driver: Driver, ada: Session, tmp_path: Path) -> None:
    (tmp_path / "report.exe").write_bytes(b"MZ and more")

    field(driver).offered.emit((tmp_path / "report.exe",))
    driver.settle()

    assert names(driver, ada) == []
    assert field(driver).trouble.title.text() == "“report.exe” cannot be attached: it is a Windows program."
    assert "a program can do harm wherever it is opened" in field(driver).trouble.text.text()


@pytest.mark.exhaustive
def test_several_files_dropped_on_the_window_ask_for_their_question(
    driver: Driver, ada: Session, tmp_path: Path
) -> None:
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(path.name)

    drop(driver, *paths)
    dialog = driver.window.findChild(WhichQuestion)
    if dialog is not None:
        rows = {dialog.list.item(row).data(Qt.ItemDataRole.UserRole): row for row in range(dialog.list.count())}
        dialog.list.setCurrentRow(rows[QUESTION])
        assert nameless(dialog) == []
        dialog.accept()
        driver.settle()

    assert names(driver, ada) == ["one.txt", "two.txt"]


@pytest.mark.exhaustive
def test_a_file_dropped_on_the_list_of_parts_goes_to_the_question_chosen(
    driver: Driver, ada: Session, tmp_path: Path
) -> None:
    (tmp_path / "one.pdf").write_bytes(b"%PDF-1.4 one")
    draft = ada.installation.register.drafts.listed()[0].id
    driver.go("guide", GuideStop(draft, View.TASKS))

    drop(driver, tmp_path / "one.pdf")
    dialog = driver.window.findChild(WhichQuestion)
    assert dialog is not None
    rows = {dialog.list.item(row).data(Qt.ItemDataRole.UserRole): row for row in range(dialog.list.count())}
    dialog.list.setCurrentRow(rows[QUESTION])
    dialog.accept()
    driver.settle()

    assert driver.guide.views.currentWidget() is driver.guide.questions
    assert names(driver, ada) == ["one.pdf"]


@pytest.mark.exhaustive
def test_what_others_sent_is_not_taken_for_evidence(driver: Driver, tmp_path: Path) -> None:
    asked: list[str] = []
    driver.context.asked.connect(lambda command, _: asked.append(command))
    (tmp_path / "acts.countersign").write_bytes(b"x")

    assert not driver.guide.take_files((tmp_path / "acts.countersign",))


def test_expected_evidence_that_is_missing_is_an_open_point_and_no_block(
    drive: Drive, ada: Session, tmp_path: Path
) -> None:
    draft = filing.start(ada.installation, "ada")
    guide = filled(ada.installation.shelf.current, {"start.stage": "scaled"})
    ada.installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    view = filing.view(ada.installation, draft)
    wanted = view.assessment.expected[0]
    assert view.guide.problems == ()
    driver = drive(ada)
    page = next(page.id for page in guide.pages if wanted in {question.id for question in page.questions})
    driver.go("guide", GuideStop(draft, View.QUESTIONS, page))
    shown = driver.guide.questions.form.row(wanted).field
    assert isinstance(shown, EvidenceField)
    assert shown.expected.isVisible()
    assert "it becomes an open point" in shown.expected.text.text()

    (tmp_path / "results.txt").write_text("It went well.")
    shown.offered.emit((tmp_path / "results.txt",))
    driver.settle()

    assert shown.expected.isHidden()
