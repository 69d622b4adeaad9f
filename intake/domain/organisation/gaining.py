"""What a roster version gives to people in particular: an office, or a key to sign with in the name of somebody trusted.

Who is asked because of it is decided in ``following``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intake.domain.organisation.roster import Grant, ListedCertificate, Person, Role, Roster

OFFICES = frozenset({Role.CIO, Role.CISO})
TRUSTED = OFFICES | {Role.ADMINISTRATOR, Role.RECORDS}
"""Who decides, who writes the roster, and who tells which roster counts."""


def gaining(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """The people who hold an office by this version that none of those it names gave them, at least not for as much or as long."""
    before = tuple(named)
    return frozenset(
        person.id
        for person in new.people.besides(*(old.people for old in before))
        for grant in person.grants
        if grant.role in OFFICES and grant.period.open and not any(_held(old, person.id, grant) for old in before)
    )


def with_new_keys(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """Who is, or once was, trusted by those it names and has by this version a key none of them lists, at least not for
    as long.

    A key that is put into their entry by others signs in their name. A role that was ended counts as well: otherwise
    one version could end it, the next add the key, and a third give it back.
    """
    before = tuple(named)
    found = set()
    for person in new.people.besides(*(old.people for old in before)):
        known = [one for old in before if (one := old.person(person.id))]
        trusted = any(grant.role in TRUSTED for one in known for grant in one.grants)
        if trusted and any(item.signs and not _listed(item, known) for item in person.certificates):
            found.add(person.id)
    return frozenset(found)


def with_several_new_keys(new: Roster, named: Iterable[Roster]) -> str:
    """The first person (id) for whom a version lists more than one signing key that none of those it names lists; empty for none.

    Each new key is compared by voice with its owner. Nobody reads out two at once, so a second one is somebody else's.
    """
    before = tuple(named)
    for person in new.people.besides(*(old.people for old in before)):
        known = [one for old in before if (one := old.person(person.id))]
        added = [item for item in person.certificates if item.signs]
        if sum(not any(one.certificate(item.sha256) for one in known) for item in added) > 1:
            return person.id
    return ""


def _listed(key: ListedCertificate, known: Iterable[Person]) -> bool:
    """Whether one of these entries has the key for as long. One that is closed or cut off is asked about as any other:
    it can have signed below its checkpoint.
    """
    listed = [item for one in known if (item := one.certificate(key.sha256)) and item.signs]
    return any(not key.period.open or _as_long(item.period.until, key.period.until) for item in listed)


def keys(roster: Roster, person_id: str) -> frozenset[str]:
    """The fingerprints of the certificates this person can sign with."""
    person: Person | None = roster.person(person_id)
    return frozenset(
        item.sha256
        for item in (person.certificates if person else ())
        if item.signs and item.period.open and item.sha256 not in roster.cutoffs
    )


def _held(roster: Roster, person_id: str, wanted: Grant) -> bool:
    person = roster.person(person_id)
    return person is not None and any(
        grant.role is wanted.role
        and grant.period.open
        and grant.scope in ("", wanted.scope)
        and _as_long(grant.period.until, wanted.period.until)
        for grant in person.grants
    )


def _as_long(held: date | None, wanted: date | None) -> bool:
    return held is None or (wanted is not None and wanted <= held)
