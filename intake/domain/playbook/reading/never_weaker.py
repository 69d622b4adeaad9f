"""Whether a playbook that has arrived asks and demands at least what the core does: the rule of overlays, asked of what they become.

``overlay`` refuses a folder that would weaken the core. What travels and is accepted is the playbook that came out, and who wrote
it may never have laid it over anything. So the same rule (``restating``) is asked of the finished playbook: everything of the
core is there, in its place, and differs only in what may be restated and only to the strict side. A threshold is recognised
wherever the core names it, has one value throughout, and moves as an overlay may move it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.located import PlacedTable, RefusalCollector
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.playbook.reading.content import read
from intake.domain.playbook.reading.document import joined, parsed, spelt_out
from intake.domain.playbook.reading.overlay import LESS_OFTEN, guarded_limits
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.reading.restating import DEFAULTS, RESTATED
from intake.domain.playbook.whole import Playbook

_LACKS = Wording("PlaybookLacks", "it lacks the {part}")
_MOVES = Wording("PlaybookMoves", "it puts the {part} in another place")
_CHANGES = Wording("PlaybookChanges", "it changes “{key}” of the {part}")
_WEAKENS = Wording("PlaybookWeakens", "of the {part}, {detail}")
_GONE = Wording("PlaybookLeavesOutKey", "“{key}” is left out")
_ROLE = Wording("PlaybookRoleChanged", "another question than the core’s gives the {role}")
_UNEVEN = Wording("PlaybookThresholdUneven", "“{name}” is not the same number everywhere")

_LISTS = {
    "sections": "section",
    "routes": "route",
    "rules": "rule",
    "paths": "path",
    "threats": "threat",
    "controls": "control",
    "duties": "duty",
    "frameworks": "framework",
    "contradictions": "contradiction",
    "classifications": "classification",
    "chapters": "chapter",
}
_INSIDE = {"section": ("pages", "page"), "page": ("questions", "question")}
_LEFT_OUT: Mapping[str, Json] = {
    **dict.fromkeys(("help", "example", "lowered_by", "text", "intro"), ""),
    **{name: list[Json]() for name in ("have_ready", "sources")},
    **{name: dict[str, Json]() for name in ("proposes", "refs")},
    "minutes": 0,
}
"""What a key means that is left out, beside ``DEFAULTS``: content as JSON leaves out what is at its default."""


class CoreDemands:
    """What one core asks and demands, made of its files: only in them a threshold still has its name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        core = joined(parsed(files, RefusalCollector(), located=False), RefusalCollector())
        thresholds = core["thresholds"]
        assert isinstance(thresholds, Mapping)  # as ``joined`` leaves it
        self._limits = {str(name): int(number) for name, number in thresholds.items()}
        # A number no content has stands for each name, and is found again wherever the name was used.
        marks = {name: MAX_INTEGER - place for place, name in enumerate(self._limits)}
        self._names = {mark: name for name, mark in marks.items()}
        marked = PlacedTable({**core, "thresholds": marks}, core.place, core.keys_at)
        self._core = read(spelt_out(marked, RefusalCollector()), RefusalCollector()).as_json()
        self._guarded = tuple(guarded_limits(core))

    def weaknesses(self, playbook: Playbook) -> tuple[Reason, ...]:
        """Everything in which a playbook is weaker than this core; nothing for the core itself and for what overlays make of it."""
        comparing = _Comparing(self._names)
        found = tuple(comparing.wholes(self._core, playbook.as_json()))
        return (
            *found,
            *(weaker for name in sorted(comparing.moved) for weaker in self._moved(name, comparing.moved[name])),
        )

    def _moved(self, name: str, numbers: set[int]) -> Iterator[Reason]:
        if len(numbers) > 1:
            yield _UNEVEN(name=name)
        old = self._limits[name]
        for new in sorted(numbers):
            if any(new > old if lower else new < old for limit, lower in self._guarded if limit == name):
                yield LESS_OFTEN(new=new, name=name, old=old)


class _Comparing:
    """One comparison; ``moved`` gathers the numbers that stand where the core names a threshold."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._names = names
        self.moved: dict[str, set[int]] = {}

    def wholes(self, core: Mapping[str, Json], made: Mapping[str, Json]) -> Iterator[Reason]:
        roles = _table(made.get("roles"))
        yield from (_ROLE(role=role) for role, name in _table(core["roles"]).items() if roles.get(role) != name)
        yield from self._items("section", [core["screening"]], [made["screening"]])
        for key, kind in _LISTS.items():
            yield from self._items(kind, core.get(key), made.get(key))

    def _items(self, kind: str, core: Json, made: Json, of: At | None = None) -> Iterator[Reason]:
        name = "tier" if kind == "path" else "id"
        before = {str(item[name]): item for item in _tables(core)}
        after = {str(item[name]): item for item in _tables(made)}
        lost = [one for one in before if one not in after]
        yield from (_LACKS(part=At(kind, one, of=of).named) for one in lost)
        if not lost and (misplaced := _misplaced(kind, [*before], [*after])):
            yield _MOVES(part=At(kind, misplaced, of=of).named)
        for one, item in before.items():
            if one in after:
                yield from self._item(kind, At(kind, one, of=of), item, after[one])

    def _item(self, kind: str, at: At, core: Mapping[str, Json], made: Mapping[str, Json]) -> Iterator[Reason]:
        inside, inner = _INSIDE.get(kind, ("", ""))
        for key in dict.fromkeys((*core, *made)):
            if key == inside:
                yield from self._items(inner, core.get(key), made.get(key), at)
            elif not self._same(core.get(key), made.get(key)):
                if key not in RESTATED[kind]:
                    yield _CHANGES(key=key, part=at.named)
                elif weaker := _weaker(kind, key, core, made):
                    yield _WEAKENS(part=at.named, detail=weaker)

    def _same(self, old: Json, new: Json) -> bool:
        """Whether these say the same, whatever number a threshold has."""
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            # Not ``all``: every threshold inside is to be seen.
            return old.keys() == new.keys() and not [key for key in old if not self._same(old[key], new[key])]
        if isinstance(old, list) and isinstance(new, list):
            return len(old) == len(new) and not [one for one in zip(old, new, strict=True) if not self._same(*one)]
        if type(old) is int and type(new) is int and old in self._names:
            self.moved.setdefault(self._names[old], set()).add(new)
            return True
        return type(old) is type(new) and old == new


def _weaker(kind: str, key: str, core: Mapping[str, Json], made: Mapping[str, Json]) -> Reason | None:
    default = DEFAULTS.get(key, _LEFT_OUT.get(key))
    old, new = core.get(key, default), made.get(key, default)
    if old is None:
        return None
    return _GONE(key=key) if new is None else RESTATED[kind][key](key, old, new)


def _misplaced(kind: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The first item of the core that is not where an overlay leaves it: in its order, before what is new.

    Of routes and levels the first that holds is taken. New routes come before the last one, which always holds.
    """
    if kind == "framework":
        return ""  # sorted by their ids
    if kind == "route":
        if after[-1] != before[-1]:
            return before[-1]
        before, after = before[:-1], after[:-1]
    return next((old for old, new in zip(before, after, strict=False) if old != new), "")


def _table(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _tables(value: Json) -> list[Mapping[str, Json]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
