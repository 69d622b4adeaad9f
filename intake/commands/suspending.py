"""Suspending a use case, lifting it, and disowning what a stolen key suspended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.saying import coded_refusal
from intake.domain.acts.kinds import DISOWN, LIFT, SUSPEND
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from intake.services.deciding.suspending import StopGiven


def suspend(given: CommandContext, case: CaseName, reason: Annotated[str, Flag("Why.")]) -> Reply:
    """Stop a use case at once, as an office. Only both offices lift it."""
    from intake.domain.case.naming import shown
    from intake.services.deciding import suspending as service

    name = given.case(case)
    state, office = service.require_suspending(given.installation, given.who(), name)
    if held := service.suspended_already(state, given.who(), reason):
        already = service.already_suspended(state, held)
        said = (already.what_happened, already.reason, already.next_step)
        before = service.led_to(given.installation, (held.act,), office, name)
        return Reply(
            said, {"act": held.act, "notice": None, "already": coded_refusal(already), **_document(name, before)}
        )
    given.say(words(service.leads_to(state, office)))
    done = service.suspend(given.installation, given.signer(SUSPEND), name, reason, seen=shown(state))
    return Reply(
        ("Suspended.",), {"act": done.acts[0], "notice": next(iter(done.notices), None), **_document(name, done)}
    )


def lift(
    given: CommandContext,
    case: CaseName,
    reason: Annotated[str, Flag("Why it may go on.")],
    suspension: Annotated[
        list[str] | None, Flag("The id of an act that suspends; all that wait for your office otherwise.")
    ] = None,
) -> Reply:
    """Lift what suspends a use case, as an office. It goes on when both offices have."""
    from intake.domain.case.naming import shown
    from intake.services.deciding import suspending as service

    name = given.case(case)
    state, office = service.require_lifting(given.installation, given.who(), name)
    waiting = service.to_lift(state, office)
    for item in waiting:
        given.say(f"{item.act}  {item.office.label}: {item.reason}")
    named = tuple(suspension or (item.act for item in waiting))
    given.say(words(service.leads_to(state, office, named)))
    done = service.lift(given.installation, given.signer(LIFT), name, reason, named, seen=shown(state))
    said = "Lifted by your office; it stays suspended." if done.open else "Lifted."
    return Reply((said,), {"acts": list(done.acts), "notices": list(done.notices), **_document(name, done)})


def disown(
    given: CommandContext,
    case: CaseName,
    reason: Annotated[str, Flag("Why it is not your office’s own.")],
    suspension: Annotated[
        list[str] | None, Flag("The id of an act that suspends; all that your office may disown otherwise.")
    ] = None,
) -> Reply:
    """Say that suspensions by a key that was cut off are not your office’s own. They end."""
    from intake.domain.case.may_end import to_disown
    from intake.domain.case.naming import shown
    from intake.services.deciding import disowning as service

    name = given.case(case)
    state, office = service.require_disowning(given.installation, given.who(), name)
    for item in to_disown(state, office):
        given.say(f"{item.act}  {item.office.label}: {item.reason}")
    given.say(words(service.leads_to(state, office)))
    named = tuple(suspension or ())
    done = service.disown(given.installation, given.signer(DISOWN), name, reason, named, seen=shown(state))
    said = "Disowned; it stays suspended." if done.open else "Disowned."
    return Reply((said,), {"acts": list(done.acts), **_document(name, done)})


def _document(case: str, done: StopGiven) -> dict[str, Any]:
    return {
        "case": case,
        "office": done.office.value,
        "suspended_by": [
            {"act": item.act, "office": item.office.value, "waits_for": [office.value for office in item.waits_for()]}
            for item in done.open
        ],
    }
