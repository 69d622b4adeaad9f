"""Retiring a use, acknowledging that, and giving a use case to somebody else."""

from __future__ import annotations

from typing import Annotated

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.domain.acts.kinds import ACKNOWLEDGED, HAND_OVER, RETIRE, TAKE_OVER
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words


class NothingLeftCalled(Refusal):
    what = "A use leaves nothing behind that is called “{name}”."
    why = "What becomes of its data, access, model and contract is said one by one."
    next = "Name one of: data, access, model, contract."


class SaidTwice(Refusal):
    what = "It is said what becomes of the {name}, and that there is nothing to do."
    why = "Only one of the two can be true."
    next = "Leave one of them out."


def retire(
    given: CommandContext,
    case: CaseName,
    reason: Annotated[str, Flag("Why the use ends.")],
    data: Annotated[str, Flag("What becomes of its data.")] = "",
    access: Annotated[str, Flag("What becomes of who and what had access.")] = "",
    model: Annotated[str, Flag("What becomes of its model.")] = "",
    contract: Annotated[str, Flag("What becomes of its contract.")] = "",
    nothing_to_do: Annotated[
        list[str] | None, Flag("Of which of data, access, model and contract there is nothing to do; more than once.")
    ] = None,
) -> Reply:
    """End a use, and say what becomes of what it leaves behind."""
    from intake.domain.case.naming import shown
    from intake.services.filing import retiring as service

    name = given.case(case)
    state = service.require_retiring(given.installation, given.who(), name)
    left = _left({"data": data, "access": access, "model": model, "contract": contract}, nothing_to_do or [])
    body = service.retirement(reason, left)
    for what, becomes in service.left_lines(body):
        given.say(f"{words(what)}: {becomes if isinstance(becomes, str) else words(becomes)}")
    given.say(words(service.leads_to()))
    done = service.retire(given.installation, given.signer(RETIRE), name, reason, left, seen=shown(state))
    return Reply(("Retired.",), {"case": name, "act": done.act, "notice": done.notice or None})


def _left(given: dict[str, str], nothing: list[str]) -> dict[str, str]:
    for name in nothing:
        if name not in given:
            raise NothingLeftCalled(name=name)
        if given[name]:
            raise SaidTwice(name=name)
    return {name: text for name, text in given.items() if text or name in nothing}


def acknowledge(given: CommandContext, case: CaseName) -> Reply:
    """Say for your office that you have read what becomes of a retired use."""
    from intake.services.filing import retiring as service

    name = given.case(case)
    state = service.require_acknowledging(given.installation, given.who(), name)
    body = service.retired(state)
    assert body is not None  # else there is something against acknowledging it
    given.say(body.reason)
    for what, becomes in service.left_lines(body):
        given.say(f"{words(what)}: {becomes if isinstance(becomes, str) else words(becomes)}")
    act = service.acknowledge(given.installation, given.signer(ACKNOWLEDGED), name)
    return Reply(("Acknowledged.",), {"case": name, "act": act})


def hand_over(
    given: CommandContext,
    case: CaseName,
    to: Annotated[str, Flag("Who is to answer for it (a person id); yourself takes back what you handed over.")],
    reason: Annotated[str, Flag("Why.")],
) -> Reply:
    """Give a use case to somebody else, who has to take it over."""
    from intake.domain.case.naming import shown
    from intake.services.filing import handing as service

    name = given.case(case)
    state, by = service.require_handing(given.installation, given.who(), name)
    service.require_successor(given.installation, state, given.who(), by, to)
    given.say(words(service.leads_to(given.installation, state, given.who(), by, to)))
    done = service.hand_over(given.installation, given.signer(HAND_OVER), name, to, reason, seen=shown(state))
    said = "Handed over; it is theirs to take over." if done.ready else "Signed; nobody can take it over yet."
    document = {
        "case": name,
        "act": done.act,
        "by": done.by.value,
        "successor": to,
        "ready": done.ready,
        "notice": done.notice or None,
    }
    return Reply((said,), document)


def take_over(given: CommandContext, case: CaseName) -> Reply:
    """Accept a use case that was handed over to you."""
    from intake.domain.case.naming import shown
    from intake.services.filing import handing as service

    name = given.case(case)
    state, waiting = service.require_taking(given.installation, given.who(), name)
    given.say(waiting.reason)
    given.say(words(service.taking_leads_to(given.installation, state, given.who())))
    act = service.take_over(given.installation, given.signer(TAKE_OVER), name, seen=shown(state))
    return Reply(("It is yours now.",), {"case": name, "act": act, "hand_overs": list(waiting.acts)})
