"""In which fields terms allow more than was asked for, or something else: that needs a reason.

Nobody judges texts: a text that was not asked for counts as something else. One that was left open (empty) may be named.
"""

from __future__ import annotations

from intake.domain.terms.boundaries import Boundaries, BoundaryField, Form
from intake.domain.terms.differences import compared_fields


def widened(wanted: Boundaries, given: Boundaries) -> tuple[BoundaryField, ...]:
    """The fields in which ``given`` is not the same as ``wanted``, and not tighter."""
    return tuple(
        item.field
        for item in compared_fields(wanted, given)
        if item.differs and item.tighter != "right" and not _open(wanted, given, item.field)
    )


def _open(wanted: Boundaries, given: Boundaries, field: BoundaryField) -> bool:
    """Whether a text is named that was left open, or left open, so that the answer stands; or the field is in one table only."""
    if field.path not in wanted.table or field.path not in given.table:
        return True
    return field.form is Form.TEXT and not (wanted[field.path] and given[field.path])
