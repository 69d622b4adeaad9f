"""The lasting page after filing: reference, who is next and by when, what happens then, and a copy to keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.formatting import long_day
from ui.guide.filed.copy import save_copy
from ui.guide.live.live_words import who_will_know
from ui.guide.sheet import GuideView
from ui.guide.work import Done
from ui.jobs import JobLane
from ui.widgets.boxes import clear
from ui.widgets.confirmation import Confirmation
from ui.words.ring import RingState


class FiledView(QWidget):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._sheet = GuideView()
        outer.addWidget(self._sheet)
        self._done: Done | None = None
        self._told: Confirmation | None = None
        self.open_case = self._action(self.tr("&Open the use case"), self._on_open)
        self.delivery: DeliveryLine | None = None
        self.save = self._action(self.tr("Save a &copy…"), self._on_save)

    def show_filed(self, done: Done) -> str:
        self._done = done
        clear(self._sheet.box)
        filed = done.filed
        self.delivery = DeliveryLine(self._context, filed.case)
        title = self.tr("“{title}” is filed").format(title=filed.title)
        actions = (self.open_case, self.save)
        self._told = Confirmation(
            title, filed.reference, RingState(), self._steps(done), actions, self._sheet, delivery=self.delivery
        )
        self._sheet.box.addWidget(self._told)
        return title

    def focus_first(self) -> None:
        if self._told is not None:
            self._told.focus_main()

    def _steps(self, done: Done) -> tuple[str, ...]:
        filed = done.filed
        first = self.tr("You filed revision {number}. So far it is treated as: {tier}, {lane}.").format(
            number=filed.number, tier=filed.tier, lane=filed.lane
        )
        who = self.tr(" and ").join(f"{office} ({names})" if names else office for office, names in done.next_people)
        if who:
            day = long_day(filed.due)
            words = self.tr(
                "Next: {who}. They are expected to decide within %Ln working days, by {day}.", "", filed.days
            )
            turn = words.format(who=who, day=day)
        else:
            turn = self.tr("Next: nobody yet, as no office is named in the roster.")
        answer = self.tr("You will find their answer under Home. Do not begin before both have signed.")
        return (first, turn, answer, *self._open_points(done))

    def _open_points(self, done: Done) -> tuple[str, ...]:
        if not done.open_points:
            return ()
        told = " · ".join(f"{label}: {who_will_know(name)}" for label, name in done.open_points)
        words = self.tr("Open points the reviewers see: {points}. Once you know, file a new revision with the answers.")
        return (words.format(points=told),)

    def _action(self, text: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def _on_open(self) -> None:
        if self._done is not None:
            self._context.go("case", self._done.filed.case)

    def _on_save(self) -> None:
        if self._done is None:
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = self.tr("{reference} answers.pdf").format(reference=self._done.filed.reference)
        dialog = QFileDialog(self, self.tr("Save a copy"), documents, self.tr("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Save the copy under this name."""
        if self._done is None:
            return
        filed = self._done.filed
        handle = self._context.run(JobLane.PAPER, save_copy, filed.case, filed.revision, Path(name), owner=self)
        handle.done.connect(self._on_saved)

    def _on_saved(self, path: object) -> None:
        self._context.say(self.tr("Copy saved as {name}").format(name=Path(str(path)).name))
