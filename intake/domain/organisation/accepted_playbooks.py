"""Which playbooks an organisation accepts by its rosters, since when, and which engine judges by each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.organisation.history import RosterHistory

if TYPE_CHECKING:
    from intake.domain.playbook.whole import Playbook


def entry(playbook: Playbook, engine: int) -> AcceptedPlaybook:
    """What a roster says that accepts ``playbook``, to be judged with ``engine``."""
    return AcceptedPlaybook(playbook.digest, len(playbook.blob), engine)


def accepted(history: RosterHistory) -> Mapping[str, int]:
    """The digest of every playbook that each roster in force accepts, with the version that took it up."""
    since: dict[str, int] = {}
    for listed in sorted(history.chain.values(), key=lambda item: (item.roster.version, item.id)):
        before = {
            item.sha256
            for name in listed.roster.previous
            if name in history.chain
            for item in history.chain[name].roster.playbooks
        }
        since.update(
            (item.sha256, listed.roster.version) for item in listed.roster.playbooks if item.sha256 not in before
        )
    in_every = [frozenset(item.sha256 for item in listed.roster.playbooks) for listed in history.in_force]
    return {digest: since[digest] for digest in sorted(frozenset.intersection(*in_every))} if in_every else {}


def engine_for(history: RosterHistory, playbook: str, roster: str = "") -> int:
    """The number of the engine that judges by a playbook (its digest) what was filed under ``roster`` (an act id).

    Where that roster does not list the playbook, the rosters in force tell; 0 when they do not accept it either, or do
    not agree. A playbook keeps its engine in every version that follows, so nothing is ever judged twice differently.
    """
    named = history.chain.get(roster)
    found = named.roster.playbook(playbook) if named else None
    if found is not None:
        return found.engine
    listed = (item.roster.playbook(playbook) for item in history.in_force)
    engines = {item.engine if item else 0 for item in listed}
    return engines.pop() if len(engines) == 1 else 0
