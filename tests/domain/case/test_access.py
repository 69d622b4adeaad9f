"""Who reads a use case, and under which key is written: whatever order notes arrive in, never with a key somebody else has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds import ACCESS, KINDS
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.base.canonical import sha256
from intake.domain.case.access import Access, Ground, access_to_case, access_to_organisation
from intake.domain.organisation.roster import Grant, ListedCertificate, Period, Person, Role, Use
from tests.domain.world import SINCE, Site, certificate, person, roster

END = "7" * 64
ONE, TWO, THREE = ("1" * 32, "2" * 32, "3" * 32)


def reader_key(name: str) -> str:
    return sha256(certificate(f"{name}-reads"))


def reading(entry: Person, *, end: str = "") -> Person:
    """The same person with a key that decrypts; closed at ``end``."""
    der = certificate(f"{entry.id}-reads")
    listed = ListedCertificate(sha256(der), der, Period(SINCE, None, end), Use.DECRYPT)
    return replace(entry, certificates=(*entry.certificates, listed))


def of_unit(role: Role, unit: str, end: str = "") -> Grant:
    return Grant(role, unit, False, Period(SINCE, None, end))


PEOPLE = (
    reading(person("ada", Role.OWNER)),
    reading(person("amy", of_unit(Role.OWNER, "Finance"))),
    reading(person("art", of_unit(Role.OWNER, "Sales"))),
    reading(person("bob", Role.ADMINISTRATOR, Role.RECORDS)),
    reading(person("cleo", Role.CIO)),
    reading(person("cato", of_unit(Role.CIO, "Sales"))),
    reading(person("dan", Role.CISO)),
    reading(person("eve")),
    reading(person("finn", Role.ADMINISTRATOR)),
    reading(person("gus", Role.AUDITOR)),
)


def organised(people: Iterable[Person] = PEOPLE) -> Site:
    site = Site("office")
    site.publish(roster(people), "bob", "finn")
    return site


def note(site: Site, who: str, case: str, key: str, *readers: str, follows: Iterable[str] = ()) -> Act:
    body = AccessBody(key, tuple(sorted(follows)), tuple(sorted(map(reader_key, readers))))
    return site.act(who, ACCESS.name, body.as_json(), case=case)


def access(site: Site, case: str) -> Access:
    return access_to_case(site.state(case), site.history())


def test_those_who_need_a_case_read_it_and_nobody_else() -> None:
    site = organised()
    case = site.revision().id

    found = {name: reader.grounds for name, reader in access(site, case).readers.items()}

    assert found == {
        "ada": (Ground.OWNER,),
        "amy": (Ground.UNIT,),
        "bob": (Ground.RECORDS,),
        "cleo": (Ground.CIO,),
        "dan": (Ground.CISO,),
        "gus": (Ground.AUDITOR,),
    }


def test_who_filed_in_the_name_of_an_owner_reads_it() -> None:
    site = organised()
    case = site.revision("art", owner="ada").id

    assert access(site, case).readers["art"].grounds == (Ground.SUBMITTER,)
    assert access(site, case).readers["ada"].grounds == (Ground.OWNER,)


def test_who_left_reads_nothing_new() -> None:
    site = organised()
    case = site.revision().id
    gone = [replace(reading(person("ada", Role.OWNER, ends={Role.OWNER: END}))), *PEOPLE[1:]]

    site.publish(roster(gone, version=2, previous=[site.roster]), "bob", "finn")

    assert "ada" not in access(site, case).readers


def test_a_successor_reads_it_and_the_former_owner_nothing_new() -> None:
    site = organised()
    case = site.revision().id
    site.hand_over("ada", case, "art")

    site.take_over("art", case)

    assert access(site, case).readers["art"].grounds == (Ground.OWNER,)
    assert "ada" not in access(site, case).readers


def test_a_key_that_everybody_handed_to_may_read_is_written_with() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada", "cleo", "dan")

    found = access(site, case)

    assert found.usable == (ONE,)
    assert found.given[ONE].began == "ada"
    assert found.without(ONE) == tuple(sorted(map(reader_key, ("amy", "bob", "gus"))))


def test_access_given_later_adds_to_a_key() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada", "cleo", "dan", "amy", "bob")

    note(site, "cleo", case, ONE, "gus")

    assert access(site, case).without(ONE) == ()


@pytest.mark.attack("a planted case key", refusal="idle")
def test_a_key_brought_by_somebody_without_access_is_never_written_with() -> None:
    site = organised()
    case = site.revision().id
    planted = note(site, "eve", case, ONE, "ada", "cleo", "dan", "amy", "bob", "gus")

    found = access(site, case)

    assert found.usable == ()
    assert found.idle == (planted.id,)


@pytest.mark.attack("an access note by somebody without access", refusal="idle")
def test_a_note_by_somebody_without_access_gives_nobody_access() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada", "cleo", "dan", "amy", "bob")

    planted = note(site, "eve", case, ONE, "eve", "gus")

    found = access(site, case)
    assert "eve" not in found.readers
    assert found.usable == (ONE,)
    assert found.without(ONE) == (reader_key("gus"),)
    assert found.idle == (planted.id,)


@pytest.mark.attack("a former office that goes on reading", refusal="usable")
def test_when_a_reader_leaves_no_key_they_have_is_written_with() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada", "cleo", "dan", "amy", "bob", "gus")
    left = [reading(person("cleo", Role.CIO, ends={Role.CIO: END})) if one.id == "cleo" else one for one in PEOPLE]

    site.publish(roster(left, version=2, previous=[site.roster]), "bob", "finn")

    assert access(site, case).usable == ()
    note(site, "dan", case, TWO, "ada", "dan", "amy", "bob", "gus", follows=[ONE])
    assert access(site, case).usable == (TWO,)


def test_a_lost_reader_key_that_was_ended_is_not_written_for() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada", "cleo")
    lost = [reading(person("cleo", Role.CIO), end=END) if one.id == "cleo" else one for one in PEOPLE]

    site.publish(roster(lost, version=2, previous=[site.roster]), "bob", "finn")

    found = access(site, case)
    assert found.usable == ()
    assert found.keyless == ("cleo",)


def test_a_key_that_follows_another_is_used_instead() -> None:
    site = organised()
    case = site.revision().id
    note(site, "ada", case, ONE, "ada")
    note(site, "dan", case, TWO, "dan", follows=[ONE])

    assert access(site, case).usable == (TWO, ONE)


def test_a_case_moved_to_another_unit_is_read_there() -> None:
    site = organised()
    case = site.revision().id

    site.revision(case=case, unit="Sales")

    readers = access(site, case).readers
    assert {"art", "cato"} <= set(readers)
    assert "amy" not in readers


def test_everybody_with_a_role_reads_what_makes_the_organisation() -> None:
    site = organised()
    made = note(site, "bob", "", ONE, "ada", "bob")
    body = ACCESS.read(made)

    found = access_to_organisation([(made, body)], site.history())

    assert set(found.readers) == {one.id for one in PEOPLE} - {"eve"}
    assert found.usable == (ONE,)


def test_a_key_cannot_follow_itself() -> None:
    site = organised()
    body = {"key": ONE, "follows": [ONE], "readers": []}

    with pytest.raises(MalformedAct, match="follows itself"):
        KINDS.read(site.act("ada", ACCESS.name, body, case=site.revision().id))


NAMES = ("ada", "amy", "bob", "cleo", "dan", "eve", "gus")
NOTES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from((ONE, TWO, THREE)),
        st.sets(st.sampled_from(NAMES), max_size=4),
        st.sets(st.sampled_from((ONE, TWO, THREE)), max_size=2),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(notes=NOTES, gone=st.sampled_from((None, "cleo", "gus", "amy")), data=st.data())
def test_in_any_order_the_same_and_never_a_key_that_somebody_else_has(
    notes: list[tuple[str, str, set[str], set[str]]], gone: str | None, data: st.DataObject
) -> None:
    site = organised()
    case = site.revision().id
    for who, key, readers, follows in notes:
        note(site, who, case, key, *readers, follows=follows - {key})
    if gone is not None:
        left = [replace(one, grants=()) if one.id == gone else one for one in PEOPLE]
        left = [reading(person(gone)) if one.id == gone else one for one in left]
        held = next(one for one in PEOPLE if one.id == gone)
        closed = tuple(replace(item, period=replace(item.period, end=END)) for item in held.grants)
        left = [replace(held, grants=closed) if one.id == gone else one for one in left]
        site.publish(roster(left, version=2, previous=[site.roster]), "bob", "finn")
    found = access(site, case)

    shuffled = Site("other", site.org, site.roster, {}, dict(site.blobs))
    shuffled.acts = dict(data.draw(st.permutations(list(site.acts.items()))))
    assert access(shuffled, case) == found

    readers = set(found.readers)
    for tag in found.usable:
        has = {name for who, key, handed, _ in notes if key == tag and who in readers for name in handed}
        assert has <= readers
        assert found.given[tag].began in readers
    assert gone not in readers
