"""Run the benchmarks named on the command line, or all, and print one table.

``--tiny`` takes the smallest sizes and measures once: the figures mean nothing, but every benchmark is seen to run.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

from tests.benchmarks import harness, turns

MODULES = (
    "acts",
    "append",
    "import",
    "confidential",
    "assess",
    "granted",
    "fold",
    "lists",
    "todo",
    "people",
    "record",
    "start",
    "stall",
    "guide",
    "explain",
    "review",
    "similar",
    "statements",
    "thin",
    "bom",
)


def main(names: list[str], *, tiny: bool) -> None:
    if tiny:
        # Before others import a number from them.
        shrink(harness)
        shrink(turns)
    print(harness.HEADER)
    for name in names or MODULES:
        module = importlib.import_module(f"tests.benchmarks.bench_{name}")
        if tiny:
            shrink(module)
        for row in module.rows():
            print(row.line, flush=True)


def shrink(module: ModuleType) -> None:
    for name, size in getattr(module, "TINY", {}).items():
        assert hasattr(module, name), f"{module.__name__} has no {name}"
        setattr(module, name, size)


if __name__ == "__main__":
    main([word for word in sys.argv[1:] if word != "--tiny"], tiny="--tiny" in sys.argv)
