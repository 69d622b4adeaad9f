"""Histories in which somebody keeps back acts and files, names what never was, and remarks on anything.

Honest people name what their installation shows as newest. Who is hostile writes in a fresh stream each time and names any
acts there are. What is kept back is in ``World.kept`` until somebody releases it.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from intake.domain.acts.kinds import REVISION, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Phase
from tests.domain.case.histories import CAST, CIOS, CISOS
from tests.domain.world import Site, roster, terms


class Withheld:
    """One case, some installations, and what was kept back. ``alone``: each office has one holder who speaks."""

    def __init__(self, chance: Random, *, alone: bool) -> None:
        self._chance = chance
        office = Site("office")
        office.publish(roster(CAST), "bob", "finn")
        self.case = office.revision("ada").id
        self.sites = [office, office.fork("other")]
        self.officers = ("cleo", "dan") if alone else (*CIOS, *CISOS)
        self.hidden = Site("hidden", office.org, office.roster)

    # ---- moves

    def speaks(self, site: Site, who: str, position: Position = Position.APPROVE, users: int = 20) -> None:
        state = site.state(self.case)
        if state.heads:
            office = Office.CISO if who in CISOS else Office.CIO
            site.opinion(who, office, self.case, state.heads[-1], position, terms(users), after=state.newest)

    def lifts(self, site: Site) -> None:
        """Both offices lift what suspends here, each knowing all that is here."""
        for who in ("dan", "cleo"):
            if any(item.open for item in site.state(self.case).suspensions):
                site.lift(who, self.case, after=site.state(self.case).newest)

    def seals(self, site: Site) -> None:
        state = site.state(self.case)
        if state.decision and state.phase is Phase.DECIDED and not state.decision.record:
            pair = [site.acts[name] for name in state.decision.opinions]
            site.seal(self._chance.choice(pair).person, self.case, *pair, after=state.newest)

    def revises(self, site: Site, who: str = "ada") -> None:
        state = site.state(self.case)
        if state.heads:
            site.revision(who, self.case, title=f"Version {len(site.acts)}", after=state.newest)

    def attacks(self, site: Site) -> None:
        """Somebody writes what no honest program would, and keeps the act, its files or neither back."""
        chance, before = self._chance, (set(site.acts), set(site.blobs))
        who = chance.choice(self.officers)
        site.acts |= self.hidden.acts
        made = self._hostile(site, who)
        if chance.random() < 0.3:
            site.acts = {name: act for name, act in site.acts.items() if name not in self.hidden.acts}
        new = set(site.blobs) - before[1]
        if chance.random() < 0.5:
            self.hidden.blobs |= {name: site.blobs.pop(name) for name in new}
        if chance.random() < 0.3:
            self.hidden.acts |= {made: site.acts.pop(made)}
        for name in set(site.acts) & set(self.hidden.acts) - before[0]:
            del site.acts[name]

    def _hostile(self, site: Site, who: str) -> str:
        chance = self._chance
        mine = sorted(act.id for act in site.acts.values() if act.case_id == self.case)
        after = set(chance.sample(mine, min(len(mine), chance.randint(1, 4))))
        if chance.random() < 0.15:
            after.add(f"{chance.getrandbits(256):064x}")
        stream = f"{chance.getrandbits(128):032x}"
        envelope = {"case": self.case, "after": after, "prev": "", "stream": stream}
        match chance.choice(["approve"] * 4 + ["object"] * 3 + ["remark", "note", "withdraw"]):
            case "approve":
                return self._opinion(site, who, Position.APPROVE, after, stream)
            case "object":
                return self._opinion(site, who, chance.choice([Position.DECLINE, Position.CHANGES]), after, stream)
            case "remark":
                return site.comment(who, **envelope).id
            case "note":
                return site.act(who, "note-x", {}, **envelope).id
            case _:
                return site.withdraw(who, **envelope).id

    def _opinion(self, site: Site, who: str, position: Position, after: set[str], stream: str) -> str:
        chance = self._chance
        revisions = sorted(act.id for act in site.acts.values() if act.kind == REVISION.name)
        office = Office.CISO if who in CISOS else Office.CIO
        given, on = terms(chance.choice([20, 50])), chance.choice(revisions)
        return site.opinion(who, office, self.case, on, position, given, after=after, prev="", stream=stream).id

    # ---- what comes of it

    def merged(self) -> Site:
        return self.sites[0].fork("reader").take(*self.sites[1:])

    def releases(self, site: Site) -> Iterator[None]:
        """One thing after the other that was kept back arrives at ``site``."""
        things = sorted({*self.hidden.acts, *self.hidden.blobs})
        self._chance.shuffle(things)
        for name in things:
            if name in self.hidden.acts:
                site.acts[name] = self.hidden.acts[name]
            else:
                site.blobs[name] = self.hidden.blobs[name]
            yield


def withheld_world(seed: int, moves: int = 12, *, alone: bool = False) -> Withheld:
    chance = Random(seed)
    world = Withheld(chance, alone=alone)
    for move in chance.choices(["speak", "attack", "decide", "meet", "revise"], [4, 6, 3, 4, 1], k=moves):
        site = chance.choice(world.sites)
        match move:
            case "speak":
                position = chance.choice([Position.APPROVE] * 8 + [Position.DECLINE, Position.CHANGES])
                # The second holder of an office is the one who misbehaves.
                world.speaks(site, chance.choice(["cleo", "dan"]), position, chance.choice([20, 20, 20, 50]))
            case "attack":
                world.attacks(site)
            case "decide":
                agreed(world, site)
                world.seals(site)
            case "meet":
                site.take(*world.sites)
            case "revise":
                world.revises(site)
    return world


def agreed(world: Withheld, site: Site) -> CaseState:
    """Both offices answer all that is here, on the newest revision."""
    for who in ("dan", "cleo"):
        world.speaks(site, who)
    world.lifts(site)
    return site.state(world.case)
