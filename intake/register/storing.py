"""Storing acts and files within one transaction: what is new, what is known, what is refused, what has to wait.

Judging rights is the fold's business; here it is decided only whether something belongs into this register at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL, KINDS, ROSTER
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption
from intake.register import refusals
from intake.register.file_room import FileRoom
from intake.register.room import Benches, Room
from intake.register.store import schema
from intake.register.store.quarantine import QuarantineRoom, release
from intake.register.store.reading import CONTENT, act_of
from intake.register.store.roster_changes import note_change
from intake.register.store.schema import act_blob, case_want, stranger, stranger_file, use_case, waiting_room
from intake.register.store.statements import NAMES, Statement
from intake.register.strangers import (
    WaitingLimits,
    dismiss,
    drop_files,
    is_stranger,
    keep_file,
    keep_named,
    named_by_others,
)
from intake.register.views.projections import waits
from intake.register.views.projector import OrgView
from intake.trust.acts import VerifiedAct

_NO_ORGANISATION = Caption("OrganisationNone", "none")

_BATCH = 5000
_STEP = 200

Carried = Callable[[Act], frozenset[str]]
"""The SHA-256 of the files that travel with an act. Raises MalformedAct or its kin."""


@dataclass(frozen=True, slots=True)
class Turned:
    """An act or file that was not stored, by blob id or SHA-256, and why."""

    id: str
    refusal: Refusal


@dataclass(slots=True)
class Intake:
    """What one transaction stores; filled step by step.

    ``strangers`` are the act ids of those by a key that no roster lists, and whether on a seat for enrolments; ``gone``
    is how many stored acts gave way to what came, ``left`` are files of strangers for which there is no room.
    """

    new: list[VerifiedAct] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    strangers: dict[str, bool] = field(default_factory=dict)
    gone: int = 0
    cases: set[str] = field(default_factory=set)

    @property
    def organisation(self) -> list[VerifiedAct]:
        # Nearly every act names its case, and then there is nothing to be worked out.
        return [item for item in self.new if not item.act.case and not item.act.case_id]

    def follow(self, later: Intake) -> None:
        """Add what came back with it, from quarantine: nothing of that was offered, so nothing of it was refused."""
        self.new += later.new
        self.waiting += later.waiting
        self.cases |= later.cases
        self.gone += later.gone


def sift(connection: Connection, acts: Iterable[VerifiedAct], *, org: str, at: datetime) -> Intake:
    """Tell new acts from known ones and from those of others. A second signature of a known act is known."""
    found, aside = Intake(), QuarantineRoom(connection, at)
    offered = {item.act.id: item for item in reversed(list(acts))}
    known = _these(_ACTS_HERE, connection, offered)
    of_case = {kind: not KINDS.of_organisation(kind) for kind in {item.act.kind for item in offered.values()}}
    for item in sorted(offered.values(), key=lambda verified: of_case[verified.act.kind]):
        if item.act.id in known:
            found.known.append(item.act.id)
            continue
        refusal = belongs(item.act, org)
        if refusal is None:
            found.new.append(item)
            continue
        found.refused.append(Turned(item.blob_id, refusal))
        if isinstance(refusal, refusals.AnotherOrganisation):
            name = f"{item.blob_id}.p7m"
            aside.put(item.blob, refusal, name=name, source=item.act.person, as_act=True)
    return found


def belongs(act: Act, org: str) -> Refusal | None:
    """Why an act may not enter the register of ``org``; None when it may.

    Enrolments may come before the organisation does, and its first roster cannot name itself.
    """
    if act.kind == ENROL.name and not act.org:
        return None
    if act.kind == ROSTER.name and not act.org:
        return None if not org or act.id == org else refusals.AnotherOrganisation(found=act.id[:16], org=org[:16])
    if act.org == org and org:
        return None
    if not org:
        return refusals.NoOrganisationYet(found=act.org[:16])
    return refusals.AnotherOrganisation(found=act.org[:16] or _NO_ORGANISATION(), org=org[:16])


def admit(
    connection: Connection,
    found: Intake,
    view: OrgView,
    limits: WaitingLimits,
    objects: Callable[[Act], bool],
    *,
    org: str,
    own: bool,
) -> dict[str, str]:
    """Give acts that must wait a place in the waiting room while there is one; the others are refused.

    Returns the code for each act id that waits. ``view`` already knows the roster acts of this intake. What was signed
    here (``own``), what the rosters rest on and objections of listed people always have a place.
    """
    room, benches = Room(connection, limits), Benches(connection, limits)
    codes: dict[str, str] = {}
    refused: set[str] = set()
    for item in _by_turns(found.new):
        code = waits(item.act, view)
        if not code:
            continue
        signer, size = item.act.signer, len(item.blob)
        refusal: Refusal | None = None
        if not own and is_stranger(signer, item.act.id, view, org):
            found.strangers[item.act.id] = room.enrols(item)
            if not found.strangers[item.act.id] and not room.admit(signer, size):
                refusal = refusals.WaitingRoomFull(count=room.count, size=room.size)
        elif not own and signer in view.certificates and not benches.admit(signer, size) and not objects(item.act):
            refusal = refusals.TooManyWait(count=benches.taken(signer), key=signer[:16])
        if refusal:
            refused.add(item.act.id)
            found.refused.append(Turned(item.blob_id, refusal))
            continue
        codes[item.act.id] = code
        found.waiting.append(item.act.id)
    found.new = [item for item in found.new if item.act.id not in refused]
    found.gone = len(room.leaving)
    found.cases |= dismiss(connection, room.leaving)
    return codes


def _by_turns(items: Iterable[VerifiedAct]) -> list[VerifiedAct]:
    """The first act of every key, then the second of each: of what comes together nobody is served before the others."""
    met: Counter[str] = Counter()
    turns = []
    for item in items:
        met[item.act.signer] += 1
        turns.append((met[item.act.signer], item))
    return [item for _, item in sorted(turns, key=lambda turn: turn[0])]


def store_acts(
    connection: Connection, found: Intake, codes: Mapping[str, str], carried: Carried, *, at: datetime
) -> dict[str, int]:
    """Write the new acts; returns act id to row number. ``carried`` tells which files an act names."""
    received = at.isoformat()
    # Inside the write lock nobody else gives out row numbers, so they need not be asked for afterwards.
    first = 1 + _LAST_ACT.run(connection).scalar_one()
    numbers = {item.act.id: first + position for position, item in enumerate(found.new)}
    for start in range(0, len(found.new), _BATCH):
        batch = found.new[start : start + _BATCH]
        WRITE_ACT.run_each(connection, (act_row(numbers[item.act.id], item, received) for item in batch))
    release(connection, (item.blob_id for item in found.new))
    if found.organisation:
        note_change(connection)
    named: list[dict[str, object]] = []
    aside = QuarantineRoom(connection, at)
    for item in found.new:
        if files := _carried(aside, carried, item.act, item.blob_id, item.blob):
            named += [{"act_pk": numbers[item.act.id], "sha256": name} for name in sorted(files)]
    _NAME_FILE.run_each(connection, named)
    seats = [
        {"act_pk": numbers[item.act.id], "size": len(item.blob), "code": codes[item.act.id]}
        for item in found.new
        if item.act.id in codes
    ]
    _GIVE_SEAT.run_each(connection, seats)
    strangers = [
        {
            "act_pk": numbers[item.act.id],
            "signer": item.act.signer,
            "size": len(item.blob),
            "seat": int(found.strangers[item.act.id]),
        }
        for item in found.new
        if item.act.id in found.strangers
    ]
    _WRITE_STRANGER.run_each(connection, strangers)
    if len(strangers) < len(found.new):
        keep_named(connection)
    found.cases.update(case for item in found.new if (case := item.act.case_id))
    return numbers


def name_files(connection: Connection, kinds: Iterable[str], carried: Carried, clock: Callable[[], datetime]) -> None:
    """Note again which files the stored acts of these kinds name: they came when this program did not know the kinds."""
    names, last = sorted(kinds), 0
    while True:
        found = _ACTS_OF_KINDS.among(connection, names, last=last)
        if not found:
            return
        last, aside = found[-1][0], QuarantineRoom(connection, clock())
        note_change(connection)
        for pk, act_id, content, blob_id, blob in found:
            act = act_of(act_id, content)
            files = _carried(aside, carried, act, blob_id, blob)
            _NAME_FILE.run_each(connection, [{"act_pk": pk, "sha256": name} for name in sorted(files)])


def _carried(aside: QuarantineRoom, carried: Carried, act: Act, blob_id: str, blob: bytes) -> frozenset[str]:
    """The files an act names; none of one that has not the form of its kind, and then quarantine says so."""
    try:
        return carried(act)
    except Refusal as refusal:
        unreadable = refusals.UnreadableBody(detail=refusal.given)
        aside.put(blob, unreadable, name=f"{blob_id}.p7m", source=act.person, keep=False)
        return frozenset()


def store_blobs(
    connection: Connection, found: Intake, blobs: Mapping[str, bytes], limits: WaitingLimits, *, at: datetime
) -> None:
    """Write the files that some act names and that are not here; their cases are to be folded again.

    A file no act names is not kept: nothing would ever say who may see it or when it may go. What only strangers name
    is kept while there is room for it, the smallest first.
    """
    if not blobs:
        return
    asked = _these(_FILES_NAMED, connection, blobs)
    here = _these(_FILES_HERE, connection, blobs)
    wanted = named_by_others(connection, asked)
    aside, room = QuarantineRoom(connection, at), FileRoom(connection, limits, asked - wanted - here)
    for name, data in sorted(blobs.items(), key=lambda item: len(item[1])):
        if name in here:
            continue
        if sha256(data) != name:
            refusal = refusals.WrongBytes(sha256=name)
            found.refused.append(Turned(name, refusal))
            aside.put(data, refusal, name=name, source="")
        elif name in wanted or (name in asked and _admit_file(connection, found, room, name, len(data))):
            _WRITE_FILE.run(connection, sha256=name, size=len(data), bytes=data)
            found.blobs.append(name)
        elif name in asked:
            found.left.append(name)
        else:
            found.unasked.append(name)
    release(connection, found.blobs)
    if _these(_NAMED_BY_ORGANISATION, connection, found.blobs):
        note_change(connection)
    names = [*found.blobs, *found.left]
    found.cases |= _these(_CASES_NAMING, connection, names) - {""}
    found.cases |= _these(_CASES_WANTING, connection, names)


def _admit_file(connection: Connection, found: Intake, room: FileRoom, name: str, size: int) -> bool:
    """Whether there is room for a file that only strangers name; others may have to give way to it."""
    going = room.admit(name, size)
    if going is None:
        return False
    if going:
        drop_files(connection, going)
        found.left += going
        found.blobs = [item for item in found.blobs if item not in going]
    _WRITE_STRANGER_FILE.run(connection, sha256=name, size=size)
    return True


def files_with_place(connection: Connection, limits: WaitingLimits, files: Mapping[str, int]) -> frozenset[str]:
    """Which of these files (SHA-256 to bytes) would be stored if they came now, each alone."""
    asked = _these(_FILES_NAMED, connection, files)
    wanted = named_by_others(connection, asked)
    room = FileRoom(connection, limits, asked - wanted)
    return frozenset(wanted | {name for name in asked - wanted if room.has(name, files[name])})


def people_came(connection: Connection, found: Intake) -> bool:
    """Whether a file has come that a stored roster names, so that its version can be read."""
    return bool(_these(_NAMED_BY_ROSTER, connection, found.blobs))


def keep(connection: Connection, data: bytes) -> str:
    """Store bytes that no act names yet; returns their SHA-256."""
    name = sha256(data)
    _KEEP_FILE.run(connection, sha256=name, size=len(data), bytes=data)
    keep_file(connection, name)
    note_change(connection)
    return name


def number_cases(connection: Connection, cases: Iterable[str]) -> dict[str, int]:
    """The row number of each case, given when it is met for the first time."""
    names = sorted(cases)
    _NUMBER_CASE.run_each(connection, [{"case_id": name} for name in names])
    return dict(_CASE_NUMBERS.among(connection, names))


def act_row(number: int, item: VerifiedAct, received: str) -> dict[str, object]:
    """What ``WRITE_ACT`` is given."""
    act = item.act
    at, size = item.content
    return {
        "pk": number,
        "act_id": act.id,
        "blob_id": item.blob_id,
        "kind": act.kind,
        "case_id": act.case_id,
        "person": act.person,
        "signer": act.signer,
        "stream": act.stream,
        "seq": act.seq,
        "prev": act.prev,
        "roster": act.roster,
        "received": received,
        "content_at": at,
        "content_size": size,
        "blob": item.blob,
    }


def _these(statement: Statement[str], connection: Connection, names: Iterable[str]) -> set[str]:
    return {name for (name,) in statement.among(connection, names)}


_act, _file = schema.act, schema.blob
WRITE_ACT = Statement(insert(_act))
_LAST_ACT = Statement(select(func.coalesce(func.max(_act.c.pk), 0)))
_ACTS_HERE = Statement(select(_act.c.act_id).where(_act.c.act_id.in_(NAMES)))
_ACTS_OF_KINDS = Statement(
    select(_act.c.pk, _act.c.act_id, CONTENT, _act.c.blob_id, _act.c.blob)
    .where(_act.c.pk > bindparam("last"), _act.c.kind.in_(NAMES))
    .order_by(_act.c.pk)
    .limit(_STEP)
)
_GIVE_SEAT = Statement(insert(waiting_room))
_WRITE_STRANGER = Statement(insert(stranger))
_WRITE_STRANGER_FILE = Statement(insert(stranger_file))

_file_given = insert(_file).values(sha256=bindparam("sha256"), size=bindparam("size"), bytes=bindparam("bytes"))
_WRITE_FILE = Statement(_file_given)
_KEEP_FILE = Statement(_file_given.on_conflict_do_nothing())
_FILES_HERE = Statement(select(_file.c.sha256).where(_file.c.sha256.in_(NAMES)))

_NAME_FILE = Statement(insert(act_blob).on_conflict_do_nothing())
_FILES_NAMED = Statement(select(act_blob.c.sha256).distinct().where(act_blob.c.sha256.in_(NAMES)))
_by_acts = select(act_blob.c.sha256).distinct().join(_act, _act.c.pk == act_blob.c.act_pk)
_by_acts = _by_acts.where(act_blob.c.sha256.in_(NAMES))
_NAMED_BY_ORGANISATION = Statement(_by_acts.where(_act.c.case_id == ""))
_NAMED_BY_ROSTER = Statement(_by_acts.where(_act.c.kind == ROSTER.name))
_CASES_NAMING = Statement(
    select(_act.c.case_id).distinct().join(act_blob, act_blob.c.act_pk == _act.c.pk).where(act_blob.c.sha256.in_(NAMES))
)
_CASES_WANTING = Statement(
    select(use_case.c.case_id).join(case_want, case_want.c.case_pk == use_case.c.pk).where(case_want.c.name.in_(NAMES))
)

_NUMBER_CASE = Statement(insert(use_case).values(case_id=bindparam("case_id")).on_conflict_do_nothing())
_CASE_NUMBERS = Statement(select(use_case.c.case_id, use_case.c.pk).where(use_case.c.case_id.in_(NAMES)))
