"""Version 4.0: that what ran must stop, why, and whom it is told; and what is due of a person and of an owner.

An earlier version writes rows without it, and would hide a stop from a list: it must not open this. Until a case is folded again
its line says nothing of it.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (4, 0)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    "ALTER TABLE case_row ADD COLUMN stop TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX case_stop_owner ON case_row (owner, press_key, pk) WHERE stop <> ''",
    "CREATE INDEX case_due_owner ON case_row (owner, due_key, pk)",
    "CREATE INDEX case_due_of ON case_row (due_of, due_key, pk)",
    "INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case",
)
