"""Terms in a few lines: a boundary as one line, a condition as one, and where two positions part, as facts to say.

What a line says is all there is: no field is left out because it is at its tightest, and no list is cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.visible import LETTERS
from intake.domain.base.wording import Caption, enumerated, on_day, said
from intake.domain.terms.boundaries import Boundaries, Boundary
from intake.domain.terms.differences import (
    BEGINS,
    CONDITION,
    CONFIRMED,
    EXPIRES,
    NONE,
    NOT_THERE,
    STAGE,
    TABLE,
    WAIVER,
    differences,
)
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.waivers import Waiver

_FIELD_SAID = Caption("BoundaryFieldInLine", "{field}: {value}")
_FIELDS_SAID = Caption("BoundaryFieldsInLine", "{first} · {rest}")
_WORD = rf"[{LETTERS}.,;/+&%#@()'’“”\"!?–—_=*€$£-]+"
_PLAIN = re.compile(rf"(?:{_WORD}(?: {_WORD})*)?")
"""Words of letters that look like no dot or colon, with the signs of plain writing, one space apart. What else there is can be
drawn like the dot between two fields, like a line that ends or like a colon, or turns the line: it stands on a row of its own."""
_CONDITION_SAID = Caption("ConditionInShort", "{text} ({owner}, until {day})")
_CONDITION_SHOWN = Caption("ConditionWithEvidence", "{text} ({owner}, until {day}, shown by: {evidence})")
_IDEA = Caption("StageIdea", "idea")
_PILOT = Caption("StagePilot", "pilot")
_SCALED = Caption("StageScaled", "scaled")
_RETIRED = Caption("StageRetired", "retired")
_STAGES = {Stage.IDEA: _IDEA, Stage.PILOT: _PILOT, Stage.SCALED: _SCALED, Stage.RETIRED: _RETIRED}
_CHANGED = Caption("TermsPointChanged", "{now} instead of {before}")
_TIGHTER = Caption("TermsPointTighter", "{now} instead of {before}: tighter")
_WIDER = Caption("TermsPointWider", "{now} instead of {before}: allows more")
_WAIVER_SAID = Caption("WaiverInShort", "{what}, because: {reason}")
_WAIVED_PILOT = Caption("WaivedPilot", "no pilot before scaled use")
_WAIVED_EVIDENCE = Caption("WaivedEvidence", "no evidence for {question}")
_WAIVED_COMMITMENT = Caption("WaivedCommitment", "the commitment “{text}”")
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_WAIVED = Caption("WaiverAdded", "added: {waiver}")
_NOT_WAIVED = Caption("WaiverLeftOut", "left out: {waiver}")
_ADDED = Caption("ConditionAdded", "added: {condition}")
_LEFT_OUT = Caption("ConditionLeftOut", "left out: {condition}")


@dataclass(frozen=True, slots=True)
class TermsPoint:
    """One point in which terms part from earlier ones: its path as in ``TermsDifference``, what it is called, what became of it."""

    path: str
    label: Reason
    said: Reason


def stage_named(stage: Stage) -> Reason:
    """What a stage is called, in the middle of a sentence."""
    return _STAGES[stage]()


def fields_of(limits: Boundaries, boundary: Boundary) -> tuple[tuple[Fact, Fact], ...]:
    """All fields of one of the four boundaries, each as what it is called and its value."""
    return tuple((field.named, field.said(value)) for field, value in limits.items if field.boundary is boundary)


def fits_in_line(value: Fact) -> bool:
    """Whether a value can stand among others in one line: nothing in it can look like its end and another field."""
    return _PLAIN.fullmatch(said(value)) is not None


def in_line(pairs: Sequence[tuple[Fact, Fact]]) -> Fact:
    """Names with their values, one after the other: “Model: A · Version: B”. Empty text for none."""
    line: Fact = ""
    for name, value in reversed(pairs):
        item = _FIELD_SAID(field=name, value=value)
        line = _FIELDS_SAID(first=item, rest=line) if line else item
    return line


def apart(of: Fact, name: Fact) -> Reason:
    """What a field is called that stands on a row alone: “Model scope: Provider”."""
    return _FIELD_SAID(field=of, value=name)


def condition_line(item: Condition, names: Mapping[str, str]) -> Reason:
    """What is to be done, by whom, until when. ``names`` are people by id; who is not among them is named by the id."""
    owner, day = names.get(item.owner, item.owner), on_day(item.due)
    if not item.evidence:
        return _CONDITION_SAID(text=item.text, owner=owner, day=day)
    return _CONDITION_SHOWN(text=item.text, owner=owner, day=day, evidence=item.evidence)


def waiver_line(item: Waiver, names: Mapping[str, str] = _NO_NAMES) -> Reason:
    """What is waived, and why. ``names`` are questions and commitments by id; what is not among them is named by the id."""
    return _WAIVER_SAID(what=waived(item, names), reason=item.reason)


def waived(item: Waiver, names: Mapping[str, str] = _NO_NAMES) -> Reason:
    """What both do without."""
    if item.commitment:
        return _WAIVED_COMMITMENT(text=names.get(item.commitment, item.commitment[:16]))
    return _WAIVED_EVIDENCE(question=names.get(item.question, item.question)) if item.question else _WAIVED_PILOT()


def changes(before: Terms, now: Terms, names: Mapping[str, str]) -> tuple[TermsPoint, ...]:
    """Where ``now`` parts from ``before``, in the order of the screen; empty exactly when the digests are equal."""
    found: list[TermsPoint] = []
    conditions = iter(sorted(set(before.conditions) ^ set(now.conditions)))
    waivers = iter(sorted(set(before.waivers) ^ set(now.waivers)))
    for item in differences(before, now):
        if item.path == "conditions":
            condition = next(conditions)
            became = (_ADDED if condition in now.conditions else _LEFT_OUT)(condition=condition_line(condition, names))
            found.append(TermsPoint(item.path, CONDITION(), became))
        elif item.path == "waivers":
            waiver = next(waivers)
            became = (_WAIVED if waiver in now.waivers else _NOT_WAIVED)(waiver=waiver_line(waiver, names))
            found.append(TermsPoint(item.path, WAIVER(), became))
        else:
            label, old, new = _point(item.path, before, now, names)
            word = {"right": _TIGHTER, "left": _WIDER}.get(item.tighter, _CHANGED)
            found.append(TermsPoint(item.path, label, word(now=new, before=old)))
    return tuple(found)


def _point(path: str, before: Terms, now: Terms, names: Mapping[str, str]) -> tuple[Reason, Fact, Fact]:
    """What a point is called, and what each of the two says of it."""
    if path == "confirmed":
        old, new = (enumerated([names.get(item, item[:12]) for item in one.confirmed]) for one in (before, now))
        return CONFIRMED(), old or NONE(), new or NONE()
    if path == "stage":
        return STAGE(), stage_named(before.stage), stage_named(now.stage)
    if path == "fields":
        return TABLE(), before.boundaries.table.number, now.boundaries.table.number
    if path == "from":
        return BEGINS(), on_day(before.begins), on_day(now.begins)
    if path == "expires":
        return EXPIRES(), on_day(before.expires), on_day(now.expires)
    tables = (before.boundaries.table, now.boundaries.table)
    field = next(table.field(path) for table in sorted(tables, key=lambda one: -one.number) if path in table)
    return field.named, _said(before.boundaries, path), _said(now.boundaries, path)


def _said(limits: Boundaries, path: str) -> Fact:
    return limits.table.field(path).said(limits[path]) if path in limits.table else NOT_THERE()
