"""The command line: the same services as the screens, for the terminal and for scripts.

Every refusal becomes three plain sentences and the exit code of its kind (2 refused, 1 not valid, 3 a file or the home
not readable, 64 not understood, 130 cancelled, 141 nobody reads the answer); anything else is a bug, shows its traceback and exits with 70. The commands live in
``commands``, one module per group of verbs; a module is imported when one of its commands is called, and services when
it runs.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

import resources
from intake.commands import program
from intake.commands.context import CommandContext
from intake.commands.terminal import tell

EX_SOFTWARE = 70
"""A bug (sysexits.h)."""


def run(words: Sequence[str]) -> int:
    """Run one command in this process; gives the exit code."""
    return program.run(words, CommandContext(resources.read, resources.names))


def main() -> None:
    """The entry point."""
    try:
        code = run(sys.argv[1:])
    except Exception:  # noqa: BLE001 - shown whole; Python itself would end with 1, which is a verdict
        tell(traceback.format_exc(), end="")
        code = EX_SOFTWARE
    sys.exit(code)


if __name__ == "__main__":
    main()
