"""Opening the sample organisation: makes it when it is missing, with progress, and says whose data folder to open.

A small window before the real one. ``--data-dir`` may name the sample as a whole or one person's folder in it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.jobs import Bug, JobLane, Jobs, JobTask
from ui.theme import sizes
from ui.widgets.dialogs import CrashDialog
from ui.widgets.labels import heading, quiet
from ui.widgets.pressing import pressed_by_enter
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.ring import Ring, ring_icon
from ui.words.ring import Half, RingState

if TYPE_CHECKING:
    from intake.sample.building import Sample


class NobodyInTheSample(Refusal):
    what = "The sample organisation has no installation for “{person}”."
    why = "Only some of its people have one, so that it is made quickly."
    next = "Choose one of: {people}."


class SampleWindow(QWidget):
    """``found`` is the data folder to open once the window closed; None when there is none."""

    def __init__(self, root: Path, person: str = "") -> None:
        super().__init__()
        self.found: Path | None = None
        self.refusal: Refusal | None = None
        self._root = root
        self._person = person
        self._jobs = Jobs()
        self._jobs.bug.connect(self._on_bug)
        s = sizes(self)
        self.setWindowTitle(self.tr("Countersign, sample"))
        self.setWindowIcon(ring_icon(RingState(Half.FILLED, Half.FILLED)))
        self.setMinimumSize(s.chars(80), s.line * 22)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.xl)
        box.setSpacing(s.m)
        box.addStretch(1)
        box.addWidget(Ring(RingState(Half.FILLED, Half.FILLED), lines=3.2), 0, Qt.AlignmentFlag.AlignHCenter)
        title = heading(self.tr("A sample organisation"), 1)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = quiet(
            self.tr(
                "About forty use cases from a public inventory. The people, their keys and their decisions are invented and "
                "made on this computer, and nothing of it mixes with your own data. The first time takes a moment."
            )
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(title)
        box.addWidget(words)
        self.progress = ProgressPanel()
        box.addWidget(self.progress)
        box.addStretch(1)
        handle = self._jobs.submit(JobLane.REGISTER, build, root, owner=self)
        handle.done.connect(self._on_made)
        handle.refused.connect(self._on_refused)
        self.progress.follow(handle, self.tr("Making the sample organisation"))

    def _on_made(self, sample: Sample) -> None:
        person = self._person or sample.person
        self.found = sample.people.get(person)
        if self.found is None:
            self._on_refused(NobodyInTheSample(person=person, people=", ".join(sorted(sample.people))))
            return
        self.close()

    def _on_refused(self, refusal: Refusal) -> None:
        # Who cancelled knows it; everything else is said by the program when this window is gone.
        self.refusal = None if refusal.code == "SampleStopped" else refusal
        self.close()

    def _on_bug(self, bug: Bug) -> None:
        dialog = CrashDialog(bug, self)
        dialog.finished.connect(self._on_read)
        dialog.open()

    def _on_read(self, _: int) -> None:
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # Closing in the middle cancels: half a sample is taken away again before the worker ends.
        self._jobs.shutdown()
        super().closeEvent(event)


def build(task: JobTask, root: Path) -> Sample:
    """The sample under ``root``, made when it is not there or of another version."""
    import resources
    from intake.sample import building as sample

    return sample.build_sample(
        root,
        read=resources.read,
        names=resources.names,
        clock=lambda: datetime.now(UTC).replace(microsecond=0),
        progress=task.progress,
        cancelled=task.is_cancelled,
    )
