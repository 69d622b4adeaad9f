"""Who is named as the holder of an office that has not spoken: those who hold it for this use case, and nobody else."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.organisation.roster import Role
from intake.services.deciding import reviewing
from intake.services.organisation import people
from tests.services.offices import Offices


def named(offices: Offices, case: str) -> dict[Office, str]:
    cleo = offices.installations["cleo"]
    return {item.office: item.holder for item in reviewing.look(cleo, case, "cleo").offices}


@pytest.mark.attack("an officer of one unit shown as the officer of another", refusal="the review does not name them")
def test_the_officer_of_another_unit_is_not_named(offices: Offices) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    case = offices.file("bob")
    current = bob.state(case).current
    assert current is not None
    shown = []
    for unit in ("Lab", current.body.unit):
        change = people.grant_role(bob, offices.signer("bob"), "ada", Role.CISO, scope=unit)
        offices.travel("bob", "finn")
        people.endorse(finn, offices.signer("finn"), change.roster)
        offices.travel("finn", *offices.installations)
        shown.append(named(offices, case)[Office.CISO])

    assert shown == ["Dan", "Ada, Dan"]
