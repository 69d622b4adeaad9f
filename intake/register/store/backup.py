"""Copies of a register: made while it is in use, through SQLite's backup API, and checked before they are trusted.

An open database file is never copied as a file: such a copy can hold half a transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from intake.causes import cause
from intake.files import PART, Writing, arriving, not_written, require_outside_homes
from intake.register import refusals
from intake.register.store.connecting import connect, judge_file, translated
from intake.register.store.pragmas import close_copy, faults, path_of

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is in all, in the same unit."""

_PAGES = 256


def back_up(register: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Write a checked copy of the open register to ``target``, which appears only when complete. Raises RegisterRefusal or
    BelongsToHome.
    """
    require_outside_homes(target)
    # Only SQLite opens it: closing a second handle of ours would drop the locks of the register that is in use.
    source = connect(register, readonly=True)
    try:
        copy_database(source, target, progress=progress)
    except sqlite3.Error as error:
        raise translated(error, register if _of_source(error) else target) or error from None
    finally:
        source.close()


def _of_source(error: sqlite3.Error) -> bool:
    """Whether an error is about the register that is copied: the copy is new, and nobody else has it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def restore(backup: Path, register: Path) -> None:
    """Put a checked backup in the place of ``register``, which must not be open.

    Raises CannotRestore or NotWritten, which leave what was there; or RegisterSetAside.

    What was there is kept beside it under the name ``<register>.replaced``. The high-water mark is left alone: it is
    ahead of the restored register now, and so the next one to sign gets a new installation id (rule R3).
    """
    problem = check(backup)
    if problem:
        raise refusals.CannotRestore(path=backup, detail=problem)
    checked = register.with_name(register.name + PART)
    source = connect(backup, readonly=True)
    try:
        copy_database(source, checked)
    finally:
        source.close()
    if register.exists():
        # Opening it rolls an interrupted transaction back, so that no journal is left that would be applied to the new file.
        try:
            connect(register).close()
        except refusals.RegisterRefusal:
            for left in ("-journal", "-wal", "-shm"):
                register.with_name(register.name + left).unlink(missing_ok=True)
        _swap(checked, register)
    else:
        with not_written(register):
            checked.replace(register)
    with not_written(register):
        Writing().sync_folder(register.parent)


def _swap(checked: Path, register: Path) -> None:
    """Put ``checked`` in the place of the register, or leave that where it was. Raises NotWritten or RegisterSetAside."""
    aside = register.with_name(register.name + ".replaced")
    with not_written(register):
        register.replace(aside)
        try:
            checked.replace(register)
        except OSError as error:
            try:
                aside.replace(register)
            except OSError:
                raise refusals.RegisterSetAside(path=register, aside=aside, detail=cause(error)) from error
            raise


def check(path: Path) -> str:
    """What is wrong with a register file, in words; empty when it is whole. Every page and every index is read."""
    try:
        if not judge_file(path):
            return "it is not there or empty"
        plain = connect(path, readonly=True)
    except refusals.RegisterRefusal as unfit:
        return unfit.what_happened
    try:
        return faults(plain)
    except sqlite3.Error as error:
        refusal = translated(error, path)
        return refusal.what_happened if refusal else str(error)
    finally:
        plain.close()


def copy_database(source: sqlite3.Connection, target: Path, *, progress: Progress | None = None) -> None:
    """Copy through the backup API into ``target``, whole or not at all, and checked. It holds drafts: it is private.

    Raises NotWritten, DamagedRegister, or what SQLite raises.
    """
    with not_written(target):
        with arriving(target, private=True) as part:
            copy = sqlite3.connect(part.path, isolation_level=None)
            try:
                source.backup(copy, pages=_PAGES, progress=_steps(progress))
                sound = close_copy(copy)
            finally:
                copy.close()
                # SQLite leaves it where the disk is full, and its copy is gone by then.
                part.path.with_name(f"{part.path.name}-journal").unlink(missing_ok=True)
            if not sound:
                # The copy is new: what is wrong in it was wrong in what it was copied from.
                raise refusals.DamagedRegister(path=path_of(source))
        Writing().sync_folder(target.parent)


def _steps(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None

    def step(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    return step
