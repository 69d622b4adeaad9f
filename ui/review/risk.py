"""What the playbook makes of the answers: what drives the tier, what might raise it, threats, controls and duties.

Every item says why; the answers behind it and the places cited are folded below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.assessment.assessment import Assessment, Called, Matched, MightBe, Owed
from intake.domain.guide.classifying import Classified, Contradicted
from intake.domain.guide.facts import Fact
from intake.domain.playbook.explained import Topic, key_of
from intake.domain.playbook.questions import Source
from intake.domain.playbook.whole import Playbook
from ui.explain.words import ExplainTarget
from ui.formatting import number_words
from ui.review.summary import not_assessed
from ui.review.work import Looked
from ui.theme import Tone, sizes
from ui.widgets.blocks import Facts, ScrolledSection
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Chip
from ui.words.cases import tier_tone


class Risk(ScrolledSection):
    """``explained`` carries a place and its argument: where everything known about an item is shown."""

    explained = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Tier, threats and controls"))

    def show_case(self, looked: Looked) -> None:
        made, playbook = looked.view.assessment, looked.view.playbook
        if made is None:
            self.fill((lambda: self.box.addWidget(not_assessed(looked.view)),))
            return
        self.fill(
            partial(part, made, playbook)
            for part in (
                self._drivers,
                self._doubts,
                self._contradictions,
                self._classifications,
                self._threats,
                self._controls,
                self._duties,
            )
        )

    def _drivers(self, made: Assessment, playbook: Playbook) -> None:
        path = made.path
        self._title(self.tr("What drives the tier"), path.label, tier_tone(made.tier))
        self.box.addWidget(Label(f"{path.sentence} {path.why}"))
        self.box.addWidget(
            quiet(
                " · ".join(
                    (
                        self.tr("Path: {lane}").format(lane=path.lane_label),
                        self.tr("%Ln working days to decide", "", path.days),
                        self.tr("an approval lasts %Ln days at most", "", path.valid_days),
                    )
                )
            )
        )
        self._list(
            [
                self._inside(
                    Fold(item.rule.sentence, playbook_tier(playbook, item.rule.tier), tier_tone(item.rule.tier)),
                    [
                        *self._lowered(item.rule.lowered_by),
                        *self._grounds(playbook, item.facts, item.rule.sources),
                        _explain(playbook, Topic.RULE, item.rule.id),
                    ],
                )
                for item in made.fired
            ],
            self.tr("No rule of the playbook raises the tier: it is the lowest."),
        )

    def _doubts(self, made: Assessment, playbook: Playbook) -> None:
        if made.might_be:
            self._title(self.tr("What might raise it"), self.tr("not known"), Tone.WARN)
            self._list([self._doubt(playbook, item) for item in made.might_be], "")

    def _contradictions(self, made: Assessment, playbook: Playbook) -> None:
        if made.contradictions:
            self._title(self.tr("Answers that do not fit together"), number_words(len(made.contradictions)), Tone.WARN)
            self._list([self._contradiction(playbook, item) for item in made.contradictions], "")

    def _classifications(self, made: Assessment, playbook: Playbook) -> None:
        if made.classified:
            self._title(self.tr("What it is called elsewhere"), number_words(len(made.classified)))
            self._list([self._classified(playbook, item) for item in made.classified], "")

    def _threats(self, made: Assessment, playbook: Playbook) -> None:
        self._title(self.tr("Threats that fit these answers"), number_words(len(made.threats)))
        self._list([self._threat(playbook, item) for item in made.threats], self.tr("None of the catalogue."))

    def _controls(self, made: Assessment, playbook: Playbook) -> None:
        self._title(self.tr("Controls that apply"), number_words(len(made.controls)))
        self._list([self._control(playbook, item) for item in made.controls], self.tr("None."))

    def _duties(self, made: Assessment, playbook: Playbook) -> None:
        self._title(self.tr("Duties of the organisation"), number_words(len(made.duties)))
        self._list([self._duty(playbook, item) for item in made.duties], self.tr("None."))

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

    def _lowered(self, words: str) -> list[Block]:
        return [Aside(self.tr("What would lower it")), words] if words else []

    def _contradiction(self, playbook: Playbook, item: Contradicted) -> Fold:
        found = item.contradiction
        grounds = self._grounds(playbook, item.facts, found.sources)
        link = _explain(playbook, Topic.CONTRADICTION, found.id)
        return self._inside(Fold(found.sentence), [found.why, *grounds, link])

    def _classified(self, playbook: Playbook, item: Classified) -> Fold:
        found = item.classification
        words, tone = self._certain(item.certain, item.level.label)
        sources = tuple(dict.fromkeys((*item.level.sources, *found.sources)))
        grounds = self._grounds(playbook, item.facts, sources)
        link = _explain(playbook, Topic.CLASSIFICATION, found.id)
        title = self.tr("{title}: {level}").format(title=found.title, level=item.level.label)
        fold = Fold(title, "" if item.certain else words, tone)
        return self._inside(fold, [item.level.sentence, found.why, *grounds, link])

    def _doubt(self, playbook: Playbook, item: MightBe) -> Fold:
        fold = Fold(item.rule.sentence, playbook_tier(playbook, item.rule.tier), tier_tone(item.rule.tier))
        unknown: list[Block] = [
            self.tr("Answered “I don’t know”: {question}").format(question=playbook.question(name).label)
            for name in item.unknown
        ]
        link = _explain(playbook, Topic.RULE, item.rule.id)
        return self._inside(fold, [*unknown, *self._grounds(playbook, (), item.rule.sources), link])

    def _threat(self, playbook: Playbook, item: Matched) -> Fold:
        fold = Fold(item.threat.title, *self._certain(item.certain, item.threat.area.label))
        grounds = self._grounds(playbook, item.facts, item.threat.sources)
        return self._inside(fold, [item.threat.why, *grounds, _explain(playbook, Topic.THREAT, item.threat.id)])

    def _control(self, playbook: Playbook, item: Called) -> Fold:
        fold = Fold(item.control.title, *self._certain(item.certain, item.control.stage.value))
        titles = {threat.id: threat.title for threat in playbook.threats}
        pairs = [(self.tr("Done by"), item.control.owner)]
        if item.threats:
            pairs.append((self.tr("Against"), "\n".join(titles.get(name, name) for name in item.threats)))
        if item.control.evidence:
            pairs.append((self.tr("Shown by"), "\n".join(item.control.evidence)))
        grounds = self._grounds(playbook, item.facts, item.control.sources)
        what = [item.control.text] if item.control.text else []
        link = _explain(playbook, Topic.CONTROL, item.control.id)
        return self._inside(fold, [*what, item.control.why, tuple(pairs), *grounds, link])

    def _duty(self, playbook: Playbook, item: Owed) -> Fold:
        fold = Fold(item.duty.text, *self._certain(item.certain, item.duty.due))
        pairs = [(self.tr("Owed by"), item.duty.who), (self.tr("When"), item.duty.due)]
        if item.duty.applies_from:
            pairs.append((self.tr("Applies from"), item.duty.applies_from))
        grounds = self._grounds(playbook, item.facts, item.duty.sources)
        link = _explain(playbook, Topic.DUTY, item.duty.id)
        return self._inside(fold, [item.duty.why, tuple(pairs), *grounds, link])

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


Block: TypeAlias = str | Aside | ExplainTarget | tuple[tuple[str, str], ...]
"""A paragraph, quiet words, a way to everything known about an item, or labels with values."""


def write_blocks(blocks: Sequence[Block], fold: Fold) -> None:
    """Fill an opened fold; most stay closed, so their widgets are never made."""
    for block in blocks:
        match block:
            case str():
                fold.box.addWidget(Label(block))
            case Aside(text):
                fold.box.addWidget(quiet(text))
            case ExplainTarget():
                fold.box.addWidget(_MoreLink(block, fold.head.text()))
            case _:
                fold.box.addWidget(Facts(block))


class _MoreLink(QPushButton):
    """Leads to the item among all reasons and sources. It finds its section when it is clicked."""

    def __init__(self, look: ExplainTarget, title: str) -> None:
        super().__init__()
        self._look = look
        self.setText(self.tr("More on this"))
        self.setProperty("role", "link")
        self.setAccessibleName(self.tr("Reasons and sources of: {title}").format(title=title))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, Risk):
            holder = holder.parentWidget()
        if holder is not None:
            holder.explained.emit("explain", self._look)


def _explain(playbook: Playbook, topic: Topic, name: str) -> ExplainTarget:
    return ExplainTarget(key_of(topic, name), playbook.digest)


def playbook_tier(playbook: Playbook, tier: str) -> str:
    """What this playbook calls a tier."""
    return next((path.label for path in playbook.paths if path.tier == tier), tier)
