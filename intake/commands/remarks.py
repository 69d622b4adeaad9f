"""Remarks: leaving one, answering one, and saying that one is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.domain.acts.kinds import COMMENT, RESOLVED

if TYPE_CHECKING:
    from intake.services.deciding.remarks import CaseRemark, RemarkSaid


def comment(
    given: CommandContext,
    case: CaseName,
    text: Annotated[str, Argument("What to say.")],
    answers: Annotated[str, Flag("The remark it answers, by the first letters of its id, which opens it again.")] = "",
) -> Reply:
    """Leave a comment, or answer one."""
    from intake.services.deciding import deciding, remarks

    name = given.case(case)
    given.say_boxes([("Comment", text)])
    about = remarks.named(given.installation.folded(name), answers).remark if answers else ""
    act = deciding.comment(given.installation, given.signer(COMMENT), name, text, about=about).act
    return Reply(("Comment signed.",), {"case": name, "act": act.id})


def resolve(
    given: CommandContext,
    case: CaseName,
    remark: Annotated[str, Argument("The remark, by the first letters of its id, as “countersign show” prints it.")],
) -> Reply:
    """Say that a remark is resolved. Its author, the owner or an office does that; an answer opens it again."""
    from intake.services.deciding import remarks

    name = given.case(case)
    remarks.require_resolving(given.installation, given.who(), name, remark)
    state = given.installation.folded(name)
    seen = remarks.named(state, remark).acts
    for line in remark_lines(remarks.remarks_of(given.installation, state, given.who(), only=seen[0])):
        given.say(line)
    act = remarks.resolve(given.installation, given.signer(RESOLVED), name, remark, seen=seen).act
    return Reply(("Remark resolved.",), {"case": name, "act": act.id})


def remark_lines(found: Sequence[CaseRemark]) -> list[str]:
    """The remarks in words for a terminal, the open ones first."""
    lines = []
    for item in found:
        state = f"resolved by {item.resolved[0]} on {item.resolved[1]}" if item.resolved else "open"
        on = f" on {item.about}" if item.about else ""
        lines.append(f"remark {item.act[:8]} ({state}): {item.said.name}, {item.said.day}{on}: {_line(item.said)}")
        lines += [f"  answer {one.act[:8]}: {one.name}, {one.day}: {_line(one)}" for one in item.answers]
    return lines


def remark_document(item: CaseRemark) -> dict[str, Any]:
    """A remark with its answers, as JSON."""
    return {
        **_said(item.said),
        "about": item.about,
        "revision": item.number,
        "open": item.open,
        "resolved": {"by": item.resolved[0], "on": item.resolved[1].isoformat()} if item.resolved else None,
        "answers": [_said(one) for one in item.answers],
    }


def _said(one: RemarkSaid) -> dict[str, Any]:
    return {"act": one.act, "who": one.name, "person": one.person, "on": one.day.isoformat(), "text": one.text}


def _line(one: RemarkSaid) -> str:
    return " ".join(one.text.split())
