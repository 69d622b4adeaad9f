"""The released forms of the register's schema, and the way from each to the next.

Run in-process with alembic's operations, inside one write transaction: a migration that fails leaves nothing behind.
There is no script folder and no version table: ``user_version`` in the file's header is the version (major * 65536 +
minor), so that a program that is too old sees it before reading anything, and a frozen build needs no loose files.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

HEAD = (5, 1)
"""(major, minor) this program writes. A newer minor adds what older programs of the same major can ignore."""

RELEASED = (
    (1, 0),
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (2, 0),
    (2, 1),
    (2, 2),
    (3, 0),
    (4, 0),
    (5, 0),
    (5, 1),
)


def upgrade(connection: Connection, *, application_id: int) -> None:
    """Bring the schema to HEAD within the transaction of ``connection``; nothing to do when it is there already."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    # Asked again inside the write lock: another process may have migrated while this one waited for it.
    found = divmod(connection.exec_driver_sql("PRAGMA user_version").scalar_one(), 1 << 16)
    if found >= HEAD:
        return
    with Operations.context(MigrationContext.configure(connection)) as operations:
        for version, step in _steps():
            if version > found:
                step(operations)
    connection.exec_driver_sql(f"PRAGMA application_id = {application_id}")
    connection.exec_driver_sql(f"PRAGMA user_version = {(HEAD[0] << 16) + HEAD[1]}")


def _steps() -> tuple[tuple[tuple[int, int], Callable[..., None]], ...]:
    from intake.register.migrations import (
        v0001,
        v0002,
        v0003,
        v0004,
        v0005,
        v0006,
        v0007,
        v0008,
        v0009,
        v0010,
        v0011,
        v0012,
        v0013,
        v0014,
    )

    steps = (v0001, v0002, v0003, v0004, v0005, v0006, v0007, v0008, v0009, v0010, v0011, v0012, v0013, v0014)
    return tuple((step.VERSION, step.upgrade) for step in steps)
