"""The pages that a signature will be on, shown over the signing dialog: the very bytes that are handed to the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QStackedWidget, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.records import paper_jobs
from ui.records.drawing import PageDrawing
from ui.records.paper_jobs import OpenedRecord
from ui.records.paper_view import PaperView
from ui.records.text import RecordText
from ui.signing_job import SigningFlow
from ui.theme import Tone, sizes
from ui.widgets import on_screen
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import NoticePanel

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class PagesWords:
    """What pages are called that are no signed ones, and what they have to do with what is signed."""

    title: str
    about: str


class PagesDialog(PlainDialog):
    """``make(task, session, *args)`` gives the bytes of the PDF. ``opened`` holds them once the pages are measured.

    ``words`` are for pages that are not themselves signed.
    """

    def __init__(
        self,
        context: Context,
        make: Callable[..., bytes],
        *args: object,
        parent: QWidget,
        words: PagesWords | None = None,
    ) -> None:
        super().__init__(words.title if words else self.tr("The pages you sign"), parent, scrolls=False)
        self._context = context
        self.opened: OpenedRecord | None = None
        self.body.setSpacing(sizes(self).s)
        self.place = quiet(self.tr("Opening…"))
        if words is not None:
            self.body.addWidget(Label(words.about))
        self.body.addWidget(self.place)
        self.problem = NoticePanel("", tone=Tone.WARN)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.paper = PaperView(words.title if words else self.tr("Pages that are signed"))
        self._drawing = PageDrawing(context, self.paper, self)
        self._drawing.refused.connect(self._on_refused)
        self.paper.page_changed.connect(self._say_page)
        self.text = RecordText(context)
        self.text.refused.connect(self._on_refused)
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.paper)
        self.sheets.addWidget(self.text)
        self.body.addWidget(self.sheets, 1000)
        self.body.addStretch(1)
        self.as_text = self.add_button(self.tr("Read as &text"), QDialogButtonBox.ButtonRole.ResetRole)
        self.as_text.setAccessibleName(self.tr("Read as text"))
        self.as_text.setCheckable(True)
        self.as_text.setEnabled(False)
        self.as_text.toggled.connect(self._show_text)
        close = self.add_button(self.tr("Back to signing"), QDialogButtonBox.ButtonRole.RejectRole, look="primary")
        close.setDefault(True)
        handle = context.run(JobLane.PAPER, _opened, context.readers, make, args, owner=self)
        handle.done.connect(self._on_opened)
        handle.refused.connect(self._on_refused)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            room = on_screen.room(self)
            self.resize(min(sizes(self).chars(110), room.width()), room.height())
        super().showEvent(event)

    def _on_opened(self, opened: OpenedRecord) -> None:
        self.opened = opened
        if opened.trouble is not None:
            self._on_refused(opened.trouble)
            return
        self.as_text.setEnabled(True)
        self._drawing.show(opened)
        self._say_page()
        self.paper.setFocus()

    def _on_refused(self, refusal: Refusal) -> None:
        # Without pages the words have all the room there is.
        self.sheets.setVisible(self.opened is not None and self.opened.trouble is None)
        self.problem.tell(refusal)

    def _say_page(self) -> None:
        if self.opened is not None:
            count = len(self.opened.pages) + self.opened.more
            self.place.setText(self.tr("Page {page} of {count}").format(page=self.paper.page + 1, count=count))

    def _show_text(self, shown: bool) -> None:
        self.sheets.setCurrentWidget(self.text if shown else self.paper)
        if shown and self.opened is not None and not self.text.toPlainText():
            self.text.read(self.opened)


class SignedPages(QObject):
    """Opens the pages when the dialog of ``signing`` asks for them; lives as long as that does."""

    def __init__(
        self,
        context: Context,
        signing: SigningFlow,
        make: Callable[..., bytes],
        *args: object,
        words: PagesWords | None = None,
    ) -> None:
        super().__init__(signing)
        self._context, self._signing, self._words = context, signing, words
        if words is not None and signing.dialog.pages is not None:
            signing.dialog.pages.setAccessibleName(words.title)
        self._make, self._args = make, args
        signing.dialog.looking.connect(self._open)

    def _open(self) -> None:
        PagesDialog(self._context, self._make, *self._args, parent=self._signing.dialog, words=self._words).open()


def as_prepared(_: JobTask, __: Session, pdf: bytes) -> bytes:
    """The pages that were made before the dialog opened: ``SignedPages(context, signing, as_prepared, pdf)``."""
    return pdf


def _opened(
    task: JobTask, session: Session, readers: object, make: Callable[..., bytes], args: tuple[object, ...]
) -> OpenedRecord:
    return paper_jobs.open_bytes(task, session, readers, make(task, session, *args))  # type: ignore[arg-type]  # as handed in
