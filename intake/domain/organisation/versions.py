"""The roster versions that were written, each read with its people only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.roster import RosterBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.document import with_people
from intake.domain.organisation.following import Listed
from intake.domain.organisation.people import PeopleOf


@dataclass(frozen=True, slots=True)
class Written:
    act: Act
    document: RosterBody


@dataclass(frozen=True, slots=True)
class Unread:
    """A version of which nothing is known but what its act says. ``waits_for``: the SHA-256 of the file of its people.

    That is empty when the people are not asked for, because no administrator signed it. ``endorsed`` are the ids of all who
    endorsed it, and ``may_count`` whether it could be in force here once its people are: it follows what is in force, a
    majority of the administrators before it endorsed it, and no checkpoint says that it came too late.
    """

    document: RosterBody
    author: str
    problem: Reason
    waits_for: str = ""
    endorsed: frozenset[str] = frozenset()
    may_count: bool = False


class Versions:
    """The versions that were written, each read with its people when it is first asked for."""

    def __init__(self, written: Mapping[str, Written], people: PeopleOf, refused: dict[str, Reason]) -> None:
        self.written = written
        self.refused = refused
        self._people = people
        self._read: dict[str, Listed | None] = {}

    def listed(self, name: str) -> Listed | None:
        """None when its people are not here, or when they cannot be read (it is in ``refused`` then)."""
        if name not in self._read:
            self._read[name] = self._whole(name)
        return self._read[name]

    def _whole(self, name: str) -> Listed | None:
        found = self.written.get(name)
        if found is None:
            return None
        try:
            people = self._people(found.document.people)
            return (
                None
                if people is None
                else Listed(name, with_people(found.document, people), found.act.person, found.act.at.date())
            )
        except Refusal as refusal:
            self.refused[name] = refusal.given
            return None
