"""Version 1.3: which edition a record file says it is in, which decides whose turn an open record is.

Nothing is lost with the table: files are read again when they are asked for, as every case is folded again.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 3)


def upgrade(operations: Operations) -> None:
    operations.execute("DROP TABLE record_file")
    operations.execute(
        """\
CREATE TABLE record_file (
    sha256 TEXT NOT NULL,
    reading INTEGER NOT NULL,
    base TEXT NOT NULL,
    size INTEGER NOT NULL,
    keys TEXT NOT NULL,
    edition INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (sha256, reading)
)
"""
    )
    operations.execute("INSERT OR IGNORE INTO rejudge (case_pk) SELECT pk FROM use_case")
