"""The strip at the top of a review: the ring, the phase of the case, whose turn it is, and as whom I sign what."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from intake.domain.acts.kinds import Office
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED
from intake.domain.case.summary import half
from ui.formatting import day_words
from ui.review.summary import half_of
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.labels import digest, quiet, strong
from ui.widgets.panels import Chip
from ui.widgets.ring import Ring
from ui.widgets.tips import plain_tip
from ui.words.cases import overdue_words, phase_words, ring, stage_words, tier_tone, turn_words
from ui.words.clocks import left_words
from ui.words.ring import Half, RingState


class StatusStrip(QFrame):
    LOW = 30
    """Lines: in a window that is less high, as with large letters on a small screen, it takes as little height as it can."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, s.xs)
        self._line.setSpacing(s.l)
        standing = QHBoxLayout()
        standing.setSpacing(s.l)
        self.ring = Ring(lines=2.8)
        standing.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        self._left = left = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        left.setSpacing(s.xs)
        self.phase = strong("")
        left.addWidget(self.phase)
        self._chips = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._chips.setSpacing(s.s)
        self.turn, self.clock = Chip(""), Chip("")
        self.tier, self.stage = Chip(""), Chip("")
        for pair in ((self.turn, self.clock), (self.tier, self.stage)):
            row = QHBoxLayout()
            row.setSpacing(s.s)
            for chip in pair:
                row.addWidget(chip)
            row.addStretch(1)
            self._chips.addLayout(row)
        # The pairs are close together; the room left over is behind them.
        self._chips.addStretch(1000)
        left.addLayout(self._chips)
        standing.addLayout(left, 1)
        self._line.addLayout(standing, 1)
        self._right = QWidget()
        right = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(s.xs)
        self.signer = strong("")
        self.signer.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        right.addWidget(self.signer)
        self.signed = QHBoxLayout()
        self.signed.setSpacing(s.s)
        self.revision = quiet("")
        self.revision.setWordWrap(False)
        self.digest = digest("")
        self.signed.addWidget(self.revision)
        self.signed.addWidget(self.digest)
        right.addLayout(self.signed)
        self._said = right
        self._line.addWidget(self._right)

    def show_case(self, looked: Looked) -> None:
        view, state = looked.view, looked.view.state
        self.ring.set_state(case_ring(looked))
        self.phase.setText(phase_words(EXPIRED if view.status.expired and state.phase in BOTH_SIGNED else state.phase))
        mine = (view.office.value,) if view.office else ()
        yours = bool(set(mine) & set(state.turn))
        overdue = len(view.status.overdue)
        if overdue and not state.turn:
            # Nobody's turn would hide that somebody is late.
            self.turn.set(overdue_words(overdue), Tone.BAD)
        else:
            self.turn.set(turn_words(state.turn, mine), Tone.INFO if yours else Tone.NEUTRAL)
        made = view.assessment
        due = view.turn_ends
        if due is not None:
            self.clock.set(*left_words((due - looked.today).days))
            self.clock.setToolTip(plain_tip(self.tr("To be answered by {day}").format(day=day_words(due))))
        if made is not None:
            self.tier.set(made.path.label, tier_tone(made.tier))
        self.clock.setVisible(due is not None)
        self.tier.setVisible(made is not None)
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
        self.digest.setToolTip(plain_tip(view.revision.id))
        self.digest.setAccessibleName(self.tr("Digest of the revision {digest}").format(digest=view.revision.id))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(30), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """One line where there is room for it; with large letters one below the other, and nothing cut off."""
        s = sizes(self)
        gap = s.l
        low = self.window().height() < s.line * self.LOW
        # What is said in words besides, or on the sheet that is signed.
        self.ring.setVisible(not low)
        self.digest.setVisible(not low)
        self._right.setVisible(not low)
        chips = [chip for chip in (self.turn, self.clock, self.tier, self.stage) if not chip.isHidden()]
        told = sum(chip.sizeHint().width() + gap for chip in chips)
        signed = self.signer.fontMetrics().horizontalAdvance(self.signer.text())
        left = 0 if low else self.ring.sizeHint().width() + gap
        wide, tall = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        beside = self.width() >= left + told + signed + gap
        self._line.setDirection(wide if beside else tall)
        self._line.setSpacing(s.xs if low else s.l)
        self._left.setSpacing(s.m if low else s.xs)
        self._chips.setDirection(wide if beside or self.width() >= left + told else tall)
        phase = self.phase.fontMetrics().horizontalAdvance(self.phase.text())
        pairs = max(self._wide(self.turn, self.clock), self._wide(self.tier, self.stage))
        self._left.setDirection(wide if low and not beside and self.width() >= phase + pairs + gap else tall)
        in_one = low and not beside and self.width() >= signed + self.revision.sizeHint().width() + gap
        self._said.setDirection(wide if in_one else tall)
        # Beside the chips a name that wraps would be given the least width there is.
        self.signer.setWordWrap(not (beside or in_one))
        end = Qt.AlignmentFlag.AlignTrailing if beside else Qt.AlignmentFlag.AlignLeading
        self.signer.setAlignment(end)
        self._said.setAlignment(self.signed, end)

    def _wide(self, *chips: Chip) -> int:
        return sum(chip.sizeHint().width() + sizes(self).s for chip in chips if not chip.isHidden())


def case_ring(looked: Looked) -> RingState:
    """The ring of the case as it is now, with outdated halves shown as such."""
    cio, ciso = (half_of(office) for office in looked.view.offices)
    if Half.OUTDATED in (cio, ciso):
        return RingState(cio, ciso)
    state = looked.view.state
    return ring(half(state, Office.CIO), half(state, Office.CISO))
