"""Drafts and filing, for scripts and for people without a screen."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context
from intake.domain.refusals import Refusal


class AnswersUnreadable(Refusal):
    what = "The file of answers cannot be read: {detail}."
    why = "It must be a JSON object of question ids and answers; null means “I don’t know”."
    next = "Compare it with: countersign questions."


def add_to(app: typer.Typer) -> None:
    app.command("questions")(questions)
    app.command("draft")(draft)
    app.command("drafts")(drafts)
    app.command("check")(check)
    app.command("file")(file)
    app.command("withdraw")(withdraw)


def questions(context: typer.Context) -> None:
    """Show every question of the playbook with the reason it is asked."""
    for section in context.obj.desk.shelf.current.all_sections:
        typer.echo(section.title)
        for question in section.questions:
            typer.echo(f"  {question.id} ({question.kind.value}): {question.text}")
            typer.echo(f"      Why: {question.why}")
            for option in question.options:
                typer.echo(f"      {option.id}: {option.label}")


def draft(
    context: typer.Context,
    answers: Annotated[Path, typer.Argument(help="JSON: question id to answer.", exists=True, dir_okay=False)],
    case: Annotated[str, typer.Option(help="File again for this use case.")] = "",
    attach: Annotated[list[str] | None, typer.Option(help="question=path of a file to attach; repeat.")] = None,
    into: Annotated[str, typer.Option(help="Go on with this draft instead of a new one.")] = "",
) -> None:
    """Start a draft from a file of answers, or add answers to one; each answer is kept as it is given."""
    from intake.domain.answers import Answer
    from intake.services import filing as service

    given: Context = context.obj
    desk = given.desk
    name = into or service.start(desk, given.who(), case=given.case(case) if case else "")
    for question, value in _read(answers).items():
        typed = tuple(value) if isinstance(value, list) else value
        service.put(desk, name, question, Answer(typed))  # type: ignore[arg-type]  # judged by the guide, not here
    for entry in attach or ():
        question, _, path = entry.partition("=")
        found = Path(path)
        media_type = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        service.attach(desk, name, question, found.name, media_type, found.read_bytes())
    typer.echo(name)


def drafts(context: typer.Context) -> None:
    """List the drafts."""
    for row in context.obj.desk.register.drafts.listed():
        typer.echo(f"{row.id}  {row.answered:3} answers  {row.title or 'Untitled'}")


def check(context: typer.Context, draft: str) -> None:
    """Show what a draft still needs, and what the playbook makes of it so far."""
    from intake.services import filing as service

    found = service.view(context.obj.desk, draft)
    typer.echo(f"Tier so far: {found.assessment.path.label} ({found.assessment.path.lane_label})")
    for fired in found.assessment.fired:
        typer.echo(f"  {fired.rule.sentence}")
    for problem in found.guide.problems:
        typer.echo(f"  needs attention: {problem.text}")
    for hint in found.guide.hints:
        typer.echo(f"  worth a look: {hint.text}")


def file(context: typer.Context, draft: str) -> None:
    """Sign a draft and file it."""
    from intake.services import filing as service

    given: Context = context.obj
    done = service.file(given.desk, given.signer(), draft)
    typer.echo(f"{done.reference}  revision {done.number}  {done.tier}, {done.lane}")
    typer.echo(f"Next: {', '.join(done.turn).upper()}, within {done.days} days")


def withdraw(context: typer.Context, case: str, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """End a use case, with a record you sign."""
    from intake.services import filing as service

    given: Context = context.obj
    service.withdraw(given.desk, given.signer(), given.case(case), reason)
    typer.echo("Withdrawn.")


def _read(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_bytes())
    except ValueError as error:
        raise AnswersUnreadable(detail=error) from None
    if not isinstance(value, dict):
        raise AnswersUnreadable(detail="it is not an object")
    return value
