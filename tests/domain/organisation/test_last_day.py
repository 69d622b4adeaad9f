"""The last day of a role or key: what is signed after it has no favour, by the rosters an act names and by those in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.status import roles_ended, status
from intake.domain.organisation.rights import OUTLIVED as ENDED
from intake.domain.organisation.roster import Person, Role, Roster
from intake.domain.organisation.touched import people_touched
from tests.domain.world import PEOPLE, Site, organisation, roster

TODAY = date(2026, 11, 22)
"""The day of everything a site signs, unless its clock is moved."""

OUTLIVED = ENDED.english


def until(
    name: str, last: date | None, *, key: bool = False, people: tuple[Person, ...] = PEOPLE
) -> tuple[Person, ...]:
    """Everybody, with a last day for the roles, or the key, of one person."""

    def ending(entry: Person) -> Person:
        if key:
            certificates = tuple(replace(item, period=replace(item.period, until=last)) for item in entry.certificates)
            return replace(entry, certificates=certificates)
        return replace(
            entry, grants=tuple(replace(item, period=replace(item.period, until=last)) for item in entry.grants)
        )

    return tuple(ending(item) if item.id == name else item for item in people)


def following(site: Site, people: tuple[Person, ...]) -> str:
    version = site.history().in_force[0].roster.version
    document: Roster = roster(people, version=version + 1, previous=[site.history().in_force[0].id])
    return site.publish(document, "bob", "finn").id


def founded(people: tuple[Person, ...]) -> Site:
    site = Site("office")
    site.publish(roster(people), "bob", "finn")
    return site


def judged(site: Site, case: str, act: Act) -> tuple[Force, str]:
    found = site.state(case).event(act.id).judgement
    return found.force, words(found.reason)


@pytest.mark.attack("an approval after the last day of its signer's role", refusal="SPENT: after the last day")
@pytest.mark.parametrize("key", [False, True], ids=["role", "key"])
@pytest.mark.parametrize(("last", "force"), [(-1, Force.SPENT), (0, Force.COUNTS), (1, Force.COUNTS)])
def test_an_approval_counts_up_to_the_last_day(last: int, force: Force, key: bool) -> None:
    site = founded(until("dan", TODAY + timedelta(days=last), key=key))
    case = site.revision().id
    site.cio(case)

    approval = site.ciso(case)

    assert judged(site, case, approval) == (force, OUTLIVED if force is Force.SPENT else "")
    assert (site.state(case).in_force is not None) == (force is Force.COUNTS)


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_an_objection_keeps_its_force_after_the_last_day(position: Position) -> None:
    site = founded(until("dan", date(2026, 1, 31)))
    case = site.revision().id

    objection = site.opinion("dan", Office.CISO, case, case, position)

    assert judged(site, case, objection) == (Force.OBJECTS, OUTLIVED)


@pytest.mark.attack("an older roster named, that knows no last day", refusal="SPENT: after the last day")
def test_naming_an_older_roster_does_not_escape_a_last_day_set_since() -> None:
    site = organisation()
    case = site.revision().id
    before = site.org
    following(site, until("dan", TODAY))
    site.clock += timedelta(days=30)

    approval = site.ciso(case, roster=before)

    assert judged(site, case, approval) == (Force.SPENT, OUTLIVED)


@pytest.mark.attack("a roster named in which the role had ended, after it was made longer", refusal="SPENT")
def test_a_longer_last_day_is_used_by_naming_the_roster_that_gives_it() -> None:
    site = founded(until("dan", TODAY))
    case = site.revision().id
    before = site.org
    newer = following(site, until("dan", TODAY + timedelta(days=60)))
    site.clock += timedelta(days=30)

    old, new = site.ciso(case, roster=before), site.ciso(case, roster=newer)

    assert judged(site, case, old) == (Force.SPENT, OUTLIVED)
    assert judged(site, case, new) == (Force.COUNTS, "")


def test_what_was_approved_in_time_stands_when_the_last_day_passes() -> None:
    site = founded(until("dan", TODAY))
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    site.clock += timedelta(days=90)
    site.comment("ada", case)

    assert site.state(case).in_force is not None


def test_a_role_that_was_closed_is_judged_by_its_checkpoint_alone() -> None:
    """Closing writes the day of closing as the last day; a clock that ran ahead takes nothing from what was covered."""
    site = organisation()
    case = site.revision().id
    site.cio(case)
    site.clock += timedelta(days=3)
    approval = site.ciso(case)
    site.clock -= timedelta(days=3)
    end = site.checkpoint().id
    dan = until("dan", TODAY)
    closed = tuple(
        replace(item, grants=tuple(replace(role, period=replace(role.period, end=end)) for role in item.grants))
        if item.id == "dan"
        else item
        for item in dan
    )

    following(site, closed)

    assert judged(site, case, approval) == (Force.COUNTS, "")
    assert [pair.fate for pair in site.state(case).pairs] == [Fate.IN_FORCE]


def closed(people: tuple[Person, ...], name: str, end: str, *, key: bool) -> tuple[Person, ...]:
    def close(entry: Person) -> Person:
        if key:
            return replace(
                entry,
                certificates=tuple(replace(item, period=replace(item.period, end=end)) for item in entry.certificates),
            )
        return replace(
            entry, grants=tuple(replace(item, period=replace(item.period, end=end)) for item in entry.grants)
        )

    return tuple(close(item) if item.id == name else item for item in people)


@pytest.mark.attack(
    "an approval after the last day, and the role ended at a checkpoint that covers it",
    refusal="SPENT: a last day that has passed keeps standing",
)
@pytest.mark.parametrize("key", [False, True], ids=["role", "key"])
@pytest.mark.parametrize("named", ["before", "with the last day"])
@pytest.mark.parametrize("later", [None, TODAY - timedelta(days=2), TODAY + timedelta(days=7)])
def test_a_last_day_that_passed_keeps_standing_when_the_entry_is_closed(later, named: str, key: bool) -> None:
    """However the closing version writes the last day: as it was, as the day of closing, or not at all."""
    site = organisation()
    case = site.revision().id
    site.cio(case)
    before = site.org
    newer = following(site, until("dan", TODAY - timedelta(days=2), key=key))
    approval = site.ciso(case, roster=before if named == "before" else newer)
    assert judged(site, case, approval) == (Force.SPENT, OUTLIVED)

    following(site, closed(until("dan", later, key=key), "dan", site.checkpoint().id, key=key))

    assert len(site.history().chain) == 3
    assert judged(site, case, approval) == (Force.SPENT, OUTLIVED)
    assert site.state(case).in_force is None


@pytest.mark.attack(
    "an approval after the last day, and the last day lifted",
    refusal="SPENT: a last day that has passed keeps standing",
)
def test_a_last_day_that_passed_keeps_standing_when_it_is_lifted() -> None:
    site = organisation()
    case = site.revision().id
    before = site.org
    following(site, until("dan", TODAY - timedelta(days=2)))
    approval = site.ciso(case, roster=before)

    newest = following(site, PEOPLE)

    assert judged(site, case, approval) == (Force.SPENT, OUTLIVED)
    assert judged(site, case, site.ciso(case, roster=newest)) == (Force.COUNTS, "")


def test_two_grants_of_which_each_had_ended_before_the_act_give_nothing_together() -> None:
    """One was past its last day in one version, the other was ended in the next, which lifts the first."""
    dan = next(item for item in PEOPLE if item.id == "dan")
    unit = replace(dan.grants[0], scope="Finance")

    def people(last: date | None, end: str) -> tuple[Person, ...]:
        ended = replace(unit, period=replace(unit.period, end=end))
        whole = replace(dan.grants[0], period=replace(dan.grants[0].period, until=last))
        return tuple(replace(item, grants=(whole, ended)) if item.id == "dan" else item for item in PEOPLE)

    site = founded(people(None, ""))
    case = site.revision().id
    before = site.org
    following(site, people(TODAY - timedelta(days=2), ""))
    end = site.checkpoint().id
    approval = site.ciso(case, roster=before)
    assert judged(site, case, approval) == (Force.COUNTS, "")

    following(site, people(None, end))

    assert judged(site, case, approval)[0] is Force.SPENT


def test_who_had_a_last_day_in_between_is_judged_again_when_both_versions_arrive_at_once() -> None:
    site = organisation()
    before = site.history()
    following(site, until("dan", TODAY - timedelta(days=2)))
    following(site, PEOPLE)

    assert people_touched(before, site.history()) == {"dan"}


def test_of_two_grants_the_one_that_lasts_is_enough() -> None:
    dan = next(item for item in PEOPLE if item.id == "dan")
    longer = replace(dan.grants[0], scope="Finance")
    both = tuple(replace(item, grants=(*item.grants, longer)) if item.id == "dan" else item for item in PEOPLE)
    shortened = tuple(
        replace(
            item,
            grants=(replace(item.grants[0], period=replace(item.grants[0].period, until=date(2026, 2, 1))), longer),
        )
        if item.id == "dan"
        else item
        for item in both
    )
    site = founded(shortened)
    case = site.revision().id

    assert judged(site, case, site.ciso(case)) == (Force.COUNTS, "")


@given(
    last=st.dates(date(2026, 11, 1), date(2026, 12, 20)),
    signed=st.integers(0, 27),
    order=st.randoms(use_true_random=False),
)
def test_any_order_of_arrival_gives_the_same_judgement(last: date, signed: int, order) -> None:
    site = founded(until("dan", last))
    case = site.revision().id
    site.clock = datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(days=signed)
    approval = site.ciso(case)
    acts = list(site.acts.items())
    order.shuffle(acts)

    other = Site("other", site.org, site.roster, dict(acts), site.blobs)

    assert other.state(case) == site.state(case)
    assert judged(other, case, approval)[0] is (Force.COUNTS if approval.at.date() <= last else Force.SPENT)


def test_administrators_are_not_lost_by_the_calendar() -> None:
    """Else nobody could write the next version when the last days of a majority have passed."""
    site = founded(until("bob", date(2026, 2, 1)))

    made = following(site, PEOPLE)

    assert [item.id for item in site.history().in_force] == [made]


def test_status_says_that_a_role_ended_by_the_calendar() -> None:
    site = founded(until("dan", TODAY))
    case = site.revision().id
    site.cio(case)
    approval = site.ciso(case)
    state = site.state(case)

    assert state.last_days == {approval.id: TODAY}
    assert status(state, TODAY).ended == ()
    assert status(state, TODAY + timedelta(days=1)).ended == ((approval.id, TODAY),)
    assert status(state, TODAY + timedelta(days=1)).may_run
    assert roles_ended(site.history(), TODAY) == ()
    assert roles_ended(site.history(), TODAY + timedelta(days=1)) == (("dan", "ciso", TODAY),)
    assert site.history().lasts("dan", Role.CISO, TODAY)
    assert not site.history().lasts("dan", Role.CISO, TODAY + timedelta(days=1))
