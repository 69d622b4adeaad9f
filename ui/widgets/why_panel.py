"""The note beside a question that says why it is asked, with its source folded below and a way to everything else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.theme import colours, sizes
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import own_size_button


class WhyPanel(QFrame):
    """The note "Why we ask", always visible; the source folds out below.

    With ``leads_on`` a link below the source leads to where everything is explained; ``followed`` comes with it.
    """

    followed = Signal()

    def __init__(self, why: str, source: str, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(s.l, 0, 0, s.xs)
        layout.setSpacing(s.xs)
        layout.addWidget(strong(title or self.tr("Why we ask")))
        self.why = Label(why)
        layout.addWidget(self.why)
        self._cited = source
        self._source: Label | None = None
        self._name = ""
        self.leads_on = False
        self.more: QPushButton | None = None
        self.fold = own_size_button(self.tr("Show source"), role="link")
        self.fold.setCheckable(True)
        if not source:
            self.fold.hide()
        self.fold.toggled.connect(self._on_fold)
        layout.addWidget(self.fold)
        self._layout = layout

    @property
    def source(self) -> Label:
        """Made when it is first looked at, as few people do."""
        if self._source is None:
            self._source = quiet(self._cited)
            self._source.hide()
            self._layout.addWidget(self._source)
        return self._source

    def name(self, question: str) -> None:
        self._name = question
        self.fold.setAccessibleName(self.tr("Source of: {question}").format(question=question))

    def _on_fold(self, shown: bool) -> None:
        self.source.setVisible(shown)
        self.fold.setText(self.tr("Hide source") if shown else self.tr("Show source"))
        if shown and self.leads_on and self.more is None:
            self.more = own_size_button(
                self.tr("More on this"),
                name=self.tr("Reasons and sources of: {question}").format(question=self._name),
                role="link",
            )
            self.more.clicked.connect(self.followed)
            self._layout.addWidget(self.more)
            QWidget.setTabOrder(self.fold, self.more)
        if self.more is not None:
            self.more.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        # A thin line in the accent, like a note in the margin.
        c = colours(self.palette())
        painter = QPainter(self)
        line = QRectF(self.rect())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            line.setLeft(line.right() - 2)
        line.setWidth(2)
        painter.fillRect(line, c.accent if self.isEnabled() else c.hair)
        painter.end()
