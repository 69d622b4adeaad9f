"""Joining an organisation at a terminal: inviting somebody, and accepting an organisation by its words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.terminal import tell
from intake.commands.verifying import organisation
from intake.domain.base.refusals import Refusal


class NotCompared(Refusal):
    what = "The organisation was not accepted, because its words were not confirmed."
    why = "Anybody can make an organisation that looks like yours; only its words cannot be copied."
    next = "Read the words to a colleague by voice, and accept it when they are the same."


class NoFirstRoster(Refusal):
    what = "{name} does not bring the first roster of an organisation."
    why = "The id of an organisation is the digest of that roster."
    next = "Ask an administrator to export everything, or type the organisation’s id."


class SeveralFirstRosters(Refusal):
    what = "{name} brings the first rosters of {count} organisations: {ids}."
    why = "Only one of them can be yours."
    next = "Accept yours by its id."


def accept(
    given: CommandContext,
    organisation_or_package: Annotated[
        str,
        Argument(
            "The organisation’s id, or a package that brings its roster.", value="ORGANISATION", in_file_names=True
        ),
    ],
    yes: Annotated[bool, Flag("The words were compared already; do not ask.")] = False,
) -> Reply:
    """Make this the register of an organisation, after comparing its words by voice."""
    from intake.domain.base.words import spoken
    from intake.services.exchanging import exchanging, inviting

    path = Path(organisation_or_package)
    invitation = inviting.read_invitation(given.installation, path) if path.is_file() else None
    org = invitation.org if invitation else _named(organisation_or_package)
    words = spoken(org)
    if given.installation.register.org != org and not yes:
        # Nothing that the invitation says stands beside the words while they are compared.
        tell(f"The organisation in words: {words}")
        if not given.confirm("Are these the words a colleague reads to you?"):
            raise NotCompared
    exchanging.join(given.installation, org)
    lines = [f"This register belongs to: {words}"]
    data: dict[str, Any] = {"organisation": org, "words": words, "return_to": ""}
    if invitation:
        lines += [f"  {line}" for line in exchanging.import_package(given.installation, path).summary]
        lines.append(f"{invitation.inviter} invites you to: {invitation.organisation}")
        lines.append(f"The invitation says to send your enrolment (countersign enrol) to: {invitation.return_to}")
        data["return_to"] = invitation.return_to
    return Reply(tuple(lines), data)


def invite(
    given: CommandContext,
    target: Annotated[Path, Argument("Where to write the invitation, such as invitation.countersign.")],
    return_to: Annotated[
        str, Flag("Where the enrolment is to be sent, in one line, such as your mail address.", value="WHERE")
    ],
    replace: Annotated[bool, Flag("Write over an existing file.")] = False,
) -> Reply:
    """Write an invitation: the rosters of this organisation, and where to send the enrolment. It proves nothing by itself."""
    from intake.services.exchanging import inviting

    inviting.require_inviting(given.installation, given.who(), return_to)
    made = inviting.write_invitation(given.installation, given.signer(), target, return_to, replace=replace)
    return Reply(
        (
            f"Invitation written to {shown(target)}. Send it to whom you invite, and read these words to them by voice:",
            f"  {made.words}",
            "They read you the words of their key when you list them: countersign roster list-person.",
        ),
        {
            "file": shown(target),
            "organisation": made.org,
            "words": made.words,
            "return_to": made.return_to,
        },
    )


def _named(name: str) -> str:
    """The organisation meant by an id, or by a package that brings exactly one first roster."""
    from intake.services.exchanging.exchanging import founding_roster

    path = Path(name)
    if not path.is_file():
        return organisation(name)
    brought = founding_roster(path)
    if not brought:
        raise NoFirstRoster(name=shown(path))
    if len(brought) > 1:
        raise SeveralFirstRosters(name=shown(path), count=len(brought), ids=", ".join(brought))
    return brought[0]
