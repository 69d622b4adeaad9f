"""The three groups of the inbox in words, read page by page on the register lane."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from intake.domain.base.days import days_after
from intake.domain.terms.tier import Tier
from ui.formatting import exact_day
from ui.jobs import JobTask
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row, page_of
from ui.words.cases import ring, stage_words, tier_tone, tier_words, turn_words, unsigned_words
from ui.words.clocks import age_words, left_words

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow
    from intake.services.lists.inbox import InboxCounts, InboxReader

MINE, OTHERS, DUE = "mine", "others", "due"


def count(_: JobTask, session: Session) -> InboxCounts:
    from intake.services.lists import inbox

    return inbox.counts(session.installation, inbox.reader(session.installation, session.person))


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    from intake.services.deciding import unsigned as writing
    from intake.services.lists import cases, inbox

    installation = session.installation
    reader = inbox.reader(installation, session.person)
    days = {path.tier: path.days for path in installation.shelf.current.paths}
    unsigned = {item.case: item.changes for item in writing.counts(installation, session.person)}
    if request.query == MINE and reader.office:
        after = request.after if isinstance(request.after, cases.PageAnchor) else None
        page = cases.of_office(installation, reader.office, cases.PlaceInList(after, request.skip, request.limit))
        return PageOfRows(
            tuple(_row(row, reader, days, unsigned, due=False) for row in page.rows), page.anchor, page.total
        )
    rows = {MINE: inbox.owned, OTHERS: inbox.others, DUE: inbox.due}[str(request.query)](installation, reader)
    return page_of(task, request, rows, lambda row: _row(row, reader, days, unsigned, due=request.query == DUE))


def _row(row: CaseRow, reader: InboxReader, days: dict[Tier, int], unsigned: dict[str, int], *, due: bool) -> Row:
    yours = reader.waits_for(row)
    turn = Cell(turn_words(row.turn, reader.parties(row)), tone=Tone.INFO if yours else None)
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
    tip = f"{row.title}\n{row.reference} · {row.unit}"
    if changes := unsigned.get(row.case):
        # My own unfinished work says more than whose turn it is, which is in the tip then.
        tip += f"\n{turn.text}"
        turn = Cell(unsigned_words(changes), tone=Tone.WARN)
    return Row(
        row.case,
        (
            Cell(
                row.title,
                ring=ring(row.cio, row.ciso),
                tip=tip,
            ),
            Cell(tier_words(row.tier), tone=tier_tone(row.tier)),
            turn,
            Cell(age_words((reader.today - since).days), quiet=True),
            clock,
        ),
    )


def _runs(row: CaseRow, today: date) -> str:
    if row.expires is not None and row.expires < today:
        return ShelfTexts.tr("ended; may not run")
    return ShelfTexts.tr("{stage}, until {day}").format(stage=stage_words(row.stage), day=exact_day(row.expires) or "–")


def _clock(days: int) -> Cell:
    text, tone = left_words(days)
    return Cell(text, tone=tone)


class ShelfTexts(Texts):
    pass
