"""From stored bytes back to acts: the content is cut out of the signed file by position and checked by its digest.

The signature was verified before the act was stored, so a fold does not pay for it again; that the stored content is
still the one that was signed costs one SHA-256. Whether the signatures themselves still hold is asked by
``Register.audit``.
"""

# ruff: noqa: S608 - statements are put together from names in this package; values are parameters

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENDORSE, ROSTER
from intake.domain.base import canonical
from intake.register.refusals import StoredActDamaged

SELECT_ACT = "SELECT act_id, substr(blob, content_at + 1, content_size) FROM act"
"""To be completed with WHERE and ORDER BY; ``act_of`` reads its rows."""


def locate(blob: bytes, act_id: str) -> tuple[int, int]:
    """(offset, size) of the signed JSON inside ``blob``. Raises ValueError when it is not there in one piece.

    Canonical JSON of an act begins with its first key, and the DER octet string around it states its length just before.
    """
    at = blob.find(_START)
    while at >= 0:
        for width in (1, 2, 3, 4):
            size = _length(blob, at, width)
            if size and hashlib.sha256(memoryview(blob)[at : at + size]).hexdigest() == act_id:
                return at, size
        at = blob.find(_START, at + 1)
    raise ValueError(f"the content of act {act_id} is not inside its signed file")


def act_of(act_id: str, content: bytes) -> Act:
    """The act in stored content. Raises StoredActDamaged when it is not what its id says."""
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


def acts_of_case(connection: Connection, case_id: str) -> list[Act]:
    """All acts of one case; of the organisation when ``case_id`` is empty."""
    found = connection.exec_driver_sql(f"{SELECT_ACT} WHERE case_id = ? ORDER BY pk", (case_id,))
    return [act_of(*row) for row in found]


def acts_of_organisation(connection: Connection, kind: str, person: str) -> list[Act]:
    """The organisation's acts of one kind, by one person or (empty) by anybody, in the order they came."""
    where, values = ("person = ? AND ", (person, kind)) if person else ("", (kind,))
    found = connection.exec_driver_sql(f"{SELECT_ACT} WHERE {where}case_id = '' AND kind = ? ORDER BY pk", values)
    return [act_of(*row) for row in found]


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
    found = connection.exec_driver_sql("SELECT bytes FROM blob WHERE sha256 = ?", (sha256,)).scalar()
    return bytes(found) if found is not None else None


def has_file(connection: Connection, sha256: str) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).first() is not None


def roster_input(connection: Connection, *, whole: bool = False) -> RosterInput:
    """The stored acts that make the roster, and what the checkpoints list of them.

    Checkpoints reach a version through the stream of its author or of one who endorsed it: of these streams all acts
    are read, of the others none. ``whole`` reads every act and every listing of the organisation, for a version that is
    not stored: which stream it is in, and which checkpoint names it, is not known here.
    """
    if whole:
        return RosterInput(tuple(acts_of_case(connection, "")), _heads(connection.exec_driver_sql(_EVERY_LISTING)))
    acts = connection.exec_driver_sql(
        f"{_ROSTER_STREAMS} SELECT act_id, substr(blob, content_at + 1, content_size) FROM act "
        "WHERE case_id = '' AND (kind = 'checkpoint' OR (signer, stream) IN roster_stream)"
    )
    listed = connection.exec_driver_sql(
        f"{_ROSTER_STREAMS} SELECT c.act_id, h.act_id FROM checkpoint c JOIN head h ON h.checkpoint_pk = c.act_pk "
        "JOIN act a ON a.act_id = h.act_id WHERE h.case_id = '' AND (a.signer, a.stream) IN roster_stream"
    )
    return RosterInput(tuple(act_of(*row) for row in acts), _heads(listed))


def _heads(listed: Iterable[Sequence[str]]) -> Mapping[str, Heads]:
    heads: dict[str, set[str]] = {}
    for checkpoint, head in listed:
        heads.setdefault(checkpoint, set()).add(head)
    return {name: Heads({"": frozenset(names)}) for name, names in heads.items()}


_EVERY_LISTING = (
    "SELECT c.act_id, h.act_id FROM checkpoint c JOIN head h ON h.checkpoint_pk = c.act_pk WHERE h.case_id = ''"
)

_ROSTER_STREAMS = (
    "WITH roster_stream AS (SELECT DISTINCT signer, stream FROM act WHERE case_id = '' "
    f"AND kind IN ('{ROSTER.name}', '{ENDORSE.name}'))"
)


_START = b'{"after":'


def _length(blob: bytes, at: int, width: int) -> int:
    """The DER length written in ``width`` bytes before ``at``; 0 when none is."""
    if at < width + 1:
        return 0
    if width == 1:
        return blob[at - 1] if blob[at - 2] == 0x04 and blob[at - 1] < 0x80 else 0
    if blob[at - width] != 0x80 + width - 1 or blob[at - width - 1] != 0x04:
        return 0
    return int.from_bytes(blob[at - width + 1 : at], "big")
