"""The five sections of a review behind one row of tabs. Each is built when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.review.answers import AnswersPart
from ui.review.comments import CommentSection
from ui.review.risk import Risk
from ui.review.summary import SummarySection
from ui.review.terms import TermsPart
from ui.review.work import Looked
from ui.theme import sizes
from ui.widgets.part_area import PartArea

SUMMARY, RISK, ANSWERS, TERMS, COMMENTS = range(5)


class ReviewTabs(QTabWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._filled: set[int] = set()
        self.summary, self.risk, self.answers = SummarySection(), Risk(), AnswersPart()
        self.terms, self.comments = TermsPart(), CommentSection()
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(self.tr("Sections"))
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part, name in (
            (self.summary, self.tr("Summary")),
            (self.risk, self.tr("Tier and threats")),
            (self.answers, self.tr("Answers")),
            (self.terms, self.tr("Terms")),
            (self.comments, self.tr("Comments")),
        ):
            number = self.addTab(part, name)
            part.wanting.connect(self.updateGeometry)
            self.setTabToolTip(number, f"Alt+{number + 1}")
        self.currentChanged.connect(self._fill)
        self.answers.commenting.connect(self._on_commenting)

    LINES = 11
    """What is seen of a section at least. With large letters it is as high as what is in it, and the page scrolls."""

    def sizeHint(self) -> QSize:
        # Each section scrolls by itself: it takes what there is and asks for no more than it needs to be read.
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        least, part = sizes(self).line * self.LINES, self.currentWidget()
        if isinstance(part, PartArea) and part.gives_way:
            least = max(least, self.tabBar().sizeHint().height() + part.minimumHeight())
        return QSize(sizes(self).chars(30), least)

    def show_case(self, looked: Looked) -> None:
        same = self._looked is not None and self._looked.view.state.case == looked.view.state.case
        for part in (self.summary, self.risk, self.answers, self.terms, self.comments):
            part.keep_place(same=same and part is self.currentWidget())
        self._looked = looked
        self._filled = set()
        self._fill(self.currentIndex())
        remarks, changes = sum(item.open for item in looked.view.remarks), len(looked.view.changes)
        self.setTabText(COMMENTS, self.tr("Comments (%Ln open)", "", remarks) if remarks else self.tr("Comments"))
        self.setTabText(ANSWERS, self.tr("Answers (%Ln new)", "", changes) if changes else self.tr("Answers"))

    def say_changes(self, count: int) -> None:
        """How many changes of the terms are not signed, on their tab."""
        self.setTabText(TERMS, self.tr("Terms (%Ln changes)", "", count) if count else self.tr("Terms"))

    def show_section(self, number: int) -> None:
        self.setCurrentIndex(number)
        self.tabBar().setFocus()

    def _on_commenting(self, question: str) -> None:
        self.setCurrentIndex(COMMENTS)
        self.comments.begin(question)

    def _fill(self, number: int) -> None:
        if self._looked is None or number in self._filled:
            return
        self._filled.add(number)
        part = self.widget(number)
        if isinstance(part, TermsPart):
            part.build()
        elif isinstance(part, SummarySection | Risk | AnswersPart | CommentSection):
            part.show_case(self._looked)
