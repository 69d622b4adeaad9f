"""How rosters follow each other: a table of who signed what, and whether the new version counts.

Bob, Finn and Gita administer version 1. Each row of ``ROTATIONS`` says who administers version 2, who endorsed it, and
what comes of it: the same questions TUF asks of its root role.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds import ENDORSE, ROSTER
from intake.domain.acts.kinds.roster import MAX_PEOPLE_BYTES
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.people import MalformedPeople
from intake.domain.organisation.roster import Grant, ListedCertificate, Period, Person, Role, Roster
from intake.domain.organisation.touched import people_touched
from tests.domain.world import PEOPLE, SINCE, Site, certificate, organisation, person, roster

K = "7" * 64
"""A checkpoint that closes something; here it does not matter which."""


def administrators(*names: str, ended: str = "") -> list[Person]:
    others = [item for item in PEOPLE if item.id not in {"bob", "finn"}]
    return [
        *others,
        *(
            person(name, Role.ADMINISTRATOR, ends={Role.ADMINISTRATOR: K} if name in ended.split() else {})
            for name in names
        ),
    ]


def accepted(letter: str, **changes: object) -> dict[str, object]:
    return {"sha256": letter * 64, "size": 9, "engine": 1} | changes


def founded(*names: str) -> Site:
    site = Site("office")
    site.publish(roster(administrators(*names)), *names)
    assert site.history().founded
    return site


def second(site: Site, document: Roster, *endorsers: str) -> Act:
    return site.publish(replace(document, version=2, previous=(site.roster,)), *endorsers)


def newest(site: Site) -> int:
    found = site.history().newest
    return found.version if found else 0


# -------------------------------------------------------------------------------------------------- founding


@pytest.mark.parametrize(
    ("listed", "endorsed", "counts"),
    [
        ("bob finn", "bob finn", True),
        ("bob finn", "bob", False),
        ("bob finn", "", False),
        ("bob finn gita", "bob finn", False),
        ("bob finn gita", "bob finn gita", True),
        ("bob finn", "bob cleo", False),
        ("bob finn", "bob eve", False),
        ("bob finn", "bob zoe", False),
    ],
)
def test_version_1_counts_when_all_its_administrators_endorsed_it(listed: str, endorsed: str, counts: bool) -> None:
    site = Site("office")

    site.publish(roster(administrators(*listed.split())), *endorsed.split())

    history = site.history()
    assert history.founded is counts
    if not counts:
        assert [words(item.problem) for item in history.pending] == ["not every administrator has endorsed it"]
        assert history.pending[0].agreement.missing == set(listed.split()) - set(endorsed.split())


@pytest.mark.attack("a lone administrator", refusal="MalformedAct")
@pytest.mark.parametrize("names", ["", "bob"])
def test_a_lone_administrator_founds_nothing(names: str) -> None:
    site = Site("office")

    act = site.publish(roster(administrators(*names.split())), *names.split())

    assert not site.history().founded
    assert [name for name, _ in site.history().refused] == [act.id]
    with pytest.raises(MalformedAct, match="at least two administrators"):
        site.read(act)


def test_an_administrator_whose_role_has_ended_does_not_make_two() -> None:
    site = Site("office")

    act = site.publish(roster(administrators("bob", "finn", ended="finn")), "bob", "finn")

    with pytest.raises(MalformedAct, match="at least two administrators"):
        site.read(act)


# -------------------------------------------------------------------------------------------------- rotation

OLD, NEW, MINE = (
    "a majority of the administrators before it has not endorsed it",
    "a majority of its own administrators has not endorsed it",
    "",
)
ROTATIONS = [
    # version 1        version 2 (ended in brackets)     endorsed by            what is wrong with it
    ("bob finn gita", "bob finn gita", "", "", OLD),
    ("bob finn gita", "bob finn gita", "", "bob", OLD),
    ("bob finn gita", "bob finn gita", "", "bob finn", MINE),
    ("bob finn gita", "bob finn gita", "", "bob finn gita", MINE),
    ("bob finn", "bob finn", "", "bob", OLD),
    ("bob finn", "bob finn", "", "bob bob", OLD),
    ("bob finn", "bob finn hugo", "", "bob finn", MINE),
    ("bob finn", "bob finn hugo ivy juna", "", "bob finn", NEW),
    ("bob finn", "bob finn hugo ivy juna", "", "bob finn hugo", MINE),
    ("bob finn", "bob finn hugo ivy juna", "", "hugo ivy juna", OLD),
    ("bob finn", "bob finn hugo ivy juna", "", "bob hugo ivy", OLD),
    ("bob finn gita", "bob finn gita", "gita", "bob gita", NEW),
    ("bob finn gita", "bob finn gita", "gita", "bob finn", MINE),
    ("bob finn gita", "bob finn gita hugo", "bob gita", "finn hugo", OLD),
    ("bob finn gita", "bob finn gita hugo", "bob gita", "bob gita", NEW),
    ("bob finn gita", "bob finn gita hugo", "bob gita", "bob finn hugo", MINE),
    ("bob finn gita", "bob finn gita", "", "eve ada cleo dan", OLD),
]


@pytest.mark.attack("a role somebody grants himself", refusal="pending: no majority")
@pytest.mark.parametrize(("before", "after", "ended", "endorsed", "problem"), ROTATIONS)
def test_the_next_version_needs_majorities_of_both(before, after, ended, endorsed, problem) -> None:
    site = founded(*before.split())

    made = second(site, roster(administrators(*after.split(), ended=ended)), *endorsed.split())

    history = site.history()
    assert newest(site) == (1 if problem else 2)
    assert [words(item.problem) for item in history.pending] == ([problem] if problem else [])
    assert (made.id in history.chain) is not bool(problem)


@pytest.mark.attack("a role somebody grants himself", refusal="pending, the version before stays in force")
@pytest.mark.parametrize(("who", "role"), [("eve", Role.CIO), ("eve", Role.ADMINISTRATOR), ("bob", Role.CISO)])
def test_nobody_grants_himself_a_role(who: str, role: Role) -> None:
    site = founded("bob", "finn")
    others = [item for item in administrators("bob", "finn") if item.id != who]
    roles = (Role.ADMINISTRATOR, role) if who == "bob" else (role,)

    second(site, roster([*others, person(who, *roles)]), who)

    assert newest(site) == 1
    assert not site.history().holds(who, role)
    assert len(site.history().pending) == 1


def test_endorsing_with_a_key_the_roster_has_closed_is_worth_nothing() -> None:
    site = founded("bob", "finn")
    closed = [
        person("bob", Role.ADMINISTRATOR, end=K) if item.id == "bob" else item for item in administrators("bob", "finn")
    ]

    second(site, roster(closed), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == [NEW]


def test_endorsing_with_a_foreign_key_is_worth_nothing() -> None:
    site = founded("bob", "finn")
    made = second(site, roster(administrators("bob", "finn")), "bob")

    forged = site.act("eve", ENDORSE.name, {"roster": made.id}, roster="")
    site.acts[forged.id] = replace(forged, person="finn")

    assert newest(site) == 1


def test_an_endorsement_of_another_organisation_is_worth_nothing() -> None:
    site = founded("bob", "finn")
    made = second(site, roster(administrators("bob", "finn")), "bob")

    site.act("finn", ENDORSE.name, {"roster": made.id}, roster="", org="9" * 64)

    assert newest(site) == 1


# -------------------------------------------------------------------------------------------------- succession


@pytest.mark.attack("a version of the roster that skips one", refusal="pending: it skips a version")
def test_a_version_cannot_be_skipped() -> None:
    site = founded("bob", "finn")

    site.publish(replace(roster(administrators("bob", "finn")), version=3, previous=(site.roster,)), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == ["it skips a version"]


def test_a_version_that_follows_an_older_one_is_too_late() -> None:
    site = founded("bob", "finn", "gita")
    first = site.roster
    second(site, roster(administrators("bob", "finn", "gita")), "bob", "finn")

    site.publish(replace(roster(administrators("bob", "finn", "gita")), version=3, previous=(first,)), "bob", "finn")

    assert newest(site) == 2
    assert [words(item.problem) for item in site.history().pending] == ["it does not follow the roster in force"]


@pytest.mark.parametrize(
    ("previous", "version"), [((), 2), (("9" * 64,), 1)], ids=["version 2 of nothing", "version 1 of something"]
)
def test_only_version_1_follows_nothing(previous, version) -> None:
    site = Site("office")

    act = site.publish(replace(roster(administrators("bob", "finn")), version=version, previous=previous))

    with pytest.raises(MalformedAct, match="version 1 follows nothing"):
        ROSTER.read(act)


def _without(name: str) -> list[Person]:
    return [item for item in administrators("bob", "finn") if item.id != name]


def _changed(name: str, **changes: object) -> list[Person]:
    return [replace(item, **changes) if item.id == name else item for item in administrators("bob", "finn")]  # type: ignore[arg-type]


NEW_KEY = ListedCertificate(canonical.sha256(certificate("cleo2")), certificate("cleo2"), Period(SINCE, None, ""))


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        (_without("eve"), "it leaves out eve"),
        (_changed("cleo", certificates=()), "it leaves out a certificate of cleo"),
        (_changed("cleo", certificates=(NEW_KEY,)), "it leaves out a certificate of cleo"),
        (_changed("cleo", grants=()), "it leaves out a role of cleo instead of ending it"),
        (
            _changed("cleo", grants=(Grant(Role.CIO, "Finance", False, Period(SINCE, None, "")),)),
            "it leaves out a role of cleo instead of ending it",
        ),
    ],
)
def test_nothing_is_taken_out(people: list[Person], problem: str) -> None:
    site = founded("bob", "finn")

    second(site, roster(people), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == [problem]


@pytest.mark.parametrize(
    ("closed", "again", "problem"),
    [
        ({"ends": {Role.CIO: K}}, {}, "it reopens an ended role of cleo"),
        ({"ends": {Role.CIO: K}}, {"ends": {Role.CIO: "8" * 64}}, "it reopens an ended role of cleo"),
        ({"end": K}, {}, "it reopens a closed certificate of cleo"),
        ({"end": K}, {"end": "8" * 64}, "it reopens a closed certificate of cleo"),
    ],
)
def test_what_was_closed_stays_closed_at_the_same_checkpoint(closed, again, problem) -> None:
    site = founded("bob", "finn")
    second(site, roster([*_without("cleo"), person("cleo", Role.CIO, **closed)]), "bob", "finn")

    third = replace(roster([*_without("cleo"), person("cleo", Role.CIO, **again)]), version=3, previous=(site.roster,))
    site.publish(third, "bob", "finn")

    assert newest(site) == 2
    assert [words(item.problem) for item in site.history().pending] == [problem]


def test_a_role_may_be_granted_anew_beside_the_one_that_ended() -> None:
    site = founded("bob", "finn")
    second(site, roster([*_without("cleo"), person("cleo", Role.CIO, ends={Role.CIO: K})]), "bob", "finn")
    again = Grant(Role.CIO, "", False, Period(SINCE.replace(year=2027), None, ""))

    both = person("cleo", Grant(Role.CIO, "", False, Period(SINCE, None, K)), again)
    site.publish(replace(roster([*_without("cleo"), both]), version=3, previous=(site.roster,)), "bob", "finn")

    assert newest(site) == 3


@pytest.mark.attack(
    "a cut-off moved to a later checkpoint", refusal="pending: it moves a cut-off to another checkpoint"
)
def test_a_cut_off_stays_where_it_was_set() -> None:
    site = founded("bob", "finn")
    stolen = canonical.sha256(certificate("cleo"))
    second(site, roster(administrators("bob", "finn"), cutoffs={stolen: K}), "bob", "finn")

    moved = roster(administrators("bob", "finn"), cutoffs={stolen: "2" * 64})
    site.publish(replace(moved, version=3, previous=(site.roster,)), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == ["it moves a cut-off to another checkpoint"]


@pytest.mark.attack("a cut-off lifted again", refusal="pending: it lifts a cut-off")
def test_a_cut_off_is_never_lifted() -> None:
    site = founded("bob", "finn")
    cutoffs = {canonical.sha256(certificate("cleo")): K}
    second(site, roster(administrators("bob", "finn"), cutoffs=cutoffs), "bob", "finn")

    site.publish(replace(roster(administrators("bob", "finn")), version=3, previous=(site.roster,)), "bob", "finn")

    assert [words(item.problem) for item in site.history().pending] == ["it lifts a cut-off"]


# -------------------------------------------------------------------------------------------------- the document


def _doubled() -> list[Person]:
    twice = Grant(Role.CIO, "", False, Period(SINCE, None, K))
    return _changed("cleo", grants=(twice, replace(twice, period=Period(SINCE, None, ""))))


@pytest.mark.parametrize(
    ("people", "why"),
    [
        (_changed("eve", certificates=(*PEOPLE[2].certificates,)), "lists one public key twice"),
        (
            _changed("cleo", certificates=(*PEOPLE[2].certificates, *PEOPLE[2].certificates)),
            "lists one public key twice",
        ),
        ([*administrators("bob", "finn"), PEOPLE[0]], "not in order or repeat"),
        (_doubled(), "cleo has one role twice"),
    ],
    ids=["key of two people", "key listed twice", "person listed twice", "role open beside closed"],
)
def test_a_document_that_contradicts_itself_is_refused(people: list[Person], why: str) -> None:
    site = Site("office")
    act = site.publish(roster(people))

    with pytest.raises(MalformedPeople, match=why):
        site.read(act)
    assert [name for name, _ in site.history().refused] == [act.id]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"extra": 1}, "its roster holds something this form does not have"),
        ({"version": 0}, "no version number"),
        ({"version": True}, "no version number"),
        ({"version": "1"}, "no version number"),
        ({"previous": ["x"]}, "“previous” is not a list of act ids"),
        ({"previous": [K, K]}, "“previous” is not sorted and free of repeats"),
        ({"organisation": ""}, "“organisation” is empty"),
        ({"organisation": "a\nb"}, "one line of plain text"),
        ({"organisation": " a"}, "one line of plain text"),
        ({"policy": {"days": True}}, "not a whole number"),
        ({"policy": []}, "not a list of settings"),
        ({"playbooks": {}}, "a list in the roster is missing"),
        ({"playbooks": ["a" * 64]}, "a playbook of the roster is not fully described"),
        ({"playbooks": [accepted("b"), accepted("a")]}, "the playbooks of the roster are not in order or repeat"),
        (
            {"playbooks": [accepted("a"), accepted("a", engine=2)]},
            "the playbooks of the roster are not in order or repeat",
        ),
        ({"playbooks": [accepted("a") | {"name": "core"}]}, "a playbook of the roster is not fully described"),
        ({"playbooks": [accepted("a", engine=0)]}, "a number of a playbook in the roster is not between 1 and"),
        ({"playbooks": [accepted("a", engine=True)]}, "a number of a playbook in the roster is not between 1 and"),
        ({"playbooks": [accepted("a", engine="1")]}, "a number of a playbook in the roster is not between 1 and"),
        ({"playbooks": [accepted("a", size=0)]}, "a number of a playbook in the roster is not between 1 and"),
        ({"playbooks": [accepted("a", size=canonical.MAX_BYTES + 1)]}, "is not between 1 and 1048576"),
        ({"people": []}, "does not name the file of its people"),
        ({"people": {"sha256": "A" * 64, "size": 1}}, "does not name the file of its people"),
        ({"people": {"sha256": "a" * 64, "size": 1, "name": "x"}}, "does not name the file of its people"),
        ({"people": {"sha256": "a" * 64, "size": 0}}, "has no size"),
        ({"people": {"sha256": "a" * 64, "size": True}}, "has no size"),
        ({"people": {"sha256": "a" * 64, "size": MAX_PEOPLE_BYTES + 1}}, "more than 134217728 bytes"),
        ({"cutoffs": {"x": K}}, "cut-offs do not pair"),
    ],
)
def test_each_malformed_field_of_a_roster_is_named(changes: dict[str, object], why: str) -> None:
    site = Site("office")
    act = site.act("bob", ROSTER.name, site.body(roster()) | changes, org="", roster="")  # type: ignore[arg-type]

    with pytest.raises(MalformedAct, match=why):
        ROSTER.read(act)


def test_a_good_roster_is_read_back_as_written() -> None:
    site = organisation()

    assert site.read(site.publish(roster())) == roster()


# -------------------------------------------------------------------------------------------------- rivals


def rivals(one: list[Person], other: list[Person], **cutoffs: object) -> tuple[Site, Act, Act]:
    """Two versions 2, each endorsed by two of three administrators while apart, met again."""
    site = founded("bob", "finn", "gita")
    away = site.fork("away")
    left = second(site, roster(one), "bob", "finn")
    right = second(away, roster(other), "finn", "gita")
    return site.take(away), left, right


def _three(*more: Person, without: str = "") -> list[Person]:
    return [item for item in (*administrators("bob", "finn", "gita"), *more) if item.id != without or item in more]


def settle(site: Site, people: list[Person], *endorsers: str) -> Act:
    names = tuple(sorted(item.id for item in site.history().in_force))
    return site.publish(replace(roster(people), version=3, previous=names), *endorsers)


@pytest.mark.attack("a rival version of the roster", refusal="rivals: only what both grant")
def test_two_versions_that_both_count_are_both_shown_and_neither_wins() -> None:
    site, left, right = rivals(_three(person("hugo", Role.CIO)), _three(person("ivy", Role.CIO)))

    history = site.history()

    assert {item.id for item in history.in_force} == {left.id, right.id}
    assert history.rivals
    assert not history.holds("hugo", Role.CIO)
    assert not history.holds("ivy", Role.CIO)
    assert history.holds("cleo", Role.CIO)


def test_rivals_are_settled_by_a_version_that_names_both_with_majorities_of_both() -> None:
    hugo, ivy = person("hugo", Role.CIO), person("ivy", Role.CIO)
    site, _, _ = rivals(_three(hugo), _three(ivy))

    made = settle(site, _three(hugo, ivy), "bob", "gita")

    assert [item.id for item in site.history().in_force] == [made.id]


@pytest.mark.parametrize(
    ("people", "endorsers", "problem"),
    [
        ("hugo ivy", "bob", OLD),
        ("hugo", "bob finn gita", "it leaves out ivy"),
        ("ivy", "bob finn gita", "it leaves out hugo"),
    ],
)
def test_settling_takes_nobody_out_and_needs_the_majorities(people: str, endorsers: str, problem: str) -> None:
    site, _, _ = rivals(_three(person("hugo", Role.CIO)), _three(person("ivy", Role.CIO)))

    made = settle(site, _three(*(person(name, Role.CIO) for name in people.split())), *endorsers.split())

    history = site.history()
    assert history.rivals
    assert [words(item.problem) for item in history.pending if item.listed.id == made.id] == [problem]


def test_following_one_of_two_rivals_settles_nothing() -> None:
    site, left, _ = rivals(_three(person("hugo")), _three(person("ivy")))

    site.publish(replace(roster(_three(person("hugo"))), version=3, previous=(left.id,)), "bob", "finn", "gita")

    assert site.history().rivals


@pytest.mark.parametrize("kept", [K, "8" * 64])
def test_rivals_that_closed_the_same_role_at_two_checkpoints_can_be_settled(kept: str) -> None:
    def closed(end: str) -> list[Person]:
        return _three(person("cleo", Role.CIO, ends={Role.CIO: end}), without="cleo")

    site, _, _ = rivals(closed(K), closed("8" * 64))

    settle(site, closed(kept), "bob", "finn")

    assert not site.history().rivals


def test_settling_rivals_does_not_reopen_what_one_of_them_closed() -> None:
    site, _, _ = rivals(_three(person("cleo", Role.CIO, ends={Role.CIO: K}), without="cleo"), _three(person("ivy")))

    made = settle(site, _three(person("ivy")), "bob", "finn")

    problems = {item.listed.id: words(item.problem) for item in site.history().pending}
    assert problems[made.id] == "it reopens an ended role of cleo"


# -------------------------------------------------------------------------------------------------- who is touched


def test_the_order_in_which_rosters_and_endorsements_come_does_not_matter() -> None:
    site, _, _ = rivals(_three(person("hugo")), _three(person("ivy")))

    backwards = Site("other", site.org, acts=dict(reversed(site.acts.items())), blobs=site.blobs)

    assert backwards.history() == site.history()


def test_only_those_whose_entry_changed_are_touched() -> None:
    site = founded("bob", "finn")
    before = site.history()
    second(
        site, roster([*_without("cleo"), person("cleo", Role.CIO, ends={Role.CIO: K}), person("zoe")]), "bob", "finn"
    )

    assert people_touched(before, site.history()) == {"cleo", "zoe"}
    assert people_touched(before, before) == frozenset()


def test_a_cut_off_touches_the_one_it_cuts_off() -> None:
    site = founded("bob", "finn")
    before = site.history()
    second(
        site, roster(administrators("bob", "finn"), cutoffs={canonical.sha256(certificate("dan")): K}), "bob", "finn"
    )

    assert people_touched(before, site.history()) == {"dan"}


def test_rivals_and_the_founding_touch_everybody() -> None:
    site, _, _ = rivals(_three(person("hugo")), _three(person("ivy")))
    history = site.history()

    everybody = {item.id for item in _three(person("hugo"), person("ivy"))}

    assert people_touched(RosterHistory(site.org), history) == everybody
    assert people_touched(history, history) == everybody
