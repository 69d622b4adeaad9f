"""Accepting what both offices decided, and answering a point of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.domain.acts.kinds import ACCEPT, ANSWER
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from intake.domain.case.acceptance import OwnerAnswer, TighteningPrice
    from intake.domain.case.fold import CaseState
    from intake.services.deciding.accepting import AcceptanceGiven, DecidedPoint


def accept(given: CommandContext, case: CaseName) -> Reply:
    """Accept what both offices decided, as the owner, where it differs from what was asked for."""
    from intake.domain.case.naming import shown
    from intake.services.deciding import accepting as service

    name = given.case(case)
    state = service.require_accepting(given.installation, given.who(), name)
    for line in point_lines(service.decided_points(state)):
        given.say(line)
    given.say(words(service.leads_to_acceptance(state)))
    done = service.accept(given.installation, given.signer(ACCEPT), name, seen=shown(state))
    said = "Accepted." if done.phase == "decided" else "Signed; it is not in force."
    return Reply((said,), _done(name, done))


def answer(
    given: CommandContext,
    case: CaseName,
    point: Annotated[str, Argument("The boundary field or condition: its name, or its number in what show tells.")],
    text: Annotated[str, Flag("What it costs.")],
) -> Reply:
    """Say what a boundary or a condition of a decision costs, for the owner’s side, instead of accepting it."""
    from intake.domain.case.naming import shown
    from intake.services.deciding import accepting as service

    name = given.case(case)
    state = service.require_answering(given.installation, given.who(), name)
    found = service.point_named(state, point)
    for line in point_lines((found,)):
        given.say(line)
    given.say(words(service.leads_to_answer(state, given.installation.clock().date())))
    done = service.answer(given.installation, given.signer(ANSWER), name, found.about, text, seen=shown(state))
    return Reply(("Answered. It is the turn of both offices.",), {**_done(name, done), "about": found.about})


def _done(case: str, done: AcceptanceGiven) -> dict[str, Any]:
    return {"case": case, "act": done.act, "phase": done.phase.value, "turn": list(done.turn)}


def point_lines(points: tuple[DecidedPoint, ...]) -> list[str]:
    """Where a decision differs from what was asked for, a line each."""
    return [
        f"  {item.number} {item.difference.label} ({item.about}): "
        f"{item.difference.left or '-'} asked, {item.difference.right or '-'} decided"
        for item in points
    ]


def acceptance_lines(state: CaseState, points: tuple[DecidedPoint, ...]) -> list[str]:
    """What waits for the owner, what the owner’s side answered, and what tightenings cost; nothing where there is none."""
    lines: list[str] = []
    found = state.acceptance
    if found is not None and found.awaits:
        lines.append(f"Awaits the owner’s acceptance since {found.since}; it differs from what was asked for:")
        lines += point_lines(points)
    if found is not None:
        lines += [f"  answered by {item.person}: {item.about}: {item.text}" for item in found.answers]
    for price in state.prices:
        days = "not accepted yet" if price.days is None else f"accepted after {price.days} days"
        where = ", ".join(item.about for item in price.points)
        lines.append(f"Tightened by the {price.office.label}: {where}; {days}. {price.reason}".rstrip())
    return lines


def acceptance_document(state: CaseState, points: tuple[DecidedPoint, ...]) -> dict[str, Any] | None:
    """The acceptance of the decision on the newest revision; None where there is no decision."""
    found = state.acceptance
    if found is None:
        return None
    return {
        "awaits": found.awaits,
        "by": found.by or None,
        "since": found.since.isoformat(),
        "until": found.until.isoformat() if found.awaits else None,
        "points": [
            {
                "number": item.number,
                "about": item.about,
                "label": item.difference.label,
                "asked": item.difference.left,
                "decided": item.difference.right,
                "tighter": item.difference.tighter == "right",
            }
            for item in points
        ],
        "answers": [_answer(item) for item in found.answers],
    }


def price_document(price: TighteningPrice) -> dict[str, Any]:
    """What a tightening cost."""
    return {
        "revision": price.revision,
        "terms": price.terms,
        "office": price.office.value,
        "reason": price.reason,
        "points": [item.about for item in price.points],
        "answers": [_answer(item) for item in price.answers],
        "since": price.since.isoformat(),
        "accepted": price.accepted.isoformat() if price.accepted else None,
        "days": price.days,
    }


def _answer(item: OwnerAnswer) -> dict[str, Any]:
    return {"act": item.act, "person": item.person, "day": item.day.isoformat(), "about": item.about, "text": item.text}
