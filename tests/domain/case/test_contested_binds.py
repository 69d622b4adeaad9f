"""What was accepted binds at the gate also while one office contests it (rules R6, R13): one office alone could make it so."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.case.carrying import CommitmentProgress
from intake.domain.case.commitment import condition_of
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver
from intake.domain.terms.waivers import commitment as waived
from tests.domain.world import Site, organisation, terms

TRAIN = Condition(terms().begins, "ada", "Train the team", "The list of who came", "ciso")
TRAINING = condition_of(TRAIN).id
NO_PILOT = Waiver(PILOT, "It ran, and one office took its word back.")
SCALED = replace(terms(stage=Stage.SCALED), conditions=(TRAIN,), waivers=(NO_PILOT,))


def contested(*, accepted: bool = True) -> tuple[Site, str]:
    """A pilot that the owner accepted on one installation, while the CISO proposed other terms on another."""
    site = organisation()
    case = site.revision().id
    pilot = replace(terms(), conditions=(TRAIN,))
    site.opinion("dan", Office.CISO, case, case, given=pilot)
    away = site.fork("away")
    away.opinion("cleo", Office.CIO, case, case, given=pilot)
    if accepted:
        away.accept("ada", case)
    other = replace(terms(users=50), conditions=(TRAIN,))
    site.opinion("dan", Office.CISO, case, case, given=other)
    site.take(away)
    assert (site.state(case).phase, site.state(case).in_force) == (Phase.CONTESTED, None)
    return site, case


def scaling(site: Site, case: str, given: Terms) -> list[Act]:
    later = site.revision(case=case, stage=Stage.SCALED).id
    offices = (("dan", Office.CISO), ("cleo", Office.CIO))
    return [site.opinion(who, office, case, later, given=given) for who, office in offices]


def reasons(site: Site, case: str, said: list[Act]) -> set[str]:
    found = [site.state(case).event(act.id).judgement for act in said]
    return {item.reason.code if item.reason and item.force is Force.IGNORED else "" for item in found}


@pytest.mark.attack("scaled use past a promise, while one office contests the pilot", refusal="GateUnmet")
def test_an_accepted_pilot_that_is_contested_binds_at_the_gate() -> None:
    site, case = contested()
    (found,) = site.state(case).commitments
    assert (found.held, found.progress) == (True, CommitmentProgress.OPEN)

    assert reasons(site, case, scaling(site, case, SCALED)) == {"GateUnmet"}


def test_it_opens_once_that_is_confirmed_or_both_give_it_up() -> None:
    site, case = contested()
    confirming, waiving = site.fork("confirming"), site.fork("waiving")
    confirming.confirm("dan", case, confirming.report("ada", case, TRAINING))
    both = replace(SCALED, waivers=tuple(sorted((NO_PILOT, Waiver(waived(TRAINING), "The team left.")), key=str)))

    assert reasons(confirming, case, scaling(confirming, case, SCALED)) == {""}
    assert reasons(waiving, case, scaling(waiving, case, both)) == {""}


def test_what_nobody_accepted_binds_nobody_while_it_is_contested() -> None:
    site, case = contested(accepted=False)
    assert [item.held for item in site.state(case).commitments] == [False]


@pytest.mark.parametrize("seed", range(30))
def test_it_binds_in_any_order_in_which_acts_arrive(seed: int) -> None:
    site, case = contested()
    said = scaling(site, case, SCALED)
    whole, chance = site.state(case), Random(seed)
    mine = [name for name, act in site.acts.items() if act.case_id == case]
    reader = Site("reader", site.org, site.roster, {k: v for k, v in site.acts.items() if k not in mine}, site.blobs)
    for name in chance.sample(mine, len(mine)):
        reader.acts[name] = site.acts[name]
        partly = reader.state(case).in_force
        assert partly is None or partly.terms is None or partly.terms.stage is not Stage.SCALED

    assert reader.state(case) == whole
    assert reasons(reader, case, said) == {"GateUnmet"}
