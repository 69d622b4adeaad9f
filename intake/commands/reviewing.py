"""Lists, cases and opinions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from intake.commands.context import Context
from intake.domain.refusals import Refusal

if TYPE_CHECKING:
    from intake.domain.bodies import Position
    from intake.domain.terms import Terms
    from intake.services.reviewing import CaseView


class TermsUnreadable(Refusal):
    what = "The file of terms cannot be read: {detail}."
    why = "It must be the JSON that “countersign show --terms” prints, changed where you want other limits."
    next = "Print the present proposal, change it and try again."


def add_to(app: typer.Typer) -> None:
    app.command("list")(list_)
    app.command("inbox")(inbox)
    app.command("show")(show)
    app.command("approve")(approve)
    app.command("request-changes")(request_changes)
    app.command("decline")(decline)
    app.command("comment")(comment)


def list_(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Words to look for.")] = "",
    limit: Annotated[int, typer.Option(help="How many rows at most.")] = 50,
) -> None:
    """List use cases, newest first, or those in which all words occur."""
    page = context.obj.desk.register.queries.search(search, limit=limit)
    for row in page.rows:
        typer.echo(f"{row.reference}  {row.tier or '-':10} {row.stage:7} {row.phase:18} {row.title}")
    if page.after:
        typer.echo("… and more: search for something narrower, or raise --limit.")


def inbox(context: typer.Context) -> None:
    """What waits for you."""
    from intake.services.standing import office_of

    given: Context = context.obj
    queries, person = given.desk.register.queries, given.who()
    office = office_of(given.desk, person)
    rows = [*queries.turns_of_owner(person), *(queries.turns_of_office(office.value).rows if office else ())]
    for row in rows:
        typer.echo(f"{row.reference}  {row.tier or '-':10} {row.phase:18} {row.title}")
    if not rows:
        typer.echo("Nothing waits for you.")


def show(
    context: typer.Context,
    case: str,
    terms: Annotated[bool, typer.Option("--terms", help="Print only the terms in question, as JSON to edit.")] = False,
) -> None:
    """Show a use case: what it is, whose turn it is, what drives the tier, what the offices say."""
    from intake.services.reviewing import look

    given: Context = context.obj
    view = look(given.desk, given.case(case), given.person or given.workspace.settings().person)
    if terms:
        typer.echo(json.dumps(view.proposal.as_json(), indent=2, ensure_ascii=False))
        return
    _describe(view)


def approve(
    context: typer.Context,
    case: str,
    terms: Annotated[Path | None, typer.Option(help="JSON of the terms; the present proposal otherwise.")] = None,
    condition: Annotated[
        list[str] | None, typer.Option(help="A condition as due-day|person|text, such as 2027-01-31|ada|Train users.")
    ] = None,
    users: Annotated[int | None, typer.Option(help="Change the proposal: users at most.")] = None,
) -> None:
    """Approve terms: those in question, or your own, which are then proposed to the other office."""
    from intake.domain.bodies import Position
    from intake.services.reviewing import look

    given: Context = context.obj
    view = look(given.desk, given.case(case), given.who())
    chosen = _terms(terms, view.proposal, condition or [], users)
    _give(given, view.state.case, Position.APPROVE, chosen, "")


def request_changes(context: typer.Context, case: str, reason: Annotated[str, typer.Option()]) -> None:
    """Ask the owner to change the request."""
    from intake.domain.bodies import Position

    given: Context = context.obj
    _give(given, given.case(case), Position.CHANGES, None, reason)


def decline(context: typer.Context, case: str, reason: Annotated[str, typer.Option()]) -> None:
    """Decline the use case."""
    from intake.domain.bodies import Position

    given: Context = context.obj
    _give(given, given.case(case), Position.DECLINE, None, reason)


def comment(context: typer.Context, case: str, text: str) -> None:
    """Leave a comment."""
    from intake.services import deciding as service

    given: Context = context.obj
    service.comment(given.desk, given.signer(), given.case(case), text)
    typer.echo("Comment signed.")


def _give(given: Context, case: str, position: Position, terms: Terms | None, reason: str) -> None:
    from intake.services import deciding as service

    prepared = service.prepare(given.desk, given.who(), case, position, given=terms, reason=reason)
    for label, value in prepared.lines:
        typer.echo(f"{label:16} {value}")
    typer.echo(prepared.consequence)
    done = service.give(given.desk, given.signer(), prepared)
    typer.echo(f"Signed. Now: {done.phase.value}; next: {', '.join(done.turn).upper() or 'nobody'}")


def _terms(path: Path | None, proposal: Terms, conditions: list[str], users: int | None) -> Terms:
    from intake.domain.terms import Condition, from_json
    from intake.domain.terms import terms as agreed

    made = proposal
    if path:
        try:
            made = from_json(json.loads(path.read_bytes()))
        except (OSError, ValueError) as error:
            raise TermsUnreadable(detail=error) from None
    limits = made.boundaries.replaced({"user_permissions.max_users": users}) if users is not None else made.boundaries
    added = []
    for entry in conditions:
        parts = entry.split("|", 2)
        try:
            added.append(Condition(date.fromisoformat(parts[0]), parts[1], parts[2]))
        except (ValueError, IndexError):
            raise TermsUnreadable(detail=f"the condition “{entry}” is not day|person|text") from None
    return agreed(made.stage, limits, (*made.conditions, *added), made.expires)


def _describe(view: CaseView) -> None:
    state = view.state
    typer.echo(f"{view.reference}  {view.revision.body.title}  (revision {view.revision.number})")
    typer.echo(f"Unit {view.revision.body.unit}, owner {view.revision.body.owner}, asks for {view.revision.body.stage}")
    typer.echo(f"Phase {state.phase.value}; next: {', '.join(state.turn).upper() or 'nobody'}")
    typer.echo(f"Tier {view.assessment.path.label}, {view.assessment.path.lane_label}")
    for fired in view.assessment.fired:
        typer.echo(f"  because: {fired.rule.sentence}")
    for office in view.offices:
        said = office.position.value if office.position else "has not spoken"
        stale = f" (on revision {office.given_on}, outdated)" if office.outdated else ""
        typer.echo(f"{office.office.label}: {said}{stale} {office.reason}")
    for difference in view.differences:
        typer.echo(f"  differs: {difference.label}: {difference.left or '-'} | {difference.right or '-'}")
    for change in view.changes:
        typer.echo(f"  changed since revision {view.changed_since}: {change.id}: {change.before} -> {change.after}")
    if state.in_force and state.in_force.terms:
        terms = state.in_force.terms
        may = "may run" if view.status.may_run else "must not run: expired"
        typer.echo(f"In force: {terms.stage.value} until {terms.expires}; {may}")
        for condition in terms.conditions:
            typer.echo(f"  condition: {condition.text} ({condition.owner}, until {condition.due})")
