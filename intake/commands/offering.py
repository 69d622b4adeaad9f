"""How a command is offered: the options every command takes, defined once, and the one way in which it answers.

A command is a function from a ``CommandContext`` and its own options to a ``Reply``. It prints nothing itself: here the reply
becomes lines for people or, with ``--json``, the one document on the standard output.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from intake.commands.context import CommandContext

HomeOption = Annotated[Path | None, typer.Option("--home", readable=False, help="The folder of the register.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document (resources/schema).")]
PersonOption = Annotated[str, typer.Option("--as", help="Who signs (a person id); the settings otherwise.")]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", readable=False, help="A file whose first line is the passphrase; asked for otherwise."
    ),
]

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command has to say: ``lines`` for people, ``data`` for programs; the exit code is 0 when all is well."""

    lines: tuple[str, ...] = ()
    data: Json = field(default_factory=dict)
    exit_code: int = 0

    @property
    def document(self) -> dict[str, Any]:
        return {"ok": self.exit_code == 0, **self.data}


Command = Callable[..., Reply]

_COMMON: Mapping[str, tuple[Any, Any]] = {
    "home": (HomeOption, None),
    "as_json": (JsonOption, False),
    "person_id": (PersonOption, ""),
    "passphrase_file": (PassphraseOption, None),
}


def offer(app: typer.Typer, name: str, command: Command) -> None:
    """Add ``command`` to ``app`` under ``name``, with the options every command takes behind its own."""

    def run(ctx: typer.Context, **given: Any) -> int:
        context: CommandContext = ctx.obj
        context.adopt(**{option: given.pop(option) for option in _COMMON})
        try:
            reply = command(context, **given)
        finally:
            context.close()
        if context.as_json:
            context.print_document(reply.document)
        else:
            for line in reply.lines:
                typer.echo(line)
        return reply.exit_code

    wanted = inspect.signature(command, eval_str=True)
    _leave_reading_to_us(wanted)
    own = [*wanted.parameters.values()][1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(parameter.replace(kind=keyword) for parameter in own),
        *(
            inspect.Parameter(option, keyword, default=default, annotation=annotation)
            for option, (annotation, default) in _COMMON.items()
        ),
    ]
    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {"return": int}
    vars(run)["__signature__"] = inspect.Signature(parameters)
    app.command(name)(run)


def _leave_reading_to_us(command: inspect.Signature) -> None:
    """Whether a file may be read is no question of how the command was written, and one of many must not stop the rest.

    The library would refuse it as a wrong call, with the exit code of one.
    """
    for parameter in command.parameters.values():
        for info in getattr(parameter.annotation, "__metadata__", ()):
            info.readable = False
