"""Version 5.1: down to which act a checkpoint had seen a stream that lacked some.

An earlier version may open this: it reads no listing with such a stream, keeps it aside, and so believes less.
"""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (5, 1)


def upgrade(operations: Operations) -> None:
    operations.execute("ALTER TABLE head ADD COLUMN floor TEXT DEFAULT '' NOT NULL")
