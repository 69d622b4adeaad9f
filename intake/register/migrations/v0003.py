"""Version 1.2: what was read of sealed files, so that no fold has to take a PDF apart again."""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 2)


def upgrade(operations: Operations) -> None:
    operations.execute(
        """\
CREATE TABLE record_file (
    sha256 TEXT NOT NULL,
    reading INTEGER NOT NULL,
    base TEXT NOT NULL,
    size INTEGER NOT NULL,
    keys TEXT NOT NULL,
    PRIMARY KEY (sha256, reading)
)
"""
    )
