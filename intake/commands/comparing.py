"""Comparing revisions of a use case, and choosing between those that compete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from intake.commands.context import CaseName, CommandContext
from intake.commands.filing import DraftName
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.domain.base.days import in_utc
from intake.domain.base.wording import said
from intake.domain.base.words import short

if TYPE_CHECKING:
    from intake.domain.guide.side_by_side import AnswersBeside
    from intake.services.filing.comparing import ComparedRevision, RevisionsCompared

Revisions = Annotated[
    list[str] | None, Flag("A revision, by number or by the beginning of its id; repeat.", value="REVISION")
]


def compare(given: CommandContext, case: CaseName, revision: Revisions = None) -> Reply:
    """Compare revisions of a use case, answer by answer.

    Without any named: those that compete, else the newest and the one before.
    """
    from intake.services.filing import comparing

    name = given.case(case)
    wanted = [comparing.named(given.installation, name, item) for item in revision or ()]
    found = comparing.compare(given.installation, name, wanted)
    return Reply(
        tuple(_lines(found)),
        {
            "case": found.case,
            "reference": found.reference,
            "title": found.title,
            "competing": found.competing,
            "revisions": [_side(side) for side in found.sides],
            "every": [_side(side) for side in found.every],
            "facts": [{"key": item.key, "said": [said(value) for value in item.said]} for item in found.facts],
            "differs": [_row(row) for row in found.rows],
            "same": [row.id for row in found.same],
        },
    )


def choose(
    given: CommandContext,
    draft: DraftName,
    revision: Annotated[str, Flag("The revision whose answers to take, by number or by the beginning of its id.")],
    question: Annotated[list[str] | None, Flag("The id of a question; repeat. All that differ otherwise.")] = None,
) -> Reply:
    """Choose answers of one of the competing revisions in the draft that takes the place of them; compare lists them."""
    from intake.services.filing import choosing, comparing
    from intake.services.filing import filing as service

    case = service.view(given.installation, draft).row.case
    if not case:
        raise choosing.NothingCompetes
    made = choosing.choose(
        given.installation, draft, comparing.named(given.installation, case, revision), question or ()
    )
    left = [item.id for item in made.view.guide.to_choose]
    return Reply(
        (f"Chosen: {len(made.after)}", f"Still to choose: {len(left)}", *(f"  {name}" for name in left)),
        {"draft": draft, "chosen": sorted(made.after), "left": left},
    )


def _lines(found: RevisionsCompared) -> Iterator[str]:
    yield f"{found.reference}  {found.title}"
    for side in found.sides:
        yield f"  {_called(side)}"
    if found.competing:
        yield "These revisions compete: the next one takes the place of all of them."
    yield f"Differ: {len(found.rows)}, same: {len(found.same)}"
    for item in found.facts:
        yield from _beside(said(item.label), [said(value) for value in item.said], found.sides)
    for row in found.rows:
        yield from _beside(f"{row.label} ({row.id})", row.said, found.sides)


def _beside(label: str, answers: Sequence[str], sides: Sequence[ComparedRevision]) -> Iterator[str]:
    yield label
    for side, answer in zip(sides, answers, strict=True):
        yield f"  {side.number} {short(side.id)}: {'; '.join(answer.splitlines()) or '(no answer)'}"


def _called(side: ComparedRevision) -> str:
    moment = in_utc(side.at)
    at = f"{moment:%Y-%m-%d %H:%M} UTC" if moment else side.at.isoformat()
    newest = ", newest" if side.current else ""
    return f"revision {side.number} ({short(side.id)}), signed by {side.name} on {at}{newest}"


def _side(side: ComparedRevision) -> dict[str, object]:
    return {
        "id": side.id,
        "number": side.number,
        "person": side.person,
        "name": side.name,
        "at": side.at.isoformat(),
        "newest": side.current,
    }


def _row(row: AnswersBeside) -> dict[str, object]:
    return {
        "question": row.id,
        "label": row.label,
        "text": row.text,
        "answers": [
            {"said": words, "given": answer.as_json() if answer is not None else None}
            for words, answer in zip(row.said, row.given, strict=True)
        ],
    }
