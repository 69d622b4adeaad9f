"""Sending and fetching: the shared folder, packages, and single acts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context, show_progress


def add_to(app: typer.Typer) -> None:
    app.command("join")(join)
    app.command("exchange")(exchange)
    app.command("export")(export)
    app.command("import")(import_)


def join(context: typer.Context, organisation: Annotated[str, typer.Argument(help="The organisation's id.")]) -> None:
    """Make this the register of an organisation. Compare its words by voice first."""
    from intake.domain.words import spoken

    context.obj.desk.register.join(organisation)
    typer.echo(f"This register belongs to: {spoken(organisation)}")


def exchange(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="The shared folder; remembered for the next time.")] = None,
) -> None:
    """Send what others do not have, and fetch what is not here."""
    from intake.services.exchanging import FolderExchange

    given: Context = context.obj
    chosen = str(folder.resolve()) if folder else given.workspace.settings().folder
    if not chosen:
        raise typer.BadParameter("name the folder the first time")
    report = FolderExchange(given.desk, Path(chosen)).run(progress=show_progress)
    if folder:
        given.workspace.change_settings(folder=chosen)
    _say(report.summary)


def export(
    context: typer.Context,
    target: Path,
    case: Annotated[list[str] | None, typer.Option(help="Only this use case; repeat for several.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over an existing file.")] = False,
) -> None:
    """Write a signed package for a stick or an e-mail."""
    from intake.services.exchanging import export_package

    given: Context = context.obj
    cases = [given.case(name) for name in case or ()]
    count = export_package(given.desk, given.signer(), target, cases=cases, replace=replace, progress=show_progress)
    typer.echo(f"{count} acts written to {target}")


def import_(
    context: typer.Context,
    source: Annotated[list[Path], typer.Argument(help="Packages (.countersign) or single acts (.p7m).", exists=True)],
) -> None:
    """Take in packages or single acts."""
    from intake.services.exchanging import import_act, import_package

    desk = context.obj.desk
    for path in source:
        if path.suffix == ".p7m":
            report = import_act(desk, path.read_bytes())
        else:
            report = import_package(desk, path, progress=show_progress)
        typer.echo(f"{path.name}:")
        _say(report.summary)


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        typer.echo(f"  {line}")
