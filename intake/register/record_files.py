"""What sealed files prove, remembered by their digest: only form and cryptography, which no later act can change.

It is no projection: throwing it away costs time and nothing else, and a rebuild need not read every PDF again.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from intake.domain.fold import RecordFile, RecordFiles

READING = 1
"""Raised when files are read more strictly than before: what was remembered is then left alone, and read again."""


def recall(connection: Connection, sha256: str) -> RecordFile | None:
    """What was read of a file before; None when it never was."""
    found = connection.exec_driver_sql(
        "SELECT base, size, keys FROM record_file WHERE sha256 = ? AND reading = ?", (sha256, READING)
    ).fetchone()
    return RecordFile(found[0], found[1], tuple(found[2].split())) if found else None


def remembering(connection: Connection, read: Callable[[bytes], RecordFile]) -> RecordFiles:
    """For a fold inside a write transaction: each file is read when it is asked about for the first time."""

    def record_file(sha256: str) -> RecordFile | None:
        known = recall(connection, sha256)
        if known is not None:
            return known
        data = connection.exec_driver_sql("SELECT bytes FROM blob WHERE sha256 = ?", (sha256,)).scalar()
        if data is None:
            return None
        found = read(bytes(data))
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO record_file (sha256, reading, base, size, keys) VALUES (?, ?, ?, ?, ?)",
            (sha256, READING, found.base, found.size, " ".join(found.keys)),
        )
        return found

    return record_file
