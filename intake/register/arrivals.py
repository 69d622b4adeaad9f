"""What has arrived in one step: what came of it, whether it moves the organisation, and which listings are complete now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ROSTER
from intake.domain.organisation.working_days import working_days
from intake.register import rejudging, storing
from intake.register.store import record_files, schema
from intake.register.store.installation import InstallationIdentity
from intake.register.store.reading import StoredFiles, roster_input
from intake.register.store.statements import NAMES, Statement
from intake.register.storing import Intake, Turned, admit
from intake.register.strangers import WaitingLimits, settle
from intake.register.views import projections
from intake.register.views.projections import who_waits
from intake.register.views.projector import OrgView, Projector

_KINDS = "kinds"
"""A setting: the kinds of acts of which the files are noted."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of what was offered. Act ids, apart from ``refused`` (blob ids) and ``blobs``, ``unasked``, ``left``.

    These are SHA-256 of files: stored, named by no act here, and named by strangers only and without room.

    ``waiting`` are those of ``new`` that wait for a roster; ``cases`` are the cases folded again, ``to_rejudge`` how
    many more are in the queue of ``Register.rejudge``.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    waiting: tuple[str, ...]
    refused: tuple[Turned, ...]
    blobs: tuple[str, ...]
    unasked: tuple[str, ...]
    left: tuple[str, ...]
    cases: frozenset[str]
    to_rejudge: int


def appended(found: Intake, to_rejudge: int) -> Appended:
    return Appended(
        new=tuple(item.act.id for item in found.new),
        known=tuple(found.known),
        waiting=tuple(found.waiting),
        refused=tuple(found.refused),
        blobs=tuple(found.blobs),
        unasked=tuple(found.unasked),
        left=tuple(found.left),
        cases=frozenset(found.cases),
        to_rejudge=to_rejudge,
    )


def moves(view: OrgView, found: Intake) -> bool:
    """Whether what has come may change which roster is in force: most acts of the organisation do not."""
    acts = [item.act for item in found.organisation]
    return any(
        act.kind in (ROSTER.name, ENDORSE.name) or (act.signer, act.stream) in view.streams or act.id in view.awaited
        for act in acts
    )


def rows_by(projector: Projector) -> str:
    """What wrote the rows, how it read the files of records, and what it could read of the acts."""
    return f"{projections.VERSION}, {record_files.READING}, {projector.reads}"


def note_files(
    connection: Connection, installation: InstallationIdentity, projector: Projector, clock: Callable[[], datetime]
) -> None:
    """Note which files those acts name whose kinds this program knows and the one before it did not."""
    known = installation.read(connection, _KINDS).split()
    storing.name_files(connection, projector.kinds.difference(known), projector.carried, clock)
    installation.write(connection, _KINDS, " ".join(sorted(projector.kinds)))


def index_checkpoints(connection: Connection, found: Intake, at: datetime, view: OrgView) -> list[str]:
    """Read the listings that are complete now: of new checkpoints, and of older ones whose file has just come.

    Only of those that can matter by ``view``: a listing may be large, and anybody can sign one.
    """
    candidates = {item.act.id for item in found.new if item.act.kind == CHECKPOINT.name}
    candidates |= {name for (name,) in _CHECKPOINTS_NAMING.among(connection, found.blobs)}
    matter = projections.checkpoints_that_matter(connection, view) & candidates if candidates else ()
    return [name for name in sorted(matter) if projections.index_checkpoint(connection, name, at)]


def admit_new(
    connection: Connection,
    found: Intake,
    projector: Projector,
    org: str,
    before: OrgView,
    limits: WaitingLimits,
    blobs: Mapping[str, bytes],
    *,
    own: bool,
) -> dict[str, str]:
    """Which of the new acts have to wait for a roster, by the rosters that are here or come with them."""
    view = before
    coming = [item.act for item in found.organisation]
    if any(act.kind in (ROSTER.name, ENDORSE.name) for act in coming):
        made_of = roster_input(connection)
        files = StoredFiles(connection, blobs)
        view = projector.organisation(org, (*made_of.acts, *coming), made_of.heads, files)
        if who_waits(before) != who_waits(view):
            # Or an endorsement could give way in the same step in which it counts.
            settle(connection, view, org)
    return admit(connection, found, view, limits, projector.objects, org=org, own=own)


def judge_again(
    connection: Connection,
    found: Intake,
    projector: Projector,
    before: OrgView,
    after: OrgView,
    checkpoints: Iterable[str],
) -> None:
    """Queue the cases that may now be judged differently, and write what is known of the organisation."""
    people = set() if after is before else set(projector.touched(before, after))
    for name in checkpoints:
        people |= after.bound.get(name, frozenset())
    rosters = (before.chain ^ after.chain) | {name for name, _ in _not_counted(before) ^ _not_counted(after)}
    arrived = {item.act.id for item in found.organisation} | rosters
    rejudging.enqueue(connection, people=people, rosters=rosters, arrived=arrived)
    if after is not before and working_days(before.history) != working_days(after.history):
        rejudging.enqueue_all(connection)  # what is due by a day is stored with each row
    if before != after:
        projections.project_organisation(connection, after)
    found.cases |= rejudging.few(connection)


def _not_counted(view: OrgView) -> set[tuple[str, str]]:
    """The versions outside the chain of which a case says why they do not count, with what each waits for."""
    history = view.history
    return {
        *((name, "") for name in view.late),
        *((name, item.waits_for) for name, item in history.unread.items() if item.waits_for),
        *((item.listed.id, item.waits_for) for item in history.pending if item.waits_for),
    }


def with_listings(
    connection: Connection, view: OrgView, fold: Callable[[], OrgView], at: datetime
) -> tuple[OrgView, list[str]]:
    """The organisation with what those checkpoints list that matter by it, and the ids of the ones indexed now."""
    indexed: list[str] = []
    while more := projections.index_what_matters(connection, view, at):
        indexed += more
        view = fold()
    return view, indexed


def admit_again(connection: Connection, found: Intake, before: OrgView, after: OrgView, org: str) -> None:
    """Others wait than did before, or than it seemed at the door: a checkpoint may have told between rosters."""
    if who_waits(before) != who_waits(after):
        projections.project_waiting_room(connection, after)
        settle(connection, after, org)
        found.waiting = [item.act.id for item in found.new if projections.waits(item.act, after)]


_CHECKPOINTS_NAMING = Statement(
    select(schema.act.c.act_id)
    .join(schema.act_blob, schema.act_blob.c.act_pk == schema.act.c.pk)
    .where(schema.act.c.kind == CHECKPOINT.name, schema.act_blob.c.sha256.in_(NAMES))
)
