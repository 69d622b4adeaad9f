"""What somebody endorses is told to them in full, with the words of every key: what a patched author hides is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.kinds import ENDORSE, ROSTER
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.domain.base.words import spoken
from intake.domain.organisation import changes
from intake.domain.organisation.document import roster_body
from intake.domain.organisation.people import write_people
from intake.domain.organisation.roster import Grant, ListedCertificate, People, Period, Person, Role, Roster, Use
from intake.domain.organisation.roster_differences import RosterUntold
from intake.services.installation.act_writer import ActWriter, OrganisationMoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people, telling
from intake.services.organisation.refusals import KeyWithoutEnrolment, RosterTellsTooMuch, SecondNewKey
from intake.trust.acts import verify_act
from tests.people import person
from tests.services.offices import Offices

MALLORY = person("mallory").key


def publish(offices: Offices, name: str, document: Roster) -> str:
    """As a patched client writes and endorses any version; gives its id."""
    writer = ActWriter(offices.installations[name], offices.signer(name))
    file = writer.attach(write_people(document.people), "people.json", "application/json")
    made = writer.write(ROSTER, roster_body(document, PeopleFile(file.sha256, file.size)))
    writer.write(ENDORSE, EndorseBody(made.act.id))
    writer.store()
    return made.act.id


def endorse(offices: Offices, name: str, roster: str) -> None:
    """As a patched client endorses anything."""
    writer = ActWriter(offices.installations[name], offices.signer(name))
    writer.write(ENDORSE, EndorseBody(roster))
    writer.store()


def with_gina(offices: Offices, *keys: bytes, reader: bytes = b"") -> Roster:
    """The next version, which Bob's own program would write for Gina, and then with these certificates as hers."""
    bob = offices.installations["bob"]
    people.enrol(bob, PersonWithKey("gina", person("gina").key), name="Gina", unit="Security")
    asked = next(item for item in people.enrolments(bob) if item.fingerprint == person("gina").fingerprint)
    document = people.to_list(bob, "bob", asked.act, (Role.CISO,))
    listed = tuple(ListedCertificate(sha256(der), der, Period(date(2026, 11, 23), None, "")) for der in sorted(keys))
    if reader:
        listed += (ListedCertificate(sha256(reader), reader, Period(date(2026, 11, 23), None, ""), Use.DECRYPT),)
    return changed(document, "gina", certificates=listed)


def changed(document: Roster, who: str, **changes_: object) -> Roster:
    def one(item: Person) -> Person:
        return replace(item, **changes_) if item.id == who else item

    return replace(document, people=People(map(one, document.people)))


def following(installation: Installation) -> Roster:
    return changes.following(installation.rosters.in_force[0])


def lines(installation: Installation, document: Roster) -> str:
    return "\n".join(words(line) for line in telling.told(installation, document).lines)


@pytest.mark.attack("a second key beside a newcomer’s own in a new roster", refusal="SecondNewKey")
def test_a_second_new_key_is_refused_by_writer_and_endorser_and_counts_for_nobody(offices: Offices) -> None:
    both = with_gina(offices, person("gina").key.certificate_der, MALLORY.certificate_der)
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    with pytest.raises(SecondNewKey, match="it gives gina more than one new key at once"):
        people.publish(bob, offices.signer("bob"), both)
    made = publish(offices, "bob", both)
    offices.travel("bob", "finn")

    with pytest.raises(SecondNewKey):
        people.endorse(finn, offices.signer("finn"), made)
    endorse(offices, "finn", made)

    (waiting,) = finn.rosters.pending
    assert words(waiting.problem) == "it gives gina more than one new key at once"
    assert finn.rosters.newest is not None
    assert finn.rosters.newest.person("gina") is None


@pytest.mark.attack("a key listed that nobody enrolled with", refusal="KeyWithoutEnrolment")
def test_a_key_is_not_endorsed_before_its_enrolment_is_here(offices: Offices) -> None:
    made = publish(offices, "bob", with_gina(offices, MALLORY.certificate_der))
    offices.travel("bob", "finn")
    finn = offices.installations["finn"]
    with pytest.raises(KeyWithoutEnrolment, match=r"gives Gina \(gina\) a key, and no enrolment with that key is here"):
        people.endorse(finn, offices.signer("finn"), made)

    # It may arrive late, and proves that the key is there: not whose it is, so its words are compared all the same.
    people.enrol(finn, PersonWithKey("gina", MALLORY), name="Gina", unit="Security")

    assert people.require_endorsing(finn, "finn", made).person("gina") is not None


def test_an_enrolment_under_another_name_proves_nothing(offices: Offices) -> None:
    made = publish(offices, "bob", with_gina(offices, MALLORY.certificate_der))
    offices.travel("bob", "finn")
    finn = offices.installations["finn"]

    people.enrol(finn, PersonWithKey("mallory", MALLORY), name="Gina", unit="Security")

    with pytest.raises(KeyWithoutEnrolment):
        people.require_endorsing(finn, "finn", made)


@pytest.mark.attack("a reader key listed for somebody who never showed it", refusal="KeyWithoutEnrolment")
def test_a_key_that_decrypts_is_not_endorsed_without_its_proof(offices: Offices) -> None:
    # What is meant for Gina would be read by Mallory, who writes the version.
    finn, gina, mallory = offices.installations["finn"], person("gina"), person("mallory")
    made = publish(offices, "bob", with_gina(offices, gina.certificate_der, reader=mallory.reader.certificate_der))
    offices.travel("bob", "finn")
    people.enrol(finn, PersonWithKey("gina", gina.key, gina.reader), name="Gina", unit="Security")

    with pytest.raises(KeyWithoutEnrolment):
        people.require_endorsing(finn, "finn", made)


def test_a_key_that_decrypts_needs_no_comparing_of_its_own(offices: Offices) -> None:
    finn, gina = offices.installations["finn"], person("gina")
    made = publish(offices, "bob", with_gina(offices, gina.certificate_der, reader=gina.reader.certificate_der))
    offices.travel("bob", "finn")
    people.enrol(finn, PersonWithKey("gina", gina.key, gina.reader), name="Gina", unit="Security")

    document = people.require_endorsing(finn, "finn", made)

    assert [item.fingerprint for item in telling.told(finn, document).keys] == [gina.fingerprint]


@pytest.mark.attack("a version that changes more than anybody can read", refusal="RosterTellsTooMuch")
def test_a_version_that_hides_a_change_among_thousands_is_not_offered(offices: Offices) -> None:
    bob = offices.installations["bob"]
    crowd = (Person(f"p{number:04}", f"Person {number}", "", (), ()) for number in range(telling.MOST_DIFFERENCES + 1))
    document = following(bob)

    with pytest.raises(RosterTellsTooMuch, match="changes 1001 things"):
        telling.told(bob, replace(document, people=People((*document.people, *crowd))))


@pytest.mark.attack(
    "a newcomer’s key replaced in a new roster", refusal="the endorser is shown the words of the other key"
)
def test_whoever_endorses_is_shown_the_words_of_the_key_that_is_listed(offices: Offices) -> None:
    people.enrol(offices.installations["bob"], PersonWithKey("gina", MALLORY), name="Gina", unit="Security")
    made = publish(offices, "bob", with_gina(offices, MALLORY.certificate_der))
    offices.travel("bob", "finn")
    finn = offices.installations["finn"]

    document = people.require_endorsing(finn, "finn", made)
    told = telling.told(finn, document)

    assert f"Gina (gina) gets the key {spoken(MALLORY.fingerprint)}." in lines(finn, document)
    assert spoken(person("gina").fingerprint) not in lines(finn, document)
    assert [(item.person, item.fingerprint) for item in told.keys] == [("gina", MALLORY.fingerprint)]


def test_of_the_first_version_every_key_is_told(offices: Offices) -> None:
    finn = offices.installations["finn"]
    (first,) = finn.rosters.chain.values()

    told = telling.told(finn, first.roster)

    assert {item.person for item in told.keys} == {item.id for item in first.roster.people}
    assert all(spoken(person(item.id).fingerprint) in lines(finn, first.roster) for item in first.roster.people)


@pytest.mark.attack(
    "an office for one use case, or for good, under the same words", refusal="different documents have different lines"
)
def test_place_last_day_and_delegation_are_told(offices: Offices) -> None:
    bob = offices.installations["bob"]
    dan = bob.rosters.person("dan")
    assert dan is not None
    said = set()
    good, last = None, date(2027, 1, 1)
    every = [("", good, False), ("a" * 64, good, False), ("IT", good, False), ("", last, False), ("", good, True)]
    for scope, until, delegable in every:
        grant = Grant(Role.CIO, scope, delegable, Period(date(2026, 11, 23), until, ""))
        said.add(lines(bob, changed(following(bob), "dan", grants=(*dan.grants, grant))))

    assert len(said) == len(every)
    assert all("becomes CIO" in item for item in said)


@pytest.mark.attack("a key cut off at an old checkpoint, to undo what it signed", refusal="covers 0 of the 1 acts")
@pytest.mark.exhaustive
def test_how_far_a_checkpoint_reaches_is_told(offices: Offices) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    early = people.checkpoint(bob, offices.signer("bob")).act.id
    case = offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", case)
    offices.travel("dan", "bob")
    late = people.checkpoint(bob, offices.signer("bob")).act.id
    offices.travel("bob", "finn")
    key = person("dan").fingerprint
    signed = len(bob.register.queries.acts_signed_with({key}))

    def told(checkpoint: str) -> str:
        return lines(finn, changes.cutting_off(following(finn), key, checkpoint=checkpoint, today=date(2026, 11, 23)))

    assert signed > 1  # his enrolment, and the opinion
    assert f"which covers {signed - 1} of the {signed} acts by them that are known here" in told(early)
    assert f"which covers {signed} of the {signed} acts by them that are known here" in told(late)
    assert "by Bob (bob) of " in told(early)
    assert "which is not here" in told("0" * 64)


@pytest.mark.attack("a version on top of one that does not count", refusal="RosterUntold")
def test_what_follows_nothing_that_counts_here_is_not_offered(offices: Offices) -> None:
    finn = offices.installations["finn"]
    bob = offices.installations["bob"]
    waits = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR).roster
    document = replace(following(bob), version=3, previous=(waits,))
    made = publish(offices, "bob", document)
    offices.travel("bob", "finn")

    with pytest.raises(RosterUntold, match="version 3 changes cannot be told in full"):
        people.endorse(finn, offices.signer("finn"), made)


def rivals(offices: Offices) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    one = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    two = people.grant_role(finn, offices.signer("finn"), "ada", Role.RECORDS)
    offices.travel("bob", "finn")
    offices.travel("finn", "bob")
    people.endorse(bob, offices.signer("bob"), two.roster)
    people.endorse(finn, offices.signer("finn"), one.roster)
    offices.travel("finn", "bob")
    offices.travel("bob", "finn")
    assert bob.rosters.rivals


@pytest.mark.attack("a rival roster taken over unseen by settling", refusal="everything is told against each rival")
def test_who_settles_is_told_what_is_taken_over_from_each_alone(offices: Offices) -> None:
    rivals(offices)
    bob = offices.installations["bob"]
    document = people.to_settle(bob, "bob")

    against = {item.author: words(item.lines[0]) for item in telling.told(bob, document).compared}

    assert against["Bob"].startswith("Ada (ada) becomes records everywhere")
    assert against["Finn"].startswith("Ada (ada) becomes auditor everywhere")


def test_what_is_settled_is_what_was_shown(offices: Offices) -> None:
    rivals(offices)
    bob = offices.installations["bob"]
    document = people.to_settle(bob, "bob")

    with pytest.raises(OrganisationMoved):
        people.settle_rivals(bob, offices.signer("bob"), replace(document, organisation="Other"))
    assert people.settle_rivals(bob, offices.signer("bob"), document).pending is not None


def without(offices: Offices, name: str, giver: str, left_out: str) -> None:
    """Give an installation all acts and files that another has, but one act."""
    source, target = offices.installations[giver].register, offices.installations[name].register
    acts = [verify_act(data) for found, _, data in source.queries.every_act() if found != left_out]
    target.append(acts)
    files = {wanted: data for wanted in target.receipts.wanted() if (data := source.queries.blob(wanted)) is not None}
    target.append((), files)


@pytest.mark.attack(
    "a cut-off at a checkpoint that lists what nobody else has", refusal="it is told, on the sheet as a warning"
)
@pytest.mark.parametrize("last", [True, False], ids=["the newest act", "an act below the newest"])
def test_an_endorser_is_told_that_a_checkpoint_lists_acts_that_are_not_here(offices: Offices, last: bool) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "bob", "finn")
    first = offices.decide("dan", case).act.act.id
    second = offices.decide("dan", case, Position.CHANGES, reason="Say more").act.act.id
    offices.carry("dan", "bob")
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    key = person("dan").key.fingerprint
    cut = people.cut_off_key(bob, offices.signer("bob"), key).roster
    without(offices, "finn", "bob", second if last else first)

    told = telling.told(finn, people.require_endorsing(finn, "finn", cut))

    assert "and lists acts that are not here and may be by them (at least 1)." in words(told.lines[0])
    assert [item.code for item in told.warnings] == ["RosterEndsAtUnseen"]
    offices.carry("bob", "finn")
    whole = telling.told(finn, people.require_endorsing(finn, "finn", cut))
    assert whole.warnings == ()
    assert "which covers 3 of the 3 acts by them that are known here." in words(whole.lines[0])
