"""Records: saving, completing and verifying."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context


def add_to(app: typer.Typer) -> None:
    app.command("record")(record)
    app.command("complete")(complete)
    app.command("verify")(verify)


def record(context: typer.Context, case: str, target: Path) -> None:
    """Save the decision record as a PDF."""
    from intake.services.recording import record_of

    given: Context = context.obj
    item, data = record_of(given.desk, given.case(case))
    target.write_bytes(data)
    typer.echo(f"{target}  {item.size} bytes  {item.sha256}")


def complete(context: typer.Context, case: str) -> None:
    """Add the signature that is still missing when both offices signed first."""
    from intake.services import recording

    given: Context = context.obj
    made = recording.complete(given.desk, given.signer(), given.case(case))
    typer.echo(f"Sealed {made.sha256}")


def verify(
    context: typer.Context,
    pdf: Annotated[Path, typer.Argument(help="The record.", exists=True, dir_okay=False)],
    organisation: Annotated[
        str, typer.Option("--org", "--organisation", help="The organisation's id, when judging without a register.")
    ] = "",
    acts: Annotated[Path | None, typer.Option(help="A folder of .p7m files, when judging without a register.")] = None,
) -> None:
    """Judge a record: TOTAL-PASSED, TOTAL-FAILED or INDETERMINATE. Exit code 0 only for the first."""
    from intake.services import verifying

    if acts:
        verdict = verifying.verify_beside(pdf, organisation, sorted(acts.rglob("*.p7m")))
    else:
        verdict = verifying.verify(context.obj.desk, pdf.read_bytes())
    typer.echo(f"{verdict.indication.value}{f' ({verdict.sub_indication.value})' if verdict.sub_indication else ''}")
    typer.echo(verdict.sentence)
    for found in verdict.signatures:
        typer.echo(f"  {found.field.value}: {found.name or 'key not known'}, {found.level}, {found.fingerprint}")
    typer.echo(verdict.next_step)
    if not verdict.passed:
        raise typer.Exit(1)
