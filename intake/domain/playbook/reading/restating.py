"""What an overlay may restate of the core playbook, and why not more.

The core states the law and what every organisation needs to know: a reader of a decision must be able, years later, to
rely on it that its questions were asked as they are written and that its rules fired when they should. So an overlay may
add whatever it likes and may make the core stricter, earlier or clearer; it can neither remove nor weaken anything. A question
keeps its words, its options and its conditions, because with any of these a rule that rests on it would fall silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from intake.domain.base.located import PlacedTable, RefusalCollector, place_in
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.playbook.judged import ControlStage, TierLane
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.reading.refusals import MayNotChange, WouldWeaken
from intake.domain.terms.terms import GRANTABLE
from intake.domain.terms.tier import Tier

_LEFT_OUT = Wording("OverlayLeavesOut", "“{key}” leaves out or changes “{entry}”")
_TIED_TO_THREATS = Wording("OverlayTiesToThreats", "“{key}” would tie it to threats")
_LATER = Wording("OverlayLater", "“{new}” is later than “{old}”")
_MILDER = Wording("OverlayMilder", "“{new}” is milder than “{old}”")
_LONGER = Wording("OverlayLonger", "“{key}” is longer than {old}")
_ONLY_TRUE = Wording("OverlayOnlyTrue", "“{key}” can only become true")

Weaker = Callable[[str, object, object], Reason | None]
"""From the key, the core's value and the overlay's: in what way the new one is weaker, or None."""

_STEPS = tuple(step.value for step in ControlStage)
_STAGES = tuple(stage.value for stage in GRANTABLE)
_LANES = tuple(lane.value for lane in TierLane)
_TIERS = tuple(tier.value for tier in Tier)


def _free(_key: str, _old: object, _new: object) -> None:
    return None


def _more(key: str, old: object, new: object) -> Reason | None:
    """Everything the core lists stays in the list, or in the table with its value."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        lost = [name for name, value in old.items() if new.get(name) != value]
    elif isinstance(old, Sequence) and isinstance(new, Sequence):
        lost = [entry for entry in old if entry not in new]
    else:
        lost = []
    return _LEFT_OUT(key=key, entry=str(lost[0])) if lost else None


def _more_threats(key: str, old: object, new: object) -> Reason | None:
    # A control without threats applies whenever its condition holds; with one it would apply only beside that threat.
    return _more(key, old, new) if old else _TIED_TO_THREATS(key=key)


def _earlier(words: tuple[str, ...]) -> Weaker:
    def weaker(_key: str, old: object, new: object) -> Reason | None:
        known = old in words and new in words
        later = known and _rank(words, new) > _rank(words, old)
        return _LATER(new=str(new), old=str(old)) if later else None

    return weaker


def _stricter(words: tuple[str, ...]) -> Weaker:
    def weaker(_key: str, old: object, new: object) -> Reason | None:
        known = old in words and new in words
        milder = known and _rank(words, new) < _rank(words, old)
        return _MILDER(new=str(new), old=str(old)) if milder else None

    return weaker


def _shorter(key: str, old: object, new: object) -> Reason | None:
    return _LONGER(key=key, old=old) if isinstance(old, int) and isinstance(new, int) and new > old else None


def _needed(key: str, _old: object, new: object) -> Reason | None:
    return _ONLY_TRUE(key=key) if new is False else None


def _rank(words: tuple[str, ...], word: object) -> int:
    return words.index(str(word))


RESTATED: Mapping[str, Mapping[str, Weaker]] = {
    "section": {"title": _free, "intro": _free},
    "page": {"title": _free, "intro": _free},
    "question": {"help": _free, "example": _free, "required": _needed, "needed": _earlier(_STAGES), "sources": _more},
    "route": {"minutes": _free, "have_ready": _more},
    "rule": {"tier": _stricter(_TIERS), "lowered_by": _free, "sources": _more},
    "path": {"days": _free, "valid_days": _shorter, "lane": _stricter(_LANES), "lane_label": _free},
    "threat": {"why": _free, "sources": _more},
    "control": {
        "stage": _earlier(_STEPS),
        "owner": _free,
        "text": _free,
        "evidence": _more,
        "mitigates": _more_threats,
        "proposes": _more,
        "sources": _more,
    },
    "duty": {"by": _earlier(_STEPS), "who": _free, "sources": _more},
    "contradiction": {"sources": _more},
    "classification": {"sources": _more},
    "chapter": {"text": _more, "sources": _more},
    "framework": {"refs": _more},
}
"""For each kind the keys that may be restated, and what must not happen to them."""

DEFAULTS: Mapping[str, object] = {"needed": _STAGES[0], "required": True, "mitigates": []}
"""What a key means to these rules where an item leaves it out."""


def restated(kind: str, core: Mapping[str, object], item: PlacedTable, found: RefusalCollector) -> PlacedTable:
    """The core's item with the keys that the overlay restates, at the overlay's place.

    Refuses MayNotChange or WouldWeaken. ``item`` holds the id and what is to change, nothing else.
    """
    name = "tier" if kind == "path" else "id"
    made = dict(core)
    for key, new in item.items():
        where = At(kind, str(item[name]), key)
        if key == name:
            continue
        if key not in RESTATED[kind]:
            found.add(MayNotChange(key=key, where=where, place=place_in(item, key)))
            continue
        old = core.get(key, DEFAULTS.get(key))
        if old is not None and (weaker := RESTATED[kind][key](key, old, new)):
            found.add(WouldWeaken(detail=weaker, where=where, place=place_in(item, key)))
        made[key] = new
    places = core.keys_at if isinstance(core, PlacedTable) else {}
    return PlacedTable(made, item.place, {**places, **item.keys_at})


def limits(condition: object, *, negated: bool = False) -> Iterator[tuple[str, bool]]:
    """The thresholds a condition names, each with whether a lower number makes the condition hold more often."""
    if isinstance(condition, Mapping):
        for operator, lower in (("at_least", True), ("at_most", False)):
            limit = condition.get(operator)
            if isinstance(limit, Mapping) and isinstance(limit.get("threshold"), str):
                yield limit["threshold"], lower != negated
        for key, entry in condition.items():
            yield from limits(entry, negated=negated != (key == "not"))
    elif isinstance(condition, list):
        for entry in condition:
            yield from limits(entry, negated=negated)
