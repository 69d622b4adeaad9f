"""Rows of the register list that are not asked for in pages: of one case, by reference, by owner, by file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from intake.register.store.schema import case_row, use_case
from intake.register.views.columns import COLUMN_NAMES

CASE_ROWS: Select[*tuple[Any, ...]] = select(
    *(use_case.c.case_id if name == "case_id" else case_row.c[name] for name in COLUMN_NAMES)
).join(use_case, use_case.c.pk == case_row.c.pk)
"""What ``columns.case_row`` reads, of every case."""
