"""The paper that records are laid out for."""

from __future__ import annotations

from typing import Annotated

from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.roster import changed
from intake.domain.organisation.paper import Paper


def paper(
    given: CommandContext,
    to: Annotated[Paper | None, Flag("Write the next version with this paper, for what is filed under it.")] = None,
) -> Reply:
    """Show the paper that records are laid out for, or write the next version with another."""
    from intake.services.organisation import paper as service
    from intake.services.organisation import people

    now = service.in_force(given.installation)
    if to is None:
        return Reply((f"Records are laid out for {now.value}.",), {"paper": now.value, "change": None})
    people.require_publishable(given.installation, service.to_choose(given.installation, given.who(), to))
    given.say(f"Records of what is filed from then on are laid out for {to.value}.")
    reply = changed(service.choose(given.installation, given.signer(), to))
    return Reply(reply.lines, {"paper": to.value, "change": reply.data})
