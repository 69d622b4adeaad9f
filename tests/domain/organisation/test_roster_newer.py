"""What a newer version writes into a roster: roles and rules that are kept and shown, and change nothing here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import MalformedAct
from intake.domain.acts.kinds import ROSTER, Office
from intake.domain.acts.kinds.roster import Setting
from intake.domain.base.visible import is_line
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.organisation.changes import following
from intake.domain.organisation.people import MalformedPeople, read_people, write_people
from intake.domain.organisation.reconciling import settling
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.organisation.test_roster_chain import administrators, founded, rivals, second
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person, roster

MODEL_OWNER = Grant("model-owner", "", True, Period(SINCE, None, ""))


def also(name: str, *grants: Grant) -> list[Person]:
    """Everybody, with more roles for one person."""
    return [replace(item, grants=(*item.grants, *grants)) if item.id == name else item for item in PEOPLE]


# -------------------------------------------------------------------------------------------------- roles


def test_an_unknown_role_is_kept_as_it_was_written() -> None:
    people = read_people(write_people(also("eve", MODEL_OWNER)))

    assert people.by_id["eve"].grants == (MODEL_OWNER,)
    assert people.by_id["cleo"].grants[0].role is Role.CIO
    assert all("eve" not in {item.id for item in held} for held in people.with_open_role.values())


@pytest.mark.attack("an office under a name that only looks like one", refusal="IGNORED: no role that this needs")
@pytest.mark.parametrize("role", ["model-owner", "cio2", "chief-information-officer"])
def test_an_unknown_role_gives_no_right(role: str) -> None:
    site = Site("office")
    site.publish(roster(also("eve", replace(MODEL_OWNER, role=role))), "bob", "finn")
    case = site.revision().id

    act = site.opinion("eve", Office.CIO, case, case)

    judged = site.state(case).event(act.id).judgement
    assert (judged.force, words(judged.reason)) == (Force.IGNORED, "its signer does not hold the role this needs")
    assert not site.history().holds("eve", Role.CIO)


@pytest.mark.parametrize("name", ["cleo", "dan", "ada", "bob"])
def test_an_unknown_role_takes_no_right_away(name: str) -> None:
    site = Site("office")
    site.publish(
        roster(also(name, MODEL_OWNER, replace(MODEL_OWNER, scope="Finance", period=Period(SINCE, SINCE, "7" * 64)))),
        "bob",
        "finn",
    )
    case = site.revision().id
    site.ciso(case)
    site.cio(case)

    assert site.history().founded
    assert site.state(case).in_force is not None


@pytest.mark.attack("a role of a newer version dropped by an older one", refusal="pending: it leaves out a role")
def test_an_unknown_role_is_neither_left_out_nor_reopened() -> None:
    site = Site("office")
    ended = replace(MODEL_OWNER, period=Period(SINCE, None, "7" * 64))
    site.publish(roster(also("eve", ended)), "bob", "finn")

    site.publish(roster(PEOPLE, version=2, previous=[site.org]), "bob", "finn")
    site.publish(roster(also("eve", MODEL_OWNER), version=2, previous=[site.org]), "bob", "finn")

    assert sorted(words(item.problem) for item in site.history().pending) == [
        "it leaves out a role of eve instead of ending it",
        "it reopens an ended role of eve",
    ]


@pytest.mark.parametrize("role", ["", "CIO", "Chair man", "-x", "é", "x" * 41])
def test_a_role_is_one_word(role: str) -> None:
    with pytest.raises(MalformedPeople, match="a role is not written as one word"):
        write_people(also("eve", replace(MODEL_OWNER, role=role)))


def test_this_version_goes_on_where_a_newer_one_has_given_a_role() -> None:
    site = Site("office")
    site.publish(roster(also("eve", MODEL_OWNER)), "bob", "finn")

    made = site.publish(following(site.history().in_force[0]), "bob", "finn")

    assert [item.id for item in site.history().in_force] == [made.id]
    newest = site.history().newest
    assert newest is not None
    assert newest.people.by_id["eve"].grants == (MODEL_OWNER,)


# -------------------------------------------------------------------------------------------------- rules

lines = st.text("abc DEF", min_size=1, max_size=9).map(str.strip).filter(bool)
settings = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text("abc\u0301xyz ", max_size=30).filter(is_line)
    | st.lists(lines, max_size=4).map(tuple)
)
policies = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9]{0,5}([._-][a-z0-9]{1,5}){0,2}", fullmatch=True), settings, max_size=6
)


@given(policy=policies)
def test_any_rule_comes_back_as_it_went_and_changes_nothing(policy: dict[str, Setting]) -> None:
    plain, site = organisation(), Site("office")
    site.publish(replace(roster(), policy=policy), "bob", "finn")

    newest = site.history().newest

    assert newest is not None
    assert newest.policy == policy
    for where in (plain, site):
        case = where.revision().id
        where.ciso(case)
        where.cio(case)
        assert where.state(case).in_force is not None


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ({"days": True}, "not a whole number, a text or a list of texts"),
        ({"days": None}, "not a whole number, a text or a list of texts"),
        ({"days": {"x": 1}}, "not a whole number, a text or a list of texts"),
        ({"days": ["a", 1]}, "one line of plain text"),
        ({"days": [["a"]]}, "one line of plain text"),
        ({"days": ["a\nb"]}, "one line of plain text"),
        ({"days": "a\nb"}, "one line of plain text"),
        ({"days": "a\u2028b"}, "one line of plain text"),
        ({"days": "a\u2029b"}, "one line of plain text"),
        ({"days": " a"}, "one line of plain text"),
        ({"days": [""]}, "is empty"),
        ({"days": "x" * 10_001}, "not a whole number, a text or a list of texts"),
        ({"Days": 1}, "no proper name"),
        ({"": 1}, "no proper name"),
        ({f"k{n}": n for n in range(101)}, "not a list of settings"),
    ],
)
@pytest.mark.attack(
    "a rule of a roster whose lines look like sentences about it", refusal="MalformedAct (SettingNotOneLine)"
)
def test_each_malformed_rule_is_named(policy: dict[str, object], why: str) -> None:
    site = Site("office")
    act = site.act("bob", ROSTER.name, site.body(roster()) | {"policy": policy}, org="", roster="")  # type: ignore[dict-item]

    with pytest.raises(MalformedAct, match=why):
        ROSTER.read(act)


def test_a_rule_is_carried_into_every_version_that_follows() -> None:
    site = founded("bob", "finn")
    document = replace(roster(administrators("bob", "finn")), policy={"admission.days": 30, "offices": ("cio", "ciso")})
    second(site, document, "bob", "finn")

    site.publish(following(site.history().in_force[0]), "bob", "finn")

    newest = site.history().newest
    assert newest is not None
    assert (newest.version, newest.policy) == (3, document.policy)


def test_settling_rivals_loses_no_rule_of_either() -> None:
    people = administrators("bob", "finn", "gita")
    site, one, other = rivals(people, [*people, person("new")])
    given_ = {item.id: item for item in site.history().in_force}
    first, last = (
        replace(given_[name], roster=replace(given_[name].roster, policy=policy))
        for name, policy in ((one.id, {"a": 1, "b": 1}), (other.id, {"b": 2, "c": 3}))
    )

    assert settling([first, last]).policy == {
        "a": 1,
        "b": min((first, last), key=lambda item: item.id).roster.policy["b"],
        "c": 3,
    }
