"""The strip at the top of a review: the ring, where the case stands, whose turn it is, and as whom I sign what."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.bodies import Office
from intake.domain.summary import half
from ui.review.brief import half_of
from ui.review.words import left_words, phase_words, turn_words
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.labels import digest, quiet, strong
from ui.widgets.panels import Chip
from ui.widgets.ring import Half, Ring, RingState
from ui.words import ring, stage_words, tier_tone


class Strip(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, s.xs)
        line.setSpacing(s.l)
        self.ring = Ring(lines=2.8)
        line.addWidget(self.ring)
        left = QVBoxLayout()
        left.setSpacing(s.xs)
        self.phase = strong("")
        left.addWidget(self.phase)
        below = QHBoxLayout()
        below.setSpacing(s.s)
        self.turn, self.clock = Chip(""), Chip("")
        self.tier, self.stage = Chip(""), Chip("")
        for chip in (self.turn, self.clock, self.tier, self.stage):
            below.addWidget(chip)
        below.addStretch(1)
        left.addLayout(below)
        line.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(s.xs)
        self.signer = strong("")
        self.signer.setWordWrap(False)
        self.signer.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        right.addWidget(self.signer)
        self.signed = QHBoxLayout()
        self.signed.setSpacing(s.s)
        self.revision = quiet("")
        self.revision.setWordWrap(False)
        self.digest = digest("")
        self.signed.addStretch(1)
        self.signed.addWidget(self.revision)
        self.signed.addWidget(self.digest)
        right.addLayout(self.signed)
        line.addLayout(right)

    def show_case(self, looked: Looked) -> None:
        view, state = looked.view, looked.view.state
        self.ring.set_state(case_ring(looked))
        self.phase.setText(phase_words(state.phase)[0])
        mine = (view.office.value,) if view.office else ()
        yours = bool(set(mine) & set(state.turn))
        self.turn.set(turn_words(state.turn, mine), Tone.INFO if yours else Tone.NEUTRAL)
        due = looked.filed + timedelta(days=view.assessment.path.days)
        self.clock.set(*left_words((due - looked.today).days))
        self.clock.setToolTip(self.tr("To be decided by {day}").format(day=due.isoformat()))
        self.clock.setVisible(bool({"cio", "ciso"} & set(state.turn)))
        self.tier.set(view.assessment.path.label, tier_tone(view.assessment.tier))
        self.stage.set(
            self.tr("asks for: {stage}").format(stage=stage_words(view.revision.body.stage).lower()), Tone.NEUTRAL
        )
        if view.office is None:
            self.signer.setText(self.tr("You read and comment; the offices decide"))
        else:
            self.signer.setText(
                self.tr("You sign as {name}, {office}").format(name=looked.name, office=view.office.label)
            )
        self.revision.setText(self.tr("revision {number}").format(number=view.revision.number))
        self.digest.setText(view.revision.id[:12])
        self.digest.setToolTip(view.revision.id)
        self.digest.setAccessibleName(self.tr("Digest of the revision {digest}").format(digest=view.revision.id))


def case_ring(looked: Looked) -> RingState:
    """The ring of the case as it stands, with outdated halves shown as such."""
    cio, ciso = (half_of(office) for office in looked.view.offices)
    if Half.OUTDATED in (cio, ciso):
        return RingState(cio, ciso)
    state = looked.view.state
    return ring(half(state, Office.CIO), half(state, Office.CISO))
