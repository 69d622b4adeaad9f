"""The three groups of the inbox in words, read page by page on the register lane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.base.wording import sentence, words
from intake.domain.case.due import Due, due_of_terms, next_due
from intake.domain.case.phases import EXPIRED, phase_on
from intake.domain.case.stop import row_stop
from ui.jobs import JobTask
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row
from ui.words.cases import ring, shared_reference, tier_tone, tier_words, turn_words, unsigned_words
from ui.words.clocks import age_words
from ui.words.dues import due_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake.domain.base.reasons import Reason
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow, FilterPairs
    from intake.services.lists.inbox import InboxCounts, InboxQuery, InboxReader

MINE, OTHERS, DUE = "mine", "others", "due"


@dataclass(frozen=True, slots=True)
class InboxAsked:
    """Which group, and what narrows it."""

    group: str
    text: str = ""
    filters: FilterPairs = ()

    @property
    def narrow(self) -> bool:
        return bool(self.text or self.filters)


def count(_: JobTask, session: Session) -> InboxCounts:
    from intake.services.lists import inbox

    return inbox.counts(session.installation, inbox.reader(session.installation, session.person))


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of a group. Raises UnsearchableText."""
    from intake.services.deciding import unsigned as writing
    from intake.services.lists import cases, inbox, people
    from intake.services.organisation.offices import stuck_among

    installation = session.installation
    reader = inbox.reader(installation, session.person)
    unsigned = {item.case: item.changes for item in writing.counts(installation, session.person)}
    asked = request.query
    assert isinstance(asked, InboxAsked)
    after = request.after if isinstance(request.after, cases.PageAnchor) else None
    place = cases.PlaceInList(after, request.skip, request.limit, request.descending)
    page = inbox.page(installation, reader, query_of(asked, request.sort), place)
    names = people.names(installation)
    find = due_of_terms if asked.group == DUE else next_due
    shared, stuck = cases.sharing(installation, page.rows), stuck_among(installation, page.rows)
    rows = tuple(
        _row(
            row,
            reader,
            find(row),
            names,
            unsigned.get(row.case, 0),
            shared=row.reference in shared,
            stuck=stuck.get(row.case),
        )
        for row in page.rows
    )
    return PageOfRows(rows, page.anchor, page.total)


def query_of(asked: InboxAsked, sort: str) -> InboxQuery:
    """What the service is asked. The order by urgency is that of the group: of the re-reviews by what their terms ask for."""
    from intake.services.lists.inbox import InboxQuery

    own = asked.group == DUE and sort == "pressing"
    return InboxQuery(asked.group, "" if own else sort, asked.text, asked.filters)


@dataclass(frozen=True, slots=True)
class InboxWriting:
    """Writes the group that is shown. Raises UnsearchableText or NotWritten."""

    asked: InboxAsked
    sort: str
    descending: bool

    def __call__(self, task: JobTask, session: Session, path: Path) -> int:
        from intake.services.lists import inbox
        from intake.services.lists.table_file import write_inbox

        def told(done: int, total: int, text: str) -> None:
            task.check()
            task.progress(done, total, text)

        who = inbox.reader(session.installation, session.person)
        query = query_of(self.asked, self.sort)
        return write_inbox(session.installation, path, who, query, backwards=self.descending, progress=told)


def next_case(_: JobTask, session: Session, case: str) -> str:
    """The case to go on with after this one; empty when none waits."""
    from intake.services.lists import inbox

    found = inbox.next_after(session.installation, inbox.reader(session.installation, session.person), case)
    return found.case if found else ""


def case_beside(_: JobTask, session: Session, case: str, step: int) -> str:
    """The case so many places behind this one among those that wait for this person; empty where there is none."""
    from intake.services.lists import inbox

    who = inbox.reader(session.installation, session.person)
    found = inbox.beside(session.installation, who, case, step)
    return found.case if found else ""


class InboxTexts(Texts):
    pass


def _row(
    row: CaseRow,
    reader: InboxReader,
    due: Due | None,
    names: Mapping[str, str],
    unsigned: int,
    *,
    shared: bool,
    stuck: Reason | None,
) -> Row:
    parties = reader.parties(row)
    yours = reader.waits_for(row)
    said = due_words(due, reader.today, names, parties) if due else None
    tone: Tone | None = said.tone if said else None
    what = Cell(said.what if said else "", tip=said.what if said else "")
    stop = row_stop(row, reader.today, "" if row.owner == reader.person else names.get(row.owner, row.owner))
    if stop is not None:
        # Nothing presses more; what is due besides is in the tip.
        short = InboxTexts.tr("Stop it now") if row.owner == reader.person else InboxTexts.tr("To be stopped")
        what = Cell(short, tone=Tone.BAD, tip=" ".join(part for part in (sentence(stop), what.text) if part))
    elif stuck is not None:
        what = Cell(
            InboxTexts.tr("Nobody can act"), tone=Tone.WARN, tip=" ".join(filter(None, (words(stuck), what.text)))
        )
    elif shared:
        what = Cell(shared_reference(), tone=Tone.WARN, tip=what.text)
    elif unsigned:
        # My own unfinished work says more than what is due, which is in the tip then.
        what = Cell(unsigned_words(unsigned), tone=Tone.WARN, tip=what.text)
    return Row(
        row.case,
        (
            Cell(
                row.title,
                ring=ring(row.cio, row.ciso, over=phase_on(row, reader.today) == EXPIRED),
                tip=f"{row.title}\n{row.reference} · {row.unit}",
            ),
            Cell(tier_words(row.tier), tone=tier_tone(row.tier)),
            what,
            Cell(said.who if said else turn_words(row.turn, parties), quiet=not yours),
            Cell(turn_words(row.turn, parties), quiet=not yours),
            Cell(age_words((reader.today - row.since).days), quiet=True),
            Cell(said.left if said else "", tone=tone, tip=said.day if said else ""),
        ),
    )
