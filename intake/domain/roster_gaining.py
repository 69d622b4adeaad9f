"""What a roster version gives to people in particular: an office, or one more key to sign with in an office.

Who is asked because of it is decided in ``roster_following``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intake.domain.roster import Grant, Person, Role, Roster

OFFICES = frozenset({Role.CIO, Role.CISO})


def gaining(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """Who holds an office by this version that none of those it names gave them, at least not for as much or as long."""
    before = tuple(named)
    return frozenset(
        person.id
        for person in new.people.besides(*(old.people for old in before))
        for grant in person.grants
        if grant.role in OFFICES and grant.period.open and not any(_held(old, person.id, grant) for old in before)
    )


def with_new_keys(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """Who has, or once had, an office by those it names and can sign by this version with a key none of them lists.

    A key that is put into their entry by others signs in their name. An office that was ended counts as well: otherwise
    one version could end it, the next add the key, and a third give it back.
    """
    before = tuple(named)
    found = set()
    for person in new.people.besides(*(old.people for old in before)):
        known = [old.person(person.id) for old in before]
        if not any(grant.role in OFFICES for one in known if one for grant in one.grants):
            continue
        # A key that is closed or cut off at once can still have signed below that checkpoint.
        listed = frozenset().union(*(_ever(old, person.id) for old in before))
        if _ever(new, person.id) - listed:
            found.add(person.id)
    return frozenset(found)


def _ever(roster: Roster, person_id: str) -> frozenset[str]:
    """The fingerprints of all certificates for signing in somebody's entry, closed and cut off ones too."""
    person: Person | None = roster.person(person_id)
    return frozenset(item.sha256 for item in (person.certificates if person else ()) if item.signs)


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
