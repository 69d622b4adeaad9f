"""What comes while a signing sheet is open: the sheet says what the signature makes, so it must still make that."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from intake.services.deciding import deciding, reviewing
from intake.services.installation.act_writer import CaseMoved
from intake.services.organisation import people
from tests.services.offices import Offices


def dan_leaves(offices: Offices, known: people.KnownHeads) -> None:
    """A roster that ends the role of the CISO at a checkpoint below his opinion reaches the CIO."""
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO, known)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", "cleo")


@pytest.mark.attack("an office ended below its opinion while the other office reads its sheet", refusal="CaseMoved")
def test_a_sheet_made_beside_an_opinion_that_counts_no_longer_is_not_signed(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", *offices.installations)
    known = people.known_heads(offices.installations["bob"])
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    cleo = offices.installations["cleo"]
    given = reviewing.look(cleo, case, "cleo").proposal
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=given)
    assert prepared.sheet is not None
    assert prepared.sheet.beside
    before = len(list(cleo.register.queries.every_act()))

    dan_leaves(offices, known)
    stored = len(list(cleo.register.queries.every_act()))

    assert stored > before
    assert cleo.state(case).event(prepared.sheet.beside).judgement.force is Force.SPENT
    with pytest.raises(CaseMoved):
        deciding.give(cleo, offices.signer("cleo"), prepared)
    assert len(list(cleo.register.queries.every_act())) == stored
    again = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=given)
    assert again.sheet is not None
    assert not again.sheet.beside
    assert deciding.give(cleo, offices.signer("cleo"), again).phase is Phase.COUNTERSIGN
