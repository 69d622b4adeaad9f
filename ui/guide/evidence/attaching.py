"""Storing, removing and putting back files for the evidence fields of one page of questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from intake.domain.base.refusals import Refusal
from intake.domain.guide.guide import MAX_FILES
from ui import files
from ui.context import Context
from ui.guide.evidence.evidence import EvidenceField
from ui.guide.evidence.evidence_work import (
    Attached,
    Elsewhere,
    TakenOff,
    attach_files,
    attach_picture,
    look_elsewhere,
    put_back,
    save_copy,
    take_off,
)
from ui.guide.open_draft import OpenDraft
from ui.jobs import JobHandle, JobLane, T
from ui.widgets.progress_panel import ProgressPanel


class Attaching(QObject):
    """``changed`` carries the draft after a file came or went. One ``Served`` belongs to each field."""

    changed = Signal(object)

    def __init__(self, context: Context, draft: OpenDraft, screen: QWidget) -> None:
        super().__init__(screen)
        self.context = context
        self.draft = draft
        self.progress = ProgressPanel()
        self._served: dict[str, EvidenceField] = {}
        self._waiting: tuple[str, tuple[Path, ...]] = ("", ())

    def serve(self, draft: str, question: str, field: EvidenceField) -> None:
        """Do what this field asks for, from now on; files that wait for its question are attached."""
        self._served[question] = field
        Served(self, draft, question, field)
        wanted, paths = self._waiting
        if wanted == question:
            self._waiting = ("", ())
            field.offered.emit(paths)

    def hand_over(self, question: str, paths: tuple[Path, ...]) -> None:
        """Attach files to a question, at once when its field is shown, else as soon as it is."""
        field = self._served.get(question)
        if field is not None and isValid(field) and field.isVisible():
            field.offered.emit(paths)
        else:
            self._waiting = (question, paths)


class Served(QObject):
    """The jobs of one field; it lives as long as the field."""

    def __init__(self, attaching: Attaching, draft: str, question: str, field: EvidenceField) -> None:
        super().__init__(field)
        self._attaching = attaching
        self._draft = draft
        self._question = question
        self._field = field
        self._taken: TakenOff | None = None
        self._wanted = ""
        self._elsewhere: Mapping[str, tuple[str, ...]] = {}
        field.offered.connect(self._attach)
        field.pictured.connect(self._attach_picture)
        field.unwanted.connect(self._take_off)
        field.wanted.connect(self._ask_copy)
        field.copied.connect(self._on_copied)
        field.undo.connect(self._put_back)
        attaching.draft.changed.connect(self._follow)
        self._follow()
        self._look()

    def _look(self) -> None:
        handle = self._attaching.context.run(JobLane.REGISTER, look_elsewhere, self._draft, owner=self)
        handle.done.connect(self._on_elsewhere)

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
            handle = self._attaching.context.run(JobLane.REGISTER, put_back, self._draft, self._taken, owner=self)
            handle.done.connect(self._on_attached)
            handle.refused.connect(self._on_refused)
            self._taken = None
            self._field.say_removed("")
            self._field.attach.setFocus()

    def _ask_copy(self, sha256: str) -> None:
        self._wanted = sha256
        name = next((file.name for file in self._field.value() or () if file.sha256 == sha256), "")
        files.ask_save(
            self._field,
            self.tr("Save a copy of {name}").format(name=name),
            name,
            self.tr("All files (*)"),
            self.save_to,
        )

    def save_to(self, name: str) -> None:
        """Save a copy of the file that was asked for under this name."""
        handle = self._run(save_copy, self._wanted, Path(name), about_question=False)
        handle.done.connect(self._on_saved)

    def _run(self, function: Callable[..., T], *args: object, about_question: bool = True) -> JobHandle[T]:
        self._field.say_trouble("", "")
        self._field.tell("")
        given = (self._draft, self._question, *args) if about_question else (self._draft, *args)
        handle = self._attaching.context.run(JobLane.REGISTER, function, *given, owner=self)
        handle.refused.connect(self._on_refused)
        return handle

    def _on_attached(self, attached: object) -> None:
        if isinstance(attached, Attached):
            self._attaching.changed.emit(attached.view)
            self._look()
            if attached.refused:
                self._say(attached.refused)
            again = [self.tr("“{name}” is attached here already.").format(name=name) for name in attached.again]
            if said := (*again, *attached.remarks):
                same = self.tr("It is the same file, whatever it is called; it is kept once.") if again else ""
                self._field.tell("\n".join(said), same)

    def _on_taken(self, taken: object) -> None:
        if isinstance(taken, TakenOff):
            self._taken = taken
            self._attaching.changed.emit(taken.view)
            self._field.say_removed(taken.name)

    def _on_elsewhere(self, found: object) -> None:
        if isinstance(found, Elsewhere):
            self._elsewhere = found.notes
            self._field.set_limits(found.limit, MAX_FILES)
            self._follow()

    def _follow(self) -> None:
        """The draft changed: what is expected here, and which files are attached twice."""
        shown = self._attaching.draft.shown
        if shown is None or shown.draft != self._draft:
            return
        self._field.set_expected(missing=self._question in shown.assessment.expected)
        notes: dict[str, tuple[str, ...]] = {}
        for name, answer in shown.guide.answers.items():
            if name != self._question:
                for file in answer.files:
                    words = self.tr("The same file is also under “{question}”.")
                    here = words.format(question=shown.labels.get(name, name))
                    notes[file.sha256] = (*notes.get(file.sha256, ()), here)
        for sha256, cases in self._elsewhere.items():
            there = (self.tr("The same file is part of {case}.").format(case=case) for case in cases)
            notes[sha256] = (*notes.get(sha256, ()), *there)
        self._field.set_notes(notes)

    def _on_copied(self) -> None:
        self._attaching.context.say(self.tr("SHA-256 copied"))

    def _on_saved(self, path: object) -> None:
        self._attaching.context.say(self.tr("Copy saved as {name}").format(name=Path(str(path)).name))

    def _on_refused(self, refusal: Refusal) -> None:
        self._say((refusal,))

    def _say(self, refused: Sequence[Refusal]) -> None:
        reasons = dict.fromkeys(f"{refusal.reason} {refusal.next_step}" for refusal in refused)
        self._field.say_trouble("\n".join(refusal.what_happened for refusal in refused), "\n".join(reasons))
