"""What somebody agrees to who signs a roster version at the terminal: all of it is printed, and then they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.commands.context import CommandContext
from intake.commands.terminal import tell
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from intake.domain.organisation.roster import Roster


class VersionDeclined(Refusal):
    what = "Nothing was signed, because you said no."
    why = "A roster version says who may decide here and with which keys; who signs it vouches for all of it."
    next = "Call the people whose keys it lists, and sign when their words are the same and you agree with the rest."


def ask_agreement(given: CommandContext, document: Roster, *, yes: bool) -> None:
    """Print everything a version changes and the words of its keys, and ask. Raises RosterUntold or VersionDeclined."""
    lines, keys = version_lines(given, document)
    if yes:
        return
    tell("\n".join((*lines, *keys)))
    question = (
        "Did you compare these words with each person by voice, and do you agree to all of this?"
        if keys
        else "Do you agree to all of this?"
    )
    if not given.confirm(question):
        raise VersionDeclined


def version_lines(given: CommandContext, document: Roster) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a version changes, and each key to compare with its words. Raises RosterUntold."""
    from intake.domain.base.words import spoken
    from intake.services.organisation import telling

    told = telling.told(given.installation, document)
    lines = [f"Roster version {document.version}:"]
    for compared in told.compared:
        if len(told.compared) > 1:
            lines.append(f"  against the version {compared.against} by {compared.author}:")
        lines += [f"  {words(line)}" for line in compared.lines] or ["  It changes nothing."]
    lines += [f"Note: {words(line)}" for line in told.warnings]
    keys = [f"  {item.name} ({item.person}): {spoken(item.fingerprint)}" for item in told.keys]
    return tuple(lines), ("Keys to compare by voice, in words:", *keys) if keys else ()
