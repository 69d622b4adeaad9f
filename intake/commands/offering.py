"""How a command is offered: what it takes behind its name, and the one way in which it answers.

A command is a function from a ``CommandContext`` and its own parameters to a ``Reply``. It prints nothing itself: here the
reply becomes lines for people or, with ``--json``, the one document on the standard output.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.commands.context import CommandContext
from intake.commands.helping import help_of
from intake.commands.parameters import Parameter, parameters_of
from intake.commands.parsing import Parser
from intake.commands.terminal import say, say_text

COMMON = parameters_of(CommandContext.adopt)
"""The options of every command, also understood before its name."""

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


@dataclass(frozen=True, slots=True)
class Offered:
    """A command as people call it: ``call`` is ``countersign`` and its name."""

    call: str
    command: Command
    parameters: tuple[Parameter, ...]
    parser: Parser

    @property
    def does(self) -> str:
        return self.command.__doc__ or ""

    def run(self, context: CommandContext, words: Sequence[str]) -> int:
        """Do what the words say; gives the exit code. Raises NotUnderstood, and whatever the command refuses."""
        given = self.parser.read(words)
        if given is None:
            say_text(help_of(self.call, self.does, self.parameters))
            return 0
        context.adopt(**{item.name: given.pop(item.name) for item in COMMON if item.name in given})
        try:
            reply = self.command(context, **given)
            context.tell_unsent()
        finally:
            context.close()
        if context.as_json:
            context.print_document(reply.document)
        else:
            for line in reply.lines:
                say(line)
        return reply.exit_code


def offer(call: str, command: Command) -> Offered:
    """Make a command callable, with the options of every command behind its own."""
    parameters = (*parameters_of(command), *COMMON)
    return Offered(call, command, parameters, Parser(call, parameters))
