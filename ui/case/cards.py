"""The cards of the page of one use case: its phase, whether it may run, the decision on one page, what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.base.money import money_said
from intake.domain.base.wording import sentence, shown, words
from intake.domain.base.words import short
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.next_verbs import NextVerb
from intake.domain.case.one_page import RowTopic
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED, Phase
from ui.case.work import CaseFacts
from ui.formatting import day_words
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside
from ui.widgets.decision_facts import of_topic, rows_card, what_card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, digest, heading, quiet, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, Chip, NoticePanel
from ui.widgets.ring import Ring
from ui.words.cases import overdue_words, phase_sentence, phase_words, ring, stage_words, tier_tone, turn_words
from ui.words.ring import RingState, ring_words

if TYPE_CHECKING:
    from intake.services.deciding.sealed_files import SealedFile

SIMPLE = (Phase.REVIEW, Phase.COUNTERSIGN, Phase.CHANGES_REQUESTED, Phase.DECLINED)
"""Phases in which an open half means that an office has not spoken; in the others the sentence says more."""


class StandingCard(Card):
    """The ring, the phase in words, and whose turn it is until when."""

    def __init__(self, sheet: CaseFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent, horizontal=True)
        s = sizes(self)
        self.box.setSpacing(s.xl)
        ring = sheet_ring(sheet)
        self.box.addWidget(Ring(ring, lines=4.4), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(s.xs)
        counts = sheet.state.current is not None
        said = EXPIRED if sheet.status.expired and sheet.state.phase in BOTH_SIGNED else sheet.state.phase
        phase = phase_words(said) if counts else self.tr("Nothing of it counts yet")
        words.addWidget(heading(phase, 2))
        words.addWidget(
            Label(
                phase_sentence(said)
                if counts
                else self.tr("Something it rests on has not arrived, or its author had no right to file it.")
            )
        )
        if ring.closed or sheet.state.phase in SIMPLE:
            words.addWidget(quiet(ring_words(ring)))
        chips = FlowLayout(self)
        for text, tone in self._chips(sheet):
            chips.addWidget(Chip(text, tone))
        words.addSpacing(s.xs)
        words.addLayout(chips)
        self.box.addLayout(words, 1)

    def _chips(self, sheet: CaseFacts) -> list[tuple[str, Tone]]:
        found = []
        turn = sheet.state.turn
        if sheet.state.current is not None:
            mine = [sheet.may.office.value] if sheet.may.office else []
            mine += ["owner"] if sheet.may.owns else []
            yours = bool(set(mine) & set(turn))
            found.append((turn_words(turn, mine), Tone.INFO if yours else Tone.NEUTRAL))
        if sheet.status.overdue:
            found.append((overdue_words(len(sheet.status.overdue)), Tone.BAD))
        if sheet.path is not None:
            found.append((sheet.path.label, tier_tone(sheet.path.tier)))
        return found


class StatusCard(Card):
    """The one question an owner has today: may it run?"""

    def __init__(self, sheet: CaseFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        status = sheet.status
        top = QHBoxLayout()
        top.addWidget(heading(self.tr("May it run?"), 2), 1)
        if status.may_run:
            chip = Chip(self.tr("Yes: {stage}").format(stage=stage_words(status.stage).lower()), Tone.GOOD)
        elif status.expired:
            chip = Chip(self.tr("No: expired"), Tone.BAD)
        elif sheet.stop is not None:
            # Nobody has said that it is stopped: it is only not allowed.
            chip = Chip(self.tr("No: not allowed now"), Tone.BAD)
        else:
            chip = Chip(self.tr("No"), Tone.NEUTRAL)
        top.addWidget(chip)
        self.box.addLayout(top)
        self.box.addWidget(Label(self._sentence(sheet)))
        for over in status.over:
            self.box.addWidget(Label(self.tr("Past a limit: {words}.").format(words=words(over)), tone=Tone.BAD))
        if (figures := sheet.state.figures) is not None:
            costs = ", ".join(shown(money_said(cost)) for cost in figures.costs) or self.tr("nothing spent")
            line = self.tr("%Ln people use it; {cost}, as of {day}.", "", figures.users)
            self.box.addWidget(quiet(line.format(cost=costs, day=day_words(figures.day))))
        for _, odd in status.odd:
            self.box.addWidget(
                Label(self.tr("A clock was wrong somewhere: {words}.").format(words=words(odd)), tone=Tone.WARN)
            )
        self.box.addStretch(1)

    def _sentence(self, sheet: CaseFacts) -> str:
        status = sheet.status
        if sheet.stop is not None:
            # Who has to stop it is told so above; here only why.
            said = sheet.stop.said if sheet.next.verb is NextVerb.STOP else sheet.stop.sentence
            return sentence(said)
        if sheet.terms is None and sheet.state.phase is Phase.ACCEPTANCE:
            return self.tr(
                "Not yet. Both offices have signed; it must not run before its owner has accepted what they decided."
            )
        if sheet.terms is None:
            return self.tr("No approval is in force. It must not run before both offices have signed the same terms.")
        day = day_words(sheet.terms.expires)
        words = self.tr("Inside its boundaries, until {day}: %Ln days from now.", "", status.days_left or 0)
        return words.format(day=day)


def decision_cards(sheet: CaseFacts) -> list[QWidget]:
    """The decision on one page, below what was committed to: what it is, the terms in force, value beside risk, the offices."""
    rows = sheet.rows
    if not rows:
        return []
    limits = of_topic(rows, RowTopic.BOUNDARIES)
    found: list[QWidget] = []
    found.append(what_card(rows))
    if limits:
        found.append(rows_card(CasePartsTexts.tr("Terms in force"), limits))
    value, risk = (of_topic(rows, topic) for topic in (RowTopic.VALUE, RowTopic.RISK))
    pair = [rows_card(topic.heading, part) for topic, part in ((RowTopic.VALUE, value), (RowTopic.RISK, risk)) if part]
    found.append(Beside(pair))
    found += [
        rows_card(topic.heading, part) for topic in (RowTopic.OFFICES, RowTopic.OPEN) if (part := of_topic(rows, topic))
    ]
    return found


class SealedCard(Card):
    """The sealed records of a use case where none, or not each of them, is the record of the decision there is now."""

    def __init__(self, sheet: CaseFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Sealed records"))
        for item in sheet.sealed:
            line = FlowLayout(self)
            line.addWidget(digest(item.sha256, shown=24))
            sealed = self.tr("sealed by {name} on {day}").format(name=item.by, day=day_words(item.at))
            said = quiet(sealed)
            said.setWordWrap(False)
            line.addWidget(said)
            here = (self.tr("here"), Tone.GOOD) if item.here else (self.tr("not here yet"), Tone.WARN)
            line.addWidget(Chip(*here))
            self.box.addLayout(line)
            self.box.addWidget(Label(self._became(item)))
            if not item.here:
                ask = self.tr("Fetch its file from the exchange, or ask {name} for it.")
                self.box.addWidget(Label(ask.format(name=item.by)))

    def _became(self, item: SealedFile) -> str:
        if item.in_force:
            return self.tr("It is the record of the decision.")
        if item.rival:
            return self.tr("Another file was sealed apart from it, so neither is the record.")
        if not item.here:
            return self.tr("Whether it is a record is known when its file is here.")
        return self.tr("It is the record of a decision that is not in force now.")


class RevisionsCard(Card):
    """Every revision that counts, the newest first. ``comparing`` carries one that is to be compared with those before it."""

    comparing = Signal(str)

    def __init__(self, sheet: CaseFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Revisions"))
        for item in sorted(sheet.state.revisions, key=lambda one: one.number, reverse=True):
            line = QHBoxLayout()
            line.addWidget(strong(self.tr("Revision {number}").format(number=item.number)))
            day = day_words(sheet.state.event(item.id).act.at.date())
            who = sheet.names.get(item.author, item.author)
            line.addWidget(quiet(f"{day} · {who} · {short(item.id)}"), 1)
            if item.current:
                line.addWidget(Chip(self.tr("newest"), Tone.INFO))
            self.box.addLayout(line)
            if item.body.revises:
                name = self.tr("Compare revision {number} with the one before").format(number=item.number)
                link = LinkButton(item.id, self.tr("Compare with the one before"), name=name)
                link.followed.connect(self.comparing)
                self.box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch(1)


def oddities(sheet: CaseFacts, compare: QAction) -> list[NoticePanel]:
    """Alarms, forks, what is waited for: each as a notice in plain words. ``compare`` compares the revisions that compete."""
    found = []
    alarms = [note for note in sheet.notes if note.sort == "alarm"]
    if sheet.state.forks or alarms:
        who = ", ".join(
            sorted(
                {
                    sheet.names.get(sheet.state.event(name).act.person, "?")
                    for fork in sheet.state.forks
                    for name in fork.acts
                }
            )
        )
        text = CasePartsTexts.tr("Two acts by {who} claim the same place. A copied profile, a restored backup or a stolen key does that. "
                  "Neither counts in favour until the administrators have settled it.").format(who=who) if who else ""  # fmt: skip
        said = " ".join(dict.fromkeys([text, *(sentence(note.reason) for note in alarms)])).strip()
        found.append(NoticePanel(CasePartsTexts.tr("Alarm"), said, Tone.BAD))
    if len(sheet.state.heads) > 1:
        text = CasePartsTexts.tr(
            "They were filed apart from each other. The owner chooses between their answers and files again."
        )
        title = CasePartsTexts.tr("Two revisions claim to be the newest")
        found.append(NoticePanel(title, text, Tone.WARN, action=compare))
    missing = len(sheet.state.missing)
    if missing:
        title = CasePartsTexts.tr("%Ln things have not arrived yet", "", missing)
        found.append(
            NoticePanel(
                title,
                CasePartsTexts.tr("Acts or files that others name are not here. Fetch again from the exchange."),
                Tone.WARN,
            )
        )
    found += _unjudged(sheet)
    for _, reason in sheet.state.blocked:
        if reason == sheet.state.unfiled:
            continue  # the alarm says it already
        found.append(
            NoticePanel(
                CasePartsTexts.tr("New approvals are blocked"),
                sentence(reason),
                Tone.WARN,
            )
        )
    return found


def _unjudged(sheet: CaseFacts) -> list[NoticePanel]:
    """Approvals on terms that only a newer version can read."""
    state = sheet.state
    people = (event.act.person for event in state.events if event.judgement.force is Force.UNJUDGED)
    who = ", ".join(sheet.names.get(person, person) for person in dict.fromkeys(people))
    if not who:
        return []
    words = CasePartsTexts.tr(
        "{who} approved boundaries of a newer version of Countersign, which this one cannot read."
    ).format(who=who)
    over = any(pair.fate is Fate.UNJUDGED for pair in state.pairs)
    after = (
        CasePartsTexts.tr(
            "Both offices agreed on them, so what they had agreed on before is over. Update Countersign to see what holds."
        )
        if over
        else CasePartsTexts.tr("Here they permit nothing. Update Countersign to read them.")
    )
    return [NoticePanel(CasePartsTexts.tr("Terms of a newer version"), f"{words} {after}", Tone.WARN)]


def sheet_ring(sheet: CaseFacts) -> RingState:
    row = sheet.row
    over = sheet.status.expired and sheet.state.phase in BOTH_SIGNED
    return ring(row.cio, row.ciso, over=over) if row is not None else RingState()


class CasePartsTexts(Texts):
    pass
