"""Keys, enrolment, founding an organisation and keeping its roster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context
from intake.domain.roster import Role

RoleOption = Annotated[list[Role], typer.Option("--role", help="A role to give; repeat for several.")]


def add_to(app: typer.Typer) -> None:
    app.command("new-key")(new_key)
    app.command("use-key")(use_key)
    app.command("enrol")(enrol)
    app.command("found")(found)
    app.command("people")(people)
    app.command("list-person")(list_person)
    app.command("end-role")(end_role)
    app.command("cut-off")(cut_off)
    app.command("endorse")(endorse)
    app.command("checkpoint")(checkpoint)


def new_key(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name to put into the certificate.")],
    person: Annotated[str, typer.Option(help="The person id to use from now on, such as ada.byron.")],
) -> None:
    """Make a key in this data folder and use it from now on."""
    given: Context = context.obj
    key = given.workspace.make_key(name, given.passphrase("New passphrase", confirm=True))
    given.workspace.change_settings(person=person, key=key.fingerprint)
    typer.echo(f"Key {key.fingerprint} made for {name}. A lost passphrase means enrolling again; drafts are kept.")


def use_key(
    context: typer.Context,
    key_file: Annotated[Path, typer.Argument(help="A PKCS#12 file.", exists=True, dir_okay=False)],
    person: Annotated[str, typer.Option(help="The person id it belongs to.")],
) -> None:
    """Keep a key file you bring, and use it from now on."""
    given: Context = context.obj
    key = given.workspace.bring_key(key_file.read_bytes(), given.passphrase("Passphrase"))
    given.workspace.change_settings(person=person, key=key.fingerprint)
    typer.echo(f"Key {key.fingerprint} is in use.")


def enrol(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Your name as others know it.")],
    unit: Annotated[str, typer.Option(help="Your unit.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to write the file for the administrator.")] = None,
) -> None:
    """Ask to be listed. Send the file to an administrator and compare the fingerprint by voice."""
    from intake.domain.words import spoken
    from intake.services import people as service

    given: Context = context.obj
    made = service.enrol(given.desk, given.signer(), name=name, unit=unit)
    if out:
        out.write_bytes(made.blob)
    typer.echo(f"Enrolment {made.act.id[:16]} signed. Your key in words: {spoken(made.act.signer)}")


def found(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="The organisation's name.")],
    person: Annotated[
        list[str], typer.Option(help="A person and roles, such as bob=administrator,records; repeat for everybody.")
    ],
) -> None:
    """Write the first roster from the enrolments that are here. It counts when every administrator endorsed it."""
    from intake.domain.words import spoken
    from intake.services import people as service

    given: Context = context.obj
    enrolled = {item.person: item for item in service.enrolments(given.desk)}
    chosen = []
    for entry in person:
        name, _, roles = entry.partition("=")
        if name not in enrolled:
            raise service.NotAnEnrolment
        chosen.append((enrolled[name].act, tuple(Role(role) for role in roles.split(",") if role)))
    change = service.found_organisation(given.desk, given.signer(), organisation, chosen)
    typer.echo(f"Organisation {change.roster}")
    typer.echo(f"In words: {spoken(change.roster)}")
    _say(change)


def people(context: typer.Context) -> None:
    """Show who may do what, who asked to be listed, and which roster versions wait."""
    from intake.domain.words import short, spoken
    from intake.services import people as service

    desk = context.obj.desk
    rosters = desk.rosters
    if rosters.newest:
        typer.echo(f"{rosters.newest.organisation}, roster version {rosters.newest.version}: {spoken(rosters.org)}")
        for item in desk.register.queries.people():
            typer.echo(f"  {item.person:20} {item.name:28} {', '.join(item.roles)}")
    for asked in service.enrolments(desk):
        if not asked.listed:
            typer.echo(
                f"  asks to be listed: {asked.person} ({asked.name}), key {short(asked.fingerprint)}, {asked.act}"
            )
    for waiting in rosters.pending:
        missing = ", ".join(sorted(waiting.agreement.missing)) or "nobody"
        typer.echo(f"  version {waiting.listed.roster.version} waits ({waiting.problem}); can still endorse: {missing}")
        typer.echo(f"    {waiting.listed.id}")


def list_person(
    context: typer.Context,
    enrolment: Annotated[str, typer.Argument(help="The person id or the id of the enrolment.")],
    role: RoleOption,
) -> None:
    """Write the next roster version with one more person, or one more key for somebody listed."""
    from intake.services import people as service

    given: Context = context.obj
    asked = [item for item in service.enrolments(given.desk) if enrolment in (item.act, item.person)]
    if not asked:
        raise service.NotAnEnrolment
    _say(service.list_person(given.desk, given.signer(), asked[0].act, tuple(role)))


def end_role(context: typer.Context, person: str, role: Role) -> None:
    """End a role. What the person signed so far keeps its force."""
    from intake.services import people as service

    given: Context = context.obj
    _say(service.end_role(given.desk, given.signer(), person, role))


def cut_off(context: typer.Context, certificate: str) -> None:
    """Cut off a key that may be in other hands (its SHA-256): nothing it signs from now on counts at all."""
    from intake.services import people as service

    given: Context = context.obj
    _say(service.cut_off_key(given.desk, given.signer(), certificate))


def endorse(
    context: typer.Context, roster: Annotated[str, typer.Argument(help="The id of the waiting version.")]
) -> None:
    """Endorse a roster version that waits."""
    from intake.services import people as service

    given: Context = context.obj
    _say(service.endorse(given.desk, given.signer(), roster))


def checkpoint(context: typer.Context) -> None:
    """Sign a listing of everything known here."""
    from intake.services import people as service

    given: Context = context.obj
    typer.echo(f"Checkpoint {service.checkpoint(given.desk, given.signer()).act.id}")


def _say(change: object) -> None:
    from intake.services.people import Change

    if isinstance(change, Change):
        if change.in_force:
            typer.echo(f"Roster {change.roster} is in force.")
        elif change.pending:
            missing = ", ".join(sorted(change.pending.agreement.missing))
            typer.echo(f"Roster {change.roster} waits: {change.pending.problem}. Can still endorse: {missing}.")
