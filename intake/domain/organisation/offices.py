"""Whether the two offices can decide at all: that each has a holder, and that they are two people.

A roster may give one person both offices, and it may leave one without a holder: sometimes it has to be so for a while. Nothing
can be decided then where nobody else holds the office, and everybody who waits, signs such a version or looks at it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence
from intake.domain.organisation.gaining import keys
from intake.domain.organisation.roster import Role, Roster

OFFICE_ROLES = {office: Role(office.value) for office in Office}

_NOBODY = Sentence(
    "OfficeWithoutHolder",
    "Nobody holds the office of the {office} for it, so it cannot go on: an administrator has to list somebody.",
)
_ONE_PERSON = Sentence(
    "OnePersonInBothOffices",
    "{name} alone holds both offices for it, and it takes two people to decide, so it cannot go on: an administrator has to list "
    "somebody else for one of them.",
)
_ONLY_PARTIES = Sentence(
    "OfficeHeldByParty",
    "Only people who own or filed it hold the office of the {office} for it, and nobody decides on their own use case. It cannot go on "
    "until an administrator lists somebody else for this office.",
)
_PUTS_IN_BOTH = Sentence(
    "PutsOnePersonInBoth",
    "{people} then holds both offices {place}. It takes two people to decide: nothing can be decided where nobody else holds one of them.",
)
_LEAVES_EMPTY = Sentence(
    "LeavesOfficeEmpty",
    "Nobody then holds the office of the {office} {place}, where {count} use cases wait. None of them can be decided.",
    one="Nobody then holds the office of the {office} {place}, where a use case waits. It cannot be decided.",
)
_LEAVES_ONE = Sentence(
    "LeavesOnePersonInBoth",
    "{name} then alone holds both offices {place}, where {count} use cases wait. None of them can be decided: it takes two people.",
    one="{name} then alone holds both offices {place}, where a use case waits. It cannot be decided: it takes two people.",
)
_IN_BOTH = Sentence(
    "OnePersonIsInBoth",
    "{people} holds both offices {place}. It takes two people to decide: nothing can be decided where nobody else holds one of them.",
)
_EMPTY = Sentence("OfficeIsEmpty", "Nobody holds the office of the {office}, so nothing can be decided.")
_EMPTY_WAITING = Sentence(
    "OfficeIsEmptyWhereCasesWait",
    "Nobody holds the office of the {office} {place}, where {count} use cases wait. None of them can be decided.",
    one="Nobody holds the office of the {office} {place}, where a use case waits. It cannot be decided.",
)
_EVERYWHERE = Caption("OfficeEverywhere", "for everything")
_FOR_UNIT = Caption("OfficeForUnit", "for the unit “{unit}”")
_FOR_NO_UNIT = Caption("OfficeForNoUnit", "for use cases of no unit")


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """How many use cases of one unit wait for an office."""

    office: Office
    unit: str
    count: int


Named = Callable[[str], str]
"""What a person (id) is called."""


def holders(rosters: Iterable[Roster], office: Office, day: date, *, unit: str = "", case: str = "") -> frozenset[str]:
    """Who may act in an office on ``day`` for this unit and case, by every one of these rosters; who has no key left signs nothing."""
    found = [_holders(roster, OFFICE_ROLES[office], day, unit, case) for roster in rosters]
    return frozenset.intersection(*found) if found else frozenset()


def _holders(roster: Roster, role: Role, day: date, unit: str, case: str) -> frozenset[str]:
    return frozenset(
        person.id
        for person in roster.holders(role)
        if any(
            grant.role is role and grant.period.open and grant.period.lasts(day) and grant.covers(unit, case)
            for grant in person.grants
        )
        and keys(roster, person.id)
    )


def against_moving(
    rosters: Collection[Roster],
    turn: Collection[str],
    day: date,
    name: Named,
    *,
    unit: str,
    case: str,
    parties: Collection[str] = (),
) -> Reason | None:
    """Why nobody can do what it is the turn of an office to do; None where somebody can, or it is no office’s turn.

    ``parties`` own or filed the case: whoever they are, they decide nothing in it.
    """
    asked = [office for office in Office if office.value in turn]
    if not asked or not rosters:
        return None
    held = {office: holders(rosters, office, day, unit=unit, case=case) for office in Office}
    free = {office: people - frozenset(parties) for office, people in held.items()}
    for office in asked:
        if not held[office]:
            return _NOBODY(office=office.label)
        if not free[office]:
            return _ONLY_PARTIES(office=office.label)
    both = free[Office.CIO] | free[Office.CISO]
    if len(both) == 1 and all(free.values()):
        return _ONE_PERSON(name=name(next(iter(both))))
    return None


def office_warnings(
    new: Roster, before: Collection[Roster], waiting: Collection[WaitingFor], day: date, name: Named
) -> tuple[Reason, ...]:
    """What a version makes of the offices that those before it do not: for whoever signs or endorses it."""
    known = set().union(*(_doubled(old, day) for old in before)) if before else set()
    found = [_PUTS_IN_BOTH(people=people, place=place) for people, place in _grouped(_doubled(new, day) - known, name)]
    gaps = [item for item in waiting if item.count and not holders((new,), item.office, day, unit=item.unit)]
    gone = [item for item in gaps if not before or holders(before, item.office, day, unit=item.unit)]
    return (*found, *_empty(gone, _LEAVES_EMPTY, new, day), *_left_alone(new, before, waiting, day, name))


def _left_alone(
    new: Roster, before: Collection[Roster], waiting: Collection[WaitingFor], day: date, name: Named
) -> Iterator[Reason]:
    """Of each unit where cases wait and one person alone is left for both offices, by this version."""
    counts: dict[str, int] = {}
    for item in waiting:
        counts[item.unit] = max(counts.get(item.unit, 0), item.count)
    for unit, count in sorted(counts.items()):
        alone = _alone((new,), day, unit)
        if count and alone and not (before and _alone(before, day, unit)):
            place = _FOR_UNIT(unit=unit) if unit else _FOR_NO_UNIT()
            yield _LEAVES_ONE(name=name(alone), place=place, count=count)


def _alone(rosters: Iterable[Roster], day: date, unit: str) -> str:
    """Who holds both offices for a unit with nobody beside; empty for nobody."""
    every = tuple(rosters)
    cio, ciso = (holders(every, office, day, unit=unit) for office in Office)
    return next(iter(cio)) if len(cio | ciso) == 1 and cio and ciso else ""


def office_truths(
    rosters: Collection[Roster], waiting: Collection[WaitingFor], day: date, name: Named
) -> tuple[Reason, ...]:
    """What is so of the offices now, while it is so: for the page of people."""
    if not rosters:
        return ()
    doubled = set.intersection(*(_doubled(roster, day) for roster in rosters))
    found = [_IN_BOTH(people=people, place=place) for people, place in _grouped(doubled, name)]
    nowhere = [office for office in Office if not any(_anywhere(roster, office, day) for roster in rosters)]
    found += [_EMPTY(office=office.label) for office in nowhere]
    gaps = [
        item
        for item in waiting
        if item.count and item.office not in nowhere and not holders(rosters, item.office, day, unit=item.unit)
    ]
    newest = next(iter(rosters))
    return (*found, *_empty(gaps, _EMPTY_WAITING, newest, day))


def _anywhere(roster: Roster, office: Office, day: date) -> bool:
    role = OFFICE_ROLES[office]
    return any(
        grant.role is role and grant.period.open and grant.period.lasts(day)
        for person in roster.holders(role)
        for grant in person.grants
    )


def _doubled(roster: Roster, day: date) -> set[tuple[str, str]]:
    """(scope, person id) of everybody who holds both offices for the same: where one is for everything, for what the other is."""
    found = set()
    for person in roster.holders(Role.CIO):
        scopes = {
            role: {
                grant.scope
                for grant in person.grants
                if grant.role is role and grant.period.open and grant.period.lasts(day)
            }
            for role in (Role.CIO, Role.CISO)
        }
        cio, ciso = scopes[Role.CIO], scopes[Role.CISO]
        both = (cio & ciso) | (cio if "" in ciso else set()) | (ciso if "" in cio else set())
        found |= {("", person.id)} if "" in both else {(scope, person.id) for scope in both}
    return found


def _grouped(doubled: Iterable[tuple[str, str]], name: Named) -> Iterator[tuple[str, Reason]]:
    for scope, person in sorted(doubled):
        yield name(person), _place(scope)


def _place(scope: str) -> Reason:
    return _FOR_UNIT(unit=scope) if scope else _EVERYWHERE()


def _empty(gaps: Iterable[WaitingFor], said: Sentence, roster: Roster, day: date) -> Iterator[Reason]:
    """One sentence for an office that nobody holds at all, else one for each unit."""
    by_office: dict[Office, list[WaitingFor]] = {}
    for item in gaps:
        by_office.setdefault(item.office, []).append(item)
    for office, items in by_office.items():
        if not _anywhere(roster, office, day):
            yield said(office=office.label, place=_EVERYWHERE(), count=sum(item.count for item in items))
            continue
        for item in sorted(items, key=lambda one: one.unit):
            place = _FOR_UNIT(unit=item.unit) if item.unit else _FOR_NO_UNIT()
            yield said(office=office.label, place=place, count=item.count)
