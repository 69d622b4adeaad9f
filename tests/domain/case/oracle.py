"""The rules R2 to R6 a second time, as plainly as sets allow, to hold the fold against.

Nothing is shared with the fold: bodies are read as raw JSON, ancestors are sets of ids, every question is answered by
looking at everything. Only which rosters count is taken as given. It is slow, and meant to be read beside the design.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import timedelta
from functools import wraps
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from intake.domain.acts.checkpoint import Heads
from intake.domain.case.seals import RecordFiles
from intake.domain.organisation.history import RosterHistory

KNOWN = {
    "revision",
    "comment",
    "opinion",
    "sealed",
    "suspend",
    "lift",
    "disown",
    "hand-over",
    "take-over",
    "accept",
    "answer",
}
CLOSE = {"withdraw", "retire"}
KNOWN |= CLOSE
AGAINST = {"decline", "changes"}
Raw: TypeAlias = Any
"""An act whose body is read as it is, or a roster."""


def asked_once(question: Callable[..., Any]) -> Callable[..., Any]:
    """An oracle looks at one state, so what it was asked about an act, or about all, has the answer it had."""

    @wraps(question)
    def asked(self: Oracle, *about: Any) -> Any:
        key = (question.__name__, *(getattr(item, "id", item) for item in about))
        if key not in self.answers:
            self.answers[key] = question(self, *about)
        return self.answers[key]

    return asked


class PairOf(NamedTuple):
    revision: str
    cio: str
    ciso: str


class InForce(NamedTuple):
    """What holds: by the number of its table, its users and its last day; ``pairs`` are what it rests on."""

    revision: str
    fields: int
    users: int
    expires: str
    pairs: frozenset[PairOf]


class Oracle:
    def __init__(
        self,
        acts: Iterable[Raw],
        rosters: RosterHistory,
        blobs: Container[str],
        heads: Mapping[str, Heads],
        record_files: RecordFiles,
        tables: Container[int] = (1,),
    ) -> None:
        self.tables = tables
        self.acts: dict[str, Raw] = {act.id: act for act in acts}
        self.rosters = rosters
        self.blobs = blobs
        self.heads = heads
        self.record_files = record_files
        self.opening = next((a for a in self.acts.values() if a.kind == "revision" and not a.case), None)
        self.answers: dict[tuple[Any, ...], Any] = {}
        self.pasts: dict[str, set[str]] = {}
        self.whole: dict[str, bool] = {}
        self.tainted = self._tainted()
        self.unheard: set[tuple[str, str]] = set()
        self.before_later: dict[PairOf, str] = {}

    # ---- R2: what an act names, and what it descends from

    def named(self, act: Raw) -> set[str]:
        found = {act.prev, act.roster, act.case, *act.after}
        if act.kind == "revision":
            found |= set(act.body["revises"])
        if act.kind in ("opinion", "accept", "answer"):
            found.add(act.body["revision"])
        if act.kind in ("lift", "disown"):
            found |= set(act.body["suspensions"])
        if act.kind == "take-over":
            found |= set(act.body["hand_overs"])
        if act.kind == "sealed":
            found |= set(act.body["opinions"])
        if act.kind == "comment" and len(act.body["about"]) == 64:
            found.add(act.body["about"])
        return found - {""}

    def past(self, name: str) -> set[str]:
        """What an act had seen: what it names, and what that hands on."""
        if name not in self.pasts:
            found = set(self.named(self.acts[name]))
            for other in list(found):
                if other in self.acts and self.kind_of(other) == "binding":
                    found |= self.past(other)
            self.pasts[name] = found
        return self.pasts[name]

    def kind_of(self, name: str) -> str:
        act = self.acts[name]
        if act.kind not in KNOWN:
            return "remark" if act.kind.startswith("note-") else "unknown"
        if act.kind == "comment":
            return "remark"
        leans = act.kind in CLOSE | {"suspend", "answer"} or act.body.get("position") in AGAINST
        return "objection" if leans else "binding"

    def complete(self, name: str) -> bool:
        """Whether all is here that it names, and all that hangs on: acts, and files of those acts."""
        if name not in self.whole:
            here = [other in self.acts or other in self.rosters.chain for other in self.named(self.acts[name])]
            self.whole[name] = all(here) and all(
                self.kind_of(other) in ("remark", "objection")
                or (self.complete(other) and self.files_here(self.acts[other]))
                for other in self.named(self.acts[name]) & self.acts.keys()
            )
        return self.whole[name]

    def files_here(self, act: Raw) -> bool:
        files = [act.body.get("record"), *act.body.get("attachments", [])]
        return all(file["sha256"] in self.blobs for file in files if file)

    def number(self, revision: str) -> int:
        """How many revisions the longest chain has that ends with this one, whatever they are worth."""
        acts = (self.acts.get(name) for name in self.acts[revision].body["revises"])
        before = [self.number(act.id) for act in acts if act is not None and act.kind == "revision"]
        return 1 + max(before, default=0)

    # ---- R3: forks

    def _tainted(self) -> set[str]:
        found: set[str] = set()
        alive = [act for act in self.acts.values() if not self.cut_off(act)]
        for one, other in product(alive, alive):
            if one.id == other.id or one.stream_key != other.stream_key:
                continue
            if one.seq == other.seq or one.prev == other.prev or (other.prev == one.id and other.seq <= one.seq):
                first = min(one.seq, other.seq)
                found |= {a.id for a in alive if a.stream_key == one.stream_key and a.seq >= first}
        return found

    # ---- R4: rights. "full", "objection" or "" (none)

    def covered(self, act: Raw, checkpoint: str) -> bool | None:
        if checkpoint not in self.heads:
            return None
        for head in self.heads[checkpoint].by_case.get(act.case_id, ()):
            at = self.acts.get(head)
            while at is not None:
                if at.id == act.id:
                    return True
                below = self.acts.get(at.prev)
                at = below if below is not None and below.stream_key == at.stream_key else None
        return False

    def cut_off(self, act: Raw) -> bool:
        return any(
            act.signer in listed.roster.cutoffs and self.covered(act, listed.roster.cutoffs[act.signer]) is False
            for listed in self.rosters.in_force
        )

    def right(self, act: Raw, role: str) -> str:
        """``role`` is "cio", "ciso", "administrator" or "anyone"."""
        return "" if self.cut_off(act) else self.right_but_for_cut_offs(act, role)

    @asked_once
    def right_but_for_cut_offs(self, act: Raw, role: str) -> str:
        if act.org != self.rosters.org or act.roster not in self.rosters.chain:
            return ""
        named = self.rosters.chain[act.roster].roster
        grants = self._open(named, act, role)
        if not grants:
            return ""
        since = [r for item in self.rosters.chain.values() if (r := item.roster) is named or r.version > named.version]
        kept = {grant for grant in grants if not any(self._outlived(old, act, role, {grant}) for old in since)}
        found = "full" if kept else "objection"
        grants = kept or grants
        for listed in self.rosters.in_force:
            person = listed.roster.person(act.person)
            entry = person and person.certificate(act.signer)
            if not person or not entry:
                return ""
            ends = {g.period.end for g in person.grants if (str(g.role), g.scope, g.period.since) in grants}
            if role == "anyone":
                ends = {""}
            if not ends:
                return ""
            if not any(self._good(act, end) for end in ends) or not self._good(act, entry.period.end):
                found = "objection"
            if self._doubtful_cut(listed.roster, act) or self._outlived(listed.roster, act, role, grants):
                found = "objection"
        return found

    @asked_once
    def may_object(self, act: Raw, role: str) -> str:
        """As ``right``; while the roster an act names is not here, everybody may whose right is full by those in force."""
        if act.roster in self.rosters.chain or act.org != self.rosters.org or self.cut_off(act):
            return self.right(act, role)
        for listed in self.rosters.in_force:
            grants = self._open(listed.roster, act, role)
            if not grants or self._outlived(listed.roster, act, role, grants) or self._doubtful_cut(listed.roster, act):
                return ""
        return "objection" if self.rosters.in_force else ""

    def _outlived(self, roster: Raw, act: Raw, role: str, grants: set[object]) -> bool:
        """Whether the key, or each of these grants that still reaches the act, had its last day before the act's own."""
        person = roster.person(act.person)
        entry = person and person.certificate(act.signer)
        if not entry or self._late(act, entry.period):
            return bool(entry)
        mine = [g.period for g in person.grants if (str(g.role), g.scope, g.period.since) in grants]
        reaching = [period for period in mine if self._good(act, period.end)]
        return role != "anyone" and bool(reaching) and all(self._late(act, period) for period in reaching)

    def _late(self, act: Raw, period: Raw) -> bool:
        return not period.end and period.until is not None and period.until < act.at.date()

    def _open(self, roster: Raw, act: Raw, role: str) -> set[object]:
        person = roster.person(act.person)
        entry = person and person.certificate(act.signer)
        if not entry or not self._good(act, entry.period.end):
            return set()
        if role == "anyone":
            return {"anyone"}
        # A unit's owners do not own each other's cases: only a grant for this very case makes a successor.
        units = set() if role == "administrator" else self._units(act)
        called, scopes = ("owner", {act.case_id}) if role == "successor" else (role, {"", act.case_id, *units})
        return {
            (str(g.role), g.scope, g.period.since)
            for g in person.grants
            if str(g.role) == called and g.scope in scopes and self._good(act, g.period.end)
        }

    def _units(self, act: Raw) -> set[str]:
        """An approval is of the unit its revision names, everything else of any unit its owners filed the case for."""
        every = {one.id: one.body["unit"] for one in self.acts.values() if one.kind == "revision"}
        approves = act.kind == "opinion" and act.body["position"] == "approve"
        if approves and act.body["revision"] in every:
            return {every[act.body["revision"]]}
        theirs = (self.acts[name] for name in every)
        own = (one for one in theirs if not one.case or self.own(one))
        return {every[one.id] for one in own if self.may_object(one, "anyone")}

    def _doubtful_cut(self, roster: Raw, act: Raw) -> bool:
        cutoffs = roster.cutoffs
        return act.signer in cutoffs and self.covered(act, cutoffs[act.signer]) is None

    def _good(self, act: Raw, end: str) -> bool:
        return not end or self.covered(act, end) is True

    # ---- who is a party

    def owners(self) -> set[str]:
        return {self.opening.person, self.opening.body["owner"]} if self.opening else set()

    def chain(self, revision: str) -> set[str]:
        found = {revision} & self.acts.keys()
        while True:
            more = {old for name in found for old in self.acts[name].body["revises"] if old in self.acts} - found
            if not more:
                return found
            found |= more

    @asked_once
    def parties(self, revision: str) -> set[str]:
        found = self.owners()
        for name in self.chain(revision):
            found |= {self.acts[name].person, self.acts[name].body["owner"]}
        return found

    # ---- what counts

    @asked_once
    def revisions(self) -> set[str]:
        return {
            a.id
            for a in self.acts.values()
            if a.kind == "revision"
            and (not a.case or self.own(a))
            and self.right(a, "anyone") == "full"
            and self.complete(a.id)
            and self.files_here(a)
            and a.id not in self.tainted
        }

    @asked_once
    def opinions(self, favour: bool) -> set[str]:
        """With ``favour`` the approvals that may make a pair, else everything an office said that may speak against."""
        found: set[str] = set()
        for act in self.acts.values():
            if act.kind != "opinion":
                continue
            approves = act.body["position"] == "approve"
            right = (self.right if approves else self.may_object)(act, str(act.body["office"]))
            if not right:
                continue
            if not approves:
                if not favour:
                    found.add(act.id)
                continue
            if act.body["delegation"] or act.person in self.parties(str(act.body["revision"])):
                continue
            if self.took_over(act.id):
                continue
            late = act.at.date() > self.rosters.chain[act.roster].roster.expires
            lost = right == "objection" or act.id in self.tainted or late
            if lost and favour:
                continue
            if self.complete(act.id) and self.files_here(act):
                found.add(act.id)
        return found

    def withdrawals(self) -> set[str]:
        return {
            a.id
            for a in self.acts.values()
            if (
                (a.kind == "withdraw" and self.own(a))
                or (a.kind == "retire" and a.person == self.holder(self.past(a.id)))
            )
            and self.may_object(a, "anyone")
        }

    # ---- R12

    @asked_once
    def suspending(self) -> set[str]:
        """What an office did to stop the case, whatever became of it."""
        heard = self.opinions(False)
        found = {a.id for a in self.acts.values() if a.kind == "suspend" and self.may_object(a, a.body["office"])}
        found |= {a.id for a in self.acts.values() if a.kind == "suspend" and self.beyond(a)}
        cut = {a.id for a in self.acts.values() if a.kind == "opinion" and self.beyond(a)}
        for name in heard | cut:
            body = self.acts[name].body
            if body["position"] in AGAINST and any(
                {cio, ciso} <= self.past(name)
                for cio, ciso in product(heard, heard)
                if self._approved_together(cio, ciso, body["revision"])
            ):
                found.add(name)
        return found

    def _parties_before(self, act: Raw) -> set[str]:
        """Who had a part in the case when an act was signed."""
        seen = (self.acts[name] for name in self.past(act.id) if name in self.acts)
        mine = [one for one in seen if one.kind == "revision" and self._of_theirs(one)]
        return self.owners().union(*(self.parties(one.id) for one in mine))

    def _of_theirs(self, revision: Raw) -> bool:
        """Whether those signed a revision whose case it is."""
        own = not revision.case or self.own(revision)
        return own and bool(self.right(revision, "anyone"))

    def _approved_together(self, cio: str, ciso: str, revision: str) -> bool:
        one, other = self.acts[cio], self.acts[ciso]
        offices = (one.body["office"], other.body["office"]) == ("cio", "ciso") and one.person != other.person
        same = one.body["revision"] == other.body["revision"] == revision
        return offices and same and one.body["terms_digest"] == other.body["terms_digest"] != ""

    @asked_once
    def lifted(self) -> set[str]:
        halves = {(office, name): set() for office in ("cio", "ciso") for name in self.suspending()}
        for act in self.acts.values():
            office = act.body.get("office")
            if act.kind != "lift" or not self._lets_go(act):
                continue
            for name in set(act.body["suspensions"]) & self.suspending():
                halves[office, name].add(act.id)
        return {
            name
            for name in self.suspending()
            if any(
                self.acts[one].person != self.acts[other].person and not self.took_over(one, other)
                for one in halves["cio", name]
                for other in halves["ciso", name]
            )
        }

    def _lets_go(self, act: Raw) -> bool:
        if act.id in self.tainted or act.person in self._parties_before(act) or self.took_over(act.id):
            return False
        return self.right(act, act.body["office"]) == "full" and self.complete(act.id)

    def beyond(self, act: Raw) -> bool:
        """Whether an office may have said it, were its key not cut off below."""
        return self.cut_off(act) and bool(self.right_but_for_cut_offs(act, str(act.body["office"])))

    @asked_once
    def disowned(self) -> set[str]:
        """What suspends beyond the cut-off of its key, and who holds that office says so, knowing that the key was cut off."""
        found: set[str] = set()
        for act in self.acts.values():
            if act.kind != "disown" or not self._lets_go(act):
                continue
            for name in set(act.body["suspensions"]) & self.suspending():
                mine = self.acts[name].body["office"] == act.body["office"] and self.beyond(self.acts[name])
                if mine and self.acts[name].signer in self.rosters.chain[act.roster].roster.cutoffs:
                    found.add(name)
        return found

    # ---- who answers for the case

    @asked_once
    def gives(self, act: Raw) -> bool:
        """Whether an act hands the case over, in favour still or not."""
        owner = act.body["by"] == "owner"
        if not self.right(act, "anyone" if owner else "administrator") or not self.complete(act.id):
            return False
        seen, to = self.past(act.id), act.body["successor"]
        if owner:
            people = {person for _, person in self.newest_claims(seen)}
            return act.person in people and people <= {act.person, to}
        return act.person != to and not self.present(self.rosters.chain[act.roster].roster, self.holder(seen))

    def present(self, roster: Raw, name: str) -> bool:
        person = roster.person(name) if name else None
        if person is None or not [1 for item in person.certificates if item.signs and not item.period.end]:
            return False
        owning = [grant.period.end for grant in person.grants if str(grant.role) == "owner"]
        return not owning or "" in owning

    @asked_once
    def takes(self, act: Raw) -> bool:
        """Whether an act takes the case over, in favour still or not."""
        if not self.right(act, "anyone") or not self.complete(act.id):
            return False
        given = [self.acts.get(name) for name in act.body["hand_overs"]]
        if any(g is None or g.kind != "hand-over" or not self.gives(g) for g in given):
            return False
        if any(g.body["successor"] != act.person for g in given):
            return False
        by = sorted(g.body["by"] for g in given)
        if by != ["owner"] and (by != ["administrator"] * 2 or given[0].person == given[1].person):
            return False
        seen = self.past(act.id)
        for claim, _ in self.newest_claims(seen):
            again = self.acts[claim]
            if again.kind == "take-over" and again.person == act.person and again.body == act.body:
                continue
            if not all(claim in {name for name, _ in self.newest_claims(self.past(g.id))} for g in given):
                return False
        later = [a for a in self.acts.values() if a.kind == "hand-over" and a.id in seen and self.gives(a)]
        return not any(a.person == g.person and g.id in self.past(a.id) for a in later for g in given)

    def spent(self, act: Raw) -> bool:
        rests_on = [act, *(self.acts[name] for name in act.body.get("hand_overs", ()))]
        role = {True: "administrator", False: "anyone"}
        return any(
            one.id in self.tainted or self.right(one, role[one.body.get("by") == "administrator"]) == "objection"
            for one in rests_on
        )

    def claims(self, seen: Container[str]) -> set[tuple[str, str]]:
        """(act, whose the case became by it) of the opening and of every take-over; nobody's by one that lost its favour."""
        found = (
            {(self.opening.id, str(self.opening.body["owner"]))} if self.opening and self.opening.id in seen else set()
        )
        for act in self.acts.values():
            if act.id in seen and act.kind == "take-over" and self.takes(act):
                found.add((act.id, "" if self.spent(act) else act.person))
        return found

    def newest_claims(self, seen: Container[str]) -> set[tuple[str, str]]:
        every = self.claims(seen)
        return {(name, who) for name, who in every if not any(name in self.past(other) for other, _ in every)}

    def holder(self, seen: Container[str]) -> str:
        people = {who for _, who in self.newest_claims(seen)}
        return people.pop() if len(people) == 1 else ""

    def people(self, seen: Container[str]) -> set[str]:
        """Whose case it is: with whom it began, until it was taken over, and who has it now."""
        every = {who for _, who in self.claims(seen)}
        if not any(self.acts[name].kind == "take-over" for name, _ in self.claims(seen)):
            return self.owners()
        return (self.owners() - every) | {self.holder(seen)} - {""}

    @asked_once
    def own(self, act: Raw) -> bool:
        return act.person in self.people(self.past(act.id))

    def took_over(self, *names: str) -> bool:
        """Whether who signed one of these took the case over at any time without having seen all of them."""
        signed = {self.acts[name].person for name in names}
        mine = [a for a in self.acts.values() if a.kind == "take-over" and a.person in signed and self.takes(a)]
        return any(not set(names) <= self.past(a.id) for a in mine)

    # ---- R5 and R6

    def replaces(self, later: str, earlier: str) -> bool:
        one, other = self.acts[earlier], self.acts[later]
        if earlier not in self.past(later) or one.body["office"] != other.body["office"]:
            return False
        if one.person == other.person:
            return True
        chain = self.rosters.chain
        after, before = chain[other.roster].roster, chain[one.roster].roster
        person = after.person(one.person)
        still = [g for g in person.grants if str(g.role) == one.body["office"] and not g.period.end] if person else [1]
        return after.version >= before.version and not still

    @asked_once
    def verdicts(self) -> dict[PairOf, str]:
        """Every pair and what becomes of it: stands, suspended, "no", or "newer" where it stands for newer versions."""
        favour, heard = sorted(self.opinions(True)), self.opinions(False)
        pairs: dict[PairOf, str] = {}
        contests: dict[PairOf, set[str]] = {}
        for cio, ciso in product(favour, favour):
            one, other = self.acts[cio], self.acts[ciso]
            if (one.body["office"], other.body["office"]) != ("cio", "ciso") or one.person == other.person:
                continue
            same = ("revision", "terms_digest", "assessment", "playbook")
            if any(one.body[key] != other.body[key] for key in same) or one.body["revision"] not in self.revisions():
                continue
            if self.took_over(cio, ciso):
                continue
            pair = PairOf(str(one.body["revision"]), cio, ciso)
            pairs[pair] = self._alone(pair, heard, contests)
        for pair, verdict in pairs.items():
            for contest, against in contests.items():
                if contest.revision != pair.revision:
                    continue
                known = [{x} | self.past(x) for x in (pair.cio, pair.ciso)]
                if verdict != "no" and not all({contest.cio, contest.ciso, *against} <= seen for seen in known):
                    pairs[pair] = "no"
        self.before_later = dict(pairs)
        agreed = self.agreements()
        for pair, verdict in pairs.items():
            if verdict != "no" and any(self._took_over(new, pair) for new in agreed):
                pairs[pair] = "no"
        held = bool(self.suspending() - self.lifted() - self.disowned())
        later = {pair: "suspended" if held else "newer" if self._newer(pair) else "in force" for pair in pairs}
        return {pair: later[pair] if verdict == "in force" else verdict for pair, verdict in pairs.items()}

    def _newer(self, pair: PairOf) -> bool:
        return self.acts[pair.cio].body["terms"]["fields"] not in self.tables

    @asked_once
    def agreements(self) -> set[PairOf]:
        """Whatever both offices ever agreed on, in favour still or not, but for what was void when it was countersigned."""
        heard = self.opinions(False)
        approvals = [name for name in heard if self.acts[name].body["position"] == "approve"]
        pairs = {
            PairOf(str(self.acts[cio].body["revision"]), cio, ciso)
            for cio, ciso in product(approvals, approvals)
            if self._approved_together(cio, ciso, self.acts[cio].body["revision"])
        }
        return {pair for pair in pairs if not self._void(pair, heard)}

    def _void(self, pair: PairOf, heard: set[str]) -> bool:
        """Whether one of the two had seen that the other office had moved on."""
        members = {"cio": (pair.cio, pair.ciso), "ciso": (pair.ciso, pair.cio)}
        for name in heard:
            body = self.acts[name].body
            mine, theirs = members[str(body["office"])]
            other = body["revision"] == pair.revision and body["terms_digest"] != self._terms(pair)
            later = {pair.cio, pair.ciso} <= self.past(name)
            if other and name != mine and not self.replaces(mine, name) and not later:
                if name in self.past(theirs) and self.knew(theirs, name):
                    return True
        return False

    def _took_over(self, new: PairOf, old: PairOf) -> bool:
        if new.revision != old.revision or self._terms(new) == self._terms(old):
            return False
        return old.cio in self.past(new.cio) and old.ciso in self.past(new.ciso)

    def _terms(self, pair: PairOf) -> object:
        return self.acts[pair.cio].body["terms_digest"]

    def _alone(self, pair: PairOf, heard: set[str], contests: dict[PairOf, set[str]]) -> str:
        members = {"cio": (pair.cio, pair.ciso), "ciso": (pair.ciso, pair.cio)}
        void = False
        against: set[str] = set()
        for name in heard:
            body = self.acts[name].body
            if body["revision"] != pair.revision:
                continue
            mine, theirs = members[str(body["office"])]
            if name == mine or self.replaces(mine, name) or body["terms_digest"] == self._terms(pair):
                continue
            if {pair.cio, pair.ciso} <= self.past(name):
                continue
            if name in self.past(theirs) and self.knew(theirs, name):
                void = True
            else:
                against.add(name)
        if void:
            return "no"
        if against:
            contests[pair] = against
            return "no"
        holding = {name for name in self.blockers(pair.revision) if not self._leaves_alone(name, pair)}
        if not any(self.acts[name].kind in CLOSE for name in holding):
            seen = self.past(pair.cio) | self.past(pair.ciso)
            self.unheard |= {(name, pair.revision) for name in holding - seen if self.acts[name].kind == "revision"}
        if self.rosters.rivals or holding:
            return "no"
        return "in force"

    def unseen(self) -> set[tuple[str, str]]:
        """Revisions that hold a decision without knowing it, while nothing else is decided."""
        return set() if set(self.verdicts().values()) - {"no"} else self.unheard

    def knew(self, later: str, earlier: str) -> bool:
        """Whether the roster an act names was known, or older, where the later one was signed."""
        chain, names = self.rosters.chain, (self.acts[earlier].roster, self.acts[later].roster)
        return names[0] in chain and chain[names[0]].roster.version <= chain[names[1]].roster.version

    def blockers(self, revision: str) -> set[str]:
        found = self.revisions() - self.chain(revision)
        found |= {name for name in self.withdrawals() if name not in self.past(revision)}
        for act in self.acts.values():
            if act.kind == "revision" and act.id in self.tainted and (not act.case or self.own(act)):
                whole = self.complete(act.id) and self.files_here(act)
                if whole and self.right(act, "anyone") == "full" and act.id not in {revision} | self.past(revision):
                    found.add(act.id)
            if act.kind not in KNOWN and not act.kind.startswith("note-"):
                office = any(self.may_object(act, role) for role in ("cio", "ciso", "records", "administrator"))
                if office or (self.own(act) and self.may_object(act, "anyone")):
                    found.add(act.id)
        return found

    def _leaves_alone(self, blocker: str, pair: PairOf) -> bool:
        """What came after a pair does not undo it; only a withdrawal ends it. Who has no say in it only stops what knew of it."""
        act = self.acts[blocker]
        if act.kind not in KNOWN and not self.own(act):
            if not any(self.may_object(act, role) for role in ("cio", "ciso")):
                return blocker not in self.past(pair.cio) | self.past(pair.ciso)
        return self.acts[blocker].kind not in CLOSE and {pair.cio, pair.ciso} <= self.past(blocker)

    @asked_once
    def in_force(self) -> InForce | None:
        """What holds: what both decided last, once the owner accepts it; until then what was before, inside both."""
        revisions = self.revisions()
        replaced = {old for name in revisions for old in self.acts[name].body["revises"]}
        for name in self.withdrawals():
            if not any(name in self.past(head) for head in revisions - replaced):
                return None
        agreed = {pair.revision for pair in self.agreements()} & revisions
        newest = {name for name in agreed if not any(name in self.past(other) for other in agreed)}
        if len(newest) != 1:
            return None
        verdicts = {pair: verdict for pair, verdict in self.verdicts().items() if pair.revision in newest}
        if "newer" in verdicts.values():
            return None
        standing = {pair for pair, verdict in verdicts.items() if verdict == "in force"}
        assert len({self._terms(pair) for pair in standing}) <= 1, "two terms in force"
        if not standing or any(self.accepted(pair) for pair in standing):
            return self._holding(standing) if standing else None
        return self._meanwhile(min(standing, key=lambda pair: (self._place(pair), pair)))

    # ---- R11

    def _holding(self, pairs: set[PairOf]) -> InForce:
        pair = min(pairs)
        terms = self.acts[pair.cio].body["terms"]
        users = int(terms["boundaries"]["user_permissions"]["max_users"])
        return InForce(pair.revision, int(terms["fields"]), users, str(terms["expires"]), frozenset(pairs))

    def _meanwhile(self, pair: PairOf) -> InForce | None:
        """What was in force by what either signer of this pair had seen, as far as it is inside the pair, for fourteen days."""
        known = (self.past(pair.cio) | self.past(pair.ciso)) - {pair.cio, pair.ciso}
        seen = [self.acts[name] for name in known & self.acts.keys()]
        old = Oracle(seen, self.rosters, self.blobs, self.heads, self.record_files, self.tables).in_force()
        new = self._holding({pair})
        if old is None or old.fields != new.fields:
            return None
        # It may have ended since, but for this pair that took its place; or a doubt about it came.
        same = {(one.revision, self._terms(one)) for one in old.pairs}
        pairs = {
            one for one in self.verdicts() if (one.revision, self._terms(one)) in same and self._goes_on(one, pair)
        }
        if not any(self.accepted(one) for one in pairs):
            return None
        later = max(self.acts[name].at.date() for name in (pair.cio, pair.ciso))
        until = (later + timedelta(days=14)).isoformat()
        return InForce(
            old.revision, old.fields, min(old.users, new.users), min(old.expires, new.expires, until), frozenset(pairs)
        )

    def _goes_on(self, old: PairOf, new: PairOf) -> bool:
        """Whether a pair holds, or would but for what both agreed on later, on its own revision, which is that of ``new``."""
        left = old.revision == new.revision and self.before_later[old] == "in force"
        return left or self.verdicts()[old] == "in force"

    def _place(self, pair: PairOf) -> int:
        """When a pair came about: the place of its later opinion, where everything comes after what it names, ties by id."""
        order: list[str] = []
        left = dict(self.acts)
        while left:
            ready = [name for name, act in left.items() if not self.named(act) & left.keys()]
            order.append(min(ready))
            del left[order[-1]]
        return max(order.index(name) for name in (pair.cio, pair.ciso))

    @asked_once
    def accepted(self, pair: PairOf) -> bool:
        revision = self.acts[pair.revision]
        terms = self.acts[pair.cio].body["terms"]
        users, table = terms["boundaries"]["user_permissions"]["max_users"], terms["fields"]
        if revision.person == revision.body["owner"] and (users, table) == (20, 1):
            return True
        return any(self._accepts(act, pair) for act in self.acts.values() if act.kind == "accept")

    def _accepts(self, act: Raw, pair: PairOf) -> bool:
        mine = (act.body["revision"], act.body["terms"], act.body["assessment"])
        if mine != (pair.revision, self._terms(pair), self.acts[pair.cio].body["assessment"]):
            return False
        if not {pair.cio, pair.ciso} <= self.past(act.id) or act.id in self.tainted or not self.complete(act.id):
            return False
        if any(one.kind == "opinion" and one.person == act.person for one in self.acts.values()):
            return False
        owner = act.person == self.acts[pair.revision].body["owner"] and self.right(act, "anyone") == "full"
        if not owner and self.right(act, "successor") != "full":
            return False
        return not any(
            answer.kind == "answer"
            and (answer.body["revision"], answer.body["terms"]) == mine[:2]
            and (self._owner_side(answer))
            and answer.id not in self.past(act.id)
            and act.id not in self.past(answer.id)
            for answer in self.acts.values()
        )

    def _owner_side(self, answer: Raw) -> bool:
        return bool(
            self.may_object(answer, "anyone")
            if answer.person in self.owners()
            else self.may_object(answer, "successor")
        )

    # ---- which file is the record

    def seals(self, cio: str, ciso: str) -> set[str]:
        """The good seals of a pair."""
        return {
            a.id
            for a in self.acts.values()
            if a.kind == "sealed"
            and set(a.body["opinions"]) == {cio, ciso}
            and self.right(a, "anyone") == "full"
            and self.complete(a.id)
            and self.files_here(a)
            and a.id not in self.tainted
            and self._good_seal(a, self.acts[cio], self.acts[ciso])
        }

    def _good_seal(self, seal: Raw, cio: Raw, ciso: Raw) -> bool:
        if seal.person not in (cio.person, ciso.person):
            return False
        mine, theirs = (cio, ciso) if seal.person == cio.person else (ciso, cio)
        file, record_file = seal.body["record"], self.record_files(str(seal.body["record"]["sha256"]))
        assert record_file is not None
        signed = [{theirs.signer, mine.signer}, {theirs.signer, seal.signer}]
        described = (file["media_type"], file["size"]) == ("application/pdf", record_file.size)
        pages = record_file.base == seal.body["base"] == theirs.body["base"]
        return described and pages and len(record_file.keys) == 2 and set(record_file.keys) in signed

    def record(self) -> set[str]:
        """The files sealed as the record of what is in force: none, the record, or some that contradict."""
        decided = self.in_force()
        if decided is None:
            return set()
        found: set[str] = set()
        for pair in decided.pairs:
            found |= self.seals(pair.cio, pair.ciso)
        first = {name for name in found if not found & self.past(name)}
        return {str(self.acts[name].body["record"]["sha256"]) for name in first}
