"""How roster versions follow each other, and what right an act has under them.

The rules are those TUF gives its root role, with two additions for organisations that work apart:

1. Version 1 is the organisation: its act id is the organisation's id. It counts when every administrator it lists has
   endorsed it, and it lists at least two.
2. Version N+1 counts when a majority of the administrators of N and a majority of those of N+1 endorsed it, it follows
   exactly the version in force, it takes nobody and no certificate out (but for a key that rivals list twice), and each
   checkpoint at which it ends or cuts off something is here. People who gain an office by it are counted among the
   administrators and endorse nothing; people who are trusted endorse each new key of theirs; nobody gets two new keys to
   sign with at once (``following``).
3. Of two versions N+1 that both count the one that the records team of N had seen first is in force, and the other is
   **late** (``rivals``). While no checkpoint tells, they are **rivals**: a right must then hold in both, and
   nothing new can be approved until an N+2 names both and is endorsed by majorities of N+2 and of each rival, or a
   checkpoint tells.
4. A right is judged by the roster the act names, within the horizon (``Period.end``) and the cut-offs of the newest, and
   the last days (``Period.until``) of every version from the one it names to the newest. Last days are compared with the
   act's own: nothing here has a clock.

Everything is a function of the set of acts, and of which listings of checkpoints and files of people are here
(``chain`` makes it); the order in which they arrived does not matter. A version whose people are not here is
**unread**, as if its act were not here either; and the people of a version that no administrator
signed are not read at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from intake.domain.acts.envelope import Act
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.organisation.following import Agreement, Listed
from intake.domain.organisation.rights import (
    ANYWHERE,
    OUTLIVED,
    Covered,
    Right,
    SignedAct,
    Strength,
    cut,
    last_day,
    lasting,
    under_named,
    under_newest,
    weakest,
)
from intake.domain.organisation.rivals import Keys, Late, Uncovered
from intake.domain.organisation.roster import GrantKey, People, Person, Role, Roster
from intake.domain.organisation.versions import Unread

_NOT_IN_CHAIN = Wording("RosterNotInChain", "the roster it names is not here or does not count")
_NO_CHECKPOINT = Wording(
    "RosterLacksCheckpoint", "a checkpoint at which the roster it names ends something is not here"
)
_NO_PEOPLE = Wording("RosterLacksPeople", "the people of the roster it names are not here")
_TOO_LATE = Wording("RosterTooLate", "the roster it names came too late")
_FOREIGN = Wording("OfAnotherOrganisation", "it belongs to another organisation")


@dataclass(frozen=True, slots=True)
class Pending:
    """A version that does not count yet, and whose endorsement it still needs (``missing`` lists whose could help).

    ``waits_for``: the checkpoint it names that is not here, when it lacks nothing else.
    """

    listed: Listed
    agreement: Agreement
    problem: Reason | None
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class RosterHistory:
    """``chain`` holds every version that counts, ``in_force`` the newest: one, or the rivals.

    ``late`` are versions that another at the same place precedes, ``uncovered`` those of the chain that no
    checkpoint protects from such a rival. ``settlers`` may tell between rivals by a checkpoint. ``refused`` and
    ``unread`` are by the id of the act.
    """

    org: str
    chain: Mapping[str, Listed] = field(default_factory=dict)
    in_force: tuple[Listed, ...] = ()
    pending: tuple[Pending, ...] = ()
    refused: tuple[tuple[str, Reason], ...] = ()
    late: Mapping[str, Late] = field(default_factory=dict)
    uncovered: tuple[Uncovered, ...] = ()
    settlers: Keys = frozenset()
    unread: Mapping[str, Unread] = field(default_factory=dict)

    @property
    def founded(self) -> bool:
        return bool(self.in_force)

    @property
    def rivals(self) -> bool:
        return len(self.in_force) > 1

    @property
    def awaited(self) -> tuple[Unread, ...]:
        """The versions that could be in force instead, or beside, and of which nobody here knows whose rights they end."""
        found = (item for item in self.unread.values() if item.may_count)
        return tuple(sorted(found, key=lambda item: (item.document.version, item.waits_for)))

    @property
    def newest(self) -> Roster | None:
        """The roster in force; of rivals the first by act id, for display only."""
        return self.in_force[0].roster if self.in_force else None

    def everybody(self) -> Iterable[Person]:
        """Every entry of a person in any version of the chain; one that several versions share, once."""
        return {id(person): person for listed in self.chain.values() for person in listed.roster.people}.values()

    def person(self, person_id: str) -> Person | None:
        """The newest entry of a person, for display."""
        return next((found for listed in self.in_force if (found := listed.roster.person(person_id))), None)

    @property
    def called(self) -> Mapping[str, str]:
        """What each listed person is called where only a name is shown (``People.called``); between rivals, of both together."""
        if len(self.in_force) == 1:
            return self.in_force[0].roster.people.called
        every = {person.id: person for listed in self.in_force[::-1] for person in listed.roster.people}
        return People(every.values()).called

    def name(self, person_id: str) -> str:
        """What a person is called: the name, with the id beside it where somebody else could be meant."""
        return self.called.get(person_id, person_id)

    def name_alone(self, person_id: str) -> str:
        """The name as it is listed, for where the key or the id stands beside it anyway."""
        found = self.person(person_id)
        return found.name if found else person_id

    def awaited_for(self, key: str) -> tuple[str, ...]:
        """The names of those who still endorse a version that lists this key; none where no version waits that does."""
        listing = (item for item in self.pending if item.listed.roster.person_of_certificate(key))
        found = next(listing, None)
        return tuple(sorted(map(self.name, found.agreement.missing))) if found else ()

    def holds(self, person_id: str, role: Role, *, unit: str = "", case: str = "") -> bool:
        """Whether the person holds the role now, in every roster in force."""
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and any(grant.role is role and grant.period.open and grant.covers(unit, case) for grant in found.grants)
            for listed in self.in_force
        )

    def holders(self, role: Role, *, unit: str = "", case: str = "") -> tuple[str, ...]:
        """Everybody (id) who holds the role now for this unit and this case, in every roster in force."""
        listed = self.newest.holders(role) if self.newest else ()
        return tuple(item.id for item in listed if self.holds(item.id, role, unit=unit, case=case))

    def succeeds(self, person_id: str, case: str) -> bool:
        """Whether the person was made the owner of this very case, now and in every roster in force.

        A unit's owners do not own each other's cases, so no wider grant does.
        """
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and any(grant.role is Role.OWNER and grant.period.open and grant.scope == case for grant in found.grants)
            for listed in self.in_force
        )

    def listed(self, person_id: str, certificate: str) -> bool:
        """Whether the person may sign anything with this certificate now."""
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and (item := found.certificate(certificate)) is not None
            and item.period.open
            and item.signs
            for listed in self.in_force
        )

    def lasts(self, person_id: str, role: Role, day: date, *, unit: str = "", case: str = "") -> bool:
        """Whether ``day`` is not after the last day of a role the person holds, in every roster in force."""
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and any(
                grant.role is role and grant.period.open and grant.period.lasts(day) and grant.covers(unit, case)
                for grant in found.grants
            )
            for listed in self.in_force
        )

    def last_day(self, act: Act, role: Role, scopes: frozenset[str]) -> date | None:
        """The last day on which the author of ``act`` may act in a role with its key; None while there is none."""
        days = (last_day(listed.roster, act, role, scopes) for listed in self.in_force)
        return min((day for day in days if day), default=None)

    def settles(self, person_id: str, certificate: str) -> bool:
        """Whether a checkpoint of this key tells which version is in force, even where a rival has ended the key."""
        return any(
            (person_id, certificate) in keys for keys in (self.settlers, *(item.keys for item in self.uncovered))
        )

    def right(
        self, act: SignedAct, roles: frozenset[Role], covered: Covered, *, scopes: frozenset[str] = ANYWHERE
    ) -> Right:
        """What ``act`` may do as one of ``roles`` (empty: as anyone listed) granted for one of ``scopes``, by rule 4.

        ``covered`` answers for the checkpoints that rosters name as horizons and cut-offs.
        """
        if act.org != self.org:
            return Right(Strength.NONE, _FOREIGN())
        named = self.chain.get(act.roster)
        if named is None:
            # Withholding a roster must not silence an objection of somebody whose right nobody doubts (rule R2).
            now = [self._now(listed, act, roles, scopes, None, covered) for listed in self.in_force]
            sure = bool(now) and all(right.strength is Strength.FULL for right in now)
            why, waits_for = self._not_counted(act.roster)
            return Right(Strength.WAITS, why, waits_for, sure)
        found = under_named(named.roster, act, roles, scopes, covered)
        if isinstance(found, Right):
            return found
        # All must last: an act that names an old roster is bound by every last day set since, and lifting it restores nothing.
        left = lasting([named.roster, *self._above(named.roster)], act, found)
        spent = left is None or (bool(found) and not left)
        rights = [Right(Strength.OBJECTION, OUTLIVED())] if spent else []
        found = found if spent or left is None else left
        for listed in self.in_force:
            rival = listed.id != named.id and listed.roster.version == named.roster.version
            # A rival has no history in common with the roster the act names: there only role and scope can be compared.
            rights.append(self._now(listed, act, roles, scopes, None if rival else found, covered))
        return weakest(rights)

    def _above(self, roster: Roster) -> Iterable[Roster]:
        """Every later version of the chain."""
        return (item.roster for item in self.chain.values() if item.roster.version > roster.version)

    def _not_counted(self, roster: str) -> tuple[Reason, str]:
        """Why a version is not in the chain, and the act or file whose arrival may change it."""
        if roster in self.late:
            return _TOO_LATE(), roster
        if (unread := self.unread.get(roster)) and unread.waits_for:
            return _NO_PEOPLE(), unread.waits_for
        if waiting := next((item for item in self.pending if item.listed.id == roster and item.waits_for), None):
            return _NO_CHECKPOINT(), waiting.waits_for
        return _NOT_IN_CHAIN(), roster

    @staticmethod
    def _now(
        listed: Listed,
        act: SignedAct,
        roles: frozenset[Role],
        scopes: frozenset[str],
        keys: frozenset[GrantKey] | None,
        covered: Covered,
    ) -> Right:
        left = under_newest(listed.roster, act, roles, scopes, keys, covered)
        stopped = cut(listed.roster, act, covered)
        return weakest([left, stopped]) if stopped else left

    def cut_off(self, act: Act, covered: Covered) -> bool:
        """Whether the key of ``act`` was cut off below it, so that it counts for nothing at all."""
        cuts = (cut(listed.roster, act, covered) for listed in self.in_force)
        return any(found is not None and found.strength is Strength.NONE for found in cuts)

    def is_cut_off(self, certificate: str) -> bool:
        """Whether a roster in force has cut a key off (by its fingerprint), wherever the cut is.

        For what is signed outside cases: checkpoints list what was seen of cases, so nobody can tell what else came before.
        """
        return any(certificate in item.roster.cutoffs for item in self.in_force)

    def succeeded(self, earlier: Act, later: Act, role: Role, scopes: frozenset[str]) -> bool:
        """Whether the author of ``earlier`` had left the office by the roster ``later`` was written under.

        Judged by the rosters the acts name, so that ending or granting a role never changes what older acts replaced.
        """
        before, after = self.chain.get(earlier.roster), self.chain.get(later.roster)
        if before is None or after is None or after.roster.version < before.roster.version:
            return False
        person = after.roster.person(earlier.person)
        return person is not None and not any(
            grant.role is role and grant.scope in scopes and grant.period.open for grant in person.grants
        )
