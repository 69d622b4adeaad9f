"""From stored bytes back to acts: the content is cut out of the signed file by position and checked by its digest.

The signature was verified before the act was stored, so a fold does not pay for it again; that the stored content is
still the one that was signed costs one SHA-256. Whether the signatures themselves still hold is asked by
``Register.audit``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, LargeBinary, Row, bindparam, func, or_, select, tuple_

from intake.domain.acts.checkpoint import Heads, ListedHead, heads_of
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ROSTER
from intake.domain.base import canonical
from intake.register.refusals import StoredActDamaged
from intake.register.store.schema import act, blob, checkpoint, head
from intake.register.store.statements import NAMES, Statement

CONTENT = func.substr(act.c.blob, act.c.content_at + 1, act.c.content_size, type_=LargeBinary)
"""The signed JSON inside the file of an act; ``act_of`` reads it."""


def act_of(act_id: str, content: bytes) -> Act:
    """The act in stored content. Raises StoredActDamaged when it is not what its id says."""
    return _remembered(act_id, content) if len(content) <= _SMALL else _parse(act_id, content)


def _parse(act_id: str, content: bytes) -> Act:
    if canonical.sha256(content) != act_id:
        raise StoredActDamaged(act=act_id)
    value = json.loads(content)
    return Act(
        act_id,
        value["org"],
        value["kind"],
        value["case"],
        value["stream"],
        value["seq"],
        value["prev"],
        tuple(value["after"]),
        value["roster"],
        value["person"],
        value["signer"],
        datetime.fromisoformat(value["at"]),
        value["app"],
        value["body"],
    )


# Told apart by every byte of the content, so that what is changed in the file is parsed, and found, like anything new.
_remembered = lru_cache(maxsize=1024)(_parse)
_SMALL = 16_384
"""Bytes of content that are worth remembering: acts of people, and no more than 16 MiB of them."""


def acts_of_case(connection: Connection, case_id: str) -> list[Act]:
    """All acts of one case; of the organisation when ``case_id`` is empty."""
    return [act_of(*row) for row in _OF_CASE.run(connection, case_id=case_id)]


def acts_of_organisation(connection: Connection, kind: str, person: str) -> list[Act]:
    """The organisation's acts of one kind, by one person or (empty) by anybody, in the order they came."""
    if person:
        found = _OF_KIND_BY.run(connection, kind=kind, person=person)
    else:
        found = _OF_KIND.run(connection, kind=kind)
    return [act_of(*row) for row in found]


def acts_signed_with(connection: Connection, keys: Collection[str]) -> list[Act]:
    """Everything that these keys (fingerprints) signed, of cases and of the organisation, in the order it came."""
    return [act_of(*row) for row in _SIGNED_WITH.among(connection, tuple(sorted(keys)))]


@dataclass(frozen=True, slots=True)
class RosterInput:
    """What the roster history is made of: acts of the organisation, and the heads of its streams by checkpoint."""

    acts: tuple[Act, ...]
    heads: Mapping[str, Heads]


class StoredFiles:
    """The files that are stored, and those that are ``offered`` to be stored in the same transaction."""

    def __init__(self, connection: Connection, offered: Mapping[str, bytes] | None = None) -> None:
        self._connection = connection
        self._offered = {name: data for name, data in (offered or {}).items() if canonical.sha256(data) == name}

    def __contains__(self, sha256: str, /) -> bool:
        return sha256 in self._offered or has_file(self._connection, sha256)

    def __getitem__(self, sha256: str, /) -> bytes:
        data = self._offered.get(sha256)
        if data is None and (data := file_of(self._connection, sha256)) is None:
            raise KeyError(sha256)
        return data


def file_of(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a stored file; None when it is not here."""
    return _FILE.run(connection, sha256=sha256).scalar()


def has_file(connection: Connection, sha256: str) -> bool:
    return _HAS_FILE.run(connection, sha256=sha256).first() is not None


def roster_input(connection: Connection, *, whole: bool = False) -> RosterInput:
    """The stored acts that make the roster, and what the checkpoints list of them.

    Checkpoints reach a version through the stream of its author or of one who endorsed it: of these streams all acts
    are read, of the others none. ``whole`` reads every act and every listing of the organisation, for a version that is
    not stored: which stream it is in, and which checkpoint names it, is not known here.
    """
    if whole:
        return RosterInput(tuple(acts_of_case(connection, "")), _heads(_EVERY_LISTING.run(connection)))
    acts = tuple(act_of(*row) for row in _ROSTER_ACTS.run(connection))
    return RosterInput(acts, _heads(_ROSTER_LISTINGS.run(connection)))


def _heads(listed: Iterable[Row[str, str, str]]) -> Mapping[str, Heads]:
    heads: dict[str, list[ListedHead]] = {}
    for listing, name, floor in listed:
        heads.setdefault(listing, []).append(ListedHead("", name, floor))
    return {name: heads_of(entries) for name, entries in heads.items()}


_acts = select(act.c.act_id, CONTENT)
_of_organisation = act.c.case_id == ""
_OF_CASE = Statement(_acts.where(act.c.case_id == bindparam("case_id")).order_by(act.c.pk))
_OF_KIND = Statement(_acts.where(_of_organisation, act.c.kind == bindparam("kind")).order_by(act.c.pk))
_OF_KIND_BY = Statement(
    _acts.where(act.c.person == bindparam("person"), _of_organisation, act.c.kind == bindparam("kind")).order_by(
        act.c.pk
    )
)
_SIGNED_WITH = Statement(_acts.where(act.c.signer.in_(NAMES)).order_by(act.c.pk))
_FILE = Statement(select(blob.c.bytes).where(blob.c.sha256 == bindparam("sha256")))
_HAS_FILE = Statement(select(blob.c.sha256).where(blob.c.sha256 == bindparam("sha256")))

_roster_streams = (
    select(act.c.signer, act.c.stream)
    .distinct()
    .where(_of_organisation, act.c.kind.in_((ROSTER.name, ENDORSE.name)))
    .cte("roster_stream")
)
_in_roster_streams = tuple_(act.c.signer, act.c.stream).in_(select(_roster_streams))
_ROSTER_ACTS = Statement(_acts.where(_of_organisation, or_(act.c.kind == CHECKPOINT.name, _in_roster_streams)))

_listings = (
    select(checkpoint.c.act_id, head.c.act_id, head.c.floor)
    .join(head, head.c.checkpoint_pk == checkpoint.c.act_pk)
    .where(head.c.case_id == "")
)
_EVERY_LISTING = Statement(_listings)
_ROSTER_LISTINGS = Statement(_listings.join(act, act.c.act_id == head.c.act_id).where(_in_roster_streams))
