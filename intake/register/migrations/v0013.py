"""Version 5.0: what became of the record of a case, so that a record is found whatever the case has come to; who may take it over;
what a case asks of whom, and who has a part in it, so that nobody is forgotten; what its terms do without, so that it is counted;
and the keys under which acts travel, with what travels and cannot be read here.

An earlier version writes rows without it, and would hide a record from the list of records: it must not open this. Until a case
is folded again its record is in no group and it does without nothing, so all are.
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
    "ALTER TABLE case_row ADD COLUMN parties TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE case_row ADD COLUMN waived TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX case_of_waived ON case_row (waived, newest, pk)",
    "CREATE INDEX case_press_waived ON case_row (waived, press_key, pk)",
    "DROP INDEX case_due_of",
    """
    CREATE TABLE case_ask (
        case_pk INTEGER NOT NULL,
        position INTEGER NOT NULL,
        party TEXT NOT NULL,
        kind TEXT NOT NULL,
        since TEXT NOT NULL,
        last TEXT NOT NULL,
        until TEXT,
        name TEXT NOT NULL,
        barred TEXT NOT NULL,
        said TEXT NOT NULL,
        PRIMARY KEY (case_pk, position),
        FOREIGN KEY(case_pk) REFERENCES use_case (pk)
    )""",
    "CREATE INDEX case_ask_of ON case_ask (party, since, case_pk, position)",
    "CREATE INDEX case_of_record ON case_row (record, decided_key, pk)",
    "INSERT INTO counter (facet, value, count) SELECT 'record', '', count(*) FROM case_row HAVING count(*) > 0",
    "INSERT INTO counter (facet, value, count) SELECT 'waived', '', count(*) FROM case_row HAVING count(*) > 0",
    "INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case",
    """
    CREATE TABLE case_key (
        tag TEXT NOT NULL,
        org TEXT NOT NULL,
        case_id TEXT NOT NULL,
        secret BLOB NOT NULL,
        received TEXT NOT NULL,
        PRIMARY KEY (tag)
    )""",
    "CREATE INDEX case_key_of ON case_key (case_id)",
    "CREATE TABLE handed_key ( sha256 TEXT NOT NULL, bytes BLOB NOT NULL, tried TEXT NOT NULL, PRIMARY KEY (sha256) )",
    """
    CREATE TABLE encrypted_file (
        sha256 TEXT NOT NULL,
        tag TEXT NOT NULL,
        size INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (sha256)
    )""",
    "CREATE INDEX encrypted_file_by_tag ON encrypted_file (tag)",
    "CREATE TABLE encrypted_name ( sha256 TEXT NOT NULL, item TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (sha256) )",
    "CREATE INDEX encrypted_name_of ON encrypted_name (item, tag)",
)
