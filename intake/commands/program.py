"""The outermost layer of the command line: what becomes of a refusal, of a wrong call and of an answer.

A refusal is three sentences on the error stream and an exit code, or with ``--json`` one document on the standard
output. A wrong call exits with 64 (EX_USAGE of sysexits.h), so that it is never taken for a verdict. Anything else that
is raised is a bug and shows its traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from intake.commands.context import CommandContext
from intake.domain.base.refusals import Refusal

EX_USAGE = 64


class Stopped(Refusal):
    what = "Cancelled."
    why = "Nothing goes on without you."
    next = "Start the command again when you like; what was done before stays done."
    exit_code = 130


class OutOfMemory(Refusal):
    what = "There is not enough memory for this."
    why = "A file, or what it describes, is larger than this computer can hold at the moment."
    next = "Close other programs, or take the largest files out of what you gave to it, and do it again."
    exit_code = 3


class NotUnderstood(Refusal):
    what = "{detail}"
    why = "The command line was not understood, so nothing was done."
    next = "See: {command} --help."
    exit_code = EX_USAGE


class Program(TyperGroup):
    """The commands of ``countersign``."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - nobody calls it as a part of something else
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:  # noqa: ANN401 - as above it
        """Run one command and end the program with its exit code."""
        words = sys.argv[1:] if args is None else list(args)
        as_json = "--json" in words
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # A terminal that lacks a letter shows its number; an answer is never cut off by it.
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except Refusal as refusal:
            code = refuse(refusal, as_json=as_json)
        except MemoryError:
            code = refuse(OutOfMemory(), as_json=as_json)
        except typer.Abort:
            code = refuse(Stopped(), as_json=as_json)
        except TyperException as error:
            code = self._not_understood(error, as_json=as_json)
        sys.exit(code if isinstance(code, int) else 0)

    def _not_understood(self, error: TyperException, *, as_json: bool) -> int:
        format_message = getattr(error, "format_message", None)
        message = str(format_message() if format_message else error)
        found = getattr(error, "ctx", None)
        command = found.command_path if found else str(self.name)
        if type(error).__name__ == "NoArgsIsHelpError" and not as_json:
            typer.echo(message)
            return EX_USAGE
        return refuse(NotUnderstood(detail=message, command=command), as_json=as_json)


def refuse(refusal: Refusal, *, as_json: bool) -> int:
    """Say why not; gives the exit code."""
    if as_json:
        CommandContext.print_document(refused(refusal))
    else:
        for sentence in (refusal.what_happened, refusal.reason, refusal.next_step):
            if sentence:
                with suppress(BrokenPipeError):
                    typer.echo(sentence, err=True)
    return refusal.exit_code


def refused(refusal: Refusal) -> dict[str, Any]:
    """The document of a refusal, described by ``resources/schema/refusal.json``."""
    return {"ok": False, "refusal": said(refusal)}


def said(refusal: Refusal) -> dict[str, str]:
    return {
        "code": refusal.code,
        "what": refusal.what_happened,
        "why": refusal.reason,
        "next": refusal.next_step,
    }
