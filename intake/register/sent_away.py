"""Acts that an administrator sent away into quarantine, and that come back from there once they can count.

Quarantine keeps their bytes: they may have come in a package or as a file that nobody has any more.
"""

# ruff: noqa: S608 - statements are put together from names in this package and question marks; values are parameters

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.acts.kinds import ENROL
from intake.domain.base.refusals import Refusal
from intake.register.refusals import SentAway
from intake.register.store.quarantine import quarantine
from intake.register.store.reading import SELECT_ACT, act_of
from intake.register.store.sql import chunks, marks
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
    rows = connection.exec_driver_sql(
        "SELECT a.pk, a.signer, a.roster, a.act_id, a.blob_id, a.kind, a.case_id, a.stream, s.act_pk IS NULL "
        "FROM waiting_room w JOIN act a ON a.pk = w.act_pk LEFT JOIN stranger s ON s.act_pk = a.pk "
        "WHERE substr(a.signer, 1, length(?)) = ? ORDER BY a.pk",
        (key, key),
    ).fetchall()
    chosen: list[tuple[int, str, str]] = []
    listed: list[int] = []
    for pk, signer, roster, act_id, blob_id, kind, case_id, of, counts in rows:
        if not counts and (key or (kind == ENROL.name) == enrolments):
            chosen.append((pk, blob_id, signer))
        elif counts and key and case_id and of != stream and act_id != org:
            act = act_of(*connection.exec_driver_sql(f"{SELECT_ACT} WHERE pk = ?", (pk,)).one())
            if not projector.objects(act):
                listed.append(pk)
                chosen.append((pk, blob_id, f"{signer} {roster}"))
    sent: list[int] = []
    for pk, blob_id, source in chosen:
        if not _keep(connection, pk, blob_id, source, at):
            break
        sent.append(pk)
    _let_go(connection, {*listed} & {*sent})
    return Sent(tuple(sent), len(chosen) - len(sent))


def coming_back(connection: Connection, view: OrgView) -> list[VerifiedAct]:
    """The acts in quarantine that need not wait there any longer: of keys listed now, or whose roster is here now."""
    sources = connection.exec_driver_sql(
        f"SELECT DISTINCT source FROM quarantine WHERE code = '{SENT_AWAY}'"
    ).fetchall()
    found: list[VerifiedAct] = []
    for (source,) in sources:
        signer, _, roster = source.partition(" ")
        if signer not in view.certificates or (roster and waiting_code(signer, roster, "", view)):
            continue
        rows = connection.exec_driver_sql(
            f"SELECT pk, bytes FROM quarantine WHERE code = '{SENT_AWAY}' AND source = ? ORDER BY pk", (source,)
        )
        for _, data in rows.fetchall():
            try:
                found.append(verify_act(bytes(data)))
            except Refusal:
                continue  # it was verified when it came; what the disk made of it stays where it can be looked at
    return found


def came_back(connection: Connection, acts: Iterable[VerifiedAct]) -> None:
    """These are stored now, and no longer refused."""
    for piece in chunks(item.blob_id for item in acts):
        connection.exec_driver_sql(
            f"DELETE FROM quarantine WHERE code = '{SENT_AWAY}' AND sha256 IN ({marks(piece)})", piece
        )


def _keep(connection: Connection, pk: int, blob_id: str, source: str, at: datetime) -> bool:
    """Whether quarantine has the bytes of an act now: it may be the only place where they are."""
    blob = bytes(connection.exec_driver_sql("SELECT blob FROM act WHERE pk = ?", (pk,)).scalar_one())
    if not quarantine(connection, blob, SentAway(), name=f"{blob_id}.p7m", source=source, at=at, as_act=True):
        return False
    kept = connection.exec_driver_sql(
        f"DELETE FROM quarantine WHERE sha256 = ? AND code = '{SENT_AWAY}' AND bytes IS NULL RETURNING pk", (blob_id,)
    ).first()
    return kept is None


def _let_go(connection: Connection, acts: Iterable[int]) -> None:
    """Only what is noted as a stranger's can be removed."""
    for pk in sorted(acts):
        connection.exec_driver_sql(
            "INSERT INTO stranger (act_pk, signer, size, seat) SELECT pk, signer, length(blob), 0 FROM act WHERE pk = ?",
            (pk,),
        )
