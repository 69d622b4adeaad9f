"""Files as an answer: attached by button, dropped or pasted; shown with size and SHA-256; removed with a way back.

The field only shows and asks. Reading and storing a file is a job of the page; what a file holds is never shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from intake.domain.acts.envelope import Attachment
from ui.guide.evidence.evidence_row import EvidenceRow
from ui.guide.sheet import walk
from ui.icons import icon
from ui.theme import Tone, colours, sizes
from ui.widgets.fields import AnswerField
from ui.widgets.labels import quiet
from ui.widgets.panels import NoticePanel


class EvidenceField(AnswerField):
    """The value is the attached files. ``changed`` is never emitted: the draft changes when a job has stored a file."""

    offered = Signal(object)
    """Files to attach: a tuple of ``Path``."""
    pictured = Signal(str, object)
    """A pasted picture: its name and the ``QImage``."""
    unwanted = Signal(str)
    """A file to remove, by its SHA-256."""
    wanted = Signal(str)
    """A copy is wanted of a file, by its SHA-256."""
    copied = Signal()
    """A SHA-256 is on the clipboard."""
    undo = Signal()
    spoke = Signal()
    """Something is said below the files that should be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._name = ""
        self._files: tuple[Attachment, ...] = ()
        self._notes: Mapping[str, Sequence[str]] = {}
        self.rows: tuple[EvidenceRow, ...] = ()
        self.setAcceptDrops(True)
        self._zone = _Zone()
        self.attach = QPushButton(self.tr("Attach files…"))
        self.attach.setIcon(icon("attach"))
        self.attach.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.attach.clicked.connect(self._on_attach)
        self._zone.box.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignVCenter)
        self._zone.box.addWidget(quiet(self.tr("or drop them here, or paste with Ctrl+V")), 1)
        self.box.addWidget(self._zone)
        self.limits = quiet("")
        self.limits.hide()
        self.box.addWidget(self.limits)
        self.expected = NoticePanel("", tone=Tone.WARN)
        self.expected.setVisible(False)
        self.box.addWidget(self.expected)
        self._list = QVBoxLayout()
        self._list.setSpacing(s.xs)
        self.box.addLayout(self._list)
        self._undo = QAction(self.tr("Undo"), self)
        self._undo.triggered.connect(self.undo)
        self.removed = NoticePanel("", action=self._undo)
        self.removed.setVisible(False)
        self.box.addWidget(self.removed)
        self.trouble = NoticePanel("", tone=Tone.BAD)
        self.trouble.setVisible(False)
        self.box.addWidget(self.trouble)
        self.told = NoticePanel("", tone=Tone.INFO)
        self.told.setVisible(False)
        self.box.addWidget(self.told)
        paste = QAction(self.tr("Paste as evidence"), self)
        paste.setShortcut(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.triggered.connect(self.paste)
        self.addAction(paste)

    def value(self) -> tuple[Attachment, ...] | None:
        return self._files or None

    def set_value(self, value: Sequence[Attachment] | None) -> None:
        files = tuple(value or ())
        if files == self._files and self._list.count() == len(files):
            return
        self._files = files
        self._fill()

    def focus_widget(self) -> QWidget:
        return self.attach

    def parts(self) -> Sequence[QWidget]:
        return (self.attach, *(stop for row in self.rows for stop in row.stops()))

    def name(self, text: str, description: str) -> None:
        self._name = text
        self.attach.setAccessibleName(self.tr("Attach files: {question}").format(question=text))
        self.attach.setAccessibleDescription(description)

    def set_limits(self, size: int, count: int) -> None:
        """Say what may be attached before anything is: at most ``size`` bytes a file, ``count`` files in a draft."""
        words = self.tr(
            "At most {size} MB each and %Ln files in all: PDF, pictures, Office files, text, tables, mail, sound and "
            "film. No programs, scripts or macros.",
            "",
            count,
        )
        self.limits.setText(words.format(size=size >> 20))
        self.limits.setVisible(True)

    def set_expected(self, *, missing: bool) -> None:
        """Say that with these answers a file is expected here; it stays possible to file without one."""
        self.expected.set_words(
            self.tr("With your answers, evidence is expected here"),
            self.tr("Without it you can file all the same: it becomes an open point for the reviewers."),
        )
        self.expected.setVisible(missing)

    def set_notes(self, notes: Mapping[str, Sequence[str]]) -> None:
        """Where else each file is, by SHA-256."""
        self._notes = notes
        for row in self.rows:
            row.say(notes.get(row.file.sha256, ()))

    def tell(self, title: str, text: str = "") -> None:
        """Something worth knowing about what was just attached; empty takes it away."""
        self.told.set_words(title, text)
        self.told.setVisible(bool(title))
        if title:
            self.spoke.emit()

    def say_removed(self, name: str) -> None:
        """Offer the way back; an empty name takes the offer away."""
        self.removed.set_words(self.tr("“{name}” was removed.").format(name=name))
        self.removed.setVisible(bool(name))
        if name:
            self.spoke.emit()

    def say_trouble(self, title: str, text: str) -> None:
        """Why a file was not taken; empty when all were."""
        self.trouble.set_words(title, text)
        self.trouble.setVisible(bool(title))
        if title:
            self.spoke.emit()

    def take(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted; says whether there was anything to attach."""
        paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
        if paths:
            self.offered.emit(paths)
            return True
        picture = data.imageData() if data.hasImage() else None
        if isinstance(picture, QImage) and not picture.isNull():
            now = QDateTime.currentDateTime().toString("yyyy-MM-dd HH.mm.ss")
            self.pictured.emit(self.tr("Pasted picture {time}.png").format(time=now), picture)
            return True
        return False

    def paste(self) -> None:
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.say_trouble(
                self.tr("There is no file or picture to paste."), self.tr("Copy a file or a picture first.")
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._zone.set_welcoming(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._zone.set_welcoming(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._zone.set_welcoming(False)
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def _on_attach(self) -> None:
        title = self.tr("Attach: {question}").format(question=self._name) if self._name else self.tr("Attach files")
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: Sequence[str]) -> None:
        self.offered.emit(tuple(Path(name) for name in names))

    def _on_copy(self, sha256: str) -> None:
        QGuiApplication.clipboard().setText(sha256)
        self.copied.emit()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                focused = QApplication.focusWidget()
                if focused is not None and widget.isAncestorOf(focused):
                    self.attach.setFocus(Qt.FocusReason.OtherFocusReason)
                widget.setVisible(False)
                widget.deleteLater()
        self.rows = tuple(EvidenceRow(file) for file in self._files)
        for row in self.rows:
            row.copy.connect(self._on_copy)
            row.save.connect(self.wanted)
            row.remove.connect(self.unwanted)
            row.say(self._notes.get(row.file.sha256, ()))
            self._list.addWidget(row)
        walk(*self.parts())

    def set_wrong(self, wrong: bool) -> None:
        self._zone.set_wrong(wrong)


class _Zone(QFrame):
    """A dashed place that says what may be dropped there."""

    def __init__(self) -> None:
        super().__init__()
        s = sizes(self)
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(s.m, s.m, s.m, s.m)
        self.box.setSpacing(s.m)
        self._welcoming = False
        self._wrong = False

    def set_welcoming(self, welcoming: bool) -> None:
        self._welcoming = welcoming
        self.update()

    def set_wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = c.tone(Tone.BAD).strong if self._wrong else c.accent if self._welcoming else c.edge
        painter.setPen(QPen(edge, 2 if self._welcoming or self._wrong else 1, Qt.PenStyle.DashLine))
        painter.setBrush(c.soft if self._welcoming else c.base)
        radius = sizes(self).radius
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
