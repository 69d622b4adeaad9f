"""What the owner reports of a running pilot: the newest counts, of several the higher, and past a limit it is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds import FIGURES, Office
from intake.domain.base.wording import words
from intake.domain.case.figures import Figures, figures_due, over_limits
from intake.domain.case.judge import Force
from intake.domain.case.status import status
from intake.domain.terms.terms import Stage, Terms
from tests.domain.world import Site, organisation, terms

FIRST = date(2026, 11, 22)


@pytest.fixture
def site() -> Site:
    return organisation()


def limited(users: int = 20, budget: str = "EUR 500", stage: Stage = Stage.PILOT) -> Terms:
    made = terms(users, stage)
    return replace(made, boundaries=made.boundaries.replaced({"user_permissions.budget": budget}))


def pilot(site: Site, given: Terms | None = None) -> str:
    case = site.revision().id
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=given or limited())
    site.accept("ada", case)
    return case


def reported(users: int, *costs: str, day: date = FIRST) -> Figures:
    return Figures((), day, users, costs)


@pytest.mark.parametrize(
    ("stage", "figures", "over"),
    [
        ("pilot", reported(20, "EUR 500"), []),
        ("pilot", reported(21, "EUR 500"), ["21 people use it (at most 20 may)"]),
        ("pilot", reported(20, "EUR 501"), ["it has cost EUR 501 (at most EUR 500 was allowed)"]),
        ("pilot", reported(0, "CHF 1"), ["it has cost CHF 1 (which cannot be compared with EUR 500)"]),
        ("pilot", reported(0, "CHF 1", "EUR 9000"), ["it has cost CHF 1 (which", "it has cost EUR 9,000 (at most"]),
        ("pilot", None, []),
        ("scaled", reported(21), ["21 people use it (at most 20 may)"]),
        ("idea", reported(21), []),
    ],
)
def test_what_is_past_its_limits(stage: str, figures: Figures | None, over: list[str]) -> None:
    found = over_limits(limited(stage=Stage(stage)), figures)

    assert len(found) == len(over)
    assert all(words(one).startswith(start) for one, start in zip(found, over, strict=True))


def test_where_nothing_may_be_spent_every_cost_is_past_the_limit() -> None:
    (found,) = over_limits(limited(budget=""), reported(1, "EUR 1"))

    assert words(found) == "it has cost EUR 1 (nothing was to be spent)"
    assert over_limits(limited(budget=""), reported(1)) == ()


@pytest.mark.parametrize(
    ("days", "reported_on", "due_on"),
    [
        (100, None, 50),
        (100, 30, 80),
        (100, 50, None),  # the pilot ends before
        (400, None, 90),
        (400, 90, 180),
        (1, None, 0),
        (0, None, None),
    ],
)
def test_by_when_a_pilot_is_reported(days: int, reported_on: int | None, due_on: int | None) -> None:
    made = replace(limited(), begins=FIRST, expires=FIRST + timedelta(days=days))
    figures = None if reported_on is None else reported(1, day=FIRST + timedelta(days=reported_on))

    found = figures_due(made, figures)

    assert found == (None if due_on is None else FIRST + timedelta(days=due_on))


def test_scaled_use_is_not_asked_for_figures() -> None:
    assert figures_due(limited(stage=Stage.SCALED), None) is None


def test_the_status_says_that_a_limit_is_passed_and_that_nobody_reported(site: Site) -> None:
    case = pilot(site)
    state = site.state(case)
    due = figures_due(limited(), None)
    assert due == FIRST + timedelta(days=90)
    assert [status(state, due + timedelta(days=days)).figures_late for days in (0, 1)] == [False, True]

    site.figures(case, 30, "EUR 20")
    found = status(site.state(case), due + timedelta(days=1))

    assert [words(item) for item in found.over] == ["30 people use it (at most 20 may)"]
    assert found.figures_due == FIRST + timedelta(days=90)
    assert status(site.state(case), limited().expires + timedelta(days=1)).figures_due is None


def test_the_newest_report_counts_and_not_the_highest(site: Site) -> None:
    case = pilot(site)
    site.figures(case, 30, "EUR 900")
    newest = site.figures(case, 10, "EUR 90")

    found = site.state(case).figures

    assert found == Figures((newest.id,), FIRST, 10, ("EUR 90",))


def test_of_reports_made_apart_the_higher_of_each_counts(site: Site) -> None:
    case = pilot(site)
    away = site.fork("away")
    here, there = site.figures(case, 30, "EUR 90"), away.figures(case, 10, "EUR 400")

    merged, other = site.fork("one").take(site, away), away.fork("two").take(away, site)

    assert merged.state(case).figures == other.state(case).figures
    assert merged.state(case).figures == Figures(tuple(sorted((here.id, there.id))), FIRST, 30, ("EUR 400",))
    # Who has seen both settles it.
    settled = merged.figures(case, 12, "EUR 410")
    assert merged.state(case).figures == Figures((settled.id,), FIRST, 12, ("EUR 410",))


def test_a_report_of_before_says_nothing_about_what_is_in_force_now(site: Site) -> None:
    case = pilot(site)
    site.figures(case, 30, day=FIRST - timedelta(days=1))

    assert site.state(case).figures is None


@pytest.mark.attack("figures of a use case by somebody whose it is not", refusal="NotTheirCase")
def test_only_those_whose_case_it_is_report_figures(site: Site) -> None:
    case = pilot(site)
    made = [site.figures(case, 0, who=who) for who in ("dan", "cleo", "bob", "eve")]

    state = site.state(case)

    assert state.figures is None
    assert {state.event(act.id).judgement.force for act in made} == {Force.IGNORED}
    assert {reason.code for act in made if (reason := state.event(act.id).judgement.reason)} == {"NotTheirCase"}


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"users": -1}, "not a whole number of zero or more"),
        ({"users": True}, "not a whole number of zero or more"),
        ({"cost": "EUR 0"}, "not an amount with the code of its currency"),
        ({"cost": "20 EUR"}, "not an amount with the code of its currency"),
        ({"cost": "XYZ 20"}, "not an amount with the code of its currency"),
        ({"day": "2026-11-23"}, "of a day after the one on which it was signed"),
    ],
)
def test_figures_in_another_form_are_refused(site: Site, changed: dict[str, object], refused: str) -> None:
    case = pilot(site)
    act = site.figures(case, 3, "EUR 20")

    with pytest.raises(MalformedAct, match=refused):
        FIGURES.read(replace(act, body={**act.body, **changed}))  # type: ignore[dict-item]


def seen(site: Site, name: str) -> set[str]:
    """What the author of an act had seen, read from the envelopes."""
    found: set[str] = set()
    pending = [name]
    while pending:
        act = site.acts[pending.pop()]
        for other in {act.prev, act.case, *act.after} - {"", *found}:
            found.add(other)
            if other in site.acts and site.acts[other].kind not in ("suspend", "comment"):
                pending.append(other)
    return found


@pytest.mark.parametrize("seed", range(20))
def test_every_order_of_arrival_gives_the_same_figures(seed: int) -> None:
    """Read once more from the envelopes: the reports that no other has seen, and the highest of what they say."""
    chance, first = Random(seed), organisation()
    case = pilot(first)
    sites = [first, first.fork("left"), first.fork("right")]
    for _ in range(20):
        site = chance.choice(sites)
        match chance.choice(["report"] * 5 + ["meet"] * 2 + ["comment", "suspend", "lift"]):
            case "report":
                site.figures(case, chance.randrange(40), chance.choice(["", "EUR 20", "EUR 700", "CHF 9"]))
            case "comment":
                site.comment("ada", case)
            case "suspend" if not site.state(case).suspensions:
                site.suspend("dan", case)
            case "lift" if any(item.open for item in site.state(case).suspensions):
                site.lift("dan", case), site.lift("cleo", case)
            case _:
                site.take(*sites)
    merged = sites[0].fork("reader").take(*sites)
    other = sites[2].fork("other").take(*reversed(sites))
    assert merged.state(case).figures == other.state(case).figures
    if merged.state(case).in_force is None:
        return

    reports: dict[str, Act] = {act.id: act for act in merged.acts.values() if act.kind == "figures"}
    passed = {one for name in reports for one in seen(merged, name)}
    left = [reports[name].body for name in reports if name not in passed]
    found = merged.state(case).figures
    assert (found is None) == (not left)
    if found is not None:
        assert found.users == max(int(str(body["users"])) for body in left)
        costs = [str(body["cost"]).split() for body in left if body["cost"]]
        highest = {currency: max(int(n) for name, n in costs if name == currency) for currency, _ in costs}
        assert found.costs == tuple(sorted(f"{currency} {amount}" for currency, amount in highest.items()))
