"""Where the streams of acts end that are here: for checkpoints, and for the manifests of packages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, except_, exists, func, select, tuple_

from intake.domain.acts.checkpoint import ListedHead, floors
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


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    prev: str
    stream_key: tuple[str, str, str]


def tips(connection: Connection) -> tuple[ListedHead, ...]:
    """Every act that none here follows in its stream; of one that forks, or lacks an act, several."""
    broken = {(signer, stream, case) for signer, stream, case in _BROKEN.run(connection)}
    places = [
        _Place(name, prev, key)
        for key in sorted(broken)
        for name, prev in _STREAM.run(connection, signer=key[0], stream=key[1], case_id=key[2])
    ]
    below = floors(places)
    return tuple(sorted(ListedHead(case, name, below.get(name, "")) for _, _, case, name in _HEADS.run(connection)))


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
_before = _act.alias("before")
_BROKEN = Statement(
    select(*_stream)
    .distinct()
    .where(
        _act.c.prev != "",
        ~exists().where(
            _before.c.act_id == _act.c.prev,
            _before.c.signer == _act.c.signer,
            _before.c.stream == _act.c.stream,
            _before.c.case_id == _act.c.case_id,
        ),
    )
)
"""Streams that lack an act."""
_STREAM = Statement(
    select(_act.c.act_id, _act.c.prev).where(
        _act.c.signer == bindparam("signer"),
        _act.c.stream == bindparam("stream"),
        _act.c.case_id == bindparam("case_id"),
    )
)
_newest = select(*_stream, func.max(_act.c.seq)).group_by(*_stream)
_STREAMS = Statement(
    select(_act.c.signer, _act.c.stream, _act.c.case_id, _act.c.seq, func.min(_act.c.act_id))
    .where(tuple_(*_stream, _act.c.seq).in_(_newest))
    .group_by(*_stream, _act.c.seq)
)
