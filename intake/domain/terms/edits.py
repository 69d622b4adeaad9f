"""What somebody changes in terms before signing them: a value per field, whatever terms it is laid over.

The changes are kept and not the terms: when what they began from changes (the other office signs, a revision comes), each
change stays what it was, and everything that was not touched follows. Values are as they were given, so that what cannot be
signed yet is kept as well; ``over`` is where they are checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import FieldTable, Form, Value
from intake.domain.terms.terms import GRANTABLE, Condition, Stage, Terms, UnreadableTerms, day, read_condition, terms
from intake.domain.terms.waivers import Waiver, read_waiver

STAGE, BEGINS, EXPIRES, CONDITIONS, WAIVERS = "stage", "from", "expires", "conditions", "waivers"

ChangedValue: TypeAlias = Stage | date | Condition | Waiver | Value | None


@dataclass(frozen=True, slots=True)
class TermsChange:
    """One change. ``path`` is a boundary field, ``stage``, ``from``, ``expires``, ``conditions`` or ``waivers``.

    A condition or waiver that was put in has no ``before``, one that was taken out no ``after``.
    """

    path: str
    before: ChangedValue
    after: ChangedValue


@dataclass(frozen=True, slots=True)
class TermsEdits:
    """What was changed; empty when nothing was. ``limits`` are values by path; an empty day or stage is no change."""

    stage: Stage | None = None
    begins: date | None = None
    expires: date | None = None
    limits: Mapping[str, Value] = field(default_factory=dict)
    added: tuple[Condition, ...] = ()
    removed: tuple[Condition, ...] = ()
    waivers: tuple[Waiver, ...] | None = None
    """All that is waived, where that was changed."""

    @property
    def any(self) -> bool:
        """Whether anything was changed, also what says the same as the terms in question by now."""
        return self != TermsEdits()

    def changes(self, base: Terms, table: FieldTable) -> tuple[TermsChange, ...]:
        """What these make of ``base``, in the order of the screen; what says the same as ``base`` is left out.

        Terms are changed in the fields of ``table``, whatever table ``base`` is written by.
        """
        limits = base.boundaries.moved_to(table)
        found: list[TermsChange] = []
        if self.stage is not None and self.stage is not base.stage:
            found.append(TermsChange(STAGE, base.stage, self.stage))
        if self.begins is not None and self.begins != base.begins:
            found.append(TermsChange(BEGINS, base.begins, self.begins))
        if self.expires is not None and self.expires != base.expires:
            found.append(TermsChange(EXPIRES, base.expires, self.expires))
        found += _conditions(
            [item for item in self.removed if item in base.conditions],
            [item for item in self.added if item not in base.conditions],
        )
        found += self._waived(base)
        found += [
            TermsChange(item.path, value, self.limits[item.path])
            for item, value in limits.items
            if item.path in self.limits and self.limits[item.path] != value
        ]
        return tuple(found)

    def _waived(self, base: Terms) -> list[TermsChange]:
        if self.waivers is None:
            return []
        before, now = ({item.what: item for item in every} for every in (base.waivers, self.waivers))
        parts = sorted(what for what in before.keys() | now.keys() if before.get(what) != now.get(what))
        return [TermsChange(WAIVERS, before.get(what), now.get(what)) for what in parts]

    def over(self, base: Terms, table: FieldTable) -> Terms:
        """``base`` with these changes; ``base`` itself where they change nothing. Raises UnreadableBoundary, UnreadableTerms or
        UnreadableWaiver.
        """
        if not self.changes(base, table):
            return base
        known = {path: value for path, value in self.limits.items() if path in table}
        kept = [item for item in base.conditions if item not in self.removed]
        return terms(
            self.stage or base.stage,
            base.boundaries.moved_to(table).replaced(known),
            (*kept, *self.added),
            self.begins or base.begins,
            self.expires or base.expires,
            base.waivers if self.waivers is None else self.waivers,
            base.confirmed,
        )

    def with_stage(self, base: Terms, stage: Stage | None) -> TermsEdits:
        return replace(self, stage=None if stage is base.stage else stage)

    def with_begins(self, base: Terms, begins: date | None) -> TermsEdits:
        return replace(self, begins=None if begins == base.begins else begins)

    def with_expires(self, base: Terms, expires: date | None) -> TermsEdits:
        return replace(self, expires=None if expires == base.expires else expires)

    def with_conditions(self, base: Terms, conditions: Iterable[Condition]) -> TermsEdits:
        """With these conditions instead of those of ``base``."""
        now, before = frozenset(conditions), frozenset(base.conditions)
        return replace(self, added=tuple(sorted(now - before)), removed=tuple(sorted(before - now)))

    def with_waivers(self, base: Terms, waivers: Iterable[Waiver]) -> TermsEdits:
        """With these waivers instead of those of ``base``."""
        now = tuple(sorted(waivers))
        return replace(self, waivers=None if now == base.waivers else now)

    def with_limit(self, base: Terms, table: FieldTable, path: str, value: Value) -> TermsEdits:
        """With this value in a field of ``table``."""
        rest = {name: given for name, given in self.limits.items() if name != path}
        same = value == base.boundaries.moved_to(table)[path]
        return replace(self, limits=rest if same else {**rest, path: value})

    def without(self, change: TermsChange) -> TermsEdits:
        """These changes but for one."""
        if change.path == STAGE:
            return replace(self, stage=None)
        if change.path == BEGINS:
            return replace(self, begins=None)
        if change.path == EXPIRES:
            return replace(self, expires=None)
        if change.path == CONDITIONS:
            return replace(
                self,
                added=tuple(item for item in self.added if item != change.after),
                removed=tuple(item for item in self.removed if item != change.before),
            )
        if change.path == WAIVERS:
            kept = [item for item in self.waivers or () if item != change.after]
            before = [change.before] if isinstance(change.before, Waiver) else []
            return replace(self, waivers=tuple(sorted((*kept, *before))))
        return replace(self, limits={path: value for path, value in self.limits.items() if path != change.path})

    def as_json(self) -> dict[str, Json]:
        """A value per changed field; nothing for what was not changed."""
        found: dict[str, Json] = {
            path: sorted(value) if isinstance(value, frozenset) else value for path, value in self.limits.items()
        }
        if self.stage is not None:
            found[STAGE] = self.stage.value
        if self.begins is not None:
            found[BEGINS] = self.begins.isoformat()
        if self.expires is not None:
            found[EXPIRES] = self.expires.isoformat()
        if self.waivers is not None:
            found[WAIVERS] = [item.as_json() for item in self.waivers]
        if self.added or self.removed:
            found[CONDITIONS] = {
                "added": [item.as_json() for item in self.added],
                "removed": [item.as_json() for item in self.removed],
            }
        return found


def edits_between(base: Terms, wanted: Terms, table: FieldTable) -> TermsEdits:
    """The changes that make ``wanted`` of ``base``, in the fields of ``table``."""
    found = TermsEdits().with_stage(base, wanted.stage)
    found = found.with_begins(base, wanted.begins).with_expires(base, wanted.expires)
    found = found.with_conditions(base, wanted.conditions).with_waivers(base, wanted.waivers)
    for item, value in wanted.boundaries.moved_to(table).items:
        found = found.with_limit(base, table, item.path, value)
    return found


def edits_from_json(parts: Mapping[str, Json], table: FieldTable) -> TermsEdits:
    """Read what ``as_json`` wrote. What another version wrote, which cannot be read here, is no change here."""
    stage, conditions = parts.get(STAGE), parts.get(CONDITIONS)
    listed = conditions if isinstance(conditions, Mapping) else {}
    return TermsEdits(
        stage=next((item for item in GRANTABLE if item.value == stage), None),
        begins=_day(parts.get(BEGINS)),
        expires=_day(parts.get(EXPIRES)),
        limits={
            item.path: value
            for item in table
            if item.path in parts and (value := _value(item.form, parts[item.path])) is not None
        },
        added=_read_conditions(listed.get("added")),
        removed=_read_conditions(listed.get("removed")),
        waivers=_read_waivers(parts.get(WAIVERS)),
    )


def _conditions(out: list[Condition], into: list[Condition]) -> list[TermsChange]:
    """A condition that was written otherwise is one change: the same words, else the same person and day."""
    found = []
    for same in (_words_of, _duty_of):
        for before in list(out):
            after = next((item for item in into if same(item) == same(before)), None)
            if after is not None:
                out.remove(before)
                into.remove(after)
                found.append(TermsChange(CONDITIONS, before, after))
    found += [TermsChange(CONDITIONS, item, None) for item in out]
    return found + [TermsChange(CONDITIONS, None, item) for item in into]


def _words_of(item: Condition) -> object:
    return item.text


def _duty_of(item: Condition) -> object:
    return item.owner, item.due


def _day(value: Json) -> date | None:
    try:
        return day(value)
    except UnreadableTerms:
        return None


def _value(form: Form, value: Json) -> Value | None:
    if form is Form.SET:
        whole = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return frozenset(map(str, value)) if whole and isinstance(value, list) else None
    if form is Form.FLAG:
        return value if isinstance(value, bool) else None
    if form is Form.NUMBER and isinstance(value, int) and not isinstance(value, bool):
        return value
    # Also what was typed where a number belongs: it is shown again, and refused when it is to be signed.
    return value if isinstance(value, str) else None


def _read_waivers(value: Json | None) -> tuple[Waiver, ...] | None:
    try:
        return tuple(sorted(read_waiver(item) for item in value)) if isinstance(value, list) else None
    except Refusal:
        return None


def _read_conditions(value: Json | None) -> tuple[Condition, ...]:
    try:
        return tuple(sorted(read_condition(item) for item in value)) if isinstance(value, list) else ()
    except Refusal:
        return ()
