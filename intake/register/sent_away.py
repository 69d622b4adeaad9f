"""Acts that an administrator sent away into quarantine, and that come back from there once they can count.

Quarantine keeps their bytes: they may have come in a package or as a file that nobody has any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select

from intake.domain.acts.kinds import ENROL
from intake.domain.base.refusals import Refusal
from intake.register.refusals import SentAway
from intake.register.store import schema
from intake.register.store.quarantine import QuarantineRoom
from intake.register.store.reading import CONTENT, act_of
from intake.register.store.schema import stranger, waiting_room
from intake.register.store.statements import NAMES, Statement
from intake.register.views.projections import waiting_code
from intake.register.views.projector import OrgView, Projector
from intake.trust.acts import VerifiedAct, verify_act

SENT_AWAY = SentAway.__name__


@dataclass(frozen=True, slots=True)
class Sent:
    """``acts`` are the row numbers of those that are in quarantine now, ``left`` is how many found no room there."""

    acts: tuple[int, ...]
    left: int


def send_away(
    connection: Connection,
    key: str,
    projector: Projector,
    *,
    org: str,
    stream: str,
    enrolments: bool,
    at: datetime,
) -> Sent:
    """Write waiting acts into quarantine, with their key as the source; they are still to be dismissed.

    Of the keys that begin with ``key``; empty: of all strangers, enrolments or everything else. Of a listed key those
    acts of use cases go that wait for a roster and do not object: objections count at once. What was signed here
    (``stream``) stays.
    """
    rows = _WAITING.run(connection, key=key).all()
    chosen: list[tuple[int, str, str]] = []
    listed: list[int] = []
    for pk, signer, roster, act_id, blob_id, kind, case_id, of, strange in rows:
        if strange and (key or (kind == ENROL.name) == enrolments):
            chosen.append((pk, blob_id, signer))
        elif not strange and key and case_id and of != stream and act_id != org:
            act = act_of(act_id, _CONTENT.run(connection, pk=pk).scalar_one())
            if not projector.objects(act):
                listed.append(pk)
                chosen.append((pk, blob_id, f"{signer} {roster}"))
    sent: list[int] = []
    aside = QuarantineRoom(connection, at)
    for pk, blob_id, source in chosen:
        if not _keep(connection, aside, pk, blob_id, source):
            break
        sent.append(pk)
    _let_go(connection, {*listed} & {*sent})
    return Sent(tuple(sent), len(chosen) - len(sent))


def coming_back(connection: Connection, view: OrgView) -> list[VerifiedAct]:
    """The acts in quarantine that need not wait there any longer: of keys listed now, or whose roster is here now."""
    found: list[VerifiedAct] = []
    for source in _SOURCES.run(connection).scalars().all():
        signer, _, roster = source.partition(" ")
        if signer not in view.certificates or (roster and waiting_code(signer, roster, "", view)):
            continue
        for data in _FROM.run(connection, source=source).scalars().all():
            if data is None:
                continue
            try:
                found.append(verify_act(data))
            except Refusal:
                continue  # it was verified when it came; what the disk made of it stays where it can be looked at
    return found


def came_back(connection: Connection, acts: Iterable[VerifiedAct]) -> None:
    """These are stored now, and no longer refused."""
    _CAME_BACK.among(connection, (item.blob_id for item in acts))


def _keep(connection: Connection, aside: QuarantineRoom, pk: int, blob_id: str, source: str) -> bool:
    """Whether quarantine has the bytes of an act now: it may be the only place where they are, so junk goes before it."""
    blob = _BLOB.run(connection, pk=pk).scalar_one()
    if not aside.put(blob, SentAway(), name=f"{blob_id}.p7m", source=source, as_act=True, before_junk=True):
        return False
    return _FORGET_EMPTY.run(connection, sha256=blob_id).rowcount == 0


def _let_go(connection: Connection, acts: Iterable[int]) -> None:
    """Only what is noted as a stranger's can be removed."""
    _LET_GO.among(connection, sorted(acts))


_act, _sent = schema.act, schema.quarantine
_WAITING = Statement(
    select(
        _act.c.pk,
        _act.c.signer,
        _act.c.roster,
        _act.c.act_id,
        _act.c.blob_id,
        _act.c.kind,
        _act.c.case_id,
        _act.c.stream,
        stranger.c.act_pk.is_not(None),
    )
    .join(waiting_room, waiting_room.c.act_pk == _act.c.pk)
    .outerjoin(stranger, stranger.c.act_pk == _act.c.pk)
    .where(func.substr(_act.c.signer, 1, func.length(bindparam("key"))) == bindparam("key"))
    .order_by(_act.c.pk)
)
_CONTENT = Statement(select(CONTENT).where(_act.c.pk == bindparam("pk")))
_BLOB = Statement(select(_act.c.blob).where(_act.c.pk == bindparam("pk")))
_LET_GO = Statement(
    insert(stranger).from_select(
        ["act_pk", "signer", "size", "seat"],
        select(_act.c.pk, _act.c.signer, func.length(_act.c.blob), literal(0)).where(_act.c.pk.in_(NAMES)),
    )
)
_was_sent_away = _sent.c.code == SENT_AWAY
_SOURCES = Statement(select(_sent.c.source).distinct().where(_was_sent_away))
_FROM = Statement(
    select(_sent.c.bytes).where(_was_sent_away, _sent.c.source == bindparam("source")).order_by(_sent.c.pk)
)
_CAME_BACK = Statement(delete(_sent).where(_was_sent_away, _sent.c.sha256.in_(NAMES)))
_FORGET_EMPTY = Statement(
    delete(_sent).where(_was_sent_away, _sent.c.sha256 == bindparam("sha256"), _sent.c.bytes.is_(None))
)
