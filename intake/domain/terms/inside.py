"""What lies inside two terms at once: of each boundary the tighter (rule R11).

Nobody can say which of two names is the tighter one. Terms that name different providers, or choices that no table orders,
have nothing in common, and nothing goes on inside both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import Boundaries, BoundaryField, Form, Value
from intake.domain.terms.terms import GRANTABLE, Terms


def inside_both(held: Terms, given: Terms) -> Terms | None:
    """What of ``held`` is inside ``given`` too; None where nothing is.

    The conditions are those of ``held``, as nobody has accepted others, and waived is what both waive. It begins as before.
    """
    boundaries = _inside(held.boundaries, given.boundaries)
    expires = min(held.expires, given.expires)
    if boundaries is None or expires < held.begins:
        return None
    return replace(
        held,
        stage=min(held.stage, given.stage, key=GRANTABLE.index),
        boundaries=boundaries,
        expires=expires,
        waivers=tuple(item for item in held.waivers if item in given.waivers),
    )


def _inside(one: Boundaries, other: Boundaries) -> Boundaries | None:
    newer, older = (one, other) if one.table.number >= other.table.number else (other, one)
    # A field that only the newer table has limits all the same; one that only the older has would be lost.
    if any(item.path not in newer.table for item in older.table):
        return None
    found = dict(_tighter_values(newer, older))
    if None in found.values():
        return None
    try:
        return newer.table.boundaries({path: value for path, value in found.items() if value is not None})
    except Refusal:  # together they forbid more than a field holds
        return None


def _tighter_values(newer: Boundaries, older: Boundaries) -> Iterator[tuple[str, Value | None]]:
    for field, value in newer.items:
        yield field.path, tighter_of(field, value, older[field.path]) if field.path in older.table else value


def tighter_of(field: BoundaryField, one: Value, other: Value) -> Value | None:
    """What both values of a field allow; None where nobody can tell. A text that is left open allows what the other names."""
    if one == other:
        return one
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other if field.wider else one | other
    if field.form is Form.TEXT:
        return one or other if not (one and other) else None
    if field.form is Form.CHOICE:
        order = [choice for choice, _ in field.choices]
        return min(one, other, key=order.index) if one in order and other in order else None
    return min(one, other) if field.wider else max(one, other)
