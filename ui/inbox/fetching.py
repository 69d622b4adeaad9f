"""Reading the three groups of the inbox, page by page, on the register lane.

“Your turn” is paged by key in SQL. The other two are short by nature and are read up to ``MOST`` cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from intake.domain.base.days import days_after
from intake.domain.terms.tier import Tier
from intake.register.views.rows import CaseRow, Facet, Key, ListOrder
from ui.formatting import exact_day
from ui.jobs import JobTask
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row, page_of
from ui.words.cases import ring, stage_words, tier_tone
from ui.words.review import age_words, left_words, tier_words, turn_words

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session

MINE, OTHERS, DUE = "mine", "others", "due"
MOST = 1000
SOON = timedelta(days=45)
"""How long before an approval ends, or a condition is due, it appears among the re-reviews."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    mine: int
    others: int
    due: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who is looking: an office, or the owner of use cases."""

    person: str
    parties: tuple[str, ...]
    office: str
    today: date


def count(_: JobTask, session: Session) -> InboxCounts:
    reader = _reader(session)
    return InboxCounts(_mine_total(session, reader), len(_others(session, reader)), len(_due(session, reader)))


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    reader = _reader(session)
    days = {path.tier: path.days for path in session.installation.shelf.current.paths}
    if request.query == MINE and reader.office:
        return _paged(session, reader, request, days)
    rows = {MINE: _owned, OTHERS: _others, DUE: _due}[str(request.query)](session, reader)
    return page_of(task, request, rows, lambda row: _row(row, reader, days, due=request.query == DUE))


def _reader(session: Session) -> _Reader:
    from intake.services.deciding.standing import office_of

    person = session.person
    office = office_of(session.installation, person)
    parties = ("owner", office.value) if office else ("owner",)
    return _Reader(person, parties, office.value if office else "", session.installation.clock().date())


def _paged(session: Session, reader: _Reader, request: PageRequest, days: dict[Tier, int]) -> PageOfRows:
    queries = session.installation.register.queries
    after = request.after if isinstance(request.after, Key) else None
    rows: list[CaseRow] = []
    wanted = request.skip + request.limit
    while len(rows) < wanted:
        page = queries.turns_of_office(reader.office, after=after, limit=wanted - len(rows))
        rows.extend(page.rows)
        after = page.after
        if after is None:
            break
    shown = rows[request.skip :]
    made = tuple(_row(row, reader, days, due=False) for row in shown)
    return PageOfRows(made, after, _mine_total(session, reader))


def _mine_total(session: Session, reader: _Reader) -> int:
    queries = session.installation.register.queries
    if reader.office:
        return queries.turn_count(reader.office)
    return queries.turn_count("owner", owner=reader.person)


def _owned(session: Session, reader: _Reader) -> list[CaseRow]:
    return list(session.installation.register.queries.turns_of_owner(reader.person, limit=MOST))


def _others(session: Session, reader: _Reader) -> list[CaseRow]:
    """Cases that wait for somebody else: for an office all of them, for an owner their own."""
    found: dict[str, CaseRow] = {}
    for party in ("cio", "ciso", "owner"):
        if party == reader.office:
            continue
        for row in _walk(session, ListOrder.NEWEST, {Facet.TURN: party}):
            if reader.office:
                mine = reader.office in row.turn or ("owner" in row.turn and row.owner == reader.person)
            else:
                mine = row.owner != reader.person or "owner" in row.turn
            if not mine:
                found[row.case] = row
    return sorted(found.values(), key=lambda row: (row.newest, row.pk), reverse=True)


def _due(session: Session, reader: _Reader) -> list[CaseRow]:
    """Cases with terms in force whose end, or whose earliest condition, is near or past."""
    found = []
    for row in _walk(session, ListOrder.DUE, {}):
        if row.due is None or row.due > reader.today + SOON:
            break
        if reader.office or row.owner == reader.person:
            found.append(row)
    return found


def _walk(session: Session, sort: ListOrder, filters: dict[Facet, str]) -> Iterator[CaseRow]:
    after: Key | None = None
    seen = 0
    while seen < MOST:
        page = session.installation.register.queries.page(sort=sort, filters=filters, after=after, limit=200)
        yield from page.rows
        seen += len(page.rows)
        after = page.after
        if after is None:
            return


def _row(row: CaseRow, reader: _Reader, days: dict[Tier, int], *, due: bool) -> Row:
    yours = bool(set(reader.parties) & set(row.turn)) and ("owner" not in row.turn or _is_mine(row, reader))
    mine = [party for party in reader.parties if party != "owner" or row.owner == reader.person]
    turn = Cell(turn_words(row.turn, mine), tone=Tone.INFO if yours else None)
    # A row knows when the case was opened and when it last moved: a later revision is counted from its last move.
    since = row.filed if row.revision == 1 else row.newest.date()
    if due:
        assert row.due is not None
        turn = Cell(_runs(row, reader.today), quiet=True)
        clock = _clock((row.due - reader.today).days)
    elif row.turn and row.tier in set(Tier):
        clock = _clock((days_after(since, days.get(Tier(row.tier), 0)) - reader.today).days)
    else:
        clock = Cell("")
    return Row(
        row.case,
        (
            Cell(
                row.title,
                ring=ring(row.cio, row.ciso),
                tip=f"{row.title}\n{row.reference} · {row.unit}",
            ),
            Cell(tier_words(row.tier), tone=tier_tone(row.tier)),
            turn,
            Cell(age_words((reader.today - since).days), quiet=True),
            clock,
        ),
    )


def _is_mine(row: CaseRow, reader: _Reader) -> bool:
    return row.owner == reader.person or bool(reader.office and reader.office in row.turn)


def _runs(row: CaseRow, today: date) -> str:
    if row.expires is not None and row.expires < today:
        return ShelfTexts.tr("ended; may not run")
    return ShelfTexts.tr("{stage}, until {day}").format(stage=stage_words(row.stage), day=exact_day(row.expires) or "–")


def _clock(days: int) -> Cell:
    text, tone = left_words(days)
    return Cell(text, tone=tone)


class ShelfTexts(Texts):
    pass
