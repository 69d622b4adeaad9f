"""The file of a roster's people: one reading, exact refusals, and what follows while it is not here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import KINDS, ROSTER, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import MAX_PEOPLE_BYTES, PeopleFile
from intake.domain.base import canonical
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.people import MalformedPeople, PeopleReader, read_people, write_people
from intake.domain.organisation.roster import Grant, People, Period, Person, Role
from tests.domain.world import PEOPLE, Site, organisation, person, roster

DATA = write_people(PEOPLE)


# ------------------------------------------------------------------------------------------------- reading


def test_what_is_written_is_read_again_and_is_canonical() -> None:
    assert read_people(DATA) == tuple(sorted(PEOPLE, key=lambda item: item.id))
    assert canonical.dump_large(json.loads(DATA)) == DATA


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
texts = st.text(max_size=20).map(lambda text: canonical.clean(text).replace("\n", " ").strip())
periods = st.builds(Period, days, st.none() | days, st.sampled_from(["", "7" * 64]))
grants = st.builds(Grant, st.sampled_from(Role), texts, st.booleans(), periods)
names = st.text("abcdefgh0123", min_size=1, max_size=12)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Person, ...]:
    made = []
    for name in sorted(draw(st.sets(names, max_size=6))):
        held = draw(st.lists(grants, max_size=4, unique_by=lambda item: item.key))
        made.append(replace(person(name), name=draw(texts) or "X", unit=draw(texts), grants=tuple(held)))
    return tuple(made)


@given(people=crowds())
def test_any_people_come_back_as_they_went(people: tuple[Person, ...]) -> None:
    assert read_people(write_people(people)) == people


@given(people=crowds(), data=st.data())
def test_no_other_bytes_are_read_as_people(people: tuple[Person, ...], data: st.DataObject) -> None:
    """Whatever is read has exactly one way to be written: a changed byte is refused, or says something else."""
    good = write_people(people)
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + bytes([data.draw(st.integers(0, 255))]) + good[at + 1 :]

    try:
        found = read_people(bad)
    except Refusal:
        return
    assert write_people(found) == bad


def _with(old: bytes, new: bytes) -> bytes:
    assert old in DATA
    return DATA.replace(old, new, 1)


@pytest.mark.attack("a list of people with two readings", refusal="MalformedPeople")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not a list of people"),
        (b"{}", "is not a list of people"),
        (b"[ ]", "is not a list of people"),
        (DATA[:-1], "is not a list of people"),
        (DATA + b"\n", "is not a list of people"),
        (DATA[:-1] + b",]", "not written as JSON"),
        (b'[{"certs":]', "not written as JSON"),
        (b'[{"certs":' + b"[" * 100_000 + b"]", "not written as JSON"),
        (_with(b'"id":"ada"', b'"id":"zoe","id":"ada"'), "ada is not in canonical form"),
        (_with(b'"id":"ada"', b'"id": "ada"'), "ada is not in canonical form"),
        (_with(b'"name":"Ada"', b'"name":"\\u0041da"'), "ada is not in canonical form"),
        (_with(b'"unit":""}', b'"unit":"","x":1}'), "not fully described"),
        (_with(b'"delegable":false', b'"delegable":0'), "whether it can be delegated"),
        (_with(b'"delegable":false', b'"delegable":false,"x":NaN'), "ada is not in canonical form"),
        (_with(b'"name":"Ada"', b'"name":"Ada\\u202e"'), "one line of plain text"),
        (_with(b'"name":"Ada"', b'"name":"Ada\\ud800"'), "one line of plain text"),
        (_with(b'"name":"Ada"', b'"name":""'), "a name in the roster is empty"),
        (_with(b'"id":"ada"', b'"id":"Ada"'), "no proper id"),
        (_with(b'"id":"ada"', b'"id":"zoe"'), "not in order or repeat"),
        (_with(b'"id":"bob"', b'"id":"ada"'), "not in order or repeat"),
        (_with(b'"role":"owner"', b'"role":"Owner of all"'), "role"),
        (b"[" + b" " * MAX_PEOPLE_BYTES, "the limit is 134217728"),
    ],
    ids=range(22),
)
def test_each_malformed_file_is_refused_with_what_is_wrong(data: bytes, why: str) -> None:
    with pytest.raises(MalformedPeople, match=why):
        read_people(data)


def test_more_people_than_can_be_read_are_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.domain.organisation.people.MAX_PEOPLE", 5)

    with pytest.raises(MalformedPeople, match="more than 5"):
        write_people(PEOPLE)


def test_who_has_not_changed_is_the_same_object_in_the_next_version() -> None:
    reader = PeopleReader()
    changed = write_people([replace(PEOPLE[0], unit="Legal"), *PEOPLE[1:]])
    files = {canonical.sha256(data): data for data in (DATA, changed)}

    before = reader.read(PeopleFile.of(DATA), files)
    after = reader.read(PeopleFile.of(changed), files)

    assert before is not None
    assert after is not None
    assert [item.id for item in after.besides(before)] == ["ada"]


# --------------------------------------------------------------------------------------- files that are not here


def _without_people(site: Site) -> tuple[Site, str]:
    """The site without the file of its newest roster's people; and what that file is called."""
    name = str(site.acts[site.roster].body["people"]["sha256"])  # type: ignore[call-overload, index]
    return Site(
        "away", site.org, site.roster, site.acts, {key: site.blobs[key] for key in site.blobs if key != name}
    ), name


def test_a_roster_whose_people_are_not_here_waits_and_says_for_what() -> None:
    away, name = _without_people(organisation())

    history = away.history()

    assert not history.founded
    assert history.unread[away.org].waits_for == name
    assert words(history.unread[away.org].problem) == "its people are not here"
    assert history.refused == ()


@pytest.mark.attack("the people of a roster withheld", refusal="WAITS for the file of its people")
def test_acts_under_a_roster_whose_people_are_not_here_wait_for_them() -> None:
    site = organisation()
    site.publish(replace(roster([*PEOPLE, person("gita")]), version=2, previous=(site.org,)), "bob", "finn")
    case = site.revision().id
    approval = site.ciso(case)
    away, name = _without_people(site)

    state = away.state(case)

    assert [item.id for item in away.history().in_force] == [site.org]
    assert state.event(approval.id).judgement.force is Force.WAITS
    assert words(state.event(approval.id).judgement.reason) == "the people of the roster it names are not here"
    assert name in state.missing
    away.blobs |= site.blobs
    assert away.state(case).event(approval.id).judgement.force is Force.COUNTS


@pytest.mark.attack("a decline silenced by withholding the people of its roster", refusal="COUNTS as an objection")
def test_an_objection_counts_without_the_people_of_the_roster_it_names() -> None:
    site = organisation()
    site.publish(replace(roster([*PEOPLE, person("gita")]), version=2, previous=(site.org,)), "bob", "finn")
    case = site.revision().id
    decline = site.opinion("dan", Office.CISO, case, case, Position.DECLINE)
    away, _ = _without_people(site)

    assert away.state(case).event(decline.id).judgement.force is Force.OBJECTS


@pytest.mark.attack("a file of people with another size than its roster says", refusal="MalformedPeople")
def test_a_roster_that_lies_about_the_size_of_its_people_is_refused() -> None:
    site = Site("office")
    body = site.body(roster())
    act = site.act("bob", ROSTER.name, body | {"people": {**body["people"], "size": 7}}, org="", roster="")  # type: ignore[dict-item]
    site.org = act.id

    ((refused, why),) = site.history().refused

    assert refused == act.id
    assert (
        words(why)
        == f"The people of this roster cannot be read: the file has {len(DATA)} bytes, and the roster says 7."
    )


@pytest.mark.attack(
    "endless rosters by a stranger or by anybody listed", refusal="unread: no administrator wrote or endorsed it"
)
@pytest.mark.parametrize("who", ["zoe", "ada", "cleo"], ids=["a stranger", "an owner", "the CIO"])
def test_the_people_of_a_roster_that_no_administrator_signed_are_never_read(who: str) -> None:
    site = organisation()
    flood = replace(roster([*PEOPLE, person("zoe", Role.ADMINISTRATOR)]), version=2, previous=(site.org,))
    act = site.publish(flood, who, author=who)
    asked = _Noting(site.blobs)

    history = fold_rosters(site.org, site.acts.values(), site.listings(), PeopleReader().over(asked))

    assert [item.id for item in history.in_force] == [site.org]
    assert words(history.unread[act.id].problem) == "no administrator wrote or endorsed it"
    assert not asked.read & KINDS.carried(act)
    site.endorse("bob", act)
    assert [item.listed.id for item in site.history().pending] == [act.id]


class _Noting(dict[str, bytes]):
    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.read: set[str] = set()

    def __getitem__(self, name: str, /) -> bytes:
        self.read.add(name)
        return super().__getitem__(name)


def test_what_was_read_before_does_not_make_a_file_be_here() -> None:
    site = organisation()
    reader = PeopleReader()
    here = fold_rosters(site.org, site.acts.values(), {}, reader.over(site.blobs))

    gone = fold_rosters(site.org, site.acts.values(), {}, reader.over({}))

    assert here.founded
    assert not gone.founded


def test_people_are_found_by_id_and_by_key_in_indexes() -> None:
    people = People(PEOPLE)
    document = roster(PEOPLE)

    assert document.person("cleo") is people.by_id["cleo"] is PEOPLE[2]
    assert document.person("nobody") is None
    assert document.person_of_certificate(PEOPLE[2].certificates[0].sha256) is PEOPLE[2]
    assert document.person_of_certificate("0" * 64) is None
