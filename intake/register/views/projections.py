"""Writing the projections of one case, of the organisation and of checkpoints.

What a projection holds is decided by a ``Projector``; here it is written so that pages, filters, counts and search cost
the same however large the register is. Every row is a function of the stored acts and blobs: the order in which they
came, and how often a case was folded before, leave no trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from intake.domain.acts import checkpoint as listing
from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENROL
from intake.domain.base.reasons import facts_as_text
from intake.domain.base.refusals import Refusal
from intake.domain.case.summary import CaseSummary
from intake.register.store import own_acts, record_files, schema
from intake.register.store.quarantine import QuarantineRoom
from intake.register.store.reading import CONTENT, act_of, acts_of_case, file_of, roster_input
from intake.register.store.roster_changes import note_change
from intake.register.store.statements import Statement
from intake.register.views import full_text
from intake.register.views.asked import write_asks
from intake.register.views.columns import ANY_RECORD, FACET_COLUMNS, TURNS, stored_row, turn_column
from intake.register.views.counting import COUNT
from intake.register.views.full_text import facet_token
from intake.register.views.likeness import write_words
from intake.register.views.projector import OrgView, ProjectedCase, Projector
from intake.register.views.rows import Facet
from intake.register.views.shared_references import tell_of_shared

VERSION = 17
"""Raised when the same acts are to give other rows: every register then folds its cases again."""

_ROW = tuple(column.name for column in schema.case_row.columns)


def project_case(connection: Connection, projector: Projector, org: OrgView, case_pk: int, case_id: str) -> None:
    """Fold one case again from its acts and write what follows. The cost depends on this case only."""
    acts = acts_of_case(connection, case_id)
    view = projector.case(
        acts,
        org,
        frozenset(blobs_here(connection, case_id)),
        heads_of(connection, case_id, org),
        record_files.remembering(connection, projector.record_file),
        partial(file_of, connection),
    )
    write_row(connection, case_pk, view.summary)
    _write_notes(connection, case_pk, view)
    tell_of_shared(connection, case_id)
    if mine := own_acts.own_of_case(connection, case_id):
        own_acts.note_seen(connection, mine, projector.seen(acts, view.proving))


def project_seen_of_organisation(connection: Connection, projector: Projector, view: OrgView) -> None:
    """Write which acts of the organisation that were signed here somebody else has seen.

    What an administrator wrote is answered in the streams that make the roster. Nobody answers what others write: then none of
    these is read.
    """
    mine = own_acts.own_of_organisation(connection)
    if not mine:
        return
    answered = any((act.signer, act.stream) in view.streams for act in mine)
    acts = roster_input(connection).acts if answered else ()
    seen = projector.seen_of_organisation(acts, mine, view)
    own_acts.note_seen(connection, [act.id for act in mine], seen)


def project_organisation(connection: Connection, view: OrgView) -> None:
    """Write the people of the roster in force, and who is still in the waiting room."""
    _CLEAR[schema.person].run(connection)
    rows = [
        {
            "person": item.person,
            "name": item.name,
            "unit": item.unit,
            "roles": " ".join(item.roles),
            "certificates": " ".join(item.certificates),
        }
        for item in view.people
    ]
    _WRITE_PERSON.run_each(connection, rows)


def waits(act: Act, view: OrgView) -> str:
    """Why an act has to wait for a roster, as a code; empty when its signer and its roster are known."""
    return waiting_code(act.signer, act.roster, act.kind, view)


def waiting_code(signer: str, roster: str, kind: str, view: OrgView) -> str:
    """The same, from the columns of a stored act."""
    if roster in view.unread:
        return "PeopleMissing"
    if signer not in view.certificates:
        return "Enrolment" if kind == ENROL.name else "UnknownSigner"
    if roster in view.late:
        return "LateRoster"
    return "UnknownRoster" if roster and roster not in view.chain else ""


def who_waits(view: OrgView) -> tuple[frozenset[str], ...]:
    """All of a view that ``waits`` looks at."""
    return view.certificates, view.chain, view.late, view.unread


def project_waiting_room(connection: Connection, view: OrgView) -> None:
    """Compute again who is in the waiting room, from all acts."""
    _CLEAR[schema.waiting_room].run(connection)
    last = 0
    while True:
        found = _SIGNERS.run(connection, last=last).all()
        if not found:
            return
        last = found[-1][0]
        rows = [
            {"act_pk": pk, "size": size, "code": code}
            for pk, signer, roster, kind, size in found
            if (code := waiting_code(signer, roster, kind, view))
        ]
        _WRITE_WAITING.run_each(connection, rows)


def checkpoints_that_matter(connection: Connection, view: OrgView) -> frozenset[str]:
    """Ids of the stored checkpoints that somebody signed who keeps records, or by which a roster limits rights.

    ``view`` follows from these alone: a listing of anybody else's says nothing about the rosters.
    """
    return frozenset(
        name for name, signer in _CHECKPOINT_ACTS.run(connection) if signer in view.recorders or name in view.bound
    )


def index_what_matters(connection: Connection, view: OrgView, at: datetime) -> list[str]:
    """Index the checkpoints that ``view`` shows to matter, and drop what is indexed of others; gives the new ones.

    With new ones the organisation has to be folded again, and this asked again, until there are none.
    """
    matter = checkpoints_that_matter(connection, view)
    here = dict(_INDEXED.run(connection).all())
    for name in here.keys() - matter:
        note_change(connection)
        _DROP_HEADS.run(connection, pk=here[name])
        _DROP_CHECKPOINT.run(connection, pk=here[name])
    return [name for name in sorted(matter - here.keys()) if index_checkpoint(connection, name, at)]


def index_checkpoint(connection: Connection, act_id: str, at: datetime) -> bool:
    """Index the heads a checkpoint lists, once its listing is here; an unreadable one goes to quarantine.

    Returns whether it is indexed now. ``at`` is when it was received.
    """
    act_pk, content = _ACT.run(connection, act_id=act_id).one()
    try:
        named = CHECKPOINT.read(act_of(act_id, content)).heads.sha256
        data = file_of(connection, named)
        if data is None:
            return False
        heads = listing.read_heads(data)
    except Refusal as refusal:
        QuarantineRoom(connection, at).put(content, refusal, name=act_id, source="", keep=False)
        return False
    note_change(connection)
    _INDEX.run(connection, act_pk=act_pk, act_id=act_id)
    _INDEX_HEAD.run_each(
        connection,
        (
            {"case_id": case, "checkpoint_pk": act_pk, "act_id": name, "floor": heads.floors.get(name, "")}
            for case, names in heads.by_case.items()
            for name in sorted(names)
        ),
    )
    return True


def clear(connection: Connection) -> None:
    """Throw every projection away."""
    for statement in _CLEAR.values():
        statement.run(connection)
    full_text.clear(connection)


def blobs_here(connection: Connection, case_id: str) -> Iterator[str]:
    return iter(_BLOBS_HERE.run(connection, case_id=case_id).scalars())


def heads_of(connection: Connection, case_id: str, org: OrgView) -> Mapping[str, Heads]:
    """What each checkpoint that limits somebody's rights lists of this case; the others decide nothing."""
    if not org.bound:
        return {}
    here = {name: list[listing.ListedHead]() for name, _ in _INDEXED.run(connection)}
    for checkpoint, name, floor in _LISTED.run(connection, case_id=case_id):
        here[checkpoint].append(listing.ListedHead(case_id, name, floor))
    return {name: listing.heads_of(entries) for name, entries in here.items() if name in org.bound}


def write_row(connection: Connection, case_pk: int, summary: CaseSummary | None) -> None:
    """Write or remove the row of one case, with what it asks of whom, its counts and its words for search."""
    before = _READ_ROW.run(connection, pk=case_pk).first()
    old = dict(zip(_ROW, before, strict=True)) if before else None
    new = stored_row(case_pk, summary) if summary else None
    if old != new:
        if old:
            _REMOVE_ROW.run(connection, pk=case_pk)
        if new:
            _WRITE_ROW.run(connection, **new)
        _recount(connection, old, new)
    write_asks(connection, case_pk, summary)
    _write_text(connection, old, new, summary)
    write_words(connection, case_pk, summary)


def _recount(connection: Connection, old: Mapping[str, object] | None, new: Mapping[str, object] | None) -> None:
    changes: dict[tuple[str, str], int] = {}
    for row, step in ((old, -1), (new, 1)):
        for place in _counted(row) if row else ():
            changes[place] = changes.get(place, 0) + step
    for (facet, value), step in changes.items():
        if step:
            COUNT.run(connection, facet=facet, value=value, count=step)


def _counted(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield "total", ""
    for facet, column in FACET_COLUMNS.items():
        yield facet, str(row[column])
    for office in TURNS:
        if row[turn_column(office)]:
            yield Facet.TURN, office
    if row["record"]:
        yield Facet.RECORD, ANY_RECORD
    if row["turn_owner"]:
        yield "turn-of", str(row["owner"])
    if row["alarms"]:
        yield "alarms", ""
    if row["waiting"]:
        yield "waiting", ""


def _write_text(
    connection: Connection,
    old: Mapping[str, object] | None,
    new: Mapping[str, object] | None,
    summary: CaseSummary | None,
) -> None:
    was = _document(old) if old else None
    becomes = _document(new) if new else None
    facets = _facet_words(new) if new else ""
    text = summary.text if summary else ""
    full_text.write_document(connection, was, becomes, facets, text)


def _document(row: Mapping[str, object]) -> int:
    return full_text.document(int(str(row["newest"])), int(str(row["pk"])))


def _facet_words(row: Mapping[str, object]) -> str:
    words = [facet_token(facet, str(row[column])) for facet, column in FACET_COLUMNS.items()]
    words += [facet_token(Facet.TURN, office) for office in TURNS if row[turn_column(office)]]
    if row["record"]:
        words.append(facet_token(Facet.RECORD, ANY_RECORD))
    return " ".join(words)


def _write_notes(connection: Connection, case_pk: int, view: ProjectedCase) -> None:
    _FORGET_NOTES.run(connection, pk=case_pk)
    _FORGET_WANTS.run(connection, pk=case_pk)
    rows = [
        {
            "case_pk": case_pk,
            "sort": str(note.sort),
            "position": position,
            "act_id": note.act,
            "code": note.reason.code,
            "facts": facts_as_text(note.reason),
            "waits_for": note.waits_for,
        }
        for position, note in enumerate(view.notes)
    ]
    _NOTE.run_each(connection, rows)
    _WANT.run_each(connection, [{"name": name, "case_pk": case_pk} for name in sorted(view.wants)])


_act = schema.act
_checkpoint, _head, _row = schema.checkpoint, schema.head, schema.case_row
_want, _waiting, _person = schema.case_want, schema.waiting_room, schema.person

_CLEAR: Mapping[Table, Statement[*tuple[Any, ...]]] = {table: Statement(delete(table)) for table in schema.PROJECTIONS}
_WRITE_PERSON = Statement(insert(_person))
_WRITE_WAITING = Statement(insert(_waiting))
_SIGNERS = Statement(
    select(_act.c.pk, _act.c.signer, _act.c.roster, _act.c.kind, func.length(_act.c.blob))
    .where(_act.c.pk > bindparam("last"))
    .order_by(_act.c.pk)
    .limit(5000)
)

_ACT = Statement(select(_act.c.pk, CONTENT).where(_act.c.act_id == bindparam("act_id")))
_CHECKPOINT_ACTS = Statement(
    select(_act.c.act_id, _act.c.signer).where(_act.c.case_id == "", _act.c.kind == CHECKPOINT.name)
)
_INDEXED = Statement(select(_checkpoint.c.act_id, _checkpoint.c.act_pk))
_INDEX = Statement(insert(_checkpoint).on_conflict_do_nothing())
_INDEX_HEAD = Statement(insert(_head).on_conflict_do_nothing())
_DROP_HEADS = Statement(delete(_head).where(_head.c.checkpoint_pk == bindparam("pk")))
_DROP_CHECKPOINT = Statement(delete(_checkpoint).where(_checkpoint.c.act_pk == bindparam("pk")))
_LISTED = Statement(
    select(_checkpoint.c.act_id, _head.c.act_id, _head.c.floor)
    .join(_head, _head.c.checkpoint_pk == _checkpoint.c.act_pk)
    .where(_head.c.case_id == bindparam("case_id"))
)
_BLOBS_HERE = Statement(
    select(schema.act_blob.c.sha256)
    .distinct()
    .join(_act, _act.c.pk == schema.act_blob.c.act_pk)
    .join(schema.blob, schema.blob.c.sha256 == schema.act_blob.c.sha256)
    .where(_act.c.case_id == bindparam("case_id"))
)

_READ_ROW = Statement(select(*_row.columns).where(_row.c.pk == bindparam("pk")))
_WRITE_ROW = Statement(insert(_row))
_REMOVE_ROW = Statement(delete(_row).where(_row.c.pk == bindparam("pk")))
_NOTE = Statement(insert(schema.case_note))
_FORGET_NOTES = Statement(delete(schema.case_note).where(schema.case_note.c.case_pk == bindparam("pk")))
_WANT = Statement(insert(_want))
_FORGET_WANTS = Statement(delete(_want).where(_want.c.case_pk == bindparam("pk")))
