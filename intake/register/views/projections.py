"""Writing the projections of one case, of the organisation and of checkpoints, and naming their content by a digest.

What a projection holds is decided by a ``Projector``; here it is written so that pages, filters, counts and search cost
the same however large the register is. Every row is a function of the stored acts and blobs: the order in which they
came, and how often a case was folded before, leave no trace.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from intake.domain.acts import checkpoint as listing
from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENROL
from intake.domain.base.refusals import Refusal
from intake.domain.case.summary import CaseSummary
from intake.register.store import record_files, schema
from intake.register.store.quarantine import quarantine
from intake.register.store.reading import act_of, acts_of_case
from intake.register.store.roster_changes import note_change
from intake.register.views.likeness import write_words
from intake.register.views.projector import OrgView, ProjectedCase, Projector
from intake.register.views.rows import Facet, seconds

PK_BITS = 24
"""A document's number in the full-text index is its newest second, then its case number in this many bits: the index
itself is in the offered order, newest first, and no search has to sort."""

VERSION = 4
"""Raised when the same acts are to give other rows: every register then folds its cases again."""

_NEVER = "9999-99-99"
_TURNS = ("owner", "cio", "ciso", "records")

_ROW = (
    "pk", "reference", "title", "title_key", "unit", "owner", "tier", "lane", "stage", "phase", "turn", "turn_owner",
    "turn_cio", "turn_ciso", "turn_records", "cio", "ciso", "revision", "filed", "decided", "expires", "expires_key",
    "due", "due_key", "newest", "alarms", "waiting",
)  # fmt: skip
_WRITE_ROW = f"INSERT INTO case_row ({', '.join(_ROW)}) VALUES ({', '.join('?' * len(_ROW))})"
_READ_ROW = f"SELECT {', '.join(_ROW)} FROM case_row WHERE pk = ?"
_COUNT = "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"


def project_case(connection: Connection, projector: Projector, org: OrgView, case_pk: int, case_id: str) -> None:
    """Fold one case again from its acts and write what follows. The cost depends on this case only."""
    view = projector.case(
        acts_of_case(connection, case_id),
        org,
        frozenset(blobs_here(connection, case_id)),
        heads_of(connection, case_id, org),
        record_files.remembering(connection, projector.record_file),
    )
    write_row(connection, case_pk, view.summary)
    _write_notes(connection, case_pk, view)


def project_organisation(connection: Connection, view: OrgView) -> None:
    """Write the people of the roster in force, and who is still in the waiting room."""
    connection.execute(delete(schema.person))
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
    if rows:
        connection.execute(insert(schema.person), rows)


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
    """Work out again who is in the waiting room, from all acts."""
    connection.execute(delete(schema.waiting_room))
    last = 0
    while True:
        found = connection.exec_driver_sql(
            "SELECT pk, signer, roster, kind, length(blob) FROM act WHERE pk > ? ORDER BY pk LIMIT 5000", (last,)
        ).fetchall()
        if not found:
            return
        last = found[-1][0]
        rows = [
            {"act_pk": pk, "size": size, "code": code}
            for pk, signer, roster, kind, size in found
            if (code := waiting_code(signer, roster, kind, view))
        ]
        if rows:
            connection.execute(insert(schema.waiting_room), rows)


def checkpoints_that_matter(connection: Connection, view: OrgView) -> frozenset[str]:
    """Ids of the stored checkpoints that somebody signed who keeps records, or by which a roster limits rights.

    ``view`` follows from these alone: a listing of anybody else's says nothing about the rosters.
    """
    found = connection.exec_driver_sql("SELECT act_id, signer FROM act WHERE case_id = '' AND kind = 'checkpoint'")
    return frozenset(name for name, signer in found if signer in view.recorders or name in view.bound)


def index_what_matters(connection: Connection, view: OrgView, at: datetime) -> list[str]:
    """Index the checkpoints that ``view`` shows to matter, and drop what is indexed of others; gives the new ones.

    With new ones the organisation has to be folded again, and this asked again, until there are none.
    """
    matter = checkpoints_that_matter(connection, view)
    here = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT act_id, act_pk FROM checkpoint")}
    for name in here.keys() - matter:
        note_change(connection)
        connection.exec_driver_sql("DELETE FROM head WHERE checkpoint_pk = ?", (here[name],))
        connection.exec_driver_sql("DELETE FROM checkpoint WHERE act_pk = ?", (here[name],))
    return [name for name in sorted(matter - here.keys()) if index_checkpoint(connection, name, at)]


def index_checkpoint(connection: Connection, act_id: str, at: datetime) -> bool:
    """Index the heads a checkpoint lists, once its listing is here; an unreadable one goes to quarantine.

    Returns whether it is indexed now. ``at`` is when it was received.
    """
    act_pk, content = connection.exec_driver_sql(
        "SELECT pk, substr(blob, content_at + 1, content_size) FROM act WHERE act_id = ?", (act_id,)
    ).one()
    try:
        named = CHECKPOINT.read(act_of(act_id, content)).heads.sha256
        data = connection.exec_driver_sql("SELECT bytes FROM blob WHERE sha256 = ?", (named,)).scalar()
        if data is None:
            return False
        heads = listing.read_heads(bytes(data))
    except Refusal as refusal:
        quarantine(connection, content, refusal, name=act_id, source="", at=at, keep=False)
        return False
    note_change(connection)
    connection.exec_driver_sql("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (act_pk, act_id))
    rows = [(case, act_pk, name) for case, names in heads.by_case.items() for name in sorted(names)]
    if rows:
        connection.exec_driver_sql("INSERT OR IGNORE INTO head (case_id, checkpoint_pk, act_id) VALUES (?, ?, ?)", rows)
    return True


def clear(connection: Connection) -> None:
    """Throw every projection away."""
    for table in schema.PROJECTIONS:
        connection.execute(delete(table))
    connection.exec_driver_sql("DELETE FROM case_fts")
    connection.exec_driver_sql("DELETE FROM case_words")


def digest(connection: Connection) -> str:
    """SHA-256 over every projection, independent of the numbers this register happens to use.

    Two registers that hold the same acts and blobs and belong to the same organisation have the same digest.
    """
    found = hashlib.sha256()
    for name, statement in _CONTENT.items():
        found.update(f"\n{name}\n".encode())
        for row in connection.exec_driver_sql(statement):
            found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def facet_token(facet: Facet, value: str) -> str:
    """The word that stands for a filter in the full-text index; no typed text can contain it by chance."""
    return "x" + hashlib.blake2b(f"{facet}={value}".encode(), digest_size=12).hexdigest()


_CASES = "JOIN use_case u ON u.pk = t"
_CONTENT = {
    "case_row": f"SELECT u.case_id, {', '.join(f't.{name}' for name in _ROW[1:])} FROM case_row t {_CASES}.pk ORDER BY 1",
    "case_note": f"SELECT u.case_id, t.sort, t.position, t.act_id, t.code, t.text, t.waits_for FROM case_note t {_CASES}.case_pk ORDER BY 1, 2, 3",
    "case_want": f"SELECT u.case_id, t.name FROM case_want t {_CASES}.case_pk ORDER BY 1, 2",
    "case_fts": f"SELECT u.case_id, t.rowid >> {PK_BITS}, t.facets, t.text FROM case_fts t JOIN use_case u "
    f"ON u.pk = t.rowid & {(1 << PK_BITS) - 1} ORDER BY 1",
    "case_words": f"SELECT u.case_id, t.title, t.purpose, t.conditions FROM case_words t {_CASES}.rowid ORDER BY 1",
    "person": "SELECT * FROM person ORDER BY 1",
    "counter": "SELECT facet, value, count FROM counter WHERE count <> 0 ORDER BY 1, 2",
    "waiting_room": "SELECT a.act_id, t.size, t.code FROM waiting_room t JOIN act a ON a.pk = t.act_pk ORDER BY 1",
    "checkpoint": "SELECT act_id FROM checkpoint ORDER BY 1",
    "head": "SELECT t.case_id, a.act_id, t.act_id FROM head t JOIN act a ON a.pk = t.checkpoint_pk ORDER BY 1, 2, 3",
}


def blobs_here(connection: Connection, case_id: str) -> Iterator[str]:
    found = connection.exec_driver_sql(
        "SELECT DISTINCT n.sha256 FROM act a JOIN act_blob n ON n.act_pk = a.pk JOIN blob b ON b.sha256 = n.sha256 "
        "WHERE a.case_id = ?",
        (case_id,),
    )
    return (row[0] for row in found)


def heads_of(connection: Connection, case_id: str, org: OrgView) -> Mapping[str, Heads]:
    """What each checkpoint that limits somebody's rights lists of this case; the others decide nothing."""
    if not org.bound:
        return {}
    here = {row[0]: set[str]() for row in connection.exec_driver_sql("SELECT act_id FROM checkpoint")}
    listed = connection.exec_driver_sql(
        "SELECT c.act_id, h.act_id FROM head h JOIN checkpoint c ON c.act_pk = h.checkpoint_pk WHERE h.case_id = ?",
        (case_id,),
    )
    for checkpoint, name in listed:
        here[checkpoint].add(name)
    return {name: Heads({case_id: frozenset(heads)}) for name, heads in here.items() if name in org.bound}


def write_row(connection: Connection, case_pk: int, summary: CaseSummary | None) -> None:
    """Write or remove the row of one case, with its counts and its words for search."""
    before = connection.exec_driver_sql(_READ_ROW, (case_pk,)).fetchone()
    after = _values(case_pk, summary) if summary else None
    old = dict(zip(_ROW, before, strict=True)) if before else None
    new = dict(zip(_ROW, after, strict=True)) if after else None
    if old != new:
        if old:
            connection.exec_driver_sql("DELETE FROM case_row WHERE pk = ?", (case_pk,))
        if after:
            connection.exec_driver_sql(_WRITE_ROW, after)
        _recount(connection, old, new)
    _write_text(connection, old, new, summary)
    write_words(connection, case_pk, summary)


def _values(pk: int, summary: CaseSummary) -> tuple[object, ...]:
    turns = tuple(int(office in summary.turn) for office in _TURNS)
    decided, expires, due = (
        day.isoformat() if day else None for day in (summary.decided, summary.expires, summary.due)
    )
    return (
        pk, summary.reference, summary.title, summary.title.casefold(), summary.unit, summary.owner, str(summary.tier),
        str(summary.lane), str(summary.stage), str(summary.phase), " ".join(summary.turn), *turns, str(summary.cio),
        str(summary.ciso), summary.revision, summary.filed.isoformat(), decided, expires, expires or _NEVER, due,
        due or _NEVER, seconds(summary.newest), summary.alarms, summary.waiting,
    )  # fmt: skip


def _recount(connection: Connection, old: Mapping[str, object] | None, new: Mapping[str, object] | None) -> None:
    changes: dict[tuple[str, str], int] = {}
    for row, step in ((old, -1), (new, 1)):
        for place in _counted(row) if row else ():
            changes[place] = changes.get(place, 0) + step
    for (facet, value), step in changes.items():
        if step:
            connection.exec_driver_sql(_COUNT, (facet, value, step))


def _counted(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield "total", ""
    for facet in (Facet.PHASE, Facet.TIER, Facet.UNIT, Facet.STAGE):
        yield facet, str(row[facet])
    for office in _TURNS:
        if row[f"turn_{office}"]:
            yield Facet.TURN, office
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
    if was is not None:
        stored = connection.exec_driver_sql("SELECT facets, text FROM case_fts WHERE rowid = ?", (was,)).fetchone()
        if was == becomes and stored == (facets, text):
            return
        connection.exec_driver_sql("DELETE FROM case_fts WHERE rowid = ?", (was,))
    if becomes is not None:
        connection.exec_driver_sql(
            "INSERT INTO case_fts (rowid, facets, text) VALUES (?, ?, ?)", (becomes, facets, text)
        )


def _document(row: Mapping[str, object]) -> int:
    return (int(str(row["newest"])) << PK_BITS) | int(str(row["pk"]))


def _facet_words(row: Mapping[str, object]) -> str:
    words = [facet_token(facet, str(row[facet])) for facet in (Facet.PHASE, Facet.TIER, Facet.UNIT, Facet.STAGE)]
    words += [facet_token(Facet.TURN, office) for office in _TURNS if row[f"turn_{office}"]]
    return " ".join(words)


def _write_notes(connection: Connection, case_pk: int, view: ProjectedCase) -> None:
    connection.exec_driver_sql("DELETE FROM case_note WHERE case_pk = ?", (case_pk,))
    connection.exec_driver_sql("DELETE FROM case_want WHERE case_pk = ?", (case_pk,))
    rows = [
        (case_pk, str(note.sort), position, note.act, note.code, note.text, note.waits_for)
        for position, note in enumerate(view.notes)
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO case_note (case_pk, sort, position, act_id, code, text, waits_for) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    wants = [(name, case_pk) for name in sorted(view.wants)]
    if wants:
        connection.exec_driver_sql("INSERT INTO case_want (name, case_pk) VALUES (?, ?)", wants)
