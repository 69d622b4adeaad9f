"""Which playbooks an organisation accepts, by its rosters, and since when."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.roster_history import RosterHistory


def accepted(history: RosterHistory) -> Mapping[str, int]:
    """The digest of every playbook that each roster in force accepts, with the version that took it up (the last time).

    Empty when the rosters name none: such an organisation relies on the playbook that the program brings.
    """
    since: dict[str, int] = {}
    for listed in sorted(history.chain.values(), key=lambda item: (item.roster.version, item.id)):
        before = {
            digest
            for name in listed.roster.previous
            if name in history.chain
            for digest in history.chain[name].roster.playbooks
        }
        since.update((digest, listed.roster.version) for digest in listed.roster.playbooks if digest not in before)
    in_every = [frozenset(listed.roster.playbooks) for listed in history.in_force]
    return {digest: since[digest] for digest in sorted(frozenset.intersection(*in_every))} if in_every else {}
