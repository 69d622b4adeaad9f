"""A revision judged as asked and as granted, as rows: where the two part, and why the terms change the judgement.

The editor of the terms shows them while an office edits, the signing sheet before it signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.granted import Granted
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Caption, enumerated
from intake.domain.case.one_page import DecisionRow, RowTopic
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.terms import Terms

_TIER = Caption("GrantedTier", "Tier")
_SAME = Caption("GrantedTierSame", "{tier}, as asked and as granted")
_OTHER = Caption("GrantedTierOther", "{granted} as granted, {asked} as asked")
_FIELD = Caption("GrantedField", "{granted} granted, {asked} asked")
_LASTS = Caption("GrantedLasts", "Longest")
_DAYS = Caption("GrantedDays", "{days} days from the first, as “{tier}”")
_FIRES = Caption("GrantedFires", "A rule that the terms bring in")
_GONE = Caption("GrantedGone", "A rule that the terms take out")
_DOUBT = Caption("GrantedDoubt", "Not ruled out on these terms")
_CONTROLS = Caption("GrantedControls", "Controls that come with them")
_FEWER = Caption("GrantedFewer", "Controls no longer called for")
_OPENED = Caption("GrantedOpened", "Nobody was asked")


def judged_rows(playbook: Playbook, granted: Granted) -> tuple[DecisionRow, ...]:
    """Tier and longest validity, and what follows from what is granted otherwise."""
    asked, made = granted.asked, granted.on_terms
    rows = [_row("tier", _TIER(), _tiers(asked, made)), _row("longest", _LASTS(), _longest(made))]
    if made.granted:
        rows += _consequences(playbook, asked, made)
    return tuple(rows)


def field_rows(granted: Granted, given: Terms) -> tuple[DecisionRow, ...]:
    """Every field that is granted otherwise than it was asked for."""
    return tuple(_fields(granted, given))


def _tiers(asked: Assessment, made: Assessment) -> Reason:
    if asked.tier is made.tier:
        return _SAME(tier=made.path.label)
    return _OTHER(granted=made.path.label, asked=asked.path.label)


def _longest(made: Assessment) -> Reason:
    return _DAYS(days=made.path.valid_days, tier=made.path.label)


def _fields(granted: Granted, given: Terms) -> Iterator[DecisionRow]:
    for item in PLAYBOOK_TABLE:
        if item.path in granted.by_path:
            now, before = (item.said(limits[item.path]) for limits in (given.boundaries, granted.wanted))
            yield _row(item.path, item.named, _FIELD(granted=now, asked=before))


def _consequences(playbook: Playbook, asked: Assessment, made: Assessment) -> Iterator[DecisionRow]:
    fired, before = ({item.rule.id for item in one.fired} for one in (made, asked))
    for item in made.fired:
        if item.rule.id not in before:
            yield _row("fires", _FIRES(), item.rule.sentence)
    for item in asked.fired:
        if item.rule.id not in fired:
            yield _row("gone", _GONE(), item.rule.sentence)
    doubted = {item.rule.id for item in asked.might_be}
    for doubt in made.might_be:
        if doubt.rule.id not in doubted:
            yield _row("doubt", _DOUBT(), doubt.rule.sentence)
    yield from _listed("controls", _CONTROLS(), _titles(made, asked))
    yield from _listed("fewer", _FEWER(), _titles(asked, made))
    # Where the terms name an entry that the playbook has no option for, the question is open, and was asked all the same.
    known = {*asked.open_points, *made.granted}
    opened = (name for name in made.open_points if name not in known)
    yield from _listed("opened", _OPENED(), (playbook.question(name).label for name in opened))


def _titles(one: Assessment, other: Assessment) -> Iterator[str]:
    """The controls that only ``one`` calls for."""
    known = {item.control.id for item in other.controls}
    return (item.control.title for item in one.controls if item.control.id not in known)


def _listed(key: str, label: Reason, items: Iterable[str]) -> Iterator[DecisionRow]:
    found: list[Fact] = list(items)
    if found:
        yield _row(key, label, enumerated(found))


def _row(key: str, label: Fact, value: Fact) -> DecisionRow:
    return DecisionRow(RowTopic.GRANTED, key, label, value)
