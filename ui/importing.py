"""Python's own ``import``, in a program that has PySide6."""

from __future__ import annotations

import builtins


def plain_imports() -> None:
    """Let everything that is imported from now on be imported by Python alone; once PySide6 is there.

    WORKAROUND: PySide6 replaces ``import`` in order to give methods other names in modules that ask for it (``__feature__``), and
    therefore reads the source text of every module that anything imports, and looks at every statement that imports again. Ours
    ask for nothing. What was there before is kept beside, under this name.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
