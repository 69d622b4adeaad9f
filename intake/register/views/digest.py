"""Naming the content of all projections by a digest, to see that folding again gives the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from intake.register.store.schema import (
    act,
    case_ask,
    case_note,
    case_row,
    case_want,
    checkpoint,
    counter,
    head,
    person,
    use_case,
    waiting_room,
)
from intake.register.store.statements import Statement
from intake.register.views import full_text


def content_digest(connection: Connection) -> str:
    """SHA-256 over every projection, independent of the numbers this register happens to use.

    Two registers that hold the same acts and blobs and belong to the same organisation have the same digest.
    """
    found = hashlib.sha256()
    for name, content in _CONTENT.items():
        found.update(f"\n{name}\n".encode())
        for row in content(connection):
            found.update(repr(tuple(row)).encode())
    return found.hexdigest()


_note, _ask = case_note.c, case_ask.c
_CONTENT: Mapping[str, Callable[[Connection], Iterable[tuple[Any, ...]]]] = {
    "case_row": Statement(
        select(use_case.c.case_id, *(column for column in case_row.columns if column.name != "pk"))
        .join(case_row, case_row.c.pk == use_case.c.pk)
        .order_by(use_case.c.case_id)
    ).run,
    "case_ask": Statement(
        select(use_case.c.case_id, *(column for column in _ask if column.name != "case_pk"))
        .join(case_ask, _ask.case_pk == use_case.c.pk)
        .order_by(use_case.c.case_id, _ask.position)
    ).run,
    "case_note": Statement(
        select(use_case.c.case_id, *(column for column in _note if column.name != "case_pk"))
        .join(case_note, _note.case_pk == use_case.c.pk)
        .order_by(use_case.c.case_id, _note.sort, _note.position)
    ).run,
    "case_want": Statement(
        select(use_case.c.case_id, case_want.c.name)
        .join(case_want, case_want.c.case_pk == use_case.c.pk)
        .order_by(use_case.c.case_id, case_want.c.name)
    ).run,
    "case_fts": full_text.documents,
    "case_words": full_text.words,
    "person": Statement(select(*person.columns).order_by(person.c.person)).run,
    "counter": Statement(
        select(*counter.columns).where(counter.c.count != 0).order_by(counter.c.facet, counter.c.value)
    ).run,
    "waiting_room": Statement(
        select(act.c.act_id, waiting_room.c.size, waiting_room.c.code)
        .join(act, act.c.pk == waiting_room.c.act_pk)
        .order_by(act.c.act_id)
    ).run,
    "checkpoint": Statement(select(checkpoint.c.act_id).order_by(checkpoint.c.act_id)).run,
    "head": Statement(
        select(head.c.case_id, act.c.act_id, head.c.act_id, head.c.floor)
        .join(act, act.c.pk == head.c.checkpoint_pk)
        .order_by(head.c.case_id, act.c.act_id, head.c.act_id)
    ).run,
}
