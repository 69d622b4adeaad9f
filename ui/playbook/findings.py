"""What a check found: each slip with its file and line, or what a playbook would change, in groups that open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.playbook.differences import counted
from ui.playbook.words import move_words, part_words
from ui.theme import Tone, sizes
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Card

if TYPE_CHECKING:
    from intake.domain.base.located import PlacedRefusal
    from intake.domain.playbook.differences import PlaybookDifference

FEW = 5
"""Items of a group that are shown without asking."""


class ProblemsCard(Card):
    """The slips in the order of the files; of very many only the first, for one fixed slip often fixes others."""

    SHOWN = 30

    def __init__(self, problems: Sequence[PlacedRefusal]) -> None:
        super().__init__()
        for problem in problems[: self.SHOWN]:
            self.box.addWidget(_problem(problem))
        if len(problems) > self.SHOWN:
            more = len(problems) - self.SHOWN
            self.box.addWidget(quiet(self.tr("%Ln more are shown when these are fixed.", "", more)))


class DifferencesCard(Card):
    """What would be asked or judged in another way, what is added first."""

    def __init__(self, differences: Sequence[PlaybookDifference]) -> None:
        super().__init__()
        self.box.addWidget(heading(self.tr("What changes"), 2))
        for (move, part), count in counted(differences).items():
            titles = tuple(item.title for item in differences if (item.move, item.part) == (move, part))
            title = self.tr("{what}: {count}").format(what=move_words(move), count=part_words(part, count))
            fold = Fold(title, is_open=count <= FEW)
            fold.fill_when_opened(partial(_list, titles))
            self.box.addWidget(fold)
        if not differences:
            self.box.addWidget(Label(self.tr("Nothing: it asks and judges exactly as the playbook in use.")))


class UnreachedCard(Card):
    """Items no answers lead to: not wrong, and worth a look."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.box.addWidget(heading(self.tr("Worth a look"), 2))
        self.box.addWidget(Label(self.tr("No answers lead to these. Perhaps a condition asks for too much at once.")))
        for name in names:
            self.box.addWidget(Label(name, tone=Tone.WARN))


def _problem(problem: PlacedRefusal) -> QWidget:
    found = QWidget()
    box = QVBoxLayout(found)
    box.setContentsMargins(0, 0, 0, sizes(found).s)
    box.setSpacing(sizes(found).xs)
    if problem.place is not None:
        box.addWidget(strong(str(problem.place)))
    box.addWidget(Label(problem.said))
    box.addWidget(quiet(" ".join(part for part in (problem.reason, problem.next_step) if part)))
    return found


def _list(titles: Sequence[str], fold: Fold) -> None:
    for title in titles:
        fold.box.addWidget(Label(title))
