"""Keeping an installation healthy: rebuild, backup, export of acts for other tools, self-test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context


def add_to(app: typer.Typer) -> None:
    app.command("rebuild")(rebuild)
    app.command("backup")(backup)
    app.command("acts")(acts)
    app.command("quarantine")(quarantine)


def rebuild(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Only compare; change nothing.")] = False,
) -> None:
    """Throw away everything computed and fold all acts again; the result must be identical."""
    done = context.obj.desk.register.rebuild(check=check)
    typer.echo("Identical." if done.identical else "The lists were not what the acts say.")
    if check and not done.identical:
        raise typer.Exit(1)


def backup(context: typer.Context, target: Path) -> None:
    """Make a checked copy while the register is in use."""
    context.obj.desk.register.back_up(target)
    typer.echo(f"Backup written and checked: {target}")


def acts(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to write one .p7m file per act, and org.pem.")],
    case: Annotated[str, typer.Option(help="Only this use case, with the acts of the organisation.")] = "",
) -> None:
    """Write the signed acts as files that openssl can check."""
    from intake.services.proof import write_acts

    given: Context = context.obj
    count = write_acts(given.desk, folder, given.case(case) if case else "")
    typer.echo(f"{count} acts written to {folder}. Check one with:")
    typer.echo("  openssl cms -verify -cades -purpose any -partial_chain -inform DER -CAfile org.pem -in ACT.p7m")


def quarantine(context: typer.Context) -> None:
    """Show what was refused and what waits, with the reasons."""
    desk = context.obj.desk
    for item in desk.register.quarantine.items():
        typer.echo(f"{item.code}  {item.name}\n  {item.what} {item.next}")
    for waiting in desk.register.queries.waiting_room():
        typer.echo(f"waits ({waiting.code})  {waiting.act.kind} by {waiting.act.person}")
