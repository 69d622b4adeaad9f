"""Files as an answer: attached by button, dropped or pasted; shown with type and size; removed with a way back.

The field only shows and asks. Reading and storing a file is a job of the page.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QMimeData, QRectF, Qt, Signal
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

from intake.domain.acts import Attachment
from ui.guide.sheet import walk
from ui.icons import icon
from ui.theme import Tone, colours, sizes
from ui.widgets.fields import Field
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import Notice


class EvidenceField(Field):
    """The value is the attached files. ``changed`` is never emitted: the draft changes when a job has stored a file."""

    offered = Signal(object)
    """Files to attach: a tuple of ``Path``."""
    pictured = Signal(str, object)
    """A pasted picture: its name and the ``QImage``."""
    unwanted = Signal(str)
    """A file to take off, by its SHA-256."""
    undo = Signal()
    spoke = Signal()
    """Something is said below the files that should be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._name = ""
        self._files: tuple[Attachment, ...] = ()
        self._remove: list[QPushButton] = []
        self.setAcceptDrops(True)
        self._zone = _Zone()
        self.attach = QPushButton(self.tr("Attach files…"))
        self.attach.setIcon(icon("attach"))
        self.attach.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.attach.clicked.connect(self._on_attach)
        self._zone.box.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignVCenter)
        self._zone.box.addWidget(quiet(self.tr("or drop them here, or paste with Ctrl+V")), 1)
        self.box.addWidget(self._zone)
        self._list = QVBoxLayout()
        self._list.setSpacing(s.xs)
        self.box.addLayout(self._list)
        self._undo = QAction(self.tr("Undo"), self)
        self._undo.triggered.connect(self.undo)
        self.removed = Notice("", action=self._undo)
        self.removed.setVisible(False)
        self.box.addWidget(self.removed)
        self.trouble = Notice("", tone=Tone.BAD)
        self.trouble.setVisible(False)
        self.box.addWidget(self.trouble)
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
        return (self.attach, *self._remove)

    def name(self, text: str, description: str) -> None:
        self._name = text
        self.attach.setAccessibleName(self.tr("Attach files: {question}").format(question=text))
        self.attach.setAccessibleDescription(description)

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
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: Sequence[str]) -> None:
        self.offered.emit(tuple(Path(name) for name in names))

    def _on_remove(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.unwanted.emit(str(sender.property("key")))

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                focused = QApplication.focusWidget()
                if focused is not None and widget.isAncestorOf(focused):
                    self.attach.setFocus(Qt.FocusReason.OtherFocusReason)
                widget.setVisible(False)
                widget.deleteLater()
        self._remove = []
        for file in self._files:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(sizes(self).m)
            line.addWidget(Label(file.name), 1)
            about = quiet(f"{type_words(file)} · {size_words(file.size)}")
            about.setWordWrap(False)
            line.addWidget(about)
            remove = QPushButton(self.tr("Remove"))
            remove.setProperty("role", "link")
            remove.setProperty("key", file.sha256)
            remove.setAccessibleName(self.tr("Remove {name}").format(name=file.name))
            remove.clicked.connect(self._on_remove)
            line.addWidget(remove)
            self._remove.append(remove)
            self._list.addWidget(row)
        walk(self.attach, *self._remove)

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


def size_words(size: int) -> str:
    """A size as people say it, such as 2.4 MB."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def type_words(file: Attachment) -> str:
    """The type in one short word: the ending of the name, or what its media type usually ends in."""
    ending = Path(file.name).suffix or mimetypes.guess_extension(file.media_type) or file.media_type
    return ending.lstrip(".").upper()
