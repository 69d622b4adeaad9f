"""Copies of a register: made while it is in use, through SQLite's backup API, and checked before they are trusted.

An open database file is never copied as a file: such a copy can hold half a transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from intake.register import refusals
from intake.register.connecting import connect, judge_file, translated

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is in all, in the same unit."""

_PAGES = 256


def back_up(register: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Write a checked copy of the register to ``target``, which appears only when complete. Raises RegisterRefusal."""
    judge_file(register)
    source = connect(register, readonly=True)
    try:
        copy_database(source, target, progress=progress)
    except sqlite3.Error as error:
        raise translated(error, target) or error from None
    finally:
        source.close()


def restore(backup: Path, register: Path) -> None:
    """Put a checked backup in the place of ``register``, which must not be open. Raises CannotRestore.

    What was there is kept beside it under the name ``<register>.replaced``. The high-water mark is left alone: it is
    ahead of the restored register now, and so the next one to sign gets a new installation id (rule R3).
    """
    problem = check(backup)
    if problem:
        raise refusals.CannotRestore(path=backup, detail=problem)
    arriving = register.with_name(register.name + ".part")
    source = connect(backup, readonly=True)
    try:
        copy_database(source, arriving)
    finally:
        source.close()
    if register.exists():
        # Opening it rolls an interrupted transaction back, so that no journal is left that would be applied to the new file.
        try:
            connect(register).close()
        except refusals.RegisterRefusal:
            for left in ("-journal", "-wal", "-shm"):
                register.with_name(register.name + left).unlink(missing_ok=True)
        os.replace(register, register.with_name(register.name + ".replaced"))  # noqa: PTH105 - Path.replace hides the fsync pair
    os.replace(arriving, register)  # noqa: PTH105 - the same
    sync_folder(register.parent)


def check(path: Path) -> str:
    """What is wrong with a register file, in words; empty when it is whole. Every page and every index is read."""
    try:
        if not judge_file(path):
            return "it is not there or empty"
        plain = connect(path, readonly=True)
    except refusals.RegisterRefusal as unfit:
        return unfit.what_happened
    try:
        found = [row[0] for row in plain.execute("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            return "; ".join(str(item) for item in found)
        missing = plain.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        refusal = translated(error, path)
        return refusal.what_happened if refusal else str(error)
    finally:
        plain.close()
    return f"{len(missing)} rows refer to rows that are not there" if missing else ""


def copy_database(source: sqlite3.Connection, target: Path, *, progress: Progress | None = None) -> None:
    """Copy through the backup API into ``target``: written beside it, checked, synced, then renamed."""
    arriving = target.with_name(target.name + ".part")
    arriving.unlink(missing_ok=True)
    copy = sqlite3.connect(arriving, isolation_level=None)
    try:
        # One journal mode for all copies: a WAL file has no meaning without its two companions.
        source.backup(copy, pages=_PAGES, progress=_steps(progress))
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if found != "ok":
        arriving.unlink(missing_ok=True)
        raise refusals.DamagedRegister(path=target)
    with arriving.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(arriving, target)  # noqa: PTH105 - reads as one pair with the fsync
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _steps(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None

    def step(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    return step
