"""A key that a majority lists for somebody who does not have it: what it brings, so that decision 0050 rests on more than words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.base.canonical import sha256
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import ListedCertificate, Period, Person, Role
from tests.domain.world import PEOPLE, SINCE, Site, certificate, organisation, person, roster

GUS = certificate("gus")


@pytest.fixture
def site() -> Site:
    """Bob and Finn have listed the key of Gus, whom nobody lists, as one of Dan's, who has agreed to it."""
    made = organisation()
    dan = next(item for item in PEOPLE if item.id == "dan")
    both = replace(dan, certificates=(*dan.certificates, ListedCertificate(sha256(GUS), GUS, Period(SINCE, None, ""))))
    people = [item if item.id != "dan" else both for item in PEOPLE]
    made.publish(roster(people, version=2, previous=[made.roster]), "bob", "finn", "dan")
    assert made.history().person("dan") == both
    return made


@pytest.mark.attack("the key of somebody else listed as one’s own", refusal="IGNORED")
def test_what_its_holder_signs_counts_for_nobody(site: Site) -> None:
    case = site.revision().id

    given = site.opinion("gus", Office.CISO, case, case)

    assert site.state(case).event(given.id).judgement.force is Force.IGNORED


def test_what_its_holder_signs_under_the_other_name_counts_as_that_ones(site: Site) -> None:
    # Only who has the key can do this, and then an enrolment under that name as well: asking for one would not stop it.
    case = site.revision().id

    given = replace(site.opinion("dan", Office.CISO, case, case), signer=sha256(GUS))
    site.acts[given.id] = given

    assert site.state(case).event(given.id).judgement.force is Force.COUNTS


def test_its_holder_cannot_be_listed_with_it_any_more(site: Site) -> None:
    newest = site.history().newest
    assert newest is not None
    gus: Person = person("gus", Role.OWNER)

    made = site.publish(roster([*newest.people, gus], version=3, previous=[site.roster]), "bob", "finn")

    assert made.id not in site.history().chain
    assert dict(site.history().refused)[made.id].code == "MalformedPeople"
