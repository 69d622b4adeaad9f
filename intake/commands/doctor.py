"""The doctor: is this installation healthy, and what should be known when it is not?"""

from __future__ import annotations

from typing import Annotated

from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.saying import coded
from intake.domain.base.reasons import Reason


def doctor(
    given: CommandContext,
    thorough: Annotated[bool, Flag("Also verify every stored signature and fold all acts again.")] = False,
) -> Reply:
    """Look at this installation. Exit code 0 when all is well, 1 when something needs attention."""
    from intake.services.upkeep.diagnosing import diagnose

    found = diagnose(given.workspace, given.installation, thorough=thorough)
    width = max(len(label) for label, _ in found.facts)
    lines = [f"{label:{width}}  {value}" for label, value in found.facts]
    if found.findings:
        lines += ["", "What needs attention:"]
        for item in found.findings:
            lines += [f"  {item.sentence}", f"    {item.next_step}"]
    else:
        lines += ["", "All is well."]
    return Reply(
        tuple(lines),
        {
            "facts": [
                {"label": coded(label), "value": coded(value) if isinstance(value, Reason) else value}
                for label, value in found.known
            ],
            "findings": [
                {"code": item.code, "said": coded(item.said), "next": coded(item.step)} for item in found.findings
            ],
        },
        1 if found.findings else 0,
    )
