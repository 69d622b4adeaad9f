"""Storing, removing and putting back files for the evidence fields of one page of questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from intake.domain.refusals import Refusal
from ui.context import Context
from ui.guide.evidence import EvidenceField
from ui.guide.work import Attached, TakenOff, attach_files, attach_picture, put_back, take_off
from ui.jobs import JobHandle, Lane
from ui.widgets.progress_panel import ProgressPanel


class Attaching(QObject):
    """``changed`` carries the draft after a file came or went. One ``Served`` stands behind each field."""

    changed = Signal(object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self.context = context
        self.progress = ProgressPanel()

    def serve(self, draft: str, question: str, field: EvidenceField) -> None:
        Served(self, draft, question, field)


class Served(QObject):
    """The jobs of one field; it lives as long as the field."""

    def __init__(self, attaching: Attaching, draft: str, question: str, field: EvidenceField) -> None:
        super().__init__(field)
        self._attaching = attaching
        self._draft = draft
        self._question = question
        self._field = field
        self._taken: TakenOff | None = None
        field.offered.connect(self._attach)
        field.pictured.connect(self._attach_picture)
        field.unwanted.connect(self._take_off)
        field.undo.connect(self._put_back)

    def _attach(self, paths: Sequence[Path]) -> None:
        handle = self._run(attach_files, tuple(paths))
        handle.done.connect(self._on_attached)
        self._attaching.progress.follow(handle, self.tr("Attaching files"))

    def _attach_picture(self, name: str, picture: QImage) -> None:
        self._run(attach_picture, name, picture).done.connect(self._on_attached)

    def _take_off(self, sha256: str) -> None:
        self._run(take_off, sha256).done.connect(self._on_taken)

    def _put_back(self) -> None:
        if self._taken is not None:
            handle = self._attaching.context.run(Lane.REGISTER, put_back, self._draft, self._taken, owner=self)
            handle.done.connect(self._on_attached)
            handle.refused.connect(self._on_refused)
            self._taken = None
            self._field.say_removed("")
            self._field.attach.setFocus()

    def _run(self, function: object, *args: object) -> JobHandle:
        assert callable(function)
        self._field.say_trouble("", "")
        handle = self._attaching.context.run(Lane.REGISTER, function, self._draft, self._question, *args, owner=self)
        handle.refused.connect(self._on_refused)
        return handle

    def _on_attached(self, attached: object) -> None:
        if isinstance(attached, Attached):
            self._attaching.changed.emit(attached.view)
            if attached.refused:
                self._say(attached.refused)

    def _on_taken(self, taken: object) -> None:
        if isinstance(taken, TakenOff):
            self._taken = taken
            self._attaching.changed.emit(taken.view)
            self._field.say_removed(taken.name)

    def _on_refused(self, refusal: Refusal) -> None:
        self._say((refusal,))

    def _say(self, refused: Sequence[Refusal]) -> None:
        reasons = dict.fromkeys(f"{refusal.reason} {refusal.next_step}" for refusal in refused)
        self._field.say_trouble("\n".join(refusal.what_happened for refusal in refused), "\n".join(reasons))
