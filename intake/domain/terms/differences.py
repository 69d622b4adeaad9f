"""Where two positions differ, field by field, and which of the two is tighter.

Positions may be written by different field tables. A field that only one of them has is a difference and no more: that
the other side, which says nothing about it, allows more or less would be guessing.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.money import more_money
from intake.domain.base.wording import Caption, words
from intake.domain.terms.boundaries import Boundaries, BoundaryField, Form
from intake.domain.terms.stages import larger
from intake.domain.terms.terms import Terms, shown

NOT_THERE = Caption("FieldNotThere", "not in this table")
"""What is shown of a field that the table of a position does not have."""
STAGE = Caption("DifferenceStage", "Stage granted")
TABLE = Caption("DifferenceTable", "Table of boundaries")
CONDITION = Caption("DifferenceCondition", "Condition")
NONE = Caption("DifferenceNone", "none")
CONFIRMED = Caption("DifferenceConfirmed", "Confirmed before")
WAIVER = Caption("DifferenceWaiver", "Waived")
BEGINS = Caption("DifferenceBegins", "Holds from")
EXPIRES = Caption("DifferenceExpires", "Expires")
"""What the points that are no field of a boundary are called."""


@dataclass(frozen=True, slots=True)
class TermsDifference:
    """One point where two positions part. ``tighter`` is "left", "right" or "" when neither can be said to be."""

    path: str
    label: str
    left: str
    right: str
    tighter: str


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of two positions in plain words, whether they part there, and which of them is tighter."""

    field: BoundaryField
    left: str
    right: str
    differs: bool
    tighter: str


def compared_fields(left: Boundaries, right: Boundaries) -> tuple[ComparedField, ...]:
    """Every field of both positions: those of the newer table, then those that only the older one has."""
    newer, older = sorted((left.table, right.table), key=lambda table: -table.number)
    fields = (*newer, *(item for item in older if item.path not in newer))
    return tuple(_compared(item, left, right) for item in fields)


def _compared(item: BoundaryField, left: Boundaries, right: Boundaries) -> ComparedField:
    path = item.path
    one, other = _said(left, path), _said(right, path)
    if path not in left.table or path not in right.table:
        return ComparedField(item, one, other, True, "")
    differs = left[path] != right[path]
    return ComparedField(item, one, other, differs, tighter_side(path, left, right) if differs else "")


def _said(side: Boundaries, path: str) -> str:
    return shown(side.table.field(path), side[path]) if path in side.table else words(NOT_THERE())


def differences(left: Terms, right: Terms) -> tuple[TermsDifference, ...]:
    """Where two positions part, in the order of the screen; empty exactly when the digests are equal."""
    found: list[TermsDifference] = []
    if left.stage is not right.stage:
        tighter = "left" if larger(right.stage, left.stage) else "right"
        found.append(TermsDifference("stage", words(STAGE()), left.stage, right.stage, tighter))
    one, other = left.boundaries.table.number, right.boundaries.table.number
    if one != other:
        found.append(TermsDifference("fields", words(TABLE()), str(one), str(other), ""))
    found += [
        TermsDifference(item.field.path, item.field.label, item.left, item.right, item.tighter)
        for item in compared_fields(left.boundaries, right.boundaries)
        if item.differs
    ]
    for condition in sorted(set(left.conditions) ^ set(right.conditions)):
        more = (condition.office.upper(), condition.evidence)
        told = ", ".join(part for part in (condition.owner, condition.due.isoformat(), *more) if part)
        text = f"{condition.text} ({told})"
        only_left = condition in left.conditions
        found.append(
            TermsDifference(
                "conditions",
                words(CONDITION()),
                text if only_left else "",
                "" if only_left else text,
                "left" if only_left else "right",
            )
        )
    for waiver in sorted(set(left.waivers) ^ set(right.waivers)):
        only_left = waiver in left.waivers
        text = f"{waiver.what}: {waiver.reason}"
        # Who waives nothing asks for more.
        parts = (text, "", "right") if only_left else ("", text, "left")
        found.append(TermsDifference("waivers", words(WAIVER()), *parts))
    if left.confirmed != right.confirmed:
        mine, theirs = (", ".join(item[:12] for item in side.confirmed) for side in (left, right))
        found.append(TermsDifference("confirmed", words(CONFIRMED()), mine, theirs, ""))
    if left.begins != right.begins:
        tighter = "left" if left.begins > right.begins else "right"
        found.append(
            TermsDifference("from", words(BEGINS()), left.begins.isoformat(), right.begins.isoformat(), tighter)
        )
    if left.expires != right.expires:
        tighter = "left" if left.expires < right.expires else "right"
        found.append(
            TermsDifference("expires", words(EXPIRES()), left.expires.isoformat(), right.expires.isoformat(), tighter)
        )
    return tuple(found)


def tighter_side(path: str, left: Boundaries, right: Boundaries) -> str:
    """Which of two values of a field that both tables have allows less."""
    item, one, other = left.table.field(path), left[path], right[path]
    if item.form is Form.TEXT:
        return ""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        if not (one < other or other < one):
            return ""
        less = one < other
    elif item.form is Form.CHOICE:
        orders = [[choice for choice, _ in side.table.field(path).choices] for side in (left, right)]
        order = next((found for found in orders if one in found and other in found), None)
        if order is None:
            return ""  # no table orders a choice that is gone and one that is new
        less = order.index(str(one)) < order.index(str(other))
    elif item.form is Form.MONEY:
        more = more_money(str(one), str(other))
        if more is None:
            return ""  # two currencies, and no rate between them was signed
        less = not more
    else:
        less = int(one) < int(other)  # type: ignore[arg-type]  # sets were handled above
    return "left" if less == item.wider else "right"
