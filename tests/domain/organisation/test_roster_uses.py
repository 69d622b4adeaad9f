"""A certificate says what for: only one for signing signs, and what a newer version lists it for gives nothing here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.organisation.people import MalformedPeople, read_people, write_people
from intake.domain.organisation.reconciling import settling
from intake.domain.organisation.roster import Period, Person, Role, Roster, Use
from tests.domain.organisation.test_roster_chain import administrators, founded, rivals, second
from tests.domain.world import PEOPLE, SINCE, Site, certificate, organisation, person, roster

DECRYPT = "the roster lists its key for decrypting, and such a key signs nothing"
UNKNOWN = "the roster lists its key for a use this version does not know (seal), so it signs nothing"


def used(entry: Person, use: str) -> Person:
    """The same person, with every key listed for ``use``."""
    return replace(entry, certificates=tuple(replace(item, use=use) for item in entry.certificates))


def site_where(name: str, use: str) -> Site:
    site = Site("office")
    site.publish(roster(used(item, use) if item.id == name else item for item in PEOPLE), "bob", "finn")
    return site


def judged(site: Site, case: str, act: Act) -> tuple[Force, str]:
    found = site.state(case).event(act.id).judgement
    return found.force, words(found.reason)


@pytest.mark.attack("an approval signed with a key for decrypting", refusal="IGNORED: such a key signs nothing")
@pytest.mark.parametrize(("use", "reason"), [("decrypt", DECRYPT), ("seal", UNKNOWN)])
def test_only_a_key_for_signing_signs(use: str, reason: str) -> None:
    site = site_where("dan", use)
    case = site.revision().id
    approval = site.ciso(case)
    decline = site.opinion("dan", Office.CISO, case, case, Position.DECLINE)

    assert judged(site, case, approval) == (Force.IGNORED, reason)
    assert judged(site, case, decline) == (Force.IGNORED, reason)
    assert not site.history().listed("dan", site.acts[approval.id].signer)


def test_an_unknown_use_is_kept_and_stops_nobody_else() -> None:
    site = site_where("dan", "seal")

    newest = site.history().newest

    assert newest is not None
    assert newest.people.by_id["dan"].certificates[0].use == "seal"
    assert read_people(write_people(newest.people)) == newest.people
    case = site.revision().id
    assert judged(site, case, site.cio(case)) == (Force.COUNTS, "")


@pytest.mark.parametrize("use", ["", "Sign", "to sign", 1, None, "x" * 41])
def test_a_use_is_one_word(use: object) -> None:
    data = write_people(PEOPLE).replace(b'"use":"sign"', f'"use":{_json(use)}'.encode(), 1)

    with pytest.raises(MalformedPeople, match="what a certificate is for is not written as one word"):
        read_people(data)


def _json(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else {1: "1", None: "null"}[value]  # type: ignore[index]


@pytest.mark.attack("a roster endorsed with a key for decrypting", refusal="pending: no majority")
def test_a_key_for_decrypting_endorses_nothing() -> None:
    site = Site("office")

    site.publish(roster(used(item, Use.DECRYPT) if item.id == "finn" else item for item in PEOPLE), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == ["not every administrator has endorsed it"]


@pytest.mark.attack("a checkpoint signed with a key for decrypting", refusal="the version stays uncovered")
def test_a_key_for_decrypting_covers_nothing() -> None:
    people = [*(item for item in administrators("bob", "finn") if item.id != "eve"), person("eve", Role.RECORDS)]
    site = Site("office")
    site.publish(roster(used(item, Use.DECRYPT) if item.id == "eve" else item for item in people), "bob", "finn")
    site.publish(replace(roster(site_people(site)), version=2, previous=(site.org,)), "bob", "finn")

    site.checkpoint("eve")

    (bare,) = site.history().uncovered
    assert bare.keys == frozenset()


def site_people(site: Site) -> tuple[Person, ...]:
    newest = site.history().newest
    assert newest is not None
    return newest.people


@pytest.mark.attack("a key for decrypting made into one for signing", refusal="pending: it changes what a key is for")
@pytest.mark.parametrize(("before", "after"), [("decrypt", "sign"), ("sign", "decrypt"), ("seal", "sign")])
def test_what_a_key_is_for_never_changes(before: str, after: str) -> None:
    site = founded("bob", "finn")
    two = person("cleo2")
    second(site, _adding(used(two, before)), "bob", "finn")

    site.publish(replace(_adding(used(two, after)), version=3, previous=(site.roster,)), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == ["it changes what a certificate of cleo2 is for"]


def _adding(entry: Person) -> Roster:
    return roster([*administrators("bob", "finn"), entry])


def test_rivals_that_list_a_key_for_different_uses_can_be_settled() -> None:
    people = administrators("bob", "finn", "gita")
    site, _, _ = rivals([*people, used(person("new"), "sign")], [*people, used(person("new"), "decrypt")])

    document = settling(site.history().in_force)
    site.publish(document, "bob", "finn", "gita")

    newest = site.history().newest
    assert newest is not None
    assert (newest.version, newest.people.by_id["new"].certificates[0].use) == (3, "decrypt")


def test_one_key_cannot_be_listed_for_two_uses() -> None:
    cleo = PEOPLE[2]
    twice = replace(cleo, certificates=(*cleo.certificates, replace(cleo.certificates[0], use=Use.DECRYPT)))

    with pytest.raises(MalformedPeople, match="lists one public key twice"):
        write_people([twice])


def test_a_second_key_for_decrypting_takes_nothing_from_the_one_that_signs() -> None:
    site = organisation()
    der = certificate("cleo-secret")
    more = replace(PEOPLE[2].certificates[0], der=der, sha256=site.attach(der).sha256, use=Use.DECRYPT)
    cleo = replace(PEOPLE[2], certificates=(*PEOPLE[2].certificates, replace(more, period=Period(SINCE, None, ""))))
    people = [cleo if item.id == "cleo" else item for item in PEOPLE]

    site.publish(roster(people, version=2, previous=[site.org]), "bob", "finn")

    case = site.revision().id
    assert judged(site, case, site.cio(case)) == (Force.COUNTS, "")
    newest = site.history().newest
    assert newest is not None
    assert newest.signer(more.sha256) is None
    assert newest.person_of_certificate(more.sha256) is newest.people.by_id["cleo"]
