"""The quiet panel: the tier so far, and folded below it what drives it, what would lower it, what is open.

The words of each fold are in ``live_words``; a fold that is closed makes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.formatting import number_words
from ui.guide.live import live_words
from ui.guide.live.panel_lines import Lines, PanelLine
from ui.guide.shown import ShownDraft
from ui.theme import Tone, sizes
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import Card, Chip, own_size_button
from ui.widgets.tips import plain_tip
from ui.words.cases import tier_tone


class LivePanel(Card):
    """``folding`` shows one line and folds the rest away, ``docked`` also keeps it low; otherwise all folds are in sight.

    ``followed`` carries a question to go to; ``opened`` comes when the folds come into sight.
    """

    followed = Signal(str)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None, *, folding: bool = False, docked: bool = False) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._folding, self._docked = folding, docked
        self.box.setContentsMargins(s.l, s.s if folding else s.l, s.l, s.s if folding else s.l)
        self.box.addLayout(self._headline())
        self.sentence = quiet("")
        if docked:
            self.sentence.hide()
        self.box.addWidget(self.sentence)
        if not docked:
            self.box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.reasons = QWidget()
        inside = QVBoxLayout(self.reasons)
        inside.setContentsMargins(0, s.xs, 0, 0)
        inside.setSpacing(0)
        self.parts = self._make_parts()
        for part in self.parts:
            part.lines.followed.connect(self.followed)
            part.head.toggled.connect(self._on_part)
            inside.addWidget(part)
        self._drawer: QWidget = _LimitedScroll(self.reasons) if docked else self.reasons
        if folding:
            self._drawer.hide()
        self.box.addWidget(self._drawer)

    @property
    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops, in order."""
        return (self.fold, *(part.head for part in self.parts))

    @property
    def is_open(self) -> bool:
        """Whether the folds are in sight."""
        return not self._folding or self.fold.isChecked()

    def part(self, key: str) -> LivePart:
        return next(part for part in self.parts if part.key == key)

    def follow(self, shown: ShownDraft) -> None:
        """Say what is so now; what is said already is left alone."""
        path = shown.assessment.path
        self.tier.set(path.label, tier_tone(shown.assessment.tier))
        whole = f"{path.lane_label}. {path.sentence}"
        self.lane.say(path.lane_label, whole)
        self.sentence.setText(whole)
        odd = len(shown.assessment.contradictions)
        self.odd.set(self.tr("%Ln to look at", "", odd), Tone.WARN)
        self.odd.setVisible(bool(odd))
        for part in self.parts:
            part.follow(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A word or two of the sentence would say nothing.
        wide = self.width() >= sizes(self).chars(80)
        self.lane.setVisible(self._docked and wide)
        self.so_far.setVisible(wide or not self._docked)

    def _headline(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(sizes(self).m)
        self.so_far = quiet(self.tr("So far"))
        self.so_far.setWordWrap(False)
        line.addWidget(self.so_far)
        self.tier = Chip("", Tone.NEUTRAL)
        line.addWidget(self.tier)
        # One line is all a docked panel has; elsewhere the whole sentence is below.
        self.lane = _OneLine()
        if not self._docked:
            self.lane.hide()
        line.addWidget(self.lane, 1000)
        self.odd = Chip("", Tone.WARN)
        self.odd.hide()
        line.addWidget(self.odd)
        self.fold = own_size_button(
            self.tr("What drives it"), name=self.tr("What drives the tier so far, and what is open"), role="link"
        )
        self.fold.setCheckable(True)
        if not self._folding:
            self.fold.hide()
        self.fold.toggled.connect(self._on_fold)
        line.addStretch(1)
        if self._docked:
            line.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _make_parts(self) -> tuple[LivePart, ...]:
        return (
            LivePart("drivers", self.tr("What drives it"), live_words.drivers, is_open=True, counts=False),
            LivePart("doubts", self.tr("Does this fit together?"), live_words.doubts, tone=Tone.WARN, is_open=True),
            LivePart("lower", self.tr("What would lower it"), live_words.lower, counts=False),
            LivePart("open", self.tr("Open points"), live_words.open_points, tone=Tone.INFO),
            LivePart("evidence", self.tr("Evidence that is expected and not here yet"), live_words.evidence),
            LivePart("asks", self.tr("What the reviewers will ask"), live_words.asks),
            LivePart("classes", self.tr("What laws and standards call it"), live_words.classes, counts=False),
        )

    def _on_part(self, opened: bool) -> None:
        line = self.sender()
        part = line.parent() if isinstance(line, QWidget) else None
        if opened and isinstance(part, LivePart) and isinstance(self._drawer, _LimitedScroll):
            self._drawer.bring(part)

    def _on_fold(self, shown: bool) -> None:
        self._drawer.setVisible(shown)
        self.fold.setText(self.tr("Hide") if shown else self.tr("What drives it"))
        if shown:
            self.opened.emit()


class _OneLine(Label):
    """A sentence where there is room for all of it, else its first words: half a sentence says nothing."""

    def __init__(self) -> None:
        super().__init__("", elide=True)
        self._short = self._long = ""

    def say(self, short: str, whole: str) -> None:
        self._short, self._long = short, whole
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._long) < self.width()
        words = self._long if fits else self._short
        if words != self.text():
            self.setText(words)
        self.setToolTip("" if fits else plain_tip(self._long))
        self.setAccessibleName(self._long)


class LivePart(Fold):
    """One fold; hidden while it has nothing to say, filled only while it is open."""

    def __init__(
        self,
        key: str,
        title: str,
        words: Callable[[ShownDraft], tuple[PanelLine, ...]],
        *,
        tone: Tone = Tone.NEUTRAL,
        is_open: bool = False,
        counts: bool = True,
    ) -> None:
        super().__init__(title, is_open=is_open)
        self.key = key
        self._title, self._words, self._tone, self._counts = title, words, tone, counts
        self._now: tuple[PanelLine, ...] = ()
        self.lines = Lines()
        self.box.addWidget(self.lines)
        self.head.toggled.connect(self._on_opened)

    @property
    def now(self) -> tuple[PanelLine, ...]:
        """The lines shown here, or to be shown once it is open."""
        return self._now

    def follow(self, shown: ShownDraft) -> None:
        now = self._words(shown)
        if now == self._now and self.isHidden() != bool(now):
            return
        self._now = now
        count = len([line for line in now if not line.link]) if self._counts else 0
        self.set_words(self._title, number_words(count) if count else "", self._tone)
        self.setVisible(bool(now))
        if self.head.isChecked():
            self.lines.set_lines(now)

    def _on_opened(self, opened: bool) -> None:
        if opened:
            self.lines.set_lines(self._now)


class _LimitedScroll(QScrollArea):
    """As high as what is in it, but never more than a part of the view: the questions stay in sight."""

    SHARE = 0.4

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setProperty("bare", True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        # The card below shows through.
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)
        self._wanted: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring_wanted)

    def bring(self, part: QWidget) -> None:
        """Scroll to a part that was opened, as soon as it has its height."""
        self._wanted = part
        self._later.start()

    def _bring_wanted(self) -> None:
        if self._wanted is not None:
            content = self.widget()
            if content is not None:
                content.adjustSize()
            self.verticalScrollBar().setValue(self._wanted.y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is None:
            return
        width = self.viewport().width()
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        panel = self.parentWidget()
        view = panel.parentWidget() if panel is not None else None
        most = round((view or self.window()).height() * self.SHARE)
        self.setFixedHeight(max(sizes(self).line * 3, min(wanted, most)))
