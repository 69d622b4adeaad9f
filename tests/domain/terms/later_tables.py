"""A made-up second table of boundary fields, as a later version of the app might bring it.

It has a limit more, a limit less, a choice more and a choice less than the first: everything a table may do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.domain.terms import terms as agreed
from intake.domain.terms.boundaries import Boundary, BoundaryField, FieldTable, FieldTables, Form
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Stage, Terms

GONE = "data_access.output_retention_days"
NEW = "data_access.subprocessors"
_NEW = BoundaryField(
    Boundary.DATA_ACCESS, "subprocessors", "Subprocessors", Form.SET, "Who works for the vendor sees the data."
)


def _second(item: BoundaryField) -> BoundaryField:
    if item.path == "system_integration.network":
        return replace(item, choices=(*item.choices[:3], ("partners", "Partners"), *item.choices[3:]))
    if item.path == "model_scope.autonomy":
        return replace(item, choices=item.choices[:-1])
    return item


TABLE_2 = FieldTable(2, (*(_second(item) for item in TABLE_1 if item.path != GONE), _NEW))
OLDER = FieldTables((TABLE_1,))
NEWER = FieldTables((TABLE_1, TABLE_2))


def later_terms(users: int = 20, stage: Stage = Stage.PILOT) -> Terms:
    """Terms by the second table; ``users`` tell them apart."""
    limits = TABLE_2.boundaries({"user_permissions.max_users": users, NEW: frozenset({"Hosting Ltd"})})
    return agreed.terms(stage, limits, (), date(2026, 11, 22), date(2027, 6, 30))
