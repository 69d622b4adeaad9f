"""The room for strangers: what keys that no roster lists may take up here, so that nobody can fill a disk or keep others out.

Anybody can sign an act, and anybody who reaches a share can put it there. Acts by keys that nobody lists wait, within
bounds, because their roster may come later; so do the files they name. When the room is full, the key that takes up most
gives way, its oldest first, to one that takes up less: nobody can keep others out with one key. A first enrolment has a
place that no other kind of act can take. What gave way is removed altogether, as if it had never come, and is accepted again
from any carrier that still has it once there is room or a roster lists its key.

Only what came from a stranger, and never counted since, can ever be removed: the table ``stranger`` says so, and the
triggers of the database look it up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, select

from intake.register.store.roster_changes import note_change
from intake.register.store.schema import act, act_blob, blob, checkpoint, head, stranger, stranger_file, waiting_room
from intake.register.store.statements import NAMES, Statement, pieces
from intake.register.views.projector import OrgView


@dataclass(frozen=True, slots=True)
class WaitingLimits:
    """How much may wait: ``waiting_acts`` acts of strangers of ``waiting_bytes`` in all, their files of ``file_bytes``.

    Beside these, ``enrolments`` keys have a place for one enrolment of at most ``enrolment_bytes``. 64 MiB in all.
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
    going = list(acts)
    if going:
        note_change(connection)
    for piece in pieces(going):
        cases.update(case for (case,) in _CASES_OF.among(connection, piece) if case)
        drop_files(connection, (name for (name,) in _NAMED_BY_THESE_ALONE.among(connection, piece)))
        for statement in _DISMISS:
            statement.among(connection, piece)
    return cases


def drop_files(connection: Connection, names: Iterable[str]) -> None:
    """Remove files that are here for strangers only."""
    for piece in pieces(names):
        note_change(connection)
        _DROP_BYTES.among(connection, piece)
        _KEEP_FILES.among(connection, piece)


def named_by_others(connection: Connection, names: Iterable[str]) -> set[str]:
    """Which of these files an act names that is no stranger's."""
    return {name for (name,) in _NAMED_BY_OTHERS.among(connection, names)}


def is_stranger(signer: str, act_id: str, view: OrgView, org: str) -> bool:
    """Whether an act may give way: no roster lists its key, and no counted roster names it or is it."""
    return signer not in view.certificates and act_id != org and act_id not in view.bound


def settle(connection: Connection, view: OrgView, org: str) -> None:
    """Those whom a roster lists now are strangers no more, and what they named stays; so does what a roster rests on."""
    every = _STRANGERS.run(connection).all()
    _STRANGERS_NO_MORE.among(
        connection, (pk for pk, signer, act_id in every if not is_stranger(signer, act_id, view, org))
    )
    keep_named(connection)


def keep_file(connection: Connection, name: str) -> None:
    """A file is kept for good, no matter who names it."""
    _KEEP_FILES.among(connection, (name,))


def keep_named(connection: Connection) -> None:
    """A file that an act names which is no stranger's is kept for good."""
    _KEEP_NAMED.run(connection)


_CASES_OF = Statement(select(act.c.case_id).distinct().where(act.c.pk.in_(NAMES)))
_other = act_blob.alias()
_NAMED_BY_THESE_ALONE = Statement(
    select(stranger_file.c.sha256)
    .distinct()
    .join(act_blob, act_blob.c.sha256 == stranger_file.c.sha256)
    .where(
        act_blob.c.act_pk.in_(NAMES),
        ~exists(_other.c.act_pk).where(_other.c.sha256 == stranger_file.c.sha256, _other.c.act_pk.not_in(NAMES)),
    )
)
_DISMISS = (
    Statement(delete(act_blob).where(act_blob.c.act_pk.in_(NAMES))),
    Statement(delete(waiting_room).where(waiting_room.c.act_pk.in_(NAMES))),
    Statement(delete(head).where(head.c.checkpoint_pk.in_(NAMES))),
    Statement(delete(checkpoint).where(checkpoint.c.act_pk.in_(NAMES))),
    Statement(delete(act).where(act.c.pk.in_(NAMES))),
)
_DROP_BYTES = Statement(delete(blob).where(blob.c.sha256.in_(NAMES)))
_KEEP_FILES = Statement(delete(stranger_file).where(stranger_file.c.sha256.in_(NAMES)))

_STRANGERS = Statement(
    select(stranger.c.act_pk, stranger.c.signer, act.c.act_id).join(act, act.c.pk == stranger.c.act_pk)
)
_STRANGERS_NO_MORE = Statement(delete(stranger).where(stranger.c.act_pk.in_(NAMES)))

_by_others = (
    select(act_blob.c.sha256)
    .outerjoin(stranger, stranger.c.act_pk == act_blob.c.act_pk)
    .where(stranger.c.act_pk.is_(None))
)
_NAMED_BY_OTHERS = Statement(_by_others.distinct().where(act_blob.c.sha256.in_(NAMES)))
_KEEP_NAMED = Statement(
    delete(stranger_file).where(
        _by_others.where(act_blob.c.sha256 == stranger_file.c.sha256).correlate(stranger_file).exists()
    )
)
