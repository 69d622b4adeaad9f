"""One attached file: its name, type and size, its SHA-256, where else it is, and what can be done with it.

The file is never opened or drawn here. To look into it, a person saves a copy and opens that with another program.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.acts.envelope import Attachment
from ui.formatting import size_words
from ui.guide.sheet import walk
from ui.theme import Tone, sizes
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, digest, quiet, strong

SHOWN_DIGITS = 12


class EvidenceRow(QWidget):
    """Each signal carries the SHA-256."""

    copy = Signal(str)
    save = Signal(str)
    remove = Signal(str)

    def __init__(self, file: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self.file = file
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.xs, 0, s.xs)
        box.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(s.m)
        self.name = strong(file.name)
        top.addWidget(self.name, 1)
        about = quiet(f"{type_words(file)} · {size_words(file.size)}")
        about.setWordWrap(False)
        top.addWidget(about)
        box.addLayout(top)
        below = FlowLayout(self)
        label = quiet(self.tr("SHA-256"))
        label.setWordWrap(False)
        below.addWidget(label)
        self.digest = digest(file.sha256, shown=SHOWN_DIGITS)
        below.addWidget(self.digest)
        self.copy_button = self._link(self.tr("Copy"), self.tr("Copy the SHA-256 of {name}"), self._on_copy)
        below.addWidget(self.copy_button)
        self.save_button = self._link(self.tr("Save a copy…"), self.tr("Save a copy of {name}"), self._on_save)
        below.addWidget(self.save_button)
        self.remove_button = self._link(self.tr("Remove"), self.tr("Remove {name}"), self._on_remove)
        below.addWidget(self.remove_button)
        box.addLayout(below)
        self.note = Label("", tone=Tone.WARN)
        self.note.hide()
        box.addWidget(self.note)
        walk(*self.stops())

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.copy_button, self.save_button, self.remove_button)

    def say(self, notes: Sequence[str]) -> None:
        """Where else the same file is, each in a sentence."""
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _link(self, text: str, name: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        button.setAccessibleName(name.format(name=self.file.name))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        return button

    def _on_copy(self) -> None:
        self.copy.emit(self.file.sha256)

    def _on_save(self) -> None:
        self.save.emit(self.file.sha256)

    def _on_remove(self) -> None:
        self.remove.emit(self.file.sha256)


def type_words(file: Attachment) -> str:
    """The type in one short word: the ending of the name, or what its media type usually ends in."""
    ending = Path(file.name).suffix or mimetypes.guess_extension(file.media_type) or file.media_type
    return ending.lstrip(".").upper()
