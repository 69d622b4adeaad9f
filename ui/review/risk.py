"""What the playbook makes of the answers: what drives the tier, what might raise it, threats, controls and duties.

Every item says why; the answers behind it and the places cited are folded below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.assessment import Called, Matched, MightBe, Owed
from intake.domain.facts import Fact
from intake.domain.playbook_content import Source
from intake.domain.playbook_whole import Playbook
from ui.review.parts import Facts, Sheet
from ui.review.words import tier_tone
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Chip


class Risk(Sheet):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Tier, threats and controls"))

    def show_case(self, looked: Looked) -> None:
        self.clear()
        made, playbook = looked.view.assessment, looked.view.playbook
        path = made.path
        self._title(self.tr("What drives the tier"), path.label, tier_tone(made.tier))
        self.box.addWidget(Label(f"{path.sentence} {path.why}"))
        self.box.addWidget(
            quiet(
                self.tr("Path: {lane} · {days} days to decide · an approval lasts {valid} days at most").format(
                    lane=path.lane_label, days=path.days, valid=path.valid_days
                )
            )
        )
        self._list(
            [
                self._driver(playbook, item.rule.sentence, item.rule.tier, item.facts, item.rule.sources)
                for item in made.fired
            ],
            self.tr("No rule of the playbook raises the tier: it is the lowest."),
        )
        if made.might_be:
            self._title(self.tr("What might raise it"), self.tr("not known"), Tone.WARN)
            self._list([self._doubt(playbook, item) for item in made.might_be], "")
        self._title(self.tr("Threats that fit these answers"), str(len(made.threats)))
        self._list([self._threat(playbook, item) for item in made.threats], self.tr("None of the catalogue."))
        self._title(self.tr("Controls that apply"), str(len(made.controls)))
        self._list([self._control(playbook, item) for item in made.controls], self.tr("None."))
        self._title(self.tr("Duties of the organisation"), str(len(made.duties)))
        self._list([self._duty(playbook, item) for item in made.duties], self.tr("None."))
        self.done()

    def _title(self, text: str, chip: str, tone: Tone = Tone.NEUTRAL) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, sizes(self).s, 0, 0)
        line.addWidget(heading(text, 2), 1)
        line.addWidget(Chip(chip, tone))
        self.box.addLayout(line)

    def _list(self, folds: Sequence[Fold], nothing: str) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for fold in folds:
            lines.addWidget(fold)
        if not folds and nothing:
            lines.addWidget(quiet(nothing))
        self.box.addLayout(lines)

    def _driver(
        self, playbook: Playbook, sentence: str, tier: str, facts: Sequence[Fact], sources: Sequence[Source]
    ) -> Fold:
        fold = Fold(sentence, playbook_tier(playbook, tier), tier_tone(tier))
        return self._inside(fold, self._grounds(playbook, facts, sources))

    def _doubt(self, playbook: Playbook, item: MightBe) -> Fold:
        fold = Fold(item.rule.sentence, playbook_tier(playbook, item.rule.tier), tier_tone(item.rule.tier))
        unknown: list[Block] = [
            self.tr("Answered “I don’t know”: {question}").format(question=playbook.question(name).label)
            for name in item.unknown
        ]
        return self._inside(fold, unknown + self._grounds(playbook, (), item.rule.sources))

    def _threat(self, playbook: Playbook, item: Matched) -> Fold:
        fold = Fold(item.threat.title, *self._certain(item.certain, item.threat.area.label))
        return self._inside(fold, [item.threat.why, *self._grounds(playbook, item.facts, item.threat.sources)])

    def _control(self, playbook: Playbook, item: Called) -> Fold:
        fold = Fold(item.control.title, *self._certain(item.certain, item.control.stage.value))
        titles = {threat.id: threat.title for threat in playbook.threats}
        pairs = [(self.tr("Done by"), item.control.owner)]
        if item.threats:
            pairs.append((self.tr("Against"), "\n".join(titles.get(name, name) for name in item.threats)))
        if item.control.evidence:
            pairs.append((self.tr("Shown by"), "\n".join(item.control.evidence)))
        grounds = self._grounds(playbook, item.facts, item.control.sources)
        return self._inside(fold, [item.control.why, tuple(pairs), *grounds])

    def _duty(self, playbook: Playbook, item: Owed) -> Fold:
        fold = Fold(item.duty.text, *self._certain(item.certain, item.duty.due))
        pairs = [(self.tr("Owed by"), item.duty.who), (self.tr("When"), item.duty.due)]
        if item.duty.applies_from:
            pairs.append((self.tr("Applies from"), item.duty.applies_from))
        grounds = self._grounds(playbook, item.facts, item.duty.sources)
        return self._inside(fold, [item.duty.why, tuple(pairs), *grounds])

    def _certain(self, certain: bool, text: str) -> tuple[str, Tone]:
        return (text, Tone.NEUTRAL) if certain else (self.tr("may apply"), Tone.WARN)

    def _grounds(self, playbook: Playbook, facts: Sequence[Fact], sources: Sequence[Source]) -> list[Block]:
        found: list[Block] = []
        if facts:
            pairs = tuple((playbook.question(item.question).label, item.said) for item in facts)
            found += [Aside(self.tr("Because of these answers")), pairs]
        if sources:
            cited = "\n".join(playbook.cited(source) for source in sources)
            found += [Aside(self.tr("Source")), Aside(cited)]
        return found

    @staticmethod
    def _inside(fold: Fold, blocks: Sequence[Block]) -> Fold:
        fold.fill_when_opened(partial(write_blocks, tuple(blocks)))
        return fold


@dataclass(frozen=True, slots=True)
class Aside:
    """Quiet words inside a fold."""

    text: str


Block: TypeAlias = str | Aside | tuple[tuple[str, str], ...]
"""A paragraph, quiet words, or labels with values."""


def write_blocks(blocks: Sequence[Block], fold: Fold) -> None:
    """Fill an opened fold; most stay closed, so their widgets are never made."""
    for block in blocks:
        match block:
            case str():
                fold.box.addWidget(Label(block))
            case Aside(text):
                fold.box.addWidget(quiet(text))
            case _:
                fold.box.addWidget(Facts(block))


def playbook_tier(playbook: Playbook, tier: str) -> str:
    """What this playbook calls a tier."""
    return next((path.label for path in playbook.paths if path.tier == tier), tier)
