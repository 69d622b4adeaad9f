"""Run the benchmarks named on the command line, or all, and print one table."""

from __future__ import annotations

import importlib
import sys

from tests.benchmarks.harness import HEADER

MODULES = (
    "acts",
    "append",
    "assess",
    "fold",
    "lists",
    "people",
    "record",
    "start",
    "stall",
    "guide",
    "review",
    "similar",
    "statements",
    "thin",
)


def main(names: list[str]) -> None:
    print(HEADER)
    for name in names or MODULES:
        module = importlib.import_module(f"tests.benchmarks.bench_{name}")
        for row in module.rows():
            print(row.line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
