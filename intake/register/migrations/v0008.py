"""Version 2.0: why something is shown beside a case, or was refused, as a code with facts instead of English sentences.

An earlier version reads and writes the sentences, so it must not open this. What was computed is computed again, by and by. Of what
was refused before, code, name and bytes stay, and the facts that its sentence had are not known.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (2, 0)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    "ALTER TABLE quarantine DROP COLUMN what",
    "ALTER TABLE quarantine DROP COLUMN why",
    "ALTER TABLE quarantine DROP COLUMN next",
    "ALTER TABLE quarantine ADD COLUMN facts TEXT DEFAULT '{}' NOT NULL",
    "ALTER TABLE case_note RENAME TO case_note_in_words",
    "DROP INDEX case_note_by_sort",
    """\
CREATE TABLE case_note (
    case_pk INTEGER NOT NULL,
    sort TEXT NOT NULL,
    position INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    code TEXT NOT NULL,
    facts TEXT NOT NULL,
    waits_for TEXT NOT NULL,
    PRIMARY KEY (case_pk, sort, position),
    FOREIGN KEY(case_pk) REFERENCES use_case (pk)
)
""",
    "CREATE INDEX case_note_by_sort ON case_note (sort, case_pk)",
    # Until a case is folded again its alarms stay, by their codes: nobody may think that there are none.
    "INSERT INTO case_note SELECT case_pk, sort, position, act_id, code, '{}', waits_for FROM case_note_in_words",
    "DROP TABLE case_note_in_words",
    "INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case",
)
