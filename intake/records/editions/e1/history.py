"""How this revision came about: what was filed, said and stopped before, as far as its author had seen it.

What somebody had seen is the same for everybody who has what they signed, so this may stand in a base that both offices make.
What was said after the revision was filed is not: it is in the signed acts. And whether an act counts can change with what comes
later, so nothing here rests on that: who speaks for an office held it by the roster that they name.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.acts.kinds import Body, Effect, Office
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.case.event import Event
from intake.domain.organisation.following import Listed
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import Block, Paragraph, PrintedTable, RecordSection

MOST = 20
"""So many entries are printed, the newest."""
REASON = 400
"""So many characters of a reason."""
AFTERWARDS = (
    "It ends with this revision: pages that both offices make alike cannot tell what was said afterwards. That is in the signed "
    "acts, which the register keeps."
)
_FIRST = "This is the first revision; nothing was said before it."
_WHEN = ("When", "Who", "What", "Reason")


def section(case_file: CaseFile) -> RecordSection:
    told = [row for event in _past(case_file) if (row := _row(case_file, event))]
    blocks: list[Block] = []
    if len(told) > MOST:
        blocks.append(Paragraph(f"The newest {MOST} of {len(told)} entries; the signed acts hold them all."))
    if told:
        blocks.append(PrintedTable(_WHEN, tuple(told[-MOST:]), (2, 3, 4, 6)))
        blocks.append(Paragraph(AFTERWARDS))
    else:
        blocks.append(Paragraph(f"{_FIRST} {AFTERWARDS}"))
    return RecordSection("History of opinions", tuple(blocks))


def _past(case_file: CaseFile) -> list[Event]:
    """What the author of the revision had seen, in the order of signing.

    As in the graph of a case: what objects, decides nothing or is not known here hands on nothing of what it had seen.
    """
    every = {event.act.id: event for event in case_file.state.events}
    found: dict[str, Event] = {}
    waiting = [*case_file.act.after, *case_file.revision.body.revises]
    while waiting:
        event = every.get(waiting.pop())
        if event is None or event.act.id in found:
            continue
        found[event.act.id] = event
        if _hands_on(event):
            waiting += [*event.act.after, *(event.body.revises if isinstance(event.body, RevisionBody) else ())]
    return sorted(found.values(), key=lambda event: (event.act.at, event.act.id))


def _hands_on(event: Event) -> bool:
    known = event.kind is not None and event.body is not None and event.effect is not Effect.NONE
    return known and event.kind is not None and not event.kind.objects(event.body)


def _row(case_file: CaseFile, event: Event) -> tuple[str, str, str, str] | None:
    act = event.act
    said = next(_said(case_file, event, event.body), None)
    listed = _listed(case_file, act.roster)
    if said is None or listed is None or listed.roster.signer(act.signer) is not listed.roster.person(act.person):
        return None
    who, what, reason = said
    name = listed.roster.called(act.person)
    short = reason if len(reason) <= REASON else f"{reason[:REASON].rstrip()} … (in full in the signed act)"
    return act.at.date().isoformat(), f"{name}, {who}", what, " ".join(short.split())


def _listed(case_file: CaseFile, roster: str) -> Listed | None:
    """A roster that an act names, where it is that of the revision or came before it; None for any other.

    An objection counts although its roster is not here (rule R2), so a revision may answer one. What nobody who prints these pages has
    to have must not change them once it comes: otherwise somebody could make good records fail by holding a new roster back.
    """
    waiting, met = [case_file.act.roster], set[str]()
    while waiting:
        name = waiting.pop()
        found = case_file.rosters.chain.get(name)
        if found is not None and name not in met:
            if name == roster:
                return found
            met.add(name)
            waiting += found.roster.previous
    return None


def _said(case_file: CaseFile, event: Event, body: Body | None) -> Iterator[tuple[str, str, str]]:
    """Who says it, what, and why; nothing for an act of another kind, and of somebody who is not who may say it."""
    match body:
        case RevisionBody():
            number = next((item.number for item in case_file.state.filed if item.id == event.act.id), 0)
            yield "owner’s side", f"Filed revision {number}, for the stage “{body.stage.value}”", ""
        case OpinionBody() if _holds(case_file, event, body.office):
            yield body.office.label, _position(body), body.reason or "None given"
        case SuspendBody() if _holds(case_file, event, body.office):
            yield body.office.label, "Suspended it", body.reason
        case LiftBody() if _holds(case_file, event, body.office):
            yield body.office.label, "Lifted a suspension", body.reason
        case AnswerBody() if event.act.person in _side(case_file, body.revision):
            yield "owner’s side", "Answered what was decided", body.text
        case _:
            return


def _position(body: OpinionBody) -> str:
    match body.position, body.terms:
        case Position.APPROVE, Terms(stage=stage, expires=expires):
            return f"Approved the stage “{stage.value}”, until {expires.isoformat()}"
        case Position.APPROVE, _:
            return "Approved, on terms of a newer version"
        case Position.CHANGES, _:
            return "Asked for changes"
        case _:
            return "Declined it"


def _holds(case_file: CaseFile, event: Event, office: Office) -> bool:
    """Whether the author held the office for this case by the roster that the act names: that of a unit it was ever filed for."""
    listed = _listed(case_file, event.act.roster)
    person = listed.roster.person(event.act.person) if listed else None
    return person is not None and any(
        grant.role is Role(office.value) and grant.period.open and grant.covers(unit, case_file.state.case)
        for grant in person.grants
        for unit in _units(case_file)
    )


def _units(case_file: CaseFile) -> set[str]:
    """The units of the revision and of all that it goes back to."""
    filed = {item.id: item for item in case_file.state.filed}
    waiting, met = [case_file.revision.id], set[str]()
    while waiting:
        name = waiting.pop()
        if name in filed and name not in met:
            met.add(name)
            waiting += filed[name].body.revises
    return {filed[name].body.unit for name in met}


def _side(case_file: CaseFile, revision: str) -> set[str]:
    """Who filed a revision, and for whom."""
    filed = next((item for item in case_file.state.filed if item.id == revision), None)
    return {filed.author, filed.body.owner} if filed else set()
