"""Which roster versions count, a second time and as plainly as sets allow, to hold ``fold_rosters`` against.

Nothing is shared with the fold but the stream an act is in: bodies are read as raw JSON, listings as pairs. It knows
versions that keep everybody (what may be taken out has its own table of tests), and asks only: who endorsed, who covers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Raw: TypeAlias = Any
TRUSTED = ("administrator", "records", "cio", "ciso")


class RosterOracle:
    """``front`` are the ids in force, ``counted`` all that count, ``late`` those another stands before."""

    def __init__(
        self, org: str, acts: Iterable[Raw], listings: Mapping[str, Iterable[str]], blobs: Mapping[str, bytes]
    ) -> None:
        """``listings`` maps checkpoints to the heads of the organisation's streams that they list."""
        self.acts = {act.id: act for act in acts if not act.case}
        self.org = org
        self.listings = listings
        self.people = {
            name: json.loads(blobs[act.body["people"]["sha256"]])
            for name, act in self.acts.items()
            if act.kind == "roster" and (act.org or name) == org and act.body["people"]["sha256"] in blobs
        }
        self.rosters = set(self.people)
        self.checkpoints = {act.id for act in self.acts.values() if (act.kind, act.org) == ("checkpoint", org)}
        self.counted: set[str] = set()
        self.late: set[str] = set()
        self.uncovered: set[str] = set()
        self.front: set[str] = set()
        self.place: set[str] = set()
        self._climb()

    def _climb(self) -> None:
        if self.org not in self.rosters or not self.administrators(self.org) <= self.signed(self.org, self.org):
            return
        self.counted, self.front, self.place = {self.org}, {self.org}, {self.org}
        while following := {name for name in self.rosters if self.counts(name, set(self.acts))}:
            cover = {name: self.cover(name) for name in following}
            beaten = {one for one in following if any(cover[one] < cover[other] for other in following)}
            self.uncovered |= {name for name in following - beaten if not cover[name]}
            self.place, self.front = following, following - beaten
            self.late |= beaten
            self.counted |= self.front
        if len(self.front) > 1:
            self.uncovered -= self.front

    def body(self, name: str) -> Raw:
        return self.acts[name].body

    def administrators(self, name: str) -> set[str]:
        return {entry["id"] for entry in self.people[name] if _open(entry, "administrator")}

    def keys(self, name: str, role: str) -> set[tuple[str, str]]:
        return {
            (entry["id"], item["sha256"])
            for entry in self.people[name]
            for item in entry["certs"]
            if not item["end"] and _open(entry, role) and item["sha256"] not in self.body(name)["cutoffs"]
        }

    def signed(self, name: str, by: str, among: set[str] | None = None) -> set[str]:
        """Administrators of roster ``by`` who endorsed ``name`` in acts ``among`` these."""
        given = {
            (act.person, act.signer)
            for act in self.acts.values()
            if act.kind == "roster-endorse" and act.org == self.org and act.body["roster"] == name
            if among is None or act.id in among
        }
        listed = {
            (entry["id"], item["sha256"]) for entry in self.people[by] for item in entry["certs"] if not item["end"]
        }
        return {person for person, key in given & listed if person in self.administrators(by)}

    def counts(self, name: str, among: set[str]) -> bool:
        """Whether a version follows what is in force at the place reached, by the acts ``among`` these alone."""
        previous = set(self.body(name)["previous"])
        if not self.front <= previous or not previous <= self.place:
            return False
        if any(self.body(name)["version"] != self.body(old)["version"] + 1 for old in previous):
            return False
        if not self.ends(name) <= self.checkpoints.union(*(self.ends(old) for old in previous)):
            return False
        if any(len(self.added(entry, previous)) > 1 for entry in self.people[name]):
            return False
        gain = {entry["id"] for entry in self.people[name] if self.gains(entry, previous)}
        rosters = (*previous, name)
        consent = {by: self.signed(name, by, among) - gain for by in rosters}
        if any(2 * len(consent[by]) <= len(self.administrators(by)) for by in rosters):
            return False
        if self.acts[name].person in gain and any(self.administrators(by) - gain - consent[by] for by in rosters):
            return False
        return all(
            self.own_key(entry["id"], name, previous, among)
            or (
                not self.kept_key(entry["id"], name, previous)
                and not any(self.administrators(by) - gain - {entry["id"]} - consent[by] for by in previous)
            )
            for entry in self.people[name]
            if self.renewed(entry, previous)
        )

    def ends(self, name: str) -> set[str]:
        """Every checkpoint at which a version ends or cuts off something."""
        entries = [item for entry in self.people[name] for item in (*entry["certs"], *entry["roles"])]
        return {item["end"] for item in entries if item["end"]} | set(self.body(name)["cutoffs"].values())

    def gains(self, entry: Raw, previous: set[str]) -> bool:
        """Whether there is an open office in this entry that no version before it gives as wide and as long."""
        held = [item for old in previous for item in _offices(self.entry(old, entry["id"])) if not item["end"]]
        return any(
            not any(
                (item["role"], True, True)
                == (old["role"], old["scope"] in ("", item["scope"]), (item["until"] or "9") <= (old["until"] or "9"))
                for old in held
            )
            for item in _offices(entry)
            if not item["end"]
        )

    def added(self, entry: Raw, previous: set[str]) -> set[str]:
        """The keys to sign with in this entry that no version before lists in it."""
        known = {
            item["sha256"] for name in previous for item in (self.entry(name, entry["id"]) or {"certs": []})["certs"]
        }
        return {item["sha256"] for item in entry["certs"] if item["use"] == "sign"} - known

    def renewed(self, entry: Raw, previous: set[str]) -> bool:
        """Whether somebody who was ever trusted has a key here that no version before lists, or none for as long."""
        before = [old for name in previous if (old := self.entry(name, entry["id"]))]
        if not any(item["role"] in TRUSTED for old in before for item in old["roles"]):
            return False
        return any(
            item["use"] == "sign"
            and not any(
                old["sha256"] == item["sha256"] and (item["end"] or (item["until"] or "9") <= (old["until"] or "9"))
                for one in before
                for old in one["certs"]
            )
            for item in entry["certs"]
        )

    def own_key(self, person: str, name: str, previous: set[str], among: set[str]) -> bool:
        used = {
            act.signer
            for act in self.acts.values()
            if (act.kind, act.org, act.person) == ("roster-endorse", self.org, person)
            if act.body["roster"] == name and act.id in among
        }
        return all(self.signing(old, person) & used for old in previous if self.entry(old, person))

    def kept_key(self, person: str, name: str, previous: set[str]) -> bool:
        return any(self.signing(old, person) & self.signing(name, person) for old in previous)

    def entry(self, name: str, person: str) -> Raw:
        return next((entry for entry in self.people[name] if entry["id"] == person), None)

    def signing(self, name: str, person: str) -> set[str]:
        listed = (self.entry(name, person) or {"certs": []})["certs"]
        cut = self.body(name)["cutoffs"]
        return {item["sha256"] for item in listed if not item["end"] and item["use"] == "sign"} - set(cut)

    def cover(self, name: str) -> set[str]:
        """The checkpoints by records of everything in force before ``name`` that cover it."""
        keys = set.intersection(*(self.keys(old, "records") for old in self.front))
        found = set()
        for checkpoint, heads in self.listings.items():
            act = self.acts.get(checkpoint)
            if act is None or act.kind != "checkpoint" or act.org != self.org or (act.person, act.signer) not in keys:
                continue
            seen = self.below(heads)
            if name in seen and self.counts(name, seen):
                found.add(checkpoint)
        return found

    def below(self, heads: Iterable[str]) -> set[str]:
        found = set()
        for head in heads:
            at = self.acts.get(head)
            while at is not None:
                found.add(at.id)
                before = self.acts.get(at.prev)
                at = before if before is not None and before.stream_key == at.stream_key else None
        return found


def _offices(entry: Raw) -> list[Raw]:
    return [item for item in entry["roles"] if item["role"] in ("cio", "ciso")] if entry else []


def _open(entry: Raw, role: str) -> bool:
    return any(item["role"] == role and not item["end"] for item in entry["roles"])
