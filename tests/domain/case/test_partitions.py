"""Owners, offices and administrators on installations that rarely meet: nothing they do makes a decision alone.

A state machine rather than a list of attacks: hypothesis looks for the sequence of moves nobody thought of, and shrinks
it to the shortest one.
"""

from __future__ import annotations

from itertools import permutations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import Role
from tests.domain.case.histories import CIOS, CISOS, World
from tests.domain.world import Site

SITES = 3
sites = st.integers(min_value=0, max_value=SITES - 1)
users = st.sampled_from([20, 50])
officers = st.sampled_from(["cleo", "dan", "cleo", "dan", "carol", "dora"])
positions = st.sampled_from([Position.APPROVE, Position.APPROVE, Position.CHANGES, Position.DECLINE])


class Partitions(RuleBasedStateMachine):
    world: World

    @initialize(owner=st.sampled_from(["ada", "eve", "cleo"]))
    def found(self, owner: str) -> None:
        self.world = World(SITES, owner=owner)
        self.rotations = 0
        self.at = 0

    @rule(at=sites, who=officers, position=positions, limit=users, choice=st.integers(0, 2))
    def opine(self, at: int, who: str, position: Position, limit: int, choice: int) -> None:
        self.at = at
        self.world.opine(at, who, position, limit, choice)

    @rule(at=sites, who=officers, limit=users)
    def opine_in_a_newer_version(self, at: int, who: str, limit: int) -> None:
        self.at = at
        self.world.opine_newer(at, who, limit)

    @rule(at=sites, limit=users)
    def both_agree(self, at: int, limit: int) -> None:
        self.at = at
        self.world.opine(at, "dan", Position.APPROVE, limit)
        self.world.opine(at, "cleo", Position.APPROVE, limit)

    @rule(at=sites, other=sites)
    def meet(self, at: int, other: int) -> None:
        self.at = at
        self.world.meet(at, other)

    @rule(at=sites, other=sites, chance=st.randoms(use_true_random=False))
    def meet_and_lose_some(self, at: int, other: int, chance) -> None:
        self.at = at
        self.world.meet(at, other, chance)

    @rule(at=sites)
    def file_again(self, at: int) -> None:
        self.at = at
        self.world.revise(at)

    @rule(at=sites)
    def withdraw(self, at: int) -> None:
        self.at = at
        self.world.withdraw(at)

    @rule(at=sites, who=st.sampled_from(["bob", "finn", "ada", "eve", "cleo", "dan"]), office=st.sampled_from(Office))
    def forge_an_office(self, at: int, who: str, office: Office) -> None:
        self.at = at
        self.world.forge(at, who, office)

    @rule(at=sites, who=officers, limit=users)
    def copy_a_profile(self, at: int, who: str, limit: int) -> None:
        self.at = at
        self.world.copy_profile(at, who, limit)

    @rule(at=sites, who=st.sampled_from(["eve", "dan", "bob"]))
    def sign_a_later_kind(self, at: int, who: str) -> None:
        self.at = at
        self.world.puzzle(at, who)

    @rule(at=sites, who=st.sampled_from(["eve", "dan", "bob", "ada"]))
    def leave_a_note(self, at: int, who: str) -> None:
        self.at = at
        self.world.note(at, who)

    @precondition(lambda self: self.rotations < 3)
    @rule(key=st.booleans(), covering=st.booleans())
    def rotate_the_cio(self, key: bool, covering: bool) -> None:
        self.at = 0
        self.world.end_role("cleo", Role.CIO, key=key, covering=covering)
        self.world.grant("nina", Role.CIO)
        self.rotations += 1

    @invariant()
    def a_decision_rests_on_a_pair_of_rostered_officers_without_a_part_in_the_case(self) -> None:
        """Where something happened: never in force without a standing pair, never two terms in force."""
        site = self.world.sites[self.at]
        state = self.world.state(site)
        standing = [pair for pair in state.pairs if pair.fate is Fate.IN_FORCE]
        for revision in {pair.revision for pair in standing}:
            assert len({pair.terms for pair in standing if pair.revision == revision}) == 1
        if state.in_force is None:
            return
        pair = next(pair for pair in standing if pair.opinions == state.in_force.opinions)
        cio, ciso = (state.event(name).act.person for name in pair.opinions)
        assert cio in {*CIOS, "nina"}
        assert ciso in CISOS
        assert not {cio, ciso} & {part for item in state.revisions for part in (item.author, item.body.owner)}
        assert all(state.event(name).judgement.force is Force.COUNTS for name in pair.opinions)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.everybody_meets()

    def everybody_meets(self) -> None:
        """At the end everybody meets, in every order: one state, and no objection has got lost."""
        states = [self._met(order) for order in permutations(self.world.sites)]
        assert all(state == states[0] for state in states)
        here = {event.act.id: event.judgement for event in states[0].events}
        for objection in self.world.objections:
            lost = here[objection].force not in (Force.COUNTS, Force.OBJECTS)
            # Only a cut-off, or a roster its author had seen, takes the force of an objection away.
            assert not lost or "cut off" in words(here[objection].reason) or "ended" in words(here[objection].reason)

    def _met(self, order: tuple[Site, ...]) -> CaseState:
        return self.world.state(order[0].fork("reader").take(*order[1:]))


QUICK = settings().max_examples < 100
Partitions.TestCase.settings = settings(
    max_examples=12 if QUICK else 200, stateful_step_count=20 if QUICK else 40, deadline=None
)
test_partitions = Partitions.TestCase
