"""Records: saving and completing. Judging them is in ``verifying``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from intake.commands.context import CaseName, CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded_or_none
from intake.domain.acts.kinds import SEALED
from intake.files import write_whole


def record(
    given: CommandContext,
    case: CaseName,
    target: Annotated[Path, Argument("Where to write it.")],
    sha256: Annotated[str, Flag("Save the one with this SHA-256, where “show” names several sealed records.")] = "",
) -> Reply:
    """Save the decision record as a PDF; says so when it is not the sealed record."""
    from intake.services.deciding.records_at_hand import at_hand
    from intake.services.outside.pool import Pool
    from intake.services.proving.judge import by_register

    name = given.case(case)
    with Pool() as pool:
        found = at_hand(given.installation, name, by_register(pool), sha256.strip().lower())
    write_whole(target, found.data)
    lines = (f"{shown(target)}  {len(found.data)} bytes  {found.attachment.sha256}", found.words)
    return Reply(
        tuple(line for line in lines if line),
        {
            "case": name,
            "file": shown(target),
            "size": len(found.data),
            "sha256": found.attachment.sha256,
            "state": found.state.value,
            "said": coded_or_none(found.said),
            "rivals": list(found.rivals),
        },
    )


def complete(given: CommandContext, case: CaseName) -> Reply:
    """Add the signature that is still missing when both offices signed first."""
    from intake.domain.case import naming
    from intake.services.deciding import recording
    from intake.services.deciding.on_one_page import rows_said

    name = given.case(case)
    state = given.installation.state(name)
    made = recording.completed(state, given.who())
    if made is None:
        recording.require_completing(given.installation, given.who(), name)
        if decision := state.decision:
            given.say_rows(rows_said(given.installation, state, state.revision(decision.revision), decision.terms))
        made = recording.complete(given.installation, given.signer(SEALED), name, seen=naming.shown(state))
    return Reply((f"Sealed {made.sha256}",), {"case": name, "size": made.size, "sha256": made.sha256})
