"""Names in a playbook's files: what ``{ named = "…" }`` and ``{ threshold = "…" }`` mean, spelt out wherever they are used.

What travels and is signed holds no abbreviations. Each named condition is spelt out once and its size known before it is
used, for a few lines that use each other could otherwise expand to more than any machine can hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.base.located import RefusalCollector, like, place_in
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, in_figures
from intake.domain.playbook.reading.refusals import UnreadablePlaybook

MAX_PARTS = 500
"""Questions and joints of one named condition: more than anybody could check by reading."""

MAX_IN_ALL = 100_000
"""Parts that all uses of names expand to together; the core has a fiftieth of it."""
_NO_CONDITION = Wording("PlaybookNoSuchCondition", "there is no condition named “{name}”")
_ALL_TOO_LARGE = Wording(
    "PlaybookConditionsTooLarge", "all named conditions together expand to more than {limit} parts"
)
_TOO_LARGE = Wording("PlaybookConditionTooLarge", "“{name}” expands to more than {limit} parts")
_NO_THRESHOLD = Wording("PlaybookNoSuchThreshold", "there is no threshold named “{name}”")


class Conditions:
    """The named conditions of a playbook; ``spelt_out`` replaces their names. What is wrong is added to ``found``."""

    def __init__(self, named: object, found: RefusalCollector) -> None:
        self._named = named if isinstance(named, Mapping) else {}
        self._found = found
        self._made: dict[str, object] = {}
        self._parts: dict[str, int] = {}
        self._open: set[str] = set()
        self._in_all = 0

    def spelt_out(self, value: object) -> object:
        if isinstance(value, list):
            return [self.spelt_out(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        if set(value) != {"named"}:
            return like(value, {key: self.spelt_out(item) for key, item in value.items()})
        name = value["named"]
        # A condition may use others, but never itself.
        if not isinstance(name, str) or name not in self._named or name in self._open:
            self._refuse(_NO_CONDITION(name=str(name)), value)
            return value
        if name not in self._made:
            self._open.add(name)
            self._made[name] = self._spell(name)
            self._open.remove(name)
        self._in_all += self._parts[name]
        if self._in_all > MAX_IN_ALL:
            self._refuse(_ALL_TOO_LARGE(limit=in_figures(MAX_IN_ALL)), value)
            return value
        return self._made[name]

    def _spell(self, name: str) -> object:
        spelt = self.spelt_out(self._named[name])
        self._parts[name] = self._count(self._named[name])
        if self._parts[name] <= MAX_PARTS:
            return spelt
        self._refuse(_TOO_LARGE(name=name, limit=MAX_PARTS), self._named[name])
        return like(self._named[name], {"named": name}) if isinstance(self._named[name], Mapping) else {}

    def _count(self, value: object) -> int:
        """The parts of a condition, of those it names too; an unknown name counts as one."""
        if isinstance(value, list):
            return sum(self._count(item) for item in value)
        if not isinstance(value, Mapping):
            return 0
        if set(value) == {"named"}:
            return self._parts.get(str(value["named"]), 1)
        return 1 + sum(self._count(item) for item in value.values())

    def _refuse(self, detail: Reason, value: object) -> None:
        self._found.add(
            UnreadablePlaybook(detail=detail, where="conditions", place=place_in(value, "named") or place_in(value))
        )


def with_numbers(value: object, thresholds: object, found: RefusalCollector) -> object:
    """Replace ``{ threshold = "…" }`` by the number of that name, so that a house can move a limit in one place."""
    if isinstance(value, list):
        return [with_numbers(item, thresholds, found) for item in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) != {"threshold"}:
        return like(value, {key: with_numbers(item, thresholds, found) for key, item in value.items()})
    name = value["threshold"]
    if not isinstance(thresholds, Mapping) or not isinstance(name, str) or name not in thresholds:
        detail = _NO_THRESHOLD(name=str(name))
        found.add(UnreadablePlaybook(detail=detail, where="thresholds", place=place_in(value, "threshold")))
        return value
    return thresholds[name]
