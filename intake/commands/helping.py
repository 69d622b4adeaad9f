"""Help: how a command is called, what it does and all it takes, at most 80 columns wide."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from inspect import cleandoc

from intake.commands.parameters import Parameter

_WIDEST = 80
_LEFT = 28
"""Columns for a name with its margins; a longer one gets a separate line."""

Row = tuple[str, str]
_HELP: Row = ("--help", "Show this and stop.")


def help_of(command: str, does: str, parameters: Sequence[Parameter]) -> str:
    """``does`` is the docstring of the command."""
    arguments = [item for item in parameters if not item.flags]
    usage = " ".join([command, "[OPTIONS]", *map(_place, arguments)])
    return _page(
        usage,
        does,
        ("Arguments", [(_place(item), _told(item)) for item in arguments]),
        ("Options", _options(parameters)),
    )


def help_of_several(command: str, does: str, options: Sequence[Parameter], commands: Sequence[Row]) -> str:
    """The help of the program or of a group; ``commands`` are names and what each does."""
    return _page(f"{command} [OPTIONS] COMMAND …", does, ("Options", _options(options)), ("Commands", commands))


def summary(does: str) -> str:
    """The first sentence of a docstring."""
    first, _, _ = " ".join(cleandoc(does).split("\n\n")[0].split()).partition(". ")
    return f"{first.removesuffix('.')}."


def _options(parameters: Sequence[Parameter]) -> list[Row]:
    shown = [item for item in parameters if item.flags and not item.hidden]
    return [*((" / ".join(item.flags) + (f" {item.value}" * (not item.switch)), _told(item)) for item in shown), _HELP]


def _place(item: Parameter) -> str:
    name = f"{item.value}…" if item.many else item.value
    return name if item.required else f"[{name}]"


def _told(item: Parameter) -> str:
    otherwise = f"{item.default} unless given" if item.default and not item.switch else ""
    required = "required" if item.required and item.flags else ""
    notes = "; ".join(part for part in (otherwise, item.allowed, required) if part)
    return f"{item.help}{f' ({notes})' if notes else ''}"


def _page(usage: str, does: str, *parts: tuple[str, Sequence[Row]]) -> str:
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    lines = textwrap.wrap(f"Usage: {usage}", width, subsequent_indent="  ")
    for paragraph in cleandoc(does).split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, width, initial_indent="  ", subsequent_indent="  ")]
    for title, rows in parts:
        if rows:
            lines += ["", f"{title}:", *_columns(rows, width)]
    return "\n".join(lines)


def _columns(rows: Sequence[Row], width: int) -> Iterable[str]:
    left = min(_LEFT, max(len(name) for name, _ in rows) + 4)
    for name, told in rows:
        wrapped = textwrap.wrap(told, max(width - left, _WIDEST // 4))
        if len(name) + 4 > left:
            yield f"  {name}"
        else:
            yield f"  {name}".ljust(left) + wrapped.pop(0)
        yield from (" " * left + line for line in wrapped)
