"""Version 5.0: what became of the record of a case, so that a record is found whatever the case has come to; and who may take it
over.

An earlier version writes rows without it, and would hide a record from the list of records: it must not open this. Until a case
is folded again its record is in no group, so all are.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (5, 0)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    "ALTER TABLE case_row ADD COLUMN record TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE case_row ADD COLUMN successor TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX case_handed ON case_row (press_key, pk) WHERE successor <> ''",
    "CREATE INDEX case_ownerless ON case_row (press_key, pk) WHERE owner = ''",
    "CREATE INDEX case_of_record ON case_row (record, decided_key, pk)",
    "INSERT INTO counter (facet, value, count) SELECT 'record', '', count(*) FROM case_row HAVING count(*) > 0",
    "INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case",
)
