"""Version 3.0: what is due next in a case, until when and of whom, and the orders of the lists that follow from it.

An earlier version writes rows without them, so it must not open this. Until a case is folded again its line is as it was: the
stage that was granted stands for the one asked for, and what its terms ask for first for what presses.

Files that nobody here asked for no longer name a key: which one let them in was written and never read.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (3, 0)


def upgrade(operations: Operations) -> None:
    operations.execute("ALTER TABLE case_row RENAME TO case_row_before")
    for index in _OLD_INDEXES:
        operations.execute(f"DROP INDEX {index}")
    for statement in _STATEMENTS:
        operations.execute(statement)
    operations.execute("ALTER TABLE stranger_file DROP COLUMN signer")


_OLD_INDEXES = (
    "case_alarmed",
    "case_by_due",
    "case_by_expiry",
    "case_by_newest",
    "case_by_owner",
    "case_by_reference",
    "case_by_title",
    "case_of_phase",
    "case_of_stage",
    "case_of_tier",
    "case_of_unit",
    "case_turn_of_cio",
    "case_turn_of_ciso",
    "case_turn_of_owner",
    "case_turn_of_records",
    "case_turn_owner",
    "case_waiting",
)

_STATEMENTS = (
    """\
CREATE TABLE case_row (
    pk INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    unit TEXT NOT NULL,
    owner TEXT NOT NULL,
    tier TEXT NOT NULL,
    lane TEXT NOT NULL,
    stage TEXT NOT NULL,
    phase TEXT NOT NULL,
    turn TEXT NOT NULL,
    turn_owner INTEGER NOT NULL,
    turn_cio INTEGER NOT NULL,
    turn_ciso INTEGER NOT NULL,
    turn_records INTEGER NOT NULL,
    cio TEXT NOT NULL,
    ciso TEXT NOT NULL,
    revision INTEGER NOT NULL,
    filed TEXT NOT NULL,
    decided TEXT,
    expires TEXT,
    expires_key TEXT NOT NULL,
    due TEXT,
    due_key TEXT NOT NULL,
    newest BIGINT NOT NULL,
    alarms INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    asked TEXT NOT NULL,
    since TEXT NOT NULL,
    clock TEXT,
    due_what TEXT NOT NULL,
    due_of TEXT NOT NULL,
    due_text TEXT NOT NULL,
    press_key TEXT NOT NULL,
    tier_key TEXT NOT NULL,
    decided_year TEXT NOT NULL,
    decided_key TEXT NOT NULL,
    PRIMARY KEY (pk),
    FOREIGN KEY(pk) REFERENCES use_case (pk)
)
""",
    """\
INSERT INTO case_row
SELECT
    r.*, r.stage, r.filed, NULL, CASE WHEN r.due IS NULL THEN '' WHEN r.due = r.expires THEN 'expiry' ELSE 'condition' END,
    CASE WHEN r.due = r.expires THEN r.owner ELSE '' END, '',
    CASE WHEN r.turn = '' THEN r.due_key ELSE r.filed END || ' 0 ' || r.reference,
    '0 ' || CASE WHEN r.turn = '' THEN r.due_key ELSE r.filed END || ' ' || r.reference,
    coalesce(substr(r.decided, 1, 4), ''), coalesce(r.decided, '0000-00-00') || ' ' || strftime('%Y-%m-%dT%H:%M:%S+00:00', r.newest, 'unixepoch')
FROM case_row_before r
""",
    "DROP TABLE case_row_before",
    "INSERT OR REPLACE INTO counter (facet, value, count) SELECT 'owner', owner, count(*) FROM case_row GROUP BY owner",
    "INSERT OR REPLACE INTO counter (facet, value, count) SELECT 'year', decided_year, count(*) FROM case_row GROUP BY 2",
    "INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case",
    "CREATE INDEX case_alarmed ON case_row (newest, pk) WHERE alarms > 0",
    "CREATE INDEX case_by_decided ON case_row (decided_key, pk)",
    "CREATE INDEX case_by_due ON case_row (due_key, pk)",
    "CREATE INDEX case_by_expiry ON case_row (expires_key, pk)",
    "CREATE INDEX case_by_newest ON case_row (newest, pk)",
    "CREATE INDEX case_by_owner ON case_row (owner, pk)",
    "CREATE INDEX case_by_pressing ON case_row (press_key, pk)",
    "CREATE INDEX case_by_reference ON case_row (reference, pk)",
    "CREATE INDEX case_by_since ON case_row (since, pk)",
    "CREATE INDEX case_by_tier ON case_row (tier_key, pk)",
    "CREATE INDEX case_by_title ON case_row (title_key, pk)",
    "CREATE INDEX case_of_phase ON case_row (phase, newest, pk)",
    "CREATE INDEX case_of_stage ON case_row (asked, newest, pk)",
    "CREATE INDEX case_of_tier ON case_row (tier, newest, pk)",
    "CREATE INDEX case_of_unit ON case_row (unit, newest, pk)",
    "CREATE INDEX case_of_year ON case_row (decided_year, decided_key, pk)",
    "CREATE INDEX case_press_phase ON case_row (phase, press_key, pk)",
    "CREATE INDEX case_press_stage ON case_row (asked, press_key, pk)",
    "CREATE INDEX case_press_tier ON case_row (tier, press_key, pk)",
    "CREATE INDEX case_press_unit ON case_row (unit, press_key, pk)",
    "CREATE INDEX case_turn_of_cio ON case_row (press_key, pk) WHERE turn_cio = 1",
    "CREATE INDEX case_turn_of_ciso ON case_row (press_key, pk) WHERE turn_ciso = 1",
    "CREATE INDEX case_turn_of_owner ON case_row (press_key, pk) WHERE turn_owner = 1",
    "CREATE INDEX case_turn_of_records ON case_row (press_key, pk) WHERE turn_records = 1",
    "CREATE INDEX case_turn_owner ON case_row (owner, press_key, pk) WHERE turn_owner = 1",
    "CREATE INDEX case_waiting ON case_row (newest, pk) WHERE waiting > 0",
)
