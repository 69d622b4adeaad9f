"""What happens to a use case in its whole life, on installations that rarely meet: no sequence of moves breaks what must hold.

Beside ``test_partitions``, which looks for a decision made alone: here the offices decide again and again, larger and smaller,
owners accept, answer, report, retire and pass it on, either office suspends, and everybody meets only now and then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import REPORT, SUSPEND, Office
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver
from tests.domain.case.commitment_oracle import past
from tests.domain.case.histories import CIOS, CISOS, World
from tests.domain.world import ASSESSMENT, Site, terms

SITES = 3
sites = st.integers(min_value=0, max_value=SITES - 1)
users = st.sampled_from([5, 20, 50])
officers = st.sampled_from(["cleo", "dan", "cleo", "dan", "carol", "dora"])
everybody = st.sampled_from(["ada", "ada", "eve", "cleo", "dan", "finn"])
stages = st.sampled_from([Stage.PILOT, Stage.PILOT, Stage.SCALED, Stage.IDEA])
conditions = st.sets(st.sampled_from([0, 1]), max_size=2)
numbers = st.integers(0, 5)
ASKED = (
    Condition(date(2026, 12, 24), "ada", "Train the team", "The list", "ciso"),
    Condition(date(2027, 3, 1), "eve", "Keep the logs"),
)
JUDGED_OTHERWISE = "1" * 64
"""An assessment that the playbook of this world does not make of anything: what is signed by it was not judged."""


class WholeLives(RuleBasedStateMachine):
    world: World

    @initialize()
    def found(self) -> None:
        self.world, self.at = World(SITES), 0
        self.promised: list[set[str]] = [set() for _ in range(SITES)]

    # ---- moves
    def site(self, at: int) -> Site:
        self.at = at
        return self.world.sites[at]

    def newest(self, site: Site) -> str:
        heads = site.state(self.world.case).heads
        return heads[0] if heads else self.world.case

    def given(self, limit: int, stage: Stage, asked: set[int], *, waive: bool) -> Terms:
        wanted = tuple(sorted(ASKED[item] for item in asked))
        waivers = (Waiver(PILOT, "It has run next door"),) if waive and stage is Stage.SCALED else ()
        return replace(terms(limit, stage), conditions=wanted, waivers=waivers)

    @rule(at=sites, limit=users, stage=stages, asked=conditions, waive=st.booleans(), judged=st.integers(0, 6))
    def both_decide(self, at: int, limit: int, stage: Stage, asked: set[int], waive: bool, judged: int) -> None:
        site, given = self.site(at), self.given(limit, stage, asked, waive=waive)
        assessment = ASSESSMENT if judged else JUDGED_OTHERWISE
        on = self.newest(site)
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
            site.opinion(who, office, self.world.case, on, given=given, assessment=assessment)

    @rule(at=sites, limit=users, stage=stages, asked=conditions, again=st.booleans())
    def decided_and_accepted(self, at: int, limit: int, stage: Stage, asked: set[int], again: bool) -> None:
        """What most lives are made of, and what all else is tried against."""
        site = self.site(at)
        if any(item.open for item in site.state(self.world.case).suspensions):
            self.both_lift(at)
        if again:
            self.file_again(at, stage)
        self.both_decide(at, limit, stage, asked, waive=False, judged=1)
        site.accept(site.state(self.world.case).current.owner or "ada", self.world.case)  # type: ignore[union-attr]

    @rule(at=sites, who=officers, limit=users, stage=stages, asked=conditions)
    def one_approves(self, at: int, who: str, limit: int, stage: Stage, asked: set[int]) -> None:
        site, office = self.site(at), Office.CISO if who in CISOS else Office.CIO
        site.opinion(
            who, office, self.world.case, self.newest(site), given=self.given(limit, stage, asked, waive=False)
        )

    @rule(at=sites, who=officers, position=st.sampled_from([Position.DECLINE, Position.CHANGES]), rarely=numbers)
    def one_objects(self, at: int, who: str, position: Position, rarely: int) -> None:
        site = self.site(at)
        if rarely:
            return
        site.opinion(who, Office.CISO if who in CISOS else Office.CIO, self.world.case, self.newest(site), position)

    @rule(at=sites, stage=stages)
    def file_again(self, at: int, stage: Stage) -> None:
        site = self.site(at)
        if site.state(self.world.case).heads:
            site.revision(case=self.world.case, stage=stage, title=f"Version {len(site.acts)}")

    @rule(at=sites, who=everybody)
    def accept(self, at: int, who: str) -> None:
        self.site(at).accept(who, self.world.case)

    @rule(at=sites, who=everybody, limit=users)
    def answer(self, at: int, who: str, limit: int) -> None:
        self.site(at).answer(who, self.world.case, limit)

    @rule(at=sites, who=everybody, number=numbers)
    def report(self, at: int, who: str, number: int) -> None:
        site = self.site(at)
        known = [item.commitment.id for item in site.state(self.world.case).commitments]
        if known:
            site.report(who, self.world.case, known[number % len(known)])

    @rule(at=sites, who=officers, number=numbers, back=st.booleans())
    def answer_a_report(self, at: int, who: str, number: int, back: bool) -> None:
        site = self.site(at)
        reports = sorted(of_kind(site, REPORT.name), key=lambda act: act.id)
        if reports:
            (site.send_back if back else site.confirm)(who, self.world.case, reports[number % len(reports)])

    @rule(at=sites, who=everybody, limit=users)
    def figures(self, at: int, who: str, limit: int) -> None:
        self.site(at).figures(self.world.case, limit, "EUR 10", who=who)

    @rule(at=sites, who=officers, rarely=numbers)
    def suspend(self, at: int, who: str, rarely: int) -> None:
        if not rarely:
            self.site(at).suspend(who, self.world.case)

    @rule(at=sites, who=officers)
    def lift(self, at: int, who: str) -> None:
        site = self.site(at)
        if any(item.open for item in site.state(self.world.case).suspensions):
            site.lift(who, self.world.case)

    @rule(at=sites)
    def both_lift(self, at: int) -> None:
        self.lift(at, "dan")
        self.lift(at, "cleo")

    @rule(at=sites, who=st.sampled_from(["ada", "eve", "dan"]), rarely=numbers)
    def retire(self, at: int, who: str, rarely: int) -> None:
        if not rarely:
            self.site(at).retire(who, self.world.case)

    @rule(at=sites, who=everybody, to=st.sampled_from(["eve", "ada", "dan"]), by=st.sampled_from(HandsAs))
    def hand_over(self, at: int, who: str, to: str, by: HandsAs) -> None:
        self.site(at).hand_over(who, self.world.case, to, by)

    @rule(at=sites, who=st.sampled_from(["eve", "ada", "dan"]))
    def take_over(self, at: int, who: str) -> None:
        site = self.site(at)
        if site.state(self.world.case).passed.to(who):
            site.take_over(who, self.world.case)

    @rule(at=sites, other=sites)
    def meet(self, at: int, other: int) -> None:
        self.at = at
        self.world.meet(at, other)

    @rule(at=sites, other=sites, chance=st.randoms(use_true_random=False))
    def meet_and_lose_some(self, at: int, other: int, chance) -> None:
        self.at = at
        self.world.meet(at, other, chance)

    # ---- what holds, where something happened
    @invariant()
    def nothing_is_in_force_that_was_not_judged(self) -> None:
        state = self.state()
        for body in opinions_in_force(state):
            assert body.assessment == ASSESSMENT
        if state.in_force is not None:
            people = {state.event(name).act.person for name in state.in_force.opinions}
            assert people & set(CIOS)
            assert people & set(CISOS)

    @invariant()
    def nothing_is_scaled_without_the_gate(self) -> None:
        site, state = self.world.sites[self.at], self.state()
        for name, body in zip(state.in_force.opinions if state.in_force else (), opinions_in_force(state), strict=True):
            if body.terms is None or body.terms.stage is not Stage.SCALED:
                continue
            if any(item.what == PILOT for item in body.terms.waivers):
                continue
            for known in (name, body.revision):
                before = seen_by(site, self.world.case, known).in_force
                assert before is not None
                assert before.terms is not None
                assert before.terms.stage in (Stage.PILOT, Stage.SCALED)

    @invariant()
    def no_suspension_is_lost(self) -> None:
        site, state = self.world.sites[self.at], self.state()
        suspending = {
            act.id
            for act in of_kind(site, SUSPEND.name)
            if act.id in {event.act.id for event in state.events}
            and state.event(act.id).judgement.force in (Force.COUNTS, Force.OBJECTS)
        }
        told = {item.act: item for item in state.suspensions}
        assert suspending <= told.keys()
        open_ones = [item for item in told.values() if item.open]
        assert not (open_ones and state.in_force), "something runs although a suspension of it is open"
        for item in told.values():
            if not item.open and not item.disowned:
                assert {office for office, _ in item.lifted} == set(Office)

    @invariant()
    def no_commitment_vanishes(self) -> None:
        known = {item.commitment.id for item in self.state().commitments}
        assert self.promised[self.at] <= known
        self.promised[self.at] = known

    @invariant()
    def nothing_new_runs_before_it_is_accepted(self) -> None:
        state = self.state()
        if state.phase is not Phase.ACCEPTANCE or state.in_force is None:
            return
        waiting, held = state.acceptance, state.in_force.terms
        assert waiting is not None
        assert held is not None
        decided = state.opinion(waiting.pair.cio).terms
        assert decided is not None
        assert held.expires <= min(waiting.until, decided.expires)
        limit = "user_permissions.max_users"
        assert held.boundaries[limit] <= decided.boundaries[limit]  # type: ignore[operator]
        assert list(Stage).index(held.stage) <= list(Stage).index(decided.stage)

    @invariant()
    def what_was_retired_holds_nothing(self) -> None:
        state = self.state()
        assert state.phase is not Phase.RETIRED or state.in_force is None

    def teardown(self) -> None:
        """At the end everybody meets, in every order: one state."""
        if hasattr(self, "world"):
            states = [
                self.world.state(order[0].fork("reader").take(*order[1:])) for order in permutations(self.world.sites)
            ]
            assert all(state == states[0] for state in states)

    def state(self) -> CaseState:
        return self.world.state(self.world.sites[self.at])


def of_kind(site: Site, kind: str) -> list[Act]:
    return [act for act in site.acts.values() if act.kind == kind]


def opinions_in_force(state: CaseState) -> list[OpinionBody]:
    return [state.opinion(name) for name in state.in_force.opinions] if state.in_force else []


def seen_by(site: Site, case: str, name: str) -> CaseState:
    """What a case was by what the author of an act had seen."""
    seen, earlier = past(site.acts, name), site.fork("past")  # type: ignore[arg-type]
    earlier.acts = {key: act for key, act in site.acts.items() if not act.case_id or key in seen}
    return earlier.state(case)


QUICK = settings().max_examples < 100
WholeLives.TestCase.settings = settings(
    max_examples=8 if QUICK else 60, stateful_step_count=20 if QUICK else 40, deadline=None
)
test_whole_lives = WholeLives.TestCase
