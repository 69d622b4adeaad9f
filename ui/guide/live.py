"""The quiet panel: the tier so far, the answers that drive it, and what might still raise it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.assessment import Assessment, Fired, MightBe
from intake.domain.playbook_whole import Playbook
from intake.domain.tier import Tier
from ui.guide.sheet import clear
from ui.guide.words import tier_tone
from ui.theme import Tone, sizes
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Card, Chip


class LivePanel(Card):
    """``folding`` shows one line and folds the reasons away; otherwise everything is in sight."""

    SHOWN = 4

    def __init__(self, parent: QWidget | None = None, *, folding: bool = False) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._folding = folding
        self.box.setContentsMargins(s.l, s.s if folding else s.l, s.l, s.s if folding else s.l)
        line = QHBoxLayout()
        line.setSpacing(s.m)
        so_far = quiet(self.tr("So far"))
        so_far.setWordWrap(False)
        line.addWidget(so_far)
        self.tier = Chip("", Tone.NEUTRAL)
        line.addWidget(self.tier)
        self.lane = Label("", elide=folding)
        line.addWidget(self.lane, 1)
        self.fold = QPushButton(self.tr("What drives it"))
        self.fold.setProperty("role", "link")
        self.fold.setCheckable(True)
        self.fold.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fold.setAccessibleName(self.tr("What drives the tier so far"))
        if not folding:
            self.fold.hide()
        self.fold.toggled.connect(self._on_fold)
        line.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(line)
        self.reasons = QWidget()
        self._reasons = QVBoxLayout(self.reasons)
        self._reasons.setContentsMargins(0, s.xs, 0, 0)
        self._reasons.setSpacing(s.s)
        if folding:
            self.reasons.hide()
        self.box.addWidget(self.reasons)
        self._shown: Assessment | None = None

    def set_assessment(self, playbook: Playbook, assessment: Assessment) -> None:
        if assessment == self._shown:
            return
        self._shown = assessment
        path = assessment.path
        self.tier.set(path.label, tier_tone(assessment.tier))
        self.lane.setText(f"{path.lane_label}. {path.sentence}" if self._folding else path.lane_label)
        clear(self._reasons)
        if not self._folding:
            self._reasons.addWidget(quiet(path.sentence))
        self._add_drivers(playbook, assessment.fired)
        unknown = tuple(item for item in assessment.might_be if item.unknown)
        self._add_doubts(playbook, unknown)
        if not assessment.complete and assessment.tier is not Tier.PROHIBITED:
            self._reasons.addWidget(quiet(self.tr("Questions not answered yet can still change this.")))

    def _add_drivers(self, playbook: Playbook, fired: tuple[Fired, ...]) -> None:
        if not fired:
            self._reasons.addWidget(quiet(self.tr("Nothing you answered raises it.")))
            return
        self._reasons.addWidget(strong(self.tr("What drives it")))
        for item in fired[: self.SHOWN]:
            self._reasons.addWidget(Label(item.rule.sentence))
            facts = " · ".join(
                f"{playbook.question(fact.question).label}: {', '.join(fact.said.splitlines())}" for fact in item.facts
            )
            self._reasons.addWidget(quiet(facts))
        if len(fired) > self.SHOWN:
            more = self.tr("and {count} more").format(count=len(fired) - self.SHOWN)
            self._reasons.addWidget(quiet(more))

    def _add_doubts(self, playbook: Playbook, doubts: tuple[MightBe, ...]) -> None:
        if not doubts:
            return
        self._reasons.addWidget(strong(self.tr("What might raise it")))
        for item in doubts[: self.SHOWN]:
            labels = ", ".join(playbook.question(name).label for name in item.unknown)
            words = self.tr("You do not know yet: {labels}. If so: {sentence}")
            self._reasons.addWidget(quiet(words.format(labels=labels, sentence=item.rule.sentence)))

    def _on_fold(self, shown: bool) -> None:
        self.reasons.setVisible(shown)
        self.fold.setText(self.tr("Hide") if shown else self.tr("What drives it"))
