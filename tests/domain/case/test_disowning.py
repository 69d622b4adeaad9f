"""What a stolen key suspended: it holds beyond the cut-off of the key, until who holds the office now disowns it by name."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.case.allowed import allowed
from intake.domain.case.judge import Force
from intake.domain.case.may_end import NothingToDisown, to_disown
from intake.domain.case.phases import Phase
from intake.domain.case.standings import End, Worth, case_standing
from intake.domain.organisation.roster import Role
from tests.domain.case.test_horizon import follow, others
from tests.domain.world import Site, certificate, organisation, person


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def case(site: Site) -> str:
    name = site.revision().id
    site.ciso(name)
    site.cio(name)
    return name


def stolen(site: Site, checkpoint: str) -> None:
    """Cleo's key is cut off at a checkpoint; Carol is CIO from now on."""
    cutoffs = {canonical.sha256(certificate("cleo")): checkpoint}
    people = [*others("cleo"), person("cleo", Role.CIO, end=checkpoint), person("carol", Role.CIO)]
    follow(site, people, cutoffs=cutoffs)


def suspended_beyond(site: Site, case: str, position: Position | None = None) -> Act:
    checkpoint = site.checkpoint().id
    act = site.suspend("cleo", case) if position is None else site.cio(case, position=position)
    stolen(site, checkpoint)
    return act


def disown(site: Site, who: str, case: str, *names: str) -> Act:
    act = site.disown(who, case, *names)
    assert site.state(case).event(act.id).act == act
    return act


@pytest.mark.attack("administrators end a suspension by cutting off its key", refusal="SUSPENDED")
@pytest.mark.parametrize("position", [None, Position.DECLINE, Position.CHANGES], ids=str)
def test_a_suspension_outlives_the_cut_off_of_its_key(site: Site, case: str, position: Position | None) -> None:
    act = suspended_beyond(site, case, position)

    state = site.state(case)

    assert (state.phase, state.in_force) == (Phase.SUSPENDED, None)
    (item,) = state.suspensions
    assert (item.act, item.cut_off, item.open) == (act.id, True, True)
    assert case_standing(state, act.id).worth is Worth.COUNTS


@pytest.mark.parametrize("position", [None, Position.DECLINE, Position.CHANGES], ids=str)
def test_it_ends_once_the_office_disowns_it(site: Site, case: str, position: Position | None) -> None:
    act = suspended_beyond(site, case, position)
    gone = disown(site, "carol", case)

    state = site.state(case)

    assert (state.phase, state.suspensions[0].open) == (Phase.DECIDED, False)
    standing = case_standing(state, act.id)
    assert (standing.worth, standing.end, standing.by) == (Worth.ENDED, End.DISOWNED, (gone.id,))


def test_both_offices_may_lift_it_as_any_other(site: Site, case: str) -> None:
    suspended_beyond(site, case)
    site.lift("carol", case)
    site.lift("dan", case)

    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("a suspension disowned by the other office", refusal="SUSPENDED")
def test_the_other_office_disowns_nothing_of_it(site: Site, case: str) -> None:
    act = suspended_beyond(site, case)
    disown(site, "dan", case, act.id)

    state, rosters = site.state(case), site.history()

    assert state.phase is Phase.SUSPENDED
    assert isinstance(allowed(state, rosters, "dan").ends.disown, NothingToDisown)
    assert allowed(state, rosters, "carol").ends.disown is None
    assert [item.act for item in to_disown(state, Office.CIO)] == [act.id]


@pytest.mark.attack("a suspension disowned although its key was not cut off", refusal="SUSPENDED")
@pytest.mark.parametrize("later", [False, True], ids=["never cut off", "cut off afterwards"])
def test_what_was_not_cut_off_is_not_disowned(site: Site, case: str, later: bool) -> None:
    checkpoint = site.checkpoint().id
    act = site.suspend("cleo", case)
    disown(site, "cleo", case, act.id)
    if later:
        stolen(site, checkpoint)

    state = site.state(case)

    assert (state.phase, state.suspensions[0].disowned) == (Phase.SUSPENDED, "")


def test_what_is_below_the_cut_off_is_not_disowned(site: Site, case: str) -> None:
    act = site.suspend("cleo", case)
    stolen(site, site.checkpoint().id)
    disown(site, "carol", case, act.id)

    assert site.state(case).phase is Phase.SUSPENDED


@pytest.mark.attack("a hidden suspension", refusal="SUSPENDED")
def test_one_that_surfaces_later_is_disowned_by_nobody_yet(site: Site, case: str) -> None:
    checkpoint = site.checkpoint().id
    away = site.fork("away")
    hidden = away.suspend("cleo", case)
    seen = site.suspend("cleo", case)
    stolen(site, checkpoint)
    disown(site, "carol", case, seen.id)
    assert site.state(case).phase is Phase.DECIDED

    site.take(away)

    state = site.state(case)
    assert state.phase is Phase.SUSPENDED
    assert [item.act for item in state.suspensions if item.open] == [hidden.id]


def test_while_the_cut_off_cannot_be_read_it_holds(site: Site, case: str) -> None:
    act = suspended_beyond(site, case)
    disown(site, "carol", case, act.id)
    blind = site.fork("blind")
    for checkpoint in blind.listings():
        digest = str(blind.acts[checkpoint].body["heads"]["sha256"])  # type: ignore[call-overload, index]
        blind.blobs.pop(digest, None)

    state = blind.state(case)

    assert (state.suspensions[0].open, state.in_force) == (True, None)
    assert state.event(act.id).judgement.force is Force.OBJECTS


@pytest.mark.attack("an owner in office lifts the suspension of their own use case", refusal="IGNORED: party")
def test_who_has_a_part_in_the_case_disowns_nothing(site: Site, case: str) -> None:
    act = suspended_beyond(site, case)
    site.hand_over("ada", case, "carol")
    site.take_over("carol", case)
    gone = disown(site, "carol", case, act.id)

    state = site.state(case)

    reason = state.event(gone.id).judgement.reason
    assert reason is not None
    assert words(reason) == "its signer has a part in this case and cannot decide on it"
    assert state.phase is Phase.SUSPENDED
