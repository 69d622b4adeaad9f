"""Anything over a second shows how far it is, with a count, and can be cancelled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.formatting import number_words
from ui.jobs import JobHandle
from ui.theme import sizes
from ui.widgets.labels import quiet, strong
from ui.widgets.panels import Card, own_size_button


class ProgressPanel(Card):
    """Follows one job at a time; hidden otherwise. A job shorter than a moment never flashes it."""

    PATIENCE_MS = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, horizontal=True)
        s = sizes(self)
        words = QVBoxLayout()
        words.setSpacing(s.xs)
        self.title = strong("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.count = quiet("")
        words.addWidget(self.title)
        words.addWidget(self.bar)
        words.addWidget(self.count)
        self.box.addLayout(words, 1)
        self.cancel = own_size_button(self.tr("Cancel"))
        self.cancel.clicked.connect(self._on_cancel)
        self.box.addWidget(self.cancel)
        self._handle: JobHandle[Any] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(self.PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience)
        self.setVisible(False)

    def follow(self, handle: JobHandle[Any], title: str) -> None:
        """Show this job until it ends. Its own endings are the screen's to connect."""
        self._take(handle)
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.cancel.setAccessibleName(self.tr("Cancel: {title}").format(title=title))
        self.cancel.setEnabled(True)
        self.show_progress(0, 0, "")
        self._patience.start()

    def go_on(self, handle: JobHandle[Any]) -> None:
        """The same work goes on in this job: what is shown stays. Called when the job before is done."""
        self._take(handle)

    def _take(self, handle: JobHandle[Any]) -> None:
        if self._handle is not None and self._handle.running:
            self._handle.progress.disconnect(self.show_progress)
        self._handle = handle
        handle.progress.connect(self.show_progress)
        handle.finished.connect(self._on_finished)

    def show_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            words = self.tr("{done} of {total}").format(done=number_words(done), total=number_words(total))
        elif done:
            words = self.tr("{done} so far").format(done=number_words(done))
        else:
            words = self.tr("Beginning…")
        self.count.setText(f"{words} · {text}" if text else words)

    def _on_patience(self) -> None:
        if self._handle is not None:
            self.setVisible(True)

    def _on_cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self.cancel.setEnabled(False)
            self.count.setText(self.tr("Stopping at the next safe point…"))

    def _on_finished(self) -> None:
        if self._handle is not None and self._handle.running:
            return  # that of another job than the one that is shown now
        self._handle = None
        self._patience.stop()
        self.setVisible(False)
