"""Puts the roster versions that were written in a row: which count, which are late, and which could count but are unread.

The rules are told in ``history``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ROSTER
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.organisation.following import (
    Endorsement,
    Given,
    Listed,
    agreement,
    closings,
    endorsements,
    endorsers,
    founds,
    majorities,
    not_endorsed,
    places,
    problem,
)
from intake.domain.organisation.history import Pending, RosterHistory
from intake.domain.organisation.people import PeopleOf
from intake.domain.organisation.rivals import Checkpoints, Keys, Late, Uncovered, recorders, settled
from intake.domain.organisation.roster import Roster
from intake.domain.organisation.versions import Unread, Versions, Written

_STRANGERS = Wording("RosterOfStrangers", "no administrator wrote or endorsed it")
_NO_PEOPLE = Wording("PeopleNotHere", "its people are not here")
_NO_CHECKPOINT = Wording("EndsAtAbsentCheckpoint", "no checkpoint {checkpoint} is here, at which it ends something")


def fold_rosters(org: str, acts: Iterable[Act], heads: Mapping[str, Heads], people: PeopleOf) -> RosterHistory:
    """The history that the acts of an organisation make, for the one whose version 1 is ``org``.

    ``acts`` are rosters, endorsements and checkpoints, with everything between them in the streams of those who
    endorsed: a checkpoint covers what its heads lead back to. ``heads`` maps checkpoints to what they list, where that
    is here; others cover nothing. ``people`` reads the file that a version names.
    """
    every = {act.id: act for act in acts}.values()
    written: dict[str, Written] = {}
    refused: dict[str, Reason] = {}
    for act in sorted(every, key=lambda item: item.id):
        if act.kind != ROSTER.name or (act.org or act.id) != org:
            continue
        try:
            written[act.id] = Written(act, ROSTER.read(act))
        except Refusal as refusal:
            refused[act.id] = refusal.given
    versions = Versions(written, people, refused)
    return _Chain(org, versions, endorsements(org, every), Checkpoints(org, every, heads)).history()


class _Chain:
    """Goes up from version 1, at each place from what is in force there."""

    def __init__(self, org: str, versions: Versions, given: Mapping[str, Given], checkpoints: Checkpoints) -> None:
        self._org = org
        self._versions = versions
        self._given = given
        self._checkpoints = checkpoints
        self._counted: dict[str, Listed] = {}
        self._late: dict[str, Late] = {}
        self._uncovered: list[Uncovered] = []
        self._place: dict[str, Listed] = {}
        """All versions that count at the place reached, late ones too."""
        self._front: frozenset[str] = frozenset()
        """Those of them that are in force."""
        self._keys: Keys = frozenset()
        """Whose checkpoints tell which of them is in force."""
        self._awaited: set[str] = set()
        """Versions whose people are not here, and which may count at a place gone by or at the next."""

    def history(self) -> RosterHistory:
        first = self._versions.listed(self._org)
        if first is not None and founds(first.roster, self._of(first.id)):
            self._reach({first.id: first}, {first.id: frozenset()})
            while following := self._following():
                self._climb(following)
        frontier = tuple(self._place[name] for name in sorted(self._front))
        rivals = len(frontier) > 1
        self._weigh({}, self._recorders())
        pending, unread = self._left(frontier)
        return RosterHistory(
            self._org,
            self._counted,
            frontier,
            pending,
            tuple(sorted(self._versions.refused.items())),
            self._late,
            # What rivals need is said of them; that a checkpoint could cover one of them goes without saying.
            tuple(item for item in self._uncovered if not (rivals and item.listed.id in self._front)),
            self._keys if rivals else frozenset(),
            unread,
        )

    def _following(self) -> dict[str, Listed]:
        """The versions that follow what is in force at the place reached, by id."""
        found = {}
        for name, written in self._versions.written.items():
            # Asked first, because it needs no people: a version at another place is not read.
            if places(written.document, self._place, self._front) or not self._vouched(name):
                continue
            listed = self._versions.listed(name)
            if listed and not self._problem(listed)[0]:
                found[name] = listed
        return found

    def _left(self, frontier: tuple[Listed, ...]) -> tuple[tuple[Pending, ...], dict[str, Unread]]:
        """The versions that are not counted and not late: with their people, and without."""
        pending: list[Pending] = []
        unread: dict[str, Unread] = {}
        for name, written in self._versions.written.items():
            if name in self._counted or name in self._late:
                continue
            vouched = self._vouched(name)
            listed = self._versions.listed(name) if vouched else None
            document, author = written.document, written.act.person
            if listed:
                agreed = agreement(listed, frontier, self._of(name))
                pending.append(Pending(listed, agreed, *self._problem(listed)))
            elif not vouched:
                unread[name] = Unread(document, author, _STRANGERS())
            elif name not in self._versions.refused:
                endorsed = frozenset(item.person for item in self._of(name))
                file = document.people.sha256
                unread[name] = Unread(document, author, _NO_PEOPLE(), file, endorsed, name in self._awaited)
        return tuple(pending), unread

    def _vouched(self, name: str) -> bool:
        """Whether an administrator at the place reached wrote or endorsed it: others could make us read without end."""
        if name == self._org:
            return True
        act = self._versions.written[name].act
        signed = self._of(name) | {Endorsement(act.id, act.person, act.signer)}
        return any(endorsers(listed.roster, signed) for listed in self._place.values())

    def _unreadable(self) -> dict[str, tuple[Roster, ...]]:
        """The versions that would follow what is in force at the place reached, as far as can be told without their people.

        A majority has to have endorsed them: one person alone could otherwise stop every approval by a version whose
        people nobody has.
        """
        found: dict[str, tuple[Roster, ...]] = {}
        for name, written in self._versions.written.items():
            # Version 1 follows nothing: without its people there is no organisation here at all.
            misplaced = not self._place or places(written.document, self._place, self._front)
            if misplaced or not self._vouched(name):
                continue
            if self._versions.listed(name) is None and name not in self._versions.refused:
                before = tuple(self._place[older].roster for older in written.document.previous)
                if majorities(before, self._of(name)):
                    found[name] = before
        return found

    def _climb(self, following: dict[str, Listed]) -> None:
        self._keys = self._recorders()
        self._reach(following, self._weigh(following, self._keys))

    def _weigh(self, following: dict[str, Listed], keys: Keys) -> dict[str, frozenset[str]]:
        """The checkpoints that cover each of ``following``; and which unreadable ones could rival them."""
        unreadable = self._unreadable()
        alone = len(following) + len(unreadable) == 1
        covering = {}
        for name, counts in {
            **{name: partial(self._counts, listed) for name, listed in following.items()},
            **{name: partial(majorities, before) for name, before in unreadable.items()},
        }.items():
            found = self._checkpoints.covering(name, self._of(name), keys, counts)
            # Whether one is enough is all that is asked of a version nobody disputes.
            covering[name] = frozenset(islice(found, 1) if alone else found)
        self._awaited |= unreadable.keys() - settled(covering).keys()
        return {name: covering[name] for name in following}

    def _recorders(self) -> Keys:
        return recorders(self._counted[name].roster for name in self._front)

    def _reach(self, place: dict[str, Listed], covering: Mapping[str, frozenset[str]]) -> None:
        late = settled(covering)
        for name, behind in late.items():
            self._late[name] = Late(place[name], behind, min(covering[behind] - covering[name]))
        self._place, self._front = place, frozenset(place.keys() - late.keys())
        for name in sorted(self._front):
            self._counted[name] = place[name]
            if place[name].roster.previous and not covering[name]:
                self._uncovered.append(Uncovered(place[name], self._keys))

    def _problem(self, listed: Listed) -> tuple[Reason | None, str]:
        """Why a version does not follow what is in force at the place reached, and the checkpoint it waits for.

        That is one at which it ends something and that is not here, when it lacks nothing else: nobody could tell what
        is left of the right of those it ends. An act of another kind is as good as none: whether it is known here must
        not decide anything.
        """
        if found := problem(listed, self._place, self._front, self._of(listed.id)):
            return found, ""
        named = (self._place[name].roster for name in listed.roster.previous)
        absent = [name for name in closings(listed.roster, named) if not self._checkpoints.here(name)]
        awaited = min(absent, default="")
        return (_NO_CHECKPOINT(checkpoint=awaited[:16]) if awaited else None), awaited

    def _counts(self, listed: Listed, given: Given) -> bool:
        """Whether these endorsements alone are enough for a version that follows."""
        return not not_endorsed(listed, tuple(self._place[name] for name in listed.roster.previous), given)

    def _of(self, name: str) -> Given:
        return self._given.get(name, frozenset())
