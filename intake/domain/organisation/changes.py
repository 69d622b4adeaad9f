"""The next version of a roster: listing people, ending roles and keys, cutting off a stolen key.

Each function gives a complete document that follows the one it is given. None of them decides anything: a document
counts only once enough administrators have endorsed it (``history``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.acts.kinds.roster import AcceptedPlaybook, Setting
from intake.domain.base import canonical
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import on_day
from intake.domain.organisation.following import Listed
from intake.domain.organisation.reconciling import playbooks
from intake.domain.organisation.roster import WHOLE, Grant, ListedCertificate, People, Period, Person, Role, Roster, Use


class PersonExists(Refusal):
    what = "The roster already lists somebody as “{person}”."
    why = "A person id is never given to anybody else, so that old signatures keep their meaning."
    next = "Choose another id, or add the new key to that person."


class RolesGivenApart(Refusal):
    what = "{name} is listed already, so this lists only a new key: no role can be given with it."
    why = (
        "The new key may act in every role the person has. A further role is a change to be seen and endorsed as that."
    )
    next = "List the key without a role, and give the role by itself."


class KeyExists(Refusal):
    what = "This key is already listed, for {person}."
    why = "One key identifies one person, also after it has ended."
    next = "Ask the person to make a new key and to enrol with it."


class NobodyThere(Refusal):
    what = "The roster does not list “{person}” with what you want to change."
    why = "Only what is listed can be ended."
    next = "Look at the people page and choose again."


class RoleExists(Refusal):
    what = "{person} was given this role today already."
    why = "Two entries that begin on the same day could not be told apart when one of them ends."
    next = "Look at the people page. If the role was ended today, give it again tomorrow."


class RoleHoldsEverywhere(Refusal):
    what = "This role cannot be given for one unit or one use case."
    why = "Administrators write the one roster there is, and the records team keeps what all use cases rest on."
    next = "Give it for the whole organisation, or give another role."


class DayIsPast(Refusal):
    what = "{day} is past, so it cannot be the last day of a role."
    why = "What was signed since then would lose its force without anybody having looked at it."
    next = "Choose today or a later day, or end the role instead."


class AlreadyCutOff(Refusal):
    what = "This key was cut off already."
    why = "A cut-off stays where it was set: moved to a later checkpoint it would bring back what the key signed in between."
    next = "Nothing needs to be done. What the key signed beyond that checkpoint counts for nothing."


class TooFewAdministrators(Refusal):
    what = "This would leave fewer than two administrators."
    why = "With one administrator left, nobody could check what that person does to the roster."
    next = "List another administrator first."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to list: a person id, name and unit, the certificate they enrolled with (DER), and their roles.

    ``reader`` is the certificate (DER) of the key with which they decrypt; empty for none.
    """

    id: str
    name: str
    unit: str
    certificate: bytes
    roles: tuple[Role, ...]
    reader: bytes = b""


def first(
    organisation: str,
    people: Iterable[Newcomer],
    *,
    today: date,
    expires: date,
    policy: Mapping[str, Setting] | None = None,
) -> Roster:
    """Version 1. Raises KeyExists, PersonExists or TooFewAdministrators."""
    listed: dict[str, Person] = {}
    keys: dict[bytes, Person] = {}
    for newcomer in people:
        made = _person(newcomer, listed, keys, today)
        listed[made.id] = made
        keys.update(dict.fromkeys((item.key for item in made.certificates), made))
    return _checked(Roster(1, (), organisation, expires, dict(policy or {}), (), _sorted(listed.values()), {}))


def following(current: Listed, *, expires: date | None = None) -> Roster:
    """An unchanged copy as the next version, for the functions below to change."""
    roster = current.roster
    return replace(roster, version=roster.version + 1, previous=(current.id,), expires=expires or roster.expires)


def listing(roster: Roster, newcomer: Newcomer, *, today: date) -> Roster:
    """With one more person. Raises PersonExists or KeyExists."""
    made = _person(newcomer, roster.people.by_id, roster.people.by_key, today)
    return replace(roster, people=_sorted((*roster.people, made)))


def granting(
    roster: Roster, person_id: str, role: Role, *, today: date, scope: str = "", until: date | None = None
) -> Roster:
    """With one more role for a listed person, for good or up to a last day.

    Raises NobodyThere, RoleExists, DayIsPast or RoleHoldsEverywhere.
    """
    if scope and role in WHOLE:
        raise RoleHoldsEverywhere
    if until is not None and until < today:
        raise DayIsPast(day=on_day(until))
    person = _listed(roster, person_id)
    if any((item.role, item.scope, item.period.since) == (role, scope, today) for item in person.grants):
        raise RoleExists(person=person.name)
    grant = Grant(role, scope, delegable=False, period=Period(today, until, ""))
    return _replacing(roster, replace(person, grants=(*person.grants, grant)))


def admitting(roster: Roster, newcomer: Newcomer, *, today: date) -> Roster:
    """With one more person; or, for somebody who is listed by the same id and name, with one more key.

    The old key stays listed, and can be ended on its own. With a key that signs may come one that decrypts.
    Raises PersonExists, KeyExists or RolesGivenApart.
    """
    known = roster.person(newcomer.id)
    if known is None or known.name != newcomer.name:
        return listing(roster, newcomer, today=today)
    if newcomer.roles:
        raise RolesGivenApart(name=known.name)
    made = _certificates(newcomer, roster.people.by_key, today)
    return _replacing(roster, replace(known, certificates=(*known.certificates, *made)))


def ending_role(roster: Roster, person_id: str, role: Role, *, checkpoint: str, today: date) -> Roster:
    """With every open grant of a role closed at a checkpoint. Raises NobodyThere or TooFewAdministrators."""
    person = _listed(roster, person_id)
    if not person.holds(role):
        raise NobodyThere(person=person_id)
    grants = tuple(
        replace(grant, period=_closed(grant.period, checkpoint, today)) if grant.role is role else grant
        for grant in person.grants
    )
    return _checked(_replacing(roster, replace(person, grants=grants)))


def ending_key(roster: Roster, certificate: str, *, checkpoint: str, today: date) -> Roster:
    """With a key closed at a checkpoint. Raises NobodyThere."""
    person = roster.person_of_certificate(certificate)
    if person is None:
        raise NobodyThere(person=certificate[:8])
    certificates = tuple(
        replace(item, period=_closed(item.period, checkpoint, today)) if item.sha256 == certificate else item
        for item in person.certificates
    )
    return _replacing(roster, replace(person, certificates=certificates))


def cutting_off(roster: Roster, certificate: str, *, checkpoint: str, today: date) -> Roster:
    """With a compromised key cut off: beyond the checkpoint nothing it signed counts at all. Raises NobodyThere or AlreadyCutOff."""
    if certificate in roster.cutoffs:
        raise AlreadyCutOff
    closed = ending_key(roster, certificate, checkpoint=checkpoint, today=today)
    return replace(closed, cutoffs={**closed.cutoffs, certificate: checkpoint})


def accepting(roster: Roster, playbook: AcceptedPlaybook) -> Roster:
    """With one more playbook that counts; none that counted before is taken out, because old use cases rest on it."""
    return replace(roster, playbooks=playbooks((*roster.playbooks, playbook)))


def _person(newcomer: Newcomer, listed: Mapping[str, Person], keys: Mapping[bytes, Person], today: date) -> Person:
    if newcomer.id in listed:
        raise PersonExists(person=newcomer.id)
    period = Period(today, None, "")
    return Person(
        newcomer.id,
        newcomer.name,
        newcomer.unit,
        _certificates(newcomer, keys, today),
        tuple(Grant(role, "", delegable=False, period=period) for role in sorted(set(newcomer.roles))),
    )


def _certificates(newcomer: Newcomer, keys: Mapping[bytes, Person], today: date) -> tuple[ListedCertificate, ...]:
    listed = [(newcomer.certificate, Use.SIGN), *([(newcomer.reader, Use.DECRYPT)] if newcomer.reader else ())]
    found = tuple(ListedCertificate(canonical.sha256(der), der, Period(today, None, ""), use) for der, use in listed)
    if known := [keys[item.key] for item in found if item.key in keys]:
        raise KeyExists(person=known[0].name)
    return found


def _closed(period: Period, checkpoint: str, today: date) -> Period:
    """The day of closing is written as the last one, unless there was an earlier one."""
    return period if period.end else replace(period, end=checkpoint, until=min(period.until or today, today))


def _listed(roster: Roster, person_id: str) -> Person:
    person = roster.person(person_id)
    if person is None:
        raise NobodyThere(person=person_id)
    return person


def _replacing(roster: Roster, person: Person) -> Roster:
    return replace(roster, people=_sorted(person if item.id == person.id else item for item in roster.people))


def _sorted(people: Iterable[Person]) -> People:
    return People(sorted(people, key=lambda person: person.id))


def _checked(roster: Roster) -> Roster:
    if len(roster.administrators) < 2:
        raise TooFewAdministrators
    return roster
