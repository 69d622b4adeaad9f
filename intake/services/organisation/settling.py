"""The version that settles rival rosters, and what the rivals say differently."""

from __future__ import annotations

from intake.domain.acts.checkpoint import Heads, read_heads
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.base.refusals import Refusal
from intake.domain.organisation import reconciling
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.reconciling import Difference
from intake.domain.organisation.roster import Roster
from intake.services.installation.act_files import listing_of
from intake.services.installation.installation import Installation


def settlement(installation: Installation) -> tuple[Roster, tuple[Difference, ...]]:
    """The version that names the rosters in force, and where they differ. At least one must be in force."""
    rivals = installation.rosters.in_force
    made = reconciling.settling(rivals, _reach(installation))
    return made, reconciling.differences(rivals, made)


def told(item: Difference, rosters: RosterHistory) -> str:
    """A difference on one line."""
    others = ", ".join(name[:16] for name in item.others)
    if item.kept == item.person:
        return f"{rosters.name(item.person)} keeps the key {item.what[:16]}, which is also listed for {others}"
    return f"{rosters.name(item.person)}, {item.what[:16]}: ended at {item.kept[:16]}, not at {others}"


def _reach(installation: Installation) -> reconciling.Reach:
    """Asked for what the rivals end differently alone: it reads every act of the cases that a checkpoint lists."""
    queries = installation.register.queries
    checkpoints = {act.id: act for act in queries.organisation_acts(CHECKPOINT.name)}

    def heads(name: str) -> Heads | None:
        listed = listing_of(checkpoints[name]) if name in checkpoints else ()
        data = queries.blob(listed[0]) if listed else None
        try:
            return read_heads(data) if data is not None else None
        except Refusal:
            return None

    return reconciling.reach_by(heads, queries.acts)
