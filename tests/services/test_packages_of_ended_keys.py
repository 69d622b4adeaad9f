"""A package says that it is whole by the word of somebody: a key that was cut off gives none, and one that has ended is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.case.standings import Worth
from intake.domain.organisation import changes
from intake.domain.organisation.roster import Role
from intake.services.exchanging import exchanging
from intake.services.installation import act_files
from intake.services.organisation import people
from intake.services.proving import anchors, judging, reading
from intake.services.proving.judged import Judged, Result
from intake.trust.acts import verify_act
from tests.languages import in_words
from tests.people import person
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import Offices

CUT_OFF = (
    "The package is whole, but nobody vouches for that: the key of Dan that signed it was cut off, and may be in other "
    "hands."
)


def packed(offices: Offices, who: str, place: Path) -> Path:
    """Everything on the installation of Dan, who has not heard of what the others changed since."""
    exchanging.export_package(offices.installations["dan"], offices.signer(who), place)
    return place


def verified(offices: Offices, name: str, package: Path) -> Judged:
    installation = offices.installations[name]
    return judging.of_package(
        reading.read_package_whole(package, installation.register.org), anchors.anchor_of_register(installation)
    )


def cut_off_dan(offices: Offices, *told: str) -> None:
    change = people.cut_off_key(offices.installations["bob"], offices.signer("bob"), person("dan").key.fingerprint)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", *told)


@pytest.mark.attack("a package signed by a key that was cut off", refusal="INDETERMINATE: the key was cut off")
def test_a_key_that_was_cut_off_vouches_for_no_package(offices: Offices, tmp_path: Path) -> None:
    """Whether it was made before nobody can tell: a package has no place in any stream."""
    package = packed(offices, "dan", tmp_path / "dan.countersign")
    assert verified(offices, "bob", package).result is Result.PASSED

    cut_off_dan(offices, "bob", "cleo")

    found = verified(offices, "cleo", package)
    assert (found.result, found.sentence, found.standing) == (Result.INDETERMINATE, CUT_OFF, Worth.OPEN)
    assert found.next_step == "Ask Dan for a package that is signed with a key the roster lists now."
    assert CUT_OFF in in_words(exchanging.import_package(offices.installations["cleo"], package).notes)


@pytest.mark.attack(
    "a package whose own rosters do not know that its key was cut off", refusal="INDETERMINATE: the key was cut off"
)
def test_the_rosters_of_the_verifier_count_beside_those_of_the_package(offices: Offices, tmp_path: Path) -> None:
    package = packed(offices, "dan", tmp_path / "dan.countersign")
    cut_off_dan(offices, "bob")
    org = offices.installations["bob"].register.org
    read = reading.read_package_whole(package, org)
    queries = offices.installations["bob"].register.queries
    acts = [blob for _, _, blob in queries.every_act()]
    files = [queries.blob(name) for blob in acts for _, name in act_files.needed_by(verify_act(blob).act)]
    beside = anchor_of_acts(org, acts, [data for data in files if data is not None])

    alone = judging.of_package(read, anchor_of_acts(org, ()))
    known = judging.of_package(read, beside)

    assert alone.result is Result.PASSED
    assert (known.result, known.sentence) == (Result.INDETERMINATE, CUT_OFF)


def test_a_key_that_has_ended_is_named_as_such(offices: Offices, tmp_path: Path) -> None:
    package = packed(offices, "dan", tmp_path / "dan.countersign")
    end_key_of_dan(offices)

    found = verified(offices, "bob", package)

    assert (found.result, found.standing) == (Result.PASSED, Worth.ENDED)
    assert found.sentence == (
        "The package of Dan is whole, and unchanged since it was signed. The roster has ended the key since."
    )
    assert found.sentence in in_words(exchanging.import_package(offices.installations["bob"], package).notes)


def end_key_of_dan(offices: Offices) -> None:

    bob = offices.installations["bob"]
    horizon = people.checkpoint(bob, offices.signer("bob")).act.id
    document = changes.ending_key(
        changes.following(bob.rosters.in_force[0]),
        person("dan").key.fingerprint,
        checkpoint=horizon,
        today=bob.clock().date(),
    )
    change = people.publish(bob, offices.signer("bob"), document)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")


def test_a_stranger_s_package_is_vouched_for_by_nobody(offices: Offices, tmp_path: Path) -> None:
    package = packed(offices, "eve", tmp_path / "eve.countersign")

    found = verified(offices, "bob", package)

    assert found.sentence == "The package is whole, but no roster here lists the key that signed it."
    assert found.result is Result.INDETERMINATE
    assert found.sentence in in_words(exchanging.import_package(offices.installations["bob"], package).notes)


def test_a_package_passes_with_a_word_about_a_newer_roster_that_cannot_be_read(
    offices: Offices, tmp_path: Path
) -> None:
    package = packed(offices, "dan", tmp_path / "dan.countersign")
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    acts = [verify_act(blob) for _, _, blob in offices.installations["finn"].register.queries.every_act()]
    offices.installations["cleo"].register.append(acts)

    found = verified(offices, "cleo", package)

    assert found.result is Result.PASSED
    assert found.unchecked == (
        "Roster version 2 cannot be read here, because its people are missing: nothing new can be approved.",
    )
    assert verified(offices, "finn", package).unchecked == ()
