"""A readable copy of a filed request as PDF, for the owner's own files. It is not a record and says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

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


class _Text:
    """Paragraphs in three sizes. Foreign words go in as plain text only."""

    def __init__(self) -> None:
        self._document = QTextDocument()
        self._document.setDefaultFont(QFont(FAMILY, 10))
        self._cursor = QTextCursor(self._document)

    def title(self, words: str) -> None:
        self._put(words, 18.0, bold=True)

    def heading(self, words: str) -> None:
        self._put("", 6.0)
        self._put(words, 13.0, bold=True)

    def plain(self, words: str) -> None:
        self._put(words, 10.0)

    def pair(self, label: str, words: str) -> None:
        self._put(label, 10.0, bold=True)
        self._put(words, 10.0)

    def print(self, target: Path, title: str) -> None:
        writer = QPdfWriter(str(target))
        writer.setTitle(title)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
        self._document.print_(writer)

    def _put(self, words: str, points: float, *, bold: bool = False) -> None:
        form = QTextCharFormat()
        form.setFontPointSize(points)
        form.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self._cursor.insertText(words, form)
        self._cursor.insertBlock()


def _t(text: str) -> str:
    return QCoreApplication.translate("Copy", text)
