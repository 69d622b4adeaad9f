"""A roster that replaced the one before it, and whose people somebody holds back: nothing passes without a word about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.organisation.roster import Role
from intake.services.organisation import people
from intake.services.proving import verifying
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import Offices, founded
from tests.services.test_reprinting import acts_of, decided, people_of, record

SAID = "Administrators signed roster version 2, and its people are not here: whose keys it ends is not known."


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.mark.attack("the people of a newer roster withheld from a verifier", refusal="said beside the verdict")
@pytest.mark.exhaustive
def test_a_record_says_that_the_people_of_a_newer_roster_are_missing(offices: Offices) -> None:
    case = decided(offices)
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    org, pdf, acts = offices.installations["bob"].register.org, record(offices, "bob", case), acts_of(offices, "bob")
    every = people_of(offices, "bob")

    whole = verifying.verify_record(pdf, anchor_of_acts(org, acts, every))
    newest = max(every, key=lambda data: data.count(b"auditor"))
    without = verifying.verify_record(pdf, anchor_of_acts(org, acts, [data for data in every if data != newest]))

    assert SAID not in whole.unchecked
    assert SAID in without.unchecked
