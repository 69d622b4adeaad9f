"""What a playbook adds to the core, changes or lacks, in sentences: what somebody reads who endorses that it is accepted."""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence, worded
from intake.domain.playbook.answers import Move
from intake.domain.playbook.differences import PlaybookDifference, PlaybookPart, playbook_differences
from intake.domain.playbook.whole import Playbook

_PARTS = worded(
    Caption,
    {
        PlaybookPart.QUESTION: ("PlaybookPartQuestion", "question"),
        PlaybookPart.ROUTE: ("PlaybookPartRoute", "screening result"),
        PlaybookPart.RULE: ("PlaybookPartRule", "tier rule"),
        PlaybookPart.PATH: ("PlaybookPartPath", "path of a tier"),
        PlaybookPart.CLASSIFICATION: ("PlaybookPartClassification", "classification"),
        PlaybookPart.THREAT: ("PlaybookPartThreat", "threat"),
        PlaybookPart.CONTROL: ("PlaybookPartControl", "control"),
        PlaybookPart.DUTY: ("PlaybookPartDuty", "duty"),
        PlaybookPart.CONTRADICTION: ("PlaybookPartContradiction", "contradiction"),
        PlaybookPart.CHAPTER: ("PlaybookPartChapter", "chapter"),
    },
)
_MOVES = worded(
    Sentence,
    {
        Move.ADDED: ("PlaybookSaysAdded", "It adds the {part} “{title}”."),
        Move.CHANGED: ("PlaybookSaysChanged", "It changes the {part} “{title}”."),
        Move.REMOVED: ("PlaybookSaysRemoved", "It lacks the {part} “{title}”."),
    },
)
_ADDS_RULE = Sentence("PlaybookSaysRuleAdded", "It adds the tier rule “{title}”, which makes the tier {tier}.")
_RAISES = Sentence("PlaybookSaysRaised", "It raises the tier of the rule “{title}” from {old} to {new}.")
_LOWERS = Sentence("PlaybookSaysLowered", "It lowers the tier of the rule “{title}” from {old} to {new}.")


def playbook_lines(core: Playbook, made: Playbook) -> tuple[Reason, ...]:
    """Everything that ``made`` has and ``core`` has not, and the other way round, one sentence each."""
    return tuple(line for item in playbook_differences(core, made) for line in _said(item, core, made))


def _said(item: PlaybookDifference, core: Playbook, made: Playbook) -> Iterator[Reason]:
    old, new = (
        next((rule.tier for rule in one.rules if item.part is PlaybookPart.RULE and rule.id == item.id), None)
        for one in (core, made)
    )
    if new and not old:
        yield _ADDS_RULE(title=item.title, tier=new.value)
    elif old and new and old is not new:
        say = _RAISES if new.rank > old.rank else _LOWERS
        yield say(title=item.title, old=old.value, new=new.value)
    else:
        yield _MOVES[item.move](part=_PARTS[item.part](), title=item.title)
