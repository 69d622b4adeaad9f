"""The other process: limits itself, then answers one question after another until nobody asks any more.

It is started by ``process``: from a checkout as a fresh interpreter, frozen as this very program with ``WORD`` as its
first argument, which the starter looks for before it imports a window or a command.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from intake.domain.base.refusals import Refusal
from intake.services.outside import protocol
from intake.services.outside.codec import decode, encode, hints
from intake.services.outside.limits import limit_own_memory, limit_own_time

WORD = "--read-outside"
NO_MEMORY: Final = {"memory": True}
"""The last word of a worker that had no memory left: it ends itself after it."""


def main() -> int:
    """Answer questions on the standard input; the last argument is the JSON document ``process`` made."""
    asked = json.loads(sys.argv[-1])
    # Ctrl-C in a terminal reaches every process of the group; the one that asked ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_own_memory(asked["memory"])
    questions, answers = _streams()
    tasks: Mapping[str, Any] = importlib.import_module(asked["tasks"]).TASKS
    while (message := protocol.receive(questions)) is not None:
        limit_own_time(message[0]["seconds"])
        document, chunks = _answer(tasks, *message)
        # Also the question is in memory until here, and what is left has to do for sending.
        del message
        protocol.send(answers, document, chunks)
        limit_own_time(0)
        if document is NO_MEMORY:
            return 1
    return 0


def _answer(tasks: Mapping[str, Any], document: Any, raw: memoryview) -> tuple[Mapping[str, Any], list[bytes]]:  # noqa: ANN401 - JSON
    chunks: list[bytes] = []
    try:
        task = tasks[document["task"]]
        types = hints(task)
        given = {name: decode(types[name], value, raw) for name, value in document["given"].items()}
        return {"answer": encode(task(**given), chunks)}, chunks
    except Refusal as refusal:
        return {"refused": encode(refusal.given, [])}, []
    except MemoryError:
        return NO_MEMORY, []
    except Exception as error:  # noqa: BLE001 - a hostile file makes a parser fail in any way; each is one answer
        return {"failed": type(error).__name__}, []


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the protocol alone: what a library prints goes nowhere."""
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return questions, answers


if __name__ == "__main__":
    raise SystemExit(main())
