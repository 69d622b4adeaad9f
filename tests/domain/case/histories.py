"""Histories nobody planned: people who decide, change their minds, misbehave, and meet only now and then.

One ``World`` is a few installations of one organisation and one case. Each method is a move somebody makes at one
installation; the state machine and the random runs choose which. Rosters are written at the first installation, by one
that may see two administrators: rivals have their own tests.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, COMMENT, HAND_OVER, OPINION, REVISION, ROSTER, Office
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.base import canonical
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.organisation.roster import Grant, People, Period, Role, Roster
from tests.domain.terms.later_tables import later_terms
from tests.domain.world import BASE, PEOPLE, SINCE, Site, believed, certificate, person, roster, terms

CIOS = ("cleo", "carol")
CISOS = ("dan", "dora")
CAST = (*PEOPLE, person("carol", Role.CIO), person("dora", Role.CISO), person("nina"), person("sue"))
"""Two people in each office, Nina who may be called into one, Sue who may succeed the owner, and everybody of the sample
organisation.
"""


class World:
    def __init__(self, sites: int = 3, *, owner: str = "ada") -> None:
        office = Site("office")
        office.publish(roster(CAST), "bob", "finn")
        self.case = office.revision("ada", owner=owner).id
        self.first = {"ada", owner}
        self.sites = [office, *(office.fork(f"site{number}") for number in range(1, sites))]
        self.objections: set[str] = set()

    # ---- moves

    def opine(self, at: int, who: str, position: Position, users: int, choice: int = 0) -> None:
        site = self.sites[at]
        revisions = sorted(act.id for act in site.acts.values() if act.kind == REVISION.name)
        office = Office.CISO if who in CISOS else Office.CIO
        made = site.opinion(who, office, self.case, revisions[choice % len(revisions)], position, terms(users))
        if position is not Position.APPROVE:
            self.objections.add(made.id)

    def opine_newer(self, at: int, who: str, users: int, choice: int = 0) -> None:
        """An approval on terms by a table that only a newer version knows."""
        site = self.sites[at]
        revisions = sorted(act.id for act in site.acts.values() if act.kind == REVISION.name)
        office = Office.CISO if who in CISOS else Office.CIO
        site.opinion(who, office, self.case, revisions[choice % len(revisions)], given=later_terms(users))

    def forge(self, at: int, who: str, office: Office) -> None:
        """Somebody speaks for an office that is not theirs."""
        self.sites[at].opinion(who, office, self.case, self.case)

    def opine_too_late(self, at: int, who: str, users: int) -> None:
        """An approval signed when the roster it names had expired; the clock is right again afterwards."""
        site = self.sites[at]
        before, site.clock = site.clock, datetime(2028, 1, 2, tzinfo=UTC)
        self.opine(at, who, Position.APPROVE, users)
        site.clock = before

    def seal(self, at: int, who: str, chance: Random) -> None:
        """Somebody seals two approvals that are here, more often than not as they should."""
        site = self.sites[at]
        approvals = [
            act
            for act in site.acts.values()
            if act.kind == OPINION.name and act.case == self.case and act.body["position"] == "approve"
        ]
        pairs = [
            (one, other)
            for one in approvals
            for other in approvals
            if one.body["office"] == "cio" and other.body["office"] == "ciso"
        ]
        agreed = [(one, other) for one, other in pairs if one.body["terms_digest"] == other.body["terms_digest"]]
        chosen = agreed if agreed and chance.random() < 0.9 else pairs
        if not chosen:
            return
        pair = chance.choice(chosen)
        who = chance.choice([pair[0].person, pair[1].person]) if chance.random() < 0.85 else who
        record, base = None, BASE
        match chance.choice(["good"] * 6 + ["junk", "half", "pages", "lying"]):
            case "junk":
                record = site.attach(b"junk", "application/pdf")
            case "half":
                record = site.record_file(pair[0].person)
            case "pages":
                base = "e" * 64
            case "lying":
                record = replace(site.record_file(*(act.person for act in pair)), size=1)
        site.seal(who, self.case, *pair, base=base, record=record, salt=chance.choice(["", "", "again"]))

    def agree(self, at: int, users: int, choice: int) -> None:
        """Both offices approve the same terms, on the newest revision more often than not."""
        state = self.sites[at].state(self.case)
        revisions = [state.current.id, state.current.id, *self._revisions(at)] if state.current else [self.case]
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO))[:: 1 if users > 20 else -1]:
            self.sites[at].opinion(who, office, self.case, revisions[choice % len(revisions)], given=terms(users))

    def revise(self, at: int, who: str = "ada") -> None:
        state = self.sites[at].state(self.case)
        if state.heads:
            owner = state.current.owner or who
            self.sites[at].revision(who, case=self.case, title=f"Version {len(self.sites[at].acts)}", owner=owner)

    def retire(self, at: int, who: str) -> None:
        self.sites[at].retire(who, self.case)

    def hand_over(self, at: int, who: str, to: str, by: HandsAs) -> None:
        self.sites[at].hand_over(who, self.case, to, by)

    def take_over(self, at: int, chance: Random) -> None:
        """More often than not what waits here for the one it was handed to."""
        site = self.sites[at]
        given = [act for act in site.acts.values() if act.kind == HAND_OVER.name]
        waiting = site.state(self.case).passed.successors
        if waiting and chance.random() < 0.8:
            site.take_over(chance.choice(waiting), self.case)
        elif given:
            some = chance.sample(given, min(len(given), chance.choice([1, 1, 2])))
            site.take_over(str(chance.choice(some).body["successor"]), self.case, *some)

    def disown(self, at: int, who: str, chance: Random) -> None:
        """Some, more often than not all, of what suspends here or once did."""
        known = [item.act for item in self.sites[at].state(self.case).suspensions]
        named = [name for name in known if chance.random() < 0.8]
        if named:
            self.sites[at].disown(who, self.case, *named)

    def steal(self, at: int, who: str, colleague: str, chance: Random) -> None:
        """A key suspends what it signed last before it is cut off; a colleague in office learns of both, and may disown it."""
        self.suspend(at, who)
        self.end_role(who, Role.CISO if who in CISOS else Role.CIO, key=True, covering=chance.random() < 0.8)
        self.meet(at, 0)
        if chance.random() < 0.7:
            self.disown(at, chance.choice([colleague, colleague, "carol", "dan"]), chance)

    def withdraw(self, at: int, who: str = "ada") -> None:
        self.sites[at].withdraw(who, self.case)

    def suspend(self, at: int, who: str) -> None:
        self.objections.add(self.sites[at].suspend(who, self.case).id)

    def lift(self, at: int, who: str, chance: Random) -> None:
        """Some, more often than not all, of what suspends here or once did."""
        known = [item.act for item in self.sites[at].state(self.case).suspensions]
        named = [name for name in known if chance.random() < 0.8]
        if named:
            self.sites[at].lift(who, self.case, *named)

    def accept(self, at: int, who: str, chance: Random) -> None:
        """Somebody, more often than not the owner, accepts what waits for him here, or any terms on any revision."""
        site = self.sites[at]
        state, revisions = site.state(self.case), self._revisions(at)
        current = state.current
        who = current.owner if current and chance.random() < 0.7 else who
        if state.acceptance and chance.random() < 0.8:
            site.accept(who, self.case)
        else:
            given = chance.choice([terms(20), terms(50), later_terms(20)])
            site.accept(who, self.case, given, chance.choice(revisions))

    def answer_terms(self, at: int, who: str, chance: Random) -> None:
        """Somebody says what terms cost."""
        site = self.sites[at]
        current = site.state(self.case).current
        who = current.owner if current and chance.random() < 0.6 else who
        self.objections.add(
            site.answer(who, self.case, chance.choice([20, 50, 50]), chance.choice(self._revisions(at))).id
        )

    def _revisions(self, at: int) -> list[str]:
        return sorted(act.id for act in self.sites[at].acts.values() if act.kind == REVISION.name)

    def succeed(self, who: str) -> None:
        """The administrators make somebody a successor of the owner."""
        office = self.sites[0]
        current = office.history().in_force[0]
        since = SINCE.replace(year=SINCE.year + current.roster.version)
        given = Grant(Role.OWNER, self.case, False, Period(since, None, ""))
        people = [
            replace(entry, grants=(*entry.grants, given)) if entry.id == who else entry
            for entry in current.roster.people
        ]
        self._publish(replace(current.roster, people=People(people)))

    def comment(self, at: int, who: str) -> None:
        self.sites[at].comment(who, self.case)

    def answer(self, at: int, who: str, chance: Random) -> None:
        """A comment on one of the comments here, if there is any."""
        said = self._said(at)
        if said:
            self.sites[at].comment(who, self.case, chance.choice(said).id)

    def resolve(self, at: int, who: str, chance: Random) -> None:
        """A note on a remark with what answers it here, more often than not with all of that."""
        said = self._said(at)
        if said:
            first = chance.choice(said)
            names = {first.id}
            read = [first, *(act for act in said if act.body["about"] in names and chance.random() < 0.8)]
            self.sites[at].resolve(who, self.case, *read)

    def _said(self, at: int) -> list[Act]:
        mine = (act for act in self.sites[at].acts.values() if act.kind == COMMENT.name and act.case == self.case)
        return sorted(mine, key=lambda act: act.id)

    def puzzle(self, at: int, who: str) -> None:
        """An act of a kind only a later version knows."""
        self.sites[at].act(who, "call-in", {"reason": "?"}, case=self.case)

    def note(self, at: int, who: str) -> None:
        """A note of a later version; what comes after it in the history descends from it."""
        self.sites[at].act(who, "note-archive", {"text": "?"}, case=self.case)

    def copy_profile(self, at: int, who: str, users: int) -> None:
        """The signer's newest act is forgotten, as after restoring a backup, and its number is used again."""
        site = self.sites[at]
        mine = [act for act in site.acts.values() if act.person == who and act.case == self.case]
        if not mine:
            return
        twin = mine[-1]
        office = Office.CISO if who in CISOS else Office.CIO
        after = set(site.heads(self.case)) - {twin.id} if users > 20 else set(twin.after)
        site.opinion(
            who, office, self.case, self.case, Position.APPROVE, terms(users),
            seq=twin.seq, prev=twin.prev, stream=twin.stream, after=after,
        )  # fmt: skip

    def meet(self, at: int, other: int, withhold: Random | None = None) -> None:
        """Take what another installation has; with ``withhold`` some acts and files get lost on the way."""
        mine, theirs = self.sites[at], self.sites[other]
        if withhold is None:
            mine.take(theirs)
        else:
            mine.acts |= {name: act for name, act in theirs.acts.items() if not act.case or withhold.random() < 0.8}
            mine.blobs |= {name: blob for name, blob in theirs.blobs.items() if withhold.random() < 0.9}
        newest = mine.history().in_force
        if newest:
            mine.roster = newest[0].id

    def end_role(self, who: str, role: Role, *, key: bool = False, covering: bool = True) -> None:
        """The administrators end a role, or cut off a key, at a checkpoint made now or at one of the past."""
        office = self.sites[0]
        current = office.history().in_force[0]
        past = [act.id for act in office.acts.values() if act.kind == CHECKPOINT.name]
        checkpoint = office.checkpoint().id if covering or not past else past[0]
        people = [
            ended(entry, role, checkpoint, key=key) if entry.id == who else entry for entry in current.roster.people
        ]
        cutoffs = dict(current.roster.cutoffs)
        if key:
            cutoffs.setdefault(canonical.sha256(certificate(who)), checkpoint)
        self._publish(replace(current.roster, people=People(people), cutoffs=cutoffs))

    def set_last_day(self, who: str, role: Role, until: date, *, key: bool) -> None:
        """The administrators say until when a role, or a key, is good; one that is closed stays as it was."""
        office = self.sites[0]
        current = office.history().in_force[0]
        people = [
            _lasting(entry, role, until, key=key) if entry.id == who else entry for entry in current.roster.people
        ]
        # Whose key is to last longer agrees to it.
        self._publish(replace(current.roster, people=People(people)), who)

    def opine_later(self, at: int, who: str, position: Position, users: int, choice: int, *, now: bool) -> None:
        """An opinion that names any roster, signed now or weeks later; clock and roster are right again afterwards."""
        site = self.sites[at]
        clock, named = site.clock, site.roster
        rosters = sorted(act.id for act in site.acts.values() if act.kind == ROSTER.name)
        site.clock = clock if now else datetime(2027, 1, 15, tzinfo=UTC)
        site.roster = rosters[choice % len(rosters)]
        self.opine(at, who, position, users)
        site.clock, site.roster = clock, named

    def grant(self, who: str, role: Role) -> None:
        office = self.sites[0]
        current = office.history().in_force[0]
        since = SINCE.replace(year=SINCE.year + current.roster.version)
        people = [
            replace(entry, grants=(*entry.grants, Grant(role, "", False, Period(since, None, ""))))
            if entry.id == who and not entry.holds(role)
            else entry
            for entry in current.roster.people
        ]
        self._publish(replace(current.roster, people=People(people)))

    def _publish(self, document: Roster, *agreeing: str) -> None:
        office = self.sites[0]
        current = office.history().in_force[0]
        office.publish(
            replace(document, version=document.version + 1, previous=(current.id,)), "bob", "finn", *agreeing
        )

    # ---- looking

    def merged(self) -> Site:
        return self.sites[0].fork("reader").take(*self.sites[1:])

    def state(self, site: Site) -> CaseState:
        return site.state(self.case)


def ended(entry, role: Role, checkpoint: str, *, key: bool):
    grants = tuple(
        replace(grant, period=replace(grant.period, end=checkpoint))
        if grant.role is role and not grant.period.end
        else grant
        for grant in entry.grants
    )
    certificates = tuple(
        replace(item, period=replace(item.period, end=item.period.end or checkpoint)) if key else item
        for item in entry.certificates
    )
    return replace(entry, grants=grants, certificates=certificates)


def _lasting(entry, role: Role, until: date, *, key: bool):
    def last(item):
        return replace(item, period=replace(item.period, until=until)) if item.period.open else item

    if key:
        return replace(entry, certificates=tuple(last(item) for item in entry.certificates))
    return replace(entry, grants=tuple(last(item) if item.role is role else item for item in entry.grants))


def fold(site: Site, case: str, acts: list[Act]) -> CaseState:
    return fold_case(acts, site.history(), site.blobs, site.listings(), site.read_record_file, believed, THIS_VERSION)


MOVES = {
    # how often in a calm history, how often in a wild one
    "opine": (50, 40),
    "meet": (34, 24),
    "meet, losing some": (1, 6),
    "revise": (3, 5),
    "withdraw": (0, 2),
    "suspend": (3, 4),
    "lift": (8, 10),
    "accept": (12, 12),
    "answer terms": (4, 4),
    "succeed": (1, 2),
    "comment": (2, 2),
    "answer": (2, 2),
    "resolve": (2, 2),
    "puzzle": (1, 2),
    "note": (3, 3),
    "copy a profile": (3, 6),
    "forge": (1, 3),
    "end a role": (3, 6),
    "grant": (1, 3),
    "seal": (10, 10),
    "opine too late": (0, 3),
    "opine newer": (6, 8),
    "set a last day": (0, 4),
    "opine later": (0, 4),
}


def random_world(seed: int, moves: int = 16) -> World:
    """A history of up to ``moves`` moves; every second one is wild. The same seed gives the same history."""
    chance = Random(seed)
    wild = seed % 2
    world = World(sites=3 if wild else 2, owner=chance.choice(["ada", "ada", "ada", "eve", "carol"]) if wild else "ada")
    names = list(MOVES)
    weights = [often[wild] for often in MOVES.values()]
    for name in chance.choices(names, weights, k=chance.randint(4, moves)):
        _move(world, name, chance, wild=bool(wild))
    return world


def _move(world: World, name: str, chance: Random, *, wild: bool) -> None:
    at, other = chance.randrange(len(world.sites)), chance.randrange(len(world.sites))
    officer = chance.choice(["cleo", "dan"] if not wild or chance.random() < 0.6 else [*CIOS, *CISOS])
    users = chance.choice([20, 20, 20, 50])
    match name:
        case "opine":
            position = chance.choice([Position.APPROVE] * 7 + [Position.CHANGES, Position.DECLINE])
            world.opine(at, officer, position, users, chance.randrange(3) if chance.random() < 0.3 else 0)
        case "meet":
            world.meet(at, other)
        case "meet, losing some":
            world.meet(at, other, chance)
        case "revise":
            world.revise(at)
        case "comment":
            world.comment(at, chance.choice(["ada", "eve", officer]))
        case "puzzle":
            world.puzzle(at, chance.choice(["eve", "eve", "dan", "ada", "nina"]))
        case "copy a profile":
            world.copy_profile(at, officer, users)
        case "forge":
            world.forge(at, chance.choice(["bob", "eve", "ada", "cleo"]), chance.choice(list(Office)))
        case "end a role":
            who = chance.choice(["cleo", "dan", "carol"])
            role = Role.CISO if who == "dan" else Role.CIO
            world.end_role(who, role, key=chance.random() < 0.4, covering=chance.random() < 0.7)
        case "note":
            world.note(at, chance.choice(["eve", "bob", "ada", officer]))
        case _ if name in OWNERS_MOVES:
            _move_owner(world, name, chance, at, officer)
        case _:
            _move_more(world, name, chance, at, officer, users)


OWNERS_MOVES = ("withdraw", "accept", "answer terms", "succeed")


def _move_owner(world: World, name: str, chance: Random, at: int, officer: str) -> None:
    match name:
        case "withdraw":
            world.withdraw(at)
        case "accept":
            world.accept(at, chance.choice(["ada", "eve", "sue", "sue", "carol", officer]), chance)
        case "answer terms":
            world.answer_terms(at, chance.choice(["ada", "ada", "eve", "sue", officer]), chance)
        case "succeed":
            world.succeed(chance.choice(["sue", "sue", "carol"]))


def _move_more(world: World, name: str, chance: Random, at: int, officer: str, users: int) -> None:
    match name:
        case "suspend":
            world.suspend(at, officer)
        case "lift":
            world.lift(at, officer, chance)
        case "answer":
            world.answer(at, chance.choice(["ada", "eve", officer]), chance)
        case "resolve":
            world.resolve(at, chance.choice(["ada", "eve", "eve", officer, officer]), chance)
        case "grant":
            world.grant(chance.choice(["nina", "cleo", "carol"]), Role.CIO)
        case "seal":
            world.seal(at, chance.choice(["ada", "eve", officer]), chance)
        case "opine too late":
            world.opine_too_late(at, officer, users)
        case "opine newer":
            world.opine_newer(
                at, officer, chance.choice([20, 20, 50]), chance.randrange(3) if chance.random() < 0.3 else 0
            )
        case "opine later":
            position = chance.choice([Position.APPROVE] * 9 + [Position.CHANGES, Position.DECLINE])
            world.opine_later(at, officer, position, users, chance.randrange(9), now=chance.random() < 0.5)
        case "set a last day":
            who = chance.choice(["cleo", "dan", "carol"])
            until = chance.choice([date(2026, 11, 21), date(2026, 11, 22), date(2027, 1, 14), date(2027, 1, 15)])
            role = Role.CISO if who == "dan" else Role.CIO
            key = chance.random() < 0.3
            world.set_last_day(who, role, until, key=key)
            if chance.random() < 0.4:
                world.set_last_day(who, role, date(2027, 1, 15), key=key)


def random_remarks(seed: int) -> World:
    """A history in which people mostly talk: remarks, answers, and notes that something is resolved, often apart."""
    chance = Random(seed)
    world = World(sites=3, owner=chance.choice(["ada", "eve"]))
    names = ("comment", "answer", "answer", "resolve", "resolve", "resolve", "meet", "meet", "revise", "end a role")
    for name in chance.choices(names, (3, 3, 3, 4, 4, 4, 4, 4, 1, 1), k=24):
        _move(world, name, chance, wild=True)
    return world


def random_acceptances(seed: int) -> World:
    """A history in which offices agree on other terms again and again, and the owner accepts or answers, often apart."""
    chance = Random(seed)
    world = World(sites=2, owner=chance.choice(["ada", "ada", "eve"]))
    often = {"agree": 9, "accept": 9, "answer terms": 3, "revise": 2, "meet": 5, "opine": 3, "seal": 2}
    often |= {"suspend": 1, "lift": 2, "succeed": 1, "end a role": 1, "copy a profile": 1, "withdraw": 1}
    for name in chance.choices(list(often), list(often.values()), k=chance.randint(6, 20)):
        at = chance.randrange(2)
        if name == "agree":
            world.agree(at, chance.choice([5, 10, 20, 20, 50]), chance.randrange(6))
        elif name == "accept":
            world.accept(at, chance.choice(["ada", "eve", "sue", "cleo"]), chance)
        else:
            _move(world, name, chance, wild=False)
    return world


def random_suspensions(seed: int) -> World:
    """A history in which what both agreed on is suspended and lifted again and again, often apart, by whoever holds an office."""
    chance = Random(seed)
    world = World(sites=3)
    world.agree(0, 20, 0)
    often = {
        "suspend": 6,
        "lift": 9,
        "meet": 8,
        "meet, losing some": 1,
        "opine": 2,
        "agree": 2,
        "disown": 1,
        "revise": 1,
    }
    often |= {"copy a profile": 1, "end a role": 1, "grant": 1, "withdraw": 1, "steal a key": 1}
    for name in chance.choices(list(often), list(often.values()), k=chance.randint(5, 18)):
        at = chance.randrange(len(world.sites))
        match name:
            case "agree":
                world.agree(at, 20, chance.randrange(4))
            case "disown":
                world.disown(at, chance.choice([*CIOS, *CISOS]), chance)
            case "steal a key":
                world.steal(max(at, 1), *chance.choice([("cleo", "carol"), ("dan", "dora")]), chance)
            case _:
                _move(world, name, chance, wild=chance.random() < 0.3)
    return world


def random_days(seed: int) -> World:
    """A history in which two officers agree, and roles and keys have last days that are set, made longer and closed."""
    chance = Random(seed)
    world = World(sites=2)
    for name in chance.choices(["set a last day", "opine later", "opine", "meet", "end a role"], [3, 7, 3, 3, 1], k=12):
        at, officer = chance.randrange(2), chance.choice(["cleo", "dan"])
        if name == "opine":
            world.opine(at, officer, Position.APPROVE, 20)
        elif name == "meet":
            world.meet(at, 1 - at)
        else:
            _move_more(world, name, chance, at, officer, 20)
            if name == "end a role":
                world.end_role(officer, Role.CISO if officer == "dan" else Role.CIO, covering=chance.random() < 0.7)
    return world


PASSING = {
    "hand over": 9,
    "hand over as administrator": 5,
    "take over": 14,
    "retire": 1,
    "disown": 2,
    "steal a key": 2,
    "suspend": 2,
    "lift": 2,
    "opine": 12,
    "meet": 9,
    "revise": 3,
    "withdraw": 1,
    "puzzle": 1,
    "end a role": 4,
    "copy a profile": 2,
}


def random_passing(seed: int, moves: int = 22) -> World:
    """A history in which a use case goes from hand to hand, also to an office, and by people who have no right to it."""
    chance = Random(seed)
    world = World(sites=3, owner=chance.choice(["ada", "ada", "eve"]))
    names = chance.choices(list(PASSING), list(PASSING.values()), k=chance.randint(6, moves))
    for name in names:
        at = chance.randrange(len(world.sites))
        somebody = chance.choice(["ada", "eve", "nina", "cleo"])
        match name:
            case "hand over":
                claimants = world.sites[at].state(world.case).passed.claimants
                who = chance.choice(claimants) if claimants and chance.random() < 0.8 else somebody
                world.hand_over(at, who, chance.choice(["ada", "eve", "nina", "cleo"]), HandsAs.OWNER)
            case "hand over as administrator":
                world.hand_over(
                    at, chance.choice(["bob", "finn"]), chance.choice(["eve", "nina"]), HandsAs.ADMINISTRATOR
                )
            case "take over":
                world.take_over(at, chance)
            case "retire":
                world.retire(at, somebody)
            case "disown":
                world.disown(at, chance.choice([*CIOS, *CISOS]), chance)
            case "steal a key":
                world.steal(max(at, 1), *chance.choice([("cleo", "carol"), ("dan", "dora")]), chance)
            case "revise" | "withdraw":
                (world.revise if name == "revise" else world.withdraw)(at, somebody)
            case "end a role":
                who = chance.choice(["ada", "ada", "eve", "cleo", "dan"])
                role = {"cleo": Role.CIO, "dan": Role.CISO}.get(who, Role.OWNER)
                world.end_role(who, role, key=chance.random() < 0.6, covering=chance.random() < 0.7)
            case _:
                _move(world, name, chance, wild=True)
    return world
