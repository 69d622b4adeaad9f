"""What the store says to SQLite in SQL: how a connection is set up, how a transaction begins, what the file's header holds.

None of it is more than SQLite's, so SQLAlchemy has no words for it; and the first page needs a connection before
SQLAlchemy is imported. What is asked of the tables is in expressions: see ``statements``.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

BEGIN = "BEGIN"
BEGIN_WRITING = "BEGIN IMMEDIATE"
"""Takes the lock at once, and not when the first thing is written."""

CACHE_KIB = 65_536
_WAL_RESET_FIXED = (3, 51, 3)


def journal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """(journal_mode, synchronous) for this SQLite.

    3.7.0 to 3.51.2 can lose committed pages when a WAL is reset while another connection commits (the WAL-reset bug),
    so WAL is used only where that is fixed. EXTRA also syncs the folder after the journal is deleted: without it a
    power cut can bring the journal back and undo a signed act.
    """
    return ("WAL", "FULL") if version >= _WAL_RESET_FIXED else ("DELETE", "EXTRA")


def set_up(connection: sqlite3.Connection, *, readonly: bool, busy_seconds: int) -> None:
    """Set every pragma of a connection that has just been made. Raises sqlite3.Error."""
    mode, synchronous = journal()
    run = connection.execute
    run(f"PRAGMA busy_timeout = {busy_seconds * 1000}")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA cell_size_check = ON")
    run("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE deletes a row without asking the triggers that forbid deleting.
    run("PRAGMA recursive_triggers = ON")
    run("PRAGMA secure_delete = ON")
    run(f"PRAGMA cache_size = -{CACHE_KIB}")
    run("PRAGMA temp_store = MEMORY")
    if readonly:
        run("PRAGMA query_only = ON")
        return
    if run("PRAGMA journal_mode").fetchone()[0].upper() != mode:
        run(f"PRAGMA journal_mode = {mode}")
    run(f"PRAGMA synchronous = {synchronous}")


def header(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """(application_id, user_version, how many tables and indexes there are). Raises sqlite3.Error."""
    run = connection.execute
    return (
        int(run("PRAGMA application_id").fetchone()[0]),
        int(run("PRAGMA user_version").fetchone()[0]),
        int(run("SELECT count(*) FROM sqlite_schema").fetchone()[0]),
    )


def faults(connection: sqlite3.Connection) -> str:
    """What is wrong with the pages, the indexes and the references, in words; empty for nothing. Raises sqlite3.Error."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        return "; ".join(str(item) for item in found)
    missing = connection.execute("PRAGMA foreign_key_check").fetchall()
    return f"{len(missing)} rows refer to rows that are not there" if missing else ""


def path_of(connection: sqlite3.Connection) -> Path:
    """The file that a connection has open."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def close_copy(connection: sqlite3.Connection) -> bool:
    """Give a copy one journal mode, as a WAL file has no meaning without its two companions; whether it is sound."""
    connection.execute("PRAGMA journal_mode = DELETE")
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
