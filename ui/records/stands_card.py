"""The second answer about a record: whether what it says is so today, with the ring, and how fresh that is.

Fed by what was found; nothing is judged here. Never in colour alone: the ring is drawn broken or thin, and the words say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from intake.domain.base.wording import together, words
from intake.domain.case.record_standing import Standing
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Card, NoticePanel
from ui.widgets.ring import Ring
from ui.words import cases
from ui.words.ring import Half, RingState, ring_words

if TYPE_CHECKING:
    from intake.domain.case.standing_said import StandsToday
    from intake.services.proving.verdicts import StatementJudged
    from ui.records.paper_jobs import RecordStanding


class StandsCard(Card):
    """``signed`` are the offices whose signature was found, ``row`` what the register says of its use case, if it is here.
    ``step`` is what to do next, empty where the signatures say that.
    """

    def __init__(self, found: StandsToday, signed: frozenset[str], row: RecordStanding | None, step: str) -> None:
        super().__init__(horizontal=True)
        self.ring = Ring(ring_of(found, signed), lines=2.2)
        self.box.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(sizes(self).xs)
        column.addWidget(strong(standing_title(found.stands.standing)))
        column.addWidget(Label(words(found.said)))
        if found.known is not None:
            column.addWidget(quiet(words(found.known)))
        column.addWidget(quiet(ring_words(self.ring.state)))
        if row is not None:
            column.addWidget(quiet(_today(row)))
        if step:
            column.addWidget(strong(StandsTexts.tr("What to do next")))
            column.addWidget(Label(step))
        self.box.addLayout(column, 1)


def standing_title(standing: Standing) -> str:
    """The answer in a few words, as the title of what is said about it."""
    return {
        Standing.IN_FORCE: StandsTexts.tr("The decision is in force"),
        Standing.AWAITS_ACCEPTANCE: StandsTexts.tr("The decision awaits acceptance"),
        Standing.SUSPENDED: StandsTexts.tr("The decision is suspended"),
        Standing.SUPERSEDED: StandsTexts.tr("Something later took its place"),
        Standing.EXPIRED: StandsTexts.tr("The decision has expired"),
        Standing.RETIRED: StandsTexts.tr("The use case is retired"),
        Standing.WITHDRAWN: StandsTexts.tr("The use case is withdrawn"),
        Standing.DECLINED: StandsTexts.tr("The use case is declined"),
        Standing.UNSETTLED: StandsTexts.tr("The decision is not in force"),
        Standing.UNDECIDED: StandsTexts.tr("Nothing was decided by it"),
        Standing.NOTICE: StandsTexts.tr("A notice that changes a record"),
        Standing.NOT_KNOWN: StandsTexts.tr("Whether it is in force is not known"),
    }[standing]


def ring_of(found: StandsToday, signed: frozenset[str]) -> RingState:
    """The ring of this record as it stands: what both signed is whole, thin when it is over, and broken where it is stopped."""
    stands = found.stands
    halves = {office: Half.FILLED if office in signed else Half.OPEN for office in ("CIO", "CISO")}
    stops = {Standing.SUSPENDED: Half.SUSPENDS, Standing.DECLINED: Half.DECLINED}.get(stands.standing)
    if stops is not None:
        halves |= {item.office.upper(): stops for item in stands.by if item.office}
    over = stands.standing is Standing.EXPIRED
    gone = not over and not found.holds and stands.standing is not Standing.AWAITS_ACCEPTANCE
    return RingState(halves["CIO"], halves["CISO"], over=over, left=gone)


def statement_notice(stated: StatementJudged) -> NoticePanel:
    """What a statement of standing that was given with a record is worth."""
    tone = {"TOTAL-PASSED": Tone.GOOD, "TOTAL-FAILED": Tone.BAD}.get(stated.result.value, Tone.WARN)
    title = {
        "TOTAL-PASSED": StandsTexts.tr("The statement of standing holds"),
        "TOTAL-FAILED": StandsTexts.tr("Do not rely on the statement of standing"),
    }.get(stated.result.value, StandsTexts.tr("What the statement of standing is worth cannot be said"))
    return NoticePanel(title, words(together(stated.said, stated.step)), tone)


def _today(row: RecordStanding) -> str:
    said = StandsTexts.tr("In the register today: {state}").format(state=cases.phase_words(row.phase))
    return f"{said}. {cases.turn_words(row.turn)}" if row.turn else said


class StandsTexts(Texts):
    pass
