"""A number that grows with every change of what the rosters are folded from, so that no fold of something else is kept.

These are the acts of the organisation, the files they name and the indexed listings of checkpoints: what comes, what goes,
and what comes again after it went. The change and the number are written in one transaction, by whichever process.
"""

from __future__ import annotations

from sqlalchemy import Connection

_CHANGES = "roster-changes"
"""A setting."""


def note_change(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO installation (name, value) VALUES (?, '1') "
        "ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (_CHANGES,),
    )


def changes(connection: Connection) -> int:
    found = connection.exec_driver_sql("SELECT value FROM installation WHERE name = ?", (_CHANGES,)).scalar()
    return int(found or 0)
