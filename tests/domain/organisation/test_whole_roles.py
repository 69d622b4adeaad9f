"""Administrators and the records team are of the whole organisation: their role for a part of it gives no right."""

from __future__ import annotations

from datetime import date

import pytest

from intake.domain.base.wording import words
from intake.domain.organisation.changes import (
    RoleHoldsEverywhere,
    TooFewAdministrators,
    ending_role,
    following,
    granting,
)
from intake.domain.organisation.roster import Grant, Period, Person, Role
from intake.domain.organisation.roster_differences import roster_differences
from intake.domain.organisation.roster_words import roster_lines
from tests.domain.world import PEOPLE, SINCE, Site, person, roster

FINANCE = Period(SINCE, None, "")


def of_finance(role: Role) -> Person:
    return person("ada", Grant(role, "Finance", False, FINANCE), Role.OWNER)


def staffed(role: Role) -> Site:
    """Ada is listed in a role for the unit Finance, beside the administrators Bob and Finn."""
    site = Site("office")
    first = site.publish(roster(), "bob", "finn")
    people = [of_finance(role) if item.id == "ada" else item for item in PEOPLE]
    site.publish(roster(people, version=2, previous=(first.id,)), "bob", "finn")
    return site


@pytest.mark.attack(
    "an administrator of one unit endorses a roster", refusal="pending: no majority of the administrators"
)
@pytest.mark.parametrize("author", ["bob", "ada"])
def test_an_administrator_of_one_unit_endorses_nothing(author: str) -> None:
    site = staffed(Role.ADMINISTRATOR)
    before = site.history().newest
    assert before is not None

    listed = [*before.people, person("gina", Role.OWNER)]
    site.publish(roster(listed, version=3, previous=(site.roster,)), "bob", "ada", author=author)

    history = site.history()
    assert before.administrators == {"bob", "finn"}
    assert not history.holds("ada", Role.ADMINISTRATOR, unit="Finance")
    assert history.newest == before
    (pending,) = history.pending
    assert words(pending.problem) == "a majority of the administrators before it has not endorsed it"


def test_no_role_for_the_whole_is_granted_for_a_part() -> None:
    site = staffed(Role.AUDITOR)
    (listed,) = site.history().in_force

    for role in (Role.ADMINISTRATOR, Role.RECORDS):
        with pytest.raises(RoleHoldsEverywhere, match="for one unit or one use case"):
            granting(following(listed), "dan", role, today=date(2026, 11, 23), scope="Finance")
    granting(following(listed), "dan", Role.CISO, today=date(2026, 11, 23), scope="Finance")


def test_the_endorser_reads_that_it_has_no_effect() -> None:
    site = staffed(Role.ADMINISTRATOR)
    first, second = (listed.roster for listed in site.history().chain.values())

    told = [
        words(line)
        for line in roster_lines(roster_differences(first, second), first, second, lambda _name, _keys: None)
    ]

    assert "Ada (ada) becomes administrator for the unit “Finance” (without effect" in " ".join(told)


def test_it_is_ended_like_any_other_entry_and_does_not_count_among_the_two_that_stay() -> None:
    site = staffed(Role.ADMINISTRATOR)
    (listed,) = site.history().in_force

    ended = ending_role(following(listed), "ada", Role.ADMINISTRATOR, checkpoint="7" * 64, today=date(2026, 11, 23))

    assert ended.administrators == {"bob", "finn"}
    with pytest.raises(TooFewAdministrators):
        ending_role(following(listed), "finn", Role.ADMINISTRATOR, checkpoint="7" * 64, today=date(2026, 11, 23))


@pytest.mark.parametrize(("scope", "stopped"), [("", True), ("Finance", False)])
def test_what_nobody_knows_stops_nothing_when_they_sign_it(scope: str, stopped: bool) -> None:
    site = Site("office")
    eve = person("eve", Grant(Role.RECORDS, scope, False, FINANCE))
    site.publish(roster([eve if item.id == "eve" else item for item in PEOPLE]), "bob", "finn")
    case = site.revision(unit="Finance").id

    site.act("eve", "call-in", {"reason": "?"}, case=case)

    assert bool(site.state(case).blocked) is stopped
