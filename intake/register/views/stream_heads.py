"""Where the streams of acts end that are here: for checkpoints, and for the manifests of packages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, except_, func, select, tuple_

from intake.register.store import schema
from intake.register.store.statements import Statement


@dataclass(frozen=True, slots=True)
class StreamHead:
    """The newest act of one stream (signer, installation, case)."""

    signer: str
    installation: str
    case: str
    seq: int
    act: str


def tips(connection: Connection) -> tuple[tuple[str, str], ...]:
    """(case id, act id) of every act that none here follows in its stream; of one that forks, or lacks an act, several."""
    return tuple(sorted((case, name) for _, _, case, name in _HEADS.run(connection)))


def newest(connection: Connection) -> tuple[StreamHead, ...]:
    """The newest act of every stream with its number; of a stream that forks one of them."""
    return tuple(StreamHead(*row) for row in sorted(_STREAMS.run(connection)))


_act = schema.act
_HEADS = Statement(
    except_(
        select(_act.c.signer, _act.c.stream, _act.c.case_id, _act.c.act_id),
        select(_act.c.signer, _act.c.stream, _act.c.case_id, _act.c.prev),
    )
)
_stream = (_act.c.signer, _act.c.stream, _act.c.case_id)
_newest = select(*_stream, func.max(_act.c.seq)).group_by(*_stream)
_STREAMS = Statement(
    select(_act.c.signer, _act.c.stream, _act.c.case_id, _act.c.seq, func.min(_act.c.act_id))
    .where(tuple_(*_stream, _act.c.seq).in_(_newest))
    .group_by(*_stream, _act.c.seq)
)
