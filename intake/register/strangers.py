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

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.acts.kinds import ENROL
from intake.register.refusals import SentAway
from intake.register.store.quarantine import quarantine
from intake.register.store.roster_changes import note_change
from intake.register.store.sql import chunks, marks
from intake.register.views.projector import OrgView
from intake.trust.acts import VerifiedAct


@dataclass(frozen=True, slots=True)
class WaitingLimits:
    """How much may wait: ``waiting_acts`` acts of ``waiting_bytes`` in all, their files of ``file_bytes``.

    Beside these, ``enrolments`` keys have a seat for one enrolment of at most ``enrolment_bytes``. 64 MiB in all.
    """

    waiting_acts: int = 5000
    waiting_bytes: int = 24 << 20
    file_bytes: int = 32 << 20
    enrolments: int = 500
    enrolment_bytes: int = 16 << 10


@dataclass(slots=True)
class _Share:
    """What one key takes up; ``oldest`` are (row number, bytes) of its stored acts that may give way."""

    count: int = 0
    size: int = 0
    oldest: deque[tuple[int, int]] | None = None


class Room:
    """Gives acts a place, one after the other. ``leaving`` are the row numbers of those that gave way meanwhile."""

    def __init__(self, connection: Connection, limits: WaitingLimits) -> None:
        self._connection = connection
        self._limits = limits
        self._keys: dict[str, _Share] = {}
        self._enrolled: set[str] = set()
        self.count, self.size = 0, 0
        self.leaving: list[int] = []
        waiting = connection.exec_driver_sql(
            "SELECT coalesce(s.signer, ''), coalesce(s.seat, 0), count(*), sum(w.size) "
            "FROM waiting_room w LEFT JOIN stranger s ON s.act_pk = w.act_pk GROUP BY 1, 2"
        )
        for signer, seat, count, size in waiting:
            if seat:
                self._enrolled.add(signer)
                continue
            self.count, self.size = self.count + count, self.size + size
            if signer:
                self._keys[signer] = _Share(count, size)

    def enrols(self, item: VerifiedAct) -> bool:
        """Whether an act is the first enrolment of its key and one of the seats for these is free; it takes the seat."""
        limits, signer = self._limits, item.act.signer
        if item.act.kind != ENROL.name or len(item.blob) > limits.enrolment_bytes:
            return False
        if signer in self._enrolled or len(self._enrolled) >= limits.enrolments:
            return False
        self._enrolled.add(signer)
        return True

    def admit(self, signer: str, size: int) -> bool:
        """Whether an act of ``size`` bytes finds a place; ``signer`` is empty for one that a roster lists.

        Whoever takes up more gives way, and whoever is listed is no stranger: strangers give way to them.
        """
        mine = self._keys.get(signer, _Share())
        over = self.count + 1 - self._limits.waiting_acts, self.size + size - self._limits.waiting_bytes
        going: list[tuple[str, int, int]] = []
        while over[0] > 0 or over[1] > 0:
            found = self._next(signer, mine, size, going, by_count=over[0] > 0)
            if found is None:
                self._stay(going)
                return False
            going.append(found)
            over = over[0] - 1, over[1] - found[2]
        self.leaving += [pk for _, pk, _ in going]
        self.count, self.size = self.count + 1 - len(going), self.size + size - sum(gone for _, _, gone in going)
        if signer:
            share = self._keys.setdefault(signer, _Share())
            share.count, share.size = share.count + 1, share.size + size
        return True

    def _next(
        self, signer: str, mine: _Share, size: int, going: Sequence[tuple[str, int, int]], *, by_count: bool
    ) -> tuple[str, int, int] | None:
        """The oldest act of the key that takes up most; None when it takes up no more than ``signer`` then would."""
        if not self._keys:
            return None
        key, most = max(self._keys.items(), key=lambda item: (item[1].count if by_count else item[1].size, item[0]))
        more = not signer or (most.count > mine.count + 1 if by_count else most.size > mine.size + size)
        if key == signer or not more:
            return None
        if most.oldest is None:
            stored = self._connection.exec_driver_sql(
                "SELECT act_pk, size FROM stranger WHERE signer = ? AND seat = 0 ORDER BY act_pk", (key,)
            )
            left = {*self.leaving, *(pk for _, pk, _ in going)}
            most.oldest = deque((pk, taken) for pk, taken in stored if pk not in left)
        if not most.oldest:
            return None  # what fills the room came in this same step
        pk, taken = most.oldest.popleft()
        most.count, most.size = most.count - 1, most.size - taken
        return key, pk, taken

    def _stay(self, going: Sequence[tuple[str, int, int]]) -> None:
        for key, pk, taken in reversed(going):
            share = self._keys[key]
            share.count, share.size = share.count + 1, share.size + taken
            assert share.oldest is not None
            share.oldest.appendleft((pk, taken))


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


def settle(connection: Connection, view: OrgView, org: str) -> None:
    """Those whom a roster lists now are strangers no more, and what they named stays; theirs may be fetched again."""
    known = [
        str(pk)
        for pk, signer, act_id in connection.exec_driver_sql(
            "SELECT s.act_pk, s.signer, a.act_id FROM stranger s JOIN act a ON a.pk = s.act_pk"
        )
        if signer in view.certificates or act_id == org
    ]
    for piece in chunks(known):
        connection.exec_driver_sql(f"DELETE FROM stranger WHERE act_pk IN ({marks(piece)})", piece)
    keep_named(connection)
    sent = connection.exec_driver_sql(f"SELECT DISTINCT source FROM quarantine WHERE code = '{SENT_AWAY}'").fetchall()
    for (signer,) in sent:
        if signer in view.certificates:
            connection.exec_driver_sql(f"DELETE FROM quarantine WHERE code = '{SENT_AWAY}' AND source = ?", (signer,))


def keep_named(connection: Connection) -> None:
    """A file that an act names which is no stranger's is kept for good."""
    connection.exec_driver_sql(
        "DELETE FROM stranger_file WHERE EXISTS (SELECT 1 FROM act_blob n LEFT JOIN stranger s ON s.act_pk = n.act_pk "
        "WHERE n.sha256 = stranger_file.sha256 AND s.act_pk IS NULL)"
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """``acts`` are the row numbers of those that are in quarantine now, ``left`` is how many found no room there."""

    acts: tuple[int, ...]
    left: int


def send_away(connection: Connection, key: str, *, enrolments: bool, at: datetime) -> Sent:
    """Write waiting acts into quarantine, with their key as the source; they are still to be dismissed.

    Of the keys that begin with ``key``; empty: enrolments of all keys, or everything else of all keys.
    """
    rows = connection.exec_driver_sql(
        "SELECT s.act_pk, s.signer, a.blob_id, a.kind = ?, s.size FROM stranger s JOIN act a ON a.pk = s.act_pk "
        "WHERE substr(s.signer, 1, length(?)) = ? ORDER BY s.act_pk",
        (ENROL.name, key, key),
    ).fetchall()
    chosen = [row for row in rows if key or bool(row[3]) == enrolments]
    sent: list[int] = []
    for pk, signer, blob_id, _, _ in chosen:
        blob = connection.exec_driver_sql("SELECT blob FROM act WHERE pk = ?", (pk,)).scalar_one()
        if not quarantine(connection, bytes(blob), SentAway(), name=f"{blob_id}.p7m", source=signer, at=at):
            break
        sent.append(pk)
    return Sent(tuple(sent), len(chosen) - len(sent))


SENT_AWAY = SentAway.__name__
