"""What record files prove, remembered by their digest: only form and cryptography, which no later act can change.

Throwing it away costs time and nothing else. A rebuild does so: what is remembered decides what the fold sees, so
it must be what the files say today.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from intake.domain.case.seals import RecordFile, RecordFiles
from intake.register.store.schema import blob, record_file
from intake.register.store.statements import Statement

READING = 4
"""Raised when files are read in another way than before, and with it the corpus of tests: what was remembered is then
left alone, and read again. Installations with different numbers can see different records of one case (decision 0017).
"""


def recall(connection: Connection, sha256: str) -> RecordFile | None:
    """What was read of a file before; None when it never was."""
    found = _READ.run(connection, sha256=sha256, reading=READING).first()
    return RecordFile(found[0], found[1], tuple(found[2].split()), found[3]) if found else None


def forget(connection: Connection) -> dict[str, RecordFile]:
    """Forget everything; gives what this way of reading had found, by SHA-256."""
    rows = _READ_ALL.run(connection, reading=READING).all()
    _FORGET.run(connection)
    return {row[0]: RecordFile(row[1], row[2], tuple(row[3].split()), row[4]) for row in rows}


def remembering(connection: Connection, read: Callable[[bytes], RecordFile]) -> RecordFiles:
    """For a fold inside a write transaction: each file is read when it is asked about for the first time."""

    def remembered(sha256: str) -> RecordFile | None:
        known = recall(connection, sha256)
        if known is not None:
            return known
        data = _BYTES.run(connection, sha256=sha256).scalar()
        if data is None:
            return None
        found = read(data)
        _REMEMBER.run(
            connection,
            sha256=sha256,
            reading=READING,
            base=found.base,
            size=found.size,
            listed_keys=" ".join(found.keys),
            edition=found.edition,
        )
        return found

    return remembered


_OF = record_file.c
_READ = Statement(
    select(_OF.base, _OF.size, _OF.listed_keys, _OF.edition).where(
        _OF.sha256 == bindparam("sha256"), _OF.reading == bindparam("reading")
    )
)
_READ_ALL = Statement(
    select(_OF.sha256, _OF.base, _OF.size, _OF.listed_keys, _OF.edition).where(_OF.reading == bindparam("reading"))
)
_FORGET = Statement(delete(record_file))
_BYTES = Statement(select(blob.c.bytes).where(blob.c.sha256 == bindparam("sha256")))
_REMEMBER = Statement(insert(record_file).on_conflict_do_nothing())
