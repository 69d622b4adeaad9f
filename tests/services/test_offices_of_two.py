"""Two administrators, real keys: neither can be given an office until a third is listed."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import ENDORSE, ROSTER
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.base.wording import words
from intake.domain.organisation import changes
from intake.domain.organisation.changes import Newcomer
from intake.domain.organisation.document import roster_body
from intake.domain.organisation.people import write_people
from intake.domain.organisation.roster import Role
from intake.services.installation.act_writer import ActWriter
from intake.services.organisation import people
from intake.services.organisation.refusals import NobodyToEndorse
from tests.people import person
from tests.services.offices import Offices, founded


@pytest.fixture
def offices(tmp_path):
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.mark.attack("two administrators give each other the offices one after the other", refusal="NobodyToEndorse")
@pytest.mark.parametrize(("writer", "other", "role"), [("finn", "bob", Role.CIO), ("bob", "finn", Role.CISO)])
def test_of_two_administrators_neither_is_given_an_office(offices: Offices, writer, other, role) -> None:
    installation = offices.installations[writer]
    before = len(list(installation.register.queries.every_act()))

    for gains in (other, writer):
        with pytest.raises(NobodyToEndorse, match=r"could never count") as refused:
            people.grant_role(installation, offices.signer(writer), gains, role)
        assert "List a third administrator first" in refused.value.next_step
        assert (
            "no more than 1 of 2 administrators can endorse it without gaining an office by it" in refused.value.reason
        )

    assert len(list(installation.register.queries.every_act())) == before


def test_with_a_third_administrator_an_office_is_given(offices: Offices) -> None:
    bob, finn, eve = (offices.installations[name] for name in ("bob", "finn", "ada"))
    change = people.grant_role(bob, offices.signer("bob"), "ada", Role.ADMINISTRATOR)
    offices.travel("bob", *offices.installations)
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)

    office = people.grant_role(finn, offices.signer("finn"), "bob", Role.CIO)
    assert not office.in_force
    offices.travel("finn", *offices.installations)
    people.endorse(eve, offices.signer("ada"), office.roster)

    assert eve.rosters.holds("bob", Role.CIO)


@pytest.mark.attack(
    "an administrator gives the others offices nobody asked for", refusal="pending: a majority of all is needed"
)
def test_one_of_two_administrators_takes_nothing_over_with_a_program_that_does_not_refuse(offices: Offices) -> None:
    installation, signer = offices.installations["finn"], offices.signer("finn")
    today = installation.clock().date()
    document = changes.following(installation.rosters.in_force[0])
    document = changes.granting(document, "bob", Role.CIO, today=today, scope="Nowhere")
    for name, roles in (("mal", (Role.CIO,)), ("mel", (Role.CISO,)), ("sock", (Role.ADMINISTRATOR, Role.RECORDS))):
        key = person(name).key.certificate_der
        document = changes.listing(document, Newcomer(name, name.title(), "Finance", key, roles), today=today)
    for name, role in (("cleo", Role.CIO), ("dan", Role.CISO), ("bob", Role.ADMINISTRATOR)):
        document = changes.ending_role(document, name, role, checkpoint="7" * 64, today=today)
    act_writer = ActWriter(installation, signer)
    file = act_writer.attach(write_people(document.people), "people.json", "application/json")
    made = act_writer.write(ROSTER, roster_body(document, PeopleFile(file.sha256, file.size)))
    act_writer.write(ENDORSE, EndorseBody(made.act.id))
    act_writer.store()
    offices.open("sock")
    offices.installations["sock"].register.join(installation.register.org)
    offices.travel("finn", "sock")
    act_writer = ActWriter(offices.installations["sock"], offices.signer("sock"))
    act_writer.write(ENDORSE, EndorseBody(made.act.id))
    act_writer.store()
    offices.travel("sock", *offices.installations)

    for reader in offices.installations.values():
        rosters = reader.rosters
        assert rosters.newest.version == 1
        (waiting,) = rosters.pending
        assert words(waiting.problem) == (
            "no more than 1 of 2 administrators can endorse it without gaining an office by it, and a majority of all "
            "must: list more administrators first"
        )
        assert rosters.holds("cleo", Role.CIO)
        assert not rosters.holds("mal", Role.CIO)
