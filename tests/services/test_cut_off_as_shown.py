"""What ends or cuts off a key covers what was known when the sheet was opened, and nothing that came while it was read."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.case.judge import Force
from intake.domain.organisation.changes import RolesGivenApart
from intake.domain.organisation.roster import Role
from intake.services.organisation import people
from tests.people import person
from tests.services.offices import Offices


@pytest.mark.attack("an act of a stolen key that comes in while its cut-off is being signed", refusal="IGNORED")
@pytest.mark.parametrize("way", ["cut off", "end"])
def test_what_came_in_while_the_sheet_was_open_is_not_covered(offices: Offices, way: str) -> None:
    case = offices.file()
    offices.travel("ada", *offices.installations)
    bob, finn, cleo = (offices.installations[name] for name in ("bob", "finn", "cleo"))
    known = people.known_heads(bob)
    given = offices.decide("dan", case)
    offices.travel("dan", "bob")

    if way == "end":
        change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO, known)
    else:
        change = people.cut_off_key(bob, offices.signer("bob"), person("dan").key.fingerprint, known)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", "cleo")
    offices.travel("dan", "cleo")

    force = cleo.state(case).event(given.act.act.id).judgement.force
    assert force is (Force.IGNORED if way == "cut off" else Force.SPENT)
    assert cleo.state(case).in_force is None


def test_a_role_is_not_given_with_a_new_key_of_somebody_listed(offices: Offices) -> None:
    bob = offices.installations["bob"]
    again = person("eve")
    asked = again.act("enrol", EnrolBody("Dan", "", again.certificate_der).as_json(), person="dan")
    bob.register.append([asked])

    with pytest.raises(RolesGivenApart, match="only a new key"):
        people.to_list(bob, "bob", asked.act.id, (Role.CIO,))
    assert people.to_list(bob, "bob", asked.act.id, ()).person("dan") is not None
