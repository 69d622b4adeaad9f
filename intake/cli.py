"""The command line: the same services as the screens, for the terminal and for scripts.

Every refusal becomes three plain sentences and the exit code of its kind (2 refused, 1 not valid, 3 a file or the
home not readable, 64 not understood); anything else is a bug and shows its traceback. The commands live in ``commands``, one module per
group of verbs; services are imported when a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

import resources
from intake import __version__
from intake.commands import (
    assess,
    demo,
    doctor,
    exchange,
    filing,
    keys,
    literacy,
    playbook,
    records,
    reviewing,
    roster,
    selftest,
    upkeep,
    verifying,
)
from intake.commands.context import CommandContext
from intake.commands.offering import HomeOption, JsonOption, PassphraseOption, PersonOption
from intake.commands.program import Program

app = typer.Typer(
    name="countersign",
    cls=Program,
    help="Decide jointly about AI use cases, and keep records that outlive this program.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help reads well in every terminal and starts without loading a drawing library.
    rich_markup_mode=None,
)
for group in (
    *(keys, roster, playbook, filing, assess, reviewing, records, verifying),
    *(exchange, literacy, upkeep, doctor, selftest, demo),
):
    group.add_to(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    home: HomeOption = None,
    as_json: JsonOption = False,
    person_id: PersonOption = "",
    passphrase_file: PassphraseOption = None,
    version: Annotated[  # noqa: ARG001  # answered by its callback
        bool, typer.Option("--version", help="Show the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = CommandContext(resources.read, resources.names)
    context.obj.adopt(home=home, as_json=as_json, person_id=person_id, passphrase_file=passphrase_file)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
