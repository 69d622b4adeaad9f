"""A readable copy of a filed request as PDF, for the owner's own files. It is not a record and says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QPointF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextLayout, QTextOption

from ui.guide.refusals import CopyNotSaved
from ui.jobs import Task
from ui.theme import FAMILY

if TYPE_CHECKING:
    from intake.services.workspace import Seat


def save_copy(_: Task, seat: Seat, case: str, revision: str, target: Path) -> Path:
    """Write the copy; replaces a file of that name, as the dialog has asked. Raises CopyNotSaved."""
    from intake.domain.summary import reference
    from intake.domain.words import spoken

    desk = seat.desk
    state = desk.state(case)
    made = state.revision(revision)
    matter = desk.matter(state, made)
    playbook, answers = matter.playbook, matter.answers
    body = made.body
    path = matter.assessment.path
    text = _Text()
    text.title(body.title)
    text.plain(_t("Copy of a request for your files. It is not a decision: that needs the signatures of both offices."))
    text.pair(_t("Reference"), f"{reference(case)}, {_t('revision')} {made.number}")
    text.pair(_t("Unit"), body.unit)
    text.pair(_t("Filed by"), desk.rosters.name(made.author))
    text.pair(_t("Tier"), f"{path.label} · {path.lane_label}")
    text.pair(_t("Signed act"), f"{revision} ({spoken(revision)})")
    for section in playbook.all_sections:
        asked = [question for question in section.questions if question.id in answers]
        if asked:
            text.heading(section.title)
        for question in asked:
            text.pair(question.text, question.said(answers[question.id]))
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_bytes(b"")
        text.print(part, body.title)
        part.replace(target)
    except OSError as error:
        raise CopyNotSaved(name=target.name, detail=error.strerror or type(error).__name__) from None
    return target


@dataclass(frozen=True, slots=True)
class _Paragraph:
    words: str
    points: float
    bold: bool
    before: float
    """Millimetres of air above it."""


class _Text:
    """Paragraphs in three sizes, laid out line by line. Foreign words are drawn as they are: nothing in them is run.

    Not with ``QTextDocument``: it starts timers, and a worker has no event loop for them.
    """

    DPI = 300

    def __init__(self) -> None:
        self._paragraphs: list[_Paragraph] = []

    def title(self, words: str) -> None:
        self._put(words, 18.0, bold=True)

    def heading(self, words: str) -> None:
        self._put(words, 13.0, bold=True, before=6.0)

    def plain(self, words: str) -> None:
        self._put(words, 10.0, before=1.0)

    def pair(self, label: str, words: str) -> None:
        self._put(label, 10.0, bold=True, before=3.0)
        for line in words.split("\n"):
            self._put(line, 10.0)

    def print(self, target: Path, title: str) -> None:
        """Raises OSError when nothing can be written there."""
        writer = QPdfWriter(str(target))
        writer.setTitle(title)
        writer.setResolution(self.DPI)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
        painter = QPainter()
        if not painter.begin(writer):
            raise OSError(_t("nothing can be written there"))
        try:
            top = 0.0
            for paragraph in self._paragraphs:
                top = self._draw(paragraph, painter, writer, top)
        finally:
            painter.end()

    def _draw(self, paragraph: _Paragraph, painter: QPainter, writer: QPdfWriter, top: float) -> float:
        """Draw one paragraph from ``top`` on, over as many pages as it takes; gives where the next one begins."""
        font = QFont(FAMILY)
        font.setPointSizeF(paragraph.points)
        font.setWeight(QFont.Weight.DemiBold if paragraph.bold else QFont.Weight.Normal)
        layout = QTextLayout(paragraph.words, font, writer)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(writer.width())
        layout.endLayout()
        top += paragraph.before / 25.4 * self.DPI
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if top + line.height() > writer.height():
                writer.newPage()
                top = 0.0
            line.setPosition(QPointF(0, 0))
            line.draw(painter, QPointF(0, top))
            top += line.height()
        return top

    def _put(self, words: str, points: float, *, bold: bool = False, before: float = 0.0) -> None:
        self._paragraphs.append(_Paragraph(words, points, bold, before))


def _t(text: str) -> str:
    return QCoreApplication.translate("Copy", text)
