"""The gate to scaled use (rule R13): a table a board member can read, and what arrives in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import REVISION, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.gate import ENDED_AT_MOST, against_gate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver
from tests.domain.world import Site, organisation, terms

WAIVED = (Waiver(PILOT, "The same tool has run for a year next door."),)


@pytest.fixture
def site() -> Site:
    return organisation()


def scaled(**changes: object) -> Terms:
    return replace(terms(stage=Stage.SCALED), **changes)  # type: ignore[arg-type]


def both(site: Site, case: str, revision: str, given: Terms) -> list[Act]:
    return [
        site.opinion(who, office, case, revision, given=given)
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO))
    ]


def ended(days: int) -> Terms:
    """A pilot whose last day is so many days before the first day of scaled use."""
    return replace(terms(), begins=date(2026, 1, 1), expires=scaled().begins - timedelta(days=days))


@pytest.mark.parametrize(
    ("attempt", "before", "given", "refused"),
    [
        ("scaled use at once", None, scaled(), "GateNoPilot"),
        ("scaled use after an idea", terms(stage=Stage.IDEA), scaled(), "GateNoPilot"),
        ("scaled use after a pilot in force", terms(), scaled(), ""),
        ("scaled use after a pilot that ended 90 days before", ended(90), scaled(), ""),
        ("scaled use after a pilot that ended 91 days before", ended(91), scaled(), "GatePilotOver"),
        ("scaled use again", scaled(), scaled(), ""),
        ("scaled use at once, and both say why", None, scaled(waivers=WAIVED), ""),
        ("a pilot at once", None, terms(), ""),
        ("an idea at once", None, terms(stage=Stage.IDEA), ""),
    ],
)
def test_what_passes_the_gate(attempt: str, before: Terms | None, given: Terms, refused: str) -> None:
    found = against_gate(given, before, given.begins)

    assert (found.code if found else "") == refused, attempt
    assert ENDED_AT_MOST.days == 90


@pytest.mark.attack("scaled use approved without a pilot", refusal="GateNoPilot")
def test_both_offices_cannot_scale_what_was_never_a_pilot(site: Site) -> None:
    case = site.revision(stage=Stage.SCALED).id
    said = both(site, case, case, scaled())

    state = site.state(case)

    assert (state.phase, state.in_force) == (Phase.REVIEW, None)
    for act in said:
        judgement = state.event(act.id).judgement
        assert (judgement.force, judgement.reason and judgement.reason.code) == (Force.IGNORED, "GateNoPilot")


def test_a_pilot_opens_the_gate_for_the_revision_that_was_filed_after_it(site: Site) -> None:
    case = site.revision().id
    both(site, case, case, terms())
    later = site.revision(case=case, stage=Stage.SCALED).id
    assert site.state(case).in_force is not None

    both(site, case, later, scaled())

    found = site.state(case).in_force
    assert found is not None
    assert found.terms == scaled()


def test_a_pilot_that_is_decided_after_the_larger_step_was_filed_does_not_open_it(site: Site) -> None:
    """What was decided is asked of the past of the revision: the owner has to have seen the pilot."""
    case = site.revision().id
    away = site.fork("away")
    both(site, case, case, terms())
    later = away.revision(case=case, stage=Stage.SCALED).id
    site.take(away)

    both(site, case, later, scaled())

    assert site.state(case).in_force is None or site.state(case).in_force.terms == terms()  # type: ignore[union-attr]


def test_a_suspended_pilot_does_not_open_the_gate(site: Site) -> None:
    case = site.revision().id
    both(site, case, case, terms())
    stop = site.ciso(case, position=Position.CHANGES)
    later = site.revision(case=case, stage=Stage.SCALED).id
    both(site, case, later, scaled())
    site.lift("dan", case, stop.id), site.lift("cleo", case, stop.id)

    assert site.state(case).phase is Phase.REVIEW


def test_a_waiver_of_the_pilot_works_only_where_both_signed_it(site: Site) -> None:
    case = site.revision(stage=Stage.SCALED).id
    site.opinion("dan", Office.CISO, case, case, given=scaled(waivers=WAIVED))
    site.opinion("cleo", Office.CIO, case, case, given=scaled())
    assert site.state(case).in_force is None

    site.opinion("cleo", Office.CIO, case, case, given=scaled(waivers=WAIVED))

    found = site.state(case).in_force
    assert found is not None
    assert found.terms == scaled(waivers=WAIVED)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_scaled_without_a_gate_whatever_order_things_arrive_in(seed: int) -> None:
    """Everybody does something at one of three desks that meet now and then; what is in force is scaled only by the rule."""
    chance, first = Random(seed), organisation()
    case = first.revision().id
    sites = [first, first.fork("left"), first.fork("right")]
    for _ in range(26):
        site = chance.choice(sites)
        revisions = sorted(act.id for act in site.acts.values() if act.kind == REVISION.name)
        who, office = chance.choice([("dan", Office.CISO), ("cleo", Office.CIO)])
        on = chance.choice(revisions)
        match chance.choice(["approve"] * 8 + ["meet"] * 4 + ["revise", "stop", "lift"]):
            case "approve":
                given = chance.choice([terms(), scaled(), scaled(), scaled(waivers=WAIVED)])
                site.opinion(who, office, case, on, given=given)
            case "revise" if site.state(case).heads:
                site.revision(case=case, stage=Stage.SCALED, title=f"Version {len(site.acts)}")
            case "stop":
                site.suspend(who, case)
            case "lift" if site.state(case).suspensions:
                site.lift(who, case, *(item.act for item in site.state(case).suspensions))
            case _:
                site.take(*sites)
    merged = sites[0].fork("reader").take(*sites)
    shuffled = sites[2].fork("other").take(*reversed(sites))
    assert merged.state(case).in_force == shuffled.state(case).in_force
    for site in (*sites, merged):
        found = site.state(case).in_force
        if found and found.terms and found.terms.stage is Stage.SCALED and not found.terms.waivers:
            past = site.fork("past")
            past.acts = {
                name: act for name, act in site.acts.items() if not act.case_id or name in seen(site, found.revision)
            }
            before = past.state(case).in_force
            assert before is not None
            assert before.terms is not None
            assert before.terms.stage in (Stage.PILOT, Stage.SCALED)


def seen(site: Site, revision: str) -> set[str]:
    """What the author of a revision had seen, read from the envelopes: all that is named, and what that names."""
    found: set[str] = set()
    pending = [revision]
    while pending:
        act = site.acts.get(pending.pop())
        if act is None:
            continue
        for name in {act.prev, act.case, *act.after} - {"", *found}:
            found.add(name)
            # An objection and a remark hand on nothing.
            if name in site.acts and site.acts[name].kind not in ("suspend", "comment"):
                pending.append(name)
    return found


@pytest.mark.attack("scaled use on the past of a pilot that both had replaced by an idea", refusal="GateNoPilot")
def test_a_revision_that_passes_over_what_replaced_the_pilot_opens_no_gate(site: Site) -> None:
    case = site.revision().id
    pilot = both(site, case, case, terms())
    both(site, case, case, terms(stage=Stage.IDEA))
    later = site.revision(case=case, stage=Stage.SCALED, after=[act.id for act in pilot]).id

    said = both(site, case, later, scaled())

    assert site.state(case).in_force is None
    assert {site.state(case).event(act.id).judgement.reason.code for act in said} == {"GateNoPilot"}  # type: ignore[union-attr]


def codes(site: Site, case: str, said: list[Act]) -> set[str]:
    state = site.state(case)
    return {reason.code for act in said if (reason := state.event(act.id).judgement.reason)}


@pytest.mark.attack("scaled use on a pilot that is still to begin", refusal="GateNoPilot")
def test_a_pilot_that_has_not_begun_opens_nothing(site: Site) -> None:
    case = site.revision().id
    later = replace(terms(), begins=site.clock.date() + timedelta(days=20))
    both(site, case, case, later)
    revision = site.revision(case=case, stage=Stage.SCALED).id

    assert codes(site, case, both(site, case, revision, scaled())) == {"GateNoPilot"}
    assert site.state(case).in_force.terms == later  # type: ignore[union-attr]


@pytest.mark.attack("scaled use dated back to a day on which the pilot had not ended long ago", refusal="GatePilotOver")
@pytest.mark.parametrize(("days", "refused"), [(90, set()), (91, {"GatePilotOver"})])
def test_a_first_day_dated_back_makes_no_pilot_end_later(site: Site, days: int, refused: set[str]) -> None:
    case = site.revision().id
    first = site.clock.date()
    both(site, case, case, replace(terms(), expires=first + timedelta(days=10)))
    site.clock += timedelta(days=10 + days)
    revision = site.revision(case=case, stage=Stage.SCALED).id

    backdated = scaled(begins=first + timedelta(days=days - 10))
    assert codes(site, case, both(site, case, revision, backdated)) == refused
