"""Evidence: attached by button, drop and paste; shown, refused in words, removed and put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from intake.services import filing
from intake.services.workspace import Seat
from tests.filled import filled
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.walk import nameless
from ui.guide.evidence import EvidenceField
from ui.guide.stops import Stop, View

Drive = Callable[..., Driver]
QUESTION = "security.evidence"


@pytest.fixture
def driver(drive: Drive, ada: Seat) -> Driver:
    draft = filing.start(ada.desk, "ada")
    guide = filled(ada.desk.shelf.current)
    ada.desk.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    driver = drive(ada)
    page = next(page.id for page in guide.pages if QUESTION in {question.id for question in page.questions})
    driver.go("guide", Stop(draft, View.QUESTIONS, page))
    return driver


def field(driver: Driver) -> EvidenceField:
    found = driver.guide.questions.form.row(QUESTION).field
    assert isinstance(found, EvidenceField)
    return found


def names(driver: Driver, ada: Seat) -> list[str]:
    draft = ada.desk.register.drafts.listed()[0].id
    answer = filing.view(ada.desk, draft).guide.answers.get(QUESTION)
    return [file.name for file in answer.files] if answer else []


def test_a_dropped_file_is_attached_with_its_type_and_size(driver: Driver, ada: Seat, tmp_path: Path) -> None:
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


def test_a_pasted_picture_is_attached_as_png(driver: Driver, ada: Seat) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    driver.tab_to(field(driver).attach)

    driver.press(Key.Key_V, CTRL)
    driver.settle()

    (name,) = names(driver, ada)
    assert name.endswith(".png")
    draft = ada.desk.register.drafts.listed()[0].id
    attachment = field(driver).value()[0]  # type: ignore[index]
    assert ada.desk.register.drafts.file(draft, attachment.sha256).startswith(b"\x89PNG")


def test_what_cannot_be_attached_is_refused_by_name_and_the_rest_is_taken(
    driver: Driver, ada: Seat, tmp_path: Path
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
    assert "“gone.txt” could not be read: No such file or directory." in said
    assert "Is a directory" in said


def test_a_removed_file_comes_back_whole_with_undo(driver: Driver, ada: Seat, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("the whole report")
    field(driver).offered.emit((report,))
    driver.settle()

    driver.tab_to(field(driver)._remove[0])
    driver.press(Key.Key_Space)
    driver.settle()
    assert names(driver, ada) == []
    assert field(driver).removed.title.text() == "“report.txt” was removed."

    field(driver)._undo.trigger()
    driver.settle()
    assert names(driver, ada) == ["report.txt"]
    assert field(driver).removed.isHidden()


def test_pasting_nothing_says_so(driver: Driver, ada: Seat) -> None:
    QGuiApplication.clipboard().setText("words")

    field(driver).paste()

    assert field(driver).trouble.title.text() == "There is no file or picture to paste."
    assert names(driver, ada) == []
