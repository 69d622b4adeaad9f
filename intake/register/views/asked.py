"""What use cases ask of whom, beside their rows: written with them, and found by who is asked and by day.

No page of a list reads it, so a list costs the same however much is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from intake.domain.base.reasons import Reason, as_text, of_text
from intake.domain.case.asks import CaseAsk, TodoKind
from intake.domain.case.due import NEVER
from intake.domain.case.summary import CaseSummary
from intake.register.store import schema
from intake.register.store.statements import Statement
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import COLUMN_NAMES, case_row
from intake.register.views.rows import CaseRow


@dataclass(frozen=True, slots=True)
class AskedOf:
    """``rows`` are the cases that ask something of somebody, by id, ``asks`` what each asks, ``more`` how much more there is of each
    kind than was read.
    """

    rows: Mapping[str, CaseRow]
    asks: Mapping[str, tuple[CaseAsk, ...]]
    more: Mapping[TodoKind, int]


def write_asks(connection: Connection, case_pk: int, summary: CaseSummary | None) -> None:
    """Write what a case asks in place of what it asked before."""
    _FORGET.run(connection, pk=case_pk)
    every = summary.asks if summary else ()
    _WRITE.run_each(connection, [_stored(case_pk, place, ask) for place, ask in enumerate(every)])


def asked_of(connection: Connection, parties: Iterable[str], first: date, day: date, limit: int) -> AskedOf:
    """What is asked of some parties and begins up to ``day``, and does not end before ``first``: of each the ``limit`` that began first."""
    rows: dict[str, CaseRow] = {}
    asks: dict[str, list[CaseAsk]] = {}
    more: dict[TodoKind, int] = {}
    for party in parties:
        given = {"party": party, "first": first.isoformat(), "day": day.isoformat()}
        found = _ASKED.run(connection, **given, limit=limit).all()
        left = dict(_COUNTED.run(connection, **given).all()) if len(found) == limit else {}
        for values in found:
            ask, case = _read(values[_ROW:]), values[1]
            if case not in rows:
                rows[case] = case_row(values[:_ROW])
            asks.setdefault(case, []).append(ask)
            left[ask.kind] = left.get(ask.kind, 0) - 1
        for kind, count in left.items():
            if count > 0:
                more[TodoKind(kind)] = more.get(TodoKind(kind), 0) + count
    return AskedOf(rows, {case: tuple(every) for case, every in asks.items()}, more)


def _stored(case_pk: int, position: int, ask: CaseAsk) -> dict[str, object]:
    return {
        "case_pk": case_pk,
        "position": position,
        "party": ask.party,
        "kind": ask.kind.value,
        "since": ask.since.isoformat(),
        "last": ask.last.isoformat() if ask.last else NEVER,
        "until": ask.until.isoformat() if ask.until else None,
        "name": ask.name,
        "barred": " ".join(ask.barred),
        "said": as_text(ask.said),
    }


def _read(values: Sequence[Any]) -> CaseAsk:
    kind, party, since, last, until, name, barred, said = values
    return CaseAsk(
        kind=TodoKind(kind),
        party=party,
        since=date.fromisoformat(since),
        said=of_text(said) or Reason(""),
        until=date.fromisoformat(until) if until else None,
        last=None if last == NEVER else date.fromisoformat(last),
        name=name,
        barred=tuple(barred.split()),
    )


_ask = schema.case_ask
_ROW = len(COLUMN_NAMES)
_COLUMNS = (_ask.c.kind, _ask.c.party, _ask.c.since, _ask.c.last, _ask.c.until, _ask.c.name, _ask.c.barred, _ask.c.said)
_TOLD = (_ask.c.party == bindparam("party"), _ask.c.since <= bindparam("day"), _ask.c.last >= bindparam("first"))

_FORGET = Statement(delete(_ask).where(_ask.c.case_pk == bindparam("pk")))
_WRITE = Statement(insert(_ask))
_ASKED = Statement(
    CASE_ROWS.add_columns(*_COLUMNS)
    .join(_ask, _ask.c.case_pk == schema.use_case.c.pk)
    .where(*_TOLD)
    .order_by(_ask.c.since, _ask.c.case_pk, _ask.c.position)
    .limit(bindparam("limit"))
)
_COUNTED = Statement(select(_ask.c.kind, func.count()).where(*_TOLD).group_by(_ask.c.kind))
