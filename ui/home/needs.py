"""What needs me, as lines of the home page: made from ``services.home.needs``.

Imported by the job that reads it: judging what must stop takes all rules of a use case, and the first paint shows none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from intake.domain.base.wording import shown, words
from intake.domain.case.asks import TodoKind
from intake.domain.case.phases import phase_on
from intake.domain.case.stop import row_stop
from intake.domain.case.todo import Todo
from ui.home.first import SHOWN, HomeTexts, NeedCard, ring_of
from ui.home.folding import folded
from ui.home.rows import Need
from ui.jobs import JobTask
from ui.theme import Tone
from ui.words.cases import phase_words, tier_words, unsigned_words
from ui.words.clocks import age_words, left_words
from ui.words.drafts import draft_kind, draft_progress, draft_title, draft_tone
from ui.words.todos import todo_titles

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow
    from intake.services.lists.home import NeedsMe
    from intake.services.lists.next_steps import NextStep


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything the page shows. ``steps`` is what is still to be done once, ``names`` are owners by id."""

    needs: NeedsMe
    today: date
    now: datetime
    steps: tuple[NextStep, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read(_: JobTask, session: Session) -> HomeFacts:
    from intake.services.lists import cases, home
    from intake.services.lists.next_steps import next_steps

    installation, settings = session.installation, session.settings
    needs = home.needs(installation, settings.person, settings.key)
    steps = next_steps(installation, needs.me, settings.folder)
    names = cases.owner_names(installation, tuple(needs.todo.rows.values()))
    return HomeFacts(needs, installation.clock().date(), datetime.now(UTC), steps, names)


def groups(standing: HomeFacts, opened: Collection[str] = ()) -> tuple[NeedCard, ...]:
    """The cards in the order of urgency, as far as they are shown at once; groups without a line are left out. ``opened`` are the
    groups that somebody wants to see whole.
    """
    return folded(_groups(standing), opened)


def _groups(standing: HomeFacts) -> tuple[NeedCard, ...]:
    needs = standing.needs
    found = (
        *_cases(standing),
        NeedCard(HomeTexts.tr("Terms you changed and did not sign"), _unsigned(standing)),
        NeedCard(HomeTexts.tr("Drafts you began"), _drafts(standing)),
        NeedCard(HomeTexts.tr("People and keys"), _people(standing)),
        NeedCard(HomeTexts.tr("To look into"), _odd(needs)),
    )
    return tuple(group for group in found if group.needs)


def _cases(standing: HomeFacts) -> Iterator[NeedCard]:
    """A card for each kind of what needs me in use cases."""
    todo, titles = standing.needs.todo, todo_titles()
    counts, mine = todo.counts(), defaultdict[TodoKind, dict[str, list[Todo]]](lambda: defaultdict(list))
    for item in todo.items:
        mine[item.kind][item.case].append(item)
    for kind in TodoKind:
        lines = [_case(items, todo.rows[case], standing) for case, items in mine[kind].items()]
        if (more := todo.beyond.get(kind, 0)) > 0:
            lines.append(Need(_more(more), HomeTexts.tr("Open the inbox"), "inbox", icon="inbox"))
        yield NeedCard(titles[kind], tuple(lines), counts.get(kind, 0))


def _case(items: Sequence[Todo], row: CaseRow, standing: HomeFacts) -> Need:
    """One line for all of a kind in one use case, in the words of what presses most of it."""
    item = items[0]
    if item.kind in (TodoKind.DECIDE, TodoKind.SIGNATURE, TodoKind.LIFT):
        hint = _about(item, row, standing)
    else:
        hint = f"{row.reference} · {shown(item.said)}"
    if len(items) > 1:
        rest = HomeTexts.tr("And %Ln more in this use case.", "", len(items) - 1)
        hint = f"{hint} {rest}"
    if item.until is not None:
        chip, tone = left_words((item.until - standing.today).days)
    else:
        chip, tone = age_words((standing.today - item.since).days), _TONES.get(item.kind, Tone.NEUTRAL)
    # What waits for the roster is changed among the people.
    people = item.kind is TodoKind.NOBODY_DECIDES
    place, argument = ("people", None) if people else ("case", row.case)
    return Need(row.title, hint, place, argument, chip, tone, ring=ring_of(row, standing.today))


_TONES = {
    TodoKind.SUSPENDED: Tone.BAD,
    TodoKind.EXPIRED: Tone.BAD,
    TodoKind.PAST_LIMIT: Tone.BAD,
    TodoKind.LIFT: Tone.WARN,
    TodoKind.OWNERLESS: Tone.WARN,
    TodoKind.NOBODY_DECIDES: Tone.WARN,
    TodoKind.SENT_BACK: Tone.WARN,
}
"""How pressing it is that something is so for some time, without a day by which."""


def _about(item: Todo, row: CaseRow, standing: HomeFacts) -> str:
    """What a line of the office says; that something must stop says more than the phase."""
    stop = row_stop(row, standing.today, standing.names.get(row.owner, row.owner))
    said = words(stop) if stop is not None else phase_words(phase_on(row, standing.today)).lower()
    if stop is None and item.kind is TodoKind.SIGNATURE:
        # That it is decided does not say what is still to be done.
        said = HomeTexts.tr("decided; the record still lacks a signature")
    return f"{tier_words(row.tier)} · {row.unit} · {said}"


def _unsigned(standing: HomeFacts) -> tuple[Need, ...]:
    return tuple(
        Need(
            row.title,
            HomeTexts.tr("{reference} · changed {age}").format(
                reference=row.reference, age=age_words((standing.now.date() - item.changed.date()).days)
            ),
            "case",
            row.case,
            unsigned_words(item.changes),
            Tone.WARN,
            ring=ring_of(row, standing.today),
        )
        for row, item in standing.needs.unsigned[:SHOWN]
    )


def _drafts(standing: HomeFacts) -> tuple[Need, ...]:
    drafts = standing.needs.drafts
    lines = [
        Need(
            draft_title(item),
            HomeTexts.tr("{kind} · changed {age}").format(
                kind=draft_kind(item), age=age_words((standing.now.date() - item.changed.date()).days)
            ),
            "guide",
            item.id,
            draft_progress(item),
            draft_tone(item) or Tone.NEUTRAL,
            icon="guide",
        )
        for item in drafts[:SHOWN]
    ]
    if len(drafts) > SHOWN:
        lines.append(Need(_more(len(drafts) - SHOWN), HomeTexts.tr("Open my drafts"), "drafts", icon="guide"))
    return tuple(lines)


def _people(standing: HomeFacts) -> tuple[Need, ...]:
    lines = [
        Need(
            HomeTexts.tr("Version {number} of the roster waits for your endorsement").format(
                number=item.listed.roster.version
            ),
            HomeTexts.tr("It counts only when enough administrators have signed it."),
            "people",
            item.listed.id,
            HomeTexts.tr("to sign"),
            Tone.INFO,
            icon="people",
        )
        for item in standing.needs.to_endorse
    ]
    lines += _checkpoints(standing.needs)
    lines += [
        Need(
            HomeTexts.tr("{name} asks to be listed").format(name=item.name),
            HomeTexts.tr("Compare the key by voice before you list somebody."),
            "add-person",
            item.act,
            HomeTexts.tr("to compare"),
            Tone.INFO,
            icon="people",
        )
        for item in standing.needs.asking[:SHOWN]
    ]
    return tuple(lines)


def _checkpoints(needs: NeedsMe) -> list[Need]:
    """What only a checkpoint of mine does for the rosters; one covers all versions that are asked for."""
    lines = []
    if needs.to_tell:
        text, why = (
            HomeTexts.tr("Two rosters claim to be the newest"),
            HomeTexts.tr("Your checkpoint tells which of them counts."),
        )
        lines.append(Need(text, why, "people", None, HomeTexts.tr("to sign"), Tone.BAD, icon="people"))
    if needs.to_cover:
        version = needs.to_cover[-1].listed.roster.version
        text = HomeTexts.tr("Roster version {number} needs your checkpoint").format(number=version)
        why = HomeTexts.tr("Until it has one, those who administered the version before could undo it.")
        lines.append(Need(text, why, "people", None, HomeTexts.tr("to sign"), Tone.WARN, icon="people"))
    return lines


def _odd(needs: NeedsMe) -> tuple[Need, ...]:
    lines = []
    if needs.alarms:
        text = HomeTexts.tr("%Ln alarms", "", needs.alarms)
        why = HomeTexts.tr("Acts that contradict each other, or count for less than they say.")
        lines.append(Need(text, why, "exchange", None, HomeTexts.tr("look now"), Tone.BAD, icon="warning"))
    if needs.unsent:
        text = HomeTexts.tr("%Ln acts you signed have not been sent", "", needs.unsent)
        why = HomeTexts.tr("Nobody else knows of this yet. It is kept here until it leaves.")
        lines.append(Need(text, why, "exchange", None, HomeTexts.tr("to send"), Tone.WARN, icon="send"))
    if needs.waiting:
        text = HomeTexts.tr("%Ln items wait", "", needs.waiting)
        why = HomeTexts.tr("They name a signer, an act or a file that has not arrived. Fetching again may settle it.")
        lines.append(Need(text, why, "exchange", "waiting", icon="clock"))
    if needs.quarantined:
        text = HomeTexts.tr("%Ln files were not accepted", "", needs.quarantined)
        lines.append(
            Need(
                text,
                HomeTexts.tr("Each is kept aside with its reason."),
                "exchange",
                "refused",
                HomeTexts.tr("look"),
                Tone.WARN,
                icon="quarantine",
            )
        )
    return tuple(lines)


def _more(count: int) -> str:
    return HomeTexts.tr("%Ln more", "", count)
