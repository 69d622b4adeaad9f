"""The room for strangers: what keys that no roster lists may take up here, so that nobody can fill a disk or keep others out.

Anybody can sign an act, and anybody who reaches a share can put it there. Acts by keys that nobody lists wait, within
bounds, because their roster may come later; so do the files they name. When the room is full, the key that takes up most
gives way, its oldest first, to one that takes up less: nobody can keep others out with one key. A first enrolment has a
seat that no other kind of act can take. What gave way is removed altogether, as if it had never come, and is let in again
from wherever it still lies once there is room or a roster lists its key.

Only what came from a stranger, and never counted since, can ever be removed: the table ``stranger`` says so, and the
triggers of the database look it up.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from intake.register.store.roster_changes import note_change
from intake.register.store.sql import chunks, marks
from intake.register.views.projector import OrgView


@dataclass(frozen=True, slots=True)
class WaitingLimits:
    """How much may wait: ``waiting_acts`` acts of strangers of ``waiting_bytes`` in all, their files of ``file_bytes``.

    Beside these, ``enrolments`` keys have a seat for one enrolment of at most ``enrolment_bytes``. 64 MiB in all.
    Of each key that a roster lists ``listed_acts`` acts of ``listed_bytes`` may wait, and every objection.
    """

    waiting_acts: int = 5000
    waiting_bytes: int = 24 << 20
    file_bytes: int = 32 << 20
    enrolments: int = 500
    enrolment_bytes: int = 16 << 10
    listed_acts: int = 1000
    listed_bytes: int = 8 << 20


def dismiss(connection: Connection, acts: Iterable[int]) -> set[str]:
    """Remove these acts (row numbers) of strangers with the files that only they name; gives the cases they were in."""
    cases: set[str] = set()
    going = [str(pk) for pk in acts]
    if going:
        note_change(connection)
    for piece in chunks(going):
        listed = marks(piece)
        found = connection.exec_driver_sql(f"SELECT DISTINCT case_id FROM act WHERE pk IN ({listed})", piece)
        cases.update(row[0] for row in found if row[0])
        files = connection.exec_driver_sql(
            f"SELECT DISTINCT f.sha256 FROM stranger_file f JOIN act_blob n ON n.sha256 = f.sha256 "
            f"WHERE n.act_pk IN ({listed}) AND NOT EXISTS "
            f"(SELECT 1 FROM act_blob o WHERE o.sha256 = f.sha256 AND o.act_pk NOT IN ({listed}))",
            piece + piece,
        ).fetchall()
        drop_files(connection, [row[0] for row in files])
        for table, column in (
            ("act_blob", "act_pk"),
            ("waiting_room", "act_pk"),
            ("head", "checkpoint_pk"),
            ("checkpoint", "act_pk"),
            ("act", "pk"),
        ):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN ({listed})", piece)
    return cases


def drop_files(connection: Connection, names: Iterable[str]) -> None:
    """Remove files that are here for strangers only."""
    for piece in chunks(names):
        note_change(connection)
        connection.exec_driver_sql(f"DELETE FROM blob WHERE sha256 IN ({marks(piece)})", piece)
        connection.exec_driver_sql(f"DELETE FROM stranger_file WHERE sha256 IN ({marks(piece)})", piece)


def named_by_others(connection: Connection, names: Iterable[str]) -> set[str]:
    """Which of these files an act names that is no stranger's."""
    found: set[str] = set()
    for piece in chunks(names):
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT n.sha256 FROM act_blob n LEFT JOIN stranger s ON s.act_pk = n.act_pk "
            f"WHERE s.act_pk IS NULL AND n.sha256 IN ({marks(piece)})",
            piece,
        )
        found.update(row[0] for row in rows)
    return found


def admit_file(connection: Connection, limits: WaitingLimits, name: str, size: int) -> tuple[str, list[str]] | None:
    """For whom a file that only strangers name may be kept, and the files that have to give way; None without room.

    The key whose files take up most gives way, the largest first, to one whose files then take up less.
    """
    signer = connection.exec_driver_sql(
        "SELECT min(s.signer) FROM act_blob n JOIN stranger s ON s.act_pk = n.act_pk WHERE n.sha256 = ?", (name,)
    ).scalar_one()
    rows = connection.exec_driver_sql("SELECT signer, sum(size) FROM stranger_file GROUP BY signer").fetchall()
    taken: dict[str, int] = {key: int(size) for key, size in rows}
    count = int(connection.exec_driver_sql("SELECT count(*) FROM stranger_file").scalar_one())
    over = sum(taken.values()) + size - limits.file_bytes
    if count >= limits.waiting_acts or size > limits.file_bytes:
        return None
    going: dict[str, str] = {}
    while over > 0:
        key = max(taken, key=lambda item: (taken[item], item))
        if key == signer or taken[key] <= taken.get(signer, 0) + size:
            return None
        largest = connection.exec_driver_sql(
            "SELECT sha256, size FROM stranger_file WHERE signer = ? ORDER BY size DESC, sha256 LIMIT 1 OFFSET ?",
            (key, sum(of == key for of in going.values())),
        ).first()
        if largest is None:
            return None
        going[largest[0]] = key
        taken[key] -= largest[1]
        over -= largest[1]
    return signer, list(going)


def is_stranger(signer: str, act_id: str, view: OrgView, org: str) -> bool:
    """Whether an act may give way: no roster lists its key, and no counted roster names it or is it."""
    return signer not in view.certificates and act_id != org and act_id not in view.bound


def settle(connection: Connection, view: OrgView, org: str) -> None:
    """Those whom a roster lists now are strangers no more, and what they named stays; so does what a roster rests on."""
    known = [
        str(pk)
        for pk, signer, act_id in connection.exec_driver_sql(
            "SELECT s.act_pk, s.signer, a.act_id FROM stranger s JOIN act a ON a.pk = s.act_pk"
        )
        if not is_stranger(signer, act_id, view, org)
    ]
    for piece in chunks(known):
        connection.exec_driver_sql(f"DELETE FROM stranger WHERE act_pk IN ({marks(piece)})", piece)
    keep_named(connection)


def keep_named(connection: Connection) -> None:
    """A file that an act names which is no stranger's is kept for good."""
    connection.exec_driver_sql(
        "DELETE FROM stranger_file WHERE EXISTS (SELECT 1 FROM act_blob n LEFT JOIN stranger s ON s.act_pk = n.act_pk "
        "WHERE n.sha256 = stranger_file.sha256 AND s.act_pk IS NULL)"
    )
