"""An installation has the act of a newer roster and not its people: it allows nothing by the old one, and still objects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.case.phases import Phase
from intake.domain.organisation import changes
from intake.domain.organisation.document import roster_body
from intake.domain.organisation.people import write_people
from intake.domain.organisation.roster import Role
from intake.services.deciding import deciding, recording, reviewing
from intake.services.deciding.reviewing import Action
from intake.services.filing import filing
from intake.services.installation.workspace import Workspace
from intake.services.lists import home
from intake.services.organisation import people
from intake.services.organisation.unread_rosters import RosterUnread, RosterWaits, roster_unread
from intake.services.upkeep import diagnosing
from intake.trust.acts import VerifiedAct, verify_act
from tests.people import person
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere

SAID = "Roster version 2 cannot be read here, because its people are missing: nothing new can be approved."


def cut_off_dan(offices: Offices) -> None:
    """Bob and Finn cut off the key of Dan, who is CISO."""
    change = people.cut_off_key(offices.installations["bob"], offices.signer("bob"), person("dan").key.fingerprint)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")


def acts_alone(offices: Offices, source: str, *targets: str) -> None:
    """Carry everything but the people of roster version 2."""
    queries = offices.installations[source].register.queries
    newest = max(offices.installations["bob"].rosters.chain.values(), key=lambda item: item.roster.version)
    (held_back,) = (PeopleFile.of(write_people(newest.roster.people)).sha256,)
    acts = [verify_act(blob) for _, _, blob in queries.every_act()]
    for target in targets:
        register = offices.installations[target].register
        register.append(acts)
        wanted = register.receipts.wanted()
        found = {name: data for name in wanted if name != held_back and (data := queries.blob(name)) is not None}
        register.append((), found)


@pytest.mark.attack("a stolen key approves where the people of the newer roster are held back", refusal="RosterUnread")
def test_nobody_approves_under_a_roster_that_may_have_been_replaced(offices: Offices) -> None:
    case = filed_everywhere(offices)
    cut_off_dan(offices)
    acts_alone(offices, "bob", "dan", "cleo")

    for name in ("dan", "cleo"):
        installation = offices.installations[name]
        with pytest.raises(RosterUnread) as refused:
            offices.decide(name, case)
        assert refused.value.what_happened == SAID
        assert refused.value.next_step.startswith("Fetch from the exchange, or ask Bob or Finn for a package")
        assert home.needs(installation, name, person(name).fingerprint).unread is not None
        choices = reviewing.look(installation, case, name).choices
        assert next(item for item in choices if item.action is Action.APPROVE).blocked == refused.value.sentence
        found = {item.code: item for item in diagnosing.diagnose(Workspace(offices.root / name), installation).findings}
        assert found["roster-awaited"].sentence == SAID
        assert found["roster-awaited"].next_step == refused.value.next_step


@pytest.mark.attack(
    "a stolen key countersigned where the people of the newer roster are held back", refusal="RosterUnread"
)
@pytest.mark.exhaustive
def test_nobody_countersigns_or_seals_either(offices: Offices) -> None:
    """The key was stolen: its approval, made on an installation that has not heard of the roster, arrives with it."""
    case = filed_everywhere(offices)
    prepared = deciding.prepare(
        offices.installations["cleo"], "cleo", case, Position.APPROVE, given=offices.terms("cleo", case)
    )
    given = offices.terms("cleo", case)
    offices.decide("dan", case, given=given)
    offices.decide("cleo", case, given=given)
    offices.travel("dan", "cleo")
    cut_off_dan(offices)
    acts_alone(offices, "bob", "cleo")
    cleo = offices.installations["cleo"]
    assert cleo.state(case).phase is Phase.DECIDED

    with pytest.raises(RosterUnread):
        recording.complete(cleo, offices.signer("cleo"), case)
    with pytest.raises((RosterUnread, deciding.CaseMoved)):
        deciding.give(cleo, offices.signer("cleo"), prepared)


def test_what_comes_while_it_is_being_signed_is_seen_too(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    case = filed_everywhere(offices)
    cut_off_dan(offices)
    sign = recording.sign_sheet

    def slow(*args: object) -> bytes:
        signed = sign(*args)  # type: ignore[arg-type]  # handed on as it came
        acts_alone(offices, "bob", "cleo")
        return signed

    monkeypatch.setattr(recording, "sign_sheet", slow)

    with pytest.raises(RosterUnread):
        offices.decide("cleo", case)
    assert offices.installations["cleo"].state(case).phase is Phase.REVIEW


@pytest.mark.exhaustive
def test_objections_and_withdrawals_are_signed_meanwhile(offices: Offices) -> None:
    first, second = offices.file(), offices.file()
    offices.travel("ada", *offices.installations)
    cut_off_dan(offices)
    acts_alone(offices, "bob", "cleo", "ada")

    deciding.comment(offices.installations["cleo"], offices.signer("cleo"), first, "Wait.")
    declined = offices.decide("cleo", first, Position.DECLINE, reason="No.")
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), second, "Not needed.")

    assert declined.phase is Phase.DECLINED
    assert offices.installations["ada"].state(second).phase is Phase.WITHDRAWN


def test_administrators_write_and_endorse_no_rival_of_it(offices: Offices) -> None:
    """Bob's other computer has the act alone; a version 2 that waits there would be its rival."""
    finn = offices.installations["finn"]
    waiting = people.grant_role(finn, offices.signer("finn"), "ada", Role.AUDITOR)
    offices.open("bob2")
    offices.installations["bob2"].register.join(finn.register.org)
    offices.travel("ada", "bob2")
    offices.travel("finn", "bob2")
    cut_off_dan(offices)
    acts_alone(offices, "bob", "bob2")
    elsewhere = offices.installations["bob2"]

    with pytest.raises(RosterUnread):
        people.grant_role(elsewhere, offices.signer("bob"), "ada", Role.RECORDS)
    with pytest.raises(RosterUnread):
        people.endorse(elsewhere, offices.signer("bob"), waiting.roster)


def test_it_goes_on_as_soon_as_the_people_are_here(offices: Offices) -> None:
    case = filed_everywhere(offices)
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    acts_alone(offices, "bob", "cleo")
    assert roster_unread(offices.installations["cleo"].rosters) is not None

    offices.travel("bob", "cleo")

    assert roster_unread(offices.installations["cleo"].rosters) is None
    assert offices.decide("cleo", case).phase is Phase.COUNTERSIGN


def forged(offices: Offices, *endorsed_by: str, author: str = "finn") -> list[VerifiedAct]:
    """A version 2 whose people nobody has, and its endorsements."""
    org = offices.installations["cleo"].register.org
    document = replace(changes.following(offices.installations["cleo"].rosters.in_force[0]), organisation="Other")
    body = roster_body(document, PeopleFile("ab" * 32, 100)).as_json()
    version = person(author).act("roster", body, org=org)
    return [version, *(person(name).act("roster-endorse", {"roster": version.act.id}, org=org) for name in endorsed_by)]


@pytest.mark.attack(
    "one administrator stops all approvals by a roster whose people nobody has", refusal="unread, and stops nothing"
)
@pytest.mark.parametrize(
    ("author", "endorsed_by"),
    [("finn", ("finn",)), ("ada", ("ada", "cleo", "dan")), ("eve", ("eve",)), ("eve", ("bob",))],
)
def test_without_a_majority_of_administrators_it_stops_nothing(
    author: str, endorsed_by: tuple[str, ...], offices: Offices
) -> None:
    case = offices.file()
    offices.travel("ada", "cleo")
    cleo = offices.installations["cleo"]
    cleo.register.append(forged(offices, *endorsed_by, author=author))

    assert len(cleo.rosters.unread) == 1
    assert roster_unread(cleo.rosters) is None
    assert offices.decide("cleo", case).phase is Phase.COUNTERSIGN


def test_with_a_majority_it_stops_approvals(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "cleo")
    offices.installations["cleo"].register.append(forged(offices, "bob", "finn", author="eve"))

    with pytest.raises(RosterUnread):
        offices.decide("cleo", case)


@pytest.mark.attack("a stolen key countersigned where the checkpoint of a cut-off is held back", refusal="RosterWaits")
@pytest.mark.exhaustive
def test_nobody_approves_while_a_checkpoint_of_a_newer_roster_is_held_back(offices: Offices) -> None:
    case = filed_everywhere(offices)
    cut_off_dan(offices)
    everything = [verify_act(blob) for _, _, blob in offices.installations["bob"].register.queries.every_act()]
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given)
    cleo, dan = (offices.installations[name] for name in ("cleo", "dan"))
    cleo.register.append([item for item in everything if item.act.kind != "checkpoint"])
    queries = offices.installations["bob"].register.queries
    cleo.register.append((), {name: queries.blob(name) or b"" for name in cleo.register.receipts.wanted()})
    offices.travel("dan", "cleo")
    assert cleo.rosters.newest is not None
    assert cleo.rosters.newest.version == 1

    with pytest.raises(RosterWaits) as refused:
        offices.decide("cleo", case, given=given)

    assert refused.value.what_happened.startswith("Roster version 2 waits for a checkpoint that is missing here")
    assert home.needs(cleo, "cleo", person("cleo").fingerprint).unread is not None
    assert dan.state(case).phase is Phase.COUNTERSIGN
    assert offices.decide("cleo", case, Position.DECLINE, reason="No.").phase is Phase.DECLINED
