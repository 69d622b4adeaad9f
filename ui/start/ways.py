"""The three ways to begin, each on a card with one button. There are no preferences to choose first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.guide.sheet import GuideView
from ui.icons import icon
from ui.jobs import JobHandle, JobLane
from ui.start.launch import launch
from ui.start.sample_window import build
from ui.start.work import FirstStepsState
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label, digest, heading, quiet
from ui.widgets.panels import Card, NoticePanel, action_button
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.sample.building import Sample


BEGUN = "start/way"
"""The preference that holds which way was gone last: join or found."""


class WaysView(GuideView):
    def __init__(
        self, context: Context, sample: QAction, join: QAction, found: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._join, self._found = join, found
        self._context = context
        ways = (
            Way(
                "guide",
                self.tr("Try with sample data"),
                self.tr(
                    "Look around in an organisation made for this: about forty use cases in every state. It opens in a "
                    "separate window, marked throughout, and touches nothing of yours."
                ),
                sample,
            ),
            Way(
                "people",
                self.tr("Join an organisation"),
                self.tr(
                    "Your organisation uses Countersign already. With the invitation you were sent you recognise it by "
                    "ten words, make a key and ask to be listed."
                ),
                join,
                primary=True,
            ),
            Way(
                "countersign",
                self.tr("Set up an organisation"),
                self.tr(
                    "You are the first. You collect the enrolments of the others, give roles and sign the first "
                    "roster. It takes two administrators, a CIO and a CISO."
                ),
                found,
            ),
        )
        self.box.addWidget(Beside(ways))
        self.sample = SampleBuilder(context)
        self.box.addWidget(self.sample)
        self.box.addWidget(
            quiet(self.tr("You can leave these steps at any time and come back; what is done stays done."))
        )
        self.box.addStretch(1)

    def follow(self, standing: FirstStepsState) -> None:
        """Who has begun goes on."""
        founding = self._context.settings.text(BEGUN) == "found"
        if standing.key or standing.org:
            # One of the two was begun: only that can be gone on with.
            begun, words = (
                (self._found, self.tr("Go on &setting up")) if founding else (self._join, self.tr("&Go on joining"))
            )
            begun.setText(words)
        for way in self.findChildren(Way):
            if way.action in (self._join, self._found):
                way.stand_out(primary=(way.action is self._found) == founding)

    def focus_first(self) -> None:
        for way in self.findChildren(Way):
            if way.primary:
                way.button.setFocus(Qt.FocusReason.OtherFocusReason)


class Way(Card):
    """One way: an icon, a title, two sentences, a button."""

    def __init__(self, picture: str, title: str, text: str, action: QAction, *, primary: bool = False) -> None:
        super().__init__()
        s = sizes(self)
        self.primary = primary
        self.action = action
        self.box.setSpacing(s.m)
        self.box.addWidget(_Picture(picture))
        self.box.addWidget(heading(title, 2))
        self.box.addWidget(Label(text))
        self.box.addStretch(1)
        self.button = action_button(action, primary=primary)
        self.box.addWidget(self.button)

    def stand_out(self, *, primary: bool) -> None:
        """Whether this is the way that Enter takes."""
        if primary == self.primary:
            return
        self.primary = primary
        self.button.setProperty("role", "primary" if primary else "")
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)


class _Picture(QWidget):
    """An icon painted again with each palette; the words beside it say the same."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = icon(name)
        side = sizes(self).line * 2
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


class SampleBuilder(QWidget):
    """Builds the sample beside this register and opens it in a separate window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sample: Sample | None = None
        self.launch = launch
        layout = bare_column(self, sizes(self).s)
        self.working = ProgressPanel()
        layout.addWidget(self.working)
        self._open = QAction(self.tr("Open it again"), self)
        self._open.triggered.connect(self.open)
        self.ready = NoticePanel("", tone=Tone.GOOD, action=self._open)
        self.ready.setVisible(False)
        layout.addWidget(self.ready)
        line = QHBoxLayout()
        self._words = quiet(self.tr("Passphrase of everybody in the sample"))
        self._words.setWordWrap(False)
        self.passphrase = digest("", shown=60)
        line.addWidget(self._words)
        line.addWidget(self.passphrase, 1)
        layout.addLayout(line)
        self._words.setVisible(False)
        self.passphrase.setVisible(False)

    def build(self) -> JobHandle[Sample]:
        """Make the sample, or take the one that is there, and open it."""
        self.ready.setVisible(False)
        handle = self._context.jobs.submit(JobLane.EXCHANGE, build, self._context.data_dir / "sample", owner=self)
        handle.done.connect(self._on_built)
        handle.refused.connect(self._on_refused)
        self.working.follow(handle, self.tr("Making the sample organisation"))
        return handle

    def open(self) -> None:
        if self._sample is not None and not self.launch(Path(self._sample.installation)):
            self.ready.set_words(
                self.tr("The sample is ready, but its window did not open"),
                self.tr("Start Countersign with: --sample --data-dir “{folder}”").format(
                    folder=self._sample.installation
                ),
                Tone.WARN,
            )

    def _on_built(self, sample: Sample) -> None:
        self._sample = sample
        self.ready.set_words(
            self.tr("“{name}” is ready").format(name=sample.organisation),
            self.tr("It opens in a separate window. This window stays as it is."),
            Tone.GOOD,
        )
        self.ready.setVisible(True)
        self.passphrase.setText(sample.passphrase)
        self.passphrase.setToolTip("")
        self._words.setVisible(True)
        self.passphrase.setVisible(True)
        self.open()

    def _on_refused(self, refusal: Refusal) -> None:
        self.ready.tell(refusal, Tone.WARN)
