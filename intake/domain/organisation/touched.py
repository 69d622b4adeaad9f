"""Whose acts may be judged otherwise after a change of the rosters that count."""

from __future__ import annotations

from intake.domain.organisation.history import RosterHistory


def people_touched(before: RosterHistory, after: RosterHistory) -> frozenset[str]:
    """Ids of the people whose acts may now be judged differently; everybody, when rivals come, go or change places.

    Besides these, acts that name a roster which has only now begun or ceased to count are judged again: ``chain`` tells.
    """
    follows = before.founded and before.in_force[0].id in after.chain
    if before.rivals or after.rivals or not follows:
        both = (*before.in_force, *after.in_force)
        return frozenset(person.id for listed in both for person in listed.roster.people)
    touched = set()
    old, new = before.in_force[0].roster, after.in_force[0].roster
    if old.playbooks != new.playbooks:
        # Whether a use case may be approved depends on it, no matter who signed anything there.
        return frozenset(person.id for person in new.people)
    for listed in after.chain.values():
        # Also what came and went in between: a last day that had passed stays in force.
        if listed.id not in before.chain:
            touched |= {item.id for item in listed.roster.people.besides(old.people) if old.person(item.id) != item}
    for certificate in new.cutoffs.keys() | old.cutoffs.keys():
        if new.cutoffs.get(certificate) != old.cutoffs.get(certificate):
            owner = new.person_of_certificate(certificate)
            if owner:
                touched.add(owner.id)
    return frozenset(touched)
