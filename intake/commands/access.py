"""Who can read a use case, giving access, and opening what was handed to you."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.roster import changed
from intake.commands.saying import coded_each
from intake.domain.acts.kinds import ACCESS
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.organisation.exchange_rule import Reading

if TYPE_CHECKING:
    from intake.services.confidential.readers import ReaderTold


class NoReaderKey(Refusal):
    what = "Your key file holds no key that decrypts."
    why = "What is handed to you is encrypted for such a key."
    next = "Bring the key file again with: countersign use-key. It gets one. Then enrol with it once more."


def access(given: CommandContext, case: CaseName) -> Reply:
    """Say who can read a use case, why, and who gave them the key."""
    from intake.services.confidential import readers as service

    name = given.case(case)
    found = service.readers_of(given.installation, name)
    rows = [f"{item.name:28} {words(item.why):44} {words(item.state)}" for item in found.readers]
    return Reply(
        (words(found.exchange), *rows, *map(words, found.notes)),
        {
            "case": name,
            "reading": found.reading.value,
            "readers": [_document(item) for item in found.readers],
            "notes": coded_each(found.notes),
        },
    )


def grant(
    given: CommandContext,
    case: CaseName,
    to: Annotated[str, Flag("Whom to give access (a person id): somebody who may read it and cannot yet.")],
) -> Reply:
    """Give everybody access to a use case who may read it and has no key, among them the one you name.

    It happens by itself whenever somebody who reads it signs anything in it; this does it now.
    """
    from intake.services.confidential import readers as service

    name = given.case(case)
    service.require_granting(given.installation, given.who(), name, to)
    count = service.give(given.installation, given.signer(ACCESS), name)
    said = f"Access given to {count} {'key' if count == 1 else 'keys'}; it goes out with the next exchange."
    return Reply((said if count else "Everybody who may read it has the key.",), {"case": name, "keys": count})


def open_(given: CommandContext) -> Reply:
    """Open the keys that others gave you, and import what can be read with them now."""
    from intake.services.exchanging.releasing import open_and_take

    signer = given.signer()
    if signer.reader is None:
        raise NoReaderKey
    keys, report = open_and_take(given.installation, signer.reader)
    first = f"{keys.keys} keys opened." if keys.keys != 1 else "1 key opened."
    damaged = "Some were changed or damaged on their way; they were left as they are." if keys.damaged else ""
    return Reply(
        tuple(filter(None, (first, damaged, *report.summary))),
        {"keys": keys.keys, "damaged": keys.damaged, "new": report.new, "cases": sorted(report.cases)},
    )


def exchange(
    given: CommandContext,
    to: Annotated[Reading | None, Flag("Write the next version that says so.")] = None,
) -> Reply:
    """Show who can read what travels, or write the next version that says otherwise."""
    from intake.services.organisation import exchange_choice as service
    from intake.services.organisation import people

    now = service.in_force(given.installation)
    if to is None:
        said = (
            "Only those who need it can read what travels."
            if now is Reading.CONFIDENTIAL
            else "Everybody who has the folder or file can read what travels."
        )
        return Reply((said,), {"reading": now.value, "change": None})
    people.require_publishable(given.installation, service.to_choose(given.installation, given.who(), to))
    reply = changed(service.choose(given.installation, given.signer(), to))
    return Reply(reply.lines, {"reading": to.value, "change": reply.data})


def _document(item: ReaderTold) -> dict[str, Any]:
    return {
        "person": item.person,
        "name": item.name,
        "grounds": [ground.value for ground in item.grounds],
        "has_key": item.has_key,
        "given_by": item.given_by or None,
    }
