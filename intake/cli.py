"""The command line: the same services as the screens, for the terminal and for scripts.

Every refusal becomes three plain sentences on the error stream and an exit code of its own kind (2 refused, 1 not
valid, 3 not what was asked for); anything else is a bug and shows its traceback. The commands live in ``commands``, one
module per group of verbs; services are imported when a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import resources
from intake import __version__
from intake.commands import demo, exchange, filing, people, records, reviewing, selftest, upkeep
from intake.commands.context import Context, data_folder
from intake.domain.refusals import Refusal

app = typer.Typer(
    name="countersign",
    help="Decide jointly about AI use cases, and keep records that outlive this program.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help reads well in every terminal and starts without loading a drawing library.
    rich_markup_mode=None,
)
for group in (people, filing, reviewing, records, exchange, upkeep, selftest, demo):
    group.add_to(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option("--data", help="The data folder of this installation.", envvar="COUNTERSIGN_DATA")
    ] = None,
    person: Annotated[
        str, typer.Option("--as", help="Who signs (a person id); the settings otherwise.", envvar="COUNTERSIGN_PERSON")
    ] = "",
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            help="A file whose first line is the passphrase. Asked for otherwise.", envvar="COUNTERSIGN_PASSPHRASE_FILE"
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001  # answered by its callback
        bool, typer.Option("--version", help="Show the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = Context(data or data_folder(), person, passphrase_file, resources.read, resources.names)


def main() -> None:
    """The entry point: runs the command and turns refusals into sentences and exit codes."""
    try:
        app()
    except Refusal as refusal:
        for sentence in (refusal.what_happened, refusal.reason, refusal.next_step):
            if sentence:
                typer.echo(sentence, err=True)
        sys.exit(refusal.exit_code)


if __name__ == "__main__":
    main()
