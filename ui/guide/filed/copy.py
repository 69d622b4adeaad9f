"""A readable copy of the answers as PDF, before and after they are filed, for the owner's own files. It is not a record.

What it says is made by ``intake.services.filing.answers_copy``; here it is asked for, followed and written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from intake.files import write_whole
from ui import files
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from ui.guide.open_draft import OpenDraft


def save_copy(task: JobTask, session: Session, case: str, revision: str, target: Path) -> Path:
    """Write the copy of a filed revision; replaces a file of that name, as the dialog has asked.

    Raises NotWritten, or what ``answers_copy.of_revision`` raises.
    """
    from intake.services.filing import answers_copy

    return write_whole(target, answers_copy.of_revision(session.installation, case, revision, _steps(task)))


def save_draft_copy(task: JobTask, session: Session, draft: str, target: Path) -> Path:
    """Write the copy of a draft as it is now. Raises NotWritten, or what ``answers_copy.of_draft`` raises."""
    from intake.services.filing import answers_copy

    return write_whole(target, answers_copy.of_draft(session.installation, draft, _steps(task)))


class ReadableCopy(QObject):
    """Asks where the copy of a draft shall go and has it made on the paper lane. ``progress`` belongs on the screen."""

    saved = Signal(object)

    def __init__(self, context: Context, draft: OpenDraft, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._draft = draft
        self._screen = screen
        self._target = ""
        draft.stored.connect(self._begin)
        self.progress = ProgressPanel()

    def ask(self) -> None:
        """Ask for a name; the title of the use case is offered."""
        if self._draft.shown is None:
            return
        title = self._draft.shown.guide.title or self._draft.shown.view.row.title
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        words = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
        name = self.tr("{title} - copy.pdf").format(title=" ".join(words.split())[:80] or self.tr("Use case"))
        dialog = files.ask_save(
            self._screen, self.tr("Save a copy of the answers"), name, self.tr("PDF (*.pdf)"), self.save_to,
            suffix="pdf",
        )  # fmt: skip
        dialog.setDirectory(folder)
        dialog.selectFile(name)

    def save_to(self, name: str) -> None:
        """Save the copy of the draft as it is now under this name."""
        self._target = name
        # What was typed a moment ago is stored before it is printed.
        self._draft.saver.flush()
        self._begin()

    def _begin(self) -> None:
        shown = self._draft.shown
        if shown is None or not self._target or not self._draft.saver.idle:
            return
        target, self._target = Path(self._target), ""
        handle = self._context.run(JobLane.PAPER, save_draft_copy, shown.draft, target, owner=self)
        handle.done.connect(self._on_saved)
        self.progress.follow(handle, self.tr("Making the copy"))

    def _on_saved(self, path: object) -> None:
        self._context.say(self.tr("Copy saved as {name}").format(name=Path(str(path)).name))
        self.saved.emit(path)


class FiledCopy(QObject):
    """The copy of a filed revision: asks where it shall go and has it made. ``progress`` belongs on the screen."""

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._case = ""
        self._revision = ""
        self.progress = ProgressPanel()

    def ask(self, case: str, revision: str, reference: str) -> None:
        """Ask for a name; the reference is offered."""
        self._case, self._revision = case, revision
        name = self.tr("{reference} answers.pdf").format(reference=reference)
        files.ask_save(
            self._screen,
            self.tr("Save a copy of the answers"),
            name,
            self.tr("PDF (*.pdf)"),
            self.save_to,
            suffix="pdf",
        )

    def save_to(self, name: str) -> None:
        """Save the copy of the revision that was asked for under this name."""
        handle = self._context.run(JobLane.PAPER, save_copy, self._case, self._revision, Path(name), owner=self)
        handle.done.connect(self._on_saved)
        self.progress.follow(handle, self.tr("Making the copy"))

    def _on_saved(self, path: object) -> None:
        self._context.say(self.tr("Copy saved as {name}").format(name=Path(str(path)).name))


def _steps(task: JobTask) -> Callable[[int, int, str], None]:
    def told(done: int, total: int, text: str) -> None:
        task.check()
        task.progress(done, total, text)

    return told
