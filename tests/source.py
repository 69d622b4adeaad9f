"""The source of the program as Python reads it, parsed once per process: many rules of the house look through all of it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), filename=str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Everything in a file, as ``ast.walk`` gives it: finding it takes as long as parsing."""
    return tuple(ast.walk(tree(file)))
