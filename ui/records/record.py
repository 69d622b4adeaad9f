"""One record: its pages, the same as text, and what was found about its signatures.

Takes a case id, or the path of any PDF to judge. Nothing slow happens on the GUI thread: pages are drawn in ``drawing``,
and only those in sight; the text is read in ``text``, copies are made in ``copies``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.records import paper_jobs
from ui.records.copies import RecordCopies
from ui.records.countersign import CountersignRecord
from ui.records.drawing import PageDrawing
from ui.records.judging import RecordJudging
from ui.records.panel import SignaturePanel
from ui.records.paper_jobs import OpenedRecord
from ui.records.paper_view import PaperView
from ui.records.stating import StatementSaver
from ui.records.text import RecordText
from ui.texts import Texts
from ui.theme import LEAST_LINES, Tone, sizes
from ui.widgets.boxes import ButtonRow, SideBySide, bare_column
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import quiet
from ui.widgets.panels import NoticePanel, action_button

_ANY_WIDTH = 16_777_215


class RecordPage(Page):
    """``context.go("record", case_id)`` or ``context.go("record", Path("file.pdf"))``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.opened: OpenedRecord | None = None
        self._asked: Path | str | None = None
        self._loading: JobHandle[Any] | None = None
        self._countersigning = CountersignRecord(context, self)
        self._copies = RecordCopies(context, self)
        self._stating = StatementSaver(context, self)
        self._copies.no_viewer.connect(self._on_no_viewer)
        self.panel = SignaturePanel()
        self._judging = RecordJudging(context, self.panel, self)
        self._judging.refused.connect(self._on_refused)
        self._build_actions()
        self._build_body()
        self._offer(None)

    def title(self) -> str:
        if self.opened is None:
            return self.tr("Record")
        return self.opened.title or self.opened.name

    def activated(self, argument: object) -> None:
        if not isinstance(argument, (Path, str)) or (argument == self._asked and self.opened is not None):
            return
        self._asked = argument
        self._countersigning.leave()
        self._load()

    def refresh(self, changes: Changes) -> None:
        if isinstance(self._asked, str) and (self._asked in changes.cases or changes.everything):
            self._load()

    def focus_first(self) -> None:
        (self.text if self.text_action.isChecked() else self.paper).setFocus()

    # ------------------------------------------------------------------------------------------------- what it shows
    def _build_actions(self) -> None:
        self.save_action = self.add_action(
            self.tr("&Save a copy…"), self._ask_save, "Ctrl+S", icon_name="export", button=True
        )
        self.viewer_action = self.add_action(
            self.tr("&Open in the system viewer"), self._open_outside, "Ctrl+Shift+O", button=True
        )
        self.sign_action = self.add_action(
            self.tr("&Add my signature…"), self._countersign, "Ctrl+Shift+M", button=True, primary=True
        )
        self.state_action = self.add_action(
            self.tr("Save a statement of stan&ding…"), self._state, "Ctrl+Shift+T",
            tip=self.tr("A signed file that says what became of this record, for people without a register"),
        )  # fmt: skip
        self.text_action = self.add_action(self.tr("Read as &text"), self._show_text, "Ctrl+T")
        self.text_action.setCheckable(True)
        self.copy_action = self.add_action(self.tr("&Copy the SHA-256"), self._copy_digest, "Ctrl+Shift+C")
        self.case_action = self.add_action(self.tr("Go to the &use case"), self._go_to_case, "Ctrl+U")
        self.add_action(self.tr("&Verify again"), self._judging.judge, "Ctrl+Shift+R")
        self.stated_action = self.add_action(
            self.tr("Verify wit&h a statement of standing…"), self._judging.ask_statement, "Ctrl+Shift+H",
            tip=self.tr("A signed file beside the record that says what became of it"),
        )  # fmt: skip
        self.larger = self.add_action(self.tr("&Larger pages"), self._larger, "Alt++; Alt+=")
        self.smaller = self.add_action(self.tr("S&maller pages"), self._smaller, "Alt+-")
        self.fit = self.add_action(self.tr("&Whole width"), self._fit, "Alt+0")
        self.add_action(self.tr("&Next page"), self._next, "Alt+Down")
        self.add_action(self.tr("&Previous page"), self._previous, "Alt+Up")

    def _build_body(self) -> None:
        s = sizes(self)
        self.paper = PaperView(self.tr("Pages of the record"))
        self._drawing = PageDrawing(self.context, self.paper, self)
        self.paper.page_changed.connect(self._say_page)
        self.paper.zoomed.connect(self._say_page)
        self.text = RecordText(self.context)
        self.problem = NoticePanel("", tone=Tone.WARN)
        self.problem.setVisible(False)
        for part in (self._drawing, self.text):
            part.refused.connect(self.problem.tell)
        self.place = quiet("")
        self.place.setWordWrap(False)
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.paper)
        self.sheets.addWidget(self.text)
        tools = QWidget()
        bar = FlowLayout(tools, tools)
        for action, sign in ((self.smaller, "\N{MINUS SIGN}"), (self.larger, "+")):
            bar.addWidget(_sign_button(action, sign))
        bar.addWidget(action_button(self.fit))
        self.as_text = QPushButton(self.tr("Read as text"))
        self.as_text.setCheckable(True)
        self.as_text.toggled.connect(self._on_as_text)
        self.text_action.toggled.connect(self.as_text.setChecked)
        bar.addWidget(self.as_text)
        pages = QWidget()
        left = bare_column(pages, s.s)
        left.addWidget(self.problem)
        left.addWidget(_Bar(self.place, tools))
        left.addWidget(self.sheets, 1)
        right = QWidget()
        column = bare_column(right, s.s)
        column.addWidget(self.panel, 1)
        buttons = (action_button(item) for item in (self.copy_action, self.case_action, self.state_action))
        column.addWidget(ButtonRow(*buttons))
        self.body.addLayout(self._countersigning.delivery)
        self.body.addWidget(_Columns(pages, right), 1)

    def _offer(self, opened: OpenedRecord | None) -> None:
        has = opened is not None
        shown = bool(opened and opened.pages)
        for action in (self.save_action, self.viewer_action, self.copy_action, self.stated_action):
            action.setEnabled(has)
        for action in (self.text_action, self.larger, self.smaller, self.fit):
            action.setEnabled(shown)
        self.as_text.setEnabled(shown)
        self.case_action.setVisible(bool(opened and opened.case))
        self.sign_action.setVisible(bool(opened and opened.standing and opened.standing.may_complete))
        self.state_action.setVisible(bool(opened and opened.standing and opened.standing.may_state))

    # ------------------------------------------------------------------------------------------------------- loading
    def _load(self) -> None:
        asked = self._asked
        if asked is None:
            return
        self._drop_loading()
        self._judging.follow(None)
        self._drawing.clear()
        self.opened = None
        self.text.clear()
        self.problem.setVisible(False)
        self.place.setText(self.tr("Opening…"))
        self.panel.wait()
        self._offer(None)
        self.retitle()
        run, readers = self.context.run, self.context.readers
        if isinstance(asked, Path):
            self._loading = run(JobLane.PAPER, paper_jobs.open_file, readers, asked, owner=self)
        else:
            self._loading = run(JobLane.PAPER, paper_jobs.open_case, readers, asked, owner=self)
        self._loading.done.connect(self._on_opened)
        self._loading.refused.connect(self._on_refused)
        self._loading.failed.connect(self._on_ended)

    def _on_opened(self, opened: OpenedRecord) -> None:
        self._loading = None
        self.opened = opened
        self.set_lead(opened.reference or self.tr("A file from disk; nothing of it is kept here"))
        self.retitle()
        self._offer(opened)
        self._drawing.show(opened)
        self.panel.set_standing(opened.standing)
        if opened.trouble is not None:
            self.problem.tell(opened.trouble)
        elif opened.lacks:
            self.problem.set_words(_why_lacking(opened), opened.lacks, Tone.WARN)
            self.problem.setVisible(True)
        self._say_page()
        self._judging.follow(opened)
        self._judging.judge()
        if self.text_action.isChecked() and opened.pages:
            self._read()
        self.focus_first()

    def _on_refused(self, refusal: Refusal) -> None:
        self._loading = None
        self.place.setText("")
        self.panel.setVisible(False)
        self.problem.tell(refusal)

    def _on_ended(self, _: object) -> None:
        self._loading = None

    def _drop_loading(self) -> None:
        if self._loading is not None:
            self._loading.drop()
            self._loading = None

    def _say_page(self, _: object = None) -> None:
        if self.opened is None or not self.opened.pages:
            self.place.setText("")
            return
        words = self.tr("Page {page} of {count} · {zoom} %").format(
            page=self.paper.page + 1, count=len(self.opened.pages), zoom=round(self.paper.zoom * 100)
        )
        if self.opened.more:
            words = self.tr("{words}; %Ln more pages are not shown", "", self.opened.more).format(words=words)
        self.place.setText(words)

    # ------------------------------------------------------------------------------------------------- what it offers
    def _show_text(self, shown: bool) -> None:
        self.sheets.setCurrentWidget(self.text if shown else self.paper)
        if shown and not self.text.toPlainText():
            self._read()
        self.focus_first()

    def _on_as_text(self, wanted: bool) -> None:
        if wanted is not self.text_action.isChecked():
            self.text_action.trigger()

    def _read(self) -> None:
        if self.opened is not None:
            self.text.read(self.opened)

    def _ask_save(self) -> None:
        if self.opened is not None:
            self._copies.ask_save(self.opened)

    def _open_outside(self) -> None:
        if self.opened is not None:
            self._copies.open_outside(self.opened)

    def _on_no_viewer(self) -> None:
        self.problem.set_words(
            self.tr("No program on this computer opens PDF files."),
            self.tr("Save a copy and open it where there is one."),
        )
        self.problem.setVisible(True)

    def _copy_digest(self) -> None:
        if self.panel.verdict is not None:
            QGuiApplication.clipboard().setText(self.panel.verdict.sha256)
            self.context.say(self.tr("SHA-256 copied"))

    def _countersign(self) -> None:
        if self.opened is not None and self.opened.case:
            self._countersigning.begin(self.opened)

    def _state(self) -> None:
        if self.opened is not None and self.opened.case:
            self._stating.begin(self.opened.case)

    def _go_to_case(self) -> None:
        if self.opened is not None and self.opened.case:
            self.context.go("case", self.opened.case)

    def _larger(self) -> None:
        self.paper.zoom_in()

    def _smaller(self) -> None:
        self.paper.zoom_out()

    def _fit(self) -> None:
        self.paper.fit()

    def _next(self) -> None:
        self.paper.go_to(self.paper.page + 1)

    def _previous(self) -> None:
        self.paper.go_to(self.paper.page - 1)


class _Columns(SideBySide):
    """The pages beside what was found about them, or above it when there is too little room, as with large text."""

    LEAST, PANEL = 80, 46

    def __init__(self, pages: QWidget, panel: QWidget) -> None:
        super().__init__()
        self._pages, self._panel = pages, panel
        self.box.addWidget(pages, 5)
        self.box.addWidget(panel, 4)

    def room(self) -> int:
        return sizes(self).chars(self.LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        s = sizes(self)
        beside = self.width() >= self.room()
        self._panel.setMaximumWidth(s.chars(self.PANEL) if beside else _ANY_WIDTH)
        # One above the other, the pages keep a few lines and the page around them scrolls.
        self._pages.setMinimumHeight(0 if beside else s.line * LEAST_LINES)


class _Bar(SideBySide):
    """The page number beside the buttons that turn and enlarge pages, or above them when there is too little room."""

    def __init__(self, place: QWidget, tools: QWidget) -> None:
        super().__init__()
        self.box.setSpacing(sizes(self).s)
        self._parts = (place, tools)
        self.box.addWidget(place, 1)
        self.box.addWidget(tools, 0, Qt.AlignmentFlag.AlignLeft)

    def room(self) -> int:
        return sum(part.sizeHint().width() for part in self._parts) + self.box.spacing()


def _sign_button(action: QAction, sign: str) -> QPushButton:
    """A small button that says a sign and is called by its words."""
    button = QPushButton(sign)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setToolTip(action.toolTip())
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _why_lacking(opened: OpenedRecord) -> str:
    if opened.earlier:
        return RecordPageTexts.tr("The decision of this record is not in force now")
    return RecordPageTexts.tr("This is not the sealed record")


class RecordPageTexts(Texts):
    pass
