"""Commitments under random histories, merged in any order: the fold against a second reading of the rule, and what never happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from intake.domain.acts.kinds import CONFIRM, REPORT, REVISION, Office
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.case.carrying import CommitmentProgress
from intake.domain.case.commitment import condition_of
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.waivers import Waiver
from intake.domain.terms.waivers import commitment as waived
from tests.counting import calls
from tests.domain.case.commitment_oracle import CommitmentOracle, past
from tests.domain.world import Site, organisation, terms

pytestmark = pytest.mark.exhaustive

DUE = date(2026, 12, 24)
CONDITIONS = (
    Condition(DUE, "ada", "Train", "", "ciso"),
    Condition(DUE, "eve", "Log", "", ""),
    Condition(DUE, "dan", "Mask", "", ""),
)
IDS = {condition_of(item).id: (item.text, item.office) for item in CONDITIONS}
OFFICES = (("dan", Office.CISO), ("cleo", Office.CIO))


def random_sites(seed: int, *, waiving: bool) -> tuple[list[Site], str]:
    """Everybody does something at one of three desks that meet now and then, and lose some acts on the way."""
    chance, first = Random(seed), organisation()
    case = first.revision().id
    begun = asking(chance, waiving=False)
    for who, office in OFFICES:
        first.opinion(who, office, case, case, given=begun)
    sites = [first, first.fork("left"), first.fork("right")]
    for _ in range(28):
        _move(chance, chance.choice(sites), case, sites, begun, waiving=waiving)
    return sites, case


def asking(chance: Random, *, waiving: bool) -> Terms:
    wanted = tuple(sorted(item for item in CONDITIONS if chance.random() < 0.6))
    given_up = [Waiver(waived(name), "Not any more.") for name in IDS if waiving and chance.random() < 0.4]
    return replace(terms(), conditions=wanted, waivers=tuple(sorted(given_up)))


def _move(chance: Random, site: Site, case: str, sites: list[Site], begun: Terms, *, waiving: bool) -> None:
    who, office = chance.choice(OFFICES)
    reports = sorted((act for act in site.acts.values() if act.kind == REPORT.name), key=lambda act: act.id)
    revisions = sorted(act.id for act in site.acts.values() if act.kind == REVISION.name)
    name = chance.choice(sorted(IDS))
    match chance.choice(
        ["report"] * 5 + ["confirm"] * 4 + ["return"] * 2 + ["approve"] * 4 + ["meet"] * 3 + ["revise"]
    ):
        case "report":
            site.report(chance.choice(["ada", "ada", "eve", "dan"]), case, name)
        case "confirm" if reports:
            report = chance.choice(reports)
            site.confirm(who, case, report, name if chance.random() < 0.1 else "")
        case "return" if reports:
            site.send_back(who, case, chance.choice(reports))
        case "approve":
            given = begun if chance.random() < 0.3 else asking(chance, waiving=waiving)
            on = chance.choice(revisions)
            site.opinion(who, office, case, on, given=given)
            if chance.random() < 0.7:
                other = next(item for item in OFFICES if item[0] != who)
                site.opinion(*other, case, on, given=given)
        case "revise" if len(site.state(case).heads) == 1:
            site.revision(case=case, title=f"Version {len(site.acts)}")
        case _:
            site.take(*(chance.sample(sites, 2)))


def of_case(site: Site, case: str) -> dict[str, object]:
    return {name: act for name, act in site.acts.items() if act.case_id == case}


def shown(site: Site, case: str) -> dict[tuple[str, str], str]:
    return {IDS[item.commitment.id]: item.progress.value for item in site.state(case).commitments}


@pytest.mark.parametrize("seed", range(40))
def test_the_fold_and_the_second_reading_agree(seed: int) -> None:
    sites, case = random_sites(seed, waiving=False)
    chance = Random(seed)
    lossy = sites[0].fork("lossy").take(*sites)
    for name in chance.sample(sorted(of_case(lossy, case).keys() - {case}), 3):
        del lossy.acts[name]
    for site in (*sites, sites[0].fork("reader").take(*sites), lossy):
        oracle = CommitmentOracle(of_case(site, case), IDS)
        judged = {event.act.id: event.judgement.force for event in site.state(case).events}
        mine = ("report", "confirm", "return")
        counting = {name for name, act in oracle.acts.items() if act.kind in mine and oracle.counts(name)}
        heard = {
            name for name, force in judged.items() if force in ("counts", "objects") and oracle.acts[name].kind in mine
        }
        assert heard == counting
        assert shown(site, case) == oracle.states()


@pytest.mark.parametrize("seed", range(40))
def test_no_commitment_vanishes_and_nobody_confirms_their_own_whatever_order_things_arrive_in(seed: int) -> None:
    sites, case = random_sites(seed, waiving=True)
    merged = sites[0].fork("reader").take(*sites)
    shuffled = sites[2].fork("other").take(*reversed(sites))
    assert merged.state(case).commitments == shuffled.state(case).commitments
    for site in (*sites, merged):
        state = site.state(case)
        known = {item.commitment.id: item for item in state.commitments}
        if state.in_force and state.in_force.terms:
            assert {condition_of(item).id for item in state.in_force.terms.conditions} <= known.keys()
            # What both had agreed on before is in the terms in force, or it is settled: it never just goes away.
            held = {condition_of(item).id for item in state.in_force.terms.conditions}
            given_up = {item.commitment for item in state.in_force.terms.waivers}
            earlier = site.fork("past")
            for name in state.in_force.opinions:
                seen = past(site.acts, name)
                earlier.acts = {key: act for key, act in site.acts.items() if not act.case_id or key in seen}
                owed = {item.commitment.id for item in earlier.state(case).commitments if item.open}
                assert owed <= held | given_up
        for item in known.values():
            if item.progress is CommitmentProgress.CONFIRMED:
                last = [event for event in state.events if event.act.id in item.acts and event.act.kind == CONFIRM.name]
                for event in last:
                    assert isinstance(event.body, ConfirmBody)
                    assert state.event(event.body.report).act.person != event.act.person


def test_an_office_that_repeats_itself_does_not_make_every_past_be_folded() -> None:
    """Both renew what holds; then one of them approves the same again and again. Each costs as much as one that names nothing."""

    def cost(times: int) -> int:
        site = organisation()
        case = site.revision().id
        given = replace(terms(), conditions=tuple(sorted(CONDITIONS)))
        for on in (case, ""):
            later = on or site.revision(case=case, title="Again").id
            for who, office in OFFICES:
                site.opinion(who, office, case, later, given=given)
        for _ in range(times):
            site.opinion("dan", Office.CISO, case, later, given=given)
        return calls(lambda: site.state(case))

    few, many = cost(10), cost(40)

    assert many < few * 5


def test_scaled_terms_are_asked_the_same_way() -> None:
    site = organisation()
    case = site.revision().id
    given = replace(terms(), conditions=(replace(CONDITIONS[0], due=terms().begins),))
    for who, office in OFFICES:
        site.opinion(who, office, case, case, given=given)
    site.accept("ada", case)
    later = site.revision(case=case, stage=Stage.SCALED).id
    said = [site.opinion(*one, case, later, given=replace(given, stage=Stage.SCALED)) for one in OFFICES]

    assert {site.state(case).event(act.id).judgement.reason.code for act in said} == {"GateUnmet"}  # type: ignore[union-attr]
