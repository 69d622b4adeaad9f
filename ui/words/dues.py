"""The words for what is due in a use case, until when and of whom, the same in every list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from intake.domain.case.due import Due, DueWhat
from ui.formatting import day_words
from ui.texts import Texts
from ui.theme import Tone
from ui.words.cases import stage_words, turn_words
from ui.words.clocks import left_words


@dataclass(frozen=True, slots=True)
class DueWords:
    """What is due, of whom, and how much time is left, with how pressing that is. ``day`` is the very day, for a tooltip."""

    what: str
    who: str
    left: str
    tone: Tone
    day: str


def due_words(due: Due, today: date, names: Mapping[str, str], mine: Iterable[str] = ()) -> DueWords:
    """``names`` are of people by their ids, ``mine`` the parties that the reader is."""
    left, tone = left_words((due.day - today).days)
    if due.what in {DueWhat.CONDITION, DueWhat.EXPIRY, DueWhat.FIGURES, DueWhat.LIMIT}:
        who = names.get(due.of[0], due.of[0])
    else:
        who = turn_words(due.of, mine)
    ended = due.what is DueWhat.EXPIRY and due.day < today
    what = DueTexts.tr("Ended; may not run") if ended else what_words(due)
    return DueWords(what, who, left, tone, day_words(due.day))


def what_words(due: Due) -> str:
    """What has to be done."""
    if due.what is DueWhat.CONDITION:
        return DueTexts.tr("To be met: {text}").format(text=due.text) if due.text else DueTexts.tr("A commitment")
    return {
        DueWhat.OPINION: DueTexts.tr("Decision"),
        DueWhat.ANSWER: DueTexts.tr("File again"),
        DueWhat.ACCEPTANCE: DueTexts.tr("Acceptance"),
        DueWhat.SIGNATURE: DueTexts.tr("Signature on the record"),
        DueWhat.FIGURES: DueTexts.tr("Report users and cost"),
        DueWhat.LIMIT: DueTexts.tr("Past its limits"),
        DueWhat.EXPIRY: DueTexts.tr("Approval ends"),
    }[due.what]


def stage_in_words(asked: str, granted: str, *, in_force: bool) -> str:
    """Which stage a case asks for, and which it has where that is another one; in a few words for a list."""
    if not in_force:
        return DueTexts.tr("Asks: {stage}").format(stage=stage_words(asked))
    if asked == granted:
        return stage_words(granted)
    return DueTexts.tr("{granted}, asks: {asked}").format(granted=stage_words(granted), asked=stage_words(asked))


class DueTexts(Texts):
    pass
