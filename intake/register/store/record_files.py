"""What record files prove, remembered by their digest: only form and cryptography, which no later act can change.

Throwing it away costs time and nothing else. A rebuild does so: what is remembered decides what the fold sees, so
it must be what the files say today.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from intake.domain.case.seals import RecordFile, RecordFiles

READING = 2
"""Raised when files are read in another way than before, and with it the corpus of tests: what was remembered is then
left alone, and read again. Installations with different numbers can see different records of one case (decision 0017).
"""


def recall(connection: Connection, sha256: str) -> RecordFile | None:
    """What was read of a file before; None when it never was."""
    found = connection.exec_driver_sql(
        "SELECT base, size, keys, edition FROM record_file WHERE sha256 = ? AND reading = ?", (sha256, READING)
    ).fetchone()
    return RecordFile(found[0], found[1], tuple(found[2].split()), found[3]) if found else None


def forget(connection: Connection) -> dict[str, RecordFile]:
    """Forget everything; gives what this way of reading had found, by SHA-256."""
    rows = connection.exec_driver_sql(
        "SELECT sha256, base, size, keys, edition FROM record_file WHERE reading = ?", (READING,)
    )
    known = {row[0]: RecordFile(row[1], row[2], tuple(row[3].split()), row[4]) for row in rows.fetchall()}
    connection.exec_driver_sql("DELETE FROM record_file")
    return known


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
            "INSERT OR IGNORE INTO record_file (sha256, reading, base, size, keys, edition) VALUES (?, ?, ?, ?, ?, ?)",
            (sha256, READING, found.base, found.size, " ".join(found.keys), found.edition),
        )
        return found

    return record_file
